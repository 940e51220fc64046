/// Why a server could not start or go on.
package enum HTTPServerError: Error, Sendable, CustomStringConvertible {
    /// No address to listen on.
    case noAddress
    /// A TCP address needs a TLS identity.
    case tlsMissing(HTTPBindAddress)
    /// The address could not be bound, with the system's words.
    case bindFailed(HTTPBindAddress, cause: String)
    /// A listening socket closed by itself.
    case listenerClosed

    package var description: String {
        switch self {
        case .noAddress: "the server has no address to listen on"
        case .tlsMissing(let address): "\(address) needs a certificate"
        case .bindFailed(let address, let cause): "cannot listen on \(address): \(cause)"
        case .listenerClosed: "a listening socket closed unexpectedly"
        }
    }
}

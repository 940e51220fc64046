/// Why the container runtime did not do what was asked: gRPC's code and the runtime's own words.
package struct CRIError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The codes that are told apart; the others keep their number.
    package enum Code: Hashable, Sendable {
        case cancelled
        case unknown
        case invalidArgument
        case deadlineExceeded
        case notFound
        case alreadyExists
        case unimplemented
        case unavailable
        case other(Int)

        package init(grpc number: Int) {
            switch number {
            case 1: self = .cancelled
            case 2: self = .unknown
            case 3: self = .invalidArgument
            case 4: self = .deadlineExceeded
            case 5: self = .notFound
            case 6: self = .alreadyExists
            case 12: self = .unimplemented
            case 14: self = .unavailable
            default: self = .other(number)
            }
        }

        /// The name gRPC gives the code, as it appears in Kubernetes' messages.
        var name: String {
            switch self {
            case .cancelled: "Canceled"
            case .unknown: "Unknown"
            case .invalidArgument: "InvalidArgument"
            case .deadlineExceeded: "DeadlineExceeded"
            case .notFound: "NotFound"
            case .alreadyExists: "AlreadyExists"
            case .unimplemented: "Unimplemented"
            case .unavailable: "Unavailable"
            case .other(let number): "Code(\(number))"
            }
        }
    }

    package let code: Code
    /// What the runtime said.
    package let message: String

    package init(code: Code, message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { "rpc error: code = \(code.name) desc = \(message)" }
}

/// What of the pod network could not be set up, and why.
package struct PodNetworkError: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }

    /// Does something of the machine, whose failure becomes the network's.
    static func wrapping<Value, Failure: Error>(
        _ body: () throws(Failure) -> Value
    ) throws(PodNetworkError) -> Value {
        do {
            return try body()
        } catch {
            throw PodNetworkError("\(error)")
        }
    }
}

/// Why a container could not be started: the reason that its status shows, and the words.
package struct ContainerStartError: Error, Hashable, Sendable, CustomStringConvertible {
    package let reason: String
    package let message: String

    package init(_ reason: String, _ message: String) {
        self.reason = reason
        self.message = message
    }

    /// The specification names something that is not there or does not fit.
    package static func configuration(_ message: String) -> ContainerStartError {
        ContainerStartError("CreateContainerConfigError", message)
    }

    package var description: String { "\(reason): \(message)" }
}

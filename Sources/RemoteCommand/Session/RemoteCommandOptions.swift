/// Which streams a client wants of a command, from the query of exec and attach.
package struct RemoteCommandOptions: Hashable, Sendable {
    package let stdin: Bool
    package let stdout: Bool
    package let stderr: Bool
    package let tty: Bool

    /// With a terminal there is no stderr: the container's terminal carries both.
    /// - Throws: `RemoteCommandRefusal` when no stream is wanted; answer 400.
    package init(stdin: Bool, stdout: Bool, stderr: Bool, tty: Bool) throws(RemoteCommandRefusal) {
        self.stdin = stdin
        self.stdout = stdout
        self.stderr = stderr && !tty
        self.tty = tty
        guard self.stdin || self.stdout || self.stderr else {
            throw RemoteCommandRefusal(400, "you must specify at least 1 of stdin, stdout, stderr")
        }
    }
}

/// A request that cannot be upgraded: the HTTP status and text to answer with.
package struct RemoteCommandRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    package let status: Int
    package let message: String
    /// Values of X-Accepted-Stream-Protocol-Versions, when the client and this side have no version in common.
    package let acceptedProtocols: [String]

    package init(_ status: Int, _ message: String, acceptedProtocols: [String] = []) {
        self.status = status
        self.message = message
        self.acceptedProtocols = acceptedProtocols
    }

    package var description: String { message }
}

/// The streams of a remote command, by the value of the `streamType` header.
enum StreamType: String, CaseIterable, Hashable, Sendable {
    case error
    case stdin
    case stdout
    case stderr
    case resize
    /// Of port-forward, together with `error`.
    case data

    static let header = "streamtype"
}

import HTTPCore
import NIOCore

/// What a client of exec or attach is connected with, whatever protocol it speaks.
///
/// Reading and writing have back-pressure; a client that has gone makes them throw.
package struct RemoteCommandSession: Sendable {
    /// Nil when the client wants to send none. Ends when the client closes its input (not possible in WebSocket
    /// protocols before v5).
    package let stdin: (any ByteSource)?
    /// Nil when the client does not want it, as for `stderr`.
    package let stdout: (any ByteSink)?
    package let stderr: (any ByteSink)?
    /// Nil without a terminal.
    package let resizes: TerminalSizes?

    package init(
        stdin: (any ByteSource)?, stdout: (any ByteSink)?, stderr: (any ByteSink)?, resize: (any ByteSource)?
    ) {
        self.stdin = stdin
        self.stdout = stdout
        self.stderr = stderr
        self.resizes = resize.map(TerminalSizes.init(source:))
    }

    /// Runs the command over the session and says how it ended. Cancelled when the client has gone. What it throws
    /// becomes an internal error for the client.
    package typealias Body = @Sendable (RemoteCommandSession) async throws -> RemoteCommandStatus
}

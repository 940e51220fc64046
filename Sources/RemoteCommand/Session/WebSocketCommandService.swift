import HTTPCore
import NIOCore

/// Serves one command's client over a WebSocket with the channels stdin 0, stdout 1, stderr 2, error 3, resize 4.
struct WebSocketCommandService: Sendable {
    let duplex: any ByteDuplex
    let version: RemoteCommandVersion
    let isBase64: Bool
    let options: RemoteCommandOptions
    let timeouts: RemoteCommandServer.Timeouts
    let clock: any Clock<Duration>

    func run(_ body: @escaping RemoteCommandSession.Body) async throws {
        let socket = WebSocketConnection(duplex, role: .server)
        let channels = ChannelSocket(
            socket, codec: isBase64 ? .base64 : .raw, supportsClose: version >= .v5,
            channels: [
                options.stdin ? .both : .outgoing, .outgoing, .outgoing, .outgoing,
                options.tty ? .both : .outgoing,
            ])
        try await ServedConnection(goodbye: timeouts.goodbye, clock: clock).run(
            reading: { try await channels.run() },
            serving: { try await serve(socket, channels.channels, body) },
            closing: { await socket.close() })
    }

    private func serve(
        _ socket: WebSocketConnection, _ channels: [ChannelSocket.Channel], _ body: RemoteCommandSession.Body
    ) async throws {
        let (stdin, stdout, stderr) = (channels[0], channels[1], channels[2])
        let (error, resize) = (channels[3], channels[4])
        // An empty message tells the client that the connection stands.
        let first = options.stdout ? stdout : options.stderr ? stderr : error
        try await first.write(ByteBuffer())
        let status = try await outcome(
            of: body,
            RemoteCommandSession(
                stdin: options.stdin ? stdin : nil, stdout: options.stdout ? stdout : nil,
                stderr: options.stderr ? stderr : nil, resize: options.tty ? resize : nil))
        // Input that nobody reads any more must not keep the client's answer to the close from being read.
        stdin.stopReading()
        resize.stopReading()
        if version >= .v4 {
            try await error.write(ByteBuffer(bytes: status.json.encoded()))
        } else if !status.isSuccess {
            try await error.write(ByteBuffer(string: status.message))
        }
        try await socket.sendClose()
    }
}

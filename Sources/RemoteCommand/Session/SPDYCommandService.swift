import HTTPCore
import NIOCore

/// Serves one command's client over SPDY: the client opens a stream for each of error, stdin, stdout, stderr, resize.
struct SPDYCommandService: Sendable {
    let duplex: any ByteDuplex
    let version: RemoteCommandVersion
    let options: RemoteCommandOptions
    let timeouts: RemoteCommandServer.Timeouts
    let clock: any Clock<Duration>

    func run(_ body: @escaping RemoteCommandSession.Body) async throws {
        let session = try SPDYSession(duplex, role: .server, limits: SPDYSession.Limits(streams: 8))
        try await ServedConnection(goodbye: timeouts.goodbye, clock: clock).run(
            reading: { try await session.run() },
            serving: { try await serve(session, body) },
            closing: { await session.close() })
    }

    private func serve(_ session: SPDYSession, _ body: @escaping RemoteCommandSession.Body) async throws {
        let streams = try await within(
            timeouts.streamCreation, "waiting for client to create streams", clock: clock
        ) { try await collectStreams(session) }
        let status = try await outcome(
            of: body,
            RemoteCommandSession(
                stdin: streams[.stdin], stdout: streams[.stdout], stderr: streams[.stderr], resize: streams[.resize]))
        // Input that nobody reads any more must not keep the client's hang-up from being read.
        streams[.stdin]?.stopReading()
        streams[.resize]?.stopReading()
        if version >= .v4 {
            try await streams[.error]?.write(ByteBuffer(bytes: status.json.encoded()))
        } else if !status.isSuccess {
            try await streams[.error]?.write(ByteBuffer(string: status.message))
        }
        for type in [StreamType.stdout, .stderr, .error, .stdin, .resize] {
            try await streams[type]?.closeOutput()
        }
        try await session.sendGoAway()
    }

    private var expectedTypes: Set<StreamType> {
        var types: Set<StreamType> = [.error]
        if options.stdin { types.insert(.stdin) }
        if options.stdout { types.insert(.stdout) }
        if options.stderr { types.insert(.stderr) }
        if options.tty && version >= .v3 { types.insert(.resize) }
        return types
    }

    private func collectStreams(_ session: SPDYSession) async throws -> [StreamType: SPDYStream] {
        let expected = expectedTypes
        var streams: [StreamType: SPDYStream] = [:]
        while streams.count < expected.count {
            guard let stream = try await session.accept() else {
                throw SPDYError(.connectionLost, "client went away before it opened its streams")
            }
            let type = stream.headers[StreamType.header].flatMap(StreamType.init(rawValue:))
            guard let type, expected.contains(type), streams[type] == nil else {
                try await stream.reset(SPDYResetStatus.refusedStream)
                continue
            }
            streams[type] = stream
            try await stream.reply()
        }
        return streams
    }
}

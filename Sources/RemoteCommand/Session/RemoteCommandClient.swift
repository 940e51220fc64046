import HTTPCore
import Machinery
import NIOCore

/// Runs a command over SPDY, as the node agent asks the container runtime's streaming server to.
///
/// The request is a POST to the address that CRI's Exec or Attach gave, with `requestHeaders`; this takes over the
/// connection after the 101.
package struct RemoteCommandClient: Sendable {
    /// The fields of the request: containerd 1.6 speaks up to v4.
    package static let requestHeaders: HTTPHeaders = [
        "Connection": "Upgrade", "Upgrade": "SPDY/3.1",
        Negotiation.versionHeader: RemoteCommandVersion.v4.protocolName,
    ]

    /// A status is a few hundred bytes.
    private static let maximumStatus = 1 << 20

    private let duplex: any ByteDuplex
    private let options: RemoteCommandOptions
    private let streamCreation: Duration
    private let clock: any Clock<Duration>

    package init(
        _ duplex: any ByteDuplex, options: RemoteCommandOptions, streamCreation: Duration = .seconds(30),
        clock: any Clock<Duration> = ContinuousClock()
    ) {
        self.duplex = duplex
        self.options = options
        self.streamCreation = streamCreation
        self.clock = clock
    }

    /// Connects a client's session with the command until the command has ended, and closes the connection.
    /// - Throws: when either side's connection is lost before the status came; `DeadlineExceeded`.
    package func run(_ session: RemoteCommandSession) async throws -> RemoteCommandStatus {
        let runtime = try SPDYSession(duplex, role: .client, limits: SPDYSession.Limits(streams: 8))
        return try await withThrowingTaskGroup(of: RemoteCommandStatus?.self) { group in
            group.addTask {
                // Its failure reaches whoever reads the streams, after what came before it.
                try? await runtime.run()
                return nil
            }
            group.addTask {
                // A write under way need not notice cancellation, but it ends when the connection does.
                await untilCancelled()
                await runtime.close()
                return nil
            }
            group.addTask { try await bridge(runtime, session) }
            defer { group.cancelAll() }
            // The runtime hangs up right after its status: the reader may end while the bridge still reads what came.
            while let result = try await group.next() {
                if let result { return result }
            }
            throw SPDYError(.connectionLost, "runtime hung up without a status")
        }
    }

    private func bridge(_ runtime: SPDYSession, _ session: RemoteCommandSession) async throws -> RemoteCommandStatus {
        let streams = try await within(streamCreation, "waiting for the runtime's streams", clock: clock) {
            try await openStreams(runtime)
        }
        return try await withThrowingTaskGroup(of: Bool.self) { group in
            if let stdin = session.stdin, let stream = streams[.stdin] {
                group.addTask { try await copyInput(stdin, to: stream) }
            }
            if let resizes = session.resizes, let stream = streams[.resize] {
                group.addTask { try await copySizes(resizes, to: stream) }
            }
            for (type, sink) in [(StreamType.stdout, session.stdout), (.stderr, session.stderr)] {
                guard let sink, let stream = streams[type] else { continue }
                group.addTask {
                    while let bytes = try await readUntilReset(stream) { try await sink.write(bytes) }
                    return true
                }
            }
            guard let error = streams[.error] else { throw SPDYError(.goneAway, "no error stream") }
            // Nothing is written to it.
            try await error.closeOutput()
            let status = try await readStatus(error)
            // The status comes last, but what came before it may still be on its way to the client.
            var outputs = (session.stdout == nil ? 0 : 1) + (session.stderr == nil ? 0 : 1)
            while outputs > 0, let isOutput = try await group.next() {
                if isOutput { outputs -= 1 }
            }
            group.cancelAll()
            return status
        }
    }

    private func openStreams(_ runtime: SPDYSession) async throws -> [StreamType: SPDYStream] {
        var types = [StreamType.error]
        if options.stdin { types.append(.stdin) }
        if options.stdout { types.append(.stdout) }
        if options.stderr { types.append(.stderr) }
        if options.tty { types.append(.resize) }
        var streams: [StreamType: SPDYStream] = [:]
        for type in types {
            streams[type] = try await runtime.open([StreamType.header: type.rawValue])
        }
        return streams
    }

    /// False, being no output.
    private func copyInput(_ source: any ByteSource, to stream: SPDYStream) async throws -> Bool {
        while let bytes = try await source.read() {
            do {
                try await stream.write(bytes)
            } catch let error as SPDYError where error.code == .streamReset {
                // The command takes no more input; that says nothing about its output.
                source.stopReading()
                return false
            }
        }
        try await stream.closeOutput()
        return false
    }

    private func copySizes(_ sizes: TerminalSizes, to stream: SPDYStream) async throws -> Bool {
        do {
            for try await size in sizes { try await stream.write(size.encoded) }
        } catch let error as SPDYError where error.code == .streamReset {
            // The command has no terminal any more.
        } catch is MalformedMessage {
            // What follows something malformed cannot be understood; the command goes on with the size it has.
        }
        sizes.source.stopReading()
        return false
    }

    private func readStatus(_ stream: SPDYStream) async throws -> RemoteCommandStatus {
        var bytes: [UInt8] = []
        while let piece = try await readUntilReset(stream) {
            guard bytes.count + piece.readableBytes <= Self.maximumStatus else {
                throw ByteStreamTooLong(limit: Self.maximumStatus)
            }
            bytes += piece.readableBytesView
        }
        guard !bytes.isEmpty else { throw SPDYError(.connectionLost, "runtime ended the command without a status") }
        return try RemoteCommandStatus(parsing: bytes)
    }

    /// Like `read`, but a reset is an end: containerd resets what it has finished with.
    private func readUntilReset(_ stream: SPDYStream) async throws -> ByteBuffer? {
        do {
            return try await stream.read()
        } catch let error as SPDYError where error.code == .streamReset {
            return nil
        }
    }
}

import HTTPCore
import NIOCore

/// One client's port-forward session over SPDY. For each connection the client opens an error and a data stream, which
/// carry the same `requestid` and `port`.
struct SPDYPortForward: Sendable {
    let pod: String
    let limits: PortForwardServer.Limits
    let clock: any Clock<Duration>
    let dial: PortForwardServer.Dial

    /// The streams of a connection; it starts when both are there.
    private struct Pair {
        var error: SPDYStream?
        var data: SPDYStream?
        /// Opened when both are there, or one of them is given up.
        let settled = Latch()
    }

    private enum Event: Sendable {
        case accepted(SPDYStream)
        /// The client opens no more.
        case sessionEnded
        case pairTimedOut(requestID: String)
        case pairSettled
        case connectionEnded
    }

    func run(_ duplex: any ByteDuplex) async throws {
        let session = try SPDYSession(
            duplex, role: .server, limits: SPDYSession.Limits(streams: limits.connections * 2))
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    do {
                        try await session.run()
                    } catch {
                        throw ClientGone(cause: error)
                    }
                }
                // It ends with the session, whose end its `accept` sees.
                group.addTask { try await serve(session) }
                defer { group.cancelAll() }
                try await group.next()
            }
        } catch {
            await session.close()
            throw error
        }
        await session.close()
    }

    private func serve(_ session: SPDYSession) async throws {
        try await withThrowingTaskGroup(of: Event.self) { group in
            defer { group.cancelAll() }
            var pairs: [String: Pair] = [:]
            addAccept(of: session, to: &group)
            while let event = try await group.next() {
                switch event {
                case .accepted(let stream):
                    try await accepted(stream, &pairs, &group)
                    addAccept(of: session, to: &group)
                case .sessionEnded: return
                case .pairTimedOut(let requestID):
                    guard let pair = pairs.removeValue(forKey: requestID) else { continue }
                    try await abandon(pair, "timed out waiting for streams of request \(requestID)")
                case .pairSettled, .connectionEnded: continue
                }
            }
        }
    }

    private func addAccept(of session: SPDYSession, to group: inout ThrowingTaskGroup<Event, any Error>) {
        group.addTask {
            guard let stream = try await session.accept() else { return .sessionEnded }
            return .accepted(stream)
        }
    }

    private func accepted(
        _ stream: SPDYStream, _ pairs: inout [String: Pair], _ group: inout ThrowingTaskGroup<Event, any Error>
    ) async throws {
        let type = stream.headers[StreamType.header].flatMap(StreamType.init(rawValue:))
        guard let type, type == .error || type == .data,
            let port = stream.headers["port"].flatMap({ try? PortForwardServer.port($0) })
        else {
            try await stream.reset(SPDYResetStatus.refusedStream)
            return
        }
        try await stream.reply()
        let requestID = Self.requestID(of: stream, type)
        let isNew = pairs[requestID] == nil
        var pair = pairs[requestID] ?? Pair()
        switch type {
        case .error where pair.error == nil: pair.error = stream
        case .data where pair.data == nil: pair.data = stream
        default:
            pairs[requestID] = nil
            pair.settled.open()
            try await abandon(pair, "error processing stream for request \(requestID): \(type) stream already assigned")
            try await stream.reset()
            return
        }
        if let error = pair.error, let data = pair.data {
            pairs[requestID] = nil
            pair.settled.open()
            group.addTask {
                await forward(port, data: data, error: error)
                return .connectionEnded
            }
            return
        }
        pairs[requestID] = pair
        guard isNew else { return }
        group.addTask { [settled = pair.settled] in
            do {
                try await within(limits.streamCreation, "waiting for streams", clock: clock) {
                    try await settled.wait()
                }
                return .pairSettled
            } catch is DeadlineExceeded {
                return .pairTimedOut(requestID: requestID)
            }
        }
    }

    /// Clients before Kubernetes 1.2 send no request id; their two streams have consecutive numbers, error first.
    private static func requestID(of stream: SPDYStream, _ type: StreamType) -> String {
        if let id = stream.headers["requestid"] { return id }
        return String(type == .data ? stream.id &- 2 : stream.id)
    }

    private func abandon(_ pair: Pair, _ message: String) async throws {
        if let error = pair.error {
            try await error.write(ByteBuffer(string: message))
            try await error.closeOutput()
        }
        try await pair.data?.reset()
    }

    /// Carries one connection to its end. The client is told why the pod cannot be reached; a connection that breaks
    /// later just ends, for kubectl gives up the whole session at any message.
    private func forward(_ port: UInt16, data: SPDYStream, error: SPDYStream) async {
        do {
            if let target = try await connect(port, data: data, error: error) {
                do {
                    try await tunnel(data, target)
                } catch {
                    await data.close()
                }
            }
            try await error.closeOutput()
        } catch {
            // The client has gone, and its session with it, which `run` reports.
        }
    }

    private func connect(_ port: UInt16, data: SPDYStream, error: SPDYStream) async throws -> (any ByteDuplex)? {
        do {
            return try await dial(port)
        } catch let failure {
            await data.close()
            try await error.write(forwardingFailure(port: port, pod: pod, failure))
            return nil
        }
    }
}

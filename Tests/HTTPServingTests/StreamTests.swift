import HTTPClient
import HTTPCore
import HTTPServing
import HTTPTestSupport
import NIOCore
import Synchronization
import Testing

/// Streams that outlive their handler, clients that leave, clients that do not keep up.
@Suite(.timeLimit(.minutes(1)))
struct StreamTests {
    typealias Wire = RequestTests.Wire

    @Test("One hop writes an event to every stream of a loop", arguments: [Wire.tlsHTTP2, .plainHTTP1])
    func push(wire: Wire) async throws {
        let streams = Mutex<[ResponseStream]>([])
        let all = Signal<Void>()
        try await RequestTests.run(wire) { _ in
            HTTPResponse(
                headers: ["content-type": "application/json"],
                body: .push { stream in
                    let count = streams.withLock {
                        $0.append(stream)
                        return $0.count
                    }
                    if count == 20 { all.send(()) }
                })
        } _: { client, endpoint in
            try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        let response = try await client.execute(HTTPClientRequest(endpoint: endpoint, target: "/watch"))
                        return try await response.body.text()
                    }
                }
                try await all.value()
                let open = streams.withLock { $0 }
                let byLoop = Dictionary(grouping: open) { ObjectIdentifier($0.eventLoop) }
                for event in ["one\n", "two\n", "three\n"] {
                    let buffer = ByteBuffer(string: event)
                    for streams in byLoop.values {
                        streams[0].eventLoop.runBatch {
                            for stream in streams {
                                stream.write(buffer)
                                stream.flush()
                            }
                        }
                    }
                }
                for stream in open { stream.finish() }
                for try await text in group { #expect(text == "one\ntwo\nthree\n") }
            }
        }
    }

    @Test("A client that goes away cancels the handler and closes the stream", arguments: Wire.allCases)
    func clientLeaves(wire: Wire) async throws {
        let began = Signal<Void>()
        let cancelled = Signal<Void>()
        let opened = Signal<Void>()
        let closed = Signal<ResponseStream.CloseReason>()
        try await RequestTests.run(wire) { request in
            if request.path == "/push" {
                return HTTPResponse(
                    body: .push { stream in
                        stream.onClose { closed.send($0) }
                        stream.writeAndFlush(ByteBuffer(string: "x"))
                        opened.send(())
                    })
            }
            let forever = Signal<Void>()
            return await withTaskCancellationHandler {
                began.send(())
                try? await forever.value()
                return .text("never seen")
            } onCancel: {
                cancelled.send(())
                forever.send(())
            }
        } _: { client, endpoint in
            let waiting = Task { try await client.execute(HTTPClientRequest(endpoint: endpoint, target: "/wait")) }
            try await began.value()
            waiting.cancel()
            await #expect(throws: CancellationError.self) { try await waiting.value }
            try await cancelled.value()

            var response: HTTPClientResponse? = try await client.execute(
                HTTPClientRequest(endpoint: endpoint, target: "/push"))
            try await opened.value()
            #expect(response?.status == .ok)
            response = nil
            #expect(try await closed.value() == .peerGone)
        }
    }

    @Test("A slow client is noticed, and writing goes on when it reads", arguments: Wire.allCases)
    func slowClient(wire: Wire) async throws {
        let piece = ByteBuffer(repeating: 0x2e, count: 64 * 1024)
        let total = 64 << 20
        let blocked = Signal<Int>()
        try await RequestTests.run(wire) { _ in
            HTTPResponse(
                body: .push { stream in
                    Pump(stream: stream, piece: piece, total: total, blocked: blocked).run()
                })
        } _: { client, endpoint in
            let response = try await client.execute(HTTPClientRequest(endpoint: endpoint, target: "/"))
            let before = try await blocked.value()
            // What fits into windows and socket buffers, far from the whole.
            #expect(before < total / 2)
            var count = 0
            for try await part in response.body { count += part.readableBytes }
            #expect(count == total)
        }
    }

    /// Writes whenever the stream is writable.
    final class Pump: Sendable {
        private let stream: ResponseStream
        private let piece: ByteBuffer
        private let total: Int
        private let blocked: Signal<Int>
        private let written = Atomic<Int>(0)

        init(stream: ResponseStream, piece: ByteBuffer, total: Int, blocked: Signal<Int>) {
            self.stream = stream
            self.piece = piece
            self.total = total
            self.blocked = blocked
        }

        func run() {
            stream.onWritable { self.write() }
            write()
        }

        private func write() {
            while stream.isWritable {
                if written.load(ordering: .relaxed) >= total {
                    stream.finish()
                    return
                }
                stream.writeAndFlush(piece)
                written.wrappingAdd(piece.readableBytes, ordering: .relaxed)
            }
            blocked.send(written.load(ordering: .relaxed))
        }
    }

    @Test("Waiting for a slow client ends when it leaves")
    func sendFails() async throws {
        let failed = Signal<Void>()
        try await RequestTests.run(.tlsHTTP2) { _ in
            HTTPResponse(
                body: .stream { stream in
                    do {
                        while true { try await stream.send(ByteBuffer(repeating: 0, count: 1 << 20)) }
                    } catch {
                        failed.send(())
                        throw error
                    }
                })
        } _: { client, endpoint in
            let response = try await client.execute(HTTPClientRequest(endpoint: endpoint, target: "/"))
            response.body.discard()
            try await failed.value()
        }
    }

    @Test("A request body is held back while nobody reads it", arguments: Wire.allCases)
    func requestBackPressure(wire: Wire) async throws {
        let go = Signal<Void>()
        let piece = ByteBuffer(repeating: 1, count: 64 * 1024)
        let total = 64 << 20
        let blocked = Signal<Int>()
        try await RequestTests.run(wire) { request in
            do {
                try await go.value()
                var count = 0
                for try await part in request.body { count += part.readableBytes }
                return .text("\(count)")
            } catch {
                return .text("\(error)", status: .badRequest)
            }
        } _: { client, endpoint in
            let answer = Task {
                try await client.execute(
                    HTTPClientRequest(
                        method: .post, endpoint: endpoint, target: "/",
                        body: .push { stream in
                            Pump(stream: stream, piece: piece, total: total, blocked: blocked).run()
                        }))
            }
            let before = try await blocked.value()
            #expect(before < total / 2)
            go.send(())
            let text = try await answer.value.body.text()
            #expect(text == "\(total)")
        }
    }
}

import HTTPCore
import NIOCore
import NIOPosix
import Testing

/// Answers read inside the process.
@Suite(.timeLimit(.minutes(1)))
struct ResponsePipeTests {
    static let executor = EventLoopTaskExecutor(MultiThreadedEventLoopGroup.singleton.any())

    @Test("Every kind of body can be read in the process")
    func bodies() async throws {
        let piece = ByteBuffer(string: "ab")
        let kinds: [HTTPResponse.Body] = [
            .bytes(ByteBuffer(string: "abab")), .chunks([piece, piece]),
            .stream { stream in
                try await stream.send(piece)
                try await stream.send(piece)
            },
            .push { stream in
                stream.write(piece)
                stream.write(piece)
                stream.finish()
            },
        ]
        for kind in kinds {
            let body = try #require(await ResponsePipe.body(of: HTTPResponse(body: kind), on: Self.executor))
            let text = try await body.text()
            #expect(text == "abab")
        }
    }

    @Test("A writer waits for its reader, and learns when it leaves")
    func backPressure() async throws {
        let ended = Signal<Int>()
        let response = HTTPResponse(
            body: .stream { stream in
                var count = 0
                do {
                    while true {
                        try await stream.send(ByteBuffer(repeating: 0, count: 10_000))
                        count += 1
                    }
                } catch {
                    ended.send(count)
                    throw error
                }
            })
        var body = await ResponsePipe.body(of: response, on: Self.executor)
        if let body {
            var pieces = body.makeAsyncIterator()
            let first = try await pieces.next()
            #expect(first?.readableBytes == 10_000)
        }
        body = nil
        let count = try await ended.value()
        #expect(count < 100)
    }

    @Test("A value is worked out once a connection and kept by its type")
    func remembered() {
        let info = HTTPConnectionInfo(
            eventLoop: Self.executor.eventLoop, executor: Self.executor, remoteAddress: nil, localAddress: nil,
            peerCertificate: nil, isSecure: false)
        var made = 0
        for _ in 0..<3 {
            let value = info.remembered(String.self) {
                made += 1
                return "user"
            }
            #expect(value == "user")
        }
        #expect(made == 1)
        #expect(info.remembered(Int.self) { 7 } == 7)
    }
}

import InferenceGateway
import NIOCore
import Testing

@Suite("Streams of events as they pass")
struct EventStreamScanTests {
    private static let stream = """
        data: {"choices":[{"delta":{"role":"assistant","content":""}}],"usage":null}

        data: {"choices":[{"delta":{"content":"say \\"usage\\": {"}}],"usage":null}

        : a comment

        data: {"choices":[],"usage": {"prompt_tokens":11,"completion_tokens":2,"total_tokens":13,"details":{"a":[1]}}}

        data: [DONE]


        """

    @Test("Events are counted and the usage is found, however the stream is cut into pieces")
    func pieces() {
        let bytes = Array(Self.stream.utf8)
        for size in [1, 2, 3, 7, 64, bytes.count] {
            var scan = EventStreamScan()
            for begin in stride(from: 0, to: bytes.count, by: size) {
                scan.take(ByteBuffer(bytes: bytes[begin..<min(begin + size, bytes.count)]))
            }
            #expect(scan.events == 3, "pieces of \(size)")
            #expect(scan.isDone)
            #expect(!scan.hasFailed)
            #expect(scan.usage?.input == 11)
            #expect(scan.usage?.output == 2)
        }
    }

    @Test("A stream without usage has none, one with an error has failed")
    func others() {
        var scan = EventStreamScan()
        scan.take(ByteBuffer(string: "data:{\"a\":1}\r\n\r\ndata: {\"error\":{\"message\":\"no\"}}\n\n"))
        #expect(scan.events == 2)
        #expect(scan.hasFailed)
        #expect(scan.usage == nil)
        #expect(!scan.isDone)
    }

    @Test("A line without end takes bounded memory and counts when it ends")
    func endless() {
        var scan = EventStreamScan()
        let piece = ByteBuffer(bytes: [UInt8](repeating: UInt8(ascii: "x"), count: 100_000))
        scan.take(ByteBuffer(string: "data: "))
        for _ in 0..<100 { scan.take(piece) }
        scan.take(ByteBuffer(string: "\ndata: [DONE]\n"))
        #expect(scan.events == 1)
        #expect(scan.isDone)
    }
}

import Client
import ClientTestSupport
import KubeAPI
import Machinery
import Testing

/// A transport whose streams a test writes by hand.
private struct ScriptedTransport: Transport {
    let stream: FakeByteStream

    func send(_ request: APIRequest) async throws(StatusError) -> APIResponse {
        APIResponse(status: 404, body: [])
    }

    func stream(_ request: APIRequest) async throws(StatusError) -> any ByteStream { stream }
}

@Suite("A watch stream")
struct WatchStreamTests {
    private func open(_ chunks: [String]) async throws -> WatchStream<Pod> {
        let bytes = FakeByteStream()
        for chunk in chunks { bytes.send(Array(chunk.utf8)) }
        bytes.finish()
        return try await Client(transport: ScriptedTransport(stream: bytes), userAgent: "test")
            .watch(Pod.self, WatchOptions())
    }

    private func describe(_ event: WatchStream<Pod>.Event) -> String {
        switch event {
        case .added(let pod): "added \(pod.name)"
        case .modified(let pod): "modified \(pod.name)"
        case .deleted(let pod): "deleted \(pod.name)"
        case .bookmark(let version): "bookmark \(version)"
        }
    }

    @Test("reads events however their bytes are cut")
    func cuts() async throws {
        let text = """
            {"type":"ADDED","object":{"metadata":{"name":"a"}}}
            {"type":"MODIFIED","object":{"metadata":{"name":"ä"}}}

            {"type":"DELETED","object":{"metadata":{"name":"c"}}}
            {"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"17"}}}

            """
        let expected = ["added a", "modified ä", "deleted c", "bookmark 17"]
        let bytes = Array(text.utf8)
        for size in [1, 2, 3, 7, 50, 60, 1000] {
            let stream = FakeByteStream()
            for start in stride(from: 0, to: bytes.count, by: size) {
                stream.send(Array(bytes[start..<min(start + size, bytes.count)]))
            }
            stream.finish()
            let watch = try await Client(transport: ScriptedTransport(stream: stream), userAgent: "test")
                .watch(Pod.self, WatchOptions())
            var seen: [String] = []
            for try await event in watch { seen.append(describe(event)) }
            #expect(seen == expected, "in pieces of \(size)")
        }
    }

    @Test(
        "ends with the error the server or the bytes give",
        arguments: [
            (
                #"{"type":"ERROR","object":{"kind":"Status","status":"Failure","reason":"Expired","code":410}}"# + "\n",
                410
            ),
            (#"{"type":"ADDED","object":{"metadata""#, 500),
            ("nonsense\n", 500),
            (#"{"type":"ADDED"}"# + "\n", 500),
            (#"{"type":"OTHER","object":{}}"# + "\n", 500),
        ])
    func errors(text: String, code: Int) async throws {
        let watch = try await open([text])
        var events = watch.makeAsyncIterator()
        do throws(StatusError) {
            _ = try await events.nextEvent()
            Issue.record("no error for \(text)")
        } catch {
            #expect(error.code == code)
            #expect(error.isExpired == (code == 410))
        }
    }

    @Test("refuses a line beyond the limit instead of gathering it")
    func limit() async throws {
        let stream = FakeByteStream()
        let megabyte = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20)
        for _ in 0..<20 { stream.send(megabyte) }
        let watch = try await Client(transport: ScriptedTransport(stream: stream), userAgent: "test")
            .watch(Pod.self, WatchOptions())
        var events = watch.makeAsyncIterator()
        await #expect(throws: StatusError.self) { _ = try await events.nextEvent() }
    }
}

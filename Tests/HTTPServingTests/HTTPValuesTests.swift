import HTTPCore
import HTTPTestSupport
import NIOCore
import Testing

/// The small values of HTTPCore.
struct HTTPValuesTests {
    @Test("Header fields are found without regard to case and keep their order")
    func headers() {
        var headers: HTTPHeaders = ["Content-Type": "a", "Accept": "x, y", "accept": "z"]
        #expect(headers["content-type"] == "a")
        #expect(headers["CONTENT-TYPE"] == "a")
        #expect(headers["content-typ"] == nil)
        #expect(headers.values("ACCEPT") == ["x, y", "z"])
        #expect(headers.elements("accept") == ["x", "y", "z"])
        #expect(headers.contains("accept", token: "Y"))
        #expect(!headers.contains("accept", token: "x, y"))
        headers.set("ACCEPT", "only")
        #expect(headers.values("accept") == ["only"])
        headers.append("b", "2")
        headers.remove("Content-type")
        #expect(headers.map(\.name) == ["Accept", "b"])
        // "@" and "`" differ by the case bit and are no letters.
        #expect(!HTTPHeaders.equal("a@", "a`"))
        #expect(HTTPHeaders.equal("Straße-Längst-Mehr-Als-Fünfzehn", "straße-längst-mehr-als-fünfzehn"))
    }

    @Test(
        "What could forge a message is not sendable",
        arguments: [
            ("name", "value", true), ("x-y_z.1", "with space\tand tab", true), ("", "v", false), ("a b", "v", false),
            ("a:", "v", false), ("a", "v\r\nb: c", false), ("a", "v\n", false), ("a", "v\0", false), ("ä", "v", false),
        ])
    func sendable(name: String, value: String, ok: Bool) {
        #expect(HTTPHeaders([.init(name: name, value: value)]).isSendable == ok)
    }

    @Test(
        "Dates read as RFC 9110 wants",
        arguments: [
            (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
            (1_798_761_599, "Thu, 31 Dec 2026 23:59:59 GMT"),
        ])
    func dates(second: Int, text: String) {
        #expect(HTTPDate.format(second) == text)
    }

    @Test("A body at hand obeys the limit too")
    func bufferedBody() async throws {
        let body = HTTPBody(ByteBuffer(string: "12345"))
        #expect(try await body.collect(upTo: 5) == Array("12345".utf8))
        await #expect(throws: HTTPBodyError.tooLarge(limit: 4)) { try await body.collect(upTo: 4) }
        #expect(HTTPBody.empty.isEmpty)
    }

    @Test("A stream of unknown length is cut at the limit")
    func streamedBody() async throws {
        let stream = HTTPBodyStream { _ in }
        let body = HTTPBody(stream, contentLength: nil)
        _ = stream.yield(ByteBuffer(string: "123"))
        _ = stream.yield(ByteBuffer(string: "456"))
        stream.finish()
        await #expect(throws: HTTPBodyError.tooLarge(limit: 5)) { try await body.collect(upTo: 5) }
    }

    @Test("A producer is paused above the watermark and asked for more below it")
    func watermark() async throws {
        let more = Signal<Void>()
        let stream = HTTPBodyStream(highWatermark: 10) { demand in
            if case .more = demand { more.send(()) }
        }
        #expect(stream.yield(ByteBuffer(string: "12345")))
        #expect(!stream.yield(ByteBuffer(string: "67890")))
        #expect(try await stream.next().map { String(buffer: $0) } == "12345")
        try await more.value()
        stream.finish(trailers: ["t": "1"])
        #expect(stream.trailers == nil)
        #expect(try await stream.next().map { String(buffer: $0) } == "67890")
        #expect(try await stream.next() == nil)
        #expect(stream.trailers?["t"] == "1")
    }

    @Test("A reader that is cancelled stops waiting; one that is dropped tells the producer")
    func cancelled() async throws {
        let abandoned = Signal<Void>()
        let stream = HTTPBodyStream { demand in
            if case .abandoned = demand { abandoned.send(()) }
        }
        let reading = Task { try await stream.next() }
        reading.cancel()
        await #expect(throws: HTTPBodyError.cancelled) { try await reading.value }
        var body: HTTPBody? = HTTPBody(stream, contentLength: nil)
        #expect(body?.contentLength == nil)
        body = nil
        try await abandoned.value()
    }

    @Test("A body that came whole and was thrown away unread is not taken for a shorter whole")
    func abandonedWhole() async throws {
        let stream = HTTPBodyStream { _ in }
        let body = HTTPBody(stream, contentLength: nil)
        _ = stream.yield(ByteBuffer(string: "whole"))
        stream.finish(trailers: ["grpc-status": "0"])
        body.discard()
        await #expect(throws: HTTPBodyError.cancelled) { try await body.collect(upTo: 100) }
    }

    @Test("What was read to its end before it was thrown away stays a whole")
    func abandonedAfterReading() async throws {
        let stream = HTTPBodyStream { _ in }
        _ = stream.yield(ByteBuffer(string: "whole"))
        stream.finish(trailers: ["grpc-status": "0"])
        #expect(try await stream.next().map { String(buffer: $0) } == "whole")
        stream.abandon()
        #expect(try await stream.next() == nil)
        #expect(stream.trailers?["grpc-status"] == "0")
    }

    @Test(
        "Percent-encoding goes both ways; what is malformed is refused",
        arguments: [
            ("a/b c", "a%2Fb%20c"), ("-._~09azAZ", "-._~09azAZ"), ("Grüße", "Gr%C3%BC%C3%9Fe"), ("%+", "%25%2B"),
            ("", ""),
        ])
    func percentEncoding(text: String, encoded: String) {
        #expect(PercentEncoding.encode(text) == encoded)
        #expect(PercentEncoding.decode(Substring(encoded), plusIsSpace: false) == text)
        #expect(PercentEncoding.decode(Substring(encoded.lowercased()), plusIsSpace: true) != nil)
    }

    @Test("Malformed percent-encoding is refused", arguments: ["%", "%2", "%zz", "a%", "%FF", "%C3", "%+1"])
    func malformedPercentEncoding(text: String) {
        #expect(PercentEncoding.decode(Substring(text), plusIsSpace: false) == nil)
    }

    @Test("A plus is a space in queries only")
    func plus() {
        #expect(PercentEncoding.decode(Substring("a+b%2B"), plusIsSpace: true) == "a b+")
        #expect(PercentEncoding.decode(Substring("a+b"), plusIsSpace: false) == "a+b")
    }
}

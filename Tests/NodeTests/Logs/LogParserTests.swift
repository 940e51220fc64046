import Machinery
import NIOCore
import Node
import Testing

@Suite("A log file's lines")
struct LogParserTests {
    private static let file = """
        2026-11-21T09:00:00.1Z stdout F first
        2026-11-21T09:00:01.123456789Z stderr F second
        2026-11-21T09:00:02Z stdout P third, with
        2026-11-21T09:00:02.5Z stdout F  two spaces
        2026-11-21T09:00:03.000000001+00:00 stdout F:future 
        2026-11-21T09:00:04Z stdout F

        """

    private func parse(_ text: String, chunk: Int = .max, _ change: (inout ContainerLogOptions) -> Void = { _ in })
        -> String
    {
        var options = ContainerLogOptions()
        change(&options)
        var parser = LogParser(options)
        var output = ByteBuffer()
        let bytes = Array(text.utf8)
        var start = 0
        while start < bytes.count {
            let end = start + min(chunk, bytes.count - start)
            bytes[start..<end].withUnsafeBytes { parser.feed($0, into: &output) }
            start = end
        }
        return String(buffer: output)
    }

    @Test("become the container's output, however the bytes are cut", arguments: [1, 2, 3, 7, 50, .max])
    func output(chunk: Int) {
        #expect(parse(Self.file, chunk: chunk) == "first\nsecond\nthird, with two spaces\n\n")
    }

    @Test("carry nine digits of their time where asked, once for a line in parts")
    func timestamps() {
        let text = parse(Self.file) { $0.timestamps = true }
        #expect(
            text == """
                2026-11-21T09:00:00.100000000Z first
                2026-11-21T09:00:01.123456789Z second
                2026-11-21T09:00:02.000000000Z third, with two spaces
                2026-11-21T09:00:03.000000001+00:00 

                """)
    }

    @Test("of one stream, since a time, and up to a size can be had")
    func selection() throws {
        #expect(parse(Self.file) { $0.stream = .stderr } == "second\n")
        #expect(parse(Self.file) { $0.stream = .stdout } == "first\nthird, with two spaces\n\n")
        let since = try Timestamp(rfc3339: "2026-11-21T09:00:02Z")
        #expect(parse(Self.file) { $0.since = since } == "third, with two spaces\n\n")
        #expect(parse(Self.file) { $0.limitBytes = 9 } == "first\nsec")
        #expect(parse(Self.file, chunk: 1) { $0.limitBytes = 9 } == "first\nsec")
    }

    @Test(
        "that are in no such format are left out",
        arguments: [
            "no log at all", "2026-11-21T09:00:00Z stdout", "2026-11-21T09:00:00Z stdin F text", "x stdout F text", "",
            "   ", String(repeating: "x", count: 5000), "\u{0}\u{0}\u{0}",
        ])
    func malformed(line: String) {
        let text = "2026-11-21T09:00:00Z stdout F before\n\(line)\n2026-11-21T09:00:00Z stdout F after\n"
        #expect(parse(text) == "before\nafter\n")
        #expect(parse(text, chunk: 1) == "before\nafter\n")
    }

    @Test("may be very long, and unfinished")
    func long() {
        let long = String(repeating: "long ", count: 200_000)
        #expect(parse("2026-11-21T09:00:00Z stdout F \(long)", chunk: 10_000) == long)
    }

    @Test("of noise never crash the parser")
    func noise() {
        var generator = SystemRandomNumberGenerator()
        let alphabet = Array("2026-11-21T09:00:00Z stdout stderr F P:\n  ".utf8)
        for _ in 0..<2000 {
            let bytes = (0..<Int.random(in: 0...80)).map { _ in
                Bool.random(using: &generator) ? alphabet.randomElement() ?? 0 : UInt8.random(in: 0...255)
            }
            var options = ContainerLogOptions()
            options.timestamps = Bool.random()
            options.since = Timestamp(seconds: 0)
            options.limitBytes = Int.random(in: 0...100)
            var parser = LogParser(options)
            var output = ByteBuffer()
            bytes.withUnsafeBytes { parser.feed($0, into: &output) }
            #expect(output.readableBytes <= 100)
        }
    }
}

import Machinery
import Testing

@Suite("JSON values as text")
struct JSONWriterTests {
    @Test(
        "Text is canonical: sorted members, no white space, only needed escapes",
        arguments: [
            (["b": 1, "a": ["y": true, "x": .null]], #"{"a":{"x":null,"y":true},"b":1}"#),
            (["é": 1, "z": 2, "a": 3], #"{"a":3,"z":2,"é":1}"#),
            ("a\"b\\c\n\r\t\u{08}\u{0C}\u{01}\u{1F}\u{7F}/é🎈", #""a\"b\\c\n\r\t\b\f\u0001\u001f"# + "\u{7F}/é🎈\""),
            ([1, -1, .int(.max), .int(.min)], "[1,-1,9223372036854775807,-9223372036854775808]"),
            ([1.5, 2.0, -0.25, 1e300], "[1.5,2,-0.25,1e+300]"),
            ([], "[]"), ([:], "{}"),
        ] as [(JSON, String)])
    func canonical(value: JSON, text: String) {
        #expect(value.description == text)
    }

    @Test("Every value comes back from its text", arguments: 0..<300)
    func roundTrip(seed: Int) throws {
        var random = RandomJSON(seed: UInt64(seed))
        let value = random.value()
        let bytes = value.encoded()
        let parsed = try JSON(parsing: bytes)
        #expect(parsed == value)
        #expect(parsed.encoded() == bytes)
    }

    @Test("An escape is found wherever it stands in a text", arguments: ["\"", "\\", "\n", "\u{1F}"])
    func escapes(_ special: String) throws {
        for length in 0..<40 {
            for place in 0...length {
                let plain = String(repeating: "ä", count: place / 2) + String(repeating: "~", count: length - place)
                let text = plain.prefix(place) + special + plain.dropFirst(place) + special
                let value = JSON.array([.string(String(text)), .int(1)])
                #expect(try JSON(parsing: value.encoded()) == value)
            }
        }
    }

    @Test("A writer grows with what is written, and tells how much that is")
    func growth() {
        var writer = JSONWriter(reserving: 0)
        var expected = ""
        for number in 0..<2000 {
            writer.write("f\(number)\"", prefix: "f:")
            writer.raw(",")
            writer.write(Int64(number) * 1_000_003 - 500)
            writer.raw(Array(",".utf8))
            expected += "\"f:f\(number)\\\"\",\(number * 1_000_003 - 500),"
        }
        #expect(writer.text == expected)
        #expect(writer.count == expected.utf8.count)
        #expect(writer.bytes == Array(expected.utf8))
    }

    @Test("Random bytes never crash the parser", arguments: 0..<300)
    func randomBytes(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        let alphabet = Array(#"{}[]":,\u0123eE+-.tfn "#.utf8) + [0xC3, 0xA9, 0xFF, 0x00]
        let bytes = (0..<200).map { _ in alphabet.randomElement(using: &generator) ?? 0 }
        if let value = try? JSON(parsing: bytes) { #expect((try? JSON(parsing: value.encoded())) == value) }
    }

    @Test("Truncated and altered documents never crash the parser", arguments: 0..<100)
    func altered(seed: Int) {
        var random = RandomJSON(seed: UInt64(seed))
        var bytes = random.object().encoded()
        if !bytes.isEmpty { bytes[Int.random(in: bytes.indices, using: &random.generator)] ^= 0x21 }
        for length in 0..<min(bytes.count, 200) { _ = try? JSON(parsing: Array(bytes[..<length])) }
        _ = try? JSON(parsing: bytes)
    }
}

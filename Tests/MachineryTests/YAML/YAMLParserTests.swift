import Glibc
import Machinery
import Testing

/// The JSON text of what YAML text is read as.
private func json(_ yaml: String) throws -> String {
    String(decoding: try YAMLParser.parse(Array(yaml.utf8)).value.encoded(), as: UTF8.self)
}

private func failure(_ yaml: String, _ limits: YAMLParser.Limits = YAMLParser.Limits()) -> YAMLError? {
    do {
        _ = try YAMLParser.parse(Array(yaml.utf8), limits: limits)
        return nil
    } catch {
        return error
    }
}

@Suite("Reading YAML")
struct YAMLParserTests {
    @Test(
        "plain scalars mean what sigs.k8s.io/yaml has them mean",
        arguments: [
            // Words
            ("true", "true"), ("True", "true"), ("TRUE", "true"), ("yes", "true"), ("Yes", "true"), ("on", "true"),
            ("y", "true"),
            ("Y", "true"), ("false", "false"), ("no", "false"), ("NO", "false"), ("Off", "false"), ("n", "false"),
            ("null", "null"), ("Null", "null"), ("~", "null"), ("", "null"),
            ("tRUE", #""tRUE""#), ("yEs", #""yEs""#), ("nULL", #""nULL""#), ("truer", #""truer""#),
            ("None", #""None""#),
            // Integers
            ("0", "0"), ("-0", "0"), ("+7", "7"), ("0777", "511"), ("-0777", "-511"), ("0o17", "15"), ("0x1F", "31"),
            ("-0x10", "-16"), ("0b101", "5"), ("-0b11", "-3"), ("1_000", "1000"), ("1__0", "10"), ("0_1", "1"),
            ("9223372036854775807", "9223372036854775807"), ("-9223372036854775808", "-9223372036854775808"),
            // Not integers
            ("_1", #""_1""#), ("0x", #""0x""#), ("0xg", #""0xg""#), ("0b2", #""0b2""#), ("0a7", #""0a7""#),
            ("+", #""+""#), ("1:30", #""1:30""#), ("1-2", #""1-2""#), ("12abc", #""12abc""#), ("1.2.3", #""1.2.3""#),
            ("10.0.0.1", #""10.0.0.1""#), ("--1", #""--1""#), ("1 2", #""1 2""#), ("0o8", #""0o8""#),
            ("0xFFFFFFFFFFFFFFFFFF", #""0xFFFFFFFFFFFFFFFFFF""#), ("-0x8000000000000001", #""-0x8000000000000001""#),
            // Floats; whole ones are integers once they are JSON
            ("1.5", "1.5"), ("-.5", "-0.5"), (".5", "0.5"), ("1.", "1"), ("1e3", "1000"), ("1.5E-1", "0.15"),
            ("08", "8"),
            ("+1.25", "1.25"), ("1_0.5", "10.5"), ("-0.0", "0"), ("2.50", "2.5"),
            ("1e999", #""1e999""#), ("1e", #""1e""#), (".", #"".""#), ("..", #""..""#), (".e1", #"".e1""#),
            ("._5", #""._5""#),
            // Dates stay text
            ("2001-01-01", #""2001-01-01""#), ("2001-12-14T21:59:43Z", #""2001-12-14T21:59:43Z""#),
            // Quoted is text
            ("'true'", #""true""#), (#""1""#, #""1""#), ("''", #""""#), (#""\u00e9\x41\t""#, #""éA\t""#),
            ("'<<'", #""<<""#),
            // Tags
            ("!!str 1", #""1""#), ("!!int '7'", "7"), ("!!float 3", "3"), ("!!bool 'yes'", "true"),
            ("!!null ''", "null"),
            ("!!str", #""""#), ("!custom 1", #""1""#), ("! 1", #""1""#), ("!!binary aGVs bG8=", #""hello""#),
            ("!!timestamp 2001-01-01", #""2001-01-01""#),
        ])
    func scalars(yaml: String, expected: String) throws {
        #expect(try json(yaml) == expected)
        #expect(try json("a: \(yaml)") == #"{"a":\#(expected)}"#)
    }

    @Test("integers beyond 64 bits become doubles")
    func largeIntegers() throws {
        for (yaml, value) in [
            ("18446744073709551615", 18_446_744_073_709_551_615.0),
            ("9223372036854775808", 9_223_372_036_854_775_808.0),
            ("-9223372036854777000", -9_223_372_036_854_777_000.0),
            ("0xFFFFFFFFFFFFFFFF", 18_446_744_073_709_551_615.0),
            ("123456789012345678901234567890", 123_456_789_012_345_678_901_234_567_890.0), ("1e20", 1e20),
        ] {
            #expect(try YAMLParser.parse(Array(yaml.utf8)).value == .double(value))
        }
        let long = String(repeating: "1", count: 100_000)
        #expect(try YAMLParser.parse(Array(long.utf8)).value == .string(long))
    }

    @Test(
        "structure is read in every style",
        arguments: [
            ("a: 1\nb:\n- x\n-   z: z\n    w: [1, {k: v}]\n", #"{"a":1,"b":["x",{"w":[1,{"k":"v"}],"z":"z"}]}"#),
            (#"{"a": [1, 2.5, null, true, "\u00e9"], "b": {}}"#, #"{"a":[1,2.5,null,true,"é"],"b":{}}"#),
            ("- - a\n  - b\n- []\n", #"[["a","b"],[]]"#),
            ("text: |\n  one\n  two\nfolded: >-\n  a\n  b\n", #"{"folded":"a b","text":"one\ntwo\n"}"#),
            ("# only a comment\n", "null"), ("---\n...\n", "null"), ("\u{feff}a: 1", #"{"a":1}"#),
            ("a: b # c\n", #"{"a":"b"}"#),
            ("a:\nb:\n", #"{"a":null,"b":null}"#), ("? a\n: b\n", #"{"a":"b"}"#),
            ("%YAML 1.1\n---\na: 1\n", #"{"a":1}"#),
            ("a: 1\n---\nb: 2\n", #"{"a":1}"#), ("a: 'it''s'\n", #"{"a":"it's"}"#), ("a: x: y\n---", ""),
        ])
    func structure(yaml: String, expected: String) throws {
        guard !expected.isEmpty else {
            #expect(failure(yaml)?.code == .malformed)
            return
        }
        #expect(try json(yaml) == expected)
    }

    @Test(
        "keys become strings as Kubernetes' reader makes them",
        arguments: [
            ("1: a", #"{"1":"a"}"#), ("0x10: a", #"{"16":"a"}"#), ("true: a", #"{"true":"a"}"#),
            ("yes: a", #"{"true":"a"}"#),
            ("1.5: a", #"{"1.5":"a"}"#), ("2.0: a", #"{"2":"a"}"#), ("'1': a", #"{"1":"a"}"#),
            ("2001-01-01: a", #"{"2001-01-01":"a"}"#),
        ])
    func keys(yaml: String, expected: String) throws {
        #expect(try json(yaml) == expected)
    }

    @Test(
        "anchors, aliases and merges are resolved",
        arguments: [
            ("a: &x {k: 1}\nb: *x\n", #"{"a":{"k":1},"b":{"k":1}}"#),
            ("- &x 1\n- *x\n- &x 2\n- *x\n", "[1,1,2,2]"),
            ("a: &x k\n*x : 1\n", #"{"a":"k","k":1}"#),
            ("d: &d {a: 1, b: 2}\ne:\n  <<: *d\n  b: 3\n", #"{"d":{"a":1,"b":2},"e":{"a":1,"b":3}}"#),
            ("e:\n  b: 3\n  <<: {a: 1, b: 2}\n", #"{"e":{"a":1,"b":3}}"#),
            ("e:\n  <<: [{a: 1}, {a: 2, b: 2}]\n", #"{"e":{"a":1,"b":2}}"#),
            ("e: {<<: [], a: 1}\n", #"{"e":{"a":1}}"#),
            ("'<<': 1\n", #"{"<<":1}"#), ("- <<\n", #"["<<"]"#), ("a: <<\n", #"{"a":"<<"}"#),
            ("!!merge x: {a: 1}\n", #"{"a":1}"#),
        ])
    func aliases(yaml: String, expected: String) throws {
        #expect(try json(yaml) == expected)
        #expect(try YAMLParser.parse(Array(yaml.utf8)).duplicates == [])
    }

    @Test("streams of documents are split")
    func streams() throws {
        let stream = "---\na: &x 1\n---\n# nothing\n---\n- b\n...\n---\nc: 1\nc: 2\n"
        let documents = try YAMLParser.documents(Array(stream.utf8))
        #expect(documents.map(\.value) == [["a": 1], .null, ["b"], ["c": 2]])
        #expect(documents.map(\.duplicates) == [[], [], [], ["line 10: key \"c\" already set in map"]])
        #expect(try YAMLParser.documents([]).isEmpty)
        #expect(throws: YAMLError.self) { try YAMLParser.documents(Array("a: &x 1\n---\nb: *x\n".utf8)) }
    }

    @Test("of repeated keys the last one stands, and strict readers are told of the others")
    func duplicates() throws {
        let document = try YAMLParser.parse(Array("a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\na: 4\na: 5\n".utf8))
        #expect(document.value == ["a": 5, "b": ["c": 3, "d": 2]])
        #expect(
            document.duplicates == [
                "line 5: key \"c\" already set in map", "line 6: key \"a\" already set in map",
                "line 7: key \"a\" already set in map",
            ])
        let many = String(repeating: "a: 1\n", count: 10_000)
        #expect(try YAMLParser.parse(Array(many.utf8)).duplicates.count == 64)
    }

    @Test(
        "what is no YAML, or no JSON, is refused with its line",
        arguments: [
            ("a: b: c", nil), ("a: [1, 2", nil), ("a: 'x", nil), ("{a: 1", nil), ("a: 1\n\tb: 2", 2),
            ("x\n  - y\nz: 1", nil),
            ("a: *b", 1), ("a: &a [*a]", 1), ("a: &a {b: *a}", 1), ("a: 1\nb: .inf", 2), ("- .nan", 1), ("- -.Inf", 1),
            ("{[a]: 1}", 1), ("? {a: 1}\n: 2", 1), ("~: 1", 1), ("<<: 1", 1), ("<<: [1]", 1), ("!!int x", 1),
            ("!!bool 1", 1),
            ("!!float x", 1), ("!!null 1", 1), ("!!binary '*'", 1), ("!!binary YQ", 1), ("!!binary gICA", 1),
            ("a: @x", nil),
            ("a: `x", nil), ("a: %x", nil), ("]", nil), ("!<tag:x", nil), (#""\ud800""#, nil), (#""\q""#, nil),
            ("a: \u{1}", nil),
            ("&", nil), ("*", nil), ("- a\nb: 1", nil),
        ] as [(String, Int?)])
    func malformed(yaml: String, line: Int?) throws {
        let error = try #require(failure(yaml))
        #expect(error.code == .malformed)
        if let line { #expect(error.line == line) }
        #expect(error.description.hasPrefix("yaml: "))
    }

    @Test(
        "bytes that are no UTF-8 are refused",
        arguments: [
            [0xff], [0x61, 0x3a, 0x20, 0xc3], [0xed, 0xa0, 0x80], [0xc0, 0x80], [0x22, 0xf4, 0x90, 0x80, 0x80, 0x22],
            [0xfe, 0xff, 0, 0x61],
        ] as [[UInt8]])
    func notUTF8(bytes: [UInt8]) {
        #expect(throws: YAMLError.self) { try YAMLParser.parse(bytes) }
    }

    @Test("an object cut off anywhere or with any byte changed never crashes the reader")
    func brokenText() throws {
        let text = Array(
            """
            %TAG !e! tag:example.com,2000:
            ---
            a: &x {b: [1, 'two', "th\\u0072ee"], ? c : *y}
            <<: *x
            text: |2-
               one
              two
            !!binary k: >+
              YWJj
            """.utf8)
        for length in 0...text.count { _ = try? YAMLParser.documents(Array(text[..<length])) }
        for index in stride(from: 0, to: text.count, by: 3) {
            for byte in Array("\n\t -?:,[]{}#&*!|>'\"%@`\\<~0\u{7f}".utf8) + [0, 0x80, 0xc3, 0xff] {
                var other = text
                other[index] = byte
                _ = try? YAMLParser.documents(other)
            }
        }
    }
}

@Suite("Limits of YAML")
struct YAMLLimitTests {
    /// `a0` has ten texts, each further line ten aliases of the one before.
    static func bomb(levels: Int) -> String {
        var text = "a0: &a0 [\(Array(repeating: "lol", count: 10).joined(separator: ","))]\n"
        for level in 1...levels {
            let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ",")
            text += "a\(level): &a\(level) [\(aliases)]\n"
        }
        return text
    }

    @Test("an alias bomb is refused before it is built")
    func bombs() throws {
        let refused = try #require(failure(Self.bomb(levels: 30)))
        #expect(refused.code == .tooManyAliases)
        #expect(refused.line == 5)
        #expect(refused.description.contains("excessive aliasing"))
        #expect(failure(Self.bomb(levels: 2)) == nil)
        // As mappings, as merged mappings, and by text rather than by count.
        var mappings = "a0: &a0 {x: 1, y: 2}\n"
        for level in 1...40 { mappings += "a\(level): &a\(level) {x: *a\(level - 1), y: *a\(level - 1)}\n" }
        #expect(failure(mappings)?.code == .tooManyAliases)
        var merges = "a0: &a0 {k: 1}\n"
        for level in 1...40 { merges += "a\(level): &a\(level) {<<: [*a\(level - 1), *a\(level - 1)]}\n" }
        #expect(failure(merges)?.code == .tooManyAliases || failure(merges) == nil)
        let long =
            "a: &a \(String(repeating: "x", count: 100_000))\nb: [\(String(repeating: "*a,", count: 100))]"
        #expect(failure(long)?.code == .tooManyAliases)
        #expect(failure("a: &a x\nb: [\(Array(repeating: "*a", count: 50_000).joined(separator: ","))]") == nil)
    }

    @Test("nesting is bounded, through aliases too", arguments: [("[", "]"), ("{a: ", "}"), ("- ", "")])
    func depth(opening: String, closing: String) {
        func nested(_ depth: Int) -> String {
            String(repeating: opening, count: depth) + "x" + String(repeating: closing, count: depth)
        }
        #expect(failure(nested(128)) == nil)
        #expect(failure(nested(129))?.code == .tooDeep)
        #expect(failure(nested(100_000)) != nil)
        #expect(failure(String(repeating: opening, count: 200_000)) != nil)
    }

    @Test("aliases nest as deep as what they stand for")
    func aliasDepth() {
        func text(_ levels: Int) -> String {
            var text = "- &a0 [x]\n"
            for level in 1...levels { text += "- &a\(level) [*a\(level - 1)]\n" }
            return text
        }
        #expect(failure(text(126)) == nil)
        #expect(failure(text(127))?.code == .tooDeep)
        #expect(failure(text(5_000))?.code == .tooDeep)
    }

    @Test("input over the size limit is refused unread")
    func size() {
        var limits = YAMLParser.Limits()
        limits.bytes = 10
        #expect(failure("a: 1234567", limits) == nil)
        #expect(failure("a: 12345678", limits)?.code == .tooLarge)
        #expect(failure(String(repeating: "[", count: (3 << 20) + 1))?.code == .tooLarge)
    }

    @Test(
        "text made to be slow takes time in proportion to its size",
        arguments: [
            "%TAG !N! x\n", "&a ", "? ", "- ", "[", "{", "a: &N 1\n", "*a ", "\"\\x41", "aN: 1\n", "a: 1\n", "!!x ",
            "# c\n", "---\n",
            "a: |\n x\n", "[],", "'", ": ", "\n", "a b ", "<<: {}\n",
        ])
    func slowText(unit: String) {
        func text(_ bytes: Int, wrapped: Bool) -> [UInt8] {
            var text: [UInt8] = wrapped ? Array("[".utf8) : []
            var number = 0
            while text.count < bytes {
                text.append(
                    contentsOf: unit.utf8.flatMap { $0 == UInt8(ascii: "N") ? Array(String(number).utf8) : [$0] })
                number += 1
            }
            return text
        }
        /// This thread's own time: what else the machine does must not count.
        func time(_ text: [UInt8]) -> Duration {
            func now() -> Duration {
                var time = timespec()
                clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
                return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
            }
            let start = now()
            _ = try? YAMLParser.documents(text)
            return now() - start
        }
        for wrapped in [false, true] {
            let small = text(25_000, wrapped: wrapped)
            let large = text(400_000, wrapped: wrapped)
            let base = (0..<3).map { _ in time(small) }.min() ?? .zero
            // Linear is 16 times as long; quadratic would be 256. The floor keeps clock noise out.
            #expect(time(large) < max(base, .milliseconds(2)) * 80, "\(unit), wrapped: \(wrapped)")
        }
    }
}

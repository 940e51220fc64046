import Machinery
import Testing

@Suite("Writing YAML")
struct YAMLWriterTests {
    private func yaml(_ value: JSON) -> String { String(decoding: value.yaml(), as: UTF8.self) }

    @Test("objects are laid out as kubectl shows them")
    func layout() throws {
        let value: JSON = [
            "apiVersion": "v1", "kind": "Pod",
            "metadata": [
                "annotations": [:], "creationTimestamp": "2026-01-02T03:04:05Z",
                "labels": ["app": "web", "on": "true"],
                "name": "web",
            ],
            "spec": [
                "containers": [
                    [
                        "args": ["-c", "echo a\nsleep 1\n"], "image": "nginx:1.27", "name": "web",
                        "ports": [["containerPort": 80]],
                    ],
                    ["image": "b", "resources": [:]],
                ],
                "matrix": [["a", "b"], [], [["c"]]], "tolerations": [], "weight": 1.5, "x": .null, "hostNetwork": false,
            ],
        ]
        #expect(
            yaml(value) == """
                apiVersion: v1
                kind: Pod
                metadata:
                  annotations: {}
                  creationTimestamp: "2026-01-02T03:04:05Z"
                  labels:
                    app: web
                    "on": "true"
                  name: web
                spec:
                  containers:
                  - args:
                    - -c
                    - |
                      echo a
                      sleep 1
                    image: nginx:1.27
                    name: web
                    ports:
                    - containerPort: 80
                  - image: b
                    resources: {}
                  hostNetwork: false
                  matrix:
                  - - a
                    - b
                  - []
                  - - - c
                  tolerations: []
                  weight: 1.5
                  x: null

                """)
        #expect(try YAMLParser.parse(value.yaml()).value == value)
    }

    @Test(
        "text is quoted where it could be taken for something else",
        arguments: [
            ("plain", "plain"), ("with space", "with space"), ("a:b", "a:b"), ("a#b", "a#b"), ("größe", "größe"),
            ("😀", "😀"),
            ("-c", "-c"), ("--flag=x", "--flag=x"), ("/bin/sh", "/bin/sh"), ("1.2.3", "1.2.3"),
            ("10.0.0.1/24", "10.0.0.1/24"),
            ("100m", "100m"), ("1Gi", "1Gi"), ("a'b", "a'b"), ("a\"b", "a\"b"), ("$(VAR)", "$(VAR)"), ("?x", "?x"),
            (":x", ":x"),
            ("", #""""#), ("true", #""true""#), ("No", #""No""#), ("y", #""y""#), ("null", #""null""#), ("~", #""~""#),
            ("1", #""1""#), ("-1", #""-1""#), ("0x1f", #""0x1f""#), ("1e3", #""1e3""#), (".5", #"".5""#),
            (".inf", #"".inf""#),
            ("1_000", #""1_000""#), ("0777", #""0777""#), ("1:30", #""1:30""#), ("12:30:45", #""12:30:45""#),
            ("<<", #""<<""#),
            ("=", #""=""#), ("2001-01-01", #""2001-01-01""#), ("2001-1-1t1:2:3Z", #""2001-1-1t1:2:3Z""#),
            ("---", #""---""#),
            ("a: b", "'a: b'"), ("a:", "'a:'"), ("a #b", "'a #b'"), ("#a", "'#a'"), ("- a", "'- a'"), ("-", "'-'"),
            (" a", "' a'"),
            ("a ", "'a '"), ("[a", "'[a'"), ("{a}", "'{a}'"), ("*a", "'*a'"), ("&a", "'&a'"), ("!a", "'!a'"),
            ("|a", "'|a'"),
            (">a", "'>a'"), ("'a'", "'''a'''"), ("\"a\"", "'\"a\"'"), ("%a", "'%a'"), ("@a", "'@a'"), ("`a", "'`a'"),
            ("? a", "'? a'"),
            (",a", "',a'"), ("a\tb", #""a\tb""#), ("a\rb", #""a\rb""#), ("a\u{0}b", #""a\x00b""#),
            ("\u{85}", #""\x85""#),
            ("\u{2028}", #""\u2028""#), ("\u{feff}a", #""\uFEFFa""#), ("\u{7f}", #""\x7F""#), ("a \nb", #""a \nb""#),
            ("\n", #""\n""#),
        ])
    func quoting(text: String, expected: String) throws {
        #expect(yaml(.string(text)) == expected + "\n")
        for value: JSON in [.string(text), [.string(text)], .object(JSONObject([(text, .string(text))]))] {
            #expect(try YAMLParser.parse(value.yaml()).value == value)
        }
    }

    @Test(
        "text of several lines keeps every break and blank",
        arguments: [
            ("a\nb", "|-\n  a\n  b"), ("a\nb\n", "|\n  a\n  b"), ("a\n\n", "|+\n  a\n"),
            ("a\n\nb\n\n\n", "|+\n  a\n\n  b\n\n"),
            ("\na", "|2-\n\n  a"), ("  a\nb", "|2-\n    a\n  b"), ("# a\n- b: c\n", "|\n  # a\n  - b: c"),
        ])
    func literals(text: String, expected: String) throws {
        #expect(yaml(.string(text)) == expected + "\n")
        for value: JSON in [["k": .string(text), "l": 1], [.string(text), 2], ["k": [["l": .string(text)]], "m": 3]] {
            #expect(try YAMLParser.parse(value.yaml()).value == value)
        }
    }

    @Test("values of every kind at the top, and several documents")
    func documents() throws {
        for (value, text) in [
            (.null, "null\n"), (1, "1\n"), (1.5, "1.5\n"), (true, "true\n"), ([], "[]\n"), ([:], "{}\n"),
        ] as [(JSON, String)] {
            #expect(yaml(value) == text)
        }
        var writer = YAMLWriter()
        writer.write(["a": 1])
        writer.separator()
        writer.write([2])
        #expect(try YAMLParser.documents(writer.bytes).map(\.value) == [["a": 1], [2]])
    }

    @Test("long keys are read back")
    func longKeys() throws {
        for length in [128, 129, 1024, 5000] {
            let key = String(repeating: "k", count: length)
            let members: [(String, JSON)] = [(key, ["x": [1, ["y": 2]]]), (key + ": #", 1), (key + "\n", [[:]])]
            let value: JSON = ["a": .object(JSONObject(members))]
            #expect(try YAMLParser.parse(value.yaml()).value == value)
        }
    }

    @Test("whatever is written is read back, for random values")
    func random() throws {
        var generator = Xorshift(state: 0x9e37_79b9_7f4a_7c15)
        for _ in 0..<3_000 {
            let value = generator.value(depth: 4)
            let written = value.yaml()
            #expect(try YAMLParser.parse(written).value == value, "\(String(decoding: written, as: UTF8.self))")
        }
    }
}

/// Random values that favour what is hard to write: indicators, blanks, breaks and number-like text.
private struct Xorshift {
    var state: UInt64

    mutating func below(_ limit: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state % UInt64(limit))
    }

    mutating func text() -> String {
        let pieces = [
            "a", "b", " ", "\n", ":", "#", "-", "'", "\"", "\\", "1", "0", ".", "e", "x", "_", "true", "null", "~", "é",
            "\t", "\r",
            "?", "[", "]", "{", "}", ",", "&", "*", "!", "|", ">", "%", "@", "`", "<<", "=", "\u{85}", "\u{2028}",
            "\u{feff}", "😀",
            "\u{0}", "y", "no", "+", "2001-01-01", "---", "...", "  ", "\n\n",
        ]
        return (0..<below(6)).map { _ in pieces[below(pieces.count)] }.joined()
    }

    mutating func value(depth: Int) -> JSON {
        switch below(depth > 0 ? 8 : 5) {
        case 0: return .null
        case 1: return .bool(below(2) == 0)
        case 2: return .int(Int64(below(2_000_000)) - 1_000_000)
        case 3: return .double(Double(below(1_000_000)) / 1024 + 1.0 / 2048)
        case 4: return .string(text())
        case 5: return .array((0..<below(4)).map { _ in value(depth: depth - 1) })
        default: return .object(JSONObject((0..<below(4)).map { _ in (text(), value(depth: depth - 1)) }))
        }
    }
}

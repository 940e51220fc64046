import CEL
import Testing

@Suite("Regular expressions")
struct LinearRegexTests {
    struct Fit: Sendable {
        let pattern: String
        let fits: [String]
        let others: [String]

        init(_ pattern: String, _ fits: [String], not others: [String]) {
            self.pattern = pattern
            self.fits = fits
            self.others = others
        }
    }

    @Test(
        "A pattern fits what it says",
        arguments: [
            Fit("", ["", "a"], not: []), Fit("abc", ["abc", "xabcx"], not: ["ab", "acb"]),
            Fit("^abc$", ["abc"], not: ["xabc", "abcx"]), Fit("a|b", ["a", "b"], not: ["c"]),
            Fit("^(ab|cd)+$", ["ab", "abcd"], not: ["abc", ""]), Fit("^a*$", ["", "aaa"], not: ["b"]),
            Fit("^a+?$", ["a", "aa"], not: [""]), Fit("^a?b$", ["b", "ab"], not: ["aab"]),
            Fit("^a{2}$", ["aa"], not: ["a", "aaa"]), Fit("^a{2,}$", ["aa", "aaaa"], not: ["a"]),
            Fit("^a{1,2}$", ["a", "aa"], not: ["", "aaa"]), Fit("^a{,2}$", ["a{,2}"], not: ["a"]),
            Fit("^.$", ["a", "é", "🐱"], not: ["", "ab", "\n"]), Fit("(?s)^.$", ["\n"], not: [""]),
            Fit("^[a-c]$", ["a", "c"], not: ["d", "-"]), Fit("^[^a-c]$", ["d", "é"], not: ["a"]),
            Fit("^[a-]$", ["a", "-"], not: ["b"]), Fit("^[]a]$", ["]", "a"], not: ["b"]),
            Fit("^[\\d_]+$", ["1_2"], not: ["a"]), Fit("^[[:alpha:]]+$", ["abZ"], not: ["a1"]),
            Fit("^[[:^digit:]]$", ["a"], not: ["1"]), Fit("^\\d\\D\\w\\W\\s\\S$", ["1aa  b"], not: ["aaaaaa"]),
            Fit("^\\x41\\x{1F431}\\101$", ["A🐱A"], not: ["AA"]), Fit("^\\Qa.b\\E$", ["a.b"], not: ["axb"]),
            Fit("(?i)^straße$", ["STRAßE", "straße"], not: ["strasse"]),
            Fit("(?i)^[k]$", ["k", "K", "\u{212A}"], not: ["l"]),
            Fit("^(?i:a)b$", ["ab", "Ab"], not: ["aB"]), Fit("(?m)^b$", ["a\nb\nc"], not: ["ab"]),
            Fit("\\bfoo\\b", ["a foo b", "foo"], not: ["afoo", "foob"]), Fit("\\Boo\\B", ["foob"], not: ["oo"]),
            Fit("\\Aab\\z", ["ab"], not: ["ab\n"]), Fit("^\\pL+$", ["aéЖ漢"], not: ["a1"]),
            Fit("^\\p{Nd}+$", ["12٣"], not: ["a"]), Fit("^\\P{L}$", ["1"], not: ["a"]),
            Fit("^\\p{Greek}+$", ["αβγ"], not: ["abc"]), Fit("^\\p{^L}$", ["1"], not: ["a"]),
            Fit("^[é-ü]+$", ["éü"], not: ["e"]), Fit("^(?P<name>a)(?<other>b)$", ["ab"], not: ["a"]),
            Fit("^(|a)+$", ["", "aa"], not: ["b"]), Fit("x*$", ["", "ax"], not: []),
            Fit("^a.c$", ["a.c", "aéc"], not: ["ac"]),
            Fit("^$", [""], not: ["a"]), Fit("a{0}b", ["b"], not: ["a"]),
            Fit("(a|ab)(c|bcd)$", ["abcd", "ac"], not: ["ad"]),
            Fit("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", ["a", "a-b"], not: ["-a", "a-", ""]),
            Fit("^[\u{0}-\u{10FFFF}]$", ["\u{0}", "a", "\u{FFFF}", "🐱"], not: [""]),
        ])
    func fit(_ entry: Fit) throws {
        let regex = try LinearRegex(entry.pattern)
        for text in entry.fits { #expect(regex.matches(text), "\(entry.pattern) on \(text)") }
        for text in entry.others { #expect(!regex.matches(text), "\(entry.pattern) on \(text)") }
    }

    @Test(
        "A wrong pattern is told in Go's words",
        arguments: [
            ("(", "missing closing ): `(`"), (")", "unexpected ): `)`"), ("[a", "missing closing ]: `[a`"),
            ("*", "missing argument to repetition operator: `*`"), ("a**", "invalid nested repetition operator: `**`"),
            ("a{2,1}", "invalid repeat count: `{2,1}`"), ("a{1001}", "invalid repeat count: `{1001}`"),
            ("(a{100}){100}", "invalid repeat count: `(a{100}){100}`"),
            ("\\", "trailing backslash at end of expression: ``"),
            ("\\8", "invalid escape sequence: `\\8`"), ("\\1", "invalid escape sequence: `\\1`"),
            ("[b-a]", "invalid character class range: `b-a`"), ("(?=a)", "invalid or unsupported Perl syntax: `(?=`"),
            ("(?<=a)", "invalid or unsupported Perl syntax: `(?<`"), ("(?P<1a", "invalid named capture: `(?P<1a`"),
            ("\\p{Klingon}", "invalid character class range: `\\p{Klingon}`"),
            ("[[:word2:]]", "invalid character class range: `[:word2:]`"),
        ])
    func wrong(_ pattern: String, _ message: String) {
        #expect(throws: LinearRegexError.self) { try LinearRegex(pattern) }
        do {
            _ = try LinearRegex(pattern)
        } catch {
            #expect(error.description == "error parsing regexp: " + message)
        }
    }

    @Test("The first of several ways is taken, from the left")
    func preference() throws {
        #expect(try LinearRegex("a|ab").firstMatch(in: "ab") == "a")
        #expect(try LinearRegex("ab|a").firstMatch(in: "ab") == "ab")
        #expect(try LinearRegex("a+?").firstMatch(in: "aaa") == "a")
        #expect(try LinearRegex("a+").firstMatch(in: "baaa") == "aaa")
        #expect(try LinearRegex("(?U)a+").firstMatch(in: "aaa") == "a")
        #expect(try LinearRegex("b*").firstMatch(in: "abb") == "")
        #expect(try LinearRegex("x").firstMatch(in: "abc") == nil)
        #expect(try LinearRegex("é|e").allMatches(in: "eéxe") == ["e", "é", "e"])
        #expect(try LinearRegex("a*").allMatches(in: "baé") == ["", "a", ""])
    }

    @Test("Patterns that make backtracking engines hang take linear time")
    func linear() throws {
        let text = String(repeating: "a", count: 20_000)
        let clock = ContinuousClock()
        for pattern in ["^(a+)+$", "^(a|aa)+$", "^(a*)*b$", "(x+x+)+y", "\\b(a?){50}a{50}\\b!"] {
            let regex = try LinearRegex(pattern)
            let spent = clock.measure { _ = regex.matches(text + "!") }
            #expect(spent < .seconds(20), "\(pattern) took \(spent)")
        }
    }

    @Test("Tables and simulated threads agree")
    func agreement() throws {
        var generator = SplitMix(state: 7)
        let parts = ["a", "b", "ab", ".", "[ab]", "[^a]", "(a|b)", "a*", "b+", "(ab)?", "a{2}", "^", "$", "é", "(|a)"]
        for _ in 0..<300 {
            let pattern = (0..<Int.random(in: 1...5, using: &generator)).map { _ in
                parts.randomElement(using: &generator) ?? "a"
            }.joined()
            // The word boundary at the end holds everywhere or nowhere, and forbids the table.
            let plain = try LinearRegex(pattern)
            let simulated = try LinearRegex("(?:\(pattern))(?:\\b|\\B)")
            for _ in 0..<10 {
                let text = (0..<Int.random(in: 0...6, using: &generator)).map { _ in
                    ["a", "b", "é", "c"].randomElement(using: &generator) ?? "a"
                }.joined()
                #expect(plain.matches(text) == simulated.matches(text), "\(pattern) on \(text)")
            }
        }
    }
}

/// Random numbers that are the same in every run.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}

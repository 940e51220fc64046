import CEL
import Machinery
import Testing

@Suite("Compile errors")
struct CompileErrorTests {
    private func description(_ text: String, as type: CELType...) -> String {
        do {
            let environment = CELEnvironment.kubernetes().declaring("self", .object(named: "T", []))
            if let wanted = type.first {
                _ = try environment.compile(text, as: wanted)
            } else {
                _ = try environment.compile(text)
            }
            return ""
        } catch {
            return error.description
        }
    }

    @Test("An issue is shown with its line and a mark below its place")
    func mark() {
        #expect(
            description("1 + x") == """
                ERROR: <input>:1:5: undeclared reference to 'x' (in container '')
                 | 1 + x
                 | ....^
                """)
        #expect(
            description("1 +\n\tx") == """
                ERROR: <input>:2:2: undeclared reference to 'x' (in container '')
                 |  x
                 | .^
                """)
        #expect(
            description("'é漢' + x") == """
                ERROR: <input>:1:8: undeclared reference to 'x' (in container '')
                 | 'é漢' + x
                 | .\u{FF0E}\u{FF0E}....^
                """)
    }

    @Test("All issues are told, in the order of their places")
    func several() {
        #expect(
            description("x + y") == """
                ERROR: <input>:1:1: undeclared reference to 'x' (in container '')
                 | x + y
                 | ^
                ERROR: <input>:1:5: undeclared reference to 'y' (in container '')
                 | x + y
                 | ....^
                """)
    }

    @Test(
        "What is wrong is told in cel-go's words",
        arguments: [
            ("self.a", "undefined field 'a'"), ("has(self.a)", "undefined field 'a'"),
            ("self.if", "undefined field 'if'"), ("if", "reserved identifier: if"),
            ("while(1)", "reserved identifier: while"),
            ("f(1)", "undeclared reference to 'f' (in container '')"),
            ("'a'.f()", "undeclared reference to 'f' (in container '')"),
            (
                "1 +",
                "Syntax error: mismatched input '<EOF>' expecting {'[', '{', '(', '.', '-', '!', 'true', 'false', "
                    + "'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}"
            ),
            ("1 2", "Syntax error: mismatched input '2' expecting <EOF>"),
            ("1 @ 2", "Syntax error: token recognition error at: '@'"),
            ("(1", "Syntax error: mismatched input '<EOF>' expecting ')'"),
            ("[1", "Syntax error: mismatched input '<EOF>' expecting ']'"),
            ("a.`b-c`", "unsupported syntax: '`'"), ("x.1", "Syntax error: mismatched input '.1' expecting <EOF>"),
            ("NoType{}", "undeclared reference to 'NoType' (in container '')"),
            ("int{}", "'int' is not a message type"),
            ("T{a: 1}", "undefined field 'a'"),
        ])
    func message(_ text: String, _ message: String) {
        let first = description(text).split(separator: "\n").first.map(String.init) ?? ""
        #expect(first.hasSuffix(": " + message), "\(first)")
    }

    @Test("The result must have one of the types wanted")
    func resultType() {
        #expect(description("1", as: .bool) == "must evaluate to bool but got int")
        #expect(description("[1]", as: .string) == "must evaluate to string but got list(int)")
        #expect(description("true", as: .bool) == "")
        do {
            _ = try CELEnvironment.kubernetes().compile("1", as: .string, .null)
            Issue.record("a number is neither")
        } catch {
            #expect(error.kind == .resultType)
            #expect(error.description == "must evaluate to one of [string null_type] but got int")
        }
    }

    @Test("Depth and length are bounded")
    func bounds() {
        let open = String(repeating: "(", count: 300) + "1" + String(repeating: ")", count: 300)
        #expect(description(open) == "ERROR: <input>:-1:0: expression recursion limit exceeded: 250")
        #expect(description("1" + String(repeating: " + 1", count: 300)).contains("recursion limit exceeded"))
        #expect(description("{}" + String(repeating: ".a", count: 300)).contains("recursion limit exceeded"))
        #expect(description("true" + String(repeating: " && true", count: 1000)) == "")
        let long = "'" + String(repeating: "a", count: 100_000) + "'"
        #expect(
            description(long)
                == "ERROR: <input>:-1:0: expression code point size exceeds limit: size: 100002, limit 100000")
    }

    @Test("A program knows what it reads")
    func uses() throws {
        let environment = CELEnvironment.kubernetes().declaring("self", .int).declaring("oldSelf", .int)
        #expect(try environment.compile("self >= oldSelf").uses("oldSelf"))
        #expect(try !environment.compile("self >= 0").uses("oldSelf"))
        #expect(try !environment.compile("[1].all(oldSelf, oldSelf > self)").uses("oldSelf"))
    }
}

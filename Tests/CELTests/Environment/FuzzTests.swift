import CEL
import Machinery
import Testing

@Suite("Random input")
struct FuzzTests {
    @Test("Random words never end the process, and always answer or fail")
    func words() throws {
        var generator = SplitMix(state: 42)
        let words = [
            "1", "-1", "0", "1u", "1.5", "'a'", "b'a'", "true", "false", "null", "self", "self.a", "x", "[", "]", "{",
            "}",
            "(", ")", ",", ":", "?", ".", "+", "-", "*", "/", "%", "<", "<=", "==", "!=", "in", "&&", "||", "!", "all",
            "map",
            "filter", "has", "size", "[1, 2]", "{'a': 1}", "matches", "optional.of(1)", "type", "int", "duration('1s')",
            "timestamp('2026-01-01T00:00:00Z')", ".?a", "[?0]", "\\", "'", "\"", "é", "🐱", "`", "\n", "//", "0x", "1e",
            "@",
        ]
        let environment = CELEnvironment.kubernetes().enabling(.bindings).declaring("self", .dyn)
        let activation = CELActivation(["self": try .json(["a": [1, "b", .null, ["c": 2.5]]])])
        var answered = 0
        for _ in 0..<5000 {
            let text = (0..<Int.random(in: 1...12, using: &generator)).map { _ in
                words.randomElement(using: &generator) ?? ""
            }.joined(separator: Bool.random(using: &generator) ? " " : "")
            if !outcome(of: text, in: environment, activation).hasPrefix("!!") { answered += 1 }
        }
        #expect(answered > 100)
    }

    @Test("Well-formed random expressions answer the same each time, within their estimated cost")
    func expressions() throws {
        var generator = SplitMix(state: 99)
        let environment = CELEnvironment.kubernetes()
        for _ in 0..<2000 {
            let text = expression(4, &generator)
            guard let program = try? environment.compile(text) else { continue }
            var first = CELBudget()
            var second = CELBudget()
            let one = (try? program.evaluate(CELActivation(), budget: &first)).map(shown)
            let other = (try? program.evaluate(CELActivation(), budget: &second)).map(shown)
            #expect(one == other, "\(text)")
            let cost = CELLimits.costPerObject - first.remaining
            // A selection from a literal costs one unit more when run than was estimated, in cel-go as well.
            #expect(cost <= program.cost.maximum.saturatingAdd(64), "\(text)")
        }
    }

    private func expression(_ depth: Int, _ generator: inout SplitMix) -> String {
        let leaves = ["1", "2", "-3", "1.5", "7u", "'ab'", "'héllo'", "true", "false", "[1, 2]", "['a']", "{'a': 1}"]
        if depth == 0 { return leaves.randomElement(using: &generator) ?? "1" }
        func inner() -> String { expression(depth - 1, &generator) }
        switch Int.random(in: 0..<12, using: &generator) {
        case 0: return "(\(inner()) + \(inner()))"
        case 1: return "(\(inner()) == \(inner()))"
        case 2: return "(\(inner()) < \(inner()))"
        case 3: return "(\(inner()) && \(inner()))"
        case 4: return "(\(inner()) ? \(inner()) : \(inner()))"
        case 5: return "[\(inner()), \(inner())]"
        case 6: return "[\(inner())].map(x, [x])"
        case 7: return "[\(inner())].all(x, x == \(inner()))"
        case 8: return "size(\(inner()))"
        case 9: return "!(\(inner()))"
        case 10: return "(\(inner()) in [\(inner())])"
        default: return inner()
        }
    }

    @Test("Random patterns never end the process and match in bounded time")
    func patterns() {
        var generator = SplitMix(state: 3)
        let parts = [
            "a", "(", ")", "[", "]", "*", "+", "?", "{2}", "{1,3}", "|", "^", "$", "\\d", "\\", ".", "é", "-", "(?i)",
            "\\pL",
        ]
        var compiled = 0
        for _ in 0..<1500 {
            let pattern = (0..<Int.random(in: 1...10, using: &generator)).map { _ in
                parts.randomElement(using: &generator) ?? ""
            }.joined()
            guard let regex = try? LinearRegex(pattern) else { continue }
            compiled += 1
            let text = String(repeating: "aé1", count: 20)
            #expect(regex.matches(text) == (regex.firstMatch(in: text) != nil), "\(pattern)")
        }
        #expect(compiled > 200)
    }
}

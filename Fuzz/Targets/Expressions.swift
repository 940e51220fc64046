import CEL
import Machinery

/// Expressions and patterns: compiled within bounds, and run within their budget.
enum Expressions {
    private static let environment = CELEnvironment.kubernetes().enabling(.bindings).declaring("self", .dyn)
    private static let document: JSON = [
        "a": [1, "b", .null, ["c": 2.5]], "name": "x-1", "count": -3, "map": ["k": true], "text": "é🐱",
    ]

    static func cel(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let program = accepted({ () throws(CELCompileError) in try environment.compile(text) }) else { return }
        var budget = CELBudget(total: 100_000, perCall: 100_000)
        do {
            let value = try program.evaluate(CELActivation(["self": try .json(document)]), budget: &budget)
            _ = try value.json()
        } catch {
            // Evaluation may fail in any way but by ending the process.
            return
        }
    }

    static func regex(_ bytes: [UInt8]) {
        let (pattern, text) = bytes.halves
        guard
            let regex = accepted({ () throws(LinearRegexError) in
                try LinearRegex(String(decoding: pattern, as: UTF8.self), isReused: false)
            })
        else { return }
        _ = regex.matches(String(decoding: text, as: UTF8.self))
    }
}

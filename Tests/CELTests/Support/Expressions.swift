import CEL
import Machinery
import Testing

/// What an expression gives, as a short text that tells types apart: `1`, `1u`, `1.0`, `'a'`, `b'a'`.
///
/// `! text` is a failure of the evaluation, `!! text` the first issue of one that does not compile.
func outcome(
    of text: String, in environment: CELEnvironment = .kubernetes(), _ activation: CELActivation = CELActivation()
) -> String {
    let program: CELProgram
    do {
        program = try environment.compile(text)
    } catch {
        return "!! " + (error.issues.first?.message ?? error.description)
    }
    var budget = CELBudget()
    do {
        return shown(try program.evaluate(activation, budget: &budget))
    } catch {
        return "! " + error.description
    }
}

func shown(_ value: CELValue) -> String {
    switch value {
    case .null: return "null"
    case .bool(let flag): return String(flag)
    case .int(let number): return String(number)
    case .uint(let number): return "\(number)u"
    case .double(let number): return "\(number)"
    case .string(let text): return "'\(text)'"
    case .bytes(let bytes): return "b'\(String(decoding: bytes, as: UTF8.self))'"
    case .duration(let nanoseconds): return "duration(\(GoDuration(nanoseconds: nanoseconds)))"
    case .timestamp(let moment): return "timestamp(\(value.shown.isEmpty ? moment.description : value.shown))"
    case .type(let type): return type.name
    case .list(let list):
        return "[" + (0..<list.count).map { (try? list.element($0)).map(shown) ?? "?" }.joined(separator: ", ") + "]"
    case .map(let map):
        let entries = map.keys.map { key in "\(shown(key)): \(((try? map.find(key)) ?? nil).map(shown) ?? "?")" }
        return "{" + entries.joined(separator: ", ") + "}"
    case .object(let object): return object.typeName
    case .optional(let wrapped): return wrapped.map { "optional(\(shown($0)))" } ?? "none"
    case .opaque(let value): return value.celType.name
    }
}

/// A case of a table: an expression and what it gives.
struct Case: CustomTestStringConvertible, Sendable {
    let expression: String
    let expected: String

    var testDescription: String { expression }

    /// Reads lines of `expression => outcome`.
    static func table(_ text: String) -> [Case] {
        text.split(separator: "\n").map { line in
            let parts = line.split(separator: " => ", maxSplits: 1)
            return Case(
                expression: String(parts[0]).trimmed, expected: parts.count > 1 ? String(parts[1]).trimmed : "?")
        }
    }
}

extension String {
    fileprivate var trimmed: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}

extension Case {
    /// Wants the case to give what the table says.
    func matches(in environment: CELEnvironment = .kubernetes(), _ activation: CELActivation = CELActivation()) -> Bool
    {
        outcome(of: expression, in: environment, activation) == expected
    }
}

import Machinery

/// A path into an object as printer columns and selectable fields write it: kubectl's JSONPath without templates.
///
/// Members (`.spec.size`, `['a.b']`), elements (`[0]`, `[-1]`, `[1:3]`, `[*]`), all of a kind below (`..name`), and
/// filters (`[?(@.type=="Ready")]`).
/// Source: k8s.io/client-go/util/jsonpath.
package struct JSONPath: Sendable {
    private indirect enum Step: Sendable {
        case member(String)
        case wildcard
        case slice(start: Int?, end: Int?, step: Int)
        case descendants
        case union([Step])
        case filter(Operand, String?, Operand?)
    }

    /// One side of a filter: a path from the element, or a constant.
    private enum Operand: Sendable {
        case path(JSONPath)
        case constant(JSON)
    }

    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    private let steps: [Step]

    /// - Parameter text: begins with a dot or a bracket.
    package init(_ text: String) throws(Failure) {
        var reader = Reader(text)
        steps = try reader.steps()
    }

    /// All values at the path, in order; none where something on the way is missing.
    package func values(in root: JSON) -> [JSON] {
        var current = [root]
        for step in steps { current = current.flatMap { Self.apply(step, to: $0) } }
        return current
    }

    private static func apply(_ step: Step, to value: JSON) -> [JSON] {
        switch step {
        case .member(let name): return value[name].map { [$0] } ?? []
        case .wildcard:
            switch value {
            case .array(let elements): return elements
            case .object(let object): return object.members.map(\.value)
            case .null, .bool, .int, .double, .string: return []
            }
        case .slice(let start, let end, let stride):
            guard case .array(let elements) = value else { return [] }
            return slice(elements, start, end, stride)
        case .descendants: return descendants(value)
        case .union(let steps): return steps.flatMap { apply($0, to: value) }
        case .filter(let left, let comparison, let right):
            guard case .array(let elements) = value else { return [] }
            return elements.filter { holds(left, comparison, right, $0) }
        }
    }

    private static func slice(_ elements: [JSON], _ start: Int?, _ end: Int?, _ stride: Int) -> [JSON] {
        func place(_ index: Int) -> Int { index < 0 ? index + elements.count : index }
        let first = max(0, place(start ?? 0))
        let last = min(elements.count, end.map(place) ?? elements.count)
        guard first < last else { return [] }
        return Swift.stride(from: first, to: last, by: stride).map { elements[$0] }
    }

    private static func descendants(_ value: JSON) -> [JSON] {
        switch value {
        case .array(let elements): [value] + elements.flatMap(descendants)
        case .object(let object): [value] + object.members.flatMap { descendants($0.value) }
        case .null, .bool, .int, .double, .string: [value]
        }
    }

    private static func holds(_ left: Operand, _ comparison: String?, _ right: Operand?, _ element: JSON) -> Bool {
        let value = operand(left, element)
        guard let comparison, let right else { return value != nil }
        guard let value, let other = operand(right, element) else { return false }
        switch comparison {
        case "==": return value == other || isEqualNumber(value, other)
        case "!=": return value != other && !isEqualNumber(value, other)
        default: break
        }
        let order: Int
        if let left = value.doubleValue, let right = other.doubleValue {
            order = left < right ? -1 : left > right ? 1 : 0
        } else if let left = value.stringValue, let right = other.stringValue {
            order = left < right ? -1 : left > right ? 1 : 0
        } else {
            return false
        }
        return switch comparison {
        case "<": order < 0
        case "<=": order <= 0
        case ">": order > 0
        default: order >= 0
        }
    }

    private static func isEqualNumber(_ left: JSON, _ right: JSON) -> Bool {
        left.doubleValue != nil && left.doubleValue == right.doubleValue
    }

    private static func operand(_ operand: Operand, _ element: JSON) -> JSON? {
        switch operand {
        case .path(let path): path.values(in: element).first
        case .constant(let value): value
        }
    }

    // MARK: Reading

    private struct Reader {
        private let characters: [Character]
        private var position = 0

        init(_ text: String) { characters = Array(text) }

        private var next: Character? { position < characters.count ? characters[position] : nil }

        mutating func steps() throws(Failure) -> [Step] {
            var steps: [Step] = []
            while let character = next {
                switch character {
                case ".":
                    position += 1
                    if next == "." {
                        position += 1
                        steps.append(.descendants)
                        if next == "[" { continue }
                    }
                    if next == nil { continue }
                    if next == "[" { continue }
                    steps.append(try member())
                case "[":
                    position += 1
                    steps.append(try bracket())
                case "@" where position == 0, "$" where position == 0:
                    position += 1
                default:
                    throw Failure(description: "unrecognized character in action: \(character)")
                }
            }
            return steps
        }

        private mutating func member() throws(Failure) -> Step {
            var name = ""
            while let character = next, character != ".", character != "[" {
                position += 1
                if character == "\\", let escaped = next {
                    name.append(escaped)
                    position += 1
                } else if character == " " || character == ")" || character == "]" {
                    throw Failure(description: "unexpected \(character) in the path")
                } else {
                    name.append(character)
                }
            }
            return name == "*" ? .wildcard : .member(name)
        }

        /// What stands in brackets, whose opening one has been read.
        private mutating func bracket() throws(Failure) -> Step {
            var text = ""
            var depth = 0
            var quote: Character?
            while let character = next {
                position += 1
                if let open = quote {
                    if character == open, text.last != "\\" { quote = nil }
                } else if character == "'" || character == "\"" {
                    quote = character
                } else if character == "[" {
                    depth += 1
                } else if character == "]" {
                    if depth == 0 { return try Self.step(text) }
                    depth -= 1
                }
                text.append(character)
            }
            throw Failure(description: "unterminated array")
        }

        private static func step(_ text: String) throws(Failure) -> Step {
            if text == "*" { return .wildcard }
            if text.hasPrefix("?(") {
                guard text.hasSuffix(")") else { throw Failure(description: "unterminated filter") }
                return try filter(String(text.dropFirst(2).dropLast()))
            }
            if text.contains(","), text.first != "'", text.first != "\"" {
                var steps: [Step] = []
                for part in text.split(separator: ",") { steps.append(try step(String(part.trimmingSpaces()))) }
                return .union(steps)
            }
            if let quote = text.first, quote == "'" || quote == "\"" {
                guard text.count > 1, text.last == quote else {
                    throw Failure(description: "unterminated quoted string")
                }
                return .member(unescaped(text.dropFirst().dropLast()))
            }
            let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { $0.trimmingSpaces() }
            var numbers: [Int?] = []
            for part in parts {
                guard part.isEmpty || Int(part) != nil else {
                    throw Failure(description: "invalid array index \(text)")
                }
                numbers.append(Int(part))
            }
            switch numbers.count {
            case 1:
                guard let index = numbers[0] else { throw Failure(description: "invalid array index \(text)") }
                return .slice(start: index, end: index == -1 ? nil : index + 1, step: 1)
            case 2: return .slice(start: numbers[0], end: numbers[1], step: 1)
            case 3:
                guard let step = numbers[2], step > 0 else { throw Failure(description: "step must be > 0") }
                return .slice(start: numbers[0], end: numbers[1], step: step)
            default: throw Failure(description: "invalid array index \(text)")
            }
        }

        private static func unescaped(_ text: Substring) -> String {
            var result = ""
            var isEscaped = false
            for character in text {
                if character == "\\", !isEscaped {
                    isEscaped = true
                } else {
                    isEscaped = false
                    result.append(character)
                }
            }
            return result
        }

        private static func filter(_ text: String) throws(Failure) -> Step {
            for comparison in ["==", "!=", "<=", ">=", "<", ">"] {
                guard let range = range(of: comparison, in: text) else { continue }
                return .filter(
                    try operand(text[..<range.lowerBound]), comparison, try operand(text[range.upperBound...]))
            }
            return .filter(try operand(text[...]), nil, nil)
        }

        /// The first place of a comparison outside of quotes.
        private static func range(of comparison: String, in text: String) -> Range<String.Index>? {
            var quote: Character?
            var index = text.startIndex
            while index < text.endIndex {
                let character = text[index]
                if let open = quote {
                    if character == open { quote = nil }
                } else if character == "'" || character == "\"" {
                    quote = character
                } else if text[index...].hasPrefix(comparison) {
                    return index..<text.index(index, offsetBy: comparison.count)
                }
                index = text.index(after: index)
            }
            return nil
        }

        private static func operand(_ text: Substring) throws(Failure) -> Operand {
            let text = text.trimmingSpaces()
            if text.hasPrefix("@") || text.hasPrefix("$") { return .path(try JSONPath(String(text))) }
            if let quote = text.first, quote == "'" || quote == "\"", text.count > 1, text.last == quote {
                return .constant(.string(unescaped(text.dropFirst().dropLast())))
            }
            switch text {
            case "true": return .constant(true)
            case "false": return .constant(false)
            default: break
            }
            if let number = Int64(text) { return .constant(.int(number)) }
            if let number = Double(text) { return .constant(.double(number)) }
            throw Failure(description: "unrecognized operand \(text)")
        }
    }
}

import Machinery

/// Functions over texts: the language's own, and cel-go's extension in the version Kubernetes has.
enum StringLibrary {
    typealias Failure = CELEvaluationError

    static func addStandard(_ table: inout FunctionTable) {
        test(&table, "contains", "contains_string") { Text.contains($0, $1) }
        test(&table, "startsWith", "starts_with_string") { $0.utf8.starts(with: $1.utf8) }
        test(&table, "endsWith", "ends_with_string") { text, end in
            text.utf8.count >= end.utf8.count && text.utf8.suffix(end.utf8.count).elementsEqual(end.utf8)
        }
    }

    private static func test(
        _ table: inout FunctionTable, _ name: String, _ id: String, _ body: @escaping @Sendable (String, String) -> Bool
    ) {
        table.add(
            name,
            .two(id, "string.(string) bool") { value, other throws(Failure) in
                guard case .string(let text) = value, case .string(let part) = other else { return value }
                return .bool(body(text, part))
            })
    }

    static let functions: FunctionTable = {
        var table = FunctionTable()
        addSearch(&table)
        addChanges(&table)
        addParts(&table)
        addLists(&table)
        return table
    }()

    /// The arguments as text, text and numbers, as the signatures promise.
    private static func text(_ values: [CELValue], _ index: Int) -> String {
        index < values.count ? values[index].stringValue ?? "" : ""
    }

    private static func number(_ values: [CELValue], _ index: Int) -> Int64? {
        if index < values.count, case .int(let number) = values[index] { return number }
        return nil
    }

    private static func outOfRange(_ index: Int64) -> Failure { Failure("index out of range: \(index)") }

    private static func addSearch(_ table: inout FunctionTable) {
        table.add(
            "charAt",
            .two("string_char_at_int", "string.(int) string") { value, index throws(Failure) in
                let scalars = Array(text([value], 0).unicodeScalars)
                guard let place = number([index], 0), place >= 0, place <= scalars.count else {
                    throw outOfRange(number([index], 0) ?? 0)
                }
                return .string(place == scalars.count ? "" : String(Character(scalars[Int(place)])))
            })
        table.add(
            "indexOf",
            .two("string_index_of_string", "string.(string) int") { value, part throws(Failure) in
                try indexOf(text([value], 0), text([part], 0), from: 0)
            },
            .many("string_index_of_string_int", "string.(string, int) int") { values throws(Failure) in
                try indexOf(text(values, 0), text(values, 1), from: number(values, 2) ?? 0)
            })
        table.add(
            "lastIndexOf",
            .two("string_last_index_of_string", "string.(string) int") { value, part throws(Failure) in
                try lastIndexOf(text([value], 0), text([part], 0), from: nil)
            },
            .many("string_last_index_of_string_int", "string.(string, int) int") { values throws(Failure) in
                try lastIndexOf(text(values, 0), text(values, 1), from: number(values, 2))
            })
    }

    private static func indexOf(_ text: String, _ part: String, from start: Int64) throws(Failure) -> CELValue {
        if part.isEmpty { return .int(start) }
        let scalars = Array(text.unicodeScalars)
        guard start >= 0 else { throw outOfRange(start) }
        if start >= scalars.count { return .int(-1) }
        return .int(Int64(Text.find(Array(part.unicodeScalars), in: scalars, from: Int(start)) ?? -1))
    }

    private static func lastIndexOf(_ text: String, _ part: String, from start: Int64?) throws(Failure) -> CELValue {
        let scalars = Array(text.unicodeScalars)
        let wanted = Array(part.unicodeScalars)
        if part.isEmpty { return .int(start ?? Int64(scalars.count)) }
        if let start, start < 0 { throw outOfRange(start) }
        if let start, start >= scalars.count { return .int(-1) }
        guard wanted.count <= scalars.count else { return .int(-1) }
        var place = min(Int(start ?? Int64(scalars.count)), scalars.count - wanted.count)
        while place >= 0 {
            if scalars[place..<place + wanted.count].elementsEqual(wanted) { return .int(Int64(place)) }
            place -= 1
        }
        return .int(-1)
    }

    private static func addChanges(_ table: inout FunctionTable) {
        table.add(
            "lowerAscii",
            .one("string_lower_ascii", "string.() string") { value throws(Failure) in
                .string(Text.mapASCII(text([value], 0)) { (0x41...0x5A).contains($0) ? $0 + 32 : $0 })
            })
        table.add(
            "upperAscii",
            .one("string_upper_ascii", "string.() string") { value throws(Failure) in
                .string(Text.mapASCII(text([value], 0)) { (0x61...0x7A).contains($0) ? $0 - 32 : $0 })
            })
        table.add(
            "trim",
            .one("string_trim", "string.() string") { value throws(Failure) in .string(Text.trim(text([value], 0))) })
        table.add(
            "replace",
            .many("string_replace_string_string", "string.(string, string) string") { values throws(Failure) in
                .string(try Text.replace(text(values, 0), text(values, 1), text(values, 2), limit: -1))
            },
            .many("string_replace_string_string_int", "string.(string, string, int) string") {
                values throws(Failure) in
                .string(
                    try Text.replace(text(values, 0), text(values, 1), text(values, 2), limit: number(values, 3) ?? -1))
            })
        table.add(
            "strings.quote",
            .one("strings_quote", "(string) string") { value throws(Failure) in .string(Text.quote(text([value], 0))) })
        table.add(
            "format",
            .two("string_format", "string.(list(dyn)) string") { value, list throws(Failure) in
                guard case .list(let arguments) = list else { return value }
                return .string(try FormatClause.format(text([value], 0), arguments.elements()))
            })
    }

    private static func addParts(_ table: inout FunctionTable) {
        table.add(
            "substring",
            .two("string_substring_int", "string.(int) string") { value, start throws(Failure) in
                let scalars = Array(text([value], 0).unicodeScalars)
                guard let place = number([start], 0), place >= 0, place <= scalars.count else {
                    throw outOfRange(number([start], 0) ?? 0)
                }
                return .string(Text.string(scalars[Int(place)...]))
            },
            .many("string_substring_int_int", "string.(int, int) string") { values throws(Failure) in
                let scalars = Array(text(values, 0).unicodeScalars)
                let start = number(values, 1) ?? 0
                let end = number(values, 2) ?? 0
                if start > end { throw Failure("invalid substring range. start: \(start), end: \(end)") }
                guard start >= 0, start <= scalars.count else { throw outOfRange(start) }
                guard end >= 0, end <= scalars.count else { throw outOfRange(end) }
                return .string(Text.string(scalars[Int(start)..<Int(end)]))
            })
        table.add(
            "split",
            .two("string_split_string", "string.(string) list(string)") { value, separator throws(Failure) in
                .list(.values(Text.split(text([value], 0), text([separator], 0), limit: -1).map { .string($0) }))
            },
            .many("string_split_string_int", "string.(string, int) list(string)") { values throws(Failure) in
                let limit = number(values, 2) ?? -1
                return .list(.values(Text.split(text(values, 0), text(values, 1), limit: limit).map { .string($0) }))
            })
    }

    private static func addLists(_ table: inout FunctionTable) {
        table.add(
            "join",
            .one("list_join", "list(string).() string") { value throws(Failure) in try join(value, "") },
            .two("list_join_string", "list(string).(string) string") { value, separator throws(Failure) in
                try join(value, text([separator], 0))
            })
    }

    private static func join(_ value: CELValue, _ separator: String) throws(Failure) -> CELValue {
        guard case .list(let list) = value else { return value }
        var parts: [String] = []
        var size = 0
        for element in try list.elements() {
            guard case .string(let part) = element else { throw Failure("join: invalid input: \(element.shown)") }
            size += part.utf8.count + separator.utf8.count
            guard size <= CELLimits.textBytes else { throw .costLimitExceeded }
            parts.append(part)
        }
        return .string(parts.joined(separator: separator))
    }
}

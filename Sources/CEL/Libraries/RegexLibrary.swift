import Machinery

/// `matches`, `find` and `findAll`: patterns in RE2's syntax, in linear time.
enum RegexLibrary {
    typealias Failure = CELEvaluationError

    static let functions: FunctionTable = {
        var table = FunctionTable()
        table.add(
            "find",
            .two("string_find_string", "string.(string) string") { text, pattern throws(Failure) in
                .string(try compile(pattern, "Illegal regex: ").firstMatch(in: text.stringValue ?? "") ?? "")
            })
        table.add(
            "findAll",
            .two("string_find_all_string", "string.(string) list(string)") { text, pattern throws(Failure) in
                try all(compile(pattern, "Illegal regex: "), text, -1)
            },
            .many("string_find_all_string_int", "string.(string, int) list(string)") { values throws(Failure) in
                guard case .int(let limit) = values[2] else { return values[0] }
                return try all(compile(values[1], "Illegal regex: "), values[0], limit)
            })
        return table
    }()

    static let standard: FunctionTable = {
        var table = FunctionTable()
        let body: Overload.Binary = { text, pattern throws(Failure) in
            .bool(try compile(pattern, "").matches(text.stringValue ?? ""))
        }
        table.add(
            "matches", .two("matches", "(string, string) bool", body),
            .two("matches_string", "string.(string) bool", body))
        return table
    }()

    private static func compile(_ pattern: CELValue, _ prefix: String) throws(Failure) -> LinearRegex {
        do throws(LinearRegexError) {
            return try LinearRegex(pattern.stringValue ?? "", isReused: false)
        } catch {
            throw Failure(prefix + error.description)
        }
    }

    private static func all(_ regex: LinearRegex, _ text: CELValue, _ limit: Int64) -> CELValue {
        let most = limit < 0 ? Int.max : Int(clamping: limit)
        return .list(.values(regex.allMatches(in: text.stringValue ?? "", limit: most).map { .string($0) }))
    }

    /// The overload of a call whose pattern is a constant, with the pattern compiled once.
    ///
    /// - Returns: `nil` for other calls.
    static func compiled(_ name: String, _ nodes: [any PlanNode]) -> Result<Overload, Failure>? {
        guard ["matches", "find", "findAll"].contains(name), nodes.count >= 2,
            let constant = nodes[1] as? ConstantNode, case .string(let pattern) = constant.value
        else { return nil }
        let regex: LinearRegex
        do throws(LinearRegexError) {
            regex = try LinearRegex(pattern)
        } catch {
            return .failure(Failure(error.description))
        }
        switch (name, nodes.count) {
        case ("matches", 2):
            return .success(
                .two("matches_string", "string.(string) bool") { text, _ throws(Failure) in
                    .bool(regex.matches(text.stringValue ?? ""))
                })
        case ("find", 2):
            return .success(
                .two("string_find_string", "string.(string) string") { text, _ throws(Failure) in
                    .string(regex.firstMatch(in: text.stringValue ?? "") ?? "")
                })
        case ("findAll", 2):
            return .success(
                .two("string_find_all_string", "string.(string) list(string)") { text, _ throws(Failure) in
                    all(regex, text, -1)
                })
        default:
            return .success(
                .many("string_find_all_string_int", "string.(string, int) list(string)") { values throws(Failure) in
                    guard case .int(let limit) = values[2] else { return values[0] }
                    return all(regex, values[0], limit)
                })
        }
    }
}

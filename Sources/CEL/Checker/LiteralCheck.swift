import Machinery

/// What of literals is wrong though their types fit: patterns, durations and moments that do not parse, lists and maps
/// of mixed types, format strings that do not match their arguments.
///
/// Source: the validators Kubernetes turns on in cel-go (`ValidateRegexLiterals` and others), in their order.
struct LiteralCheck {
    let source: SourceText
    private(set) var issues: [CELIssue] = []
    private var seen: Set<ObjectIdentifier> = []

    init(source: SourceText) {
        self.source = source
    }

    private mutating func report(_ message: String, _ expression: Expression) {
        issues.append(source.issue(message, at: expression.offset))
    }

    /// - Parameter isFormatted: within the arguments of `format`, where types may be mixed.
    mutating func check(_ expression: Expression, isFormatted: Bool = false) {
        guard seen.insert(ObjectIdentifier(expression)).inserted else { return }
        switch expression.kind {
        case .literal, .identifier: break
        case .select(let operand, _, _): check(operand, isFormatted: isFormatted)
        case .call(let name, let target, let arguments):
            checkCall(expression, name, target, arguments)
            let isInner = isFormatted || name == "format"
            if let target { check(target, isFormatted: isInner) }
            for argument in arguments { check(argument, isFormatted: isInner) }
        case .list(let elements):
            if !isFormatted { checkUniform(elements.map { ($0.value, $0.isOptional) }) }
            for element in elements { check(element.value, isFormatted: isFormatted) }
        case .map(let entries):
            if !isFormatted {
                checkUniform(entries.map { ($0.key, false) })
                checkUniform(entries.map { ($0.value, $0.isOptional) })
            }
            for entry in entries {
                check(entry.key, isFormatted: isFormatted)
                check(entry.value, isFormatted: isFormatted)
            }
        case .structure(_, let fields):
            for field in fields { check(field.value, isFormatted: isFormatted) }
        case .comprehension(let fold):
            for part in [fold.range, fold.initial, fold.condition, fold.step, fold.result] {
                check(part, isFormatted: isFormatted)
            }
        }
    }

    private mutating func checkUniform(_ elements: [(value: Expression, isOptional: Bool)]) {
        var known: CELType?
        for element in elements {
            let type = element.value.type ?? .dyn
            let found = element.isOptional ? type.optionalElement ?? type : type
            guard let wanted = known else {
                known = found
                continue
            }
            if wanted != found {
                report("expected type '\(wanted)' but found '\(found)'", element.value)
                return
            }
        }
    }

    private mutating func checkCall(
        _ expression: Expression, _ name: String, _ target: Expression?, _ arguments: [Expression]
    ) {
        guard let first = arguments.first else { return }
        switch (name, first.kind) {
        case ("matches", .literal(.string(let pattern))):
            if (try? LinearRegex.validate(pattern)) == nil { report("invalid matches argument", first) }
        case ("duration", .literal(.string(let text))):
            if (try? Conversions.duration(text)) == nil { report("invalid duration argument", first) }
        case ("timestamp", .literal(.string(let text))):
            if TimestampText.parse(text) == nil { report("invalid timestamp argument", first) }
        case ("format", .list(let elements)):
            guard case .literal(.string(let text))? = target?.kind else { return }
            checkFormat(expression, text, elements.map(\.value))
        default: break
        }
    }

    private mutating func checkFormat(_ expression: Expression, _ text: String, _ arguments: [Expression]) {
        let clauses: [FormatClause]
        do {
            clauses = try FormatClause.parse(text, argumentCount: arguments.count)
        } catch {
            return report(error.description, expression)
        }
        var used = 0
        for clause in clauses {
            guard case .argument(let style) = clause else { continue }
            let argument = arguments[used]
            used += 1
            if let problem = style.problem(with: argument.type ?? .dyn) {
                return report("error during formatting: " + problem, argument)
            }
        }
        if arguments.count > used {
            report(
                "too many arguments supplied to string.format (expected \(used), got \(arguments.count))", expression)
        }
    }
}

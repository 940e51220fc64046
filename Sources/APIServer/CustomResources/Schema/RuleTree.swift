import CEL
import Machinery

/// The rules of a schema where they stand, compiled; parts without any are left out.
final class RuleTree: Sendable {
    let type: String
    let declared: DeclaredType?
    let rules: [CompiledRule]
    let properties: [String: RuleTree]
    let additional: RuleTree?
    let items: RuleTree?
    let isCorrelatableMap: Bool
    let schema: StructuralSchema

    /// `nil` when there is no rule within.
    init?(_ schema: StructuralSchema, isResource: Bool) {
        guard schema.contains(where: { !$0.rules.isEmpty }) else { return nil }
        self.schema = schema
        type = schema.type
        declared =
            schema.rules.isEmpty
            ? nil : DeclaredType(structural: .object(schema.json), isResourceRoot: isResource)
        if let declared {
            rules = schema.rules.map { CompiledRule($0, schema, declared) }
        } else {
            rules = []
        }
        properties = Dictionary(
            schema.properties.compactMap { name, property in
                RuleTree(property, isResource: property.isEmbeddedResource).map { (name, $0) }
            }
        ) { first, _ in first }
        additional = schema.additional.schema.flatMap { RuleTree($0, isResource: $0.isEmbeddedResource) }
        items = schema.items.flatMap { RuleTree($0, isResource: $0.isEmbeddedResource) }
        isCorrelatableMap = schema.mapType == nil || ["granular", "atomic"].contains(schema.mapType ?? "")
    }
}

/// Judges one object by the rules of its schema, within one budget.
///
/// Source: k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel/validation.go.
struct RuleValidation {
    /// What a value was before.
    struct Former {
        /// What rules see as `oldSelf`.
        let value: JSON?
        /// Whether the nearest thing that can be compared is as it was: then an error is no reason to refuse.
        let isUnchanged: Bool

        static let none = Former(value: nil, isUnchanged: false)
    }

    private(set) var errors: [FieldError] = []
    private var budget = CELBudget()
    private var isOver = false

    /// - Parameter old: the object before; `nil` when it is new.
    static func validate(_ object: JSON, from old: JSON?, _ tree: RuleTree, at path: FieldPath = .root)
        -> RuleValidation
    {
        var validation = RuleValidation()
        validation.value(object, Former(value: old, isUnchanged: old == object), tree, path)
        return validation
    }

    private mutating func value(_ value: JSON, _ former: Former, _ tree: RuleTree, _ path: FieldPath) {
        guard !isOver, !value.isNull else { return }
        check(value, former, tree, path)
        switch value {
        case .object(let object): members(object, former, tree, path)
        case .array(let elements): list(elements, former, tree, path)
        case .null, .bool, .int, .double, .string: break
        }
    }

    private mutating func members(_ object: JSONObject, _ former: Former, _ tree: RuleTree, _ path: FieldPath) {
        let old = tree.isCorrelatableMap ? former.value?.objectValue : nil
        for member in object.members {
            guard !isOver else { return }
            if let inner = tree.properties[member.key] {
                value(member.value, Self.former(member.value, old?[member.key], former), inner, path.child(member.key))
            } else if let inner = tree.additional, tree.schema.property(member.key) == nil {
                value(member.value, Self.former(member.value, old?[member.key], former), inner, path.key(member.key))
            }
        }
    }

    private mutating func list(_ elements: [JSON], _ former: Former, _ tree: RuleTree, _ path: FieldPath) {
        guard let inner = tree.items else { return }
        let old = FormerElements(former.value.map(SchemaValidator.Former.value) ?? .unknown, tree.schema)
        for (index, element) in elements.enumerated() {
            guard !isOver else { return }
            var before: JSON?
            if case .value(let value) = old.former(of: element) { before = value }
            value(element, Self.former(element, before, former), inner, path.index(index))
        }
    }

    /// A part that cannot be told apart from others is as unchanged as what it is in.
    private static func former(_ value: JSON, _ old: JSON?, _ parent: Former) -> Former {
        Former(value: old, isUnchanged: old.map { $0 == value } ?? parent.isUnchanged)
    }

    // MARK: One value

    private mutating func check(_ value: JSON, _ former: Former, _ tree: RuleTree, _ path: FieldPath) {
        guard !tree.rules.isEmpty, let declared = tree.declared else { return }
        let old = former.value.flatMap { $0.isNull ? nil : $0 }
        for rule in tree.rules {
            let program: CELProgram
            switch rule.program {
            case .success(let compiled): program = compiled
            case .failure(let error):
                errors.append(.invalid(path, tree.type, "rule compile error: \(error)"))
                continue
            }
            if rule.isTransition, old == nil, rule.rule.optionalOldSelf != true { continue }
            do throws(CELEvaluationError) {
                let activation = try Self.activation(value, old, rule, declared)
                guard try program.evaluate(activation, budget: &budget).boolValue != true else { continue }
                fail(rule, value, activation, former, tree, path)
            } catch {
                report(error, rule, tree, path)
            }
            if isOver { return }
        }
    }

    private static func activation(
        _ value: JSON, _ old: JSON?, _ rule: CompiledRule, _ type: DeclaredType
    ) throws(CELEvaluationError) -> CELActivation {
        let current = try CELValue.json(value, as: type)
        guard rule.rule.optionalOldSelf != true else {
            var before: CELValue?
            if let old { before = try CELValue.json(old, as: type) }
            return CELActivation(["self": current, "oldSelf": .optional(before)])
        }
        guard let old else { return CELActivation(["self": current]) }
        return CELActivation(["self": current, "oldSelf": try CELValue.json(old, as: type)])
    }

    private mutating func report(
        _ error: CELEvaluationError, _ rule: CompiledRule, _ tree: RuleTree, _ path: FieldPath
    ) {
        let detail: String
        switch error.reason {
        case .outOfBudget:
            detail = "validation failed due to running out of cost budget, no further validation rules will be run"
            isOver = true
        case .costLimit:
            detail =
                "'\(error)': no further validation rules will be run due to call cost exceeds limit for rule: "
                + rule.shown
            isOver = true
        case .value, .pendingAuthorization:
            detail =
                error.description.hasPrefix("no such overload")
                ? "'\(error)': call arguments did not match a supported operator, function or macro signature for "
                    + "rule: \(rule.shown)" : "\(error) evaluating rule: \(rule.shown)"
        }
        errors.append(.invalid(path, tree.type, detail))
    }

    private mutating func fail(
        _ rule: CompiledRule, _ value: JSON, _ activation: CELActivation, _ former: Former, _ tree: RuleTree,
        _ path: FieldPath
    ) {
        let place =
            rule.field.isEmpty
            ? path.description
            : path.description == FieldPath.root.description ? rule.field : "\(path).\(rule.field)"
        let detail =
            message(rule, activation, tree, place)
            ?? (rule.rule.message.isEmpty ? "failed rule: \(rule.shown)" : rule.shown)
        let kind: FieldError.Kind =
            switch rule.rule.reason {
            case "FieldValueForbidden": .forbidden
            case "FieldValueRequired": .required
            case "FieldValueDuplicate": .duplicate
            default: .invalid
            }
        let isScalar = tree.type != "object" && tree.type != "array"
        let error = FieldError(
            kind, field: place, value: isScalar ? value : nil, detail: kind == .duplicate ? "" : detail)
        // What is wrong but was so before is no reason to refuse.
        if rule.isTransition || !former.isUnchanged { errors.append(error) }
    }

    /// What the message expression says; `nil` where it says nothing fit to be told.
    private mutating func message(
        _ rule: CompiledRule, _ activation: CELActivation, _ tree: RuleTree, _ place: String
    ) -> String? {
        guard case .success(let program)? = rule.message else { return nil }
        let text: String?
        do throws(CELEvaluationError) {
            text = try program.evaluate(activation, budget: &budget).stringValue?.trimmingWhitespace()
        } catch {
            switch error.reason {
            case .outOfBudget:
                stop(
                    place, tree,
                    "messageExpression evaluation failed due to running out of cost budget, no further validation "
                        + "rules will be run")
            case .costLimit:
                stop(
                    place, tree,
                    "no further validation rules will be run due to call cost exceeds limit for messageExpression: "
                        + GoQuote.quote(rule.rule.messageExpression))
            case .value, .pendingAuthorization: break
            }
            return nil
        }
        guard let text, !text.isEmpty, !text.contains("\n"), text.utf8.count <= CELLimits.maximumMessageBytes else {
            return nil
        }
        return text
    }

    private mutating func stop(_ place: String, _ tree: RuleTree, _ detail: String) {
        errors.append(FieldError(.invalid, field: place, value: .string(tree.type), detail: detail))
        isOver = true
    }
}

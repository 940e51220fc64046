import CEL
import KubeAPI
import KubeSchemas
import Machinery

/// Checks a validating policy's expressions against the kinds it is for, whose fields and types are known, where
/// admission itself takes objects as they come. What it finds are hints, and change nothing in what the policy does.
///
/// Source: k8s.io/apiserver/pkg/admission/plugin/policy/validating/typechecking.go.
struct PolicyTypeCheck: Sendable {
    private static let maximumKinds = 10
    private static let objectMeta = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"

    let catalog: ResourceCatalog

    func warnings(_ policy: ValidatingAdmissionPolicy) -> [ExpressionWarning] {
        let kinds = kinds(of: policy).compactMap { kind in type(of: kind).map { (kind, $0) } }
        if kinds.isEmpty { return [] }
        let parameters = ParameterKind(policy.spec.paramKind).map { type(of: $0.gvk) ?? .dyn }
        // One environment for each kind serves all expressions.
        let environments = kinds.map { kind, type in
            (kind, environment(type, parameters, policy.spec.variables))
        }
        var warnings: [ExpressionWarning] = []
        for (index, validation) in policy.spec.validations.enumerated() {
            let place = FieldPath("spec").child("validations").index(index)
            for (member, text) in [
                ("expression", validation.expression), ("messageExpression", validation.messageExpression ?? ""),
            ] where !text.isEmpty {
                let found = environments.compactMap { Self.warning(text, $0, in: $1) }
                if found.isEmpty { continue }
                var warning = ExpressionWarning()
                warning.fieldRef = place.child(member).description
                warning.warning = found.joined(separator: "\n")
                warnings.append(warning)
            }
        }
        return warnings
    }

    private static func warning(_ text: String, _ kind: GroupVersionKind, in environment: CELEnvironment) -> String? {
        do throws(CELCompileError) {
            _ = try environment.compile(text)
            return nil
        } catch {
            return "\(kind): \(error.description)\n"
        }
    }

    private func environment(
        _ object: DeclaredType, _ parameters: DeclaredType?, _ named: [Variable]
    ) -> CELEnvironment {
        var variables = CELVariables(
            AdmissionVariables.environment(.storedExpressions, object: object, parameters: parameters))
        for variable in named {
            // What is wrong with a variable shows where it is read.
            _ = try? variables.add(variable.name, variable.expression)
        }
        return variables.environment
    }

    // MARK: Kinds

    /// The kinds that the policy's rules name outright, in order.
    private func kinds(of policy: ValidatingAdmissionPolicy) -> [GroupVersionKind] {
        var kinds: Set<GroupVersionKind> = []
        for rule in policy.spec.matchConstraints?.resourceRules ?? [] {
            let all = [rule.apiGroups, rule.apiVersions].joined()
            guard !all.contains(where: { $0.contains("*") }) else { continue }
            let resources = rule.resources.filter { !$0.contains("*") && !$0.contains("/") }.sorted()
            for group in rule.apiGroups.sorted() {
                for version in rule.apiVersions.sorted() {
                    for resource in resources where kinds.count < Self.maximumKinds {
                        let gvr = GroupVersionResource(group: group, version: version, resource: resource)
                        if let kind = catalog[gvr]?.resource.gvk { kinds.insert(kind) }
                    }
                }
            }
        }
        return kinds.sorted { ($0.group, $0.version, $0.kind) < ($1.group, $1.version, $1.kind) }
    }

    /// `nil` when no schema of the kind is known.
    private func type(of kind: GroupVersionKind) -> DeclaredType? {
        guard let served = catalog.served(kind) else { return nil }
        guard let custom = served.custom else { return DeclaredType(served.resource.schema) }
        guard
            let type = DeclaredType(structural: .object(custom.schema.json), isResourceRoot: true, name: kind.kind),
            case .object(let fields) = type.shape, let meta = BuiltinSchemas.schema(definition: Self.objectMeta)
        else { return nil }
        // A definition says nothing of metadata, and every object has it.
        let others = fields.byName.values.filter { $0.name != "metadata" }
        return .object(
            named: kind.kind, preservesUnknownFields: type.preservesUnknownFields,
            others + [DeclaredType.Field(name: "metadata", type: DeclaredType(meta), isRequired: true)])
    }
}

import KubeAPI
import Machinery

struct ValidatingAdmissionPolicyStrategy: Strategy {
    private let rules = AdmissionPolicyValidation(expressions: Expressions.shared)

    var allowsUnconditionalUpdate: Bool { false }

    func applyDefaults(_ policy: inout ValidatingAdmissionPolicy) {
        if policy.spec.failurePolicy == nil { policy.spec.failurePolicy = "Fail" }
        policy.spec.json["matchConstraints"] = AdmissionDefaults.apply(toMatch: policy.spec.json["matchConstraints"])
    }

    func prepareForCreate(_ policy: inout ValidatingAdmissionPolicy) { policy.json["status"] = [:] }
    func validate(_ policy: ValidatingAdmissionPolicy) -> [FieldError] { rules.validate(policy) }
    func validateChange(
        _ policy: ValidatingAdmissionPolicy, from old: ValidatingAdmissionPolicy
    ) -> [FieldError] {
        rules.validateUpdate(policy, from: old)
    }
    func validateStatusUpdate(
        _ policy: ValidatingAdmissionPolicy, from old: ValidatingAdmissionPolicy
    ) -> [FieldError] {
        rules.validateStatus(policy)
    }

    var columns: [TableColumn] { PolicyCells.columns("Validations", "How many rules it has.") }
    func cells(_ policy: ValidatingAdmissionPolicy, now: Timestamp) -> [JSON] {
        PolicyCells.cells(policy, count: policy.spec.validations.count, policy.spec.paramKind, now: now)
    }
}

struct MutatingAdmissionPolicyStrategy: Strategy {
    private let rules = AdmissionPolicyValidation(expressions: Expressions.shared)

    var allowsUnconditionalUpdate: Bool { false }

    func applyDefaults(_ policy: inout MutatingAdmissionPolicy) {
        if policy.spec.failurePolicy == nil { policy.spec.failurePolicy = "Fail" }
        policy.spec.json["matchConstraints"] = AdmissionDefaults.apply(toMatch: policy.spec.json["matchConstraints"])
    }

    func validate(_ policy: MutatingAdmissionPolicy) -> [FieldError] { rules.validate(policy) }
    func validateChange(_ policy: MutatingAdmissionPolicy, from old: MutatingAdmissionPolicy) -> [FieldError] {
        rules.validateUpdate(policy, from: old)
    }

    var columns: [TableColumn] { PolicyCells.columns("Mutations", "How many changes it makes.") }
    func cells(_ policy: MutatingAdmissionPolicy, now: Timestamp) -> [JSON] {
        PolicyCells.cells(policy, count: policy.spec.mutations.count, policy.spec.paramKind, now: now)
    }
}

struct ValidatingAdmissionPolicyBindingStrategy: Strategy {
    var allowsUnconditionalUpdate: Bool { false }

    func applyDefaults(_ binding: inout ValidatingAdmissionPolicyBinding) {
        binding.spec.json["matchResources"] = AdmissionDefaults.apply(toMatch: binding.spec.json["matchResources"])
    }

    func validate(_ binding: ValidatingAdmissionPolicyBinding) -> [FieldError] {
        PolicyBindingValidation.validate(binding)
    }

    var columns: [TableColumn] { PolicyCells.bindingColumns }
    func cells(_ binding: ValidatingAdmissionPolicyBinding, now: Timestamp) -> [JSON] {
        PolicyCells.cells(binding, policy: binding.spec.policyName, binding.spec.paramRef, now: now)
    }
}

struct MutatingAdmissionPolicyBindingStrategy: Strategy {
    var allowsUnconditionalUpdate: Bool { false }

    func applyDefaults(_ binding: inout MutatingAdmissionPolicyBinding) {
        binding.spec.json["matchResources"] = AdmissionDefaults.apply(toMatch: binding.spec.json["matchResources"])
    }

    func validate(_ binding: MutatingAdmissionPolicyBinding) -> [FieldError] {
        PolicyBindingValidation.validate(binding)
    }

    var columns: [TableColumn] { PolicyCells.bindingColumns }
    func cells(_ binding: MutatingAdmissionPolicyBinding, now: Timestamp) -> [JSON] {
        PolicyCells.cells(binding, policy: binding.spec.policyName ?? "", binding.spec.paramRef, now: now)
    }
}

private enum PolicyCells {
    static func columns(_ count: String, _ description: String) -> [TableColumn] {
        [
            .name, .number(count, description),
            TableColumn("ParamKind", description: "The kind of objects that hold its parameters."), .age,
        ]
    }

    static let bindingColumns = [
        TableColumn.name, TableColumn("PolicyName", description: "The policy that is bound."),
        TableColumn("ParamRef", description: "The objects that hold the parameters."), .age,
    ]

    static func cells(_ policy: some KubeObject, count: Int, _ kind: ParamKind?, now: Timestamp) -> [JSON] {
        let parameters = kind.map { "\($0.apiVersion ?? "")/\($0.kind ?? "")" }
        return [
            .string(policy.name), .int(Int64(count)), .string(parameters ?? "<unset>"),
            TableCell.age(policy.metadata.creationTimestamp, now: now),
        ]
    }

    static func cells(
        _ binding: some KubeObject, policy: String, _ reference: ParamRef?, now: Timestamp
    ) -> [JSON] {
        [
            .string(binding.name), .string(policy), parameters(reference),
            TableCell.age(binding.metadata.creationTimestamp, now: now),
        ]
    }

    private static func parameters(_ reference: ParamRef?) -> JSON {
        guard let reference else { return "<unset>" }
        if let name = reference.name, !name.isEmpty {
            // Whether parameters are of a namespace cannot be told from here.
            let namespace = reference.namespace ?? ""
            return .string("\(namespace.isEmpty ? "*" : namespace)/\(name)")
        }
        return reference.selector == nil ? "<unset>" : TableCell.selector(reference.selector)
    }
}

import Machinery

/// What binds an admission policy, with its parameters, to requests.
package enum PolicyBindingValidation {
    private static let spec = FieldPath("spec")

    package static func validate(_ binding: ValidatingAdmissionPolicyBinding) -> [FieldError] {
        let given = binding.spec
        return validate(policy: given.policyName, given.paramRef, given.matchResources)
            + validate(actions: given.validationActions)
    }

    package static func validate(_ binding: MutatingAdmissionPolicyBinding) -> [FieldError] {
        let given = binding.spec
        var errors = validate(policy: given.policyName ?? "", given.paramRef, given.matchResources)
        if let match = given.matchResources {
            errors += AdmissionRuleValidation.validate(mutating: match, at: spec.child("matchResources"))
        }
        return errors
    }

    private static func validate(
        policy: String, _ parameters: ParamRef?, _ match: MatchResources?
    ) -> [FieldError] {
        var errors = Check.name(policy, at: spec.child("policyName"), Names.dns1123Subdomain)
        if let parameters { errors += validate(parameters, at: spec.child("paramRef")) }
        if let match { errors += AdmissionRuleValidation.validate(match, at: spec.child("matchResources")) }
        return errors
    }

    private static func validate(_ reference: ParamRef, at path: FieldPath) -> [FieldError] {
        let name = reference.name ?? ""
        let selector = reference.json["selector"]?.objectValue
        var errors = Check.nameIfGiven(name, at: path.child("name"), Names.pathSegment)
        let exclusive = "name and selector are mutually exclusive"
        if !name.isEmpty, selector != nil { errors.append(.forbidden(path.child("name"), exclusive)) }
        errors += Selector.validate(labelSelector: selector, at: path.child("selector"))
        if !name.isEmpty, selector != nil { errors.append(.forbidden(path.child("selector"), exclusive)) }
        if name.isEmpty, selector == nil {
            errors.append(.required(path, "one of name or selector must be specified"))
        }
        return errors
            + Check.oneOf(
                reference.parameterNotFoundAction, ["Deny", "Allow"], at: path.child("parameterNotFoundAction"))
    }

    private static func validate(actions: [String]) -> [FieldError] {
        let path = spec.child("validationActions")
        var errors: [FieldError] = []
        for (index, action) in actions.enumerated() {
            errors += Check.supported(action, ["Audit", "Deny", "Warn"], at: path.index(index))
        }
        errors += Check.unique(actions, at: path)
        if actions.contains("Deny"), actions.contains("Warn") {
            errors.append(
                .invalid(
                    path, .array(actions.map(JSON.string)),
                    "must not contain both Deny and Warn (repeating the same validation failure information in the "
                        + "API response and headers serves no purpose)"))
        }
        if actions.isEmpty { errors.append(.required(path, "at least one validation action is required")) }
        return errors
    }
}

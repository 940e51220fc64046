import Machinery

extension AdmissionPolicyValidation {
    /// What both kinds of policies have.
    struct Common {
        let failurePolicy: String?
        let paramKind: ParamKind?
        let match: MatchResources?
        let conditions: [MatchCondition]
        let variables: [Variable]
        /// Conditions that an update leaves as they are stay acceptable.
        let checksConditions: Bool
        let stored: Set<String>

        init(json: JSONObject, old: JSONObject?, stored: Set<String>) {
            failurePolicy = json.string("failurePolicy")
            paramKind = json.view("paramKind")
            match = json.view("matchConstraints")
            conditions = json.views("matchConditions")
            variables = json.views("variables")
            checksConditions =
                old == nil || old?["paramKind"] != json["paramKind"]
                || old?["matchConditions"] != json["matchConditions"]
            self.stored = stored
        }

        func context(with variables: some Sequence<Variable>) -> ExpressionContext {
            var context = ExpressionContext()
            context.hasParams = paramKind != nil
            context.variables = variables.map { ($0.name, $0.expression) }
            return context
        }
    }

    func validate(_ common: Common) -> [FieldError] {
        let path = Self.spec
        var errors = Check.oneOf(common.failurePolicy, ["Fail", "Ignore"], at: path.child("failurePolicy"))
        if let kind = common.paramKind { errors += validate(kind, at: path.child("paramKind")) }
        if let match = common.match {
            errors += AdmissionRuleValidation.validate(match, at: path.child("matchConstraints"))
            // Rules tell the types that expressions are checked against.
            if match.resourceRules.isEmpty { errors.append(.required(path.child("matchConstraints", "resourceRules"))) }
        } else {
            errors.append(.required(path.child("matchConstraints")))
        }
        if common.checksConditions {
            let conditions = MatchConditionValidation(
                expressions: expressions, hasParams: common.paramKind != nil, stored: common.stored)
            errors += conditions.validate(common.conditions, at: path.child("matchConditions"))
        }
        for (index, variable) in common.variables.enumerated() {
            var context = common.context(with: common.variables[..<index])
            context.isStored = common.stored.contains(variable.expression)
            errors += validate(variable, context, at: path.child("variables").index(index))
        }
        return errors
    }

    private func validate(_ variable: Variable, _ context: ExpressionContext, at path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        if variable.name.isBlank {
            errors.append(.required(path.child("name"), "name is not specified"))
        } else if !Self.isIdentifier(variable.name) {
            errors.append(.invalid(path.child("name"), variable.name, "must be a valid CEL identifier"))
        }
        if variable.expression.isBlank {
            return errors + [.required(path.child("expression"), "expression is not specified")]
        }
        return errors + expressions.check(variable.expression, .variable, context, at: path.child("expression"))
    }

    private static let reserved: Set<String> = [
        "true", "false", "null", "in", "as", "break", "const", "continue", "else", "for", "function", "if", "import",
        "let", "loop", "package", "namespace", "return", "var", "void", "while",
    ]

    private static func isIdentifier(_ name: String) -> Bool {
        guard let first = name.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else {
            return false
        }
        return Names.cIdentifier(name).isEmpty && !reserved.contains(name)
    }

    private func validate(_ kind: ParamKind, at path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        let place = path.child("apiVersion")
        let apiVersion = kind.apiVersion ?? ""
        let parts = apiVersion.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        if apiVersion.isEmpty {
            errors.append(.required(place))
        } else if parts.count > 2 {
            errors.append(.invalid(place, apiVersion, "unexpected GroupVersion string: \(apiVersion)"))
        } else {
            let (group, version) = parts.count == 2 ? (parts[0], parts[1]) : ("", parts[0])
            let problems = group.isEmpty ? [] : Names.dns1123Subdomain(group)
            if !problems.isEmpty { errors.append(.invalid(place, group, problems.joined(separator: ","))) }
            let wrong = Names.dns1035Label(version)
            if version.isEmpty {
                errors.append(.invalid(place, apiVersion, "version must be specified"))
            } else if !wrong.isEmpty {
                errors.append(.invalid(place, version, wrong.joined(separator: ",")))
            }
        }
        let name = kind.kind ?? ""
        if name.isEmpty { return errors + [.required(path.child("kind"))] }
        let problems = Names.dns1035Label(name.lowercased())
        guard !problems.isEmpty else { return errors }
        return errors + [
            .invalid(
                path.child("kind"), name,
                "may have mixed case, but should otherwise match: \(problems.joined(separator: ","))")
        ]
    }
}

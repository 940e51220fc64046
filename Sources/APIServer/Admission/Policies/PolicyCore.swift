import CEL
import KubeAPI
import Machinery

/// What validating and mutating policies have in common: for which requests they are, and what their expressions may
/// speak of.
struct PolicyCore: Sendable {
    let name: String
    let parameterKind: ParameterKind?
    let matcher: AdmissionMatcher
    let failsOpen: Bool
    private let conditions: [MatchCondition]
    private let variables: [Variable]

    /// - Parameter json: a policy of either kind.
    init(_ json: JSONObject) {
        let spec = json["spec"]?.objectValue ?? JSONObject()
        name = json["metadata"]?["name"]?.stringValue ?? ""
        parameterKind = ParameterKind(spec.view("paramKind"))
        matcher = AdmissionMatcher(resources: spec["matchConstraints"]?.objectValue ?? JSONObject())
        failsOpen = spec.string("failurePolicy") == "Ignore"
        conditions = spec.views("matchConditions")
        variables = spec.views("variables")
    }

    /// Compiles what all expressions of the policy share.
    func programs(buildsObjects: Bool = false) -> PolicyPrograms {
        PolicyPrograms(
            conditions: conditions, variables: variables, hasParameters: parameterKind != nil, failsOpen: failsOpen,
            buildsObjects: buildsObjects)
    }
}

/// The compiled expressions of a policy besides those that are its purpose.
struct PolicyPrograms: Sendable {
    let conditions: MatchConditions
    private let variables: CELVariables
    private let hasParameters: Bool
    private(set) var use = VariableUse()

    init(
        conditions: [MatchCondition], variables: [Variable], hasParameters: Bool, failsOpen: Bool, buildsObjects: Bool
    ) {
        var use = VariableUse()
        var compiled = CELVariables(
            AdmissionVariables.environment(
                .storedExpressions, parameters: hasParameters ? .dyn : nil, buildsObjects: buildsObjects))
        for variable in variables {
            // One that does not compile is remembered there, and fails whatever reads it.
            if let program = try? compiled.add(variable.name, variable.expression) { use.note(program.uses) }
        }
        self.conditions = MatchConditions(conditions, in: compiled.environment, failsOpen: failsOpen)
        for expression in self.conditions.expressions { use.note(expression.uses) }
        self.variables = compiled
        self.hasParameters = hasParameters
        self.use = use
    }

    /// Compiles one more expression of the policy.
    mutating func compile(_ text: String, as results: [CELType]) -> AdmissionExpression {
        let expression = AdmissionExpression(text, in: variables.environment, as: results)
        use.note(expression.uses)
        return expression
    }

    /// Begins an evaluation of the policy over a request, with one object as parameter.
    func evaluation(
        _ input: AdmissionInput, parameter: JSONObject?, namespace: JSONObject?, authorizer: any Authorizer
    ) -> AdmissionEvaluation {
        let parameters: AdmissionInput.Parameters =
            hasParameters ? parameter.map { .object($0) } ?? .absent : .undeclared
        return AdmissionEvaluation(
            input.activation(use, parameters: parameters, namespace: namespace, variables: variables.instance()),
            authorizer: use.authorizer
                ? AdmissionAuthorizer(user: input.attributes.user, authorizer: authorizer) : nil,
            budget: CELLimits.costPerObject)
    }
}

import Machinery

/// The values an expression's variables have in one evaluation.
package struct CELActivation: Sendable {
    private var bindings: [(name: String, value: CELValue)] = []
    /// `variables.x` of a policy.
    package var variables: CELVariables.Instance?

    package init() {}

    package init(_ values: KeyValuePairs<String, CELValue>) {
        bindings = values.map { ($0.key, $0.value) }
    }

    /// Reads or sets a variable; one that is declared but not set makes expressions that read it fail.
    package subscript(name: String) -> CELValue? {
        get { bindings.first { $0.name == name }?.value }
        set {
            bindings.removeAll { $0.name == name }
            if let newValue { bindings.append((name, newValue)) }
        }
    }

    func resolve(_ name: String) -> CELValue? {
        if let variables, name == "variables" { return .object(.variables(variables)) }
        for binding in bindings where UTF8Order.isEqual(binding.name, name) { return binding.value }
        return nil
    }
}

import Machinery

/// What an expression may name: variables, types and functions. A value; each change gives a new one.
///
/// Source: k8s.io/apiserver/pkg/cel/environment. Kubernetes 1.36 accepts in new expressions what 1.35 knew, so that a
/// rollback by one version still understands what is stored.
package struct CELEnvironment: Sendable {
    /// A Kubernetes version, which decides what libraries there are.
    package struct Version: Hashable, Comparable, Sendable {
        package let major: Int
        package let minor: Int

        package init(major: Int = 1, minor: Int) {
            self.major = major
            self.minor = minor
        }

        /// What clients may write now.
        package static let newExpressions = Version(minor: 35)
        /// What may be found in the store: everything this server knows.
        package static let storedExpressions = Version(minor: 1000)

        package static func < (left: Version, right: Version) -> Bool {
            (left.major, left.minor) < (right.major, right.minor)
        }
    }

    /// Libraries that are not for every expression.
    package enum OptionalLibrary: Hashable, Sendable {
        /// `cel.bind(name, value, expression)`: device selectors.
        case bindings
        /// `includes` on lists and single values: device selectors.
        case includes
        /// `JSONPatch{…}`, `Object{…}`, `jsonpatch.escapeKey`: mutating policies.
        case jsonPatch
    }

    package let version: Version
    private(set) var functions: FunctionTable
    private(set) var variables: [String: DeclaredType] = [:]
    private(set) var types: TypeRegistry
    private(set) var macros: MacroSet
    private let allowsOptionals: Bool
    /// Literals are looked at before anything is evaluated, and constants computed. Off only to compare costs with
    /// cel-go's own.
    package var isOptimizing = true

    init(
        version: Version, functions: FunctionTable, types: TypeRegistry, macros: MacroSet, allowsOptionals: Bool
    ) {
        self.version = version
        self.functions = functions
        self.types = types
        self.macros = macros
        self.allowsOptionals = allowsOptionals
    }

    /// The environment all of Kubernetes' expressions start from.
    package static func kubernetes(_ version: Version = .newExpressions) -> CELEnvironment {
        BaseEnvironments.shared.environment(version)
    }

    /// With a library more.
    package func enabling(_ library: OptionalLibrary) -> CELEnvironment {
        var result = self
        switch library {
        case .bindings: result.macros.add(Macro.bindings)
        case .includes: result.functions.merge(IncludesLibrary.functions)
        case .jsonPatch:
            result.functions.merge(PatchLibrary.functions)
            result.types.allowsPatchTypes = true
        }
        return result
    }

    /// With a variable more. A name may have dots: `authorizer.requestResource`.
    package func declaring(_ name: String, _ type: DeclaredType) -> CELEnvironment {
        var result = self
        result.variables[name] = type
        result.types.add(type)
        return result
    }

    /// With a variable more whose type has no sizes: a library's own, such as `AuthorizerValue.type`.
    package func declaring(_ name: String, opaque type: CELType) -> CELEnvironment {
        declaring(name, .opaque(type))
    }

    /// With a variable that may be absent: `oldSelf` of a rule with `optionalOldSelf`.
    package func declaring(_ name: String, optional type: DeclaredType) -> CELEnvironment {
        var result = declaring(name, type)
        result.variables[name] = .opaque(.optional(type.celType))
        return result
    }

    /// Parses, checks and plans.
    ///
    /// - Parameter results: the types the expression may have; any when empty.
    /// - Throws: all issues with their places, or what is wrong with the whole:
    ///   `must evaluate to bool but got string`.
    package func compile(_ text: String, as results: CELType...) throws(CELCompileError) -> CELProgram {
        let source = SourceText(text)
        var parser = Parser(source, macros: macros, allowsOptionalSyntax: allowsOptionals)
        let expression = try parser.parse()
        var checker = Checker(source: source, functions: functions, types: types, variables: variables)
        checker.run(expression)
        guard checker.issues.isEmpty else { throw source.error(checker.issues) }
        if isOptimizing, version >= Version(minor: 29) {
            var literals = LiteralCheck(source: source)
            literals.check(expression)
            guard literals.issues.isEmpty else { throw source.error(literals.issues) }
        }
        let type = expression.type ?? .dyn
        if !results.isEmpty, !results.contains(type) {
            let wanted = results.map(Self.shown)
            let list = wanted.count == 1 ? wanted[0] : "one of [\(wanted.joined(separator: " "))]"
            throw CELCompileError(
                kind: .resultType, issues: [], description: "must evaluate to \(list) but got \(Self.shown(type))")
        }
        return try plan(text, expression, referenced: checker.referenced)
    }

    /// Types as texts about results show them.
    private static func shown(_ type: CELType) -> String {
        switch type {
        case .null: return "null_type"
        case .duration, .timestamp: return type.name
        default:
            guard !type.parameters.isEmpty else { return type.description }
            return type.name + "(" + type.parameters.map(shown).joined(separator: ", ") + ")"
        }
    }

    private func plan(
        _ text: String, _ expression: Expression, referenced: Set<String>
    ) throws(CELCompileError) -> CELProgram {
        var coster = CostCoster(variables: variables)
        let cost = coster.cost(expression)
        var planner = Planner(functions: functions, types: types, foldsConstants: isOptimizing)
        let root: any PlanNode
        do {
            root = try planner.plan(expression)
        } catch {
            throw CELCompileError(
                kind: .instantiation, issues: [], description: "program instantiation failed: \(error.description)")
        }
        return CELProgram(
            text: text, resultType: expression.type ?? .dyn, cost: cost, referenced: referenced, root: root,
            localCount: planner.slotCount)
    }
}

/// `device.attributes['dra.example.com'].models.includes('a')`
enum IncludesLibrary {
    private static let maximumValues = 48

    static let functions: FunctionTable = {
        var table = FunctionTable()
        table.add(
            "includes",
            .two("dra_includes_dyn_dyn", "dyn.(dyn) bool") { target, value throws(CELEvaluationError) in
                guard case .list(let list) = target else { return .bool(target.isEqual(value)) }
                for index in 0..<list.count {
                    guard index < maximumValues else {
                        throw CELEvaluationError(
                            "'includes' function cannot be applied to lists longer than \(maximumValues) values")
                    }
                    if try list.element(index).isEqual(value) { return .bool(true) }
                }
                return .bool(false)
            })
        return table
    }()
}

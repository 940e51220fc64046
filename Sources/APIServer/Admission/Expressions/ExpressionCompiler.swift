import CEL
import KubeAPI
import Machinery

/// Compiles the expressions of objects that are written, and says what is wrong with them.
struct ExpressionCompiler: ExpressionChecking {
    func problem(in expression: String, _ use: ExpressionUse, _ context: ExpressionContext) -> String? {
        let version: CELEnvironment.Version = context.isStored ? .storedExpressions : .newExpressions
        let environment =
            use == .deviceSelector
            ? DeviceVariables.environment(version) : Self.environment(version, use, context)
        let compiled = AdmissionExpression(expression, in: environment, as: Self.results(use))
        switch compiled.program {
        case .success: return nil
        case .failure(let error): return error.admissionText
        }
    }

    private static func environment(
        _ version: CELEnvironment.Version, _ use: ExpressionUse, _ context: ExpressionContext
    ) -> CELEnvironment {
        let builds = use == .applyConfiguration || use == .jsonPatch
        var variables = CELVariables(
            AdmissionVariables.environment(
                version, parameters: context.hasParams ? .dyn : nil, hasAuthorizer: context.hasAuthorizer,
                buildsObjects: builds))
        for variable in context.variables {
            // What is wrong with a variable is said where it stands.
            _ = try? variables.add(variable.name, variable.expression)
        }
        return variables.environment
    }

    private static func results(_ use: ExpressionUse) -> [CELType] {
        switch use {
        case .matchCondition, .validation, .deviceSelector: [.bool]
        case .variable: []
        case .message: [.string]
        case .auditAnnotation: PolicyTypes.annotation
        case .applyConfiguration: [PolicyTypes.applyConfiguration]
        case .jsonPatch: [PolicyTypes.jsonPatch]
        }
    }
}

/// What the expressions of policies have to give.
enum PolicyTypes {
    static let annotation: [CELType] = [.string, .null]
    static let applyConfiguration = CELType.object("Object")
    static let jsonPatch = CELType.list(.object("JSONPatch"))
}

/// What device selectors speak of (dynamic resource allocation).
enum DeviceVariables {
    static func environment(_ version: CELEnvironment.Version) -> CELEnvironment {
        CELEnvironment.kubernetes(version).enabling(.bindings).enabling(.includes).declaring("device", device)
    }

    private static let device = DeclaredType.object(
        named: "kubernetes.DRADevice",
        [
            DeclaredType.Field(name: "driver", type: .string, isRequired: true),
            DeclaredType.Field(name: "allowMultipleAllocations", type: .bool, isRequired: true),
            DeclaredType.Field(name: "attributes", type: .map(of: .map(of: .dyn)), isRequired: true),
            DeclaredType.Field(
                name: "capacity", type: .map(of: .map(of: .opaque(.object("kubernetes.Quantity")))), isRequired: true),
        ])
}

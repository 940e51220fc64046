import Machinery
import Synchronization

/// The named expressions of a policy, which later ones and the policy's own see as `variables.name`.
///
/// Made once for a policy: each variable is compiled in an environment that knows those before it.
/// Source: k8s.io/apiserver/pkg/admission/plugin/cel/composition.go.
package struct CELVariables: Sendable {
    static let typeName = "kubernetes.variables"

    /// What the policy's expressions are compiled in; knows all variables added so far.
    package private(set) var environment: CELEnvironment
    private var base: CELEnvironment
    private var fields: [DeclaredType.Field] = []
    private var programs: [String: Result<CELProgram, CELCompileError>] = [:]

    package init(_ environment: CELEnvironment) {
        base = environment
        self.environment = environment.declaring("variables", .object(named: Self.typeName, []))
    }

    /// Compiles a variable. One that does not compile is remembered too: what reads it fails when evaluated.
    ///
    /// - Throws: why it does not compile.
    @discardableResult
    package mutating func add(_ name: String, _ text: String) throws(CELCompileError) -> CELProgram {
        do {
            let program = try environment.compile(text)
            programs[name] = .success(program)
            declare(name, program.resultType)
            return program
        } catch {
            programs[name] = .failure(error)
            declare(name, .dyn)
            throw error
        }
    }

    private mutating func declare(_ name: String, _ type: CELType) {
        fields.append(DeclaredType.Field(name: name, type: .opaque(type), isRequired: true))
        environment = base.declaring("variables", .object(named: Self.typeName, fields))
    }

    /// The variables of one evaluated request; goes into `CELActivation.variables`.
    package func instance() -> Instance { Instance(programs) }

    /// Values computed at most once per request, when first read. What they cost is taken from the budget besides the
    /// cost of the expression that reads them.
    package final class Instance: Sendable {
        private let programs: [String: Result<CELProgram, CELCompileError>]
        private let computed = Mutex<[String: Result<CELValue, CELEvaluationError>]>([:])

        init(_ programs: [String: Result<CELProgram, CELCompileError>]) {
            self.programs = programs
        }

        /// Forgets what is known, for an evaluation that starts anew.
        func reset() {
            computed.withLock { $0 = [:] }
        }

        func value(_ name: String, _ frame: EvaluationFrame?) throws(CELEvaluationError) -> CELValue? {
            guard let compiled = programs[name] else { return nil }
            if let known = computed.withLock({ $0[name] }) { return try known.get() }
            guard let frame else { return nil }
            let outcome = try evaluate(name, compiled, frame)
            computed.withLock { $0[name] = outcome }
            return try outcome.get()
        }

        private func evaluate(
            _ name: String, _ compiled: Result<CELProgram, CELCompileError>, _ frame: EvaluationFrame
        ) throws(CELEvaluationError) -> Result<CELValue, CELEvaluationError> {
            switch compiled {
            case .failure(let error):
                return .failure(
                    CELEvaluationError(
                        "composited variable \(GoQuote.quote(name)) fails to compile: compilation failed: "
                            + error.description))
            case .success(let program):
                let (outcome, cost) = program.run(
                    frame.activation, answers: frame.answers, limit: CELLimits.costPerCall)
                frame.variablesCost = frame.variablesCost.saturatingAdd(cost)
                guard case .failure(let error) = outcome else { return outcome }
                if case .pendingAuthorization = error.reason { throw error }
                return .failure(
                    CELEvaluationError(
                        "composited variable \(GoQuote.quote(name)) fails to evaluate: \(error.description)"))
            }
        }
    }
}

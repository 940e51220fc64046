import CEL
import Machinery
import Synchronization
import Testing

@Suite("What hosts bring")
struct HostTests {
    /// Allows reading, and remembers what was asked.
    private final class ScriptedAuthorizer: CELAuthorizer {
        private let asked = Mutex<[CELAuthorizationQuestion]>([])
        var questions: [CELAuthorizationQuestion] { asked.withLock { $0 } }

        func answer(_ question: CELAuthorizationQuestion) async -> CELAuthorizationAnswer {
            asked.withLock { $0.append(question) }
            return question.verb == "get"
                ? CELAuthorizationAnswer(isAllowed: true, reason: "readers may")
                : CELAuthorizationAnswer(isAllowed: false, error: "not today")
        }
    }

    private static let environment = CELEnvironment.kubernetes()
        .declaring("authorizer", opaque: AuthorizerValue.type)
        .declaring("authorizer.requestResource", opaque: ResourceCheckValue.type)

    private static let activation = CELActivation([
        "authorizer": .opaque(AuthorizerValue()),
        "authorizer.requestResource": .opaque(
            ResourceCheckValue(group: "apps", resource: "deployments", namespace: "ns", name: "web")),
    ])

    private func ask(_ text: String, _ authorizer: ScriptedAuthorizer) async throws -> String {
        let program = try Self.environment.compile(text)
        var budget = CELBudget()
        do {
            return shown(try await program.evaluate(Self.activation, budget: &budget, authorizer: authorizer))
        } catch {
            return "! " + error.description
        }
    }

    @Test("Checks are answered by the host, each question once")
    func authorizer() async throws {
        let authorizer = ScriptedAuthorizer()
        let check = "authorizer.group('apps').resource('deployments').namespace('x').check('get')"
        #expect(try await ask("\(check).allowed() && \(check).reason() == 'readers may'", authorizer) == "true")
        #expect(authorizer.questions.count == 1)
        #expect(try await ask("authorizer.path('/healthz').check('post').errored()", authorizer) == "true")
        #expect(try await ask("authorizer.path('/healthz').check('post').error()", authorizer) == "'not today'")
        #expect(try await ask("authorizer.requestResource.check('get').allowed()", authorizer) == "true")
        #expect(
            authorizer.questions.last?.target
                == .resource(
                    group: "apps", version: "*", resource: "deployments", subresource: "", namespace: "ns", name: "web")
        )
        let account = "authorizer.serviceAccount('ns', 'robot').group('').resource('pods').labelSelector('a=b')"
        #expect(try await ask("\(account).check('get').allowed()", authorizer) == "true")
        #expect(authorizer.questions.last?.serviceAccount?.name == "robot")
        #expect(authorizer.questions.last?.labelSelector == "a=b")
        #expect(try await ask("authorizer.path(' ')", authorizer) == "! path must not be empty")
        #expect(try await ask("authorizer.group('').resource('')", authorizer) == "! resource must not be empty")
        #expect(
            try await ask("authorizer.serviceAccount('ns', 'Bad Name')", authorizer)
                == "! Invalid service account name")
    }

    @Test("A question that is not reached is not asked, and three are more than an expression may cost")
    func bounded() async throws {
        let authorizer = ScriptedAuthorizer()
        func check(_ verb: String) -> String { "authorizer.path('/').check('\(verb)').allowed()" }
        #expect(try await ask("true || \(check("get"))", authorizer) == "true")
        #expect(authorizer.questions.isEmpty)
        #expect(try await ask("\(check("get")) && \(check("put"))", authorizer) == "false")
        #expect(
            try await ask("\(check("a")) || \(check("b")) || \(check("c"))", authorizer)
                == "! operation cancelled: actual cost limit exceeded")
    }

    @Test("Without an authorizer a check fails and is not taken for false")
    func missing() throws {
        let text = "authorizer.path('/').check('get').allowed() || true"
        #expect(
            outcome(of: text, in: Self.environment, Self.activation) == "! authorization is not available here")
    }

    @Test("Variables are computed once, when read, in the order they were declared")
    func variables() throws {
        var variables = CELVariables(CELEnvironment.kubernetes().declaring("object", .dyn))
        try variables.add("replicas", "object.spec.replicas")
        try variables.add("double", "variables.replicas * 2")
        try variables.add("broken", "1 / (variables.replicas - 3)")
        #expect(throws: CELCompileError.self) { try variables.add("wrong", "variables.later") }
        var activation = CELActivation(["object": try .json(["spec": ["replicas": 3]])])
        activation.variables = variables.instance()
        let environment = variables.environment
        #expect(outcome(of: "variables.double + variables.replicas", in: environment, activation) == "9")
        #expect(
            outcome(of: "variables.broken > 0", in: environment, activation)
                == "! composited variable \"broken\" fails to evaluate: division by zero")
        #expect(outcome(of: "variables.broken > 0 || true", in: environment, activation) == "true")
        #expect(
            outcome(of: "variables.wrong", in: environment, activation)
                .hasPrefix("! composited variable \"wrong\" fails to compile"))
        #expect(outcome(of: "variables.nope", in: environment, activation) == "!! undefined field 'nope'")
    }

    @Test("What a variable costs is taken from the budget once")
    func variableCosts() throws {
        var variables = CELVariables(CELEnvironment.kubernetes())
        try variables.add("big", "lists.range(100).map(x, x).size()")
        let program = try variables.environment.compile("variables.big > 0")
        var activation = CELActivation()
        activation.variables = variables.instance()
        var budget = CELBudget()
        _ = try program.evaluate(activation, budget: &budget)
        let first = CELLimits.costPerObject - budget.remaining
        _ = try program.evaluate(activation, budget: &budget)
        let second = CELLimits.costPerObject - budget.remaining - first
        #expect(first > 1000)
        #expect(second == 3)
    }

    @Test("Mutating policies build objects and patches")
    func patches() throws {
        let environment = CELEnvironment.kubernetes().enabling(.jsonPatch).declaring("object", .dyn)
        let activation = CELActivation(["object": try .json(["spec": ["replicas": 3]])])
        func value(_ text: String) throws -> CELValue {
            var budget = CELBudget()
            return try environment.compile(text).evaluate(activation, budget: &budget)
        }
        let applied = try value(
            "Object{spec: Object.spec{replicas: object.spec.replicas + 1, names: ['a'], template: {'k': 'v'}}}")
        #expect(
            try applied.appliedObject() == ["spec": ["replicas": 4, "names": ["a"], "template": ["k": "v"]]])
        #expect(throws: CELEvaluationError.self) { try value("Object{spec: Object.status{}}").appliedObject() }
        let patch = try value("[JSONPatch{op: 'add', path: '/a/' + jsonpatch.escapeKey('x/y~z'), value: 'v'}]")
        #expect(try patch.json() == [["op": "add", "path": "/a/x~1y~0z", "value": "v"]])
        #expect(try value("Object{?a: optional.none(), ?b: optional.of(1)}").json() == ["b": 1])
        #expect(
            outcome(of: "JSONPatch{op: 1}", in: environment)
                == "!! expected type of field 'op' is 'string' but provided type is 'int'")
        #expect(outcome(of: "JSONPatch{nope: 1}", in: environment) == "!! undefined field 'nope'")
        #expect(outcome(of: "type(Object{})", in: environment) == "Object")
        #expect(outcome(of: "Object{a: 1} == Object{a: 1}", in: environment) == "true")
        #expect(outcome(of: "Object{}") == "!! undeclared reference to 'Object' (in container '')")
    }

    @Test("A map may answer for keys it does not have")
    func defaults() throws {
        let empty = CELValueBox(.map(.entries(MapEntries())))
        let capacity = MapEntries([
            (.string("example.com"), .map(.entries(MapEntries([(.string("memory"), .opaque(QuantityValue(5)))]))))
        ])
        let environment = CELEnvironment.kubernetes().declaring("device", .map(of: .dyn))
        let activation = CELActivation(["device": .map(.withDefault(capacity, empty))])
        #expect(
            outcome(
                of: "device['example.com'].memory.isGreaterThan(quantity('4'))", in: environment, activation) == "true")
        #expect(outcome(of: "device['other'].memory", in: environment, activation) == "! no such key: memory")
        #expect(outcome(of: "'memory' in device['other']", in: environment, activation) == "false")
    }

    @Test("Values without a JSON form say so")
    func json() throws {
        #expect(try CELValue.uint(7).json() == 7)
        #expect(try CELValue.bytes([104, 105]).json() == "aGk=")
        #expect(try CELValue.duration(1_500_000_000).json() == "1.5s")
        #expect(throws: CELEvaluationError.self) { try CELValue.type(.int).json() }
        #expect(throws: CELEvaluationError.self) { try CELValue.map(.entries(MapEntries([(.int(1), .null)]))).json() }
    }
}

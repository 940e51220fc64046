import APIServer
import HTTPCore
import Machinery
import Testing

@Suite("Authorizers", .timeLimit(.minutes(1)))
struct AuthorizationModeTests {
    private static let jane = User(name: "jane")
    private static let maps = "/api/v1/namespaces/default/configmaps"

    private static func run(
        _ modes: String, webhook: AuthorizationWebhook? = nil,
        _ body: @escaping @Sendable (TestCluster) async throws -> Void
    ) async throws {
        let configured = try AuthorizationConfiguration(modes: modes, webhook: webhook)
        try await TestCluster.run(adjust: { $0.authorization = configured }, body)
    }

    @Test("are those of the modes; administrators may do everything whatever they are")
    func modes() async throws {
        try await Self.run("AlwaysAllow") { cluster in
            try await cluster.send("GET", Self.maps, as: Self.jane).expect(200)
        }
        try await Self.run("AlwaysDeny") { cluster in
            try await cluster.send("GET", Self.maps, as: Self.jane).expect(403, "Forbidden", "Everything is forbidden.")
            try await cluster.send("GET", Self.maps).expect(200)
            try cluster.plane.identity.replace(AuthorizationConfiguration(modes: "AlwaysAllow", webhook: nil))
            try await cluster.send("GET", Self.maps, as: Self.jane).expect(200)
        }
    }

    @Test("modes have to make sense", arguments: ["", "Node,Nope", "RBAC,RBAC", "Webhook"])
    func badModes(modes: String) {
        #expect(throws: ConfigurationDocument.Failure.self) {
            try AuthorizationConfiguration(modes: modes, webhook: nil)
        }
    }

    @Test("may be a file of policies")
    func policies() async throws {
        let text = """
            # who may do what
            {"apiVersion":"abac.authorization.kubernetes.io/v1beta1","kind":"Policy","spec":{"user":"jane",\
            "namespace":"default","resource":"configmaps","apiGroup":"*"}}

            {"apiVersion":"abac.authorization.kubernetes.io/v1beta1","kind":"Policy","spec":{"group":"readers",\
            "namespace":"*","resource":"*","apiGroup":"*","readonly":true,"nonResourcePath":"/healthz*"}}
            {"user":"old","resource":"configmaps","readonly":true}
            """
        let configured = try AuthorizationConfiguration(
            modes: "ABAC", webhook: nil, policies: AttributePolicy.read(text))
        try await TestCluster.run(adjust: { $0.authorization = configured }) { cluster in
            let map = Manifest.configMap("a")
            try await cluster.send("POST", Self.maps, map, as: Self.jane).expect(201)
            try await cluster.send("GET", "/api/v1/namespaces/kube-system/configmaps", as: Self.jane)
                .expect(403, "Forbidden", "No policy matched.")
            let reader = User(name: "r", groups: ["readers"])
            try await cluster.send("GET", "/api/v1/secrets", as: reader).expect(200)
            try await cluster.send("DELETE", Self.maps + "/a", as: reader).expect(403, "Forbidden")
            try await cluster.send("GET", "/healthz", as: reader).expect(200)
            try await cluster.send("GET", "/version", as: reader).expect(403)
            let old = User(name: "old")
            try await cluster.send("GET", Self.maps, as: old).expect(200)
            try await cluster.send("DELETE", Self.maps + "/a", as: old).expect(403, "Forbidden")
            let rules = cluster.plane.identity.authorizer.rules(for: reader, namespace: "default")
            #expect(
                rules.resourceRules == [.init(verbs: ["get", "list", "watch"], apiGroups: ["*"], resources: ["*"])])
            #expect(rules.nonResourceRules == [.init(verbs: ["get", "list", "watch"], paths: ["/healthz*"])])
        }
    }

    @Test(
        "policies have to make sense",
        arguments: ["{", "[]", #"{"kind":"Policy"}"#, #"{"apiVersion":"v1","kind":"Policy"}"#])
    func badPolicies(line: String) {
        let failure = #expect(throws: ConfigurationDocument.Failure.self) { try AttributePolicy.read("#\n\(line)") }
        #expect(failure?.description.contains("line 2: \(line): ") == true)
    }

    @Test("policies belong to their mode")
    func policyMode() {
        for (modes, policies) in [("ABAC", nil), ("RBAC", [])] as [(String, [AttributePolicy]?)] {
            #expect(throws: ConfigurationDocument.Failure.self) {
                try AuthorizationConfiguration(modes: modes, webhook: nil, policies: policies)
            }
        }
    }

    /// A service that allows what begins with `allow`, denies `deny`, fails for `fail`.
    private static func service(
        _ body: @escaping @Sendable (TestService) async throws -> Void
    ) async throws {
        try await TestService.run(
            { call in
                let name = call.body.at("spec.resourceAttributes.name").stringValue ?? ""
                var status: JSONObject = ["allowed": .bool(name.hasPrefix("allow"))]
                if name == "deny" { status["denied"] = true }
                if name == "both" {
                    status["allowed"] = true
                    status["denied"] = true
                }
                status["reason"] = .string("said \(name)")
                if name == "fail" { return .text("broken", status: .badRequest) }
                return TestService.json(["apiVersion": call.body.at("apiVersion"), "status": .object(status)])
            }, body)
    }

    @Test("may be a service, whose answers are remembered")
    func webhook() async throws {
        try await Self.service { service in
            let webhook = AuthorizationWebhook(name: "w", kubeconfig: try service.kubeconfig())
            try await Self.run("Webhook,RBAC", webhook: webhook) { cluster in
                func ask(_ name: String) async throws -> Answer {
                    try await cluster.send("GET", "\(Self.maps)/\(name)", as: Self.jane)
                }
                try await ask("allow").expect(404)
                try await ask("allow").expect(404)
                #expect(service.calls.count == 1)
                let spec = service.calls[0].body.at("spec")
                #expect(spec.at("user") == "jane")
                #expect(spec.at("groups") == ["system:authenticated"])
                #expect(
                    spec.at("resourceAttributes") == [
                        "name": "allow", "namespace": "default", "resource": "configmaps", "verb": "get",
                        "version": "v1",
                    ])
                try await ask("deny").expect(403, "Forbidden", "said deny")
                try await ask("else").expect(403, "Forbidden", "said else")
                try await ask("both").expect(500, "InternalError", "returned both allow and deny")
                try await ask("fail").expect(500, "InternalError", "rejected our request for an unknown reason")
                let before = service.calls.count
                cluster.clock.advance(by: .seconds(31))
                try await ask("allow").expect(404)
                try await ask("else").expect(403)
                #expect(service.calls.count == before + 1)
                try await cluster.send("GET", "\(Self.maps)/deny").expect(404)
            }
        }
    }

    @Test("a service sees the selectors of lists")
    func selectors() async throws {
        try await Self.service { service in
            let webhook = AuthorizationWebhook(name: "w", kubeconfig: try service.kubeconfig())
            try await Self.run("Webhook", webhook: webhook) { cluster in
                let query = "?labelSelector=a%20in%20(b,c),!d&fieldSelector=metadata.namespace%3Ddefault"
                try await cluster.send("GET", Self.maps + query, as: Self.jane).expect(403)
                let resource = try #require(service.calls.first).body.at("spec.resourceAttributes")
                #expect(
                    resource.at("labelSelector.requirements") == [
                        ["key": "a", "operator": "In", "values": ["b", "c"]], ["key": "d", "operator": "DoesNotExist"],
                    ])
                #expect(
                    resource.at("fieldSelector.requirements") == [
                        ["key": "metadata.namespace", "operator": "In", "values": ["default"]]
                    ])
            }
        }
    }

    @Test("a service is asked only about what its conditions want, and its silence may refuse or not")
    func conditions() async throws {
        try await Self.service { service in
            let config = String(decoding: service.kubeconfigBytes(), as: UTF8.self)
            @Sendable func configuration(_ policy: String, _ conditions: String) throws -> AuthorizationConfiguration {
                let text = """
                    apiVersion: apiserver.config.k8s.io/v1
                    kind: AuthorizationConfiguration
                    authorizers:
                    - type: Webhook
                      name: first
                      webhook:
                        timeout: 3s
                        subjectAccessReviewVersion: v1
                        matchConditionSubjectAccessReviewVersion: v1
                        failurePolicy: \(policy)
                        connectionInfo: {type: KubeConfigFile, kubeConfigFile: /etc/webhook}
                        matchConditions: [\(conditions)]
                    - {type: RBAC, name: rbac}
                    """
                return try AuthorizationConfiguration(parsing: Array(text.utf8)) { path in
                    #expect(path == "/etc/webhook")
                    return Array(config.utf8)
                }
            }
            let only = #"{expression: "has(request.resourceAttributes) && request.resourceAttributes.name == 'allow'"}"#
            let first = try configuration("Deny", only)
            try await TestCluster.run(adjust: { $0.authorization = first }) { cluster in
                func ask(_ name: String) async throws -> Answer {
                    try await cluster.send("GET", "\(Self.maps)/\(name)", as: Self.jane)
                }
                try await ask("allow").expect(404)
                try await ask("allowed").expect(403)
                try await cluster.send("GET", "/healthz", as: Self.jane).expect(200)
                #expect(service.calls.count == 1)
                let failing = #"{expression: "request.extra['a'][0] == 'b'"}"#
                try cluster.plane.identity.replace(configuration("Deny", failing))
                try await ask("allow").expect(500, "InternalError", "resulted in error")
                try cluster.plane.identity.replace(configuration("NoOpinion", failing))
                try await cluster.send("GET", "/healthz", as: Self.jane).expect(200)
                try cluster.plane.identity.replace(configuration("Deny", ""))
                try await ask("fail").expect(500)
            }
        }
    }

    @Test(
        "mistakes in a configuration are told with their place",
        arguments: [
            ("authorizers: []", "authorizers: Required value: at least one authorization mode must be defined"),
            ("authorizers: [{name: a}]", "authorizers[0].type: Required value"),
            ("authorizers: [{type: ABAC, name: a}]", "authorizers[0].type: Unsupported value"),
            ("authorizers: [{type: RBAC, name: a}, {type: RBAC, name: b}]", "authorizers[1].type: Duplicate value"),
            ("authorizers: [{type: RBAC}]", "authorizers[0].name: Required value"),
            ("authorizers: [{type: RBAC, name: a}, {type: Node, name: a}]", "authorizers[1].name: Duplicate value"),
            ("authorizers: [{type: RBAC, name: 'A B'}]", "authorizer name is invalid"),
            ("authorizers: [{type: RBAC, name: a, webhook: {}}]", "may only be specified when type=Webhook"),
            ("authorizers: [{type: Webhook, name: a}]", "required when type=Webhook"),
            ("authorizers: [{type: Webhook, name: a, webhook: {}}]", "authorizers[0].timeout: Required value"),
            ("authorizers: [{type: Webhook, name: a, webhook: {timeout: 31s}}]", "must be > 0s and <= 30s"),
            ("authorizers: [{type: Webhook, name: a, webhook: {failurePolicy: Open}}]", "Unsupported value: \"Open\""),
            ("authorizers: [{type: Webhook, name: a, webhook: {matchConditions: [{expression: 1x}]}}]", "compilation"),
            (
                "authorizers: [{type: Webhook, name: a, webhook: {connectionInfo: {type: KubeConfigFile, "
                    + "kubeConfigFile: x}}}]", "must be an absolute path"
            ), ("authorizer: []", #"unknown field "authorizer""#),
        ])
    func mistakes(members: String, part: String) {
        let text = "apiVersion: apiserver.config.k8s.io/v1\nkind: AuthorizationConfiguration\n\(members)"
        let failure = #expect(throws: ConfigurationDocument.Failure.self) {
            try AuthorizationConfiguration(parsing: Array(text.utf8)) { _ in throw Unexpected("no file") }
        }
        #expect(failure?.description.contains(part) == true, "\(failure?.description ?? "")")
    }
}

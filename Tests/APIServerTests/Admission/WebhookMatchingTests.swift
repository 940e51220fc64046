import APIServer
import Machinery
import Testing

@Suite("Matching of webhooks", .timeLimit(.minutes(1)))
struct WebhookMatchingTests {
    /// Creates objects under a webhook that refuses all it sees, and tells which were refused.
    private func refused(_ hook: JSONObject, _ cases: [(String, String)]) async throws -> [Bool] {
        let results = Recorder<Bool>()
        try await HookServer.run { _, _ in
            .deny(nil)
        } _: { server in
            try await TestCluster.run { cluster in
                try await cluster.send(
                    "POST", Path.namespaces,
                    #"{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"dev","labels":{"env":"dev"}}}"#
                ).expect(201)
                var hook = hook
                hook["clientConfig"] = server.config()
                try await cluster.validate("m", hook)
                for (path, body) in cases {
                    results.add(try await cluster.send("POST", path, body).status == 400)
                }
            }
        }
        return results.all
    }

    @Test(
        "rules name operations, groups, versions, resources and scope",
        arguments: [
            (Hooks.rules(["configmaps"]), true), (Hooks.rules(["secrets"]), false), (Hooks.rules(["*"]), true),
            (Hooks.rules(["*/*"]), true), (Hooks.rules(["configmaps/*"]), true),
            (Hooks.rules(["configmaps/status"]), false), (Hooks.rules(["*"], groups: ["apps"]), false),
            (Hooks.rules(["*"], groups: ["*"]), true), (Hooks.rules(["*"], versions: ["v2"]), false),
            (Hooks.rules(["*"], versions: ["*"]), true), (Hooks.rules(["*"], operations: ["CREATE"]), true),
            (Hooks.rules(["*"], operations: ["UPDATE", "DELETE", "CONNECT"]), false),
            (Hooks.rules(["*"], scope: "Cluster"), false), (Hooks.rules(["*"], scope: "Namespaced"), true),
        ])
    func rules(rules: JSON, matches: Bool) async throws {
        let refused = try await refused(["rules": rules], [(Path.configMaps, Manifest.configMap("a"))])
        #expect(refused == [matches])
    }

    @Test("a Namespace is of cluster scope, although it is in itself")
    func namespaceScope() async throws {
        for (scope, matches) in [("Cluster", true), ("Namespaced", false), ("*", true)] {
            let refused = try await refused(
                ["rules": Hooks.rules(["namespaces"], scope: scope)], [(Path.namespaces, Manifest.namespace("x"))])
            #expect(refused == [matches], "\(scope)")
        }
    }

    @Test("a namespace selector looks at the namespace, of Namespaces at themselves")
    func namespaceSelector() async throws {
        let refused = try await refused(
            [
                "namespaceSelector": ["matchLabels": ["env": "dev"]],
                "rules": Hooks.rules(["configmaps", "namespaces", "nodes"]),
            ],
            [
                ("/api/v1/namespaces/dev/configmaps", Manifest.configMap("a")),
                (Path.configMaps, Manifest.configMap("a")),
                (
                    Path.namespaces,
                    #"{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"x","labels":{"env":"dev"}}}"#
                ), (Path.namespaces, Manifest.namespace("y")),
                ("/api/v1/nodes", #"{"apiVersion":"v1","kind":"Node","metadata":{"name":"n"}}"#),
            ])
        #expect(refused == [true, false, true, false, true])
    }

    @Test("an object selector looks at what was and what is to be")
    func objectSelector() async throws {
        try await HookServer.run { _, _ in
            .deny(nil)
        } _: { server in
            try await TestCluster.run { cluster in
                try await cluster.validate(
                    "m", ["clientConfig": server.config(), "objectSelector": ["matchLabels": ["a": "b"]]])
                try await cluster.send("POST", Path.configMaps, Manifest.configMap("x")).expect(201)
                try await cluster.send("POST", Path.configMaps, Manifest.configMap("y", labels: #"{"a":"b"}"#))
                    .expect(400)
                try await cluster.send("PUT", Path.configMaps + "/x", Manifest.configMap("x", labels: #"{"a":"b"}"#))
                    .expect(400)
                try await cluster.send("DELETE", Path.configMaps + "/x").expect(200)
            }
        }
    }

    @Test("match conditions pick requests; what cannot be decided is refused, or let be")
    func conditions() async throws {
        for (expression, policy, expected) in [
            ("object.metadata.name != 'skip-me'", "Fail", 400), ("object.metadata.name == 'x'", "Fail", 201),
            ("request.userInfo.username == 'admin' && !request.dryRun", "Fail", 400),
            ("authorizer.requestResource.check('delete').allowed()", "Fail", 400),
            ("authorizer.group('').resource('pods').check('frob').errored()", "Fail", 201),
            ("object.none == 1", "Fail", 403), ("object.none == 1", "Ignore", 201),
            ("namespaceObject.metadata.name == 'none'", "Ignore", 201),
        ] {
            try await HookServer.run { _, _ in
                .deny(nil)
            } _: { server in
                try await TestCluster.run { cluster in
                    try await cluster.validate(
                        "m",
                        [
                            "clientConfig": server.config(), "failurePolicy": .string(policy),
                            "matchConditions": [["name": "c", "expression": .string(expression)]],
                        ])
                    let answer = try await cluster.send("POST", Path.configMaps, Manifest.configMap("a"))
                    answer.expect(expected)
                    if expected == 403 {
                        #expect(
                            answer.message
                                == #"configmaps "a" is forbidden: expression 'object.none == 1' resulted in error: "#
                                + "no such key: none")
                    }
                }
            }
        }
    }

    @Test("expressions that do not compile are not stored")
    func wrongConditions() async throws {
        try await TestCluster.run { cluster in
            let hook: JSONObject = [
                "clientConfig": ["url": "https://localhost/"],
                "matchConditions": [["name": "c", "expression": "... [] bad expression"]],
            ]
            for (path, kind) in [
                (Hooks.validating, "ValidatingWebhookConfiguration"), (Hooks.mutating, "MutatingWebhookConfiguration"),
            ] {
                try await cluster.send("POST", path, Hooks.configuration(kind, "bad", [hook])).expect(
                    422, "Invalid", "compilation failed")
            }
        }
    }

    @Test("a rule for another version of a resource gets the request in that version, unless it wants exactly its own")
    func equivalent() async throws {
        let rules = Hooks.rules(["horizontalpodautoscalers"], groups: ["autoscaling"], versions: ["v1"])
        let body =
            #"{"apiVersion":"autoscaling/v2","kind":"HorizontalPodAutoscaler","metadata":{"name":"h"},"spec":{"#
            + #""maxReplicas":3,"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"d"},"#
            + #""metrics":[{"type":"Resource","resource":{"name":"cpu","target":{"type":"Utilization","#
            + #""averageUtilization":50}}}]}}"#
        let path = "/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers"
        try await HookServer.run { _, _ in
            .allow
        } _: { server in
            try await TestCluster.run { cluster in
                try await cluster.validate("e", ["clientConfig": server.config(), "rules": rules])
                try await cluster.send("POST", path, body).expect(201)
                let request = try #require(server.requests.last)
                #expect(request.at("resource.version") == "v1")
                #expect(request.at("kind.version") == "v1")
                #expect(request.at("requestKind.version") == "v2")
                #expect(request.at("object.apiVersion") == "autoscaling/v1")
                #expect(request.at("object.spec.targetCPUUtilizationPercentage") == 50)
                try await cluster.send("DELETE", Hooks.validating + "/e").expect(200)
                try await cluster.validate(
                    "e", ["clientConfig": server.config(), "rules": rules, "matchPolicy": "Exact"])
                try await cluster.send("DELETE", path + "/h").expect(200)
                #expect(server.requests.count == 1)
            }
        }
    }
}

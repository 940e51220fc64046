import APIServer
import Machinery
import Testing

@Suite("Mutating admission policies", .timeLimit(.minutes(1)))
struct MutatingPolicyTests {
    private static let deployments: JSON = [
        "resourceRules": Hooks.rules(["deployments"], groups: ["apps"], operations: ["CREATE"])
    ]

    private static func apply(_ expression: String) -> JSON {
        [["patchType": "ApplyConfiguration", "applyConfiguration": ["expression": .string(expression)]]]
    }

    private static func patch(_ expression: String) -> JSON {
        [["patchType": "JSONPatch", "jsonPatch": ["expression": .string(expression)]]]
    }

    @Test("a part of an object is merged into it, and its lists by their keys")
    func apply() async throws {
        try await TestCluster.run { cluster in
            try await cluster.mutation(
                "p",
                [
                    "matchConstraints": Self.deployments,
                    "mutations": Self.apply(
                        "Object{metadata: Object.metadata{annotations: {'mutated-by': 'policy'}}, "
                            + "spec: Object.spec{replicas: 1337, template: Object.spec.template{spec: "
                            + "Object.spec.template.spec{containers: [Object.spec.template.spec.containers{"
                            + "name: 'c', workingDir: '/w'}]}}}}"),
                ])
            let made = try await cluster.send("POST", Path.deployments, Manifest.deployment("d")).expect(201)
            #expect(made.json.at("spec.replicas") == 1337)
            #expect(made.json.at("metadata.annotations.mutated-by") == "policy")
            #expect(made.json.at("spec.template.spec.containers").arrayValue?.count == 1)
            #expect(made.json.at("spec.template.spec.containers.0.workingDir") == "/w")
            #expect(made.json.at("spec.template.spec.containers.0.image") == "nginx")
        }
    }

    @Test("a JSON patch is applied, unless a test in it fails")
    func patch() async throws {
        try await TestCluster.run { cluster in
            try await cluster.mutation(
                "p",
                [
                    "mutations": Self.patch(
                        "[JSONPatch{op: 'test', path: '/data/k', value: 'v'}, "
                            + "JSONPatch{op: 'add', path: '/metadata/labels', "
                            + "value: {'l': params == null ? 'n' : 'p'}}, "
                            + "JSONPatch{op: 'add', path: '/metadata/labels/' + jsonpatch.escapeKey('a/b'), value: 'x'}]"
                    ), "paramKind": ["apiVersion": "v1", "kind": "ConfigMap"],
                ])
            let made = try await cluster.send(
                "POST", Path.configMaps, Manifest.configMap("x", data: #"{"k":"v"}"#)
            ).expect(201)
            #expect(made.json.at("metadata.labels.l") == "n")
            #expect(made.json.at("metadata.labels").objectValue?["a/b"] == "x")
            let other = try await cluster.send(
                "POST", Path.configMaps, Manifest.configMap("y", data: #"{"k":"w"}"#)
            ).expect(201)
            #expect(other.json.at("data") == ["k": "w"])
        }
    }

    @Test("policies change objects before webhooks see them")
    func order() async throws {
        try await HookServer.run { _, _ in
            .patch([["op": "add", "path": "/data/hook", "value": "h"]])
        } _: { hook in
            try await TestCluster.run { cluster in
                try await cluster.mutate("m", ["clientConfig": hook.config()])
                try await cluster.mutation("p", ["mutations": Self.apply("Object{data: {'policy': 'p'}}")])
                let made = try await cluster.send("POST", Path.configMaps, Manifest.configMap("x")).expect(201)
                #expect(made.json.at("data") == ["k": "v", "policy": "p", "hook": "h"])
                #expect(hook.requests.first?.at("object.data.policy") == "p")
            }
        }
    }

    @Test("a policy that wants to runs again when a webhook changed the object")
    func reinvocation() async throws {
        let counting = "Object{data: {'size': string(object.data.size())}}"
        for (policy, size) in [("IfNeeded", "3"), ("Never", "1")] {
            try await HookServer.run { _, _ in
                .patch([["op": "add", "path": "/data/hook", "value": "h"]])
            } _: { hook in
                try await TestCluster.run { cluster in
                    try await cluster.mutate("m", ["clientConfig": hook.config()])
                    try await cluster.mutation(
                        "p", ["mutations": Self.apply(counting), "reinvocationPolicy": .string(policy)])
                    let made = try await cluster.send("POST", Path.configMaps, Manifest.configMap("x")).expect(201)
                    #expect(made.json.at("data.size") == .string(size))
                }
            }
        }
    }

    @Test(
        "a change that cannot be made is refused, or not made, by the failure policy",
        arguments: [
            ("Object{data: {'k': object.none}}", "resulted in error: no such key: none"),
            (
                "Object{nothing: 1}",
                "failed to convert patch object to typed object: .nothing: field not declared in schema"
            ),
            (
                "Object{metadata: Object.wrong{name: 'x'}}",
                #"type mismatch: unexpected type name "Object.wrong", expected "Object.metadata""#
            ),
            (
                "Object{metadata: Object.metadata{finalizers: ['a/b'], ownerReferences: []}, data: {'k': 'w'}}",
                ""
            ),
        ])
    func failures(expression: String, text: String) async throws {
        try await TestCluster.run { cluster in
            try await cluster.mutation("p", ["mutations": Self.apply(expression), "failurePolicy": "Fail"])
            let answer = try await cluster.send("POST", Path.configMaps, Manifest.configMap("x"))
            guard !text.isEmpty else {
                answer.expect(201)
                return
            }
            answer.expect(403, "Invalid", text)
            #expect(answer.message.hasPrefix("policy 'p' with binding 'p-binding' denied request: "))
            try await cluster.send(
                "PATCH", Policies.group + "/mutatingadmissionpolicies/p", #"{"spec":{"failurePolicy":"Ignore"}}"#,
                type: "application/merge-patch+json"
            ).expect(200)
            try await cluster.send("POST", Path.configMaps, Manifest.configMap("x")).expect(201)
        }
    }

    @Test("lists that can only be replaced as a whole are not")
    func atomic() async throws {
        try await TestCluster.run { cluster in
            try await cluster.mutation(
                "p",
                [
                    "matchConstraints": ["resourceRules": Hooks.rules(["pods"])],
                    "mutations": Self.apply("Object{spec: Object.spec{tolerations: [{'key': 'x'}]}}"),
                ])
            try await cluster.send("POST", Path.pods, Manifest.pod("p")).expect(
                403, "Invalid", "may not mutate atomic arrays, maps or structs: .spec.tolerations")
        }
    }

    @Test("what a policy makes of an object is validated like all else")
    func validated() async throws {
        try await TestCluster.run { cluster in
            try await cluster.mutation(
                "p",
                [
                    "matchConstraints": Self.deployments,
                    "mutations": Self.apply("Object{spec: Object.spec{replicas: -1}}"),
                ])
            try await cluster.send("POST", Path.deployments, Manifest.deployment("d")).expect(
                422, "Invalid", "spec.replicas")
        }
    }

    @Test("expressions of another kind than a change are not stored")
    func wrong() async throws {
        try await TestCluster.run { cluster in
            for mutation in [Self.apply("1"), Self.apply("{'a': 'b'}"), Self.patch("[1]"), Self.patch("JSONPatch{}")] {
                try await cluster.send(
                    "POST", Policies.group + "/mutatingadmissionpolicies",
                    Policies.policy("MutatingAdmissionPolicy", "p", ["mutations": mutation])
                ).expect(422, "Invalid", "must evaluate to")
            }
        }
    }
}

import APIServer
import Machinery
import Testing

@Suite("Validating webhooks", .timeLimit(.minutes(1)))
struct ValidatingWebhookTests {
    @Test("a webhook sees who asks for what, and its word is passed on")
    func denial() async throws {
        try await HookServer.run { _, request in
            request.at("object.data.bad") == "yes"
                ? .deny(["message": "no such thing", "code": 409, "reason": "Conflict"])
                : .response(["warnings": ["take care"], "auditAnnotations": ["seen": "yes"]])
        } _: { hook in
            try await TestCluster.run { cluster in
                try await cluster.validate("deny", ["clientConfig": hook.config("/check")])
                try await cluster.send("POST", Path.configMaps, Manifest.configMap("bad", data: #"{"bad":"yes"}"#))
                    .expect(409, "Conflict", #"admission webhook "h0.deny.test" denied the request: no such thing"#)
                try await cluster.send("GET", Path.configMaps + "/bad").expect(404)
                let good = try await cluster.send(
                    "POST", Path.configMaps + "?fieldManager=me&fieldValidation=Strict", Manifest.configMap("good"))
                #expect(good.expect(201).warnings.joined().contains("take care"))
                let request = try #require(hook.requests.last)
                #expect(hook.paths == ["/check", "/check"])
                #expect(request.at("operation") == "CREATE")
                #expect(request.at("name") == "good")
                #expect(request.at("namespace") == "default")
                #expect(request.at("kind") == ["group": "", "version": "v1", "kind": "ConfigMap"])
                #expect(request.at("resource") == ["group": "", "version": "v1", "resource": "configmaps"])
                #expect(request.at("requestKind") == request.at("kind"))
                #expect(request.at("object.kind") == "ConfigMap")
                #expect(request.at("object.metadata.uid") == .string(good.uid))
                #expect(request.at("oldObject") == .null)
                #expect(request.at("userInfo.username") == "admin")
                #expect(request.at("dryRun") == false)
                #expect(request.at("options.kind") == "CreateOptions")
                #expect(request.at("options.fieldManager") == "me")
            }
        }
    }

    @Test(
        "the words of a refusal are made from what the webhook gives",
        arguments: [
            (nil, 400, "without explanation"), (["reason": "Why"], 400, ": Why"),
            (["message": "text", "code": 200], 400, ": text"), (["message": "text", "code": 403], 403, ": text"),
        ] as [(JSONObject?, Int, String)])
    func words(status: JSONObject?, code: Int, text: String) async throws {
        try await HookServer.run { _, _ in
            .deny(status)
        } _: { hook in
            try await TestCluster.run { cluster in
                try await cluster.validate("deny", ["clientConfig": hook.config()])
                let answer = try await cluster.send("POST", Path.configMaps, Manifest.configMap("a")).expect(code)
                #expect(answer.message.hasPrefix(#"admission webhook "h0.deny.test" denied the request"#))
                #expect(answer.message.hasSuffix(text))
            }
        }
    }

    @Test("updates show both states, deletions the last one, and each can be refused")
    func operations() async throws {
        try await HookServer.run { _, request in
            request.at("operation") == "CREATE" ? .allow : .deny(["message": "frozen"])
        } _: { hook in
            try await TestCluster.run { cluster in
                try await cluster.validate("freeze", ["clientConfig": hook.config()])
                try await cluster.send("POST", Path.configMaps, Manifest.configMap("a")).expect(201)
                let path = Path.configMaps + "/a"
                try await cluster.send("PUT", path, Manifest.configMap("a", data: #"{"k":"w"}"#)).expect(400)
                try await cluster.send(
                    "PATCH", path, #"{"data":{"k":"x"}}"#, type: "application/merge-patch+json"
                ).expect(400)
                try await cluster.send("DELETE", path, #"{"gracePeriodSeconds":3}"#).expect(400)
                try await cluster.send("DELETE", Path.configMaps).expect(400)
                let kept = try await cluster.send("GET", path).expect(200)
                #expect(kept.json.at("data.k") == "v")
                let requests = hook.requests.dropFirst().prefix(3)
                #expect(requests.map { $0.at("operation") } == ["UPDATE", "UPDATE", "DELETE"])
                #expect(requests.map { $0.at("object.data.k") } == ["w", "x", .null])
                #expect(requests.map { $0.at("oldObject.data.k") } == ["v", "v", "v"])
                #expect(requests.map { $0.at("options.kind") } == ["UpdateOptions", "UpdateOptions", "DeleteOptions"])
                #expect(requests.last?.at("options.gracePeriodSeconds") == 3)
            }
        }
    }

    @Test("a webhook that cannot be reached refuses everything, or nothing")
    func failurePolicy() async throws {
        try await TestCluster.run { cluster in
            let nowhere: JSON = ["url": "https://127.0.0.1:1/check"]
            try await cluster.validate("closed", ["clientConfig": nowhere])
            try await cluster.send("POST", Path.configMaps, Manifest.configMap("a")).expect(
                500, "InternalError",
                #"Internal error occurred: failed calling webhook "h0.closed.test": failed to call webhook: "#
                    + #"Post "https://127.0.0.1:1/check?timeout=10s": dial tcp 127.0.0.1:1: "#
                    + "connect: connection refused"
            )
            try await cluster.send("DELETE", Hooks.validating + "/closed").expect(200)
            try await cluster.validate("open", ["clientConfig": nowhere, "failurePolicy": "Ignore"])
            try await cluster.send("POST", Path.configMaps, Manifest.configMap("a")).expect(201)
        }
    }

    @Test("a webhook that says nothing is waited for as long as it was given")
    func timeout() async throws {
        try await HookServer.run { _, _ in
            .silence
        } _: { hook in
            try await TestCluster.run { cluster in
                try await cluster.validate("slow", ["clientConfig": hook.config("/slow"), "timeoutSeconds": 1])
                let answer = try await cluster.send("POST", Path.configMaps, Manifest.configMap("a"))
                answer.expect(500, "InternalError", "failed to call webhook: Post \"https://127.0.0.1:")
                #expect(answer.message.hasSuffix("/slow?timeout=1s\": context deadline exceeded"))
            }
        }
    }

    @Test("a server nobody vouches for is not believed")
    func untrusted() async throws {
        try await HookServer.run { _, _ in
            .allow
        } _: { hook in
            try await TestCluster.run { cluster in
                try await cluster.validate("tls", ["clientConfig": ["url": hook.config("/")["url"] ?? .null]])
                try await cluster.send("POST", Path.configMaps, Manifest.configMap("a")).expect(
                    500, "InternalError", "tls: failed to verify certificate: x509: certificate signed by unknown")
            }
        }
    }

    @Test(
        "an answer that is none is a failed call",
        arguments: [
            (.raw(200, "no json"), "couldn't get version/kind; json parse error"),
            (.raw(200, "{}"), "received invalid webhook response: webhook response was absent"),
            (.raw(500, "broken"), "an error on the server (\"broken\") has prevented the request from succeeding"),
            (.raw(404, ""), "the server could not find the requested resource"),
            (.raw(302, ""), "the server responded with the status code 302"),
            (.response(["uid": "other"]), "expected response.uid="),
            (.response(["patchType": "JSONPatch"]), "validating webhook may not return response.patchType"),
            (.patch([]), "validating webhook may not return response.patch"),
        ] as [(HookServer.Reply, String)])
    func malformed(reply: HookServer.Reply, text: String) async throws {
        try await HookServer.run { _, _ in
            reply
        } _: { hook in
            try await TestCluster.run { cluster in
                try await cluster.validate("odd", ["clientConfig": hook.config()])
                try await cluster.send("POST", Path.configMaps, Manifest.configMap("a")).expect(
                    500, "InternalError", text)
            }
        }
    }

    @Test("configurations of admission are not subject to it")
    func exempt() async throws {
        try await HookServer.run { _, _ in
            .deny(nil)
        } _: { hook in
            try await TestCluster.run { cluster in
                let rules = Hooks.rules(["*"], groups: ["*"], versions: ["*"])
                try await cluster.validate("all", ["clientConfig": hook.config(), "rules": rules])
                try await cluster.mutate("all", ["clientConfig": hook.config(), "rules": rules])
                for path in [Hooks.validating, Hooks.mutating] {
                    try await cluster.send(
                        "PATCH", path + "/all", #"{"metadata":{"labels":{"a":"b"}}}"#,
                        type: "application/merge-patch+json"
                    ).expect(200)
                }
                try await cluster.send("POST", Path.configMaps, Manifest.configMap("a")).expect(400)
                try await cluster.send("DELETE", Hooks.validating + "/all").expect(200)
                try await cluster.send("DELETE", Hooks.mutating + "/all").expect(200)
                try await cluster.send("POST", Path.configMaps, Manifest.configMap("a")).expect(201)
            }
        }
    }

    @Test("a dry run calls only webhooks without side effects")
    func dryRun() async throws {
        try await HookServer.run { _, _ in
            .allow
        } _: { hook in
            try await TestCluster.run { cluster in
                // Only what was stored by an older server may have side effects.
                try await cluster.validate(
                    "dry", ["clientConfig": hook.config(), "sideEffects": "NoneOnDryRun"])
                try await cluster.send("POST", Path.configMaps + "?dryRun=All", Manifest.configMap("a")).expect(201)
                #expect(hook.requests.last?.at("dryRun") == true)
                #expect(hook.requests.last?.at("options.dryRun") == ["All"])
                try await cluster.send("GET", Path.configMaps + "/a").expect(404)
            }
        }
    }

    @Test("several webhooks are asked at once, and the first one's refusal counts")
    func several() async throws {
        try await HookServer.run { path, _ in
            path == "/c" ? .allow : .deny(["message": .string(path)])
        } _: { hook in
            try await TestCluster.run { cluster in
                try await cluster.validate(
                    "b", ["clientConfig": hook.config("/b0")], ["clientConfig": hook.config("/b1")])
                try await cluster.validate("c", ["clientConfig": hook.config("/c")])
                try await cluster.validate("a", ["clientConfig": hook.config("/a")])
                let answer = try await cluster.send("POST", Path.configMaps, Manifest.configMap("a")).expect(400)
                #expect(answer.message == #"admission webhook "h0.a.test" denied the request: /a"#)
                #expect(hook.paths.sorted() == ["/a", "/b0", "/b1", "/c"])
            }
        }
    }

    @Test("version v1beta1 of reviews is spoken where it comes first")
    func oldReviews() async throws {
        try await HookServer.run { _, _ in
            .response(["uid": "whatever"])
        } _: { hook in
            try await TestCluster.run { cluster in
                try await cluster.validate(
                    "old", ["clientConfig": hook.config(), "admissionReviewVersions": ["v9", "v1beta1", "v1"]])
                try await cluster.send("POST", Path.configMaps, Manifest.configMap("a")).expect(201)
                #expect(hook.reviews.last?.at("apiVersion") == "admission.k8s.io/v1beta1")
            }
        }
    }

    @Test("connections, subresources and evictions pass by webhooks as what they are")
    func subresources() async throws {
        try await HookServer.run { _, request in
            request.at("subResource") == "binding" ? .allow : .deny(["message": "not today"])
        } _: { hook in
            try await TestCluster.run { cluster in
                try await cluster.send("POST", Path.pods, Manifest.pod("p")).expect(201)
                try await cluster.send("POST", Path.deployments, Manifest.deployment("d")).expect(201)
                try await cluster.validate(
                    "parts",
                    ["clientConfig": hook.config(), "rules": Hooks.rules(["pods/*", "services/*"])],
                    [
                        "clientConfig": hook.config(),
                        "rules": Hooks.rules(["*/scale", "*/token"], groups: ["*"], versions: ["*"]),
                    ])
                let attach = try await cluster.send(
                    "POST", Path.pods + "/p/attach?container=c&stdin=true&stdout=true")
                attach.expect(400)
                #expect(attach.message.contains("not today"))
                var request = try #require(hook.requests.last)
                #expect(request.at("operation") == "CONNECT")
                #expect(request.at("kind.kind") == "PodAttachOptions")
                #expect(request.at("object.stdin") == true)
                #expect(request.at("object.container") == "c")
                #expect(request.at("options") == .null)
                try await cluster.send("GET", Path.pods + "/p/exec?command=ls&command=-l").expect(400)
                #expect(hook.requests.last?.at("object.command") == ["ls", "-l"])
                try await cluster.send(
                    "POST", Path.pods + "/p/eviction",
                    #"{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"p"}}"#
                ).expect(400)
                #expect(hook.requests.last?.at("kind.kind") == "Eviction")
                try await cluster.send(
                    "PATCH", Path.pods + "/p/status", #"{"status":{"message":"m"}}"#,
                    type: "application/merge-patch+json"
                ).expect(400)
                #expect(hook.requests.last?.at("subResource") == "status")
                try await cluster.send(
                    "PATCH", Path.deployments + "/d/scale", #"{"spec":{"replicas":5}}"#,
                    type: "application/merge-patch+json"
                ).expect(400)
                request = try #require(hook.requests.last)
                #expect(request.at("kind") == ["group": "autoscaling", "version": "v1", "kind": "Scale"])
                #expect(request.at("resource.resource") == "deployments")
                #expect(request.at("object.spec.replicas") == 5)
                #expect(request.at("oldObject.spec.replicas") == 1)
                try await cluster.send(
                    "POST", Path.pods + "/p/binding",
                    #"{"apiVersion":"v1","kind":"Binding","metadata":{"name":"p"},"target":{"name":"n"}}"#
                ).expect(201)
                request = try #require(hook.requests.last)
                #expect(request.at("kind.kind") == "Binding")
                #expect(request.at("object.target.name") == "n")
            }
        }
    }
}

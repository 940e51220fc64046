import APIServer
import Machinery
import Testing

@Suite("Mutating webhooks", .timeLimit(.minutes(1)))
struct MutatingWebhookTests {
    @Test("webhooks change objects one after the other, by the names of their configurations")
    func order() async throws {
        try await HookServer.run { path, request in
            let data = request.at("object.data").objectValue ?? JSONObject()
            return .patch([
                ["op": "add", "path": .string("/data/\(path.dropFirst())"), "value": .string("\(data.count)")]
            ])
        } _: { hook in
            try await TestCluster.run { cluster in
                try await cluster.mutate(
                    "b", ["clientConfig": hook.config("/b0")], ["clientConfig": hook.config("/b1")])
                try await cluster.mutate("a", ["clientConfig": hook.config("/a")])
                let made = try await cluster.send("POST", Path.configMaps, Manifest.configMap("x")).expect(201)
                #expect(made.json.at("data") == ["k": "v", "a": "1", "b0": "2", "b1": "3"])
                let stored = try await cluster.send("GET", Path.configMaps + "/x").expect(200)
                #expect(stored.json.at("data.b1") == "3")
            }
        }
    }

    @Test("what a webhook adds gets its defaults, loses what nobody knows, and is validated")
    func completed() async throws {
        try await HookServer.run { path, _ in
            switch path {
            case "/pod":
                .patch([
                    [
                        "op": "add", "path": "/spec/initContainers",
                        "value": [["name": "i", "image": "busybox", "resources": ["limits": ["cpu": "1000m"]]]],
                    ], ["op": "add", "path": "/spec/unknown", "value": 1],
                    ["op": "add", "path": "/status", "value": ["phase": "Running"]],
                ])
            default: .patch([["op": "add", "path": "/metadata/labels", "value": ["bad key!": "x"]]])
            }
        } _: { hook in
            try await TestCluster.run { cluster in
                try await cluster.mutate(
                    "m", ["clientConfig": hook.config("/pod"), "rules": Hooks.rules(["pods"])],
                    ["clientConfig": hook.config("/map")])
                let pod = try await cluster.send("POST", Path.pods, Manifest.pod("p")).expect(201)
                let container = pod.json.at("spec.initContainers.0")
                #expect(container.at("terminationMessagePolicy") == "File")
                #expect(container.at("imagePullPolicy") == "Always")
                #expect(container.at("resources.limits.cpu") == "1")
                // The built-in plugins had another look.
                #expect(container.at("volumeMounts.0.mountPath").stringValue?.contains("serviceaccount") == true)
                #expect(pod.json.at("spec.unknown") == .null)
                #expect(pod.json.at("status.phase") == "Pending")
                try await cluster.send("POST", Path.configMaps, Manifest.configMap("x")).expect(
                    422, "Invalid", "metadata.labels")
            }
        }
    }

    @Test("a webhook may change updates as well, and nothing in deletions")
    func updates() async throws {
        try await HookServer.run { _, request in
            request.at("operation") == "CREATE"
                ? .allow : .patch([["op": "add", "path": "/data/touched", "value": "yes"]])
        } _: { hook in
            try await TestCluster.run { cluster in
                try await cluster.mutate("m", ["clientConfig": hook.config()])
                try await cluster.send("POST", Path.configMaps, Manifest.configMap("x")).expect(201)
                let path = Path.configMaps + "/x"
                let put = try await cluster.send("PUT", path, Manifest.configMap("x", data: #"{"k":"w"}"#)).expect(200)
                #expect(put.json.at("data") == ["k": "w", "touched": "yes"])
                try await cluster.send("DELETE", path).expect(
                    500, "InternalError",
                    #"admission webhook "h0.m.test" attempted to modify the object, which is not supported for this"#)
            }
        }
    }

    @Test("a webhook that wants to is asked again when others changed the object after it")
    func reinvocation() async throws {
        try await HookServer.run { path, request in
            let stages = request.at("object.data").objectValue ?? JSONObject()
            switch path {
            // Counts the keys it sees: twice, when asked twice.
            case "/count": return .patch([["op": "add", "path": "/data/seen", "value": .string("\(stages.count)")]])
            default:
                return stages["late"] == nil
                    ? .patch([["op": "add", "path": "/data/late", "value": "x"]]) : .allow
            }
        } _: { hook in
            try await TestCluster.run { cluster in
                try await cluster.mutate(
                    "m", ["clientConfig": hook.config("/count"), "reinvocationPolicy": "IfNeeded"],
                    ["clientConfig": hook.config("/late"), "reinvocationPolicy": "Never"])
                let made = try await cluster.send("POST", Path.configMaps, Manifest.configMap("x")).expect(201)
                #expect(hook.paths == ["/count", "/late", "/count"])
                #expect(made.json.at("data.seen") == "3")
            }
        }
    }

    @Test("nobody is asked again who is the only one to change anything")
    func alone() async throws {
        try await HookServer.run { _, _ in
            .patch([["op": "add", "path": "/data/a", "value": "b"]])
        } _: { hook in
            try await TestCluster.run { cluster in
                try await cluster.mutate("m", ["clientConfig": hook.config(), "reinvocationPolicy": "IfNeeded"])
                try await cluster.send("POST", Path.configMaps, Manifest.configMap("x")).expect(201)
                #expect(hook.paths.count == 1)
            }
        }
    }

    @Test(
        "a patch that cannot be read is a failed call, one that does not apply an error",
        arguments: [
            (
                .response(["patchType": "JSONPatch", "patch": "e30="]), "Ignore", 201,
                "received undecodable patch in webhook response"
            ),
            (
                .response(["patchType": "JSONPatch", "patch": "e30="]), "Fail", 500,
                "received undecodable patch in webhook response"
            ),
            (.response(["patch": "W10="]), "Fail", 500, "webhook returned response.patch but not response.patchType"),
            (
                .response(["patchType": "JSONPatch"]), "Fail", 500,
                "webhook returned response.patchType but not response.patch"
            ),
            (.patch([["op": "remove", "path": "/data/none"]]), "Ignore", 500, "Internal error occurred"),
            (.patch([]), "Fail", 201, ""),
        ] as [(HookServer.Reply, String, Int, String)])
    func patches(reply: HookServer.Reply, policy: String, code: Int, text: String) async throws {
        try await HookServer.run { _, _ in
            reply
        } _: { hook in
            try await TestCluster.run { cluster in
                try await cluster.mutate("m", ["clientConfig": hook.config(), "failurePolicy": .string(policy)])
                let answer = try await cluster.send("POST", Path.configMaps, Manifest.configMap("x")).expect(code)
                #expect(code == 201 || answer.message.contains(text), "\(answer.message)")
            }
        }
    }

    @Test("a change made in another version arrives in the stored one")
    func otherVersion() async throws {
        let path = "/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers"
        let body =
            #"{"apiVersion":"autoscaling/v2","kind":"HorizontalPodAutoscaler","metadata":{"name":"h"},"spec":{"#
            + #""maxReplicas":3,"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"d"}}}"#
        try await HookServer.run { _, _ in
            .patch([["op": "add", "path": "/spec/targetCPUUtilizationPercentage", "value": 42]])
        } _: { hook in
            try await TestCluster.run { cluster in
                try await cluster.mutate(
                    "m",
                    [
                        "clientConfig": hook.config(),
                        "rules": Hooks.rules(
                            ["horizontalpodautoscalers"], groups: ["autoscaling"], versions: ["v1"]),
                    ])
                let made = try await cluster.send("POST", path, body).expect(201)
                #expect(made.json.at("spec.metrics.0.resource.target.averageUtilization") == 42)
            }
        }
    }
}

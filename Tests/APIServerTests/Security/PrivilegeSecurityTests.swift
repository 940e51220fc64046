import APIServer
import HTTPCore
import KubeAPI
import Machinery
import Testing

/// Ways around what somebody may do.
@Suite("Privileges", .timeLimit(.minutes(2)))
struct PrivilegeSecurityTests {
    private static let kinds: [(path: String, body: String, spec: [(path: String, value: JSON)])] = [
        (
            Path.pods, Manifest.pod("x"),
            [
                ("spec.containers.0.image", "evil"), ("spec.nodeName", "n1"),
                ("spec.tolerations", [["operator": "Exists"]]),
            ]
        ),
        (Path.deployments, Manifest.deployment("x"), [("spec.replicas", 9), ("spec.paused", true)]),
        (Path.services, Manifest.service("x"), [("spec.externalIPs", ["192.0.2.7"])]),
        (
            "/api/v1/nodes", #"{"metadata":{"name":"x"}}"#,
            [("spec.unschedulable", true), ("spec.taints", [["key": "a", "effect": "NoSchedule"]])]
        ),
        (
            "/api/v1/namespaces/default/persistentvolumeclaims",
            #"{"metadata":{"name":"x"},"spec":{"accessModes":["ReadWriteOnce"],"#
                + #""resources":{"requests":{"storage":"1Gi"}}}}"#,
            [("spec.volumeName", "pv")]
        ),
        (
            "/apis/networking.k8s.io/v1/namespaces/default/ingresses",
            #"{"metadata":{"name":"x"},"spec":{"defaultBackend":{"service":{"name":"s","port":{"number":80}}}}}"#,
            [("spec.ingressClassName", "other")]
        ),
        (
            "/apis/batch/v1/namespaces/default/jobs",
            #"{"metadata":{"name":"x"},"spec":{"template":{"spec":{"restartPolicy":"Never","#
                + #""containers":[{"name":"c","image":"i"}]}}}}"#,
            [("spec.parallelism", 50), ("spec.suspend", true)]
        ),
        (
            "/apis/flowcontrol.apiserver.k8s.io/v1/prioritylevelconfigurations",
            #"{"metadata":{"name":"x"},"spec":{"type":"Limited","limited":{"limitResponse":{"type":"Reject"}}}}"#,
            [("spec.limited.nominalConcurrencyShares", 1000)]
        ),
    ]

    @Test("who may write a status changes nothing else with it, by PUT or any patch", arguments: kinds.indices)
    func statusOnly(_ index: Int) async throws {
        let (path, body, changes) = Self.kinds[index]
        try await TestCluster.run { cluster in
            let created = try await cluster.send("POST", path, body).expect(201)
            let target = "\(path)/\(created.name)"
            var smuggled = created.json
            for change in changes { smuggled = smuggled.setting(change.path, change.value) }
            func check(_ how: String) async throws {
                let now = try await cluster.send("GET", target).expect(200)
                #expect(now.json["spec"] == created.json["spec"], "\(how) changed the spec")
            }
            let whole = smuggled.setting("metadata.resourceVersion", nil).setting("metadata.managedFields", nil)
            _ = try await cluster.send("PUT", target + "/status", whole.description)
            try await check("PUT")
            let patch: JSON = ["spec": smuggled["spec"] ?? .null]
            for type in ["merge-patch+json", "strategic-merge-patch+json"] {
                _ = try await cluster.send(
                    "PATCH", target + "/status", patch.description, type: "application/\(type)")
                try await check(type)
            }
            let operations: [JSON] = changes.compactMap { change in
                let pointer = "/" + change.path.split(separator: ".").joined(separator: "/")
                return ["op": "add", "path": .string(pointer), "value": change.value]
            }
            _ = try await cluster.send(
                "PATCH", target + "/status", JSON.array(operations).description, type: "application/json-patch+json")
            try await check("JSON patch")
            var applied = patch
            for name in ["apiVersion", "kind"] { applied = applied.setting(name, created.json[name]) }
            applied = applied.setting("metadata.name", .string(created.name))
            _ = try await cluster.send(
                "PATCH", target + "/status?fieldManager=evil&force=true", applied.description,
                type: "application/apply-patch+yaml")
            try await check("apply")
        }
    }

    @Test("a node gets no secret of another node's pods, by no verb that would show it")
    func nodeSecrets() async throws {
        try await TestCluster.run { cluster in
            let secrets = "/api/v1/namespaces/default/secrets"
            for name in ["one", "two"] {
                try await cluster.send(
                    "POST", secrets, #"{"metadata":{"name":"\#(name)"},"stringData":{"k":"hidden"}}"#
                ).expect(201)
                let spec =
                    #","nodeName":"n-\#(name)","volumes":[{"name":"v","secret":{"secretName":"\#(name)"}}]"#
                try await cluster.send("POST", Path.pods, Manifest.pod(name, spec: spec)).expect(201)
            }
            let node = NodeAuthorizerTests.node("n-one")
            try await cluster.send("GET", secrets + "/one", as: node).expect(200)
            for target in [
                "/two", "", "?watch=true", "?fieldSelector=metadata.name=two",
                "?watch=true&fieldSelector=metadata.name=two", "?fieldSelector=metadata.name=one,metadata.name=two",
            ] {
                let answer = try await cluster.send("GET", secrets + target, as: node).expect(403, "Forbidden")
                #expect(!answer.text.contains("aGlkZGVu"))
            }
            for (method, target, body) in [
                ("PUT", "/two", #"{"metadata":{"name":"two"}}"#), ("PATCH", "/two", "{}"), ("DELETE", "/two", ""),
                ("DELETE", "", ""), ("POST", "", #"{"metadata":{"name":"three"}}"#),
            ] {
                try await cluster.send(
                    method, secrets + target, body, type: method == "PATCH" ? PatchTests.merge : "application/json",
                    as: node
                ).expect(403, "Forbidden")
            }
            // Nor by a pod of its own that would refer to it.
            let grab = Manifest.pod(
                "grab", spec: #","nodeName":"n-one","volumes":[{"name":"v","secret":{"secretName":"two"}}]"#)
            try await cluster.send("POST", Path.pods, grab, as: node).expect(403, "Forbidden")
            try await cluster.send("GET", secrets + "/two", as: node).expect(403, "Forbidden")
        }
    }

    @Test("what is refused does not repeat tokens or the contents of secrets")
    func leaks() async throws {
        try await TestCluster.run(.socket) { cluster in
            let secrets = "/api/v1/namespaces/default/secrets"
            let hidden = "Hidden-0-Text"
            let token = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJoaWRkZW4ifQ.\(hidden)"
            let answers = [
                try await cluster.raw("GET", Path.pods, headers: ["authorization": "Bearer \(token)"]),
                try await cluster.raw("GET", Path.pods, headers: ["authorization": "Bearer \(hidden)"]),
                try await cluster.raw("GET", Path.pods, headers: ["authorization": "Basic \(hidden)"]),
                // No base64, which the field is.
                try await cluster.send("POST", secrets, #"{"metadata":{"name":"s"},"data":{"k":"\#(hidden)!"}}"#),
                try await cluster.send("POST", secrets, #"{"metadata":{"name":"s"},"data":{"k":"\#(hidden)"#),
                try await cluster.send("POST", secrets, #"{"metadata":{"name":"s"},"data":["\#(hidden)"]}"#),
                try await cluster.send("POST", secrets, #"{"metadata":{"name":"s"},"stringData":{"..":"\#(hidden)"}}"#),
            ]
            for (index, answer) in answers.enumerated() {
                #expect((400..<500).contains(answer.status), "\(index): \(answer.text.prefix(300))")
                #expect(!answer.text.contains(hidden), "\(index): \(answer.text.prefix(300))")
                #expect(!answer.text.contains(base64(Array(hidden.utf8))), "\(index): \(answer.text.prefix(300))")
            }
            let fixed = #"{"metadata":{"name":"s"},"immutable":true,"stringData":{"k":"\#(hidden)"}}"#
            try await cluster.send("POST", secrets, fixed).expect(201)
            let changes: [(body: String, type: String)] = [
                (#"{"stringData":{"k":"other"}}"#, PatchTests.merge),
                (#"[{"op":"test","path":"/data/k","value":"wrong"}]"#, "application/json-patch+json"),
                (#"[{"op":"add","path":"/data/k/x","value":"wrong"}]"#, "application/json-patch+json"),
            ]
            for change in changes {
                let answer = try await cluster.send("PATCH", secrets + "/s", change.body, type: change.type)
                #expect((400..<500).contains(answer.status), "\(answer.text.prefix(300))")
                #expect(!answer.text.contains(base64(Array(hidden.utf8))), "\(answer.text.prefix(300))")
            }
        }
    }
}

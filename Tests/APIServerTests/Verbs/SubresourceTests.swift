import KubeAPI
import Machinery
import Testing

@Suite("Subresources", .timeLimit(.minutes(1)))
struct SubresourceTests {
    @Test("status is written by its own path only", arguments: Route.allCases)
    func status(route: Route) async throws {
        try await TestCluster.run(route) { cluster in
            try await cluster.send("POST", Path.deployments, Manifest.deployment("d")).expect(201)
            let path = Path.deployments + "/d"
            let main = try await cluster.send("PATCH", path, #"{"status":{"replicas":3}}"#, type: PatchTests.merge)
                .expect(200)
            #expect(main.json.at("status.replicas") == .null)
            let status = try await cluster.send(
                "PATCH", path + "/status", #"{"spec":{"replicas":9},"status":{"replicas":3}}"#, type: PatchTests.merge)
            status.expect(200)
            #expect(status.json.at("status.replicas").intValue == 3)
            #expect(status.json.at("spec.replicas").intValue == 1)
            #expect(status.json.at("metadata.generation").intValue == 1)
        }
    }

    @Test(
        "a status update changes of the metadata what its kind lets it: pods' labels, not owners; no label of deployments"
    )
    func statusMetadata() async throws {
        try await TestCluster.run { cluster in
            let change = #"""
                {"metadata":{"labels":{"new":"yes"},"annotations":{"seen":"yes"},
                 "ownerReferences":[{"apiVersion":"v1","kind":"Node","name":"n","uid":"u"}]},
                 "spec":{"nodeName":"n"},"status":{"reason":"r"}}
                """#
            try await cluster.send("POST", Path.pods, Manifest.pod("p")).expect(201)
            let pod = try await cluster.send("PATCH", Path.pods + "/p/status", change, type: PatchTests.merge)
            pod.expect(200)
            #expect(pod.json.at("metadata.labels.new").stringValue == "yes")
            #expect(pod.json.at("metadata.annotations.seen").stringValue == "yes")
            #expect(pod.json.at("metadata.ownerReferences") == .null)
            #expect(pod.json.at("spec.nodeName") == .null)
            #expect(pod.json.at("status.reason").stringValue == "r")

            try await cluster.send("POST", Path.deployments, Manifest.deployment("d")).expect(201)
            let both = #"{"metadata":{"labels":{"new":"yes"},"annotations":{"seen":"yes"}},"status":{"replicas":3}}"#
            let deployment = try await cluster.send(
                "PATCH", Path.deployments + "/d/status", both, type: PatchTests.merge)
            deployment.expect(200)
            #expect(deployment.json.at("metadata.labels.new") == .null)
            #expect(deployment.json.at("metadata.annotations.seen").stringValue == "yes")

            let wrong = #"{"metadata":{"labels":{"a b":"c"}}}"#
            try await cluster.send("PATCH", Path.pods + "/p/status", wrong, type: PatchTests.merge)
                .expect(422, "Invalid")
        }
    }

    @Test("scale reads and writes the replica count")
    func scale() async throws {
        try await TestCluster.run { cluster in
            try await cluster.send("POST", Path.deployments, Manifest.deployment("d")).expect(201)
            let path = Path.deployments + "/d/scale"
            let read = try await cluster.send("GET", path).expect(200)
            #expect(read.json.at("kind").stringValue == "Scale")
            #expect(read.json.at("status.selector").stringValue == "app=d")
            let stale = #"{"metadata":{"name":"d","resourceVersion":"1"},"spec":{"replicas":5}}"#
            try await cluster.send("PUT", path, stale).expect(409, "Conflict")
            try await cluster.send("PUT", path, #"{"metadata":{"name":"d"},"spec":{"replicas":5}}"#).expect(200)
            try await cluster.send("PATCH", path, #"{"spec":{"replicas":6}}"#, type: PatchTests.merge).expect(200)
            try await cluster.send("PATCH", path, #"{"spec":{"replicas":-6}}"#, type: PatchTests.merge).expect(
                422, "Invalid")
            let deployment = try await cluster.send("GET", Path.deployments + "/d")
            #expect(deployment.json.at("spec.replicas").intValue == 6)
            #expect(deployment.json.at("metadata.generation").intValue == 3)
        }
    }

    @Test("a pod is bound once")
    func binding() async throws {
        try await TestCluster.run { cluster in
            let pod = try await cluster.send("POST", Path.pods, Manifest.pod("p")).expect(201)
            let path = Path.pods + "/p/binding"
            try await cluster.send("POST", path, "{}").expect(422, "Invalid", "target.name: Required value")
            try await cluster.send("POST", path, #"{"metadata":{"uid":"x"},"target":{"name":"n"}}"#).expect(
                409, "Conflict")
            try await cluster.send(
                "POST", path, #"{"metadata":{"uid":"\#(pod.uid)"},"target":{"kind":"Node","name":"n"}}"#
            )
            .expect(201)
            let bound = try await cluster.send("GET", Path.pods + "/p")
            #expect(bound.json.at("spec.nodeName").stringValue == "n")
            #expect(bound.json.at("status.conditions.0.type").stringValue == "PodScheduled")
            try await cluster.send("POST", path, #"{"target":{"name":"m"}}"#)
                .expect(409, "Conflict", #"pod p is already assigned to node "n""#)
        }
    }

    @Test("an eviction deletes, and only the pod it names")
    func eviction() async throws {
        try await TestCluster.run { cluster in
            try await cluster.send("POST", Path.pods, Manifest.pod("p")).expect(201)
            let path = Path.pods + "/p/eviction"
            try await cluster.send("POST", path, #"{"metadata":{"name":"q"}}"#).expect(400, "BadRequest")
            try await cluster.send("POST", path, #"{"metadata":{"name":"p"},"deleteOptions":{"dryRun":["All"]}}"#)
                .expect(201)
            try await cluster.send("GET", Path.pods + "/p").expect(200)
            try await cluster.send("POST", path, #"{"metadata":{"name":"p"}}"#).expect(201)
            try await cluster.send("GET", Path.pods + "/p").expect(404)
        }
    }

    @Test("ephemeral containers are added, never taken away")
    func ephemeral() async throws {
        try await TestCluster.run { cluster in
            try await cluster.send("POST", Path.pods, Manifest.pod("p")).expect(201)
            let path = Path.pods + "/p/ephemeralcontainers"
            let add = #"{"spec":{"ephemeralContainers":[{"name":"e","image":"busybox"}]}}"#
            let added = try await cluster.send("PATCH", path, add, type: PatchTests.strategic).expect(200)
            #expect(added.json.at("spec.ephemeralContainers.0.name").stringValue == "e")
            try await cluster.send("PATCH", path, #"{"spec":{"ephemeralContainers":null}}"#, type: PatchTests.merge)
                .expect(422, "Invalid", "may not be changed or removed")
        }
    }

    @Test("a node that names no real port cannot be reached, and harms nobody")
    func ports() async throws {
        try await TestCluster.run { cluster in
            try await cluster.send("POST", "/api/v1/nodes", #"{"metadata":{"name":"n"}}"#).expect(201)
            let status =
                #"{"status":{"addresses":[{"type":"InternalIP","address":"127.0.0.1"}],"#
                + #""daemonEndpoints":{"kubeletEndpoint":{"Port":-70000}}}}"#
            let patched = try await cluster.send("PATCH", "/api/v1/nodes/n/status", status, type: PatchTests.merge)
            #expect([200, 422].contains(patched.status))
            try await cluster.send("POST", Path.pods, Manifest.pod("p", spec: #","nodeName":"n""#)).expect(201)
            let answer = try await cluster.send("GET", Path.pods + "/p/log")
            #expect(answer.status >= 400)
        }
    }

    @Test("a namespace goes when it was finalized")
    func finalize() async throws {
        try await TestCluster.run { cluster in
            try await cluster.send("POST", Path.namespaces, Manifest.namespace("n")).expect(201)
            let pending = try await cluster.send("DELETE", Path.namespaces + "/n").expect(200)
            #expect(pending.json.at("status.phase").stringValue == "Terminating")
            try await cluster.send(
                "PUT", Path.namespaces + "/n/finalize", #"{"metadata":{"name":"n"},"spec":{"finalizers":[]}}"#
            )
            .expect(200)
            try await cluster.send("GET", Path.namespaces + "/n").expect(404)
        }
    }
}

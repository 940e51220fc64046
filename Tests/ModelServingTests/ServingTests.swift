import ClientTestSupport
import Inference
import KubeAPI
import Machinery
import ModelServing
import Testing

@Suite("ModelServices")
struct ServingTests {
    @Test("A ModelService becomes a Deployment, a Service, a budget, a pool and a route, all of them its own")
    func objects() async throws {
        try await ServingCluster().run { cluster in
            let service = cluster.server.seed(ModelService.chat("v1"))
            try await cluster.until("served") { cluster.service()?.status.currentVersion == "v1" }
            let deployment = try #require(cluster.deployment(of: "v1"))
            #expect(deployment.controllerOwner?.uid == service.uid)
            let pod = deployment.spec.template
            #expect(pod.metadata.labels[InferenceNames.serviceLabel] == "chat")
            #expect(pod.metadata.labels[InferenceNames.teamLabel] == "words")
            #expect(pod.json["spec"]?["volumes"]?.arrayValue?.first?["image"]?["reference"] == "models/tiny:v1")
            let container = try #require(pod.spec.containers.first)
            #expect(container.json["resources"]?["limits"]?["nvidia.com/gpu"] == "1")
            #expect(container.json["resources"]?["requests"]?["nvidia.com/gpu"] == "1")
            #expect(container.json["volumeMounts"]?.arrayValue?.first?["mountPath"] == "/model")
            #expect(container.readinessProbe?.json["tcpSocket"]?["port"] == 8000)
            let names = container.env.map(\.name)
            #expect(names == ["MODEL_NAME", "MODEL_VERSION", "MODEL_PATH"])

            let name = deployment.name
            let pool = try #require(cluster.server.get(ServedPool.self, name, namespace: "shop"))
            #expect(pool.labels[InferenceNames.versionLabel] == "v1")
            #expect(pool.json["spec"]?["selector"]?["matchLabels"] == deployment.spec.selector.json["matchLabels"])
            #expect(cluster.server.get(Service.self, name, namespace: "shop")?.controllerOwner?.name == "chat")
            let budget = cluster.server.get(PodDisruptionBudget.self, name, namespace: "shop")
            #expect(budget?.spec.maxUnavailable == .int(1))
            let route = try #require(cluster.server.get(ServedRoute.self, "chat", namespace: "shop"))
            let match = route.json["spec"]?["rules"]?.arrayValue?.first?["matches"]?.arrayValue?.first
            #expect(match?["headers"]?.arrayValue?.first?["value"] == "tiny")
            #expect(cluster.weights == [name: 100])

            let status = try #require(cluster.service()?.status)
            #expect(status.condition("Ready")?.status == "True")
            #expect(status.modelName == "tiny")
            #expect(status.url == "http://gateway/v1")
            #expect(status.history.map(\.outcome) == [.promoted])
        }
    }

    @Test("Nothing is written when there is nothing to do")
    func quiet() async throws {
        try await ServingCluster().run { cluster in
            cluster.server.seed(ModelService.chat("v1"))
            try await cluster.until("served") {
                let status = cluster.service()?.status
                return status?.currentVersion == "v1" && status?.readyReplicas == 1
            }
            _ = await cluster.server.until(.milliseconds(200)) { _ in false }
            let revision = cluster.server.revision
            for _ in 0..<20 { cluster.time.advance(by: .seconds(10)) }
            _ = await cluster.server.until(.milliseconds(200)) { _ in false }
            #expect(cluster.server.revision == revision)
        }
    }

    @Test("What somebody else changed about a version's objects is put right")
    func drift() async throws {
        try await ServingCluster().run { cluster in
            cluster.server.seed(ModelService.chat("v1"))
            try await cluster.until("served") { cluster.service()?.status.currentVersion == "v1" }
            let name = try #require(cluster.pool(of: "v1")).name
            cluster.server.edit(ServedPool.self, name, namespace: "shop") { pool in
                var spec = pool.json["spec"]?.objectValue ?? [:]
                spec["targetPorts"] = [["number": 1]]
                pool.json["spec"] = .object(spec)
                pool.metadata.generation = (pool.metadata.generation ?? 1) + 1
            }
            try await cluster.until("put right") {
                let pool = cluster.server.get(ServedPool.self, name, namespace: "shop")
                return pool?.json["spec"]?["targetPorts"]?.arrayValue?.first?["number"] == 8000
            }
        }
    }

    @Test("A spec that the server refuses says so, and what serves goes on")
    func refused() async throws {
        try await ServingCluster().run { cluster in
            cluster.server.seed(ModelService.chat("v1"))
            try await cluster.until("served") { cluster.service()?.status.currentVersion == "v1" }
            let served = try #require(cluster.pool(of: "v1"))
            cluster.server.intercept { request in
                guard request.path.contains("/deployments/"), request.contentType?.contains("apply") == true else {
                    return nil
                }
                return .badRequest("spec.template.spec.containers[0].image: Required value")
            }
            cluster.server.edit(ModelService.self, "chat", namespace: "shop") {
                $0.json = ModelService.chat("v2").merged(into: $0.json)
            }
            try await cluster.until("told") {
                cluster.service()?.status.condition("Progressing")?.reason == "ObjectsRefused"
            }
            let message = cluster.service()?.status.condition("Progressing")?.message ?? ""
            #expect(message.contains("Required value"))
            #expect(cluster.weights[served.name] == 100)
            #expect(cluster.service()?.status.condition("Ready")?.status == "True")
        }
    }

    @Test("Versions that no longer serve are kept without replicas, as many as is said")
    func history() async throws {
        try await ServingCluster().run { cluster in
            let more: JSONObject = [
                "rollout": ["steps": [100], "stepDuration": "1s", "maximumStepDuration": "2s", "historyLimit": 1]
            ]
            cluster.server.seed(ModelService.chat("v0", more: more))
            for number in 0..<4 {
                let version = "v\(number)"
                cluster.server.edit(ModelService.self, "chat", namespace: "shop") {
                    $0.json = ModelService.chat(version, more: more).merged(into: $0.json)
                }
                try await cluster.advance(upTo: 60, "\(version) serves") {
                    cluster.service()?.status.currentVersion == version
                }
            }
            try await cluster.advance(upTo: 60, "older ones are gone") {
                cluster.server.list(Deployment.self).count == 2 && cluster.pods(of: "v2").isEmpty
            }
            #expect(
                Set(cluster.server.list(Deployment.self).compactMap { $0.labels[InferenceNames.versionLabel] }) == [
                    "v2", "v3",
                ])
            #expect(cluster.server.list(ServedPool.self).count == 2)
            #expect(cluster.deployment(of: "v2")?.spec.replicas == 0)
        }
    }
}

extension ModelService {
    /// The object with this one's spec, as a user's update has it.
    func merged(into json: JSONObject) -> JSONObject {
        var updated = json
        updated["spec"] = self.json["spec"]
        var metadata = ObjectMeta(json["metadata"])
        metadata.generation = (metadata.generation ?? 1) + 1
        updated["metadata"] = .object(metadata.json)
        return updated
    }
}

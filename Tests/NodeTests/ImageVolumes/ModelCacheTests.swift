import CRI
import ClientTestSupport
import Foundation
import KubeAPI
import Node
import Testing

@Suite(.timeLimit(.minutes(2))) struct ModelCacheTests {
    private static func image(_ id: String, _ bytes: Int64, used: Int64, held: Bool = false) -> ModelCachePlan.Image {
        ModelCachePlan.Image(id: id, bytes: bytes, lastUsed: used, isHeld: held)
    }

    private typealias Row = ([ModelCachePlan.Image], Int64, [String], Int64)

    @Test(
        arguments: [
            ([image("a", 10, used: 1), image("b", 10, used: 2)], 20, [], 0),
            ([image("a", 10, used: 2), image("b", 10, used: 1)], 19, ["b"], 0),
            ([image("a", 10, used: 2), image("b", 10, used: 1), image("c", 1, used: 3)], 5, ["b", "a"], 0),
            ([image("a", 10, used: 1, held: true), image("b", 10, used: 2)], 10, ["b"], 0),
            ([image("a", 10, used: 1, held: true), image("b", 10, used: 2)], 5, ["b"], 5),
            ([], 0, [], 0),
            ([image("b", 10, used: 1), image("a", 10, used: 1)], 10, ["a"], 0),
        ] as [Row])
    func whatWasUsedLongestAgoGoesFirst(
        images: [ModelCachePlan.Image], limit: Int64, evicted: [String], excess: Int64
    ) {
        let plan = ModelCachePlan(images, limit: limit)
        #expect(plan.evicted.map(\.id) == evicted)
        #expect(plan.excess == excess)
    }

    private func pod(_ name: String, model: String) -> Pod {
        Pods.pod(name) { pod in
            var source = ImageVolumeSource()
            source.reference = model
            source.pullPolicy = "IfNotPresent"
            var volume = Volume()
            volume.name = "model"
            volume.image = source
            pod.spec.volumes = [volume]
            var mount = VolumeMount()
            mount.name = "model"
            mount.mountPath = "/model"
            pod.spec.containers[0].volumeMounts = [mount]
        }
    }

    /// Runs three pods one after the other, each with a model of its own, of which the last one stays.
    private func run(
        annotations: [String: String], _ check: @Sendable @escaping (AgentHarness, FakeRuntime) async throws -> Void
    ) async throws {
        let folder = NSTemporaryDirectory() + "model-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let runtime = FakeRuntime()
        for number in 1...3 { runtime.setFolder(folder, image: "registry.test/model:\(number)") }
        try await AgentHarness(runtime: runtime).run { (harness: AgentHarness) async throws -> Void in
            for number in 1...3 {
                let uid = try await harness.create(pod("p\(number)", model: "registry.test/model:\(number)")).uid
                #expect(await harness.until("p\(number)") { $0?.isReady == true })
                if number == 3 { break }
                try await harness.delete("p\(number)", graceSeconds: 0)
                await runtime.waitForCall("CloseImageView gantry-\(uid)-model")
            }
            harness.server.edit(Node.self, "node-1") { node in
                node.metadata.annotations = node.annotations.merging(annotations) { $1 }
            }
            try await check(harness, runtime)
        }
    }

    @Test func unusedModelsGoWhenTheyAreTooMuchAndUsedOnesStay() async throws {
        // Each image of the fake runtime has 1 MiB.
        try await run(annotations: [ModelCache.limitAnnotation: "1Mi"]) { harness, runtime in
            await runtime.waitForCall("RemoveImage sha256:registry.test/model:1")
            await runtime.waitForCall("RemoveImage sha256:registry.test/model:2")
            #expect(
                await harness.server.until { server in
                    server.list(Event.self).filter { $0.reason == "ModelImageEvicted" }.count == 2
                })
            #expect(!runtime.calls.contains("RemoveImage sha256:registry.test/model:3"))
        }
    }

    @Test func aPinnedModelStays() async throws {
        let annotations = [
            ModelCache.limitAnnotation: "2Mi", ModelCache.pinsAnnotation: "registry.test/other, registry.test/model:1",
        ]
        try await run(annotations: annotations) { _, runtime in
            await runtime.waitForCall("RemoveImage sha256:registry.test/model:2")
            #expect(!runtime.calls.contains("RemoveImage sha256:registry.test/model:1"))
        }
    }

    @Test func whatCannotBeKeptIsTold() async throws {
        try await run(annotations: [ModelCache.limitAnnotation: "1Ki"]) { harness, _ in
            #expect(
                await harness.server.until { server in
                    server.list(Event.self).contains { $0.reason == "ModelCacheFull" && $0.type == "Warning" }
                })
        }
    }

    @Test(arguments: [
        (ModelCache.limitAnnotation, "much", "\"much\" is no quantity of bytes"),
        (ModelCache.limitAnnotation, "-1Gi", "\"-1Gi\" is no quantity of bytes"),
        (ModelCache.pinsAnnotation, "a,UPPER/x", "\"UPPER/x\" is no image reference"),
    ])
    func aWrongAnnotationIsTold(name: String, value: String, words: String) async throws {
        try await run(annotations: [name: value]) { harness, runtime in
            #expect(
                await harness.server.until { server in
                    server.list(Event.self).contains {
                        $0.reason == "InvalidModelCache" && $0.message?.contains(words) == true
                    }
                })
            #expect(!runtime.calls.contains { $0.hasPrefix("RemoveImage") })
        }
    }
}

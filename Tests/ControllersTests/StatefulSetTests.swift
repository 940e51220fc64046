import Client
import ClientTestSupport
import KubeAPI
import Machinery
import Testing

@Suite("A StatefulSet")
struct StatefulSetTests {
    private static func set(
        _ replicas: Int32, image: String = "db:1", _ change: (inout StatefulSet) -> Void = { _ in }
    ) -> StatefulSet {
        var set = StatefulSet(name: "db", namespace: "default")
        set.spec.replicas = replicas
        set.spec.serviceName = "db"
        set.spec.podManagementPolicy = "OrderedReady"
        set.spec.selector.matchLabels = ["app": "db"]
        set.spec.template = template(["app": "db"], image: image)
        set.spec.updateStrategy = rolling(partition: 0)
        change(&set)
        return set
    }

    private static func rolling(partition: Int32, maxUnavailable: IntOrString? = nil) -> StatefulSetUpdateStrategy {
        var rolling = RollingUpdateStatefulSetStrategy()
        rolling.partition = partition
        rolling.maxUnavailable = maxUnavailable
        var strategy = StatefulSetUpdateStrategy()
        strategy.type = "RollingUpdate"
        strategy.rollingUpdate = rolling
        return strategy
    }

    private static func claim(_ name: String) -> PersistentVolumeClaim {
        var claim = PersistentVolumeClaim(name: name)
        claim.metadata.labels = ["kind": "data"]
        claim.spec.accessModes = ["ReadWriteOnce"]
        return claim
    }

    private static func status(_ server: FakeAPIServer) -> StatefulSetStatus? {
        server.get(StatefulSet.self, "db", namespace: "default")?.status
    }

    private static func pods(_ server: FakeAPIServer) -> [String] {
        server.list(Pod.self).filter { !$0.isBeingDeleted }.map(\.name)
    }

    private func change(_ cluster: TestCluster, _ edit: (inout StatefulSet) -> Void) async throws {
        var set = try #require(cluster.server.get(StatefulSet.self, "db", namespace: "default"))
        edit(&set)
        _ = try await cluster.server.client().update(set)
    }

    private static func image(of pod: String, _ server: FakeAPIServer) -> String? {
        server.get(Pod.self, pod, namespace: "default")?.spec.containers.first?.image
    }

    @Test("makes its pods one after the other, each when the one before is ready, and reports")
    func ordered() async throws {
        let cluster = TestCluster(["statefulset"])
        let early = Shared(false)
        cluster.server.observe { server in
            let pods = server.list(Pod.self)
            for (pod, next) in zip(pods, pods.dropFirst()) where !next.name.isEmpty && pod.status.phase != "Running" {
                early.set(true)
            }
        }
        FakeNode.attach(to: cluster.server)
        cluster.server.seed(Self.set(3))
        try await cluster.run { cluster in
            try await cluster.until("three are available") { Self.status($0)?.availableReplicas == 3 }
            #expect(!early.value)
            #expect(Self.pods(cluster.server) == ["db-0", "db-1", "db-2"])
            let status = try #require(Self.status(cluster.server))
            #expect(status.replicas == 3 && status.readyReplicas == 3)
            #expect(status.currentReplicas == 3 && status.updatedReplicas == 3)
            #expect(status.collisionCount == 0)
            let revision = try #require(cluster.server.list(ControllerRevision.self).first)
            #expect(status.currentRevision == revision.name && status.updateRevision == revision.name)
            let pod = try #require(cluster.server.get(Pod.self, "db-1", namespace: "default"))
            #expect(pod.metadata.labels["statefulset.kubernetes.io/pod-name"] == "db-1")
            #expect(pod.metadata.labels["apps.kubernetes.io/pod-index"] == "1")
            #expect(pod.metadata.labels["controller-revision-hash"] == revision.name)
            #expect(pod.spec.hostname == "db-1" && pod.spec.subdomain == "db")
            await cluster.settle()
            let event = cluster.server.list(Event.self).first { $0.message?.contains("db-1") == true }
            #expect(event?.reason == "SuccessfulCreate")
            #expect(event?.message == "Create Pod db-1 in StatefulSet db successful")
            cluster.server.forgetRequests()
            cluster.time.advance(by: .seconds(600))
            await cluster.settle()
            #expect(cluster.server.writes.isEmpty)
        }
    }

    @Test("makes all pods at once where it is told to, without waiting for any")
    func parallel() async throws {
        let cluster = TestCluster(["statefulset"])
        FakeNode.attach(to: cluster.server) { _ in false }
        cluster.server.seed(Self.set(4) { $0.spec.podManagementPolicy = "Parallel" })
        try await cluster.run { cluster in
            try await cluster.until("four exist") { Self.status($0)?.replicas == 4 }
            #expect(Self.status(cluster.server)?.readyReplicas == nil)
            try await change(cluster) { $0.spec.replicas = 1 }
            try await cluster.until("three leave at once") { Self.pods($0) == ["db-0"] }
        }
    }

    @Test("gives up the highest ordinals first, one at a time")
    func scalesDown() async throws {
        let cluster = TestCluster(["statefulset"])
        let wrong = Shared(false)
        cluster.server.observe { server in
            let left = Self.pods(server)
            if left != (0..<left.count).map({ "db-\($0)" }) { wrong.set(true) }
            if server.list(Pod.self).count(where: \.isBeingDeleted) > 1 { wrong.set(true) }
        }
        FakeNode.attach(to: cluster.server)
        cluster.server.seed(Self.set(4))
        try await cluster.run { cluster in
            try await cluster.until("up") { Self.status($0)?.readyReplicas == 4 }
            try await change(cluster) { $0.spec.replicas = 1 }
            try await cluster.until("down") { Self.status($0)?.replicas == 1 && Self.pods($0) == ["db-0"] }
            #expect(!wrong.value)
        }
    }

    @Test("updates from the highest ordinal down to its partition, then on, and can go back")
    func rolls() async throws {
        let cluster = TestCluster(["statefulset"])
        FakeNode.attach(to: cluster.server)
        cluster.server.seed(Self.set(3) { $0.spec.updateStrategy = Self.rolling(partition: 2) })
        try await cluster.run { cluster in
            try await cluster.until("up") { Self.status($0)?.readyReplicas == 3 }
            try await change(cluster) { $0.spec.template = template(["app": "db"], image: "db:2") }
            try await cluster.until("the canary runs") {
                Self.image(of: "db-2", $0) == "db:2" && Self.status($0)?.readyReplicas == 3
                    && Self.status($0)?.updatedReplicas == 1
            }
            await cluster.settle()
            var status = try #require(Self.status(cluster.server))
            #expect(status.currentReplicas == 2 && status.currentRevision != status.updateRevision)
            #expect(Self.image(of: "db-1", cluster.server) == "db:1")
            // A pod below the partition comes back as it was.
            cluster.server.erase(Pod.self, "db-0", namespace: "default")
            try await cluster.until("it came back") {
                Self.image(of: "db-0", $0) == "db:1" && Self.status($0)?.readyReplicas == 3
            }
            try await change(cluster) { $0.spec.updateStrategy = Self.rolling(partition: 0) }
            try await cluster.until("all are new") {
                Self.status($0)?.updatedReplicas == 3 && Self.status($0)?.readyReplicas == 3
            }
            status = try #require(Self.status(cluster.server))
            #expect(status.currentRevision == status.updateRevision && status.currentReplicas == 3)
            try await change(cluster) { $0.spec.template = template(["app": "db"], image: "db:1") }
            try await cluster.until("back") { server in
                (0..<3).allSatisfy { Self.image(of: "db-\($0)", server) == "db:1" }
                    && Self.status(server)?.readyReplicas == 3
                    && Self.status(server)?.currentRevision == Self.status(server)?.updateRevision
            }
            let revisions = cluster.server.list(ControllerRevision.self)
            let first = revisions.first { $0.name == Self.status(cluster.server)?.currentRevision }
            #expect(first?.revision == revisions.map(\.revision).max())
            #expect(first?.data?["spec"]?["template"]?["$patch"] == "replace")
        }
    }

    @Test("updates as many pods at a time as may be unavailable, with the feature for it", arguments: [true, false])
    func severalAtATime(isOn: Bool) async throws {
        let cluster = TestCluster(["statefulset"]) { $0.features.maxUnavailableStatefulSet = isOn }
        let most = Shared(0)
        FakeNode.attach(to: cluster.server)
        cluster.server.seed(
            Self.set(6) {
                $0.spec.podManagementPolicy = "Parallel"
                $0.spec.updateStrategy = Self.rolling(partition: 0, maxUnavailable: "50%")
            })
        try await cluster.run { cluster in
            try await cluster.until("up") { Self.status($0)?.readyReplicas == 6 }
            cluster.server.observe { server in
                most.raise(to: 6 - server.list(Pod.self).count { $0.status.phase == "Running" && !$0.isBeingDeleted })
            }
            try await change(cluster) { $0.spec.template = template(["app": "db"], image: "db:2") }
            try await cluster.until("updated") { server in
                (0..<6).allSatisfy { Self.image(of: "db-\($0)", server) == "db:2" }
                    && Self.status(server)?.readyReplicas == 6
            }
            if isOn { #expect(most.value > 1 && most.value <= 3) } else { #expect(most.value == 1) }
        }
    }

    @Test("leaves the update to whoever deletes pods, when it is OnDelete")
    func onDelete() async throws {
        let cluster = TestCluster(["statefulset"])
        FakeNode.attach(to: cluster.server)
        cluster.server.seed(
            Self.set(2) {
                var strategy = StatefulSetUpdateStrategy()
                strategy.type = "OnDelete"
                $0.spec.updateStrategy = strategy
            })
        try await cluster.run { cluster in
            try await cluster.until("up") { Self.status($0)?.readyReplicas == 2 }
            try await change(cluster) { $0.spec.template = template(["app": "db"], image: "db:2") }
            try await cluster.until("the update is seen") {
                Self.status($0)?.updateRevision != Self.status($0)?.currentRevision
            }
            await cluster.settle()
            #expect(Self.image(of: "db-0", cluster.server) == "db:1")
            cluster.server.erase(Pod.self, "db-0", namespace: "default")
            try await cluster.until("new") { Self.image(of: "db-0", $0) == "db:2" }
            #expect(Self.image(of: "db-1", cluster.server) == "db:1")
        }
    }

    @Test("gives each pod claims of its own and keeps them when it shrinks")
    func claims() async throws {
        let cluster = TestCluster(["statefulset"])
        FakeNode.attach(to: cluster.server)
        cluster.server.seed(Self.set(2) { $0.spec.volumeClaimTemplates = [Self.claim("data")] })
        try await cluster.run { cluster in
            try await cluster.until("up") { Self.status($0)?.readyReplicas == 2 }
            let claims = cluster.server.list(PersistentVolumeClaim.self)
            #expect(claims.map(\.name) == ["data-db-0", "data-db-1"])
            #expect(claims.allSatisfy { $0.metadata.labels == ["app": "db", "kind": "data"] })
            #expect(claims.allSatisfy { $0.metadata.ownerReferences.isEmpty })
            let pod = try #require(cluster.server.get(Pod.self, "db-1", namespace: "default"))
            #expect(pod.spec.volumes.first?.persistentVolumeClaim?.claimName == "data-db-1")
            try await change(cluster) { $0.spec.replicas = 1 }
            try await cluster.until("shrunk") { Self.pods($0) == ["db-0"] }
            await cluster.settle()
            #expect(cluster.server.list(PersistentVolumeClaim.self).count == 2)
            #expect(
                cluster.server.list(Event.self).contains {
                    $0.message == "Create Claim data-db-0 Pod db-0 in StatefulSet db success"
                })
        }
    }

    @Test("has claims owned by itself or by the pod that goes, as its retention policy says")
    func retention() async throws {
        for (deleted, scaled, kept, gone) in [
            ("Retain", "Retain", nil, nil), ("Delete", "Retain", "StatefulSet", "StatefulSet"),
            ("Retain", "Delete", nil, "Pod"), ("Delete", "Delete", "StatefulSet", "Pod"),
        ] as [(String, String, String?, String?)] {
            let cluster = TestCluster(["statefulset"])
            var policy = StatefulSetPersistentVolumeClaimRetentionPolicy()
            policy.whenDeleted = deleted
            policy.whenScaled = scaled
            let chosen = policy
            // What the pod's deletion found: the claim must be its own before it goes.
            let seen = Shared("")
            cluster.server.observe { server in
                guard server.get(Pod.self, "db-1", namespace: "default")?.isBeingDeleted == true else { return }
                let claim = server.get(PersistentVolumeClaim.self, "data-db-1", namespace: "default")
                seen.set(claim?.metadata.ownerReferences.map(\.kind).joined() ?? "")
            }
            FakeNode.attach(to: cluster.server)
            cluster.server.seed(
                Self.set(2) {
                    $0.spec.volumeClaimTemplates = [Self.claim("data")]
                    $0.spec.persistentVolumeClaimRetentionPolicy = chosen
                })
            try await cluster.run { cluster in
                try await cluster.until("up") { Self.status($0)?.readyReplicas == 2 }
                for claim in cluster.server.list(PersistentVolumeClaim.self) {
                    #expect(claim.metadata.ownerReferences.first?.kind == kept, "\(deleted) \(scaled)")
                }
                try await change(cluster) { $0.spec.replicas = 1 }
                try await cluster.until("shrunk") { Self.status($0)?.replicas == 1 }
                #expect(seen.value == gone ?? "", "\(deleted) \(scaled)")
            }
        }
    }

    @Test("makes a pod anew that ended or was evicted, but only once its predecessor is gone")
    func recreates() async throws {
        let cluster = TestCluster(["statefulset"])
        FakeNode.attach(to: cluster.server)
        cluster.server.seed(Self.set(2))
        try await cluster.run { cluster in
            for phase in ["Failed", "Succeeded"] {
                try await cluster.until("up") { Self.status($0)?.readyReplicas == 2 }
                let before = try #require(cluster.server.get(Pod.self, "db-0", namespace: "default"))
                cluster.server.edit(Pod.self, "db-0", namespace: "default") { $0.status.phase = phase }
                try await cluster.until("made anew") { server in
                    let pod = server.get(Pod.self, "db-0", namespace: "default")
                    return pod?.uid != before.uid && pod?.status.phase == "Running"
                }
            }
        }
    }

    @Test("counts from its start ordinal, and moves when that changes")
    func startOrdinal() async throws {
        let cluster = TestCluster(["statefulset"])
        FakeNode.attach(to: cluster.server)
        var ordinals = StatefulSetOrdinals()
        ordinals.start = 5
        let five = ordinals
        cluster.server.seed(Self.set(2) { $0.spec.ordinals = five })
        try await cluster.run { cluster in
            try await cluster.until("up") { Self.status($0)?.readyReplicas == 2 }
            #expect(Self.pods(cluster.server) == ["db-5", "db-6"])
            ordinals.start = 6
            let six = ordinals
            try await change(cluster) { $0.spec.ordinals = six }
            try await cluster.until("moved") {
                Self.pods($0) == ["db-6", "db-7"] && Self.status($0)?.readyReplicas == 2
            }
        }
    }

    @Test("waits until a pod has been ready for its minimum time before the next")
    func minimumReadyTime() async throws {
        let cluster = TestCluster(["statefulset"])
        FakeNode.attach(to: cluster.server)
        cluster.server.seed(Self.set(2) { $0.spec.minReadySeconds = 30 })
        try await cluster.run { cluster in
            try await cluster.until("the first is ready") { Self.status($0)?.readyReplicas == 1 }
            await cluster.settle()
            #expect(Self.status(cluster.server)?.availableReplicas == 0)
            #expect(Self.pods(cluster.server) == ["db-0"])
            try await cluster.advance(.seconds(5), upTo: .seconds(90), "both are available") {
                Self.status($0)?.availableReplicas == 2
            }
        }
    }

    @Test("takes a matching pod of its naming for its own, and lets go of one that matches no more")
    func adopts() async throws {
        let cluster = TestCluster(["statefulset"])
        var orphan = Pod(name: "db-0", namespace: "default")
        orphan.metadata.labels = ["app": "db"]
        orphan.spec = template([:]).spec
        orphan.spec.nodeName = "n1"
        orphan.becomeReady(at: cluster.time.wall.now)
        let adopted = cluster.server.seed(orphan)
        var stranger = orphan
        stranger.metadata.name = "other-0"
        cluster.server.seed(stranger)
        FakeNode.attach(to: cluster.server)
        cluster.server.seed(
            Self.set(2) {
                var strategy = StatefulSetUpdateStrategy()
                strategy.type = "OnDelete"
                $0.spec.updateStrategy = strategy
            })
        try await cluster.run { cluster in
            try await cluster.until("adopted, with its identity") { server in
                let pod = server.get(Pod.self, "db-0", namespace: "default")
                return pod?.controllerOwner?.name == "db"
                    && pod?.metadata.labels["statefulset.kubernetes.io/pod-name"] == "db-0"
            }
            try await cluster.until("up") { Self.status($0)?.readyReplicas == 2 }
            #expect(cluster.server.get(Pod.self, "other-0", namespace: "default")?.controllerOwner == nil)
            #expect(cluster.server.list(ControllerRevision.self).count == 1)
            cluster.server.edit(Pod.self, "db-1", namespace: "default") { $0.metadata.labels["app"] = "none" }
            try await cluster.until("released") { server in
                let pod = server.get(Pod.self, "db-1", namespace: "default")
                return pod != nil && pod?.controllerOwner == nil
            }
            #expect(adopted.uid == cluster.server.get(Pod.self, "db-0", namespace: "default")?.uid)
        }
    }

    @Test("keeps no more old templates than its limit")
    func historyLimit() async throws {
        let cluster = TestCluster(["statefulset"])
        FakeNode.attach(to: cluster.server)
        cluster.server.seed(Self.set(1) { $0.spec.revisionHistoryLimit = 1 })
        try await cluster.run { cluster in
            for version in 2...5 {
                try await change(cluster) { $0.spec.template = template(["app": "db"], image: "db:\(version)") }
                try await cluster.until("at \(version)") {
                    Self.image(of: "db-0", $0) == "db:\(version)" && Self.status($0)?.readyReplicas == 1
                        && Self.status($0)?.currentRevision == Self.status($0)?.updateRevision
                }
            }
            try await cluster.until("two are left") { server in
                Set(server.list(ControllerRevision.self).map(\.revision)) == [4, 5]
                    || Set(server.list(ControllerRevision.self).map(\.revision)) == [3, 4]
            }
        }
    }
}

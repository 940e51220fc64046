import Client
import ClientTestSupport
import KubeAPI
import Machinery
import Testing

@Suite("A DaemonSet")
struct DaemonSetTests {
    private func daemonSet(image: String = "agent:1") -> DaemonSet {
        var set = DaemonSet(name: "agent", namespace: "default")
        set.spec.selector.matchLabels = ["app": "agent"]
        set.spec.template = template(["app": "agent"], image: image)
        return set
    }

    /// Binds pods to the node their affinity names and starts them.
    private func attachNodes(to server: FakeAPIServer) {
        FakeNode.attach(to: server) { _ in true }
    }

    /// Unlike FakeNode, places pods by their affinity, as the scheduler would.
    private func attachScheduler(to server: FakeAPIServer) {
        server.observe { server in
            for pod in server.list(Pod.self) {
                if pod.isBeingDeleted {
                    server.edit(Pod.self, pod.name, namespace: pod.namespace) {
                        $0.metadata.deletionGracePeriodSeconds = 0
                    }
                    continue
                }
                let terms = pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?
                    .nodeSelectorTerms
                guard let target = terms?.first?.matchFields.first?.values.first, pod.status.phase == "Pending" else {
                    continue
                }
                server.edit(Pod.self, pod.name, namespace: pod.namespace) { pod in
                    pod.spec.nodeName = target
                    pod.becomeReady(at: server.wallClock.now)
                }
            }
        }
    }

    private static func status(_ server: FakeAPIServer) -> DaemonSetStatus? {
        server.get(DaemonSet.self, "agent", namespace: "default")?.status
    }

    @Test("has one pod on each node it fits, follows nodes that come and go, and reports")
    func places() async throws {
        let cluster = TestCluster(["daemonset"])
        attachScheduler(to: cluster.server)
        for name in ["n1", "n2", "n3"] { cluster.server.seed(node(name)) }
        cluster.server.edit(Node.self, "n3") { node in
            var taint = Taint()
            taint.key = "dedicated"
            taint.effect = "NoSchedule"
            node.spec.taints = [taint]
        }
        cluster.server.seed(daemonSet())
        try await cluster.run { cluster in
            try await cluster.until("available") { Self.status($0)?.numberAvailable == 2 }
            #expect(Set(cluster.server.list(Pod.self).map { $0.spec.nodeName }) == ["n1", "n2"])
            let status = try #require(Self.status(cluster.server))
            #expect(status.desiredNumberScheduled == 2)
            #expect(status.updatedNumberScheduled == 2)
            #expect(status.numberUnavailable == nil)
            cluster.server.seed(node("n4"))
            try await cluster.until("a new node is served") { Self.status($0)?.numberAvailable == 3 }
            cluster.server.edit(Node.self, "n3") { $0.spec.taints = [] }
            try await cluster.until("a node without its taint is served") { Self.status($0)?.numberAvailable == 4 }
            await cluster.settle()
            #expect(cluster.server.list(Pod.self).count == 4)
            cluster.server.forgetRequests()
            cluster.time.advance(by: .seconds(600))
            await cluster.settle()
            #expect(cluster.server.writes.isEmpty)
        }
    }

    @Test("updates node by node, keeps history, and can go back")
    func updates() async throws {
        let cluster = TestCluster(["daemonset"])
        attachScheduler(to: cluster.server)
        for name in ["n1", "n2", "n3"] { cluster.server.seed(node(name)) }
        cluster.server.seed(daemonSet())
        try await cluster.run { cluster in
            try await cluster.until("first") { Self.status($0)?.numberAvailable == 3 }
            let tooFew = SharedFlag(false)
            cluster.server.observe { server in
                if server.list(Pod.self).count(where: { !$0.isBeingDeleted && $0.status.phase == "Running" }) < 2 {
                    tooFew.set(true)
                }
            }
            for (revision, image) in [(2, "agent:2"), (3, "agent:1")] as [(Int64, String)] {
                var changed = try #require(cluster.server.get(DaemonSet.self, "agent", namespace: "default"))
                changed.spec.template = template(["app": "agent"], image: image)
                _ = try await cluster.server.client().update(changed)
                try await cluster.until("revision \(revision)") { server in
                    server.list(Pod.self).count { $0.spec.containers[0].image == image } == 3
                        && Self.status(server)?.updatedNumberScheduled == 3 && Self.status(server)?.numberAvailable == 3
                }
                let revisions = cluster.server.list(ControllerRevision.self)
                #expect(revisions.count == 2)
                #expect(revisions.map(\.revision).max() == revision)
            }
            #expect(!tooFew.value)
            let newest = try #require(cluster.server.list(ControllerRevision.self).max { $0.revision < $1.revision })
            #expect(newest.data?["spec"]?["template"]?["$patch"] == "replace")
            let hash = newest.metadata.labels["controller-revision-hash"]
            #expect(cluster.server.list(Pod.self).allSatisfy { $0.metadata.labels["controller-revision-hash"] == hash })
        }
    }

    @Test("replaces a failed pod")
    func failed() async throws {
        let cluster = TestCluster(["daemonset"])
        attachScheduler(to: cluster.server)
        cluster.server.seed(node("n1"))
        cluster.server.seed(daemonSet())
        try await cluster.run { cluster in
            try await cluster.until("first") { Self.status($0)?.numberAvailable == 1 }
            let pod = cluster.server.list(Pod.self)[0]
            cluster.server.edit(Pod.self, pod.name, namespace: "default") { $0.status.phase = "Failed" }
            try await cluster.until("replaced") { server in
                server.list(Pod.self).contains { $0.name != pod.name && $0.status.phase == "Running" }
            }
            await cluster.settle()
            #expect(cluster.server.reasons(of: "DaemonSet").contains("FailedDaemonPod"))
        }
    }

    @Test("waits ever longer before it replaces pods that keep failing")
    func backoff() async throws {
        let cluster = TestCluster(["daemonset"])
        attachScheduler(to: cluster.server)
        cluster.server.observe { server in
            for pod in server.list(Pod.self) where pod.status.phase == "Running" {
                server.edit(Pod.self, pod.name, namespace: pod.namespace) { $0.status.phase = "Failed" }
            }
        }
        cluster.server.seed(node("n1"))
        cluster.server.seed(daemonSet())
        try await cluster.run { cluster in
            await cluster.settle()
            let early = cluster.server.writes.count { $0.method == "POST" && $0.path.hasSuffix("/pods") }
            #expect(early <= 2)
            for _ in 0..<60 {
                cluster.time.advance(by: .seconds(1))
                await cluster.settle()
            }
            // After 1, 2, 4, 8, 16 and 32 s.
            let made = cluster.server.writes.count { $0.method == "POST" && $0.path.hasSuffix("/pods") }
            #expect((5...8).contains(made))
        }
    }
}

import Client
import ClientTestSupport
import KubeAPI
import Machinery
import Testing

@Suite("A node's life")
struct NodeTests {
    private func heartbeat(_ cluster: TestCluster, _ name: String) {
        let now = cluster.time.wall.now
        if cluster.server.get(Lease.self, name, namespace: "kube-node-lease") == nil {
            cluster.server.seed(Lease(name: name, namespace: "kube-node-lease"))
        }
        cluster.server.edit(Lease.self, name, namespace: "kube-node-lease") { $0.spec.renewTime = now }
    }

    private static func taints(_ server: FakeAPIServer, _ name: String) -> Set<String> {
        Set(server.get(Node.self, name)?.spec.taints.map { "\($0.key):\($0.effect)" } ?? [])
    }

    private static func ready(_ server: FakeAPIServer, _ name: String) -> String? {
        server.get(Node.self, name)?.status.conditions.first { $0.type == "Ready" }?.status
    }

    private func pod(_ name: String, on node: String, tolerationSeconds: Int64?) -> Pod {
        var pod = Pod(name: name, namespace: "default")
        pod.spec.nodeName = node
        if let tolerationSeconds {
            var toleration = Toleration()
            toleration.key = "node.kubernetes.io/unreachable"
            toleration.operator = "Exists"
            toleration.effect = "NoExecute"
            toleration.tolerationSeconds = tolerationSeconds
            pod.spec.tolerations = [toleration]
        }
        pod.becomeReady(at: Timestamp(seconds: 1))
        return pod
    }

    @Test("that falls silent becomes unknown and is emptied in time, and comes back")
    func silence() async throws {
        let cluster = TestCluster(["node-lifecycle", "taint-eviction"])
        for name in ["n1", "n2"] { cluster.server.seed(node(name)) }
        cluster.server.seed(pod("patient", on: "n1", tolerationSeconds: 300))
        cluster.server.seed(pod("impatient", on: "n1", tolerationSeconds: nil))
        cluster.server.seed(pod("elsewhere", on: "n2", tolerationSeconds: nil))
        heartbeat(cluster, "n1")
        heartbeat(cluster, "n2")
        try await cluster.run { cluster in
            try await cluster.until("registered") { $0.reasons(of: "Node").count == 2 }
            var passed = 0
            while Self.ready(cluster.server, "n1") != "Unknown", passed < 80 {
                cluster.time.advance(by: .seconds(5))
                passed += 5
                heartbeat(cluster, "n2")
                await cluster.settle()
                if passed < 40 { #expect(Self.ready(cluster.server, "n1") == "True") }
            }
            #expect(passed >= 40 && passed <= 55)
            try await cluster.advance(.milliseconds(10), upTo: .seconds(2), "tainted") { server in
                Self.taints(server, "n1") == [
                    "node.kubernetes.io/unreachable:NoSchedule", "node.kubernetes.io/unreachable:NoExecute",
                ]
            }
            let condition = try #require(
                cluster.server.get(Node.self, "n1")?.status.conditions.first { $0.type == "Ready" })
            #expect(condition.reason == "NodeStatusUnknown")
            #expect(condition.message == "Kubelet stopped posting node status.")
            #expect(Self.ready(cluster.server, "n2") == "True")
            try await cluster.advance(.milliseconds(10), upTo: .seconds(2), "the pod without toleration goes") {
                server in
                server.get(Pod.self, "impatient", namespace: "default")?.isBeingDeleted == true
            }
            try await cluster.advance(.milliseconds(10), upTo: .seconds(2), "its pods are not ready") { server in
                server.get(Pod.self, "patient", namespace: "default")?.status.conditions.first { $0.type == "Ready" }?
                    .status == "False"
            }
            #expect(cluster.server.get(Pod.self, "patient", namespace: "default")?.isBeingDeleted == false)
            #expect(cluster.server.get(Pod.self, "elsewhere", namespace: "default")?.isBeingDeleted == false)

            cluster.server.edit(Node.self, "n1") { node in
                node.status.conditions[0].status = "True"
                node.status.conditions[0].lastHeartbeatTime = cluster.time.wall.now
            }
            heartbeat(cluster, "n1")
            try await cluster.until("back") { Self.taints($0, "n1").isEmpty }
            for _ in 0..<80 {
                cluster.time.advance(by: .seconds(5))
                heartbeat(cluster, "n1")
                heartbeat(cluster, "n2")
                _ = await cluster.server.until(.milliseconds(2)) { _ in false }
            }
            await cluster.settle()
            #expect(cluster.server.get(Pod.self, "patient", namespace: "default")?.isBeingDeleted == false)
        }
    }

    @Test("whose pods tolerate its loss for a while loses them after it")
    func patience() async throws {
        let cluster = TestCluster(["taint-eviction"])
        var lost = node("n1", ready: "Unknown")
        var taint = Taint()
        taint.key = "node.kubernetes.io/unreachable"
        taint.effect = "NoExecute"
        taint.timeAdded = cluster.time.wall.now
        lost.spec.taints = [taint]
        cluster.server.seed(lost)
        cluster.server.seed(pod("patient", on: "n1", tolerationSeconds: 300))
        try await cluster.run { cluster in
            await cluster.time.untilSleepers(1)
            cluster.time.advance(by: .seconds(290))
            await cluster.settle()
            #expect(cluster.server.get(Pod.self, "patient", namespace: "default")?.isBeingDeleted == false)
            try await cluster.advance(.seconds(1), upTo: .seconds(30), "evicted") { server in
                server.get(Pod.self, "patient", namespace: "default")?.isBeingDeleted == true
            }
            let condition = cluster.server.get(Pod.self, "patient", namespace: "default")?.status.conditions
                .first { $0.type == "DisruptionTarget" }
            #expect(condition?.reason == "DeletionByTaintManager")
        }
    }

    @Test("shows in its taints: conditions and cordons")
    func conditions() async throws {
        let cluster = TestCluster(["node-lifecycle"])
        cluster.server.seed(node("n1"))
        cluster.server.seed(node("n2"))
        try await cluster.run { cluster in
            cluster.server.edit(Node.self, "n1") { node in
                node.spec.unschedulable = true
                var pressure = NodeCondition()
                pressure.type = "DiskPressure"
                pressure.status = "True"
                node.status.conditions.append(pressure)
            }
            try await cluster.until("tainted") { server in
                Self.taints(server, "n1") == [
                    "node.kubernetes.io/unschedulable:NoSchedule", "node.kubernetes.io/disk-pressure:NoSchedule",
                ]
            }
            cluster.server.edit(Node.self, "n1") { node in
                node.spec.unschedulable = nil
                node.status.conditions[1].status = "False"
            }
            try await cluster.until("clean") { Self.taints($0, "n1").isEmpty }
        }
    }

    @Test("does not cost pods theirs when no node at all is heard of")
    func disruption() async throws {
        let cluster = TestCluster(["node-lifecycle", "taint-eviction"])
        for name in ["n1", "n2"] { cluster.server.seed(node(name)) }
        cluster.server.seed(pod("a", on: "n1", tolerationSeconds: nil))
        try await cluster.run { cluster in
            try await cluster.until("registered") { $0.reasons(of: "Node").count == 2 }
            try await cluster.advance(.seconds(5), upTo: .seconds(100), "all unknown") { server in
                Self.ready(server, "n1") == "Unknown" && Self.ready(server, "n2") == "Unknown"
            }
            await cluster.settle()
            let executing = ["n1", "n2"].count { name in
                Self.taints(cluster.server, name).contains("node.kubernetes.io/unreachable:NoExecute")
            }
            // The first to fall silent may have been judged alone; once both are, nobody is emptied.
            #expect(executing <= 1)
        }
    }

    @Test("that ends frees its pods after a quarantine, also those never placed")
    func collects() async throws {
        let cluster = TestCluster(["pod-garbage-collector"])
        cluster.server.seed(node("n1"))
        cluster.server.seed(pod("lost", on: "n1", tolerationSeconds: nil))
        var unplaced = Pod(name: "unplaced", namespace: "default")
        unplaced.metadata.deletionTimestamp = Timestamp(seconds: 1)
        unplaced.metadata.deletionGracePeriodSeconds = 30
        cluster.server.seed(unplaced)
        try await cluster.run { cluster in
            try await cluster.until("unplaced goes") { $0.get(Pod.self, "unplaced", namespace: "default") == nil }
            cluster.server.erase(Node.self, "n1")
            await cluster.settle()
            #expect(cluster.server.get(Pod.self, "lost", namespace: "default") != nil)
            try await cluster.advance(.seconds(5), upTo: .seconds(90), "collected") { server in
                server.get(Pod.self, "lost", namespace: "default") == nil
            }
        }
    }

    @Test("does not keep more ended pods than the limit")
    func ended() async throws {
        let cluster = TestCluster(["pod-garbage-collector"]) { $0.terminatedPodLimit = 3 }
        cluster.server.seed(node("n1"))
        for index in 0..<6 {
            var pod = pod("p\(index)", on: "n1", tolerationSeconds: nil)
            pod.end("Succeeded", at: Timestamp(seconds: 1))
            pod.metadata.creationTimestamp = Timestamp(seconds: Int64(index))
            cluster.server.seed(pod)
        }
        try await cluster.run { cluster in
            try await cluster.until("cut") { $0.list(Pod.self).count == 3 }
            #expect(cluster.server.list(Pod.self).map(\.name) == ["p3", "p4", "p5"])
        }
    }
}

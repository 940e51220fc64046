import Client
import ClientTestSupport
import FakeNodes
import KubeAPI
import Machinery
import Testing

@Suite("Played nodes", .timeLimit(.minutes(1)))
struct FakeNodesTests {
    /// Plays nodes against the server until the condition holds.
    private func play(
        _ settings: FakeNodeSettings, _ server: FakeAPIServer,
        until condition: @escaping @Sendable (FakeAPIServer) -> Bool
    ) async -> Bool {
        let nodes = FakeNodes(client: server.client(), settings: settings)
        return await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await nodes.run {} }
            let holds = await server.until(.seconds(50), condition)
            group.cancelAll()
            while await group.nextResult() != nil {}
            return holds
        }
    }

    private func settings(_ change: (inout FakeNodeSettings) -> Void = { _ in }) -> FakeNodeSettings {
        var settings = FakeNodeSettings()
        settings.count = 3
        settings.startDelay = .zero
        settings.leaseInterval = .milliseconds(20)
        change(&settings)
        return settings
    }

    private func pod(_ name: String, on node: String, restartPolicy: String = "Always") -> Pod {
        var pod = Pod(name: name, namespace: "default")
        pod.spec.nodeName = node
        pod.spec.restartPolicy = restartPolicy
        pod.spec.json["containers"] = [["name": "c", "image": "pause"]]
        pod.status.phase = "Pending"
        return pod
    }

    @Test("are registered as ready, in zones by turns, and keep renewing their leases")
    func nodes() async {
        let server = FakeAPIServer()
        let isSo = await play(settings { $0.zones = 2 }, server) { server in
            let nodes = server.list(Node.self)
            let leases = server.list(Lease.self)
            return nodes.count == 3
                && nodes.allSatisfy { $0.status.conditions.contains { $0.type == "Ready" && $0.status == "True" } }
                && Set(nodes.compactMap { $0.metadata.labels["topology.kubernetes.io/zone"] }) == ["zone-0", "zone-1"]
                && leases.count == 3 && leases.allSatisfy { $0.spec.holderIdentity == $0.metadata.name }
                && server.requests.count { $0.method == "PUT" && $0.path.contains("/leases/fake-2") } >= 2
        }
        #expect(isSo)
    }

    @Test("take over nodes and leases that are there already")
    func takeover() async {
        let server = FakeAPIServer()
        server.seed(Node(name: "fake-0"))
        var lease = Lease(name: "fake-0", namespace: "kube-node-lease")
        lease.spec.holderIdentity = "fake-0"
        server.seed(lease)
        let isSo = await play(settings { $0.count = 1 }, server) { server in
            server.list(Node.self).first?.status.conditions.contains { $0.type == "Ready" } ?? false
                && server.list(Lease.self).first?.spec.renewTime != nil
        }
        #expect(isSo)
    }

    @Test("run the pods that are bound to them, and no others")
    func pods() async {
        let server = FakeAPIServer()
        server.seed(pod("mine", on: "fake-1"))
        server.seed(pod("foreign", on: "fake-10"))
        let isSo = await play(settings(), server) { server in
            guard let pod = server.get(Pod.self, "mine", namespace: "default"), pod.status.phase == "Running" else {
                return false
            }
            return pod.status.conditions.contains { $0.type == "Ready" && $0.status == "True" }
                && pod.status.containerStatuses.first?.ready == true && !(pod.status.podIP ?? "").isEmpty
                && server.get(Pod.self, "foreign", namespace: "default")?.status.phase == "Pending"
        }
        #expect(isSo)
    }

    @Test("let pods end that are to end, after their time")
    func completion() async {
        let server = FakeAPIServer()
        server.seed(pod("job", on: "fake-0", restartPolicy: "Never"))
        server.seed(pod("service", on: "fake-0"))
        let isSo = await play(settings { $0.runTime = .milliseconds(10) }, server) { server in
            let job = server.get(Pod.self, "job", namespace: "default")
            return job?.status.phase == "Succeeded"
                && job?.status.containerStatuses.first?.state?.terminated?.exitCode == 0
                && server.get(Pod.self, "service", namespace: "default")?.status.phase == "Running"
        }
        #expect(isSo)
    }

    @Test("let deleted pods go")
    func deletion() async {
        let server = FakeAPIServer()
        var pod = pod("leaving", on: "fake-0")
        pod.metadata.deletionTimestamp = SystemWallClock().now.inSeconds
        pod.metadata.deletionGracePeriodSeconds = 30
        server.seed(pod)
        let isSo = await play(settings { $0.stopDelay = .milliseconds(5) }, server) { server in
            server.get(Pod.self, "leaving", namespace: "default") == nil
        }
        #expect(isSo)
    }
}

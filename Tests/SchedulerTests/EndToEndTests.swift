import Client
import ClientTestSupport
import KubeAPI
import Machinery
import Metrics
import Scheduler
import Testing

@Suite("A whole scheduler", .timeLimit(.minutes(1)))
struct EndToEndTests {
    /// Runs a scheduler against the server until the condition holds.
    private func run(
        _ server: FakeAPIServer, telling registry: MetricRegistry = MetricRegistry(),
        until condition: @escaping @Sendable (FakeAPIServer) -> Bool
    ) async -> Bool {
        let client = server.client()
        let informers = InformerFactory(client: client)
        let scheduler = Scheduler(client: client, informers: informers)
        registry.register(scheduler)
        return await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await informers.run() }
            group.addTask { try await scheduler.run() }
            let holds = await server.until(.seconds(60), condition)
            group.cancelAll()
            while await group.nextResult() != nil {}
            return holds
        }
    }

    @Test("binds pods and says so in Events")
    func binds() async {
        let server = FakeAPIServer()
        server.seed(Make.node("a"))
        for number in 0..<20 { server.seed(Make.pod("p\(number)", cpu: "100m")) }
        let bound = await run(server) { server in
            (0..<20).allSatisfy { server.get(Pod.self, "p\($0)", namespace: "default")?.spec.nodeName == "a" }
                && server.list(Event.self).contains {
                    $0.reason == "Scheduled" && $0.message?.hasPrefix("Successfully assigned default/p") ?? false
                }
        }
        #expect(bound)
    }

    @Test("tells by kube-scheduler's names what it has done and who waits for what")
    func metrics() async {
        let server = FakeAPIServer()
        server.seed(Make.node("a", cpu: "2"))
        server.seed(Make.pod("fits", cpu: "1"))
        server.seed(Make.pod("large", cpu: "3"))
        let registry = MetricRegistry()
        let isTold = await run(server, telling: registry) { server in
            let text = String(decoding: registry.text(.prometheus), as: UTF8.self)
            return server.get(Pod.self, "large", namespace: "default")?.status.conditions.isEmpty == false
                && [
                    #"scheduler_schedule_attempts_total{result="scheduled",profile="default-scheduler"} 1"#,
                    #"scheduler_schedule_attempts_total{result="unschedulable",profile="default-scheduler"} "#,
                    #"scheduler_pending_pods{queue="unschedulable"} 1"#,
                    #"scheduler_unschedulable_pods{plugin="NodeResourcesFit",profile="default-scheduler"} 1"#,
                    #"scheduler_cache_size{type="nodes"} 1"#,
                    #"scheduler_pod_scheduling_sli_duration_seconds_count{attempts="1"} 1"#,
                    "scheduler_pod_scheduling_attempts_count 1",
                ].allSatisfy { text.contains($0) }
        }
        #expect(isTold, "\(String(decoding: registry.text(.prometheus), as: UTF8.self))")
    }

    @Test("deletes the victims of a preemption, names the node meanwhile, and then binds")
    func preempts() async {
        let server = FakeAPIServer()
        server.seed(Make.node("a", cpu: "1"))
        server.seed(Make.placed(Make.pod("victim", cpu: "1") { $0.spec.terminationGracePeriodSeconds = 0 }, on: "a"))
        server.seed(Make.pod("urgent", cpu: "1", priority: 10))
        let bound = await run(server) { server in
            server.get(Pod.self, "victim", namespace: "default") == nil
                && server.get(Pod.self, "urgent", namespace: "default")?.spec.nodeName == "a"
                && server.list(Event.self).contains {
                    $0.reason == "Preempted" && $0.involvedObject.name == "victim"
                }
        }
        #expect(bound)
    }
}

import Client
import ClientTestSupport
import KubeAPI
import Machinery
import Scheduler
import Testing

@Suite("A whole scheduler", .timeLimit(.minutes(1)))
struct EndToEndTests {
    /// Runs a scheduler against the server until the condition holds.
    private func run(
        _ server: FakeAPIServer, until condition: @escaping @Sendable (FakeAPIServer) -> Bool
    ) async -> Bool {
        let client = server.client()
        let informers = InformerFactory(client: client)
        let scheduler = Scheduler(client: client, informers: informers)
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

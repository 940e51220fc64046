import Client
import ClientTestSupport
import KubeAPI
import Machinery
import Scheduler
import Testing

@Suite("Pods that fit nowhere", .timeLimit(.minutes(1)))
struct UnschedulableTests {
    @Test("are each told so in their status, however many they are, and once only")
    func areTold() async throws {
        let server = FakeAPIServer()
        let names = (0..<200).map { "p\($0)" }
        for name in names {
            var pod = Pod(name: name, namespace: "default")
            pod.metadata.uid = "uid-\(name)"
            pod.spec.schedulerName = Scheduler.name
            server.seed(pod)
        }
        let client = server.client()
        let informers = InformerFactory(client: client)
        let scheduler = Scheduler(client: client, informers: informers)
        await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await informers.run() }
            group.addTask { try await scheduler.run() }
            let told = await server.until { server in
                names.allSatisfy { name in
                    let condition = server.get(Pod.self, name, namespace: "default")?.status.conditions.first {
                        $0.type == "PodScheduled"
                    }
                    return condition?.status == "False" && condition?.reason == "Unschedulable"
                        && condition?.message == "no nodes available to schedule pods"
                }
            }
            #expect(told)
            group.cancelAll()
            while await group.nextResult() != nil {}
        }
    }
}

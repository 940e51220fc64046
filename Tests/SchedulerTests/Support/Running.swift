import Client
import ClientTestSupport
import Scheduler

/// Runs a scheduler against a server.
enum Running {
    /// - Returns: whether the condition came to hold.
    static func scheduler(
        _ server: FakeAPIServer, until condition: @escaping @Sendable (FakeAPIServer) -> Bool
    ) async -> Bool {
        await scheduler(server) { await server.until(.seconds(60), condition) }
    }

    /// - Returns: what the body says, during which it runs.
    static func scheduler(_ server: FakeAPIServer, _ body: @Sendable () async -> Bool) async -> Bool {
        let client = server.client()
        let informers = InformerFactory(client: client)
        let scheduler = Scheduler(client: client, informers: informers)
        return await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await informers.run() }
            group.addTask { try await scheduler.run() }
            let holds = await body()
            group.cancelAll()
            while await group.nextResult() != nil {}
            return holds
        }
    }
}

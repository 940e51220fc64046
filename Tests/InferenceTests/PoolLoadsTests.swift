import Inference
import KubeAPI
import Testing

@Suite("The load of pools")
struct PoolLoadsTests {
    private static let pool = ObjectKey(namespace: "shop", name: "chat")

    @Test("A reader is woken when a queue begins, not by each request behind the first")
    func wakes() async {
        let loads = PoolLoads()
        let changes = loads.changes()
        loads.set(Self.pool, PoolLoad(queued: 1, running: 0, tokensInFlight: 0))
        loads.set(Self.pool, PoolLoad(queued: 2, running: 0, tokensInFlight: 0))
        loads.set(Self.pool, PoolLoad(queued: 3, running: 1, tokensInFlight: 20))
        let other = ObjectKey(namespace: "shop", name: "other")
        loads.set(other, PoolLoad(queued: 0, running: 1, tokensInFlight: 5))
        var seen: [ObjectKey] = []
        for await pool in changes {
            seen.append(pool)
            if pool == other { break }
        }
        #expect(seen == [Self.pool, other])
        #expect(loads[Self.pool].queued == 3)
        #expect(loads[Self.pool].tokensInFlight == 20)
    }

    @Test("A pool without work is as one that was never heard of")
    func idle() {
        let loads = PoolLoads()
        loads.set(Self.pool, PoolLoad(queued: 0, running: 1, tokensInFlight: 5))
        loads.set(Self.pool, PoolLoad())
        #expect(loads[Self.pool] == PoolLoad())
        #expect(loads[Self.pool].isIdle)
    }

    @Test("What each replica does is asked of the gateway, when somebody wants to know")
    func replicas() {
        let loads = PoolLoads()
        #expect(loads.replicas(of: Self.pool) == nil)
        let pod = ObjectKey(namespace: "shop", name: "chat-1")
        loads.readReplicas { $0 == Self.pool ? [pod: 2] : [:] }
        #expect(loads.replicas(of: Self.pool) == [pod: 2])
    }
}

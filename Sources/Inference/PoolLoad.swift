import KubeAPI
import Synchronization

/// What a pool of replicas has to do at one moment.
package struct PoolLoad: Sendable, Hashable {
    /// Requests that wait for a replica.
    package var queued = 0
    /// Requests that a replica works on.
    package var running = 0
    /// Tokens of prompts and answers that replicas work on, as far as the gateway knows.
    package var tokensInFlight = 0

    package init() {}

    package init(queued: Int, running: Int, tokensInFlight: Int) {
        self.queued = queued
        self.running = running
        self.tokensInFlight = tokensInFlight
    }

    package var isIdle: Bool { queued == 0 && running == 0 }
}

/// The load of all pools, written by the gateway and read by whoever scales.
///
/// Readers are woken by what cannot wait: a queue that was empty and is not, a pool that became idle. Everything else
/// they read at their own pace.
package final class PoolLoads: Sendable {
    private struct State {
        var loads: [ObjectKey: PoolLoad] = [:]
        var readers: [Int: AsyncStream<ObjectKey>.Continuation] = [:]
        var number = 0
        var replicas: (@Sendable (ObjectKey) -> [ObjectKey: Int])?
    }

    private let state = Mutex(State())

    package init() {}

    package subscript(pool: ObjectKey) -> PoolLoad { state.withLock { $0.loads[pool] ?? PoolLoad() } }

    package func set(_ pool: ObjectKey, _ load: PoolLoad) {
        let readers = state.withLock { state -> [AsyncStream<ObjectKey>.Continuation] in
            let before = state.loads[pool] ?? PoolLoad()
            state.loads[pool] = load.isIdle ? nil : load
            let isNews = (before.queued == 0) != (load.queued == 0) || before.isIdle != load.isIdle
            return isNews ? Array(state.readers.values) : []
        }
        for reader in readers { reader.yield(pool) }
    }

    /// Has the gateway say what each replica does: it is asked seldom, so that no request pays for it.
    ///
    /// - Parameter read: given a pool, how many requests each of its pods works on; pods without any may be left out.
    package func readReplicas(_ read: @escaping @Sendable (ObjectKey) -> [ObjectKey: Int]) {
        state.withLock { $0.replicas = read }
    }

    /// How many requests each pod of a pool works on; `nil` while no gateway is there that knows.
    package func replicas(of pool: ObjectKey) -> [ObjectKey: Int]? {
        let read = state.withLock { $0.replicas }
        return read?(pool)
    }

    /// Pools whose queue begins or ends, or that become idle or busy. Names may be lost by a reader that is more than
    /// a thousand of them behind: it reads the loads themselves anyway.
    package func changes() -> AsyncStream<ObjectKey> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: ObjectKey.self, bufferingPolicy: .bufferingNewest(1_000))
        let number = state.withLock { state in
            state.number += 1
            state.readers[state.number] = continuation
            return state.number
        }
        continuation.onTermination = { [weak self] _ in self?.forget(number) }
        return stream
    }

    private func forget(_ number: Int) { state.withLock { $0.readers[number] = nil } }
}

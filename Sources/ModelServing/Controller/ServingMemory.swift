import Inference
import KubeAPI
import Synchronization

/// What the controller knows between looks and may lose: the load of pools lately, whose pools they are, since when a
/// revision is retired, and which version of a ModelService it wrote itself.
final class ServingMemory: Sendable {
    private struct State {
        var records: [ObjectKey: LoadRecord] = [:]
        var owners: [ObjectKey: ObjectKey] = [:]
        var retired: [ObjectKey: Duration] = [:]
        var written: [ObjectKey: UInt64] = [:]
    }

    private let state = Mutex(State())

    /// Notes that a pool belongs to a ModelService, and how many replicas it has.
    func know(_ pool: ObjectKey, of service: ObjectKey, replicas: Int, at now: Duration) {
        state.withLock { state in
            state.owners[pool] = service
            if state.records[pool] == nil { state.records[pool] = LoadRecord(replicas: replicas, at: now) }
        }
    }

    /// Notes that something changed about a pool's load.
    /// - Returns: the ModelService that it belongs to.
    func changed(_ pool: ObjectKey, at now: Duration) -> ObjectKey? {
        state.withLock { state in
            state.records[pool]?.wasBusy(at: now)
            return state.owners[pool]
        }
    }

    func withRecord<Result>(of pool: ObjectKey, _ body: (inout LoadRecord) -> Result) -> Result? {
        state.withLock { state in
            guard var record = state.records[pool] else { return nil }
            defer { state.records[pool] = record }
            return body(&record)
        }
    }

    /// How long a revision has been retired, from the first time this is asked.
    func retirement(of pool: ObjectKey, at now: Duration) -> Duration {
        state.withLock { state in
            let since = state.retired[pool] ?? now
            state.retired[pool] = since
            return now - since
        }
    }

    func unretire(_ pool: ObjectKey) { state.withLock { $0.retired[pool] = nil } }

    func forget(_ pool: ObjectKey) {
        state.withLock { state in
            state.records[pool] = nil
            state.owners[pool] = nil
            state.retired[pool] = nil
        }
    }

    /// - Returns: its pools.
    func forget(service: ObjectKey) -> [ObjectKey] {
        let pools = state.withLock { state in
            state.written[service] = nil
            return state.owners.filter { $0.value == service }.map(\.key)
        }
        for pool in pools { forget(pool) }
        return pools
    }

    func wrote(_ service: ModelService) {
        state.withLock { $0.written[service.key] = UInt64(service.resourceVersion) }
    }

    /// Whether a copy is older than what this controller wrote.
    func isStale(_ service: ModelService) -> Bool {
        guard let seen = UInt64(service.resourceVersion) else { return false }
        return state.withLock { $0.written[service.key].map { seen < $0 } ?? false }
    }
}

import Store
import Synchronization

/// Removes old history from etcd, once for all servers, as Kubernetes' servers agree on it: each tries to write the
/// record at the version it saw last. Who succeeds compacts through the revision that etcd had one round ago.
final class EtcdCompactor: Sendable {
    private struct State {
        /// The record's version as last seen.
        var version: Int64 = 0
        /// The revision of etcd then; 0: none.
        var revision: UInt64 = 0
    }

    private let client: EtcdClient
    private let keys: EtcdKeys
    private let state = Mutex(State())

    init(client: EtcdClient, keys: EtcdKeys) {
        self.client = client
        self.keys = keys
    }

    func round() async throws(StoreError) {
        let last = state.withLock { $0 }
        let record = Array(String(last.revision).utf8)
        let transaction = EtcdTransaction(
            key: keys.compaction, condition: .version(last.version), change: .put(record))
        let response = try await client.transact(transaction).response
        let version = response.succeeded ? last.version + 1 : response.current?.version ?? 0
        state.withLock { $0 = State(version: version, revision: response.revision) }
        // A first round, or another server's turn.
        guard response.succeeded, last.revision > 0 else { return }
        try await client.compact(before: last.revision)
    }
}

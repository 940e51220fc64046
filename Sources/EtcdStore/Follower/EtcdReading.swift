import Machinery
import Store

/// Everything that lies in etcd at one revision.
struct EtcdReading: Sendable {
    var revision: UInt64
    var tables: [String: ObjectTable]

    /// Reads page by page, all of the state that the first page found. Fails with `.corrupt` where another program's
    /// objects are found.
    static func load(
        _ client: EtcdClient, keys: EtcdKeys, configuration: EtcdConfiguration
    ) async throws(StoreError) -> EtcdReading {
        var reading = EtcdReading(revision: 0, tables: [:])
        var interner = StringInterner()
        var range = EtcdRange(key: keys.first, end: keys.end, limit: configuration.pageLimit)
        while true {
            let page = try await Self.page(client, &range)
            if reading.revision == 0 { reading.revision = max(page.revision, 1) }
            range.revision = reading.revision
            await configuration.store.cipher?.prepare(page.values.map(\.value))
            for pair in page.values {
                guard let key = keys.key(of: pair.key) else { continue }
                reading.tables[key.bucket, default: ObjectTable()].put(
                    try EtcdEnvelope.open(
                        pair, as: key, cipher: configuration.store.cipher, interner: &interner))
            }
            guard page.more, let last = page.values.last else { return reading }
            range.key = last.key + [0]
        }
    }

    /// A page; a smaller one where the objects are too large for one message.
    private static func page(
        _ client: EtcdClient, _ range: inout EtcdRange
    ) async throws(StoreError) -> EtcdRange.Response {
        while true {
            do throws(StoreError) {
                return try await client.range(range)
            } catch {
                guard case .unavailable(let reason) = error, reason.contains("larger than max"), range.limit > 1 else {
                    throw error
                }
                range.limit = max(1, range.limit / 4)
            }
        }
    }
}

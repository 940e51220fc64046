import Metrics
import Store

/// A store whose requests are measured under the names that Kubernetes gives those to etcd, and told in traces.
struct MeasuredStore: Store {
    private let store: any Store
    private let metrics: StoreMetrics

    init(_ store: any Store, _ metrics: StoreMetrics) {
        self.store = store
        self.metrics = metrics
    }

    func currentRevision() async throws(StoreError) -> UInt64 { try await store.currentRevision() }

    func get(_ key: StoreKey) async throws(StoreError) -> StoredObject? {
        let begin = ContinuousClock.now
        defer { metrics.finished("get", key.bucket, since: begin) }
        return try await store.get(key)
    }

    func range(
        bucket: String, namespace: String?, startingAfter: StoreKey?, limit: Int, at revision: UInt64?
    ) async throws(StoreError) -> RangeResult {
        let begin = ContinuousClock.now
        defer { metrics.finished("list", bucket, since: begin) }
        return try await store.range(
            bucket: bucket, namespace: namespace, startingAfter: startingAfter, limit: limit, at: revision)
    }

    func create(_ key: StoreKey, _ write: ObjectWrite) async throws(StoreError) -> StoredObject {
        let begin = ContinuousClock.now
        defer { metrics.finished("create", key.bucket, since: begin) }
        return try await store.create(key, write)
    }

    func update(
        _ key: StoreKey, expecting revision: UInt64, _ write: ObjectWrite
    ) async throws(StoreError) -> StoredObject {
        let begin = ContinuousClock.now
        defer { metrics.finished("update", key.bucket, since: begin) }
        return try await store.update(key, expecting: revision, write)
    }

    func delete(
        _ key: StoreKey, expecting revision: UInt64?, last: ObjectWrite?
    ) async throws(StoreError) -> StoredObject {
        let begin = ContinuousClock.now
        defer { metrics.finished("delete", key.bucket, since: begin) }
        return try await store.delete(key, expecting: revision, last: last)
    }

    func watch(after revision: UInt64) async throws(StoreError) -> any StoreWatch {
        try await store.watch(after: revision)
    }

    func contents() async throws(StoreError) -> StoreContents {
        let begin = ContinuousClock.now
        defer { metrics.finished("snapshot", "", since: begin) }
        return try await store.contents()
    }

    func isStale(_ object: StoredObject) -> Bool { store.isStale(object) }
    func compact(before revision: UInt64) async throws(StoreError) { try await store.compact(before: revision) }
    func maintain() async throws(StoreError) { try await store.maintain() }
    func attach(_ sink: any StoreSink) async throws(StoreError) { try await store.attach(sink) }
    func close() async { await store.close() }
}

/// How long the store took for what.
final class StoreMetrics: MetricCollector {
    struct Labels: MetricLabels {
        let operation: String
        let bucket: String
        var values: [String] { [operation, bucket] }
    }

    private let durations = HistogramVector(
        MetricFamily(
            "etcd_request_duration_seconds", .histogram, "How long requests to the store took, in seconds.",
            labels: ["operation", "type"]),
        .seconds([0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.25, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 45, 60]),
        of: Labels.self, capacity: 1024)

    func finished(_ operation: String, _ bucket: String, since begin: ContinuousClock.Instant) {
        let end = ContinuousClock.now
        durations.histogram(Labels(operation: operation, bucket: bucket)).observe(begin.duration(to: end))
        Span.current?.add("Store \(operation)", from: begin, to: end, [Span.Attribute("type", bucket)])
    }

    func collect(into writer: inout MetricWriter) { durations.collect(into: &writer) }
}

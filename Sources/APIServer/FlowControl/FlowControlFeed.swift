import FlowControl
import KubeAPI
import KubeSchemas
import Machinery
import Store
import Synchronization

/// Keeps flow control's configuration as the store has it.
///
/// A change is only noted when it is told of, which commits do. The next request applies it, so whoever wrote it finds
/// it at work with the request after.
final class FlowControlFeed: Sendable {
    private static let schemas = "flowschemas.flowcontrol.apiserver.k8s.io"
    private static let levels = "prioritylevelconfigurations.flowcontrol.apiserver.k8s.io"

    private let cache: WatchCache
    private let hasChanged = Atomic(true)
    private let subscriptions = Mutex<[Subscription]>([])

    init(cache: WatchCache) throws(StatusError) {
        self.cache = cache
        for bucket in [Self.schemas, Self.levels] {
            let group = WatchGroup { [weak self] _ in self?.hasChanged.store(true, ordering: .releasing) }
            do {
                let opening = try cache.subscribe(bucket, WatchSelection(), from: .currentState, group: group)
                subscriptions.withLock { $0.append(opening.subscription) }
            } catch {
                throw StatusError.internalError("reading the configuration of flow control: \(error)")
            }
        }
    }

    /// Brings the controller up to the store, if that has changed.
    func refresh(_ controller: FlowController) {
        guard hasChanged.load(ordering: .relaxed), hasChanged.exchange(false, ordering: .acquiringAndReleasing) else {
            return
        }
        controller.configure(
            schemas: objects(Self.schemas).map(FlowSchema.init(json:)),
            levels: objects(Self.levels).map(PriorityLevelConfiguration.init(json:)))
    }

    /// Bytes that were written by this server can be read by it.
    private func objects(_ bucket: String) -> [JSONObject] {
        cache.snapshot(bucket).objects().compactMap { object in
            (try? JSON(parsing: object.bytes, keys: BuiltinSchemas.keys))?.objectValue
        }
    }
}

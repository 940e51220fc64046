import AdmissionRules
import Client
import KubeAPI
import Machinery
import Synchronization

/// The objects of a resource in a namespace, as far as quotas count them.
final class QuotaMonitor: ReflectorSink {
    typealias Object = JSONObject

    private struct State {
        var objects: [ObjectKey: JSONObject] = [:]
        var hasSynced = false
    }

    private let state = Mutex(State())
    private let evaluator: any QuotaEvaluator
    /// Called when the first list is there, and whenever something may use less, or something else, than before.
    private let changed: @Sendable () -> Void

    init(_ evaluator: any QuotaEvaluator, changed: @escaping @Sendable () -> Void) {
        self.evaluator = evaluator
        self.changed = changed
    }

    /// `nil` until the first list is there.
    var objects: [JSONObject]? { state.withLock { $0.hasSynced ? Array($0.objects.values) : nil } }

    func replace(with objects: [JSONObject]) {
        let listed = Dictionary(objects.map { (Self.key($0), $0) }) { $1 }
        state.withLock { $0 = State(objects: listed, hasSynced: true) }
        changed()
    }

    /// New objects have been charged by admission.
    func apply(_ object: JSONObject) {
        let old = state.withLock { $0.objects.updateValue(object, forKey: Self.key(object)) }
        if let old, Self.differ(old, object, evaluator) { changed() }
    }

    func applyDeletion(of object: JSONObject) {
        state.withLock { $0.objects[Self.key(object)] = nil }
        changed()
    }

    /// Whether a change of an object is one of what it uses, or of the scopes it is within.
    static func differ(_ old: JSONObject, _ new: JSONObject, _ evaluator: any QuotaEvaluator) -> Bool {
        old["spec"] != new["spec"] || evaluator.usage(of: old) != evaluator.usage(of: new)
            || old["status"]?["currentVolumeAttributesClassName"] != new["status"]?["currentVolumeAttributesClassName"]
    }

    private static func key(_ object: JSONObject) -> ObjectKey {
        let metadata = object["metadata"]
        return ObjectKey(
            namespace: metadata?["namespace"]?.stringValue ?? "", name: metadata?["name"]?.stringValue ?? "")
    }
}

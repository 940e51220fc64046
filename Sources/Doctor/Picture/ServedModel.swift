import Inference
import KubeAPI
import Machinery

/// A `ModelService` (gantry.dev/v1alpha1) as far as rules look at it.
package struct ServedModel: KubeObject {
    package static let kind = GroupVersionKind(
        group: InferenceNames.group, version: "v1alpha1", kind: "ModelService")
    package static let resource = GroupVersionResource(
        group: InferenceNames.group, version: "v1alpha1", resource: "modelservices")
    package static let isNamespaced = true

    package var json: JSONObject

    package init(json: JSONObject) { self.json = json }

    package var metadata: ObjectMeta {
        get { json.view("metadata") ?? ObjectMeta() }
        set { json.set("metadata", newValue) }
    }

    private var status: JSONObject { json["status"]?.objectValue ?? JSONObject() }

    func condition(_ type: String) -> Condition? {
        let conditions: [Condition] = status.views("conditions")
        return conditions.first { $0.type == type }
    }

    var currentVersion: String? { status.string("currentVersion") }
    /// Of the latest rollout that ended.
    var lastRollout: JSONObject? { status.values("history").first?.objectValue }
}

/// An `InferencePool` (inference.networking.k8s.io/v1) as far as rules look at it.
package struct ModelPool: KubeObject {
    package static let kind = GroupVersionKind(
        group: "inference.networking.k8s.io", version: "v1", kind: "InferencePool")
    package static let resource = GroupVersionResource(
        group: "inference.networking.k8s.io", version: "v1", resource: "inferencepools")
    package static let isNamespaced = true

    package var json: JSONObject

    package init(json: JSONObject) { self.json = json }

    package var metadata: ObjectMeta {
        get { json.view("metadata") ?? ObjectMeta() }
        set { json.set("metadata", newValue) }
    }

    /// How many requests may wait, where the pool says nothing.
    private static let usualLimit = 1024

    var queueLimit: Int {
        annotations[InferenceNames.queueLimitAnnotation].flatMap { Int($0) } ?? Self.usualLimit
    }
}

/// GPUs that are held for nothing, as the books tell of them.
package struct HeldGPUs: Hashable, Sendable {
    package var pod: ObjectName
    package var gpus: Int
    /// Without a request since then.
    package var since: String

    package init(pod: ObjectName, gpus: Int, since: String) {
        self.pod = pod
        self.gpus = gpus
        self.since = since
    }
}

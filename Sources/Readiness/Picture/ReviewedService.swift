import KubeAPI
import Machinery

/// A `ModelService` (gantry.dev/v1alpha1) as far as a review looks at it.
package struct ReviewedService: KubeObject {
    package static let kind = GroupVersionKind(group: "gantry.dev", version: "v1alpha1", kind: "ModelService")
    package static let resource = GroupVersionResource(
        group: "gantry.dev", version: "v1alpha1", resource: "modelservices")
    package static let isNamespaced = true

    package var json: JSONObject

    package init(json: JSONObject) { self.json = json }

    package var metadata: ObjectMeta {
        get { json.view("metadata") ?? ObjectMeta() }
        set { json.set("metadata", newValue) }
    }

    private func part(_ names: String...) -> JSONObject {
        names.reduce(json) { $0[$1]?.objectValue ?? JSONObject() }
    }

    var owner: JSONObject { part("spec", "owner") }
    var objectives: JSONObject { part("spec", "objectives") }
    /// Whether somebody wrote down that it needs no GPU.
    var isOnCPUs: Bool { part("spec", "gpus").int64("count") == 0 }
    package var modelName: String { part("spec", "model").string("name") ?? name }
    package var version: String { part("spec", "model").string("version") ?? "" }
    package var url: String? { part("status").string("url") }
    package var currentRevision: String? { part("status").string("currentRevision") }
    package var currentVersion: String? { part("status").string("currentVersion") }
    /// Ended rollouts, the latest first.
    package var history: [JSONObject] { part("status").values("history").compactMap(\.objectValue) }
}

/// A failing check that somebody answers for (gantry.dev/v1alpha1).
package struct ReadinessException: KubeObject {
    package static let kind = GroupVersionKind(group: "gantry.dev", version: "v1alpha1", kind: "ReadinessException")
    package static let resource = GroupVersionResource(
        group: "gantry.dev", version: "v1alpha1", resource: "readinessexceptions")
    package static let isNamespaced = true

    package var json: JSONObject

    package init(json: JSONObject) { self.json = json }

    package var metadata: ObjectMeta {
        get { json.view("metadata") ?? ObjectMeta() }
        set { json.set("metadata", newValue) }
    }

    private var spec: JSONObject { json["spec"]?.objectValue ?? JSONObject() }
    var check: String { spec.string("check") ?? "" }
    var reason: String { spec.string("reason") ?? "" }
    var approver: String { spec.string("approver") ?? "" }
    var expires: Timestamp? { spec.time("expires") }
}

/// A signal that operators need, before and after a probe load.
package struct SignalReading: Hashable, Sendable {
    package enum Signal: String, Hashable, Sendable, CaseIterable {
        case timeToFirstToken = "TTFT"
        case tokensPerSecond = "TokensPerSecond"
        case queueWait = "QueueWait"
        case gpuMemory = "GPUMemory"
        case costPerRequest = "CostPerRequest"
    }

    package var signal: Signal
    /// The metric that it was read from.
    package var metric: String
    /// Nil where there was no such metric.
    package var before: Double?
    package var after: Double?

    package init(_ signal: Signal, metric: String, before: Double?, after: Double?) {
        self.signal = signal
        self.metric = metric
        self.before = before
        self.after = after
    }
}

/// What became of a drill: a version that cannot serve is deployed under traffic, and goes back.
package struct DrillResult: Hashable, Sendable {
    package var service: String
    /// What happened, in order.
    package var steps: [String] = []
    package var requests = 0
    package var failed = 0
    /// What went otherwise than it should have; nil when nothing did.
    package var problem: String?

    package init(service: String) { self.service = service }
}

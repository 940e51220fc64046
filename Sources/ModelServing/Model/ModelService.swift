import Inference
import KubeAPI
import Machinery

/// A typed face of Gantry's own kind `gantry.dev/v1alpha1` ModelService.
///
/// What its fields mean is told by its definition (`kubectl explain modelservice`); defaults are the definition's too,
/// and repeated here only for objects that were written before a field was.
package struct ModelService: KubeObject {
    package static let kind = GroupVersionKind(group: InferenceNames.group, version: "v1alpha1", kind: "ModelService")
    package static let resource = GroupVersionResource(
        group: InferenceNames.group, version: "v1alpha1", resource: "modelservices")
    package static let isNamespaced = true

    package var json: JSONObject

    package init(json: JSONObject) { self.json = json }

    package var metadata: ObjectMeta {
        get { json.view("metadata") ?? ObjectMeta() }
        set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) }
    }

    package var spec: ModelServiceSpec { json.view("spec") ?? ModelServiceSpec() }

    package var status: ModelServiceStatus {
        get { json.view("status") ?? ModelServiceStatus() }
        set { json.set("status", newValue) }
    }

    /// The name under which clients ask for the model.
    package var modelName: String { spec.model.string("name") ?? name }
}

package struct ModelServiceSpec: JSONView {
    package var json: JSONObject

    package init(json: JSONObject) { self.json = json }

    var model: JSONObject { part("model") }
    var runtime: JSONObject { part("runtime") }
    var gpus: JSONObject { part("gpus") }
    var version: String { model.string("version") ?? "" }
    var port: Int32 { runtime.int32("port") ?? 8000 }
    var team: String? { part("owner").string("team") }
    var maxUnavailable: Int32 { part("disruption").int32("maxUnavailable") ?? 1 }
    var minimum: Int { Int(part("replicas").int32("min") ?? 1) }
    var maximum: Int { max(Int(part("replicas").int32("max") ?? 1), minimum, 1) }
    var objectives: Objectives { Objectives(json: part("objectives")) }
    var scaling: ScalingRules { ScalingRules(json: part("scaling")) }
    var rollout: RolloutRules { RolloutRules(json: part("rollout")) }

    /// What the gateway reads of a pool: how many requests a replica may have, and how many may wait for how long.
    var queueing: [String: String] {
        let given = [
            (InferenceNames.concurrencyAnnotation, part("scaling").int64("maxRequestsPerReplica").map(String.init)),
            (InferenceNames.queueLimitAnnotation, part("queue").int64("limit").map(String.init)),
            (InferenceNames.queueTimeoutAnnotation, part("queue").string("timeout")),
        ]
        return Dictionary(given.compactMap { pair in pair.1.map { (pair.0, $0) } }) { first, _ in first }
    }

    private func part(_ name: String) -> JSONObject { json[name]?.objectValue ?? JSONObject() }
}

/// What a version must not do worse than.
package struct Objectives: Hashable, Sendable {
    package var timeToFirstToken: Duration?
    package var queueWait: Duration?
    package var tokensPerSecond: Double?
    /// Out of one.
    package var errorRate: Double?
    /// On average, in the currency of node prices.
    package var costPerRequest: Double?

    package init() {}

    init(json: JSONObject) {
        timeToFirstToken = json.goDuration("timeToFirstTokenP95")?.duration
        queueWait = json.goDuration("queueWaitP95")?.duration
        tokensPerSecond = json.int64("tokensPerSecond").map(Double.init)
        errorRate = json.string("errorRate").flatMap { Double($0.dropLast()) }.map { $0 / 100 }
        costPerRequest = json.string("costPerRequest").flatMap(Double.init)
    }
}

/// How replicas follow the load.
package struct ScalingRules: Hashable, Sendable {
    package var requestsPerReplica: Int?
    package var tokensPerReplica: Int?
    package var idleTime = Duration.seconds(300)
    package var stabilization = Duration.seconds(60)
    package var drainTimeout = Duration.seconds(600)

    package init() {}

    init(json: JSONObject) {
        requestsPerReplica = json.int64("requestsPerReplica").map { Int($0) }
        tokensPerReplica = json.int64("tokensInFlightPerReplica").map { Int($0) }
        idleTime = json.goDuration("scaleToZeroAfter")?.duration ?? idleTime
        stabilization = json.goDuration("stabilization")?.duration ?? stabilization
        drainTimeout = json.goDuration("drainTimeout")?.duration ?? drainTimeout
    }
}

/// How a new version takes over.
package struct RolloutRules: Hashable, Sendable {
    package var steps = [1, 10, 50, 100]
    package var minimumSamples = 50
    package var stepDuration = Duration.seconds(60)
    package var maximumStepDuration = Duration.seconds(1800)
    package var advancesInconclusive = true
    /// Out of one.
    package var tolerance = 0.2
    package var progressDeadline = Duration.seconds(600)
    package var historyLimit = 3

    package init() {}

    init(json: JSONObject) {
        let given = json.integers("steps").map { Int($0) }
        if !given.isEmpty { steps = given }
        minimumSamples = json.int64("minimumSamples").map { Int($0) } ?? minimumSamples
        stepDuration = json.goDuration("stepDuration")?.duration ?? stepDuration
        maximumStepDuration = json.goDuration("maximumStepDuration")?.duration ?? maximumStepDuration
        advancesInconclusive = json.string("whenInconclusive") != "RollBack"
        tolerance = json.int64("tolerancePercent").map { Double($0) / 100 } ?? tolerance
        progressDeadline = json.goDuration("progressDeadline")?.duration ?? progressDeadline
        historyLimit = json.int64("historyLimit").map { Int($0) } ?? historyLimit
    }
}

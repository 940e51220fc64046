import KubeAPI
import Machinery

/// What the controller knows of a ModelService: all of a rollout's state, so that one goes on after a restart.
package struct ModelServiceStatus: JSONView {
    package static let historyLength = 10

    package var json: JSONObject

    package init(json: JSONObject) { self.json = json }

    package var observedGeneration: Int64? {
        get { json.int64("observedGeneration") }
        set { json.set("observedGeneration", newValue) }
    }
    package var conditions: [Condition] {
        get { json.views("conditions") }
        set { json.set("conditions", newValue) }
    }
    package var modelName: String? {
        get { json.string("modelName") }
        set { json.set("modelName", newValue) }
    }
    package var url: String? {
        get { json.string("url") }
        set { json.set("url", newValue) }
    }
    package var currentVersion: String? {
        get { json.string("currentVersion") }
        set { json.set("currentVersion", newValue) }
    }
    package var currentRevision: String? {
        get { json.string("currentRevision") }
        set { json.set("currentRevision", newValue) }
    }
    package var candidateVersion: String? {
        get { json.string("candidateVersion") }
        set { json.set("candidateVersion", newValue) }
    }
    package var replicas: Int32? {
        get { json.int32("replicas") }
        set { json.set("replicas", newValue) }
    }
    package var readyReplicas: Int32? {
        get { json.int32("readyReplicas") }
        set { json.set("readyReplicas", newValue) }
    }
    package var desiredReplicas: Int32? {
        get { json.int32("desiredReplicas") }
        set { json.set("desiredReplicas", newValue) }
    }
    package var versions: [VersionStatus] {
        get { json.views("versions") }
        set { json.set("versions", newValue) }
    }
    package var rollout: RolloutStatus? {
        get { json.view("rollout") }
        set { json.set("rollout", newValue) }
    }
    package var rolledBackRevision: String? {
        get { json.string("rolledBackRevision") }
        set { json.set("rolledBackRevision", newValue) }
    }
    package var history: [PastRollout] {
        get { json.views("history") }
        set { json.set("history", newValue) }
    }

    package func condition(_ type: String) -> Condition? { conditions.first { $0.type == type } }

    /// Sets a condition; the time of its change stays while its status does.
    mutating func set(
        _ type: String, _ holds: Bool, _ reason: String, _ message: String, generation: Int64?, now: Timestamp
    ) {
        var all = conditions
        let index = all.firstIndex { $0.type == type }
        var condition = index.map { all[$0] } ?? Condition()
        let status = holds ? "True" : "False"
        if condition.status != status { condition.lastTransitionTime = now.inSeconds }
        condition.type = type
        condition.status = status
        condition.reason = reason
        condition.message = message
        condition.observedGeneration = generation
        if let index { all[index] = condition } else { all.append(condition) }
        conditions = all
    }

    mutating func removeCondition(_ type: String) { conditions.removeAll { $0.type == type } }

    mutating func remember(_ past: PastRollout) {
        history = Array(([past] + history).prefix(Self.historyLength))
    }
}

/// A version, as the status lists it.
package struct VersionStatus: JSONView {
    package var json: JSONObject

    package init(json: JSONObject) { self.json = json }

    package init(revision: Revision, weight: Int, replicas: Int32, ready: Int32) {
        json = [
            "revision": .string(revision.name), "version": .string(revision.version), "weight": .int(Int64(weight)),
            "replicas": .int(Int64(replicas)), "readyReplicas": .int(Int64(ready)),
        ]
    }

    package var revision: String { json.string("revision") ?? "" }
    package var weight: Int { json.int64("weight").map { Int($0) } ?? 0 }
    package var replicas: Int32 { json.int32("replicas") ?? 0 }
}

/// The rollout that is under way.
package struct RolloutStatus: JSONView {
    package enum Phase: String, Sendable {
        /// No replica of the new version is ready yet.
        case starting = "Starting"
        /// It has its share of the requests.
        case judging = "Judging"
    }

    package var json: JSONObject

    package init(json: JSONObject) { self.json = json }

    package init(_ revision: Revision, from: String?, now: Timestamp) {
        json = [
            "revision": .string(revision.name), "version": .string(revision.version), "step": 0, "percent": 0,
            "startedAt": now.inSeconds.json,
        ]
        json.set("fromRevision", from)
        phase = .starting
    }

    package var revision: Revision {
        Revision(name: json.string("revision") ?? "", version: json.string("version") ?? "")
    }
    package var fromRevision: String? { json.string("fromRevision") }
    package var phase: Phase {
        get { json.string("phase").flatMap(Phase.init) ?? .starting }
        set { json["phase"] = .string(newValue.rawValue) }
    }
    package var step: Int {
        get { json.int64("step").map { Int($0) } ?? 0 }
        set { json["step"] = .int(Int64(newValue)) }
    }
    /// The new version's share of the requests.
    package var percent: Int {
        get { json.int64("percent").map { Int($0) } ?? 0 }
        set { json["percent"] = .int(Int64(newValue)) }
    }
    package var startedAt: Timestamp { json.time("startedAt") ?? Timestamp(seconds: 0) }
    package var stepStartedAt: Timestamp? {
        get { json.time("stepStartedAt") }
        set { json.setTime("stepStartedAt", newValue?.inSeconds) }
    }
    package var steps: [StepResult] {
        get { json.views("steps") }
        set { json.set("steps", newValue) }
    }
}

/// What a step of a rollout came to.
package struct StepResult: JSONView {
    package var json: JSONObject

    package init(json: JSONObject) { self.json = json }

    init(
        percent: Int, verdict: String, message: String, candidate: Figures, baseline: Figures, now: Timestamp
    ) {
        json = [
            "percent": .int(Int64(percent)), "verdict": .string(verdict), "message": .string(message),
            "endedAt": now.inSeconds.json, "candidate": .object(candidate.json), "baseline": .object(baseline.json),
        ]
    }

    package var percent: Int { json.int64("percent").map { Int($0) } ?? 0 }
    package var verdict: String { json.string("verdict") ?? "" }
    package var message: String { json.string("message") ?? "" }
}

/// A rollout that ended.
package struct PastRollout: JSONView {
    package enum Outcome: String, Sendable {
        case promoted = "Promoted"
        case rolledBack = "RolledBack"
        case superseded = "Superseded"
    }

    package var json: JSONObject

    package init(json: JSONObject) { self.json = json }

    init(
        _ rollout: RolloutStatus, _ outcome: Outcome, fromVersion: String?, reason: String, message: String,
        now: Timestamp
    ) {
        json = [
            "revision": .string(rollout.revision.name), "version": .string(rollout.revision.version),
            "outcome": .string(outcome.rawValue), "reason": .string(reason), "message": .string(message),
            "startedAt": rollout.startedAt.json, "endedAt": now.inSeconds.json,
        ]
        json.set("fromVersion", fromVersion)
        json.set("steps", rollout.steps)
    }

    package var outcome: Outcome? { json.string("outcome").flatMap(Outcome.init) }
    package var version: String { json.string("version") ?? "" }
    package var reason: String { json.string("reason") ?? "" }
    package var message: String { json.string("message") ?? "" }
    package var steps: [StepResult] { json.views("steps") }
}

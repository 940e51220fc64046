import Doctor
import KubeAPI
import Machinery
import Testing

/// A cluster with something wrong in it, and the cause that the doctor must name.
struct Fault: Sendable, CustomTestStringConvertible {
    let cause: Cause
    let subject: String
    /// Flow mappings of YAML, an object each.
    let objects: [String]
    var logs: [String: [String]] = [:]
    /// Words that the evidence or the summary must have.
    var says: String = ""
    /// Requests that wait for pools.
    var queues: [String: Int] = [:]
    var held: [HeldGPUs] = []

    init(
        _ cause: Cause, _ subject: String, says: String = "", logs: [String: [String]] = [:], _ objects: String...
    ) {
        self.cause = cause
        self.subject = subject
        self.says = says
        self.objects = objects
        self.logs = logs
    }

    var testDescription: String { "\(cause.rawValue): \(subject)" }

    func picture() throws -> ClusterPicture {
        var picture = try ClusterPicture.make(objects, logs: logs)
        picture.queues = queues
        picture.heldGPUs = held
        return picture
    }
}

extension ClusterPicture {
    /// Two o'clock, when pictures are taken in tests; objects are made at one.
    static let noon = "2026-11-21T14:00:00Z"

    static func make(_ objects: [String], logs: [String: [String]] = [:]) throws -> ClusterPicture {
        var picture = ClusterPicture(now: try Timestamp(rfc3339: noon))
        picture.logs = logs
        for text in objects {
            guard case .object(let json) = try YAMLParser.parse(Array(text.utf8)).value else { continue }
            picture.add(json)
        }
        return picture
    }

    private mutating func add(_ json: JSONObject) {
        switch json["kind"]?.stringValue ?? "" {
        case "Namespace": namespaces.append(Namespace(json: json))
        case "Node": nodes.append(Node(json: json))
        case "Pod": pods.append(Pod(json: json))
        case "Deployment": deployments.append(Deployment(json: json))
        case "ReplicaSet": replicaSets.append(ReplicaSet(json: json))
        case "StatefulSet": statefulSets.append(StatefulSet(json: json))
        case "DaemonSet": daemonSets.append(DaemonSet(json: json))
        case "Job": jobs.append(Job(json: json))
        case "HorizontalPodAutoscaler": autoscalers.append(HorizontalPodAutoscaler(json: json))
        case "Service": services.append(Service(json: json))
        case "EndpointSlice": endpointSlices.append(EndpointSlice(json: json))
        case "Ingress": ingresses.append(Ingress(json: json))
        case "PersistentVolumeClaim": claims.append(PersistentVolumeClaim(json: json))
        case "StorageClass": storageClasses.append(StorageClass(json: json))
        case "PodDisruptionBudget": budgets.append(PodDisruptionBudget(json: json))
        case "ResourceQuota": quotas.append(ResourceQuota(json: json))
        case "ValidatingWebhookConfiguration": validatingWebhooks.append(ValidatingWebhookConfiguration(json: json))
        case "MutatingWebhookConfiguration": mutatingWebhooks.append(MutatingWebhookConfiguration(json: json))
        case "ModelService": models.append(ServedModel(json: json))
        case "InferencePool": pools.append(ModelPool(json: json))
        case "Event": events.append(Event(json: json))
        default: Issue.record("no such kind: \(json)")
        }
    }
}

// MARK: Objects in a line

/// Metadata of an object that was made an hour ago.
func meta(_ name: String, _ namespace: String = "default", _ more: String = "") -> String {
    let place = namespace.isEmpty ? "" : "namespace: \(namespace), "
    return
        "{name: \(name), \(place)uid: \(name), creationTimestamp: \"2026-11-21T13:00:00Z\"\(more.isEmpty ? "" : ", \(more)")}"
}

func pod(
    container: String = "{name: c, image: app:1}", spec: String = "", more: String = "", _ status: String
) -> String {
    pod("web", container: container, spec: spec, more: more, status)
}

func pod(
    _ name: String, container: String = "{name: c, image: app:1}", spec: String = "", more: String = "",
    _ status: String
) -> String {
    "{kind: Pod, metadata: \(meta(name, "default", more)), spec: {\(spec.isEmpty ? "" : "\(spec), ")"
        + "containers: [\(container)]}, status: {\(status)}}"
}

/// A pod that the scheduler does not place.
func pending(
    _ message: String, container: String = "{name: c, image: app:1}", spec: String = "",
    reason: String = "Unschedulable"
) -> String {
    pod(
        container: container, spec: spec,
        "phase: Pending, conditions: [{type: PodScheduled, status: \"False\", reason: \(reason), "
            + "message: \(quoted(message))}]")
}

/// A pod whose container waits.
func waiting(
    _ reason: String, _ message: String = "", last: String = "", container: String = "{name: c, image: app:1}",
    spec: String = "", isInit: Bool = false
) -> String {
    let ended = last.isEmpty ? "" : ", lastState: {terminated: {\(last)}}"
    return pod(
        container: container, spec: "nodeName: n1" + (spec.isEmpty ? "" : ", \(spec)"),
        "phase: \(isInit ? "Pending" : "Running"), \(isInit ? "initContainerStatuses" : "containerStatuses"): "
            + "[{name: c, image: app:1, ready: false, restartCount: \(last.isEmpty ? 0 : 7), "
            + "state: {waiting: {reason: \(reason), message: \(quoted(message))}}\(ended)}]")
}

/// A pod whose container runs and is not ready.
func unready(_ container: String, restarts: Int = 0, started: Bool = true) -> String {
    pod(
        container: container, spec: "nodeName: n1",
        "phase: Running, conditions: [{type: Ready, status: \"False\", message: \"containers with unready status\"}], "
            + "containerStatuses: [{name: c, image: app:1, ready: false, started: \(started), "
            + "restartCount: \(restarts), state: {running: {}}}]")
}

/// A pod that is well.
func running(_ name: String = "web", labels: String = "app: web", ports: String = "", node: String = "n1") -> String {
    pod(
        name, container: "{name: c, image: app:1, ports: [\(ports)]}", spec: "nodeName: \(node)",
        more: "labels: {\(labels)}",
        "phase: Running, conditions: [{type: PodScheduled, status: \"True\"}, {type: Ready, status: \"True\"}], "
            + "containerStatuses: [{name: c, image: app:1, ready: true, started: true, restartCount: 0, "
            + "state: {running: {}}}]")
}

func node(
    _ name: String = "n1", ready: String = "\"True\"", more: String = "", spec: String = "", conditions: String = ""
)
    -> String
{
    "{kind: Node, metadata: \(meta(name, "")), spec: {\(spec)}, status: {conditions: "
        + "[{type: Ready, status: \(ready), reason: R, message: the agent says so}\(conditions)]"
        + "\(more.isEmpty ? "" : ", \(more)")}}"
}

func event(_ kind: String, _ name: String, _ reason: String, _ message: String, namespace: String = "default") -> String
{
    let place = namespace.isEmpty ? "" : "namespace: \(namespace), "
    return "{kind: Event, metadata: \(meta("\(name)-\(reason)".lowercased())), type: Warning, reason: \(reason), "
        + "message: \(quoted(message)), lastTimestamp: \"2026-11-21T13:59:00Z\", "
        + "involvedObject: {kind: \(kind), \(place)name: \(name)}}"
}

func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
}

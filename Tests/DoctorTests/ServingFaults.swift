import Doctor

private func model(_ conditions: String, more: String = "") -> String {
    "{apiVersion: gantry.dev/v1alpha1, kind: ModelService, metadata: \(meta("chat")), spec: {}, "
        + "status: {currentVersion: v1\(more), conditions: [\(conditions)]}}"
}

private func condition(_ type: String, _ status: String, _ reason: String, _ message: String = "m") -> String {
    "{type: \(type), status: \"\(status)\", reason: \(reason), message: \(quoted(message))}"
}

private func pool(_ annotations: String = "") -> String {
    "{kind: InferencePool, metadata: \(meta("chat", "default", "annotations: {\(annotations)}")), spec: {}}"
}

private let reference = "registry.example.com/models/chat:v2"
private let modelVolume = "nodeName: n1, volumes: [{name: model, image: {reference: \"\(reference)\"}}]"

extension Fault {
    /// With what gateway and books say.
    fileprivate init(
        _ cause: Cause, _ subject: String, says: String, queues: [String: Int] = [:], held: [HeldGPUs] = [],
        _ objects: String...
    ) {
        self.init(cause, subject, says: says, objects: objects)
        self.queues = queues
        self.held = held
    }

    /// Models that are not served, and what of GPUs stands in the way.
    static let serving = [
        Fault(
            .noGPUNode, "pod/web", says: "which no node of the cluster has",
            pending(
                "0/1 nodes are available: 1 Insufficient nvidia.com/gpu.",
                container: "{name: c, resources: {limits: {nvidia.com/gpu: \"1\"}}}"),
            node(more: "capacity: {cpu: \"4\"}, allocatable: {cpu: \"4\"}")),
        Fault(
            .insufficientGPU, "pod/web", says: "1 allocatable",
            pending(
                "0/1 nodes are available: 1 Insufficient nvidia.com/gpu.",
                container: "{name: c, resources: {limits: {nvidia.com/gpu: \"2\"}}}"),
            node(more: "capacity: {nvidia.com/gpu: \"1\"}, allocatable: {nvidia.com/gpu: \"1\"}")),
        Fault(
            .gpuQuota, "replicaset/web", says: "requests.nvidia.com/gpu: 2 of 2 used",
            "{kind: ReplicaSet, metadata: \(meta("web")), spec: {replicas: 2}, status: {replicas: 0}}",
            event(
                "ReplicaSet", "web", "FailedCreate",
                "Error creating: pods \"web-x\" is forbidden: exceeded quota: gpus, requested: requests.nvidia.com/gpu=1, "
                    + "used: requests.nvidia.com/gpu=2, limited: requests.nvidia.com/gpu=2"),
            "{kind: ResourceQuota, metadata: \(meta("gpus")), status: {hard: {requests.nvidia.com/gpu: \"2\"}, "
                + "used: {requests.nvidia.com/gpu: \"2\"}}}"),
        Fault(
            .quotaExceeded, "replicaset/web", says: "pods: 5 of 5 used",
            "{kind: ReplicaSet, metadata: \(meta("web")), spec: {replicas: 2}, status: {replicas: 0}}",
            event(
                "ReplicaSet", "web", "FailedCreate",
                "Error creating: pods \"web-x\" is forbidden: exceeded quota: q, requested: pods=1, used: "
                    + "pods=5,requests.nvidia.com/gpu=1, limited: pods=5"),
            "{kind: ResourceQuota, metadata: \(meta("q")), status: {hard: {pods: \"5\"}, used: {pods: \"5\"}}}"),
        Fault(
            .modelVolume, "pod/web", says: reference,
            waiting(
                "ImagePullBackOff", "Back-off pulling image \"\(reference)\"", spec: String(modelVolume.dropFirst(14))),
            event("Pod", "web", "Failed", "Failed to pull image \"\(reference)\": manifest unknown")),
        Fault(
            .modelVolume, "pod/web", says: "volume model",
            waiting("ErrImagePull", "failed to pull \(reference): not found", spec: String(modelVolume.dropFirst(14)))),
        Fault(
            .modelNotReady, "modelservice/chat", says: "no version has been ready yet",
            model(
                condition("Ready", "False", "NoVersionReady", "no version has been ready yet") + ", "
                    + condition("Progressing", "False", "ProgressDeadlineExceeded"))),
        Fault(
            .modelNotReady, "modelservice/chat", says: "no replica is ready",
            model(
                condition("Ready", "False", "NoReadyReplica", "no replica is ready") + ", "
                    + condition("Progressing", "True", "RolloutComplete"))),
        Fault(
            .modelRolledBack, "modelservice/chat", says: "errors of 12 % against 0 %",
            model(
                condition("Ready", "True", "Serving") + ", "
                    + condition("RolledBack", "True", "ObjectiveBreached", "errors of 12 % against 0 %"),
                more: ", history: [{version: v2, outcome: RolledBack, reason: ObjectiveBreached, steps: [{percent: 10, "
                    + "verdict: Breached, message: too many errors}]}]")),
        Fault(
            .modelRefused, "modelservice/chat", says: "exceeded",
            model(
                condition("Ready", "False", "NoVersionReady") + ", "
                    + condition("Progressing", "False", "ObjectsRefused", "deployments is forbidden: exceeded quota"))),
        Fault(
            .queueFull, "inferencepool/chat", says: "20 of 20", queues: ["default/chat": 20],
            pool("gantry.dev/max-queue: \"20\"")),
        Fault(.queueFull, "inferencepool/chat", says: "1024 of 1024", queues: ["default/chat": 1024], pool()),
        Fault(
            .gpuHeldIdle, "pod/web", says: "serves nobody",
            held: [HeldGPUs(pod: ObjectName("Pod", "default", "web"), gpus: 1, since: "2026-11-21T13:00:00Z")],
            running()),
    ]

    /// Models that are well, or on their way.
    static let servingWell: [[String]] = [
        [model(condition("Ready", "True", "Serving") + ", " + condition("Progressing", "True", "RolloutComplete"))],
        [model(condition("Ready", "True", "ScaledToZero"))],
        [model(condition("Ready", "False", "NoVersionReady") + ", " + condition("Progressing", "True", "Starting"))],
        [pool()],
    ]
}

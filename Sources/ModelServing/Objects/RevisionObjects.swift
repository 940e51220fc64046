import Inference
import KubeAPI
import Machinery

/// The ordinary objects of one revision, as they are applied: what `kubectl` shows, and what would serve on without the
/// controller.
///
/// The Deployment's number of replicas is not among what is applied: that is the scaling's.
struct RevisionObjects: Sendable {
    static let modelVolume = "gantry-model"

    let service: ModelService
    let revision: Revision

    private var spec: ModelServiceSpec { service.spec }
    private var key: ObjectKey { ObjectKey(namespace: service.namespace, name: revision.name) }

    /// What picks the pods of the revision.
    static func selector(_ service: String, _ revision: String) -> [String: String] {
        [InferenceNames.serviceLabel: service, Revision.label: revision]
    }

    private var selector: JSON {
        .object(JSONObject(Self.selector(service.name, revision.name).map { ($0.key, .string($0.value)) }))
    }

    private var labels: JSONObject {
        var labels: JSONObject = [
            "app.kubernetes.io/name": .string(service.name), "app.kubernetes.io/managed-by": "gantry",
            InferenceNames.serviceLabel: .string(service.name), InferenceNames.versionLabel: .string(spec.version),
            Revision.label: .string(revision.name),
        ]
        labels.set(InferenceNames.teamLabel, spec.team)
        return labels
    }

    private func object(_ kind: GroupVersionKind, _ spec: JSONObject) -> JSONObject {
        service.owned(kind, name: revision.name, labels: labels, spec)
    }

    var deployment: JSONObject {
        object(
            Deployment.kind,
            [
                "selector": ["matchLabels": selector],
                "strategy": ["type": "RollingUpdate", "rollingUpdate": ["maxUnavailable": 0, "maxSurge": 1]],
                "revisionHistoryLimit": 2,
                "progressDeadlineSeconds": .int(max(spec.rollout.progressDeadline.components.seconds, 1)),
                "template": .object(template),
            ])
    }

    var clusterService: JSONObject {
        object(
            Service.kind,
            [
                "selector": selector,
                "ports": [
                    [
                        "name": "http", "port": .int(Int64(spec.port)), "targetPort": .int(Int64(spec.port)),
                        "protocol": "TCP",
                    ]
                ],
            ])
    }

    var disruptionBudget: JSONObject {
        object(
            PodDisruptionBudget.kind,
            ["maxUnavailable": .int(Int64(spec.maxUnavailable)), "selector": ["matchLabels": selector]])
    }

    var pool: JSONObject {
        var pool = object(
            ServedPool.kind,
            ["selector": ["matchLabels": selector], "targetPorts": [["number": .int(Int64(spec.port))]]])
        guard !spec.queueing.isEmpty, var metadata = pool["metadata"]?.objectValue else { return pool }
        metadata.set("annotations", spec.queueing)
        pool["metadata"] = .object(metadata)
        return pool
    }

    // MARK: The pods

    private var template: JSONObject {
        var template = spec.runtime["template"]?.objectValue ?? JSONObject()
        var metadata = template["metadata"]?.objectValue ?? JSONObject()
        var all = metadata["labels"]?.objectValue ?? JSONObject()
        for label in labels.members { all[label.key] = label.value }
        metadata["labels"] = .object(all)
        template["metadata"] = .object(metadata)
        var pod = template["spec"]?.objectValue ?? JSONObject()
        var containers = pod.values("containers").compactMap(\.objectValue)
        let name = spec.runtime.string("container")
        if let index = containers.firstIndex(where: { name == nil || $0.string("name") == name }) {
            containers[index] = server(containers[index])
        }
        pod.set("containers", containers.map(JSON.object))
        if let volume { pod.set("volumes", pod.values("volumes") + [volume]) }
        template["spec"] = .object(pod)
        return template
    }

    private var volume: JSON? {
        guard let image = spec.model.string("image") else { return nil }
        var source: JSONObject = ["reference": .string(image)]
        source.set("pullPolicy", spec.model.string("pullPolicy"))
        return ["name": .string(Self.modelVolume), "image": .object(source)]
    }

    private var mountPath: String { spec.model.string("mountPath") ?? "/model" }

    /// The container that serves, with the model's files, its GPUs, and what tells it of both.
    private func server(_ given: JSONObject) -> JSONObject {
        var container = given
        if volume != nil {
            let mount: JSON = [
                "name": .string(Self.modelVolume), "mountPath": .string(mountPath), "readOnly": true,
            ]
            container.set("volumeMounts", given.values("volumeMounts") + [mount])
        }
        let set = Set(given.values("env").compactMap { $0["name"]?.stringValue })
        let told = [
            ("MODEL_NAME", service.modelName), ("MODEL_VERSION", spec.version),
            ("MODEL_PATH", volume == nil ? "" : mountPath),
        ].filter { !set.contains($0.0) && !$0.1.isEmpty }
        container.set(
            "env", given.values("env") + told.map { ["name": .string($0.0), "value": .string($0.1)] as JSON })
        let ports = given.values("ports")
        if !ports.contains(where: { $0["containerPort"]?.intValue == Int64(spec.port) }) {
            let port: JSON = ["name": "openai", "containerPort": .int(Int64(spec.port)), "protocol": "TCP"]
            container.set("ports", ports + [port])
        }
        // Without any probe a server counts as ready before it listens.
        if given["readinessProbe"] == nil {
            container["readinessProbe"] = ["tcpSocket": ["port": .int(Int64(spec.port))], "periodSeconds": 2]
        }
        return addingGPUs(container)
    }

    private func addingGPUs(_ given: JSONObject) -> JSONObject {
        guard let count = spec.gpus.int64("count"), count > 0 else { return given }
        let name = spec.gpus.string("resource") ?? "nvidia.com/gpu"
        var container = given
        var resources = container["resources"]?.objectValue ?? JSONObject()
        for part in ["limits", "requests"] {
            var amounts = resources[part]?.objectValue ?? JSONObject()
            amounts[name] = .string(String(count))
            resources[part] = .object(amounts)
        }
        container["resources"] = .object(resources)
        return container
    }
}

extension ModelService {
    /// An object that goes with the ModelService.
    func owned(_ kind: GroupVersionKind, name: String, labels: JSONObject, _ spec: JSONObject) -> JSONObject {
        [
            "apiVersion": .string(kind.apiVersion), "kind": .string(kind.kind),
            "metadata": [
                "name": .string(name), "namespace": .string(namespace), "labels": .object(labels),
                "ownerReferences": [.object(controllerReference.json)],
            ],
            "spec": .object(spec),
        ]
    }

    /// The route that shares the requests for the model out.
    ///
    /// - Parameter weights: of the pools, in percent.
    func route(_ weights: [(revision: String, weight: Int)]) -> JSONObject {
        let backends = weights.map { entry -> JSON in
            [
                "group": .string(ServedPool.kind.group), "kind": .string(ServedPool.kind.kind),
                "name": .string(entry.revision), "weight": .int(Int64(entry.weight)),
            ]
        }
        var labels: JSONObject = [
            "app.kubernetes.io/name": .string(name), "app.kubernetes.io/managed-by": "gantry",
            InferenceNames.serviceLabel: .string(name),
        ]
        labels.set(InferenceNames.teamLabel, spec.team)
        let match: JSON = [
            "headers": [
                ["name": .string(InferenceNames.modelHeader), "type": "Exact", "value": .string(modelName)]
            ]
        ]
        return owned(
            ServedRoute.kind, name: name, labels: labels,
            ["rules": [["matches": [match], "backendRefs": .array(backends)]]])
    }
}

import KubeAPI
import Machinery

/// `pods/resize`: how much processor and memory the containers of a running pod have (KEP-1287). Nothing else of the pod
/// changes here, and its class of service stays.
enum PodResize {
    private static let path = FieldPath("spec")
    private static let mutableText = "only cpu and memory resources are mutable"

    static func resized(sent: JSONObject, old: JSONObject) throws(StatusError) -> JSONObject {
        let before = Pod(json: old)
        let asked = Pod(json: sent)
        var pod = before
        pod.metadata.resourceVersion = asked.metadata.resourceVersion
        var errors: [FieldError] = []
        if before.annotations["kubernetes.io/config.mirror"] != nil {
            throw refused(before, [.forbidden(FieldPath(""), "static pods cannot be resized")])
        }
        if before.spec.os?.name == "windows" {
            throw refused(before, [.forbidden(FieldPath(""), "windows pods cannot be resized")])
        }
        for list in ["initContainers", "containers"] {
            let now: [Container] = asked.spec.json.views(list)
            let then: [Container] = before.spec.json.views(list)
            guard now.map(\.name) == then.map(\.name) else {
                throw refused(
                    before,
                    [.forbidden(path.child(list), "containers may not be added, removed, re-ordered or renamed")])
            }
            var result: [Container] = []
            for (index, (wanted, current)) in zip(now, then).enumerated() {
                let place = path.child(list).index(index)
                if list == "initContainers", current.restartPolicy != "Always" {
                    if wanted != current {
                        errors.append(
                            .forbidden(path, "resources for non-sidecar init containers are immutable"))
                    }
                    result.append(current)
                    continue
                }
                let (container, problems) = resized(current, as: wanted, at: place.child("resources"))
                errors += problems
                if !isSame(wanted, current) { errors.append(.forbidden(path, mutableText)) }
                result.append(container)
            }
            if !result.isEmpty { pod.spec.json.set(list, result) }
        }
        if QualityOfService.of(pod.spec) != QualityOfService.of(before.spec) {
            errors.append(
                .invalid(
                    path, before.status.qosClass ?? "", "Pod QOS Class may not change as a result of resizing"))
        }
        var rest = asked.spec.json
        for list in ["initContainers", "containers"] { rest[list] = before.spec.json[list] }
        if rest != before.spec.json { errors.append(.forbidden(path, mutableText)) }
        guard errors.isEmpty else { throw refused(before, errors) }
        return pod.json
    }

    private static func refused(_ pod: Pod, _ errors: [FieldError]) -> StatusError {
        StatusError.invalid(Pod.kind, name: pod.name, errors)
    }

    private static let mutable = ["cpu", "memory"]

    /// Whether two containers differ in processor and memory at most.
    private static func isSame(_ wanted: Container, _ current: Container) -> Bool {
        var now = wanted.json
        now["resources"] = resources(of: wanted.json, with: current.json)
        var then = current.json
        then["resources"] = resources(of: current.json, with: current.json)
        return now == then
    }

    /// The resources of one container with processor and memory of another.
    private static func resources(of container: JSONObject, with other: JSONObject) -> JSON {
        var result = container["resources"]?.objectValue ?? JSONObject()
        for kind in ["limits", "requests"] {
            var amounts = result[kind]?.objectValue ?? JSONObject()
            for name in mutable { amounts[name] = other["resources"]?[kind]?[name] }
            result[kind] = amounts.isEmpty ? nil : .object(amounts)
        }
        return .object(result)
    }

    private static func resized(
        _ current: Container, as wanted: Container, at place: FieldPath
    ) -> (Container, [FieldError]) {
        var errors: [FieldError] = []
        for kind in ["limits", "requests"] {
            for name in mutable
            where current.json["resources"]?[kind]?[name] != nil && wanted.json["resources"]?[kind]?[name] == nil {
                errors.append(.forbidden(place.child(kind), "resource \(kind) cannot be removed"))
            }
        }
        var container = current
        container.json["resources"] = resources(of: current.json, with: wanted.json)
        return (container, errors)
    }
}

import KubeAPI
import Machinery

/// Pods get what their runtime class costs, and go where it is to be found (KEP-688, KEP-585).
struct RuntimeClassAdmission: MutatingAdmission, ValidatingAdmission {
    let name = "RuntimeClass"
    let lookup: ObjectLookup

    func admit(_ attributes: inout AdmissionAttributes) async throws(StatusError) {
        guard var pod = newPod(attributes), let runtimeClass = try runtimeClass(of: pod, attributes) else { return }
        if let overhead = runtimeClass.overhead {
            if pod.spec.json["overhead"] != nil, pod.spec.overhead != overhead.podFixed {
                throw refuse(
                    attributes, "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead")
            }
            pod.spec.overhead = overhead.podFixed
        }
        if let scheduling = runtimeClass.scheduling { try apply(scheduling, to: &pod, attributes) }
        attributes.object = pod.json
    }

    private func newPod(_ attributes: AdmissionAttributes) -> Pod? {
        guard attributes.resource == Pod.resource, attributes.subresource.isEmpty, attributes.operation == .create
        else { return nil }
        return attributes.object.map(Pod.init(json:))
    }

    private func runtimeClass(
        of pod: Pod, _ attributes: AdmissionAttributes
    ) throws(StatusError) -> RuntimeClass? {
        guard let name = pod.spec.runtimeClassName else { return nil }
        guard let found = lookup.clusterObject(RuntimeClass.self, name) else {
            throw refuse(attributes, "pod rejected: RuntimeClass \(GoQuote.quote(name)) not found")
        }
        return found
    }

    private func apply(
        _ scheduling: Scheduling, to pod: inout Pod, _ attributes: AdmissionAttributes
    ) throws(StatusError) {
        for (key, value) in scheduling.nodeSelector.sorted(by: { $0.key < $1.key }) {
            if let own = pod.spec.nodeSelector[key], own != value {
                throw refuse(
                    attributes,
                    "conflict: runtimeClass.scheduling.nodeSelector[\(key)] = \(value); "
                        + "pod.spec.nodeSelector[\(key)] = \(own)")
            }
            pod.spec.nodeSelector[key] = value
        }
        pod.spec.tolerations = Self.merged(pod.spec.tolerations + scheduling.tolerations)
    }

    /// Leaves out tolerations that another one includes.
    private static func merged(_ tolerations: [Toleration]) -> [Toleration] {
        var kept: [Toleration] = []
        for (index, toleration) in tolerations.enumerated() {
            let isIncluded =
                kept.contains { includes($0, toleration) }
                || tolerations[(index + 1)...].contains { includes($0, toleration) && $0 != toleration }
            if !isIncluded { kept.append(toleration) }
        }
        return kept
    }

    private static func includes(_ wide: Toleration, _ narrow: Toleration) -> Bool {
        if wide == narrow { return true }
        if let key = wide.key, !key.isEmpty, key != narrow.key { return false }
        if let effect = wide.effect, !effect.isEmpty, effect != narrow.effect { return false }
        if wide.effect == "NoExecute", let seconds = wide.tolerationSeconds,
            narrow.tolerationSeconds.map({ $0 > seconds }) ?? true
        {
            return false
        }
        switch wide.operator ?? "Equal" {
        case "Equal", "": return (narrow.operator ?? "Equal") != "Exists" && wide.value == narrow.value
        case "Exists": return true
        default: return false
        }
    }

    func validate(_ attributes: AdmissionAttributes) async throws(StatusError) {
        guard let pod = newPod(attributes) else { return }
        let overhead = try runtimeClass(of: pod, attributes)?.overhead
        if let overhead {
            guard overhead.podFixed != pod.spec.overhead else { return }
            throw refuse(attributes, "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead")
        }
        guard pod.spec.json["overhead"] != nil else { return }
        throw refuse(
            attributes, "pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead")
    }

    private func refuse(_ attributes: AdmissionAttributes, _ detail: String) -> StatusError {
        .forbidden(attributes.resource.groupResource, name: attributes.name, detail)
    }
}

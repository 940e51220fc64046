import KubeAPI
import Machinery

/// What the spec of a pod says to the scheduler. Pods of one template share theirs.
package final class PodDemands: Sendable {
    /// Affinity between pods.
    package struct Affinity: Sendable {
        package let required: [AffinityTerm]
        package let requiredAnti: [AffinityTerm]
        package let preferred: [WeightedAffinityTerm]
    }

    package let schedulerName: String
    package let nodeName: String
    package let nodes: NodeRequirement
    package let tolerations: [PodToleration]
    package let affinity: Affinity?
    package let spreading: [SpreadConstraint]
    package let requests: ResourceAmounts
    /// Requests for scoring, where a container that says nothing counts as 100m and 200Mi.
    package let nonZeroMilliCPU: Int64
    package let nonZeroMemory: Int64
    package let hostPorts: [HostPort]
    /// Normalized, one for each container and image volume.
    package let images: [String]
    package let containerCount: Int
    package let preemptionPolicy: String
    package let gates: [String]
    /// Volumes that are disks by themselves.
    package let disks: [InlineDisk]
    package let podGroup: String?
    /// What may have to come from devices.
    package let extended: ExtendedRequests?
    /// What the node's agent must be able to do.
    package let nodeFeatures: Set<String>

    private static let defaultMilliCPU: Int64 = 100
    private static let defaultMemory: Int64 = 200 * 1024 * 1024

    package init(_ spec: PodSpec, namespace: String, labels: [String: String]) {
        schedulerName = spec.schedulerName ?? Scheduler.name
        nodeName = spec.nodeName ?? ""
        nodes = NodeRequirement(selector: spec.nodeSelector, affinity: spec.affinity?.nodeAffinity)
        tolerations = spec.tolerations.map(PodToleration.init)
        affinity = spec.affinity.flatMap { Affinity($0, namespace: namespace, labels: labels) }
        spreading = spec.topologySpreadConstraints.map { SpreadConstraint($0) }
        let containers = spec.containers
        let initContainers = spec.initContainers
        requests = ResourceAmounts(requestsOf: spec)
        let padded = ResourceAmounts(requestsOf: spec, cpu: Self.defaultMilliCPU, memory: Self.defaultMemory)
        nonZeroMilliCPU = padded.milliCPU
        nonZeroMemory = padded.memory
        hostPorts = (containers + initContainers.filter { $0.restartPolicy == "Always" })
            .flatMap(\.ports).compactMap(HostPort.init)
        let volumes = spec.volumes
        images =
            (initContainers + containers).map { ImageName.normalized($0.image ?? "") }
            + volumes.compactMap { $0.image?.reference }.map(ImageName.normalized)
        containerCount = containers.count + initContainers.count
        preemptionPolicy = spec.preemptionPolicy ?? "PreemptLowerPriority"
        gates = spec.schedulingGates.map(\.name)
        disks = volumes.compactMap(InlineDisk.init)
        extended = ExtendedRequests(spec)
        nodeFeatures = NodeFeatures.needed(by: spec)
        podGroup = spec.schedulingGroup?.podGroupName
    }
}

extension PodDemands.Affinity {
    init?(_ affinity: Affinity, namespace: String, labels: [String: String]) {
        let attracting = affinity.podAffinity
        let repelling = affinity.podAntiAffinity
        guard attracting != nil || repelling != nil else { return nil }
        func terms(_ terms: [PodAffinityTerm]?) -> [AffinityTerm] {
            (terms ?? []).map { AffinityTerm($0, namespace: namespace, labels: labels) }
        }
        func weighted(_ terms: [WeightedPodAffinityTerm]?, sign: Int64) -> [WeightedAffinityTerm] {
            (terms ?? []).map {
                WeightedAffinityTerm(
                    weight: Int64($0.weight) * sign,
                    term: AffinityTerm($0.podAffinityTerm, namespace: namespace, labels: labels))
            }
        }
        required = terms(attracting?.requiredDuringSchedulingIgnoredDuringExecution)
        requiredAnti = terms(repelling?.requiredDuringSchedulingIgnoredDuringExecution)
        preferred =
            weighted(attracting?.preferredDuringSchedulingIgnoredDuringExecution, sign: 1)
            + weighted(repelling?.preferredDuringSchedulingIgnoredDuringExecution, sign: -1)
    }
}

/// The demands of templates seen lately, so that pods of one template share them.
struct DemandsCache: Sendable {
    private struct Key: Hashable {
        let namespace: String
        let parts: [JSON?]
    }

    private static let limit = 4096
    private var known: [Key: PodDemands] = [:]

    private static let members = [
        "schedulerName", "nodeSelector", "affinity", "tolerations", "topologySpreadConstraints", "overhead",
        "resources", "preemptionPolicy", "schedulingGates", "schedulingGroup", "hostNetwork", "hostUsers",
    ]
    private static let containerMembers = [
        "name", "image", "resources", "ports", "restartPolicy", "restartPolicyRules",
    ]
    /// Volumes that say nothing to the scheduler; of the others none is left out.
    private static let plainVolumes = ["projected", "configMap", "secret", "emptyDir", "downwardAPI", "hostPath"]

    mutating func demands(_ pod: Pod) -> PodDemands {
        let spec = pod.spec
        var parts = Self.members.map { spec.json[$0] }
        for list in ["initContainers", "containers"] {
            parts.append(nil)
            for container in spec.json.values(list) {
                for member in Self.containerMembers { parts.append(container.objectValue?[member]) }
            }
        }
        for volume in spec.json.values("volumes") {
            guard let volume = volume.objectValue, !Self.plainVolumes.contains(where: volume.contains) else { continue }
            parts.append(.object(volume))
        }
        if spec.json["affinity"] != nil { parts.append(pod.metadata.json["labels"]) }
        let key = Key(namespace: pod.namespace, parts: parts)
        if let demands = known[key] { return demands }
        var unplaced = spec
        unplaced.nodeName = nil
        let demands = PodDemands(unplaced, namespace: pod.namespace, labels: pod.labels)
        if known.count >= Self.limit { known = [:] }
        known[key] = demands
        return demands
    }
}

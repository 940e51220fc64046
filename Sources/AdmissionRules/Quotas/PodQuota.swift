import KubeAPI
import Machinery

/// Pods count for what they ask for and are limited to, as long as they run.
struct PodQuota: QuotaEvaluator {
    let clock: any WallClock

    private static let objectCount = "count/pods"
    private static let names: Set<String> = [
        objectCount, "pods", "cpu", "memory", "ephemeral-storage", "requests.cpu", "requests.memory",
        "requests.ephemeral-storage", "limits.cpu", "limits.memory", "limits.ephemeral-storage",
    ]
    /// What each container must say when a quota limits it.
    private static let demanded: Set<String> = [
        "cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory",
    ]
    private static let known = ["cpu", "memory", "ephemeral-storage"]

    func handles(_ request: QuotaRequest) -> Bool {
        switch request.subresource {
        case "":
            guard let old = request.old else { return true }
            return Pod(json: old).endsAtDeadline != Pod(json: request.object).endsAtDeadline
        case "resize": return !request.isCreation
        default: return false
        }
    }

    func counts(_ name: String) -> Bool {
        Self.names.contains(name) || name.hasPrefix("hugepages-") || name.hasPrefix("requests.hugepages-")
            || QuotaNames.isExtendedRequest(name)
    }

    func usage(of object: JSONObject) -> ResourceAmounts {
        let pod = Pod(json: object)
        var usage: ResourceAmounts = [Self.objectCount: 1]
        guard isRunning(pod) else { return usage }
        let totals = PodTotals(pod, .usage)
        usage.merge(Self.usage(requests: totals.requests, limits: totals.limits)) { $1 }
        return usage
    }

    /// A pod that has ended, or should have gone by now, uses nothing.
    private func isRunning(_ pod: Pod) -> Bool {
        guard pod.status.phase != "Failed", pod.status.phase != "Succeeded" else { return false }
        guard let deletion = pod.metadata.deletionTimestamp, let grace = pod.metadata.deletionGracePeriodSeconds
        else { return true }
        return clock.now <= deletion + .seconds(grace)
    }

    private static func usage(requests: ResourceAmounts, limits: ResourceAmounts) -> ResourceAmounts {
        var usage: ResourceAmounts = ["pods": 1]
        for name in known {
            if let request = requests[name] {
                usage[name] = request
                usage["requests.\(name)"] = request
            }
            if let limit = limits[name] { usage["limits.\(name)"] = limit }
        }
        for (name, request) in requests {
            if name.hasPrefix("hugepages-") {
                usage[name] = request
                usage["requests.\(name)"] = request
            } else if QuotaNames.isExtended(name) || name.hasPrefix(QuotaNames.deviceClassPrefix) {
                usage["requests.\(name)"] = request
            }
        }
        return usage
    }

    func omission(in object: JSONObject, required: Set<String>) -> String? {
        let pod = Pod(json: object)
        guard !PodTotals.areSet(of: pod) else { return nil }
        let demanded = required.intersection(Self.demanded)
        guard !demanded.isEmpty else { return nil }
        var missing: [String: Set<String>] = [:]
        for container in pod.spec.containers + pod.spec.initContainers {
            let resources = container.resources ?? ResourceRequirements()
            let said = Self.usage(requests: resources.requests, limits: resources.limits)
            for name in demanded where said[name] == nil { missing[name, default: []].insert(container.name) }
        }
        guard !missing.isEmpty else { return nil }
        let parts = missing.sorted { $0.key < $1.key }.map {
            "\($0.key) for: \($0.value.sorted().joined(separator: ","))"
        }
        return "must specify \(parts.joined(separator: "; "))"
    }

    func isWithin(_ scope: QuotaScope, _ object: JSONObject) -> Bool {
        let pod = Pod(json: object)
        switch scope.name {
        case .terminating: return pod.endsAtDeadline
        case .notTerminating: return !pod.endsAtDeadline
        case .bestEffort: return pod.isBestEffort
        case .notBestEffort: return !pod.isBestEffort
        case .priorityClass: return scope.matches([pod.spec.priorityClassName ?? ""].filter { !$0.isEmpty })
        case .crossNamespacePodAffinity: return Self.refersToOtherNamespaces(pod.spec.affinity)
        case .volumeAttributesClass, .unknown: return false
        }
    }

    private static func refersToOtherNamespaces(_ affinity: Affinity?) -> Bool {
        let near = affinity?.podAffinity
        let far = affinity?.podAntiAffinity
        let required =
            (near?.requiredDuringSchedulingIgnoredDuringExecution ?? [])
            + (far?.requiredDuringSchedulingIgnoredDuringExecution ?? [])
        let preferred =
            (near?.preferredDuringSchedulingIgnoredDuringExecution ?? [])
            + (far?.preferredDuringSchedulingIgnoredDuringExecution ?? [])
        return (required + preferred.map(\.podAffinityTerm)).contains {
            !$0.namespaces.isEmpty || $0.namespaceSelector != nil
        }
    }
}

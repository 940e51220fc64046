import KubeAPI
import Machinery

/// Which tolerations the pods of a namespace get and may have: PodTolerationRestriction.
package enum TolerationRules {
    package static let defaultsAnnotation = "scheduler.alpha.kubernetes.io/defaultTolerations"
    package static let allowedAnnotation = "scheduler.alpha.kubernetes.io/tolerationsWhitelist"

    /// Why an annotation cannot be read.
    package struct Flaw: Error, Hashable, Sendable, CustomStringConvertible {
        package let description: String
    }

    /// The tolerations that an annotation of a namespace holds: `nil` without it.
    package static func tolerations(
        in annotations: [String: String], _ key: String
    ) throws(Flaw) -> [Toleration]? {
        guard let text = annotations[key] else { return nil }
        guard !text.isEmpty else { return [] }
        do {
            if case .array(let elements) = try JSON(parsing: Array(text.utf8)) {
                return elements.map { Toleration($0) }
            }
        } catch {
            throw Flaw(description: "annotation \(key): \(error)")
        }
        throw Flaw(description: "annotation \(key) is not a list of tolerations")
    }

    /// Both, without those that others cover.
    package static func merge(_ own: [Toleration], _ added: [Toleration]) -> [Toleration] {
        let all = own + added
        var merged: [Toleration] = []
        for (index, toleration) in all.enumerated() {
            let isCovered =
                merged.contains { covers($0, toleration) }
                || all[(index + 1)...].contains { $0 != toleration && covers($0, toleration) }
            if !isCovered { merged.append(toleration) }
        }
        return merged
    }

    /// Whether all tolerations are among, or narrower than, those allowed. An empty list allows all.
    package static func areAllowed(_ tolerations: [Toleration], by allowed: [Toleration]) -> Bool {
        allowed.isEmpty || tolerations.allSatisfy { toleration in allowed.contains { covers($0, toleration) } }
    }

    /// Whether one tolerates all that the other does.
    static func covers(_ wide: Toleration, _ narrow: Toleration) -> Bool {
        if wide == narrow { return true }
        let (wideKey, wideEffect) = (wide.key ?? "", wide.effect ?? "")
        if wideKey != narrow.key ?? "", !(wideKey.isEmpty && wide.operator == "Exists") { return false }
        if !wideEffect.isEmpty, wideEffect != narrow.effect ?? "" { return false }
        if wideEffect == "NoExecute", let limit = wide.tolerationSeconds {
            guard let seconds = narrow.tolerationSeconds, seconds <= limit else { return false }
        }
        switch wide.operator ?? "" {
        case "", "Equal": return (narrow.operator ?? "Equal") == "Equal" && (wide.value ?? "") == narrow.value ?? ""
        case "Exists": return true
        default: return false
        }
    }

    /// What a pod with promises made to it tolerates: a node short of memory.
    package static var memoryPressure: Toleration {
        Toleration(
            json: ["key": "node.kubernetes.io/memory-pressure", "operator": "Exists", "effect": "NoSchedule"])
    }

    /// Tolerations of the taints that keep other pods off nodes with special devices: ExtendedResourceToleration.
    package static func forExtendedResources(of pod: Pod) -> [Toleration] {
        var names: Set<String> = []
        for list in ["containers", "initContainers"] {
            for container in pod.json["spec"]?[list]?.arrayValue ?? [] {
                // Read where they lie: nearly no pod has one, and every pod is asked.
                guard let requests = container["resources"]?["requests"]?.objectValue else { continue }
                for member in requests.members where QuotaNames.isExtended(member.key) { names.insert(member.key) }
            }
        }
        return names.sorted().map {
            Toleration(json: ["key": .string($0), "operator": "Exists", "effect": "NoSchedule"])
        }
    }
}

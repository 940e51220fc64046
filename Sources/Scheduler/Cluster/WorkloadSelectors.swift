import KubeAPI
import Machinery

/// The selectors of Services and of pods' owners: by them, pods that have siblings are told.
package struct WorkloadSelectors: Sendable {
    /// By namespace and name.
    package var services: [String: [String: [String: String]]] = [:]
    /// By kind, then namespace and name.
    package var owners: [String: [ObjectKey: Selector]] = [:]

    /// Tells a pod's siblings, by all Services that have it and by its owner; `nil` where nothing does.
    package func siblings(of pod: PodInfo) -> Selector? {
        var requirements: [String: Selector.Requirement] = [:]
        for selector in services[pod.key.namespace]?.values ?? [:].values
        where !selector.isEmpty && selector.allSatisfy({ pod.labels[$0.key] == $0.value }) {
            for (key, value) in selector { requirements[key] = Selector.Requirement(trusted: key, .equals, [value]) }
        }
        var all = Array(requirements.values)
        if let owner = pod.owner,
            let selector = owners[owner.kind]?[ObjectKey(namespace: pod.key.namespace, name: owner.name)]
        {
            all += selector.requirements
        }
        return all.isEmpty ? nil : Selector(all)
    }

    package mutating func set(service key: ObjectKey, _ selector: [String: String]?) {
        services[key.namespace, default: [:]][key.name] = selector
        if services[key.namespace]?.isEmpty ?? false { services[key.namespace] = nil }
    }

    package mutating func set(_ kind: String, _ key: ObjectKey, _ selector: Selector?) {
        owners[kind, default: [:]][key] = selector
    }
}

import KubeAPI
import Machinery

/// Volumes whose labels name a zone are only to be had there.
struct VolumeZone: PreFilterPlugin, FilterPlugin {
    let name = PluginName.volumeZone
    let events: ClusterEvents = [.storageClassChanged, .nodeAdded, .nodeLabels, .claimChanged, .volumeChanged]

    private static let current = [
        "failure-domain.beta.kubernetes.io/zone": "topology.kubernetes.io/zone",
        "failure-domain.beta.kubernetes.io/region": "topology.kubernetes.io/region",
        "topology.kubernetes.io/zone": "topology.kubernetes.io/zone",
        "topology.kubernetes.io/region": "topology.kubernetes.io/region",
    ]

    func preFilter(_ pod: PodInfo, in cluster: inout ClusterState, _ state: inout CycleState) -> PreFilterOutcome {
        state.volumeZones = []
        for name in pod.claims {
            let key = ObjectKey(namespace: pod.key.namespace, name: name)
            guard let claim = cluster.storage.claims[key] else {
                return .rejected(.unresolvable(Reasons("persistentvolumeclaim \"\(name)\" not found")))
            }
            guard let volumeName = claim.spec.volumeName, !volumeName.isEmpty else {
                if let refusal = unbound(claim, cluster.storage) { return .rejected(refusal) }
                continue
            }
            guard let volume = cluster.storage.volumes[volumeName] else {
                return .rejected(.unresolvable(Reasons("persistentvolume \"\(volumeName)\" not found")))
            }
            for (label, value) in volume.labels where Self.current[label] != nil {
                // Several zones are written with two underscores between them.
                let values = Self.zones(value)
                if !values.isEmpty { state.volumeZones.append(VolumeZoneTopology(key: label, values: values)) }
            }
        }
        return state.volumeZones.isEmpty ? .skip : .allNodes
    }

    private static func zones(_ text: String) -> Set<String> {
        var zones: Set<String> = []
        var rest = Substring(text)
        while let separator = rest.range(of: "__") {
            zones.insert(String(rest[..<separator.lowerBound]))
            rest = rest[separator.upperBound...]
        }
        zones.insert(String(rest))
        return zones.contains("") ? [] : zones
    }

    private func unbound(_ claim: PersistentVolumeClaim, _ storage: StorageObjects) -> FilterStatus? {
        let name = claim.spec.storageClassName ?? ""
        if name.isEmpty { return .unresolvable("PersistentVolumeClaim had no pv name and storageClass name") }
        guard let storageClass = storage.classes[name] else {
            return .unresolvable(Reasons("storageclass.storage.k8s.io \"\(name)\" not found"))
        }
        guard let mode = storageClass.volumeBindingMode else {
            return .unresolvable(Reasons("VolumeBindingMode not set for StorageClass \"\(name)\""))
        }
        return mode == "WaitForFirstConsumer" ? nil : .unresolvable("PersistentVolume had no name")
    }

    func filter(_ pod: PodInfo, _ node: Int, in cluster: borrowing ClusterState, _ state: CycleState) -> FilterStatus {
        let labels = cluster.nodes[node].labels
        guard Self.current.keys.contains(where: { labels[$0] != nil }) else { return .success }
        for topology in state.volumeZones {
            guard let value = labels[topology.key] ?? Self.current[topology.key].flatMap({ labels[$0] }),
                topology.values.contains(value)
            else { return .unresolvable("node(s) had no available volume zone") }
        }
        return .success
    }
}

/// A label of a volume that nodes must have too, with one of the values.
package struct VolumeZoneTopology: Sendable {
    let key: String
    let values: Set<String>
}

extension Substring {
    fileprivate func range(of text: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
            start = index(after: start)
        }
        return nil
    }
}

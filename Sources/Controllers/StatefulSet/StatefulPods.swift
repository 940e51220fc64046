import KubeAPI
import Machinery

/// Makes the pods and claims of a StatefulSet, and knows whether a pod still has its identity.
struct StatefulPods: Sendable {
    let set: StatefulSet
    let current: ControllerRevision
    let update: ControllerRevision

    /// The pod of an ordinal that has none, of the revision that is due there.
    func make(_ ordinal: Int) -> Pod {
        let revision = isBehindPartition(ordinal) ? current : update
        let template = StatefulSetHistory.restore(set, to: revision).spec.template
        var pod = Pod(name: set.podName(ordinal), namespace: set.namespace)
        pod.metadata.generateName = "\(set.name)-"
        pod.metadata.labels = template.metadata.labels
        pod.metadata.annotations = template.metadata.annotations
        pod.metadata.finalizers = template.metadata.finalizers
        pod.metadata.ownerReferences = [set.controllerReference]
        pod.metadata.labels[StatefulSetNames.revision] = revision.name
        pod.spec = template.spec
        pod.spec.hostname = pod.name
        pod.spec.subdomain = set.spec.serviceName
        return withStorage(withIdentity(pod, ordinal), ordinal)
    }

    /// Pods below the partition are made again from what they were made from before.
    private func isBehindPartition(_ ordinal: Int) -> Bool {
        guard let rolling = set.spec.updateStrategy?.rollingUpdate else {
            return set.updatesByRolling && ordinal < set.startOrdinal + Int(set.status.currentReplicas ?? 0)
        }
        return ordinal < set.startOrdinal + Int(rolling.partition ?? 0)
    }

    func hasIdentity(_ pod: Pod) -> Bool {
        pod.json["metadata"]?["labels"]?[StatefulSetNames.podName]?.stringValue == pod.name
    }

    func withIdentity(_ pod: Pod, _ ordinal: Int) -> Pod {
        var pod = pod
        pod.metadata.labels[StatefulSetNames.podName] = set.podName(ordinal)
        pod.metadata.labels[StatefulSetNames.podIndex] = String(ordinal)
        return pod
    }

    /// Whether the pod's volumes are the set's claims.
    func hasStorage(_ pod: Pod, _ ordinal: Int) -> Bool {
        set.spec.volumeClaimTemplates.allSatisfy { template in
            let volume = pod.spec.volumes.first { $0.name == template.name }
            return volume?.persistentVolumeClaim?.claimName == set.claimName(template, ordinal)
        }
    }

    func withStorage(_ pod: Pod, _ ordinal: Int) -> Pod {
        let templates = set.spec.volumeClaimTemplates
        guard !templates.isEmpty else { return pod }
        var pod = pod
        let claimed = templates.map { template in
            var source = PersistentVolumeClaimVolumeSource()
            source.claimName = set.claimName(template, ordinal)
            var volume = Volume()
            volume.name = template.name
            volume.persistentVolumeClaim = source
            return volume
        }
        let names = Set(templates.map(\.name))
        pod.spec.volumes = claimed + pod.spec.volumes.filter { !names.contains($0.name) }
        return pod
    }

    /// The claims that the pod of an ordinal needs.
    func claims(_ ordinal: Int) -> [PersistentVolumeClaim] {
        set.spec.volumeClaimTemplates.map { template in
            var claim = template
            claim.metadata.name = set.claimName(template, ordinal)
            claim.metadata.namespace = set.namespace
            claim.metadata.labels.merge(set.spec.selector.matchLabels) { _, selected in selected }
            claim.json["status"] = nil
            return claim
        }
    }
}

import Inference
import KubeAPI

/// Which objects a question is about: an object, what it owns, and what that stands on.
struct Relations {
    let picture: ClusterPicture

    init(_ picture: ClusterPicture) { self.picture = picture }

    func within(_ scope: Doctor.Scope) -> Related {
        switch scope {
        case .cluster: .everything
        case .namespace(let name): .namespace(name)
        case .object(let object) where object.kind == "Namespace": .namespace(object.name)
        case .object(let object): .objects(closure(object))
        }
    }

    enum Related {
        case everything
        case namespace(String)
        case objects(Set<ObjectName>)

        func contains(_ object: ObjectName) -> Bool {
            switch self {
            case .everything: true
            case .namespace(let name):
                object.namespace == name || (object.kind == "Namespace" && object.name == name)
            case .objects(let names): names.contains(object)
            }
        }
    }

    private func closure(_ object: ObjectName) -> Set<ObjectName> {
        var found: Set<ObjectName> = [object]
        let pods = pods(of: object)
        found.formUnion(pods.map(\.objectName))
        for set in picture.replicaSets where owns(object, set.metadata) { found.insert(set.objectName) }
        if object.kind == "ModelService" { found.formUnion(madeFor(object)) }
        for job in picture.jobs where owns(object, job.metadata) { found.insert(job.objectName) }
        for pod in pods {
            if let node = pod.spec.nodeName, !node.isEmpty { found.insert(ObjectName("Node", "", node)) }
            for volume in pod.spec.volumes {
                guard let claim = volume.persistentVolumeClaim?.claimName else { continue }
                found.insert(ObjectName("PersistentVolumeClaim", pod.namespace, claim))
            }
        }
        if object.kind == "Node" { found = [object] }
        return found
    }

    private func owns(_ object: ObjectName, _ metadata: ObjectMeta) -> Bool {
        metadata.namespace == object.namespace
            && metadata.ownerReferences.contains { $0.kind == object.kind && $0.name == object.name }
    }

    /// What a ModelService becomes carries its name as a label.
    private func madeFor(_ model: ObjectName) -> [ObjectName] {
        func names<T: KubeObject>(_ objects: [T]) -> [ObjectName] {
            objects.filter { $0.namespace == model.namespace && $0.labels[InferenceNames.serviceLabel] == model.name }
                .map(\.objectName)
        }
        return names(picture.deployments) + names(picture.replicaSets) + names(picture.services) + names(picture.pools)
            + names(picture.budgets)
    }

    private func pods(of object: ObjectName) -> [Pod] {
        switch object.kind {
        case "ModelService":
            return picture.pods(object.namespace, matching: [InferenceNames.serviceLabel: object.name])
        case "Pod": return picture.pods.filter { $0.objectName == object }
        case "Service":
            guard let service = picture.services.first(where: { $0.objectName == object }) else { return [] }
            guard !service.spec.selector.isEmpty else { return [] }
            return picture.pods(object.namespace, matching: service.spec.selector)
        case "Deployment":
            let sets = picture.replicaSets.filter { owns(object, $0.metadata) }.map(\.objectName)
            return picture.pods.filter { pod in sets.contains { owns($0, pod.metadata) } }
        case "PersistentVolumeClaim":
            return picture.pods.filter { pod in
                pod.namespace == object.namespace
                    && pod.spec.volumes.contains { $0.persistentVolumeClaim?.claimName == object.name }
            }
        default: return picture.pods.filter { owns(object, $0.metadata) }
        }
    }
}

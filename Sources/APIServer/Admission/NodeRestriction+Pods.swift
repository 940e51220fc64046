import KubeAPI
import Machinery

/// A node and pods: it makes mirrors of its own files' pods, reports and ends those bound to it.
extension NodeRestriction {
    func checkPod(_ request: AdmissionAttributes, _ node: String) throws(StatusError) {
        switch request.subresource {
        case "": try checkPodItself(request, node)
        case "status": try checkPodStatus(request, node)
        case "eviction":
            let pod = request.oldObject ?? objects("pods", request.namespace, request.name)
            guard let pod else { throw StatusError.notFound(request.resource.groupResource, name: request.name) }
            guard Pod(json: pod).spec.nodeName == node else {
                throw request.refusal("node \(node) can only evict pods with spec.nodeName set to itself")
            }
        default:
            throw request.refusal(
                "unexpected pod subresource \(GoQuote.quote(request.subresource)), only 'status' and 'eviction' are "
                    + "allowed")
        }
    }

    private func checkPodItself(_ request: AdmissionAttributes, _ node: String) throws(StatusError) {
        switch request.operation {
        case .create:
            guard let object = request.object else { return }
            try checkMirror(Pod(json: object), request, node)
        case .delete:
            guard let old = request.oldObject, Pod(json: old).spec.nodeName == node else {
                throw request.refusal(
                    "node \(GoQuote.quote(node)) can only delete pods with spec.nodeName set to itself")
            }
        case .update, .connect:
            throw request.refusal(
                "unexpected operation \(GoQuote.quote(request.operation.rawValue)), node \(GoQuote.quote(node)) can "
                    + "only create and delete mirror pods")
        }
    }

    private func checkMirror(_ pod: Pod, _ request: AdmissionAttributes, _ node: String) throws(StatusError) {
        let quoted = GoQuote.quote(node)
        guard pod.metadata.annotations[Self.mirrorAnnotation] != nil else {
            throw request.refusal(
                "pod does not have \"\(Self.mirrorAnnotation)\" annotation, node \(quoted) can only create mirror pods")
        }
        guard pod.spec.nodeName == node else {
            throw request.refusal("node \(quoted) can only create pods with spec.nodeName set to itself")
        }
        let owners = pod.metadata.ownerReferences
        guard owners.count <= 1 else {
            throw request.refusal(
                "node \(quoted) can only create pods with a single owner reference set to itself")
        }
        guard let owner = owners.first, owner.apiVersion == "v1", owner.kind == "Node", owner.name == node else {
            throw request.refusal("node \(quoted) can only create pods with an owner reference set to itself")
        }
        guard owner.controller == true else {
            throw request.refusal(
                "node \(quoted) can only create pods with a controller owner reference set to itself")
        }
        guard owner.blockOwnerDeletion != true else {
            throw request.refusal("node \(quoted) must not set blockOwnerDeletion on an owner reference")
        }
        guard let known = objects("nodes", "", node).map(Node.init(json:)) else {
            throw StatusError.notFound(GroupResource(group: "", resource: "nodes"), name: node)
        }
        guard owner.uid == known.uid else {
            throw request.refusal("node \(node) UID mismatch: expected \(owner.uid) got \(known.uid)")
        }
        if let reference = PodObjectNames.firstReference(pod) {
            throw request.refusal("node \(quoted) can not create pods that reference \(reference)")
        }
    }

    private func checkPodStatus(_ request: AdmissionAttributes, _ node: String) throws(StatusError) {
        let quoted = GoQuote.quote(node)
        guard request.operation == .update, let oldObject = request.oldObject, let object = request.object else {
            throw request.refusal("unexpected operation \(GoQuote.quote(request.operation.rawValue))")
        }
        let (old, new) = (Pod(json: oldObject), Pod(json: object))
        guard old.spec.nodeName == node else {
            throw request.refusal("node \(quoted) can only update pod status for pods with spec.nodeName set to itself")
        }
        guard old.labels == new.labels else {
            throw request.refusal("node \(quoted) cannot update labels through pod status")
        }
        func member(_ pod: Pod, _ name: String) -> JSON? { pod.json["status"]?[name] }
        guard member(old, "resourceClaimStatuses") == member(new, "resourceClaimStatuses") else {
            throw request.refusal("node \(quoted) cannot update resource claim statues")
        }
        guard member(old, "extendedResourceClaimStatus") == member(new, "extendedResourceClaimStatus") else {
            throw request.refusal("node \(quoted) cannot update extended resource claim status")
        }
    }
}

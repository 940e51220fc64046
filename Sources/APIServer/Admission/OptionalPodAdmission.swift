import AdmissionRules
import KubeAPI
import Machinery

/// Plugins for pods that are off unless somebody turns them on.
///
/// Each sees whole pods, when they are created or updated.
private func pod(_ attributes: AdmissionAttributes) -> Pod? {
    guard attributes.resource == Pod.resource, attributes.subresource.isEmpty,
        attributes.operation == .create || attributes.operation == .update
    else { return nil }
    return attributes.object.map(Pod.init(json:))
}

/// Gives pods the tolerations that annotations of their namespace say, and refuses those that they do not allow.
struct PodTolerationRestriction: MutatingAdmission, ValidatingAdmission {
    let name = "PodTolerationRestriction"
    let settings: AdmissionSettings
    let lookup: ObjectLookup

    func admit(_ attributes: inout AdmissionAttributes) async throws(StatusError) {
        guard var pod = pod(attributes) else { return }
        var added: [Toleration] = []
        if attributes.operation == .create {
            added = try tolerations(TolerationRules.defaultsAnnotation, attributes) ?? settings.defaultTolerations
        }
        if !pod.isBestEffort { added.append(TolerationRules.memoryPressure) }
        guard !added.isEmpty else { return }
        pod.spec.tolerations = TolerationRules.merge(pod.spec.tolerations, added)
        attributes.object = pod.json
    }

    func validate(_ attributes: AdmissionAttributes) async throws(StatusError) {
        guard let pod = pod(attributes), !pod.spec.tolerations.isEmpty else { return }
        let own = try tolerations(TolerationRules.allowedAnnotation, attributes)
        guard !TolerationRules.areAllowed(pod.spec.tolerations, by: own ?? settings.allowedTolerations) else { return }
        throw StatusError.forbidden(
            attributes.resource.groupResource, name: attributes.name,
            "pod tolerations (possibly merged with namespace default tolerations) conflict with its "
                + "\(own == nil ? "cluster" : "namespace") whitelist")
    }

    private func tolerations(
        _ annotation: String, _ attributes: AdmissionAttributes
    ) throws(StatusError) -> [Toleration]? {
        let namespace = lookup.object("namespaces", "", attributes.namespace)
        do {
            return try TolerationRules.tolerations(in: ObjectMeta(namespace?["metadata"]).annotations, annotation)
        } catch {
            throw StatusError.forbidden(
                attributes.resource.groupResource, name: attributes.name,
                "namespace \(attributes.namespace): \(error)")
        }
    }
}

/// Lets pods that ask for special devices onto the nodes that are kept for those.
struct ExtendedResourceToleration: MutatingAdmission {
    let name = "ExtendedResourceToleration"

    func admit(_ attributes: inout AdmissionAttributes) async throws(StatusError) {
        guard var pod = pod(attributes) else { return }
        let missing = TolerationRules.forExtendedResources(of: pod).filter { !pod.spec.tolerations.contains($0) }
        guard !missing.isEmpty else { return }
        pod.spec.tolerations += missing
        attributes.object = pod.json
    }
}

/// Has every image pulled anew, so that only who may pull it runs it.
struct AlwaysPullImages: MutatingAdmission, ValidatingAdmission {
    let name = "AlwaysPullImages"

    func admit(_ attributes: inout AdmissionAttributes) async throws(StatusError) {
        guard let pod = pod(attributes), !ImagePullRules.keepsImages(pod, from: attributes.oldObject) else { return }
        attributes.object = ImagePullRules.alwaysPulling(pod).json
    }

    func validate(_ attributes: AdmissionAttributes) async throws(StatusError) {
        guard let pod = pod(attributes), !ImagePullRules.keepsImages(pod, from: attributes.oldObject) else { return }
        let errors = ImagePullRules.violations(in: pod)
        guard !errors.isEmpty else { return }
        throw StatusError.forbidden(attributes.resource.groupResource, name: attributes.name, errors.aggregated)
    }
}

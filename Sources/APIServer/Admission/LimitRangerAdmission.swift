import AdmissionRules
import KubeAPI
import Machinery

/// Gives containers the resources that the limit ranges of their namespace say, and refuses those outside of them.
struct LimitRangerAdmission: MutatingAdmission, ValidatingAdmission {
    let name = "LimitRanger"
    let lookup: ObjectLookup

    func admit(_ attributes: inout AdmissionAttributes) async throws(StatusError) {
        guard Self.concerns(attributes), attributes.resource == Pod.resource, let object = attributes.object else {
            return
        }
        let ranges = try lookup.objects(LimitRange.self, namespace: attributes.namespace)
        guard !ranges.isEmpty else { return }
        var pod = Pod(json: object)
        for range in ranges { LimitRangeRules.applyDefaults(of: range, to: &pod) }
        attributes.object = pod.json
    }

    func validate(_ attributes: AdmissionAttributes) async throws(StatusError) {
        guard Self.concerns(attributes), let object = attributes.object else { return }
        for range in try lookup.objects(LimitRange.self, namespace: attributes.namespace) {
            let violation =
                attributes.resource == Pod.resource
                ? LimitRangeRules.violation(of: range, by: Pod(json: object))
                : LimitRangeRules.violation(of: range, by: PersistentVolumeClaim(json: object))
            guard let violation else { continue }
            throw StatusError.forbidden(attributes.resource.groupResource, name: attributes.name, violation)
        }
    }

    /// Pods when they are made and resized, claims whenever they are written; not what is going away.
    private static func concerns(_ attributes: AdmissionAttributes) -> Bool {
        guard attributes.isWholeObject, attributes.oldObject?["metadata"]?["deletionTimestamp"] == nil else {
            return false
        }
        switch (attributes.resource, attributes.subresource, attributes.operation) {
        case (Pod.resource, "", .create), (Pod.resource, "resize", .update): return true
        case (PersistentVolumeClaim.resource, "", .create), (PersistentVolumeClaim.resource, "", .update): return true
        default: return false
        }
    }
}

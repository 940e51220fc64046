import KubeAPI
import Machinery

/// Pods get the value and the preemption policy of their priority class; only one class may be the default.
struct PriorityAdmission: MutatingAdmission, ValidatingAdmission {
    let name = "Priority"
    let lookup: ObjectLookup

    func admit(_ attributes: inout AdmissionAttributes) async throws(StatusError) {
        guard attributes.resource == Pod.resource, attributes.subresource.isEmpty, let object = attributes.object
        else { return }
        switch attributes.operation {
        case .create: attributes.object = try prioritized(Pod(json: object), attributes).json
        case .update: attributes.object = kept(Pod(json: object), from: attributes.oldObject).json
        case .delete, .connect: return
        }
    }

    private func prioritized(_ given: Pod, _ attributes: AdmissionAttributes) throws(StatusError) -> Pod {
        var pod = given
        func refuse(_ detail: String) -> StatusError {
            .forbidden(attributes.resource.groupResource, name: pod.name, detail)
        }
        let className = pod.spec.priorityClassName ?? ""
        let priorityClass: PriorityClass?
        if className.isEmpty {
            priorityClass = try lookup.defaults(PriorityClass.self).min { ($0.value ?? 0) < ($1.value ?? 0) }
            if let priorityClass { pod.spec.priorityClassName = priorityClass.name }
        } else {
            priorityClass = lookup.clusterObject(PriorityClass.self, className)
            guard priorityClass != nil else { throw refuse("no PriorityClass with name \(className) was found") }
        }
        let value = priorityClass?.value ?? 0
        let policy = priorityClass?.preemptionPolicy ?? "PreemptLowerPriority"
        let computed = "priority admission controller computed"
        if let priority = pod.spec.priority, priority != value {
            throw refuse(
                "the integer value of priority (\(priority)) must not be provided in pod spec; \(computed) \(value) "
                    + "from the given PriorityClass name")
        }
        if let wanted = pod.spec.preemptionPolicy, wanted != policy {
            throw refuse(
                "the string value of PreemptionPolicy (\(wanted)) must not be provided in pod spec; \(computed) "
                    + "\(policy) from the given PriorityClass name")
        }
        pod.spec.priority = value
        pod.spec.preemptionPolicy = policy
        return pod
    }

    /// What was set at creation stays where an update leaves it out.
    private func kept(_ given: Pod, from old: JSONObject?) -> Pod {
        guard let old = old.map(Pod.init(json:)) else { return given }
        var pod = given
        pod.spec.priority = pod.spec.priority ?? old.spec.priority
        pod.spec.preemptionPolicy = pod.spec.preemptionPolicy ?? old.spec.preemptionPolicy
        return pod
    }

    func validate(_ attributes: AdmissionAttributes) async throws(StatusError) {
        guard attributes.resource == PriorityClass.resource, attributes.subresource.isEmpty,
            attributes.operation == .create || attributes.operation == .update,
            let priorityClass = attributes.object.map(PriorityClass.init(json:)), priorityClass.globalDefault == true
        else { return }
        let others = try lookup.defaults(PriorityClass.self).filter { $0.name != priorityClass.name }
        guard let other = others.first else { return }
        throw StatusError.forbidden(
            attributes.resource.groupResource, name: priorityClass.name,
            "PriorityClass \(other.name) is already marked as default. Only one default can exist")
    }
}

import Machinery

/// What makes a pod, or the spec of one in a template, acceptable.
package enum PodValidation {
    private static let specPath = FieldPath("spec")
    private static let grownText =
        "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,"
        + "`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),"
        + "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)"

    package static func validate(_ pod: Pod) -> [FieldError] {
        validate(spec: pod.spec, at: specPath)
    }

    package static func validate(spec: PodSpec, at path: FieldPath) -> [FieldError] {
        let volumes = VolumeValidation.validate(spec.volumes, at: path.child("volumes"))
        let names = Set(spec.volumes.map(\.name))
        return volumes + ContainerValidation(spec: spec, volumes: names, path: path).validate()
            + validateScalars(spec, at: path)
            + SchedulingValidation.validate(spec, at: path)
            + PodSecurityValidation(spec: spec, path: path).validate()
            + PodDeviceValidation(spec: spec, path: path).validate() + PodNetworkValidation.validate(spec, at: path)
    }

    private static func validateScalars(_ spec: PodSpec, at path: FieldPath) -> [FieldError] {
        var errors = Check.oneOf(
            spec.restartPolicy, ["Always", "OnFailure", "Never"], at: path.child("restartPolicy"))
        errors += Check.oneOf(
            spec.dnsPolicy, ["ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"], at: path.child("dnsPolicy"))
        errors += Check.nameIfGiven(
            spec.serviceAccountName, at: path.child("serviceAccountName"), Names.dns1123Subdomain)
        errors += Check.nameIfGiven(spec.nodeName, at: path.child("nodeName"), Names.dns1123Subdomain)
        errors += Check.nameIfGiven(spec.hostname, at: path.child("hostname"), Names.dns1123Label)
        errors += Check.nameIfGiven(spec.subdomain, at: path.child("subdomain"), Names.dns1123Label)
        errors += Check.nameIfGiven(
            spec.priorityClassName, at: path.child("priorityClassName"), Names.dns1123Subdomain)
        errors += Check.notNegative(
            spec.terminationGracePeriodSeconds, at: path.child("terminationGracePeriodSeconds"))
        if let deadline = spec.activeDeadlineSeconds {
            errors += Names.range(deadline, 1...Int64(Int32.max)).map {
                .invalid(path.child("activeDeadlineSeconds"), deadline, $0)
            }
        }
        return errors
    }

    /// Pods change little once they are: images, deadline, tolerations.
    package static func validateUpdate(_ pod: Pod, from old: Pod) -> [FieldError] {
        var errors: [FieldError] = []
        for list in ["containers", "initContainers"]
        where pod.spec.json.values(list).count != old.spec.json.values(list).count {
            return [.forbidden(specPath.child(list), "pod updates may not add or remove containers")]
        }
        errors += validateDeadline(pod.spec.activeDeadlineSeconds, from: old.spec.activeDeadlineSeconds)
        errors += validateTolerations(pod.spec, from: old.spec)
        var allowed = pod.spec.json
        for list in ["containers", "initContainers"] {
            allowed[list] = withImages(of: old.spec.json[list], in: pod.spec.json[list])
        }
        allowed["activeDeadlineSeconds"] = old.spec.json["activeDeadlineSeconds"]
        allowed["tolerations"] = old.spec.json["tolerations"]
        if let before = old.spec.terminationGracePeriodSeconds, before < 0,
            pod.spec.terminationGracePeriodSeconds == 1
        {
            allowed["terminationGracePeriodSeconds"] = .int(before)
        }
        if !old.spec.schedulingGates.isEmpty,
            pod.spec.schedulingGates.allSatisfy({ gate in
                old.spec.schedulingGates.contains { $0.name == gate.name }
            })
        {
            // Gates may be taken away, and while there are any, so may nodes be narrowed down.
            allowed["schedulingGates"] = old.spec.json["schedulingGates"]
            if old.spec.nodeSelector.allSatisfy({ pod.spec.nodeSelector[$0.key] == $0.value }) {
                allowed["nodeSelector"] = old.spec.json["nodeSelector"]
            }
        }
        if allowed != old.spec.json { errors.append(.forbidden(specPath, grownText)) }
        return errors
    }

    private static func withImages(of old: JSON?, in new: JSON?) -> JSON? {
        guard let before = old?.arrayValue, let now = new?.arrayValue else { return new }
        return .array(
            zip(now, before).map { now, before in
                guard case .object(var container) = now else { return now }
                container["image"] = before["image"]
                return .object(container)
            })
    }

    private static func validateDeadline(_ new: Int64?, from old: Int64?) -> [FieldError] {
        let path = specPath.child("activeDeadlineSeconds")
        guard new != old else { return [] }
        guard let new else {
            return [.invalid(path, .null, "must not update from a positive integer to nil value")]
        }
        if let old, new > old {
            return [.invalid(path, new, "must be less than or equal to previous value")]
        }
        return []
    }

    private static func validateTolerations(_ spec: PodSpec, from old: PodSpec) -> [FieldError] {
        let kept = old.tolerations.allSatisfy { before in
            spec.tolerations.contains { now in
                var now = now
                var before = before
                // How long a pod may stay can change, whatever it tolerates.
                now.tolerationSeconds = nil
                before.tolerationSeconds = nil
                return now.json == before.json
            }
        }
        if kept { return [] }
        return [
            .forbidden(
                specPath.child("tolerations"),
                "existing toleration can not be modified except its tolerationSeconds")
        ]
    }
}

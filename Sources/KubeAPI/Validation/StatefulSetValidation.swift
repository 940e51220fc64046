import Machinery

package enum StatefulSetValidation {
    private static let path = FieldPath("spec")
    private static let changeable = [
        "replicas", "template", "updateStrategy", "minReadySeconds", "ordinals", "revisionHistoryLimit",
        "persistentVolumeClaimRetentionPolicy",
    ]

    package static func validate(_ set: StatefulSet) -> [FieldError] {
        let spec = set.spec
        var errors = validatePolicies(spec)
        errors += Check.notNegative(spec.replicas, at: path.child("replicas"))
        errors += Check.notNegative(spec.minReadySeconds, at: path.child("minReadySeconds"))
        errors += Check.notNegative(spec.ordinals?.start, at: path.child("ordinals.start"))
        errors += WorkloadValidation.validateSelector(spec.json["selector"]?.objectValue, kind: "statefulset")
        return errors
            + WorkloadValidation.validateTemplate(
                judgedTemplate(spec), selector: spec.json["selector"]?.objectValue, owner: "StatefulSet")
    }

    /// What only new sets have to fulfil, as it cannot be changed later.
    package static func validateCreate(_ set: StatefulSet) -> [FieldError] {
        var errors = Check.nameIfGiven(set.spec.serviceName, at: path.child("serviceName"), Names.dns1123Label)
        for (index, claim) in set.spec.volumeClaimTemplates.enumerated() {
            let place = path.child("volumeClaimTemplates").index(index)
            errors += Check.name(claim.metadata.name, at: place.child("metadata", "name"), Names.dns1123Subdomain)
            errors += PersistentVolumeClaimValidation.validate(claim.spec, at: place.child("spec"))
        }
        return errors
    }

    private static func validatePolicies(_ spec: StatefulSetSpec) -> [FieldError] {
        var errors: [FieldError] = []
        let policy = spec.podManagementPolicy ?? ""
        let policyPlace = path.child("podManagementPolicy")
        if policy.isEmpty {
            errors.append(.required(policyPlace))
        } else if policy != "OrderedReady", policy != "Parallel" {
            errors.append(.invalid(policyPlace, policy, "must be 'OrderedReady' or 'Parallel'"))
        }
        errors += validateUpdateStrategy(spec)
        if let retention = spec.persistentVolumeClaimRetentionPolicy {
            let place = path.child("persistentVolumeClaimRetentionPolicy")
            for (name, value) in [("whenDeleted", retention.whenDeleted), ("whenScaled", retention.whenScaled)] {
                errors += Check.supported(value ?? "", ["Retain", "Delete"], at: place.child(name))
            }
        }
        return errors
    }

    private static func validateUpdateStrategy(_ spec: StatefulSetSpec) -> [FieldError] {
        let place = path.child("updateStrategy")
        let rolling = place.child("rollingUpdate")
        let update = spec.updateStrategy?.rollingUpdate
        switch spec.updateStrategy?.type ?? "" {
        case "":
            return [.required(place)]
        case "OnDelete":
            guard let update else { return [] }
            return [.invalid(rolling, .object(update.json), "only allowed for updateStrategy 'RollingUpdate'")]
        case "RollingUpdate":
            guard let update else { return [] }
            var errors = Check.notNegative(update.partition, at: rolling.child("partition"))
            if let share = update.maxUnavailable {
                errors += WorkloadValidation.validate(share, at: rolling.child("maxUnavailable"))
                if WorkloadValidation.isZero(share) {
                    errors.append(.invalid(rolling.child("maxUnavailable"), share.json, "cannot be 0"))
                }
            }
            return errors
        default:
            return [
                .invalid(place, spec.json["updateStrategy"] ?? .null, "must be 'RollingUpdate' or 'OnDelete'")
            ]
        }
    }

    /// The template as pods will have it: claims of the set are volumes too, and host names are the set's to give.
    private static func judgedTemplate(_ spec: StatefulSetSpec) -> PodTemplateSpec {
        var template = spec.template
        guard template.json["spec"] != nil else { return template }
        template.spec.hostname = nil
        template.spec.subdomain = nil
        let claims = Set(spec.volumeClaimTemplates.compactMap(\.metadata.name))
        guard !claims.isEmpty else { return template }
        let volumes = claims.sorted().map { name in
            Volume(json: ["name": .string(name), "persistentVolumeClaim": ["claimName": .string(name)]])
        }
        template.spec.volumes = volumes + template.spec.volumes.filter { !claims.contains($0.name) }
        return template
    }

    package static func validateUpdate(_ set: StatefulSet, from old: StatefulSet) -> [FieldError] {
        var now = set.spec.json
        for name in changeable { now[name] = old.spec.json[name] }
        if now == old.spec.json { return [] }
        return [
            .forbidden(
                path,
                "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', "
                    + "'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and "
                    + "'minReadySeconds' are forbidden")
        ]
    }

    package static func validateStatus(_ set: StatefulSet, from old: StatefulSet) -> [FieldError] {
        let status = set.status
        let place = FieldPath("status")
        let counts = ["replicas", "readyReplicas", "currentReplicas", "updatedReplicas", "availableReplicas"]
        var errors = counts.flatMap { Check.notNegative(status.json.int32($0), at: place.child($0)) }
        errors += Check.notNegative(status.observedGeneration, at: place.child("observedGeneration"))
        errors += Check.notNegative(status.collisionCount, at: place.child("collisionCount"))
        for name in counts.dropFirst() {
            let count = status.json.int32(name) ?? 0
            if count > status.json.int32("replicas") ?? 0 {
                errors.append(.invalid(place.child(name), count, "cannot be greater than status.replicas"))
            }
        }
        if let available = status.json.int32("availableReplicas"),
            available > status.json.int32("readyReplicas") ?? 0
        {
            errors.append(
                .invalid(place.child("availableReplicas"), available, "cannot be greater than status.readyReplicas"))
        }
        if let before = old.status.collisionCount, status.collisionCount ?? 0 < before {
            errors.append(
                .invalid(place.child("collisionCount"), status.collisionCount ?? 0, "cannot be decremented"))
        }
        return errors
    }
}

import Machinery

/// Workloads and the groups of pods that are scheduled together (KEP-4671).
package enum WorkloadGroupValidation {
    private static let spec = FieldPath("spec")
    private static let maximumTemplates = 8
    private static let maximumClaims = 4
    private static let highestPriority: Int32 = 1_000_000_000

    // MARK: Workloads

    package static func validate(_ workload: Workload) -> [FieldError] {
        var errors: [FieldError] = []
        if let owner = workload.spec.controllerRef {
            let place = spec.child("controllerRef")
            errors += Check.nameIfGiven(owner.apiGroup, at: place.child("apiGroup"), Names.dns1123Subdomain)
            errors += Check.name(owner.json.string("kind"), at: place.child("kind"), Names.pathSegment)
            errors += Check.name(owner.name, at: place.child("name"), Names.pathSegment)
        }
        let templates = workload.spec.podGroupTemplates
        let place = spec.child("podGroupTemplates")
        if templates.isEmpty { errors.append(.required(place)) }
        errors += Check.atMost(maximumTemplates, templates.count, at: place)
        errors += Check.unique(templates.map(\.name), at: place, key: "name")
        for (index, template) in templates.enumerated() {
            errors += Check.name(template.name, at: place.index(index).child("name"), Names.dns1123Label)
            errors += validate(group: template.json, at: place.index(index))
        }
        return errors
    }

    package static func validateUpdate(_ new: Workload, from old: Workload) -> [FieldError] {
        ["controllerRef", "podGroupTemplates"].flatMap { key in
            Check.unchanged(new.spec.json[key], from: old.spec.json[key], at: spec.child(key))
        }
    }

    // MARK: Groups

    package static func validate(_ group: PodGroup) -> [FieldError] {
        var errors = validate(group: group.spec.json, at: spec)
        guard let reference = group.spec.podGroupTemplateRef else { return errors }
        let place = spec.child("podGroupTemplateRef")
        guard let workload = reference.workload else {
            return errors + [.invalid(place, "", "must specify one of: `workload`")]
        }
        let path = place.child("workload")
        errors += Check.name(workload.workloadName, at: path.child("workloadName"), Names.dns1123Subdomain)
        return errors
            + Check.name(workload.podGroupTemplateName, at: path.child("podGroupTemplateName"), Names.dns1123Label)
    }

    package static func validateUpdate(_ new: PodGroup, from old: PodGroup) -> [FieldError] {
        let keys = [
            "podGroupTemplateRef", "schedulingPolicy", "schedulingConstraints", "resourceClaims", "disruptionMode",
            "priorityClassName", "priority",
        ]
        return keys.flatMap { Check.unchanged(new.spec.json[$0], from: old.spec.json[$0], at: spec.child($0)) }
    }

    package static func validateStatus(_ group: PodGroup) -> [FieldError] {
        let path = FieldPath("status")
        var errors = Check.conditions(group.status.conditions, at: path.child("conditions"))
        let place = path.child("resourceClaimStatuses")
        let statuses = group.status.resourceClaimStatuses
        errors += Check.atMost(maximumClaims, statuses.count, at: place)
        errors += Check.unique(statuses.map(\.name), at: place, key: "name")
        let known = Set(group.spec.resourceClaims.map(\.name))
        for (index, status) in statuses.enumerated() {
            if !known.contains(status.name) {
                errors.append(
                    .invalid(
                        place.index(index).child("name"), status.name,
                        "must match the name of an entry in `spec.resourceClaims`"))
            }
            errors += Check.nameIfGiven(
                status.resourceClaimName, at: place.index(index).child("resourceClaimName"), Names.dns1123Subdomain)
        }
        return errors
    }

    /// What a group and the template of one have in common.
    private static func validate(group: JSONObject, at path: FieldPath) -> [FieldError] {
        let group = PodGroupSpec(json: group)
        var errors = validate(group.schedulingPolicy, at: path.child("schedulingPolicy"))
        let topology = group.schedulingConstraints?.topology ?? []
        let place = path.child("schedulingConstraints", "topology")
        errors += Check.atMost(1, topology.count, at: place)
        for (index, constraint) in topology.enumerated() {
            errors += Check.name(constraint.key, at: place.index(index).child("key"), Names.qualifiedName)
        }
        errors += validate(group.resourceClaims, at: path.child("resourceClaims"))
        if let mode = group.disruptionMode {
            errors += Check.supported(mode, ["Pod", "PodGroup"], at: path.child("disruptionMode"))
        }
        errors += Check.nameIfGiven(
            group.priorityClassName, at: path.child("priorityClassName"), Names.dns1123Subdomain)
        if let priority = group.priority, priority > highestPriority {
            errors.append(
                .invalid(path.child("priority"), priority, "must be less than or equal to \(highestPriority)"))
        }
        return errors
    }

    private static func validate(_ policy: PodGroupSchedulingPolicy, at path: FieldPath) -> [FieldError] {
        switch (policy.basic, policy.gang) {
        case (nil, nil):
            return [.invalid(path, "", "must specify one of: `basic`, `gang`")]
        case (_?, _?):
            return [.invalid(path, "{`basic`, `gang`}", "must specify exactly one of: `basic`, `gang`")]
        case (_, let gang?) where gang.minCount == 0:
            return [.required(path.child("gang", "minCount"))]
        case (_, let gang?) where gang.minCount < 1:
            return [
                .invalid(path.child("gang", "minCount"), gang.minCount, "must be greater than or equal to 1")
            ]
        case (_?, nil), (nil, _?):
            return []
        }
    }

    private static func validate(_ claims: [PodGroupResourceClaim], at path: FieldPath) -> [FieldError] {
        var errors = Check.atMost(maximumClaims, claims.count, at: path)
        errors += Check.unique(claims.map(\.name), at: path, key: "name")
        for (index, claim) in claims.enumerated() {
            let place = path.index(index)
            let names = "`resourceClaimName`, `resourceClaimTemplateName`"
            errors += Check.name(claim.name, at: place.child("name"), Names.dns1123Label)
            switch (claim.resourceClaimName, claim.resourceClaimTemplateName) {
            case (nil, nil): errors.append(.invalid(place, "", "must specify one of: \(names)"))
            case (_?, _?): errors.append(.invalid(place, "{\(names)}", "must specify exactly one of: \(names)"))
            case (let name?, nil):
                errors += Check.name(name, at: place.child("resourceClaimName"), Names.dns1123Subdomain)
            case (nil, let name?):
                errors += Check.name(name, at: place.child("resourceClaimTemplateName"), Names.dns1123Subdomain)
            }
        }
        return errors
    }
}

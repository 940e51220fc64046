import Machinery

package enum PersistentVolumeClaimValidation {
    private static let path = FieldPath("spec")
    private static let immutableText =
        "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims"

    package static func validate(_ claim: PersistentVolumeClaim) -> [FieldError] {
        validate(claim.spec, at: path)
    }

    package static func validate(_ spec: PersistentVolumeClaimSpec, at path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        if spec.accessModes.isEmpty {
            errors.append(.required(path.child("accessModes"), "at least 1 access mode is required"))
        }
        if let selector = spec.selector {
            errors += Selector.validate(labelSelector: selector.json, at: path.child("selector"))
        }
        errors += PersistentVolumeValidation.validateAccessModes(spec.accessModes, at: path.child("accessModes"))
        let place = path.child("resources").key("storage")
        if let size = requested(spec) {
            errors += ResourceValidation.positive(size, at: place)
        } else {
            errors.append(.required(place))
        }
        errors += Check.nameIfGiven(
            spec.storageClassName, at: path.child("storageClassName"), Names.dns1123Subdomain)
        errors += Check.oneOfIfGiven(
            spec.volumeMode, PersistentVolumeValidation.volumeModes, at: path.child("volumeMode"))
        errors += Check.nameIfGiven(
            spec.volumeAttributesClassName, at: path.child("volumeAttributesClassName"), Names.dns1123Subdomain)
        return errors + validateSources(spec, at: path)
    }

    private static func requested(_ spec: PersistentVolumeClaimSpec) -> Quantity? {
        spec.json["resources"]?["requests"]?["storage"].flatMap(Quantity.init(json:))
    }

    private static func validateSources(_ spec: PersistentVolumeClaimSpec, at path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        for name in ["dataSource", "dataSourceRef"] {
            guard let source = spec.json[name]?.objectValue else { continue }
            let place = path.child(name)
            if (source.string("name") ?? "").isEmpty { errors.append(.required(place.child("name"))) }
            if (source.string("kind") ?? "").isEmpty { errors.append(.required(place.child("kind"))) }
            let group = source.string("apiGroup") ?? ""
            if group.isEmpty {
                if let kind = source.string("kind"), kind != "PersistentVolumeClaim" {
                    errors.append(
                        .invalid(
                            place, kind, "must be 'PersistentVolumeClaim' when referencing the default apiGroup"))
                }
            } else {
                errors += Names.dns1123Subdomain(group).map { .invalid(place.child("apiGroup"), group, $0) }
            }
            if let namespace = source.string("namespace"), !namespace.isEmpty {
                errors += Names.dns1123Label(namespace).map { .invalid(place.child("namespace"), namespace, $0) }
            }
        }
        guard let source = spec.json["dataSource"], let reference = spec.json["dataSourceRef"] else { return errors }
        let place = path.child("dataSource").description
        if reference["namespace"]?.stringValue?.isEmpty == false {
            errors.append(.invalid(path, place, "may not be specified when dataSourceRef.namespace is specified"))
        } else if ["apiGroup", "kind", "name"].contains(where: { source[$0] != reference[$0] }) {
            errors.append(.invalid(path, place, "must match dataSourceRef"))
        }
        return errors
    }

    package static func validateUpdate(
        _ claim: PersistentVolumeClaim, from old: PersistentVolumeClaim
    ) -> [FieldError] {
        var errors: [FieldError] = []
        var now = claim.spec.json
        let before = old.spec.json
        // The controller names the volume, once.
        if (old.spec.volumeName ?? "").isEmpty { now["volumeName"] = before["volumeName"] }
        if old.spec.storageClassName == nil { now["storageClassName"] = before["storageClassName"] }
        if claim.status.phase == "Bound" {
            if var resources = now["resources"], var requests = resources["requests"], before["resources"] != nil {
                requests.setMember("storage", before["resources"]?["requests"]?["storage"])
                resources.setMember("requests", requests)
                now["resources"] = resources
            }
            now["volumeAttributesClassName"] = before["volumeAttributesClassName"]
        }
        if now != before { errors.append(.forbidden(path, immutableText)) }
        let place = path.child("resources", "requests", "storage")
        if let size = requested(claim.spec), let previous = requested(old.spec), size < previous {
            let capacity = old.json["status"]?["capacity"]?["storage"].flatMap(Quantity.init(json:)) ?? .zero
            if !(capacity < size) {
                errors.append(.forbidden(place, "field can not be less than status.capacity"))
            }
        }
        errors += Check.unchanged(
            claim.spec.json["volumeMode"], from: old.spec.json["volumeMode"], at: FieldPath("volumeMode"))
        if old.json["status"]?["currentVolumeAttributesClassName"] != nil {
            let place = path.child("volumeAttributesClassName")
            let tail = "is forbidden when status.currentVolumeAttributesClassName is not nil"
            switch claim.spec.volumeAttributesClassName {
            case nil: errors.append(.forbidden(place, "update to nil \(tail)"))
            case ""?: errors.append(.forbidden(place, "update to empty string \(tail)"))
            default: break
            }
        }
        return errors
    }

    package static func validateStatus(_ claim: PersistentVolumeClaim) -> [FieldError] {
        var errors: [FieldError] = []
        for name in ["capacity", "allocatedResources"] {
            for (resource, amount) in claim.json["status"]?[name]?.objectValue ?? JSONObject() {
                errors += ResourceValidation.notNegative(
                    Quantity(json: amount), at: FieldPath("status").child(name).key(resource))
            }
        }
        return errors
    }
}

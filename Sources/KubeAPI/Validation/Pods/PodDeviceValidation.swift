import Machinery

/// Devices a pod claims (KEP-4381), and the resources that a pod has as a whole (KEP-2837).
struct PodDeviceValidation {
    let spec: PodSpec
    let path: FieldPath

    private var names: Set<String> { Set(spec.resourceClaims.map(\.name)) }

    func validate() -> [FieldError] {
        var errors: [FieldError] = []
        var seen: Set<String> = []
        for (index, claim) in spec.resourceClaims.enumerated() {
            errors += validate(claim, at: path.child("resourceClaims").index(index), seen: &seen)
        }
        for list in ["initContainers", "containers"] {
            let containers: [Container] = spec.json.views(list)
            for (index, container) in containers.enumerated() {
                guard let resources = container.json["resources"]?.objectValue, resources.contains("claims") else {
                    continue
                }
                let claims: [CoreResourceClaimReference] = resources.views("claims")
                errors += validate(claims, at: path.child(list).index(index).child("resources", "claims"))
            }
        }
        return errors + validatePodLevel()
    }

    private func validate(
        _ claim: PodResourceClaim, at place: FieldPath, seen: inout Set<String>
    ) -> [FieldError] {
        var errors: [FieldError] = []
        if claim.name.isEmpty {
            errors.append(.required(place.child("name")))
        } else if !seen.insert(claim.name).inserted {
            errors.append(.duplicate(place.child("name"), claim.name))
        } else {
            errors += Names.dns1123Label(claim.name).map { .invalid(place.child("name"), claim.name, $0) }
        }
        switch (claim.resourceClaimName, claim.resourceClaimTemplateName) {
        case (_?, _?):
            errors.append(
                .invalid(
                    place, .object(claim.json),
                    "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified"))
        case (nil, nil):
            errors.append(
                .invalid(
                    place, .object(claim.json),
                    "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`"))
        default: break
        }
        for (name, value) in [
            ("resourceClaimName", claim.resourceClaimName),
            ("resourceClaimTemplateName", claim.resourceClaimTemplateName),
        ] {
            guard let value else { continue }
            errors += Names.dns1123Subdomain(value).map { .invalid(place.child(name), value, $0) }
        }
        return errors
    }

    /// What a container takes of the pod's claims: each whole, or single requests of it, nothing twice.
    private func validate(_ claims: [CoreResourceClaimReference], at list: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        var taken: Set<String> = []
        let known = names
        for (index, claim) in claims.enumerated() {
            let place = list.index(index)
            guard !claim.name.isEmpty else {
                errors.append(.required(place))
                continue
            }
            let request = claim.request
            if !request.isEmpty {
                errors += Names.dns1123Label(request).map { .invalid(place.child("request"), request, $0) }
            }
            let key = request.isEmpty ? claim.name : "\(claim.name)/\(request)"
            let overlaps = request.isEmpty && taken.contains { $0.hasPrefix(claim.name + "/") }
            if taken.contains(claim.name) {
                errors.append(.duplicate(place, claim.name))
            } else if taken.contains(key) || overlaps {
                errors.append(.duplicate(place, overlaps ? claim.name : key))
            }
            taken.insert(key)
            if !known.contains(claim.name) {
                let detail =
                    known.isEmpty ? " which is empty" : ": " + known.sorted().joined(separator: ", ")
                errors.append(
                    FieldError(
                        .notFound, field: place.description, value: .string(claim.name),
                        detail: "must be one of the names in pod.spec.resourceClaims\(detail)"))
            }
        }
        return errors
    }

    // MARK: The pod as a whole

    private func validatePodLevel() -> [FieldError] {
        guard let resources = spec.json["resources"]?.objectValue else { return [] }
        let place = path.child("resources")
        if spec.os?.name == "windows" { return [.forbidden(place, "may not be set for a windows pod")] }
        var errors: [FieldError] = []
        if resources["claims"] != nil {
            errors.append(.forbidden(place.child("claims"), "claims may not be set for Resources at pod-level"))
        }
        for kind in ["limits", "requests"] {
            for name in resources.quantityMap(kind).keys.sorted()
            where name != "cpu" && name != "memory" && !name.hasPrefix("hugepages-") {
                errors.append(
                    .notSupported(
                        place.child(kind).key(name), name, supported: ["cpu", "hugepages-", "memory"]))
            }
        }
        errors += ResourceValidation.validate(.object(resources), at: place)
        let requests = resources.quantityMap("requests")
        for (name, total) in containerTotals("requests").sorted(by: { $0.key < $1.key }) {
            guard let limit = requests[name], limit < total else { continue }
            errors.append(
                .invalid(
                    place.child("requests").key(name), limit.description,
                    "must be greater than or equal to aggregate container requests of \(total)"))
        }
        let limits = resources.quantityMap("limits")
        for (index, container) in spec.containers.enumerated() {
            let own = container.json["resources"]?["limits"]?.objectValue ?? JSONObject()
            for (name, amount) in own {
                guard let limit = limits[name], let amount = Quantity(json: amount), limit < amount else { continue }
                errors.append(
                    .invalid(
                        place.child("containers").index(index).key(name).child("limits"), amount.description,
                        "must be less than or equal to pod limits of \(limit)"))
            }
        }
        return errors
    }

    /// What containers ask for together: those that run, with sidecars, or the largest start of an init container.
    private func containerTotals(_ kind: String) -> [String: Quantity] {
        func amounts(_ container: Container) -> [String: Quantity] {
            container.json["resources"]?.objectValue?.quantityMap(kind) ?? [:]
        }
        var total: [String: Quantity] = [:]
        for container in spec.containers { total.merge(amounts(container)) { $0 + $1 } }
        var sidecars: [String: Quantity] = [:]
        var starts: [String: Quantity] = [:]
        for container in spec.initContainers {
            if container.restartPolicy == "Always" {
                total.merge(amounts(container)) { $0 + $1 }
                sidecars.merge(amounts(container)) { $0 + $1 }
                starts.merge(sidecars) { max($0, $1) }
            } else {
                let now = amounts(container).merging(sidecars) { $0 + $1 }
                starts.merge(now) { max($0, $1) }
            }
        }
        total.merge(starts) { max($0, $1) }
        return total
    }
}

/// `resources.claims[]` of a container.
struct CoreResourceClaimReference: JSONView {
    var json: JSONObject
    init(json: JSONObject) { self.json = json }
    var name: String { json.string("name") ?? "" }
    var request: String { json.string("request") ?? "" }
}

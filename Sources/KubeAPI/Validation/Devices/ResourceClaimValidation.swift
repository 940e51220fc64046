import Machinery

/// Claims for devices, and templates of claims.
package struct ResourceClaimValidation: Sendable {
    private static let maximumAlternatives = 8

    private let expressions: any ExpressionChecking

    package init(expressions: any ExpressionChecking) {
        self.expressions = expressions
    }

    package func validate(_ claim: ResourceResourceClaim) -> [FieldError] {
        validate(claim.spec.devices ?? DeviceClaim(), at: FieldPath("spec").child("devices"))
    }

    package func validate(_ template: ResourceClaimTemplate) -> [FieldError] {
        let path = FieldPath("spec")
        let metadata = template.spec.json["metadata"]?.objectValue ?? JSONObject()
        return Names.validateLabels(metadata.stringMap("labels"), at: path.child("metadata", "labels"))
            + Names.validateAnnotations(
                metadata.stringMap("annotations"), at: path.child("metadata", "annotations"))
            + validate(template.spec.spec.devices ?? DeviceClaim(), at: path.child("spec", "devices"))
    }

    /// What is claimed never changes.
    package static func validateUpdate(_ new: JSONObject, from old: JSONObject) -> [FieldError] {
        Check.unchanged(new["spec"], from: old["spec"], at: "spec")
    }

    private func validate(_ claim: DeviceClaim, at path: FieldPath) -> [FieldError] {
        let requests = path.child("requests")
        var errors = DeviceCheck.list(claim.requests, atMost: DeviceCheck.maximumRequests, at: requests, validate)
        errors += Check.unique(claim.requests.map(\.name), at: requests)
        let names = RequestNames(claim)
        errors += DeviceCheck.list(
            claim.constraints, atMost: DeviceCheck.maximumConstraints, at: path.child("constraints")
        ) { constraint, place in
            validate(constraint, names, at: place)
        }
        return errors
            + DeviceCheck.list(
                claim.config, atMost: DeviceCheck.maximumConfigurations, at: path.child("config")
            ) { configuration, place in
                names.validate(configuration.requests, at: place.child("requests"))
                    + DeviceCheck.configuration(configuration.opaque, isStored: false, at: place)
            }
    }

    private func validate(_ request: DeviceRequest, at path: FieldPath) -> [FieldError] {
        let errors = DeviceCheck.label(request.name, at: path.child("name"))
        let text = "exactly one of `exactly` or `firstAvailable` is required"
        switch (request.exactly, request.firstAvailable.isEmpty) {
        case (nil, true):
            return errors + [.required(path, text)]
        case (_?, false):
            return errors + [.invalid(path, .null, "\(text), but multiple fields are set")]
        case (let exactly?, true):
            return errors + validate(exactly.json, at: path.child("exactly"))
        case (nil, false):
            let place = path.child("firstAvailable")
            let alternatives = DeviceCheck.list(
                request.firstAvailable, atMost: Self.maximumAlternatives, at: place
            ) { alternative, place in
                DeviceCheck.label(alternative.name, at: place.child("name")) + validate(alternative.json, at: place)
            }
            return errors + alternatives + Check.unique(request.firstAvailable.map(\.name), at: place)
        }
    }

    /// What requests and their alternatives have in common.
    private func validate(_ request: JSONObject, at path: FieldPath) -> [FieldError] {
        let request = ExactDeviceRequest(json: request)
        var errors = Check.name(
            request.deviceClassName, at: path.child("deviceClassName"), Names.dns1123Subdomain)
        errors += DeviceCheck.selectors(
            request.selectors, isStored: false, expressions, at: path.child("selectors"))
        let count = request.count ?? 0
        switch request.allocationMode ?? "" {
        case "All":
            if count != 0 {
                errors.append(
                    .invalid(
                        path.child("count"), count, "must not be specified when allocationMode is 'All'"))
            }
        case "ExactCount":
            if count <= 0 { errors.append(.invalid(path.child("count"), count, "must be greater than zero")) }
        case let other:
            errors.append(.notSupported(path.child("allocationMode"), other, supported: ["All", "ExactCount"]))
        }
        for (index, toleration) in request.tolerations.enumerated() {
            errors += DeviceCheck.toleration(toleration, at: path.child("tolerations").index(index))
        }
        return errors
    }

    private func validate(
        _ constraint: DeviceConstraint, _ names: RequestNames, at path: FieldPath
    ) -> [FieldError] {
        var errors = names.validate(constraint.requests, at: path.child("requests"))
        if let name = constraint.matchAttribute {
            errors += DeviceCheck.fullyQualifiedName(name, at: path.child("matchAttribute"))
        } else if let name = constraint.distinctAttribute {
            errors += DeviceCheck.fullyQualifiedName(name, at: path.child("distinctAttribute"))
        } else {
            errors.append(
                .required(
                    path,
                    "exactly one of \"matchAttribute\" or \"distinctAttribute\" is required, but multiple fields "
                        + "are set"))
        }
        return errors
    }
}

/// The requests of a claim by name, for what refers to them.
struct RequestNames {
    private let alternatives: [String: Set<String>]

    init(_ claim: DeviceClaim) {
        alternatives = Dictionary(
            claim.requests.map { ($0.name, Set($0.firstAvailable.map(\.name))) }, uniquingKeysWith: { $1 })
    }

    func validate(_ names: [String], at path: FieldPath) -> [FieldError] {
        DeviceCheck.list(names, atMost: DeviceCheck.maximumRequests, at: path, validate)
            + Check.unique(names, at: path)
    }

    /// `request` or `request/alternative`.
    func validate(_ name: String, at path: FieldPath) -> [FieldError] {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let unknown = FieldError.invalid(
            path, name,
            "must be the name of a request in the claim or the name of a request and a subrequest separated by '/'")
        guard parts.count <= 2 else { return [unknown] }
        let errors = parts.flatMap { DeviceCheck.label($0, at: path) }
        let isKnown = alternatives[parts[0]].map { parts.count == 1 || $0.contains(parts[1]) } ?? false
        return isKnown ? errors : errors + [unknown]
    }
}

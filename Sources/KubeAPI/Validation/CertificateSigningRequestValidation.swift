import Machinery

/// Requests for certificates; whether request and certificate can be read is the server's to check.
package enum CertificateSigningRequestValidation {
    private static let spec = FieldPath("spec")
    private static let conditions = FieldPath("status").child("conditions")
    private static let minimumSeconds: Int32 = 600
    private static let legacySigner = "kubernetes.io/legacy-unknown"
    private static let usages = [
        "any", "cert sign", "client auth", "code signing", "content commitment", "crl sign", "data encipherment",
        "decipher only", "digital signature", "email protection", "encipher only", "ipsec end system",
        "ipsec tunnel", "ipsec user", "key agreement", "key encipherment", "microsoft sgc", "netscape sgc",
        "ocsp signing", "s/mime", "server auth", "signing", "timestamping",
    ]

    /// - Parameter old: what was wrong before may stay wrong.
    package static func validate(
        _ request: CertificateSigningRequest, from old: CertificateSigningRequest? = nil
    ) -> [FieldError] {
        let given = request.spec
        let before = old?.spec.usages ?? []
        let place = spec.child("usages")
        var errors: [FieldError] = given.usages.isEmpty ? [.required(place)] : []
        if before.allSatisfy(usages.contains) {
            for (index, usage) in given.usages.enumerated() {
                errors += Check.supported(usage, usages, at: place.index(index))
            }
        }
        if Set(before).count == before.count { errors += Check.unique(given.usages, at: place) }
        if given.signerName == legacySigner, old?.spec.signerName != legacySigner {
            errors.append(
                .invalid(
                    spec.child("signerName"), given.signerName,
                    "the legacy signerName is not allowed via this API version"))
        } else {
            errors += SignerNameValidation.validate(given.signerName, at: spec.child("signerName"))
        }
        if let seconds = given.expirationSeconds, seconds < minimumSeconds {
            errors.append(
                .invalid(
                    spec.child("expirationSeconds"), seconds,
                    "may not specify a duration less than 600 seconds (10 minutes)"))
        }
        return errors + validateConditions(request, from: old)
    }

    private static func validateConditions(
        _ request: CertificateSigningRequest, from old: CertificateSigningRequest?
    ) -> [FieldError] {
        let types = request.status.conditions.map(\.type)
        let before = old?.status.conditions.map(\.type) ?? []
        var errors: [FieldError] = []
        for (index, condition) in request.status.conditions.enumerated() {
            let place = conditions.index(index)
            if condition.type.isEmpty, !before.contains("") { errors.append(.required(place.child("type"))) }
            let isFinal = ["Approved", "Denied", "Failed"].contains(condition.type)
            let allowed = isFinal ? ["True"] : ["False", "True", "Unknown"]
            errors += Check.oneOf(condition.status, allowed, at: place.child("status"))
        }
        let isDecidedBothWays = before.contains("Approved") && before.contains("Denied")
        if !isDecidedBothWays, types.contains("Approved"), let last = types.last(where: isDecision),
            types.contains("Denied")
        {
            errors.append(
                .invalid(conditions, last, "Approved and Denied conditions are mutually exclusive"))
        }
        if Set(before).count == before.count { errors += Check.unique(types, at: conditions, key: "type") }
        return errors
    }

    private static func isDecision(_ type: String) -> Bool { type == "Approved" || type == "Denied" }

    /// Which part of a request an update may change.
    package enum Change: Sendable {
        case metadata
        case approval
        case certificate
    }

    package static func validateUpdate(
        _ new: CertificateSigningRequest, from old: CertificateSigningRequest, _ change: Change
    ) -> [FieldError] {
        var errors = validate(new, from: old)
        func of(_ type: String, _ request: CertificateSigningRequest) -> [CertificateSigningRequestCondition] {
            request.status.conditions.filter { $0.type == type }
        }
        for type in ["Approved", "Denied", "Failed"] where of(type, new).count < of(type, old).count {
            errors.append(
                .forbidden(conditions, "updates may not remove a condition of type \(GoQuote.quote(type))"))
        }
        if change != .approval {
            for type in ["Approved", "Denied"] {
                let (after, before) = (of(type, new), of(type, old))
                if after.count > before.count {
                    errors.append(
                        .forbidden(conditions, "updates may not add a condition of type \(GoQuote.quote(type))"))
                } else if after.count == before.count, after != before {
                    errors.append(
                        .forbidden(
                            conditions, "updates may not modify a condition of type \(GoQuote.quote(type))"))
                }
            }
        }
        let place = FieldPath("status").child("certificate")
        let before = old.status.certificate ?? ""
        if (new.status.certificate ?? "") != before {
            if change != .certificate {
                errors.append(.forbidden(place, "updates may not set certificate content"))
            } else if !before.isEmpty {
                errors.append(.forbidden(place, "updates may not modify existing certificate content"))
            }
        }
        return errors
    }
}

import Machinery

/// Requests for pods' certificates; what concerns keys and certificates themselves is the server's to check.
package enum PodCertificateRequestValidation {
    private static let spec = FieldPath("spec")
    private static let status = FieldPath("status")
    private static let maximumUIDBytes = 128
    private static let minimumSeconds: Int32 = 3600
    private static let maximumSeconds: Int32 = 91 * 24 * 3600
    private static let maximumKubernetesSeconds: Int32 = 24 * 3600
    private static let outcomes = ["Issued", "Denied", "Failed"]

    package static func validate(_ request: PodCertificateRequest) -> [FieldError] {
        let given = request.spec
        var errors = SignerNameValidation.validate(given.signerName, at: spec.child("signerName"))
        errors += Names.validateAnnotations(
            given.unverifiedUserAnnotations, at: spec.child("unverifiedUserAnnotations"))
        for (kind, name, uid) in [
            ("pod", given.podName, given.podUID),
            ("serviceAccount", given.serviceAccountName, given.serviceAccountUID),
            ("node", given.nodeName, given.nodeUID),
        ] {
            errors += Names.dns1123Subdomain(name).map { .invalid(spec.child("\(kind)Name"), name, $0) }
            let place = spec.child("\(kind)UID")
            if uid.isEmpty { errors.append(.invalid(place, uid, "must not be empty")) }
            if uid.utf8.count > maximumUIDBytes { errors.append(.tooLong(place, maximumBytes: maximumUIDBytes)) }
        }
        let place = spec.child("maxExpirationSeconds")
        guard let seconds = given.maxExpirationSeconds else { return errors + [.required(place, "must be set")] }
        let longest =
            SignerNameValidation.isKubernetes(given.signerName) ? maximumKubernetesSeconds : maximumSeconds
        if !(minimumSeconds...longest).contains(seconds) {
            errors.append(.invalid(place, seconds, "must be in the range [\(minimumSeconds), \(longest)]"))
        }
        return errors
    }

    package static func validateUpdate(
        _ new: PodCertificateRequest, from old: PodCertificateRequest
    ) -> [FieldError] {
        Check.unchanged(new.json["spec"], from: old.json["spec"], at: "spec")
    }

    /// Whether an update is the one that gives the certificate.
    package static func isBeingIssued(_ new: PodCertificateRequest, from old: PodCertificateRequest) -> Bool {
        outcome(of: old) == nil && outcome(of: new) == "Issued"
    }

    private static func outcome(of request: PodCertificateRequest) -> String? {
        request.status.conditions.first { outcomes.contains($0.type) && $0.status == "True" }?.type
    }

    package static func validateStatus(
        _ new: PodCertificateRequest, from old: PodCertificateRequest
    ) -> [FieldError] {
        var errors: [FieldError] = []
        var known = 0
        for (index, condition) in new.status.conditions.enumerated() {
            // The dot before the index is Kubernetes'.
            let place = status.child("conditions", "[\(index)]")
            guard outcomes.contains(condition.type) else {
                errors.append(.notSupported(place.child("type"), condition.type, supported: outcomes))
                continue
            }
            known += 1
            if known > 1 {
                errors.append(
                    .invalid(
                        place.child("type"), condition.type,
                        "There may be at most one condition with type \"Issued\", \"Denied\", or \"Failed\""))
            }
            errors += Check.supported(condition.status, ["True"], at: place.child("status"))
        }
        errors += Check.conditions(new.status.conditions, at: status.child("conditions"))
        guard errors.isEmpty else { return errors }
        func unless(_ isRight: Bool, _ detail: String) -> [FieldError] {
            isRight ? [] : [FieldError(.invalid, field: status.description, detail: detail)]
        }
        if outcome(of: old) != nil {
            return unless(
                new.status == old.status, "immutable after PodCertificateRequest is issued, denied, or failed")
        }
        switch outcome(of: new) {
        case "Denied"?, "Failed"?:
            return unless(
                new.status.json.members.allSatisfy { $0.key == "conditions" },
                "non-condition status fields must be empty when denying or failing the PodCertificateRequest")
        case nil:
            return unless(
                new.status == old.status,
                "status is immutable unless transitioning to \"Issued\", \"Denied\", or \"Failed\"")
        default:
            return []
        }
    }
}

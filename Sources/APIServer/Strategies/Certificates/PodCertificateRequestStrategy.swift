import KubeAPI
import Machinery
import PKI

/// A node's request for a certificate for one of its pods (KEP-4317).
struct PodCertificateRequestStrategy: Strategy {
    let clock: any WallClock = SystemWallClock()

    var allowsUnconditionalUpdate: Bool { false }

    func applyDefaults(_ request: inout PodCertificateRequest) {
        if request.spec.maxExpirationSeconds == nil { request.spec.maxExpirationSeconds = 86400 }
    }

    func prepareForCreate(_ request: inout PodCertificateRequest) { request.json["status"] = [:] }

    func validate(_ request: PodCertificateRequest) -> [FieldError] {
        PodCertificateRequestValidation.validate(request) + PodCertificateKeys.validate(request)
    }

    func validateChange(_ request: PodCertificateRequest, from old: PodCertificateRequest) -> [FieldError] {
        PodCertificateRequestValidation.validateUpdate(request, from: old)
    }

    func validateStatusUpdate(_ request: PodCertificateRequest, from old: PodCertificateRequest) -> [FieldError] {
        let errors = PodCertificateRequestValidation.validateStatus(request, from: old)
        guard errors.isEmpty, PodCertificateRequestValidation.isBeingIssued(request, from: old) else { return errors }
        return IssuedPodCertificate(request: request, now: clock.now).validate()
    }

    var selectableFieldNames: [String] { ["spec.signerName", "spec.podName", "spec.nodeName"] }
    func selectableFields(_ request: PodCertificateRequest) -> [(name: String, value: String)] {
        let spec = request.spec
        return [
            ("spec.signerName", spec.signerName), ("spec.podName", spec.podName), ("spec.nodeName", spec.nodeName),
        ]
    }

    var columns: [TableColumn] {
        [
            .name, TableColumn("PodName", description: "The pod that is to have the certificate."),
            TableColumn("ServiceAccountName", description: "The pod's account."),
            TableColumn("NodeName", description: "The pod's node."),
            TableColumn("SignerName", description: "Who is to sign it."),
            TableColumn("State", description: "Is the request Pending, Issued, Denied, or Failed?"),
            TableColumn("UnverifiedUserAnnotations", description: "What the pod's author tells the signer."),
        ]
    }

    func cells(_ request: PodCertificateRequest, now: Timestamp) -> [JSON] {
        let spec = request.spec
        let state = request.status.conditions.last { ["Issued", "Denied", "Failed"].contains($0.type) }
        return [
            .string(request.name), .string(spec.podName), .string(spec.serviceAccountName), .string(spec.nodeName),
            .string(spec.signerName), .string(state?.type ?? "Pending"),
            TableCell.labels(spec.unverifiedUserAnnotations),
        ]
    }
}

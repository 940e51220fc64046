import KubeAPI
import Machinery

/// Requests for certificates: what is asked for never changes, approval and certificate come by subresources.
struct CertificateSigningRequestStrategy: Strategy {
    func prepareForUpdate(_ request: inout CertificateSigningRequest, from old: CertificateSigningRequest) {
        request.json["spec"] = old.json["spec"]
        request.json["status"] = old.json["status"]
    }

    func validate(_ request: CertificateSigningRequest) -> [FieldError] {
        CertificateSigningRequestValidation.validate(request)
    }

    var selectableFieldNames: [String] { ["spec.signerName"] }
    func selectableFields(_ request: CertificateSigningRequest) -> [(name: String, value: String)] {
        [("spec.signerName", request.spec.signerName)]
    }

    var columns: [TableColumn] {
        [
            .name, .age, TableColumn("SignerName", description: "Who is to sign it."),
            TableColumn("Requestor", description: "Who asked for it."),
            TableColumn("RequestedDuration", description: "How long the certificate is to last."),
            TableColumn("Condition", description: "Whether it was approved and issued."),
        ]
    }

    func cells(_ request: CertificateSigningRequest, now: Timestamp) -> [JSON] {
        let duration = request.spec.expirationSeconds.map { TableCell.humanDuration(Int64($0)) }
        return [
            .string(request.name), TableCell.age(request.metadata.creationTimestamp, now: now),
            .string(request.spec.signerName.isEmpty ? "<none>" : request.spec.signerName),
            .string(request.spec.username ?? ""), TableCell.text(duration), .string(state(of: request)),
        ]
    }

    private func state(of request: CertificateSigningRequest) -> String {
        let types = Set(request.status.conditions.map(\.type))
        var state = types.contains("Denied") ? "Denied" : types.contains("Approved") ? "Approved" : "Pending"
        if types.contains("Failed") { state += ",Failed" }
        if request.json["status"]?["certificate"]?.stringValue?.isEmpty == false { state += ",Issued" }
        return state
    }
}

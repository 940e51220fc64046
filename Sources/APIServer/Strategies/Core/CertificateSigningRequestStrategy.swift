import KubeAPI
import Machinery
import PKI

/// Requests for certificates: what is asked for never changes, approval and certificate come by subresources.
struct CertificateSigningRequestStrategy: Strategy {
    typealias Object = KubeAPI.CertificateSigningRequest

    /// They may be called anything that fits a path.
    func validateName(_ name: String, isPrefix: Bool) -> [String] {
        isPrefix ? Names.pathSegmentPrefix(name) : Names.pathSegment(name)
    }

    func prepareForCreate(_ request: inout Object) { request.json["status"] = [:] }

    func prepareForUpdate(_ request: inout Object, from old: Object) {
        request.json["spec"] = old.json["spec"]
        request.json["status"] = old.json["status"]
    }

    func validate(_ request: Object) -> [FieldError] {
        Self.validateRequest(request) + CertificateSigningRequestValidation.validate(request)
            + Self.validateCertificate(request)
    }

    func validateChange(_ request: Object, from old: Object) -> [FieldError] {
        CertificateSigningRequestValidation.validateUpdate(request, from: old, .metadata)
    }

    /// Signers give the certificate, and say when they cannot; they do not decide.
    func prepareForStatusUpdate(_ request: inout Object, from old: Object) {
        restoreAllButStatus(&request, from: old)
        for type in ["Approved", "Denied"] {
            let before = old.status.conditions.filter { $0.type == type }
            guard request.status.conditions.count(where: { $0.type == type }) == before.count else { continue }
            var kept = before.makeIterator()
            request.status.conditions = request.status.conditions.map { $0.type == type ? kept.next() ?? $0 : $0 }
        }
        Self.stamp(&request, from: old, now: SystemWallClock().now)
    }

    func validateStatusUpdate(_ request: Object, from old: Object) -> [FieldError] {
        CertificateSigningRequestValidation.validateUpdate(request, from: old, .certificate)
            + (request.status.certificate == old.status.certificate ? [] : Self.validateCertificate(request))
    }

    /// `…/approval`: takes the conditions, and what clients may say in the metadata.
    static func approve(sent: JSONObject, old: JSONObject) throws(StatusError) -> JSONObject {
        let before = Object(json: old)
        var request = before
        let new = Object(json: sent)
        request.metadata = new.metadata
        request.status.conditions = new.status.conditions
        stamp(&request, from: before, now: SystemWallClock().now)
        let errors = CertificateSigningRequestValidation.validateUpdate(request, from: before, .approval)
        guard errors.isEmpty else { throw StatusError.invalid(Object.kind, name: request.name, errors) }
        return request.json
    }

    /// Says when conditions came, where the client does not.
    private static func stamp(_ request: inout Object, from old: Object, now: Timestamp) {
        request.status.conditions = request.status.conditions.map { condition in
            var condition = condition
            if condition.lastUpdateTime == nil { condition.lastUpdateTime = now.inSeconds }
            if condition.lastTransitionTime == nil {
                let before = old.status.conditions.first { $0.type == condition.type }
                condition.lastTransitionTime =
                    before?.status == condition.status
                    ? before?.lastTransitionTime ?? now.inSeconds : now.inSeconds
            }
            return condition
        }
    }

    private static func validateRequest(_ request: Object) -> [FieldError] {
        let path = FieldPath("spec").child("request")
        do {
            let text = try PKI.Base64.standard.decode(request.spec.request)
            guard let block = try PEM.parse(text).first, block.label == "CERTIFICATE REQUEST" else {
                return [.invalid(path, request.spec.request, "PEM block type must be CERTIFICATE REQUEST")]
            }
            try PKI.CertificateSigningRequest(der: block.der).verifySignature()
            return []
        } catch {
            // Keys that cannot be read here are the signer's to judge.
            return error.code == .unsupported ? [] : [.invalid(path, request.spec.request, "\(error)")]
        }
    }

    private static func validateCertificate(_ request: Object) -> [FieldError] {
        guard let text = request.status.certificate, !text.isEmpty else { return [] }
        let path = FieldPath("status").child("certificate")
        func wrong(_ detail: String) -> [FieldError] { [.invalid(path, "<certificate data>", detail)] }
        do {
            let blocks = try PEM.parse(PKI.Base64.standard.decode(text))
            if let other = blocks.first(where: { $0.label != "CERTIFICATE" }) {
                return wrong("only CERTIFICATE PEM blocks are allowed, found \(GoQuote.quote(other.label))")
            }
            for block in blocks { _ = try Certificate(der: block.der) }
            return blocks.isEmpty ? wrong("must contain at least one CERTIFICATE PEM block") : []
        } catch {
            return wrong("\(error)")
        }
    }

    var selectableFieldNames: [String] { ["spec.signerName"] }
    func selectableFields(_ request: Object) -> [(name: String, value: String)] {
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

    func cells(_ request: Object, now: Timestamp) -> [JSON] {
        let duration = request.spec.expirationSeconds.map { TableCell.humanDuration(Int64($0)) }
        return [
            .string(request.name), TableCell.age(request.metadata.creationTimestamp, now: now),
            TableCell.text(request.spec.signerName), .string(request.spec.username ?? ""), TableCell.text(duration),
            .string(state(of: request)),
        ]
    }

    private func state(of request: Object) -> String {
        let types = Set(request.status.conditions.map(\.type))
        var state = types.contains("Denied") ? "Denied" : types.contains("Approved") ? "Approved" : "Pending"
        if types.contains("Failed") { state += ",Failed" }
        if !(request.status.certificate ?? "").isEmpty { state += ",Issued" }
        return state
    }
}

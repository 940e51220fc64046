import Machinery

package enum CertificateSigningRequestValidation {
    private static let minimumSeconds: Int32 = 600

    package static func validate(_ request: CertificateSigningRequest) -> [FieldError] {
        let path = FieldPath("spec")
        var errors: [FieldError] = []
        if (request.spec.json["request"]?.stringValue ?? "").isEmpty { errors.append(.required(path.child("request"))) }
        if request.spec.usages.isEmpty { errors.append(.required(path.child("usages"))) }
        errors += validateSigner(request.spec.signerName, at: path.child("signerName"))
        if let seconds = request.spec.expirationSeconds, seconds < minimumSeconds {
            errors.append(
                .invalid(
                    path.child("expirationSeconds"), seconds,
                    "may not specify a duration less than 600 seconds (10 minutes)"))
        }
        return errors
    }

    /// Signers are named `domain/path`.
    private static func validateSigner(_ name: String, at path: FieldPath) -> [FieldError] {
        if name.isEmpty { return [.required(path)] }
        let parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else {
            return [
                .invalid(
                    path, name, "must be a fully qualified domain and path of the form 'example.com/signer-name'")
            ]
        }
        return Names.dns1123Subdomain(parts[0]).map { .invalid(path, name, $0) }
            + Names.dns1123Subdomain(parts[1]).map { .invalid(path, name, $0) }
    }
}

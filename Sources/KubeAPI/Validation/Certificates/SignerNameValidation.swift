import Machinery

/// Who signs certificates: `example.com/signer-name`.
package enum SignerNameValidation {
    private static let maximumDomainBytes = 253
    private static let maximumPathBytes = 253 + 63 + 1

    package static func validate(_ name: String, at path: FieldPath) -> [FieldError] {
        if name.isEmpty { return [.required(path)] }
        let parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else {
            return [
                .invalid(
                    path, name, "must be a fully qualified domain and path of the form 'example.com/signer-name'")
            ]
        }
        let (domain, place) = (parts[0], parts[1])
        var errors: [FieldError] = []
        if domain.utf8.count > maximumDomainBytes { errors.append(.tooLong(path, maximumBytes: maximumDomainBytes)) }
        errors += labels(of: domain, Names.dns1123Label, at: path)
        if !domain.contains(".") {
            errors.append(
                .invalid(path, domain, "should be a domain with at least two segments separated by dots"))
        }
        errors += labels(of: place, Names.dns1123Subdomain, at: path)
        if place.utf8.count > maximumPathBytes { errors.append(.tooLong(path, maximumBytes: maximumPathBytes)) }
        return errors
    }

    /// What is wrong with the first label that is wrong.
    private static func labels(
        of text: String, _ rule: (String) -> [String], at path: FieldPath
    ) -> [FieldError] {
        for label in text.split(separator: ".", omittingEmptySubsequences: false).map(String.init) {
            let problems = rule(label)
            guard problems.isEmpty else {
                return problems.map { .invalid(path, text, "validating label \(GoQuote.quote(label)): \($0)") }
            }
        }
        return []
    }

    /// Kubernetes' own signers, which issue for a day at most.
    package static func isKubernetes(_ name: String) -> Bool {
        guard let domain = name.split(separator: "/", omittingEmptySubsequences: false).first else { return false }
        return domain == "kubernetes.io" || domain.hasSuffix(".kubernetes.io")
    }
}

import KubeAPI
import Machinery
import PKI

/// A certificate chain that a signer gives to a pod, against what was asked for.
struct IssuedPodCertificate {
    private static let path = FieldPath("status")
    private static let maximumBytes = 100 * 1024
    private static let skewSeconds: Int64 = 300
    private static let minimumLifetimeSeconds: Int64 = 3600
    private static let refreshMarginSeconds: Int64 = 600

    let request: PodCertificateRequest
    let now: Timestamp

    func validate() -> [FieldError] {
        let chain = request.status.certificateChain ?? ""
        let place = Self.path.child("certificateChain")
        guard chain.utf8.count <= Self.maximumBytes else { return [.tooLong(place, maximumBytes: Self.maximumBytes)] }
        func wrong(_ detail: String) -> [FieldError] { [.invalid(place, chain, detail)] }
        guard let blocks = try? PEM.parse(chain), let first = blocks.first else {
            return wrong("issued certificate chain must contain at least one certificate")
        }
        guard blocks.allSatisfy({ $0.label == "CERTIFICATE" }) else {
            return wrong("issued certificate chain must consist entirely of CERTIFICATE PEM blocks")
        }
        guard let leaf = try? Certificate(der: first.der) else {
            return wrong("leaf certificate does not parse as valid X.509")
        }
        let names = validateNames(leaf)
        guard names.isEmpty else { return names }
        guard let wanted = try? PodCertificateKeys.publicKey(request.spec), let key = try? leaf.publicKey(),
            key == wanted
        else { return wrong("leaf certificate was not issued to the requested public key") }
        let times = validateTimes(leaf)
        guard times.isEmpty else { return times }
        return blocks.dropFirst().allSatisfy { (try? Certificate(der: $0.der)) != nil }
            ? [] : wrong("intermediate certificate does not parse as valid X.509")
    }

    private func validateNames(_ leaf: Certificate) -> [FieldError] {
        let place = Self.path.child("certificateChain")
        return leaf.alternativeNames.dnsNames.flatMap { name -> [FieldError] in
            var errors: [FieldError] = []
            if name.isEmpty {
                errors.append(.invalid(place, name, "leaf certificate should not contain empty DNSName"))
            }
            let labels = name.split(separator: ".", omittingEmptySubsequences: false)
            if labels.count > 2, labels.dropFirst().dropLast().contains(where: \.isEmpty) {
                errors.append(.invalid(place, name, "leaf certificate's DNSName should not contain '..'"))
            }
            if name.hasPrefix(".") || name.hasSuffix(".") {
                errors.append(.invalid(place, name, "leaf certificate's DNSName should not start or end with '.'"))
            }
            return errors
        }
    }

    private func validateTimes(_ leaf: Certificate) -> [FieldError] {
        let status = request.status
        let consistent = "must be present and consistent with the issued certificate"
        guard let begin = status.notBefore?.seconds, let end = status.notAfter?.seconds,
            let refresh = status.beginRefreshAt?.seconds
        else {
            return [
                ("notBefore", consistent), ("notAfter", consistent),
                ("beginRefreshAt", "must be present and in the range [notbefore+10min, notafter-10min]"),
            ].filter { status.json[$0.0] == nil }.map { .required(Self.path.child($0.0), $0.1) }
        }
        func wrong(_ key: String, _ detail: String) -> [FieldError] {
            [.invalid(Self.path.child(key), status.json[key] ?? .null, detail)]
        }
        guard begin == leaf.validity.notBefore else {
            return wrong("notBefore", "must be set to the NotBefore time encoded in the leaf certificate")
        }
        guard abs(begin - now.seconds) < Self.skewSeconds else {
            return wrong("notBefore", "must be set to within 5 minutes of kube-apiserver's current time")
        }
        guard end == leaf.validity.notAfter else {
            return wrong("notAfter", "must be set to the NotAfter time encoded in the leaf certificate")
        }
        let lifetime = end - begin
        let chain = Self.path.child("certificateChain")
        guard lifetime >= Self.minimumLifetimeSeconds else {
            return [.invalid(chain, lifetime, "leaf certificate lifetime must be >= 1 hour")]
        }
        let longest = Int64(request.spec.maxExpirationSeconds ?? 0)
        guard lifetime <= longest else {
            return [
                .invalid(
                    chain, lifetime, "leaf certificate lifetime must be <= spec.maxExpirationSeconds (\(longest))")
            ]
        }
        guard refresh >= begin + Self.refreshMarginSeconds else {
            return wrong("beginRefreshAt", "must be at least 10 minutes after status.notBefore")
        }
        guard refresh <= end - Self.refreshMarginSeconds else {
            return wrong("beginRefreshAt", "must be at least 10 minutes before status.notAfter")
        }
        return []
    }
}

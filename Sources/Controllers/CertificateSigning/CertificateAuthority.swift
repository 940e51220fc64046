import KubeAPI
import Machinery

/// What a certificate request asks for, as read from its PEM.
package struct CertificateRequestFacts: Hashable, Sendable {
    package let commonName: String
    package let organizations: [String]
    package let dnsNames: [String]
    package let ipAddresses: [String]
    package let emailAddresses: [String]
    package let uris: [String]

    package init(
        commonName: String, organizations: [String], dnsNames: [String] = [], ipAddresses: [String] = [],
        emailAddresses: [String] = [], uris: [String] = []
    ) {
        self.commonName = commonName
        self.organizations = organizations
        self.dnsNames = dnsNames
        self.ipAddresses = ipAddresses
        self.emailAddresses = emailAddresses
        self.uris = uris
    }
}

/// The cryptographic side of certificate signing, which lies outside this module.
package struct CertificateAuthority: Sendable {
    /// The request will never be signed; it is marked as failed instead of being tried again.
    package struct Refusal: Error, CustomStringConvertible {
        package let reason: String
        package let description: String

        package init(reason: String = "SigningValidationFailure", _ description: String) {
            self.reason = reason
            self.description = description
        }
    }

    /// Reads `spec.request`.
    package let inspect: @Sendable (CertificateSigningRequest) throws -> CertificateRequestFacts
    /// Signs an approved request and returns the certificate chain in PEM.
    package let sign: @Sendable (CertificateSigningRequest) async throws -> String

    package init(
        inspect: @escaping @Sendable (CertificateSigningRequest) throws -> CertificateRequestFacts,
        sign: @escaping @Sendable (CertificateSigningRequest) async throws -> String
    ) {
        self.inspect = inspect
        self.sign = sign
    }
}

/// The signers that the cluster itself answers for.
enum KubernetesSigner {
    static let client = "kubernetes.io/kube-apiserver-client"
    static let kubeletClient = "kubernetes.io/kube-apiserver-client-kubelet"
    static let kubeletServing = "kubernetes.io/kubelet-serving"
    static let legacy = "kubernetes.io/legacy-unknown"

    static let all: Set<String> = [client, kubeletClient, kubeletServing, legacy]
}

extension CertificateSigningRequest {
    func hasCondition(_ type: String) -> Bool {
        status.conditions.contains { $0.type == type && $0.status != "False" }
    }

    var isApproved: Bool { hasCondition("Approved") }
    var isDenied: Bool { hasCondition("Denied") }
    var isFailed: Bool { hasCondition("Failed") }
    var isIssued: Bool { !(status.certificate ?? "").isEmpty }

    mutating func addCondition(_ type: String, reason: String, message: String, at now: Timestamp) {
        var condition = CertificateSigningRequestCondition()
        condition.type = type
        condition.status = "True"
        condition.reason = reason
        condition.message = message
        condition.lastUpdateTime = now
        condition.lastTransitionTime = now
        status.conditions.append(condition)
    }
}

import KubeAPI
import Machinery
import PKI

/// The key for which a pod's certificate is wanted, and the proof that the node has it.
enum PodCertificateKeys {
    private static let spec = FieldPath("spec")
    private static let maximumBytes = 10 * 1024

    static func validate(_ request: PodCertificateRequest) -> [FieldError] {
        let given = request.spec
        let hasKey = !(given.pkixPublicKey ?? "").isEmpty
        let hasProof = !(given.proofOfPossession ?? "").isEmpty
        switch (given.stubPKCS10Request.isEmpty, hasKey, hasProof) {
        case (false, false, false): return validateStub(given.stubPKCS10Request)
        case (true, true, true): return validateKey(given)
        default:
            return [
                FieldError(
                    .invalid, field: spec.description,
                    detail: "exactly one of (stubPKCS10Request) or (pkixPublicKey, proofOfPossession) must be set")
            ]
        }
    }

    /// The key that the certificate has to have.
    static func publicKey(_ given: PodCertificateRequestSpec) throws(PKIError) -> PublicKey {
        guard given.stubPKCS10Request.isEmpty else {
            return try PKI.CertificateSigningRequest(der: PKI.Base64.standard.decode(given.stubPKCS10Request)).publicKey
        }
        return try PublicKey(der: PKI.Base64.standard.decode(given.pkixPublicKey ?? ""))
    }

    private static func omitted(_ path: FieldPath, _ detail: String) -> [FieldError] {
        [FieldError(.invalid, field: path.description, detail: detail)]
    }

    private static func validateStub(_ text: String) -> [FieldError] {
        let path = spec.child("stubPKCS10Request")
        let request: PKI.CertificateSigningRequest
        do {
            let der = try PKI.Base64.standard.decode(text)
            guard der.count <= maximumBytes else { return [.tooLong(path, maximumBytes: maximumBytes)] }
            request = try PKI.CertificateSigningRequest(der: der)
        } catch {
            return omitted(
                path,
                error.code == .unsupported
                    ? "unknown public key type; supported types are Ed25519, ECDSA, and RSA"
                    : "must be a valid PKCS#10 CSR")
        }
        let problems = validateStrength(request.publicKey, at: path)
        guard problems.isEmpty else { return problems }
        do {
            try request.verifySignature()
            return []
        } catch {
            return omitted(path, "invalid signature")
        }
    }

    private static func validateStrength(_ key: PublicKey, at path: FieldPath) -> [FieldError] {
        guard case .rsa(let bits) = key.type, bits != 3072, bits != 4096 else { return [] }
        return [.invalid(path, "\(bits)-bit modulus", "RSA keys must have modulus size 3072 or 4096")]
    }

    private static func validateKey(_ given: PodCertificateRequestSpec) -> [FieldError] {
        let (path, proofPath) = (spec.child("pkixPublicKey"), spec.child("proofOfPossession"))
        let key: PublicKey
        let proof: [UInt8]
        do {
            key = try PublicKey(der: PKI.Base64.standard.decode(given.pkixPublicKey ?? ""))
            proof = try PKI.Base64.standard.decode(given.proofOfPossession ?? "")
        } catch {
            return [.invalid(path, given.pkixPublicKey ?? "", "must be a valid PKIX-serialized public key")]
        }
        let problems = validateStrength(key, at: path)
        guard problems.isEmpty else { return problems }
        return key.verifies(proof, over: Array(given.podUID.utf8))
            ? [] : omitted(proofPath, "could not verify proof-of-possession signature")
    }
}

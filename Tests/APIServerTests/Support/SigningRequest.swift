import Machinery
import PKI

/// A certificate signing request as its API object carries it.
enum SigningRequest {
    static let encoded: String = {
        do {
            let request = try CertificateSigningRequest(
                key: PrivateKey.generate(), subject: DistinguishedName(commonName: "test"))
            return PKI.Base64.standard.encode(Array(request.pem().utf8))
        } catch {
            return ""
        }
    }()
}

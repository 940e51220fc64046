import Machinery
import PKI

/// OpenID discovery of the token issuer, so that others can verify service-account tokens.
enum IssuerDocuments {
    static func make(issuer: String, key: PublicKey) throws(StatusError) -> [String: ServerResponse] {
        let configuration: JSONObject = [
            "issuer": .string(issuer), "jwks_uri": .string("\(issuer)/openid/v1/jwks"),
            "response_types_supported": ["id_token"], "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": [.string(JWTAlgorithm(for: key.type).rawValue)],
        ]
        var documents = ["/.well-known/openid-configuration": ServerResponse.object(configuration)]
        do {
            documents["/openid/v1/jwks"] = ServerResponse(
                contentType: "application/jwk-set+json", body: .bytes(try JSONWebKeySet.json([key])))
        } catch {
            throw StatusError.internalError("the key that verifies accounts' tokens: \(error)")
        }
        return documents
    }
}

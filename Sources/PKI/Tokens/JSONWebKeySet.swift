/// The document at `/openid/v1/jwks` (RFC 7517): public keys by which others verify the cluster's tokens.
package enum JSONWebKeySet {
    /// The set as JSON, keys in the given order, each with `use`, `kid` and `alg` as Kubernetes publishes them.
    package static func json(_ keys: [PublicKey]) throws(PKIError) -> [UInt8] {
        var members: [String] = []
        for key in keys { members.append(try member(key)) }
        return Array("{\"keys\":[\(members.joined(separator: ","))]}".utf8)
    }

    /// Every value is base64url or a constant, so nothing needs escaping.
    private static func member(_ key: PublicKey) throws(PKIError) -> String {
        let common = "\"use\":\"sig\",\"kid\":\"\(key.keyID)\",\"alg\":\"\(JWTAlgorithm(for: key.type).rawValue)\""
        switch key.type {
        case .rsa:
            var outer = DERReader(key.bits)
            var reader = try outer.next(DERTag.sequence, "RSAPublicKey").reader
            let modulus = try reader.next(DERTag.integer, "modulus").bytes.drop { $0 == 0 }
            let exponent = try reader.next(DERTag.integer, "publicExponent").bytes.drop { $0 == 0 }
            return "{\"kty\":\"RSA\",\(common),\"n\":\"\(text(modulus))\",\"e\":\"\(text(exponent))\"}"
        case .ecdsaP256: return try curve("P-256", 32, key, common)
        case .ecdsaP384: return try curve("P-384", 48, key, common)
        }
    }

    private static func curve(
        _ name: String, _ length: Int, _ key: PublicKey, _ common: String
    ) throws(PKIError) -> String {
        // SEC1 section 2.3.3: 04, x, y.
        guard key.bits.count == 1 + 2 * length, key.bits.first == 4 else {
            throw PKIError(.unsupported, "a public key whose point is compressed")
        }
        let x = text(key.bits[1...length])
        let y = text(key.bits[(length + 1)...])
        return "{\"kty\":\"EC\",\(common),\"crv\":\"\(name)\",\"x\":\"\(x)\",\"y\":\"\(y)\"}"
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String { Base64.url.encode(Array(bytes)) }
}

/// The JWS algorithms (RFC 7518) this module signs and verifies with. `none` and the symmetric ones do not exist here.
package enum JWTAlgorithm: String, Sendable {
    case rs256 = "RS256"
    case es256 = "ES256"
    case es384 = "ES384"

    /// The one algorithm a key is used with. A token cannot choose: it must name this one.
    package init(for type: KeyType) {
        switch type {
        case .rsa: self = .rs256
        case .ecdsaP256: self = .es256
        case .ecdsaP384: self = .es384
        }
    }

    /// The length of each of r and s in an ECDSA signature (RFC 7518 section 3.4), nil for RSA.
    private var scalarLength: Int? {
        switch self {
        case .rs256: nil
        case .es256: 32
        case .es384: 48
        }
    }

    /// A signature as JOSE has it from one as X.509 has it.
    func joseSignature(_ signature: [UInt8]) throws(PKIError) -> [UInt8] {
        guard let length = scalarLength else { return signature }
        var outer = DERReader(signature)
        var reader = try outer.next(DERTag.sequence, "ECDSA signature").reader
        var result: [UInt8] = []
        for _ in 0..<2 {
            let scalar = try reader.next(DERTag.integer, "ECDSA scalar").bytes.drop { $0 == 0 }
            guard scalar.count <= length else { throw PKIError(.malformed, "an ECDSA signature too long for \(self)") }
            result.append(contentsOf: repeatElement(0, count: length - scalar.count))
            result.append(contentsOf: scalar)
        }
        return result
    }

    /// The reverse; nil when the length is not the algorithm's.
    func x509Signature(_ signature: [UInt8]) -> [UInt8]? {
        guard let length = scalarLength else { return signature }
        guard signature.count == 2 * length else { return nil }
        return DER.sequence(DER.integer(unsigned: signature[..<length]), DER.integer(unsigned: signature[length...]))
    }
}

/// The asymmetric algorithms of RFC 7518 with which others sign their tokens. `none` and those with a shared secret do
/// not exist here.
package enum SigningAlgorithm: String, CaseIterable, Sendable {
    case rs256 = "RS256"
    case rs384 = "RS384"
    case rs512 = "RS512"
    case es256 = "ES256"
    case es384 = "ES384"
    case es512 = "ES512"
    case ps256 = "PS256"
    case ps384 = "PS384"
    case ps512 = "PS512"

    enum Scheme: Hashable {
        case pkcs1
        case pss
        /// Each curve has its own digest; r and s have so many bytes each.
        case ecdsa(curve: WebKey.Curve)
    }

    var scheme: Scheme {
        switch self {
        case .rs256, .rs384, .rs512: .pkcs1
        case .ps256, .ps384, .ps512: .pss
        case .es256: .ecdsa(curve: .p256)
        case .es384: .ecdsa(curve: .p384)
        case .es512: .ecdsa(curve: .p521)
        }
    }

    var digest: DigestHandle {
        switch self {
        case .rs256, .es256, .ps256: .sha256
        case .rs384, .es384, .ps384: .sha384
        case .rs512, .es512, .ps512: .sha512
        }
    }
}

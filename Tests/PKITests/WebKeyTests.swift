import PKI
import Testing

/// Tokens signed by OpenSSL's own command.
@Suite("Keys of other issuers")
struct WebKeyTests {
    private static let modulus =
        "rolQNkh1uMsAXrZ8BFtwIGk1O5Z0cquq6IHV7LvDx8NPeIOR3_fnuxYzQcgpDDPPAp-Hp3oCx_QtNo_z5VIwBAju"
        + "ED8gJD7UHZb1ax2qguaSqpLGKXd_nFsocHE6RaicApb_V78KWfP4Nc--Wc50OyOW2-slzH8KHPWhHYBLV_mmCyfR"
        + "8-kd0r0YJ5oE-XbQj9FcibttHRShDMhN4aR7b7aTo2jnjuzN5tONnelaUN7TvPOoX2OO8IGq7j7G-qoHjMEnezi8"
        + "24c55m3AJhHOeXFegMH6RyEaqKGWx1PJR5olVfLc9QSzt0B8Mw_Jle_xHukOFNqhTN9pslsUuLfOUQ"
    private static let x =
        "AV4FDYxuqUggV3eCJ3EcdhPqaYz8MWaSwp4RmG7gqVkEhvHcgV8MNnHMdD8i7lUwbBkUmNErLG_E-5dLTdKWe1Aj"
    private static let y =
        "AIvt9fmk8g7Uk19VRquGZhOYZeVXbz9La7RAYAxy3l72SwmYbdBX2VrKPrlmkZQkcfVOQpRHYM5Yq4L6k7HDTt_V"

    /// The signatures by algorithm, over a header that names it and the claims `{"sub":"me"}`.
    private static let signatures: [SigningAlgorithm: String] = [
        .rs256:
            "F9cnui-pWQCRA5QJajmgBTvxhk3hPChCxV14fjVJteZhFsI12DpN9QV7pmQ7XKOCwD5KCKRS5IYH6JGmBsuewTc4"
            + "7v0re-IzLGc5PNKBTHaF4Vwqj9dnoPIGOVXXPoJmnRhU9BCyVaPJ7nVwgAAVdUAi1pQgDN9vhKshhjmWrNaE1ibn"
            + "fopw-XiQ2u7uDsfQG1JGHtz2opd0qlq6uneZ0OPUpy2_bAPHS46JM_LpcrIfHUlaYN40zBb-0sziuwBNP1KeqBvv"
            + "hxp6TKN7uLINnzW6Q-ccgr2SF2z5IKu5bK8mWTsK2YC-HzccHRbV_RyPOcMGb--nS3NqYrWHJ0w_5A",
        .rs384:
            "S5-ZoeaWT4LiDXEc-iG1hIBErHY7LlWzeslPKmj5Rg--G8df5d7UMWWZqfQIpECQWUD_d9hgVY44rXleI-M1ljCF"
            + "r5zbH4oOWeSBJ09lB9xNLhveCo_r_O8musYlGtKXwSMwHeRa6uM94gw8rtYut4BdV4aRrJPn8pJ5pHC41J2HJQWj"
            + "qOFVS21cRparz7MZmBGnHGsQU_cD2g4NhKGA_Fa1VCIJkx-e9kAuHuHGyMTy3T7QVMmnbLabRL3n_96IMYgoNOet"
            + "sm9VL9AsvMXul9Az9AGRqlEjbkZ72bEdY9OGfiu0O6842-n1yo502P2VADSGd_HE7K328452iuiFaQ",
        .rs512:
            "pt3E4vH9hi430dYJ2SagAFLIgQkZ0ZRhbWyqs7vZoZC7whzAEOyQ2bVZdQd6O_sAUtSo3ORhJf1dFq981at1d0eL"
            + "Gg6kxreza83oBLJqKBpMO0h94G9z0JMnVZJVt-E8lTbcBCBap8AKym9XFTCvcfAlCj5bmyBr-ovQhpW4EDFV7-wK"
            + "FgyM85oe8mUtA1oqQKosgKRE0iFNuuyfLZ7cNSmLca5b0eGS0Oz7y4dyUToawUVVK5OpGYFB2TdWFSh7DYhlH-F4"
            + "TnBzYIGcJ9gJT6Uw5Eq9HM-aWVwk3W__lGN7TCGVsxhPJFm_zCARAVqLbnlCgXhcLARBaeIplmSq1g",
        .ps256:
            "E2SPaZYgJLzgcaX8Ud7crP4V1bDi2mtKRXxmiIjCmJjyrqxAFOYDSl8QRsLvSDalWVTkZ-h5-QX2Pj6cAe3ECUX4"
            + "uaOOR3n7_UH5ITqk5IcZRvfJ_SBLBroB1PBzMEfAgY8vEi8trkVzUSQVZpbxDYBO9KoBELiLYuyP-a4XLeKj9k8c"
            + "PTJKHDUXvkp4O0bEDtJYqeJtjcXbt-Amhsf5QZpathPGzAuhh6EOox2jKPhKcpTH5dH4ZqaSFM7jVlUZSxBB9IhX"
            + "EC7B3ooqeZyTsZhQvCkMwp4PhNPqOnSOzJVT5anTKMhza0CTi3vURcK-4BdIatJmR6tcRuauLXwdgw",
        .ps384:
            "UBshtM_AeN9En3ZVxRMK4Qm3zbxOEjMhTUvdld8ewmFrAQrWy3--qSxSQapLGsm0R1Mfti4XrVeFZbOvm7eq_koQ"
            + "FyR_BniUeKssoMZ1RbZxxtzfLBSduKFwfEWJshgJbbyaJGg1NkG3CbK8DWQgBh45gEiPGzK8dChQ-zq7-FybmxcQ"
            + "_AFY7xUVtfOvAcu6SdhjiHJqu12ymakieNRCM1FL3gelbi8q2opblGPt0_fglvaWPzZo3kfHL6GHWqm1hBt7QiBh"
            + "89oLeYUtqg5eM7W1PhYz3Jo3moq1ldCrFwiHM_Q-n9ZBK6YEZh0iNKOdXguq0ctngi79luDMoNlrmA",
        .ps512:
            "mE0LtDRXzGxWor4eNodV8WmV14cSYTRTbHvmy-iLJnRuse6v3zyNNENDs5nMjG8WGHD5HIGr5bKxXrL7InTp112v"
            + "ef1HtPErrCSrOPSdwWqE2V5s_8Q8XYAtqG4qgYgPJlfL9OCZWwVILiBBDJoUsYDpaifVo9E5pDn2OrZt3VzZ-hD4"
            + "bFocDaEIsFxwItnep5ithuGLEZt6yr1Fxz3Pe3TezRBndLMhXzXZ-ev9nZfOY-LguSzAKgKi9uE0moi1cx3k-_D3"
            + "HJKlVwQeGKqYEpcYSZ298QgwD55vjptjvC1Op4Gw6_VSTX7v2A76qd3votL6oI03gVlS-2PXn0A5VA",
        .es512:
            "APpgWMIK16APkrJ-HlwkYx2Aj4luO-wLj-6wfRhAs3yymt6eSWHuboSBULiHoBsaO8Lgp1PTJZIDZ9294EpIzpua"
            + "AP-Ch8atj7ezFXsiLZRJzn6VFOqEXuVijxX7oEjQF66RWtbJCSerIKQC-4Vc124X2GTnyCFZG390jbcczlLu-4hg",
    ]

    private static func token(_ algorithm: SigningAlgorithm, signedAs other: SigningAlgorithm? = nil) throws -> JWT {
        let header = Base64.url.encode(Array(#"{"alg":"\#(algorithm.rawValue)"}"#.utf8))
        let claims = Base64.url.encode(Array(#"{"sub":"me"}"#.utf8))
        let signature = try #require(signatures[other ?? algorithm])
        return try JWT("\(header).\(claims).\(signature)")
    }

    private static func key(_ algorithm: SigningAlgorithm) throws -> WebKey {
        guard algorithm == .es512 else {
            return try WebKey(modulus: Base64.url.decode(modulus), exponent: [1, 0, 1])
        }
        return try WebKey(curve: .p521, x: Base64.url.decode(x), y: Base64.url.decode(y))
    }

    @Test(
        "verify tokens by every algorithm that is theirs",
        arguments: signatures.keys.sorted { $0.rawValue < $1.rawValue })
    func verifies(algorithm: SigningAlgorithm) throws {
        let key = try Self.key(algorithm)
        let token = try Self.token(algorithm)
        #expect(key.verifies(token, Set(SigningAlgorithm.allCases)))
        #expect(key.verifies(token, [algorithm]))
        #expect(!key.verifies(token, Set(SigningAlgorithm.allCases).subtracting([algorithm])))
        for other in Self.signatures.keys where other != algorithm {
            #expect(try !key.verifies(Self.token(algorithm, signedAs: other), Set(SigningAlgorithm.allCases)))
        }
    }

    @Test("verify no tokens of other keys")
    func own() throws {
        for type in [KeyType.ecdsaP256, .ecdsaP384] {
            let key = try PrivateKey.generate(type)
            let token = try JWT(JWT.sign(payload: Array("{}".utf8), with: key))
            #expect(try !Self.key(.es512).verifies(token, Set(SigningAlgorithm.allCases)))
            #expect(try !Self.key(.rs256).verifies(token, Set(SigningAlgorithm.allCases)))
        }
    }

    @Test("weak keys and points that are none are refused")
    func refused() {
        #expect(throws: PKIError.self) { try WebKey(modulus: [UInt8](repeating: 0xff, count: 128), exponent: [3]) }
        #expect(throws: PKIError.self) { try WebKey(curve: .p256, x: [1], y: [2]) }
        let ones = [UInt8](repeating: 1, count: 32)
        #expect(throws: PKIError.self) { try WebKey(curve: .p256, x: ones, y: ones) }
    }
}

import Foundation
import PKI
import Testing

@Suite("Tokens")
struct JWTTests {
    static let claims = Array(#"{"iss":"https://kubernetes.default.svc","sub":"system:serviceaccount:a:b"}"#.utf8)

    static func text(_ json: String) -> String { Base64.url.encode(Array(json.utf8)) }

    @Test("a signed token verifies and gives its claims back", arguments: Keys.types)
    func roundTrip(type: KeyType) throws {
        let key = try Keys.of(type)
        let token = try JWT.sign(payload: Self.claims, with: key)
        let verified = try JWTVerifier([key.publicKey]).verify(token)
        #expect(verified.payload == Self.claims)
        #expect(verified.keyID == key.publicKey.keyID)
        #expect(verified.algorithm == JWTAlgorithm(for: type).rawValue)
        let header = String(decoding: try Base64.url.decode(token.prefix { $0 != "." }), as: UTF8.self)
        #expect(header == #"{"alg":"\#(verified.algorithm)","kid":"\#(key.publicKey.keyID)"}"#)
    }

    @Test("the example of RFC 7515 A.3 verifies")
    func standardExample() throws {
        let token =
            "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0"
            + "cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"
        let point: [UInt8] =
            try Base64.url.decode("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU")
            + Base64.url.decode("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0")
        let info: [UInt8] = [
            0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48,
            0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04,
        ]
        let key = try PublicKey(der: info + point)
        #expect(try JWTVerifier([key]).verify(token).keyID == nil)
        #expect(
            String(decoding: try JSONWebKeySet.json([key]), as: UTF8.self).contains(
                #""x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0""#
            ))
    }

    @Test("tokens are found by key id, by any key without one, and by no foreign key")
    func keySets() throws {
        let (ec, rsa) = (try Keys.of(.ecdsaP256), try Keys.of(.rsa(bits: 2048)))
        let stranger = try PrivateKey.generate()
        let verifier = JWTVerifier([ec.publicKey, rsa.publicKey])
        _ = try verifier.verify(JWT.sign(payload: Self.claims, with: ec))
        _ = try verifier.verify(JWT.sign(payload: Self.claims, with: rsa))
        #expect(code { _ = try verifier.verify(JWT.sign(payload: Self.claims, with: stranger)) } == .badSignature)
        #expect(code { _ = try JWTVerifier([]).verify(JWT.sign(payload: Self.claims, with: ec)) } == .badSignature)
    }

    @Test(
        "a header cannot choose how it is verified",
        arguments: [
            #"{"alg":"none"}"#, #"{"alg":"None"}"#, #"{"alg":"HS256"}"#, #"{"alg":"ES384"}"#, #"{"alg":"RS256"}"#,
            #"{"alg":"PS256"}"#, #"{"alg":"es256"}"#, #"{"alg":"ES256 "}"#,
        ])
    func confusion(header: String) throws {
        let key = try Keys.of(.ecdsaP256)
        let signed = "\(Self.text(header)).\(Base64.url.encode(Self.claims))"
        // The signature is right over these bytes, in every form an attacker could have wished for.
        let der = try key.sign(Array(signed.utf8))
        let token = try JWT.sign(payload: Self.claims, with: key)
        let raw = try #require(token.split(separator: ".").last)
        let hmac = Digest.hmacSHA256(signed.utf8, key: Array(key.publicKey.pem().utf8))
        let verifier = JWTVerifier([key.publicKey, try Keys.of(.rsa(bits: 2048)).publicKey])
        for signature in [Base64.url.encode(der), String(raw), Base64.url.encode(hmac), "AA"] {
            #expect(code { _ = try verifier.verify("\(signed).\(signature)") } == .badSignature)
        }
        #expect(code { _ = try verifier.verify("\(signed).") } == .malformed)
        #expect(code { _ = try verifier.verify(signed) } == .malformed)
    }

    @Test("a token altered anywhere is refused", arguments: Keys.types)
    func altered(type: KeyType) throws {
        let key = try Keys.of(type)
        let verifier = JWTVerifier([key.publicKey])
        let token = Array(try JWT.sign(payload: Self.claims, with: key).utf8)
        for index in stride(from: 0, to: token.count, by: type == .ecdsaP256 ? 1 : 7) {
            var other = token
            other[index] = other[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            #expect(code { _ = try verifier.verify(String(decoding: other, as: UTF8.self)) } != nil, "at \(index)")
        }
        for length in stride(from: 0, to: token.count, by: 5) {
            #expect(code { _ = try verifier.verify(String(decoding: token[..<length], as: UTF8.self)) } != nil)
        }
    }

    @Test("signatures of zero, of the order and of other lengths are refused")
    func signatureForms() throws {
        let key = try Keys.of(.ecdsaP256)
        let verifier = JWTVerifier([key.publicKey])
        let signed = "\(Self.text(#"{"alg":"ES256"}"#)).\(Base64.url.encode(Self.claims))"
        let order = try Hex.decode("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551")
        let zero = [UInt8](repeating: 0, count: 32)
        let der = try key.sign(Array(signed.utf8))
        for signature in [zero + zero, order + order, zero + order, zero, zero + zero + [0], der] {
            #expect(code { _ = try verifier.verify("\(signed).\(Base64.url.encode(signature))") } == .badSignature)
        }
    }

    @Test(
        "headers that are not plain JSON objects are refused",
        arguments: [
            (#"{"alg":"ES256","alg":"ES256"}"#, PKIError.Code.malformed),
            (#"{"alg":"ES256","\u0061lg":"ES256"}"#, .malformed),
            (#"{"alg":"ES256","crit":["exp"]}"#, .unsupported), (#"{"kid":"x"}"#, .malformed),
            (#"{"alg":5}"#, .malformed),
            (#"{"alg":null}"#, .malformed), (#"{"alg":""}"#, .malformed), (#"{"alg":"ES256"} x"#, .malformed),
            (#"{"alg":"ES256""#, .malformed), (#"["ES256"]"#, .malformed), ("", .malformed), ("{}", .malformed),
            (#"{"alg":"ES256",}"#, .malformed), (#"{"alg":"ES256","a":[1,]}"#, .malformed),
            (#"{"alg":"\u12"}"#, .malformed),
            (#"{"alg":"\ud800"}"#, .malformed), (#"{"alg":"ES256","a":truthy}"#, .malformed),
            (#"{"alg":"ES256","a":\#(String(repeating: "[", count: 900))}"#, .malformed),
            ("{\"alg\":\"ES\n256\"}", .malformed), ("\u{feff}{\"alg\":\"ES256\"}", .malformed),
        ])
    func badHeaders(header: String, expected: PKIError.Code) {
        #expect(code { _ = try JWT("\(Self.text(header)).e30.AAAA") } == expected)
    }

    @Test(
        "headers with more in them are read",
        arguments: [
            #" { "typ" : "JWT", "alg":"ES256","kid":"a\"\\\/\b\f\n\r\tb\u00e9","x":[1,-2.5e+3,{"a":null}],"y":{},"z":[] } "#
        ])
    func goodHeaders(header: String) throws {
        let token = try JWT("\(Self.text(header)).e30.AAAA")
        #expect(token.algorithm == "ES256")
        #expect(token.type == "JWT")
        #expect(token.keyID == "a\"\\/\u{8}\u{c}\n\r\tbé")
        #expect(token.payload == Array("{}".utf8))
    }

    @Test(
        "text that is no token is refused",
        arguments: [
            ("", PKIError.Code.malformed), (".", .malformed), ("..", .malformed), ("a.b", .malformed),
            ("a.b.c.d", .malformed),
            ("e30.e30.AAAA", .malformed), ("e30=.e30.AAAA", .malformed), (" eyJhbGciOiJFUzI1NiJ9.e30.AAAA", .malformed),
            ("eyJhbGciOiJFUzI1NiJ9.e30.AAAA\n", .malformed), ("eyJhbGciOiJFUzI1NiJ9.e3.AAAA", .malformed),
            (String(repeating: "a", count: 70_000), .tooLarge),
            (String(repeating: "a", count: 5_000) + ".e30.AAAA", .tooLarge),
            (String(repeating: ".", count: 60_000), .malformed),
        ])
    func badTokens(token: String, expected: PKIError.Code) {
        #expect(code { _ = try JWT(token) } == expected)
    }

    @Test("the key set holds every key's public numbers")
    func keySet() throws {
        let keys = try Keys.types.map { try Keys.of($0).publicKey }
        let json = try JSONSerialization.jsonObject(with: Data(JSONWebKeySet.json(keys)))
        let entries = try #require((json as? [String: Any])?["keys"] as? [[String: String]])
        #expect(entries.map { $0["kty"] } == ["EC", "EC", "RSA"])
        #expect(entries.map { $0["crv"] } == ["P-256", "P-384", nil])
        #expect(entries.map { $0["alg"] } == ["ES256", "ES384", "RS256"])
        #expect(entries.map { $0["kid"] } == keys.map(\.keyID))
        #expect(entries.allSatisfy { $0["use"] == "sig" })
        #expect(entries[2]["e"] == "AQAB")
        #expect(try Base64.url.decode(entries[2]["n"] ?? "").count == 256)
        #expect(try Base64.url.decode(entries[0]["x"] ?? "") == Array(keys[0].der.suffix(64).prefix(32)))
        #expect(String(decoding: try JSONWebKeySet.json([]), as: UTF8.self) == #"{"keys":[]}"#)
    }
}

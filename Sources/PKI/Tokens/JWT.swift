/// A JSON Web Token in compact form (RFC 7515 section 7.1), taken apart but **not yet verified**.
///
/// Use the claims of an unverified token only to choose who verifies it (by issuer, say).
package struct JWT: Sendable {
    /// The algorithm the header names. It never selects how to verify: it must be the verifying key's own.
    package let algorithm: String
    package let keyID: String?
    /// The header's `typ`.
    package let type: String?
    /// The claims: the payload's bytes, JSON by convention.
    package let payload: [UInt8]
    let signature: [UInt8]
    /// What the signature is over: the header's and payload's text with the dot between.
    let signed: ArraySlice<UInt8>

    /// The longest token read. HTTP header limits are below it.
    package static let maximumSize = 65_536
    private static let maximumHeaderSize = 4_096

    /// Splits and decodes a token; does not look at its signature.
    package init(_ token: some StringProtocol) throws(PKIError) {
        guard token.utf8.count <= Self.maximumSize else {
            throw PKIError(.tooLarge, "token has \(token.utf8.count) bytes; the limit is \(Self.maximumSize)")
        }
        let text = Array(token.utf8)
        let dot = UInt8(ascii: ".")
        guard let first = text.firstIndex(of: dot), let last = text.lastIndex(of: dot), first < last,
            !text[(first + 1)..<last].contains(dot)
        else { throw PKIError(.malformed, "token has not three parts") }
        guard first <= Self.maximumHeaderSize else { throw PKIError(.tooLarge, "token header is too long") }
        do {
            let header = try JOSEHeader(json: Base64.url.decode(text[..<first]))
            algorithm = header.algorithm
            keyID = header.keyID
            type = header.type
            payload = try Base64.url.decode(text[(first + 1)..<last])
            signature = try Base64.url.decode(text[(last + 1)...])
        } catch {
            throw PKIError(error.code, "token is not well-formed", cause: error)
        }
        guard !signature.isEmpty else { throw PKIError(.malformed, "token is not signed") }
        signed = text[..<last]
    }

    /// Whether the key signed this token, with the one algorithm that is the key's.
    package func isSigned(by key: PublicKey) -> Bool {
        let expected = JWTAlgorithm(for: key.type)
        guard algorithm == expected.rawValue, let signature = expected.x509Signature(signature) else { return false }
        return key.verifies(signature, over: signed)
    }

    /// Signs claims. The header names the algorithm that is the key's, and the key.
    package static func sign(payload: [UInt8], with key: PrivateKey) throws(PKIError) -> String {
        try JWTSigner(key).sign(payload: payload)
    }
}

/// Signs tokens with one key; immutable and shareable.
package struct JWTSigner: Sendable {
    package let key: PrivateKey
    package let keyID: String
    private let algorithm: JWTAlgorithm
    /// The header's text and the dot after it, the same for every token.
    private let prefix: [UInt8]

    package init(_ key: PrivateKey) {
        self.key = key
        keyID = key.publicKey.keyID
        algorithm = JWTAlgorithm(for: key.type)
        let header = "{\"alg\":\"\(algorithm.rawValue)\",\"kid\":\"\(keyID)\"}"
        prefix = Base64.url.encodeToBytes(Array(header.utf8)) + [UInt8(ascii: ".")]
    }

    /// A token for claims, given as the bytes of a JSON object.
    package func sign(payload: [UInt8]) throws(PKIError) -> String {
        var token = prefix + Base64.url.encodeToBytes(payload)
        let signature = try algorithm.joseSignature(key.sign(token))
        token.append(UInt8(ascii: "."))
        token.append(contentsOf: Base64.url.encodeToBytes(signature))
        return String(decoding: token, as: UTF8.self)
    }
}

/// Verifies tokens against a set of keys, as while one replaces another; immutable and shareable.
package struct JWTVerifier: Sendable {
    package let keys: [PublicKey]
    private let keysByID: [String: PublicKey]

    package init(_ keys: [PublicKey]) {
        self.keys = keys
        keysByID = Dictionary(keys.map { ($0.keyID, $0) }) { first, _ in first }
    }

    /// The token, when one of the keys signed it; else `badSignature`. Checks no claim: expiry, audience and issuer
    /// are for the caller, who parses them.
    package func verify(_ token: some StringProtocol) throws(PKIError) -> JWT {
        let token = try JWT(token)
        try verify(token)
        return token
    }

    package func verify(_ token: JWT) throws(PKIError) {
        // A named key that is ours is the only one tried. A foreign name proves nothing: the name is not the key.
        if let name = token.keyID, let key = keysByID[name] {
            if token.isSigned(by: key) { return }
        } else if keys.contains(where: { token.isSigned(by: $0) }) {
            return
        }
        throw PKIError(.badSignature, "token is not signed by a trusted key")
    }
}

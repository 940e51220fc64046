import PKI
import Testing

@Suite("Keys")
struct KeyTests {
    @Test("a key's signature verifies by its public half, and by nothing else", arguments: Keys.types)
    func signatures(type: KeyType) throws {
        let key = try Keys.of(type)
        let message = Array("message".utf8)
        let signature = try key.sign(message)
        #expect(key.type == type)
        #expect(key.publicKey.verifies(signature, over: message))
        #expect(!key.publicKey.verifies(signature, over: Array("massage".utf8)))
        #expect(!key.publicKey.verifies([], over: message))
        #expect(!key.publicKey.verifies(Array(signature.dropLast()), over: message))
        for other in Keys.types where other != type {
            #expect(!(try Keys.of(other).publicKey.verifies(signature, over: message)))
        }
        #expect(key.publicKey.verifies(try key.sign([]), over: []))
    }

    @Test("a key comes back from every form it is written in", arguments: Keys.types)
    func roundTrip(type: KeyType) throws {
        let key = try Keys.of(type)
        #expect(try PrivateKey(pem: key.pem()).publicKey == key.publicKey)
        #expect(try PrivateKey(pem: key.traditionalPEM()).publicKey == key.publicKey)
        #expect(try PublicKey.all(pem: Array(key.publicKey.pem().utf8)) == [key.publicKey])
        #expect(try PublicKey.all(pem: Array(key.pem().utf8)) == [key.publicKey])
    }

    @Test(
        "openssl reads our keys and we read its",
        arguments: [
            ["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"],
            ["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"],
            ["ecparam", "-name", "prime256v1", "-genkey"],  // parameters first, then SEC1
            ["genrsa", "2048"], ["genrsa", "-traditional", "2048"],
        ])
    func interoperability(arguments: [String]) throws {
        let folder = try ScratchFolder()
        let text = try folder.run(arguments + ["-out", folder.file("key.pem")], reading: "key.pem")
        let key = try PrivateKey(pem: text)
        try folder.write(try key.pem(), to: "ours.pem")
        try folder.write(try key.traditionalPEM(), to: "ours-traditional.pem")
        let theirs = try openssl("pkey", "-in", folder.file("key.pem"), "-pubout")
        #expect(theirs == key.publicKey.pem())
        #expect(try openssl("pkey", "-in", folder.file("ours.pem"), "-pubout") == theirs)
        #expect(try openssl("pkey", "-in", folder.file("ours-traditional.pem"), "-pubout") == theirs)

        let digest = key.type == .ecdsaP384 ? "-sha384" : "-sha256"
        let message = try folder.write(Array("payload".utf8), to: "message")
        try openssl("dgst", digest, "-sign", folder.file("key.pem"), "-out", folder.file("signature"), message)
        #expect(key.publicKey.verifies(try folder.read("signature"), over: Array("payload".utf8)))
        let signature = try folder.write(try key.sign(Array("payload".utf8)), to: "our-signature")
        try folder.write(key.publicKey.pem(), to: "public.pem")
        try openssl("dgst", digest, "-verify", folder.file("public.pem"), "-signature", signature, message)
    }

    @Test(
        "keys of kinds that are not supported are told apart from broken ones",
        arguments: [
            (["genpkey", "-algorithm", "ED25519"], PKIError.Code.unsupported),
            (["genpkey", "-algorithm", "X25519"], .unsupported),
            (["ecparam", "-name", "secp521r1", "-genkey", "-noout"], .unsupported),
            (["ecparam", "-name", "secp256k1", "-genkey", "-noout"], .unsupported),
            (["genrsa", "1024"], .unsupported),
            (
                ["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-aes256", "-pass", "pass:x"],
                .unsupported
            ),
            (["genrsa", "-traditional", "-aes128", "-passout", "pass:x", "2048"], .unsupported),
            (["ecparam", "-name", "prime256v1"], .malformed),
        ])
    func unsupported(arguments: [String], expected: PKIError.Code) throws {
        let folder = try ScratchFolder()
        // `genrsa` takes the bits last, after `-out`.
        var arguments = arguments
        arguments.insert(contentsOf: ["-out", folder.file("key.pem")], at: 1)
        let text = try folder.run(arguments, reading: "key.pem")
        #expect(code { _ = try PrivateKey(pem: text) } == expected)
    }

    @Test("a private key with another's public half is refused")
    func mismatchedHalves() throws {
        let key = try PrivateKey.generate()
        let other = try PrivateKey.generate()
        var der = try key.pkcs8()
        let point = Array(key.publicKey.der.suffix(65))
        let start = try #require((0...(der.count - 65)).first { Array(der[$0..<($0 + 65)]) == point })
        der.replaceSubrange(start..<(start + 65), with: other.publicKey.der.suffix(65))
        #expect(code { _ = try PrivateKey(pkcs8: der) } == .malformed)
    }

    @Test("a point off the curve is refused")
    func offCurve() throws {
        var der = try PrivateKey.generate().publicKey.der
        der[der.count - 1] ^= 1
        #expect(code { _ = try PublicKey(der: der) } == .malformed)
    }

    @Test("broken key files never crash, and never give another key")
    func brokenKeys() throws {
        let key = try Keys.of(.ecdsaP256)
        let der = try key.pkcs8()
        for variant in broken(der) {
            guard let parsed = try? PrivateKey(pkcs8: variant) else { continue }
            // What still parses had its framing touched at most (a version octet, an attribute).
            #expect(parsed.publicKey.verifies(try parsed.sign([1]), over: [1]))
        }
        for variant in broken(key.publicKey.der) { _ = try? PublicKey(der: variant) }
        for text in ["", "garbage", "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n"] {
            #expect(code { _ = try PrivateKey(pem: text) } == .malformed)
            #expect(code { _ = try PublicKey.all(pem: Array(text.utf8)) } == .malformed)
        }
        #expect(code { _ = try PrivateKey(pkcs8: [UInt8](repeating: 0x30, count: 1 << 20)) } == .tooLarge)
        #expect(code { _ = try PrivateKey(pkcs8: der + [0]) } == .malformed)
        #expect(code { _ = try PrivateKey.generate(.rsa(bits: 512)) } == .invalidArgument)
    }

    @Test("errors carry libcrypto's reasons and leave its queue empty")
    func reasons() throws {
        var descriptions: [String] = []
        for _ in 0..<2 {
            do {
                _ = try PrivateKey(pkcs8: [0x30, 0x03, 0x02, 0x01, 0x00])
                Issue.record("a key of nothing but a version was taken")
            } catch {
                #expect(error.cause is LibcryptoError)
                #expect(error.description.hasPrefix("parse PKCS#8 private key: "))
                descriptions.append(error.description)
            }
        }
        #expect(descriptions.first == descriptions.last, "the first failure's reasons are in the second's")
    }
}

extension ScratchFolder {
    /// Runs openssl, then reads the file it wrote.
    func run(_ arguments: [String], reading name: String) throws -> String {
        // `genrsa` wants its size last.
        var arguments = arguments
        if let size = arguments.firstIndex(where: { Int($0) != nil }) { arguments.append(arguments.remove(at: size)) }
        try openssl(list: arguments)
        return String(decoding: try read(name), as: UTF8.self)
    }
}

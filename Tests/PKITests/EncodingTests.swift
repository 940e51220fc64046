import Foundation
import PKI
import Testing

@Suite("Text encodings")
struct EncodingTests {
    @Test(
        "base64 agrees with RFC 4648",
        arguments: [
            ("", "", ""), ("f", "Zg==", "Zg"), ("fo", "Zm8=", "Zm8"), ("foo", "Zm9v", "Zm9v"),
            ("foob", "Zm9vYg==", "Zm9vYg"),
            ("fooba", "Zm9vYmE=", "Zm9vYmE"), ("foobar", "Zm9vYmFy", "Zm9vYmFy"), ("??>>", "Pz8+Pg==", "Pz8-Pg"),
        ])
    func base64(plain: String, standard: String, url: String) throws {
        #expect(Base64.standard.encode(Array(plain.utf8)) == standard)
        #expect(Base64.url.encode(Array(plain.utf8)) == url)
        #expect(try Base64.standard.decode(standard) == Array(plain.utf8))
        #expect(try Base64.url.decode(url) == Array(plain.utf8))
    }

    @Test("base64 agrees with Foundation on random bytes of every length")
    func base64Random() throws {
        for length in 0..<300 {
            let bytes = SecureRandom.bytes(length)
            let text = Base64.standard.encode(bytes)
            #expect(text == Data(bytes).base64EncodedString())
            #expect(try Base64.standard.decode(text) == bytes)
            #expect(try Base64.url.decode(Base64.url.encode(bytes)) == bytes)
        }
    }

    @Test(
        "base64 that is not canonical is refused",
        arguments: [
            "Z", "Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Zm9v\n", " Zm9v", "Zm-v", "Zm_v", "Zg==Zg==", "====", "=",
            "Zm\u{e9}v",
        ])
    func badStandard(text: String) {
        #expect(code { _ = try Base64.standard.decode(text) } == .malformed)
    }

    @Test(
        "base64url that is not canonical is refused", arguments: ["Z", "Zg==", "Zh", "Zm9", "Zm+v", "Zm/v", "Zm9v Zm8"])
    func badURL(text: String) {
        #expect(code { _ = try Base64.url.decode(text) } == .malformed)
    }

    @Test("hexadecimal reads both cases and refuses the rest")
    func hex() throws {
        #expect(Hex.encode([0x00, 0x9f, 0xff]) == "009fff")
        #expect(try Hex.decode("009fFF") == [0x00, 0x9f, 0xff])
        for text in ["0", "0g", "0x00", " 00", "\u{ff10}0"] { #expect(code { _ = try Hex.decode(text) } == .malformed) }
    }

    @Test("PEM keeps order and labels, and skips text between blocks")
    func pem() throws {
        let first = PEM.Block(label: "ONE", der: SecureRandom.bytes(100))
        let second = PEM.Block(label: "TWO WORDS", der: [])
        let text = "subject=x\n" + PEM.encode(first) + "\r\n  \nnot base64!\n" + PEM.encode(second) + "tail"
        #expect(try PEM.parse(text) == [first, second])
        #expect(try PEM.parse(text.replacingOccurrences(of: "\n", with: "\r\n")) == [first, second])
        #expect(try PEM.parse("") == [])
        #expect(PEM.encode(first).split(separator: "\n").allSatisfy { $0.utf8.count <= 64 })
    }

    @Test(
        "broken PEM is refused",
        arguments: [
            ("-----BEGIN A-----\nZm9v\n", PKIError.Code.malformed), ("-----END A-----\n", .malformed),
            ("-----BEGIN A-----\nZm9v\n-----END B-----\n", .malformed),
            ("-----BEGIN A-----\n-----BEGIN A-----\nZm9v\n-----END A-----\n", .malformed),
            ("-----BEGIN A-----\nZm9!\n-----END A-----\n", .malformed),
            ("-----BEGIN A-----\nZm9\n-----END A-----\n", .malformed),
            ("-----BEGIN A-----\nProc-Type: 4,ENCRYPTED\n\nZm9v\n-----END A-----\n", .unsupported),
        ])
    func badPEM(text: String, expected: PKIError.Code) {
        #expect(code { _ = try PEM.parse(text) } == expected)
    }

    @Test("huge PEM is refused by its size")
    func hugePEM() {
        let text = [UInt8](repeating: UInt8(ascii: "A"), count: PEM.maximumSize + 1)
        #expect(code { _ = try PEM.parse(text) } == .tooLarge)
    }
}

@Suite("Digests and random values")
struct DigestTests {
    @Test("digests agree with their standards' examples")
    func vectors() {
        let abc = Array("abc".utf8)
        #expect(Hex.encode(Digest.sha256(abc)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(Hex.encode(Digest.sha256([])) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(Hex.encode(Digest.sha1(abc)) == "a9993e364706816aba3e25717850c26c9cd0d89d")
        #expect(Digest.sha256("abc".utf8) == Digest.sha256(abc[...]))
    }

    @Test("HMAC agrees with RFC 4231, keys longer than a block included")
    func hmac() {
        let cases: [(key: [UInt8], text: [UInt8], result: String)] = [
            (
                [UInt8](repeating: 0x0b, count: 20), Array("Hi There".utf8),
                "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
            ),
            (
                Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
            ),
            (
                [UInt8](repeating: 0xaa, count: 131),
                Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
            ),
        ]
        for item in cases { #expect(Hex.encode(Digest.hmacSHA256(item.text, key: item.key)) == item.result) }
    }

    @Test("comparison in constant time tells equal from unequal")
    func comparison() {
        #expect(Digest.constantTimeEqual([], []))
        #expect(Digest.constantTimeEqual([1, 2], [1, 2]))
        #expect(!Digest.constantTimeEqual([1, 2], [1, 3]))
        #expect(!Digest.constantTimeEqual([1, 2], [1, 2, 3]))
        #expect(Digest.constantTimeEqual("token", "token"))
        #expect(!Digest.constantTimeEqual("token", "tokem"))
    }

    @Test("UUIDs are version 4, of RFC 9562's variant, and do not repeat")
    func uuids() throws {
        var seen: Set<String> = []
        for _ in 0..<10_000 {
            let text = UUIDv4.text()
            #expect(UUID(uuidString: text)?.uuidString.lowercased() == text)
            let characters = Array(text)
            #expect(characters[14] == "4")
            #expect("89ab".contains(characters[19]))
            seen.insert(text)
        }
        #expect(seen.count == 10_000)
    }

    @Test("random text keeps to its alphabet and length")
    func randomText() {
        #expect(SecureRandom.text(length: 1000).utf8.count == 1000)
        #expect(SecureRandom.text(length: 100, of: "ab").allSatisfy { "ab".contains($0) })
        #expect(SecureRandom.text(length: 5, of: "") == "")
        #expect(SecureRandom.bytes(0) == [])
        #expect(SecureRandom.token() != SecureRandom.token())
        #expect(Set(SecureRandom.text(length: 10_000, of: "abc")).count == 3)
    }
}

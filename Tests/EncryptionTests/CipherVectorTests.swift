import Encryption
import Store
import Testing

@Suite("Encryption at rest")
struct EncryptionTests {
    static let key32 = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
    static let other32 = "//79/Pv6+fj39vX08/Lx8O/u7ezr6uno5+bl5OPi4eA="

    /// A configuration with these providers for Secrets and everything in the group `apps`.
    static func configuration(_ providers: String) throws -> EncryptionConfiguration {
        let text = """
            kind: EncryptionConfiguration
            apiVersion: apiserver.config.k8s.io/v1
            resources:
            - resources: ["secrets", "*.apps"]
              providers: [\(providers)]
            """
        return try EncryptionConfiguration(parsing: Array(text.utf8))
    }

    static func local(_ kind: String, _ name: String = "key1", secret: String = key32) -> String {
        #"{"\#(kind)": {"keys": [{"name": "\#(name)", "secret": "\#(secret)"}]}}"#
    }

    static func key(_ name: String, _ bucket: String = "secrets") -> StoreKey {
        StoreKey(bucket: bucket, namespace: "default", name: name)
    }

    @Test("writes with the first provider and reads with all", arguments: ["aesgcm", "aescbc", "secretbox"])
    func roundTrip(kind: String) throws {
        let encryption = ObjectEncryption(try Self.configuration(Self.local(kind) + ", {identity: {}}"))
        let plain = Array("the quick brown fox \(kind)".utf8)
        let sealed = try encryption.seal(plain, of: Self.key("a"))
        let bytes = try #require(sealed.bytes)
        #expect(bytes.starts(with: Array("k8s:enc:\(kind):v1:key1:".utf8)))
        #expect(!String(decoding: bytes, as: UTF8.self).contains("quick"))
        guard case .plain(let opened, let mark) = encryption.open(bytes, of: Self.key("a")) else {
            Issue.record("\(kind) does not open what it sealed")
            return
        }
        #expect(opened == plain && mark == sealed.mark)
        #expect(!encryption.isStale(mark, of: Self.key("a")))
        // What lies there from before is read, and stale.
        guard case .plain(plain, let old) = encryption.open(plain, of: Self.key("a")) else {
            Issue.record("identity does not read")
            return
        }
        #expect(encryption.isStale(old, of: Self.key("a")))
        // Other resources are left alone.
        #expect(try encryption.seal(plain, of: Self.key("a", "configmaps")).bytes == nil)
        #expect(try encryption.seal(plain, of: Self.key("a", "deployments.apps")).bytes != nil)
    }

    @Test(
        "notices changed bytes, and where it can a changed place",
        arguments: [("aesgcm", true), ("secretbox", false)])
    func authenticity(kind: String, knowsPlace: Bool) throws {
        let encryption = ObjectEncryption(try Self.configuration(Self.local(kind)))
        var bytes = try #require(try encryption.seal(Array("value".utf8), of: Self.key("a")).bytes)
        if knowsPlace {
            guard case .unreadable = encryption.open(bytes, of: Self.key("b")) else {
                Issue.record("a value of another place was opened")
                return
            }
        }
        bytes[bytes.count - 1] ^= 1
        guard case .unreadable("message authentication failed") = encryption.open(bytes, of: Self.key("a")) else {
            Issue.record("a changed value was opened")
            return
        }
    }

    @Test("secretbox is NaCl's")
    func secretbox() throws {
        // The example of NaCl's own documentation and tests (crypto_secretbox, "secretbox.c").
        let key: [UInt8] = [
            0x1b, 0x27, 0x55, 0x64, 0x73, 0xe9, 0x85, 0xd4, 0x62, 0xcd, 0x51, 0x19, 0x7a, 0x9a, 0x46, 0xc7,
            0x60, 0x09, 0x54, 0x9e, 0xac, 0x64, 0x74, 0xf2, 0x06, 0xc4, 0xee, 0x08, 0x44, 0xf6, 0x83, 0x89,
        ]
        let nonce: [UInt8] = [
            0x69, 0x69, 0x6e, 0xe9, 0x55, 0xb6, 0x2b, 0x73, 0xcd, 0x62, 0xbd, 0xa8, 0x75, 0xfc, 0x73, 0xd6,
            0x82, 0x19, 0xe0, 0x03, 0x6b, 0x7a, 0x0b, 0x37,
        ]
        let message: [UInt8] = [
            0xbe, 0x07, 0x5f, 0xc5, 0x3c, 0x81, 0xf2, 0xd5, 0xcf, 0x14, 0x13, 0x16, 0xeb, 0xeb, 0x0c, 0x7b,
            0x52, 0x28, 0xc5, 0x2a, 0x4c, 0x62, 0xcb, 0xd4, 0x4b, 0x66, 0x84, 0x9b, 0x64, 0x24, 0x4f, 0xfc,
            0xe5, 0xec, 0xba, 0xaf, 0x33, 0xbd, 0x75, 0x1a, 0x1a, 0xc7, 0x28, 0xd4, 0x5e, 0x6c, 0x61, 0x29,
            0x6c, 0xdc, 0x3c, 0x01, 0x23, 0x35, 0x61, 0xf4, 0x1d, 0xb6, 0x6c, 0xce, 0x31, 0x4a, 0xdb, 0x31,
            0x0e, 0x3b, 0xe8, 0x25, 0x0c, 0x46, 0xf0, 0x6d, 0xce, 0xea, 0x3a, 0x7f, 0xa1, 0x34, 0x80, 0x57,
            0xe2, 0xf6, 0x55, 0x6a, 0xd6, 0xb1, 0x31, 0x8a, 0x02, 0x4a, 0x83, 0x8f, 0x21, 0xaf, 0x1f, 0xde,
            0x04, 0x89, 0x77, 0xeb, 0x48, 0xf5, 0x9f, 0xfd, 0x49, 0x24, 0xca, 0x1c, 0x60, 0x90, 0x2e, 0x52,
            0xf0, 0xa0, 0x89, 0xbc, 0x76, 0x89, 0x70, 0x40, 0xe0, 0x82, 0xf9, 0x37, 0x76, 0x38, 0x48, 0x64,
            0x5e, 0x07, 0x05,
        ]
        let expected: [UInt8] = [
            0xf3, 0xff, 0xc7, 0x70, 0x3f, 0x94, 0x00, 0xe5, 0x2a, 0x7d, 0xfb, 0x4b, 0x3d, 0x33, 0x05, 0xd9,
        ]
        let box = try #require(Secretbox(key: key))
        let sealed = try box.seal(message, nonce: nonce)
        #expect(Array(sealed[24..<40]) == expected)
        #expect(Array(sealed[40..<44]) == [0x8e, 0x99, 0x3b, 0x9f])
        #expect(try box.open(sealed, context: []) == message)
    }

    @Test("rotates: a new first key makes the old values stale, and reads them")
    func rotation() throws {
        let encryption = ObjectEncryption(try Self.configuration(Self.local("aesgcm")))
        let sealed = try encryption.seal([1, 2, 3], of: Self.key("a"))
        encryption.replace(
            with: try Self.configuration(
                Self.local("secretbox", "key2", secret: Self.other32) + ", " + Self.local("aesgcm")))
        let bytes = try #require(sealed.bytes)
        guard case .plain([1, 2, 3], let mark) = encryption.open(bytes, of: Self.key("a")) else {
            Issue.record("the old key is not used any more")
            return
        }
        #expect(encryption.isStale(mark, of: Self.key("a")))
        encryption.replace(with: try Self.configuration(Self.local("secretbox", "key2", secret: Self.other32)))
        guard case .unreadable("no matching prefix found") = encryption.open(bytes, of: Self.key("a")) else {
            Issue.record("a value without a key was opened")
            return
        }
        encryption.replace(with: try Self.configuration("{identity: {}}"))
        guard
            case .unreadable("identity transformer tried to read encrypted data") = encryption.open(
                bytes, of: Self.key("a"))
        else {
            Issue.record("an encrypted value was taken for a plain one")
            return
        }
    }

    @Test(
        "refuses a configuration that cannot be meant",
        arguments: [
            ("", "resources[0].providers: Required value: at least one provider is required"),
            (
                "{aesgcm: {keys: []}}",
                "resources[0].providers[0].aesgcm.keys: Required value: at least one key is required"
            ),
            (
                #"{"secretbox": {"keys": [{"name": "a", "secret": "YWJj"}]}}"#,
                "resources[0].providers[0].secretbox.keys[0].secret: Invalid value: \"REDACTED\": secret is not of "
                    + "the expected length, got 3, expected one of [32]"
            ),
            (
                #"{"aescbc": {"keys": [{"name": "a", "secret": "!"}]}}"#,
                "resources[0].providers[0].aescbc.keys[0].secret: Invalid value: \"REDACTED\": secrets must be base64 "
                    + "encoded"
            ),
            (
                #"{"kms": {"apiVersion": "v2", "name": "k", "endpoint": "tcp://1"}}"#,
                "resources[0].providers[0].kms.endpoint: Invalid value: \"tcp://1\": unsupported scheme, must be unix"
            ),
        ])
    func flaws(providers: String, message: String) throws {
        let flaw = #expect(throws: EncryptionConfiguration.Flaw.self) { try Self.configuration(providers) }
        #expect(flaw?.description == message)
    }
}

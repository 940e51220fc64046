import Inference
import KubeAPI
import PKI
import Synchronization

/// The API keys that Secrets hold, as hashes: a key itself is in no memory for longer than it takes to hash it.
///
/// A Secret is one when its label `gantry.dev/api-key` is `true`. Its data has the key as `key`, or its SHA-256 in
/// hexadecimal as `sha256`, so that the key need not be in the cluster at all.
package final class APIKeyRing: Sendable {
    private struct Key: Sendable {
        let secret: ObjectKey
        let digest: [UInt8]
        let caller: Caller
    }

    /// Keys by the first bytes of their digest, which tell nothing of the key.
    private let keys = Mutex<[UInt64: [Key]]>([:])

    package init() {}

    package func caller(ofKey presented: String) -> Caller? {
        let digest = Digest.sha256(presented.utf8)
        let candidates = keys.withLock { $0[Self.index(digest)] } ?? []
        var found: Caller?
        for candidate in candidates where Digest.constantTimeEqual(candidate.digest, digest) {
            found = candidate.caller
        }
        return found
    }

    /// Takes over the keys of Secrets as they are now.
    package func replace(with secrets: [Secret]) {
        var keys: [UInt64: [Key]] = [:]
        for secret in secrets.sorted(by: { $0.key < $1.key }) {
            guard let digest = Self.digest(of: secret) else { continue }
            let annotations = secret.annotations
            let caller = Caller(
                tenant: annotations[InferenceNames.tenantAnnotation] ?? secret.namespace,
                routeClass: annotations[InferenceNames.classAnnotation])
            keys[Self.index(digest), default: []].append(Key(secret: secret.key, digest: digest, caller: caller))
        }
        self.keys.withLock { $0 = keys }
    }

    package var count: Int { keys.withLock { $0.values.reduce(0) { $0 + $1.count } } }

    /// What an informer is to keep of a Secret: the hash, not the key.
    package static func withoutKey(_ secret: Secret) -> Secret {
        var kept = Secret(name: secret.name, namespace: secret.namespace)
        kept.metadata = secret.metadata
        if let digest = digest(of: secret) {
            kept.data = ["sha256": Base64.standard.encode(Array(hexadecimal(digest).utf8))]
        }
        return kept
    }

    private static func digest(of secret: Secret) -> [UInt8]? {
        guard secret.labels[InferenceNames.apiKeyLabel] == "true" else { return nil }
        let data = secret.data
        if let hash = data["sha256"].flatMap({ try? Base64.standard.decode($0) }) {
            return bytes(hexadecimal: hash.filter { $0 > 0x20 })
        }
        // A file's last newline is no part of a key.
        guard var key = data["key"].flatMap({ try? Base64.standard.decode($0) }) else { return nil }
        while let last = key.last, last == 0x0A || last == 0x0D { key.removeLast() }
        // A short one would be guessed.
        return key.count >= minimumKeyBytes ? Digest.sha256(key) : nil
    }

    private static let minimumKeyBytes = 16

    private static func index(_ digest: [UInt8]) -> UInt64 {
        digest.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { String(UInt16($0) + 256, radix: 16).dropFirst() }.joined()
    }

    private static func bytes(hexadecimal text: [UInt8]) -> [UInt8]? {
        guard text.count == 64 else { return nil }
        var result: [UInt8] = []
        for index in stride(from: 0, to: text.count, by: 2) {
            guard let byte = UInt8(String(decoding: text[index...(index + 1)], as: UTF8.self), radix: 16) else {
                return nil
            }
            result.append(byte)
        }
        return result
    }
}

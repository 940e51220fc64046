import Store
import Synchronization

/// Encryption at rest as an EncryptionConfiguration asks for it: for each resource, the first provider writes and all
/// read. What the first one did not write is stale, and written anew by the next update, changed or not.
package final class ObjectEncryption: ValueCipher {
    private struct State {
        var rules: [EncryptionRule]
        var marks: [String: SealMark] = ["": .plain]
    }

    private let state: Mutex<State>

    package init(_ configuration: EncryptionConfiguration) {
        state = Mutex(State(rules: configuration.rules))
    }

    /// Takes over another configuration for all that is written and read from now on.
    package func replace(with configuration: EncryptionConfiguration) {
        state.withLock { $0.rules = configuration.rules }
    }

    package func seal(_ plain: [UInt8], of key: StoreKey) throws(StoreError) -> SealedValue {
        guard let provider = providers(of: key).first, !provider.prefix.isEmpty else {
            return SealedValue(bytes: nil, mark: .plain)
        }
        // Asked before: a key that changes meanwhile makes the value look stale, never current.
        let mark = mark(provider.writing)
        do throws(CipherError) {
            return SealedValue(
                bytes: provider.prefix + (try provider.seal(plain, context: Self.context(key))), mark: mark)
        } catch {
            throw .unavailable("\(key) cannot be encrypted: \(error)")
        }
    }

    package func open(_ value: [UInt8], of key: StoreKey) -> OpenedValue {
        let providers = providers(of: key)
        let isSealed = SealedPrefix.isPresent(value)
        var refusal: String?
        for provider in providers where provider.prefix.isEmpty ? !isSealed : value.starts(with: provider.prefix) {
            do throws(CipherError) {
                switch try provider.open(Array(value[provider.prefix.count...]), context: Self.context(key)) {
                case .plain(let plain, let writing): return .plain(plain, mark(writing))
                case .needsKey: return .needsKey
                }
            } catch {
                // Another key of the same name may be behind it.
                refusal = error.description
            }
        }
        if let refusal { return .unreadable(refusal) }
        let isIdentityOnly = providers.count == 1 && providers[0].prefix.isEmpty
        return .unreadable(isSealed && isIdentityOnly ? SealedPrefix.identityText : "no matching prefix found")
    }

    package func prepare(_ values: [[UInt8]]) async {
        let all = state.withLock { $0.rules.flatMap(\.providers) }
        for value in values {
            for provider in all where !provider.prefix.isEmpty && value.starts(with: provider.prefix) {
                await provider.prepare(Array(value[provider.prefix.count...]))
            }
        }
    }

    package func isStale(_ mark: SealMark, of key: StoreKey) -> Bool {
        mark != self.mark(providers(of: key).first?.writing ?? "")
    }

    /// Values are bound to the place that Kubernetes would give them in etcd.
    private static func context(_ key: StoreKey) -> [UInt8] {
        Array(
            (key.namespace.isEmpty
                ? "/registry/\(key.bucket)/\(key.name)" : "/registry/\(key.bucket)/\(key.namespace)/\(key.name)").utf8)
    }

    private func providers(of key: StoreKey) -> [any StorageProvider] {
        state.withLock { $0.rules.first { $0.covers(key.bucket) }?.providers } ?? [IdentityProvider()]
    }

    private func mark(_ writing: String) -> SealMark {
        state.withLock { state in
            if let mark = state.marks[writing] { return mark }
            let mark = SealMark(rawValue: UInt32(state.marks.count))
            state.marks[writing] = mark
            return mark
        }
    }
}

/// Which providers some resources have.
struct EncryptionRule: Sendable {
    /// `secrets`, `deployments.apps`, `*.apps`, `*.` or `*.*`.
    var resources: [String]
    var providers: [any StorageProvider]

    /// - Parameter bucket: a resource with its group, `deployments.apps`, `secrets`.
    func covers(_ bucket: String) -> Bool {
        let group = bucket.firstIndex(of: ".").map { bucket[bucket.index(after: $0)...] } ?? ""
        return resources.contains { pattern in
            pattern == bucket || pattern == "*.*" || pattern.hasPrefix("*.") && pattern.dropFirst(2) == group
        }
    }
}

/// Encrypts what lies at rest and opens it again, between a store and its file or its etcd. In memory, and to whoever
/// reads, objects are plain.
package protocol ValueCipher: Sendable {
    /// Fails with `.unavailable` when no key is at hand.
    func seal(_ plain: [UInt8], of key: StoreKey) throws(StoreError) -> SealedValue

    func open(_ value: [UInt8], of key: StoreKey) -> OpenedValue

    /// Fetches what is needed to open these, as far as it can be had.
    func prepare(_ values: [[UInt8]]) async

    /// Whether an object that was sealed like this would be sealed differently now, so that it is worth a write.
    func isStale(_ mark: SealMark, of key: StoreKey) -> Bool
}

/// How an object is encrypted at rest; only equality means something.
package struct SealMark: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Not at all.
    package static let plain = SealMark(rawValue: 0)
    /// In a way that could not be undone.
    static let unreadable = SealMark(rawValue: .max)
}

package struct SealedValue: Sendable {
    /// Nil for the bytes as they were.
    package var bytes: [UInt8]?
    package var mark: SealMark

    package init(bytes: [UInt8]?, mark: SealMark) {
        self.bytes = bytes
        self.mark = mark
    }
}

package enum OpenedValue: Sendable {
    case plain([UInt8], SealMark)
    /// `prepare` may help.
    case needsKey
    case unreadable(String)
}

extension ValueCipher {
    /// The last word after `prepare`.
    func finally(_ value: OpenedValue) -> OpenedValue {
        if case .needsKey = value { return .unreadable("the key it was encrypted with could not be had") }
        return value
    }
}

/// What encrypted values begin with, as in Kubernetes.
package enum SealedPrefix {
    package static let bytes = Array("k8s:enc:".utf8)

    package static func isPresent(_ value: some Collection<UInt8>) -> Bool { value.starts(with: bytes) }

    /// What is said of an encrypted value where nothing is to be encrypted.
    package static let identityText = "identity transformer tried to read encrypted data"
}

extension StoredObject {
    private static let reasonField = "unreadable"

    /// An object of which only the key is known: its bytes at rest could not be opened.
    package static func unreadable(_ key: StoreKey, at revision: UInt64, _ reason: String) -> StoredObject {
        let object = StoredObject(
            key: key, revision: revision,
            header: ObjectHeader(uid: "", fields: [FieldPair(name: reasonField, value: reason)]),
            // As much as every object has: its revision.
            bytes: Array(RevisionSplice.decimal(revision)), revisionOffset: 0)
        object.mark = .unreadable
        return object
    }

    /// Why its bytes at rest could not be opened; nil for objects that are whole.
    package var unreadable: String? { mark == .unreadable ? header.field(Self.reasonField) ?? "" : nil }
}

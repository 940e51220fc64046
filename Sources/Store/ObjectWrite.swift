/// An object on its way into the store.
package struct ObjectWrite: Sendable {
    package var header: ObjectHeader
    /// Canonical JSON whose `resourceVersion` is the empty string.
    package var bytes: [UInt8]
    /// Where in `bytes` the store splices the decimal revision of the write in: between the quotes of
    /// `"resourceVersion":""`. So bytes at rest carry their own resourceVersion and are never encoded again.
    package var revisionOffset: Int
    /// Whether this is a step of the object's deletion (a mark, a finalizer that is done), which a full store still
    /// takes.
    package var isPartOfDeletion = false

    package init(header: ObjectHeader, bytes: [UInt8], revisionOffset: Int) {
        self.header = header
        self.bytes = bytes
        self.revisionOffset = revisionOffset
    }

    /// Why the store cannot take this write, if so.
    package var flaw: String? {
        revisionOffset < 0 || revisionOffset > bytes.count
            ? "revision offset \(revisionOffset) is outside an object of \(bytes.count) bytes" : nil
    }

    package func stored(as key: StoreKey, at revision: UInt64) -> StoredObject {
        StoredObject(
            key: key, revision: revision, header: header,
            bytes: RevisionSplice.replace(bytes, at: revisionOffset, length: 0, with: revision),
            revisionOffset: revisionOffset)
    }
}

/// Writing a revision into an object's bytes.
enum RevisionSplice {
    /// `bytes` with `length` bytes at `offset` replaced by the decimal form of `revision`.
    static func replace(_ bytes: [UInt8], at offset: Int, length: Int, with revision: UInt64) -> [UInt8] {
        let digits = decimal(revision)
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count - length + digits.count)
        result.append(contentsOf: bytes[..<offset])
        result.append(contentsOf: digits)
        result.append(contentsOf: bytes[(offset + length)...])
        return result
    }

    static func decimal(_ revision: UInt64) -> String.UTF8View { String(revision).utf8 }

    /// True when the decimal form of `revision` stands at `offset`.
    static func isPresent(_ revision: UInt64, in bytes: [UInt8], at offset: Int) -> Bool {
        let digits = decimal(revision)
        guard offset >= 0, bytes.count >= digits.count, offset <= bytes.count - digits.count else { return false }
        return bytes[offset..<(offset + digits.count)].elementsEqual(digits)
    }
}

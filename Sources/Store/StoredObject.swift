import Synchronization

/// One state of one object: immutable, shared by the store, the watch cache, events and readers.
package final class StoredObject: Sendable {
    package let key: StoreKey
    /// The revision of the write that made this state.
    package let revision: UInt64
    package let header: ObjectHeader
    /// What the labels in `header` are, roughly: for selectors that look at many objects.
    package let labelMarks: LabelMarks
    /// Canonical JSON with `revision` as its `resourceVersion`.
    package let bytes: [UInt8]
    /// Where the decimal revision starts in `bytes`.
    package let revisionOffset: Int
    /// Other encodings of this state, made on demand.
    package let derived = DerivedValues()
    private let sealing = Atomic<UInt32>(SealMark.plain.rawValue)

    init(key: StoreKey, revision: UInt64, header: ObjectHeader, bytes: [UInt8], revisionOffset: Int) {
        self.key = key
        self.revision = revision
        self.header = header
        labelMarks = LabelMarks(header.labels)
        self.bytes = bytes
        self.revisionOffset = revisionOffset
    }

    /// How its bytes at rest are encrypted: set once, by the store that writes or reads them.
    package var mark: SealMark {
        get { SealMark(rawValue: sealing.load(ordering: .relaxed)) }
        set { sealing.store(newValue.rawValue, ordering: .relaxed) }
    }

    /// The value of a selectable field; `metadata.name` and `metadata.namespace` come from the key.
    package func field(_ name: String) -> String? {
        switch name {
        case "metadata.name": key.name
        case "metadata.namespace": key.namespace
        default: header.field(name)
        }
    }

    /// The same state with another resourceVersion, as the last sight of an object that was deleted or left a
    /// watcher's selection.
    package func respliced(at revision: UInt64) -> StoredObject {
        StoredObject(
            key: key, revision: revision, header: header,
            bytes: RevisionSplice.replace(
                bytes, at: revisionOffset, length: RevisionSplice.decimal(self.revision).count, with: revision),
            revisionOffset: revisionOffset)
    }

    /// The same state in another form, for readers only: its bytes say the same in another version of its kind.
    package func reencoded(as bytes: [UInt8]) -> StoredObject {
        StoredObject(key: key, revision: revision, header: header, bytes: bytes, revisionOffset: 0)
    }
}

import Store

/// An object as a value of etcd: four bytes that say whose it is, the header's length, the header, and the canonical
/// JSON with a hole where its revision belongs. The revision is etcd's own (`mod_revision`), put in when it is read.
enum EtcdEnvelope {
    private static let magic = Array("gty\u{1}".utf8)

    static func seal(_ write: ObjectWrite) -> [UInt8] {
        var header: [UInt8] = []
        HeaderCodec.encode(write.header, revisionOffset: write.revisionOffset, into: &header)
        var value: [UInt8] = []
        value.reserveCapacity(magic.count + 4 + header.count + write.bytes.count)
        value.append(contentsOf: magic)
        for shift in [24, 16, 8, 0] { value.append(UInt8(truncatingIfNeeded: header.count >> shift)) }
        value.append(contentsOf: header)
        value.append(contentsOf: write.bytes)
        return value
    }

    /// Fails with `.corrupt` where the value is not one of ours.
    static func open(
        _ pair: EtcdKeyValue, as key: StoreKey, cipher: (any ValueCipher)?, interner: inout StringInterner
    ) throws(StoreError) -> StoredObject {
        guard let cipher else {
            if SealedPrefix.isPresent(pair.value) {
                return .unreadable(key, at: pair.modRevision, SealedPrefix.identityText)
            }
            return try open(pair.value, at: pair.modRevision, as: key, interner: &interner)
        }
        switch cipher.open(pair.value, of: key) {
        case .plain(let value, let mark):
            let object = try open(value, at: pair.modRevision, as: key, interner: &interner)
            object.mark = mark
            return object
        case .unreadable(let reason): return .unreadable(key, at: pair.modRevision, reason)
        case .needsKey:
            return .unreadable(key, at: pair.modRevision, "the key it was encrypted with could not be had")
        }
    }

    private static func open(
        _ value: [UInt8], at revision: UInt64, as key: StoreKey, interner: inout StringInterner
    ) throws(StoreError) -> StoredObject {
        let start = magic.count + 4
        guard value.count >= start, value.starts(with: magic) else {
            throw .corrupt("the value of \(key) in etcd was not written by gantry")
        }
        let length = value[magic.count..<start].reduce(0) { $0 << 8 | Int($1) }
        guard length <= value.count - start,
            let (header, offset) = value.withUnsafeBytes({ bytes in
                HeaderCodec.decode(
                    UnsafeRawBufferPointer(rebasing: bytes[start..<(start + length)]), interner: &interner)
            })
        else { throw .corrupt("the header of \(key) in etcd is damaged") }
        let write = ObjectWrite(header: header, bytes: Array(value[(start + length)...]), revisionOffset: offset)
        if let flaw = write.flaw { throw .corrupt("\(key) in etcd: \(flaw)") }
        return write.stored(as: key, at: revision)
    }
}

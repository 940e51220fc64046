/// A change as it goes to the file: with its bytes encrypted, where that is asked for.
struct StoredEvent {
    let event: StoreEvent
    /// Header and bytes together, encrypted; nil where they lie there as they are.
    let sealed: [UInt8]?

    /// Fails with `.unavailable` where it cannot be encrypted.
    init(_ event: StoreEvent, cipher: (any ValueCipher)?) throws(StoreError) {
        self.event = event
        guard let cipher, !event.repeatsPrevious else {
            sealed = nil
            return
        }
        let value = try cipher.seal(RowValue.join(event.object), of: event.key)
        event.object.mark = value.mark
        sealed = value.bytes
    }
}

/// Header and bytes of an object as one value: the header's length, the header, the bytes.
enum RowValue {
    static func join(_ object: StoredObject) -> [UInt8] {
        var header: [UInt8] = []
        HeaderCodec.encode(object.header, revisionOffset: object.revisionOffset, into: &header)
        var value: [UInt8] = []
        value.reserveCapacity(4 + header.count + object.bytes.count)
        for shift in [24, 16, 8, 0] { value.append(UInt8(truncatingIfNeeded: header.count >> shift)) }
        value.append(contentsOf: header)
        value.append(contentsOf: object.bytes)
        return value
    }

    /// Nil where it is not one.
    static func split(_ value: [UInt8]) -> (header: ArraySlice<UInt8>, bytes: ArraySlice<UInt8>)? {
        guard value.count >= 4 else { return nil }
        let length = value[..<4].reduce(0) { $0 << 8 | Int($1) }
        guard length <= value.count - 4 else { return nil }
        return (value[4..<(4 + length)], value[(4 + length)...])
    }
}

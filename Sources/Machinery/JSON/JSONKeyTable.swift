/// The long member names a schema knows, so that parsing shares one copy of each instead of allocating it anew.
///
/// Only names of more than 15 bytes are worth a place: shorter strings live inside the value itself.
/// The table never grows with what clients send.
package struct JSONKeyTable: Sendable {
    package static let empty = JSONKeyTable([])

    private let slots: [String?]
    private let mask: Int

    package init(_ names: some Sequence<String>) {
        let long = Set(names.filter { $0.utf8.count > 15 })
        var capacity = 16
        while capacity < long.count * 4 { capacity *= 2 }
        mask = capacity - 1
        var slots = [String?](repeating: nil, count: capacity)
        for name in long {
            var name = name
            name.makeContiguousUTF8()
            var index = name.utf8.withContiguousStorageIfAvailable { Self.hash($0) } ?? 0
            while slots[index & mask] != nil { index += 1 }
            slots[index & mask] = name
        }
        self.slots = slots
    }

    func find(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
        var index = Self.hash(bytes)
        while let candidate = slots[index & mask] {
            let matches = candidate.utf8.withContiguousStorageIfAvailable { $0.elementsEqual(bytes) } ?? false
            if matches { return candidate }
            index += 1
        }
        return nil
    }

    private static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        // FNV-1a over the ends and the length: names differ there, and the table is fixed, so no attack on it exists.
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in bytes.prefix(8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        for byte in bytes.suffix(8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        hash = (hash ^ UInt64(bytes.count)) &* 0x100_0000_01b3
        return Int(truncatingIfNeeded: hash >> 16)
    }
}

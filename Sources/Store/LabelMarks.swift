/// A few bits for each label of an object: one for its key, two for key and value.
///
/// A selector asks for the bits of what it requires before it looks at labels, so that nearly all objects it does not
/// match are passed over with one comparison. An object always has the bits of its labels; it may have those of labels
/// it does not have.
package struct LabelMarks: Hashable, Sendable {
    private var bits: UInt64

    private init(bits: UInt64) { self.bits = bits }

    package static let none = LabelMarks(bits: 0)

    /// What an object with the key has, whatever the value.
    package init(key: String) {
        bits = Self.bit(Self.hash(Self.seed, key))
    }

    /// What an object with the label has.
    package init(key: String, value: String) {
        let keyHash = Self.hash(Self.seed, key)
        let hash = Self.hash(keyHash, value)
        bits = Self.bit(keyHash) | Self.bit(hash) | Self.bit(hash &* 0x9E37_79B9_7F4A_7C15)
    }

    init(_ labels: [LabelPair]) {
        bits = 0
        for label in labels { bits |= LabelMarks(key: label.key, value: label.value).bits }
    }

    package func union(_ other: LabelMarks) -> LabelMarks { LabelMarks(bits: bits | other.bits) }

    package func isSuperset(of other: LabelMarks) -> Bool { bits & other.bits == other.bits }

    private static let seed: UInt64 = 0xcbf2_9ce4_8422_2325

    /// FNV-1a; who makes labels collide makes his own selectors a little slower.
    private static func hash(_ start: UInt64, _ text: String) -> UInt64 {
        var hash = start
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return hash
    }

    /// One of 64 bits, by the upper end of a product that every bit of the hash has a part in.
    private static func bit(_ hash: UInt64) -> UInt64 {
        let spread = (hash ^ (hash >> 32)) &* 0x9E37_79B9_7F4A_7C15
        return 1 << (spread >> 58)
    }
}

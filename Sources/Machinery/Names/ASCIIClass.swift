/// Sets of ASCII bytes that names are made of.
struct ASCIIClass: Sendable {
    private let low: UInt64
    private let high: UInt64

    init(_ characters: String) {
        var low: UInt64 = 0
        var high: UInt64 = 0
        for byte in characters.utf8 {
            if byte < 64 { low |= 1 << UInt64(byte) } else if byte < 128 { high |= 1 << UInt64(byte - 64) }
        }
        self.low = low
        self.high = high
    }

    func contains(_ byte: UInt8) -> Bool {
        if byte < 64 { return low & (1 << UInt64(byte)) != 0 }
        return byte < 128 && high & (1 << UInt64(byte - 64)) != 0
    }

    static let lowerCase = "abcdefghijklmnopqrstuvwxyz"
    static let upperCase = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    static let digits = "0123456789"

    static let lowerAlphanumeric = ASCIIClass(lowerCase + digits)
    static let lowerLetter = ASCIIClass(lowerCase)
    static let labelInner = ASCIIClass(lowerCase + digits + "-")
    static let alphanumeric = ASCIIClass(lowerCase + upperCase + digits)
    static let alphanumericHyphen = ASCIIClass(lowerCase + upperCase + digits + "-")
    static let qualifiedInner = ASCIIClass(lowerCase + upperCase + digits + "-_.")
    static let identifierStart = ASCIIClass(lowerCase + upperCase + "_")
    static let identifier = ASCIIClass(lowerCase + upperCase + digits + "_")
    static let environmentStart = ASCIIClass(lowerCase + upperCase + "-._")
    static let httpPath = ASCIIClass(lowerCase + upperCase + digits + "/-._~%!$&'()*+,;=:")
}

/// The pattern most names share: a first byte, inner bytes, a last byte.
extension Sequence<UInt8> {
    func matches(first: ASCIIClass, inner: ASCIIClass, last: ASCIIClass) -> Bool {
        var previous: UInt8?
        for byte in self {
            if previous == nil {
                guard first.contains(byte) else { return false }
            } else {
                guard inner.contains(byte) else { return false }
            }
            previous = byte
        }
        guard let previous else { return false }
        return last.contains(previous)
    }

    func matches(_ all: ASCIIClass) -> Bool { matches(first: all, inner: all, last: all) }
}

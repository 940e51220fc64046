/// Identifier octets of the ASN.1 types that certificates use (X.690 section 8.1.2).
enum DERTag {
    static let boolean: UInt8 = 0x01
    static let integer: UInt8 = 0x02
    static let bitString: UInt8 = 0x03
    static let octetString: UInt8 = 0x04
    static let objectIdentifier: UInt8 = 0x06
    static let utf8String: UInt8 = 0x0c
    static let numericString: UInt8 = 0x12
    static let printableString: UInt8 = 0x13
    static let teletexString: UInt8 = 0x14
    static let ia5String: UInt8 = 0x16
    static let utcTime: UInt8 = 0x17
    static let generalizedTime: UInt8 = 0x18
    static let universalString: UInt8 = 0x1c
    static let bmpString: UInt8 = 0x1e
    static let sequence: UInt8 = 0x30
    static let set: UInt8 = 0x31

    /// `[number]` in a primitive form: implicit tags over simple types.
    static func context(_ number: UInt8) -> UInt8 { 0x80 | number }

    /// `[number]` in a constructed form: explicit tags, and implicit ones over sequences.
    static func constructedContext(_ number: UInt8) -> UInt8 { 0xa0 | number }
}

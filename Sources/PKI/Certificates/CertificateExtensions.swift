/// The extensions of a certificate or request that this module reads and writes.
struct CertificateExtensions: Sendable {
    var alternativeNames = SubjectAlternativeNames.none
    /// Nil when the extension is absent: the key may then be used for anything.
    var keyUsage: KeyUsage?
    var extendedKeyUsages: [ExtendedKeyUsage]?
    /// Nil when basic constraints are absent.
    var isCA: Bool?
    var pathLength: Int?
    var subjectKeyIdentifier: [UInt8]?
    var authorityKeyIdentifier: [UInt8]?

    private static let maximumCount = 64

    init() {}

    /// From an `Extensions` sequence. An extension that occurs twice is `malformed`.
    init(_ extensions: DERElement) throws(PKIError) {
        var seen: Set<ObjectIdentifier> = []
        var reader = extensions.reader
        while !reader.isAtEnd {
            var fields = try reader.next(DERTag.sequence, "Extension").reader
            let identifier = ObjectIdentifier(
                content: try fields.next(DERTag.objectIdentifier, "extension identifier").bytes)
            _ = try fields.nextIf(DERTag.boolean)
            let value = Array(try fields.next(DERTag.octetString, "extension value").bytes)
            try fields.expectEnd("an extension's value")
            guard seen.count < Self.maximumCount else {
                throw PKIError(.tooLarge, "more than \(Self.maximumCount) extensions")
            }
            guard seen.insert(identifier).inserted else { throw PKIError(.malformed, "an extension occurs twice") }
            try read(identifier, value)
        }
    }

    private mutating func read(_ identifier: ObjectIdentifier, _ value: [UInt8]) throws(PKIError) {
        switch identifier {
        case .subjectAlternativeName: alternativeNames = try SubjectAlternativeNames(extensionValue: value)
        case .keyUsage: keyUsage = try KeyUsage(extensionValue: value)
        case .extendedKeyUsage: extendedKeyUsages = try ExtendedKeyUsage.list(extensionValue: value)
        case .basicConstraints: try readBasicConstraints(value)
        case .subjectKeyIdentifier:
            var reader = DERReader(value)
            subjectKeyIdentifier = Array(try reader.next(DERTag.octetString, "SubjectKeyIdentifier").bytes)
        case .authorityKeyIdentifier:
            var outer = DERReader(value)
            var reader = try outer.next(DERTag.sequence, "AuthorityKeyIdentifier").reader
            authorityKeyIdentifier = try reader.nextIf(DERTag.context(0)).map { Array($0.bytes) }
        default: break  // Extensions nothing here uses; verification refuses unknown critical ones.
        }
    }

    private mutating func readBasicConstraints(_ value: [UInt8]) throws(PKIError) {
        var outer = DERReader(value)
        var reader = try outer.next(DERTag.sequence, "BasicConstraints").reader
        isCA = try reader.nextIf(DERTag.boolean).map { $0.bytes.first ?? 0 != 0 } ?? false
        if let length = try reader.nextIf(DERTag.integer) {
            guard length.content.count == 1, let octet = length.bytes.first, octet < 0x80 else {
                throw PKIError(.malformed, "a path length out of range")
            }
            pathLength = Int(octet)
        }
    }

    /// The `Extensions` sequence; nil without any extension.
    func encoded() throws(PKIError) -> [UInt8]? {
        var list: [[UInt8]] = []
        func add(_ identifier: ObjectIdentifier, critical: Bool = false, _ value: [UInt8]) {
            list.append(
                DER.sequence(
                    [DER.objectIdentifier(identifier)] + (critical ? [DER.true] : []) + [DER.octetString(value)]))
        }
        if let keyUsage, !keyUsage.isEmpty { add(.keyUsage, critical: true, keyUsage.encoded) }
        if let extendedKeyUsages, !extendedKeyUsages.isEmpty {
            add(.extendedKeyUsage, DER.sequence(extendedKeyUsages.map { DER.objectIdentifier($0.identifier) }))
        }
        if let isCA {
            var constraints = isCA ? [DER.true] : []
            if isCA, let pathLength { constraints.append(DER.integer(unsigned: [UInt8(clamping: pathLength)])) }
            add(.basicConstraints, critical: true, DER.sequence(constraints))
        }
        if let subjectKeyIdentifier { add(.subjectKeyIdentifier, DER.octetString(subjectKeyIdentifier)) }
        if let authorityKeyIdentifier {
            add(.authorityKeyIdentifier, DER.sequence(DER.element(DERTag.context(0), authorityKeyIdentifier)))
        }
        if !alternativeNames.isEmpty { add(.subjectAlternativeName, try alternativeNames.encoded()) }
        return list.isEmpty ? nil : DER.sequence(list)
    }
}

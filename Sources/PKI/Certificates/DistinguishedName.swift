/// The name of a certificate's subject or issuer (RFC 5280 section 4.1.2.4), read the way Kubernetes reads users:
/// the common name is the user, the organizations are its groups.
package struct DistinguishedName: Hashable, Sendable, CustomStringConvertible {
    /// The last common name, or empty.
    package let commonName: String
    /// In order of appearance.
    package let organizations: [String]
    package let organizationalUnits: [String]
    /// The last user UID attribute of Kubernetes (1.3.6.1.4.1.57683.2), or empty.
    package let userUID: String
    /// The encoded Name: kept, so that a name goes from a request into a certificate unchanged.
    package let der: [UInt8]

    /// The most attributes read: groups beyond this would also not fit a sane token.
    static let maximumAttributes = 1024

    package init(commonName: String, organizations: [String] = [], organizationalUnits: [String] = []) {
        func attribute(_ type: ObjectIdentifier, _ value: String) -> [UInt8] {
            DER.set(DER.sequence(DER.objectIdentifier(type), DER.element(DERTag.utf8String, Array(value.utf8))))
        }
        var attributes = organizations.map { attribute(.organization, $0) }
        attributes += organizationalUnits.map { attribute(.organizationalUnit, $0) }
        if !commonName.isEmpty { attributes.append(attribute(.commonName, commonName)) }
        self.commonName = commonName
        self.organizations = organizations
        self.organizationalUnits = organizationalUnits
        userUID = ""
        der = DER.sequence(attributes)
    }

    /// A name from its DER.
    package init(der: [UInt8]) throws(PKIError) {
        var reader = DERReader(der)
        let element = try reader.next(DERTag.sequence, "Name")
        try reader.expectEnd("a Name")
        try self.init(element)
    }

    init(_ name: DERElement) throws(PKIError) {
        var commonName = ""
        var userUID = ""
        var organizations: [String] = []
        var units: [String] = []
        var count = 0
        var sets = name.reader
        while !sets.isAtEnd {
            var attributes = try sets.next(DERTag.set, "RelativeDistinguishedName").reader
            while !attributes.isAtEnd {
                count += 1
                guard count <= Self.maximumAttributes else {
                    throw PKIError(.tooLarge, "a name of more than \(Self.maximumAttributes) attributes")
                }
                var attribute = try attributes.next(DERTag.sequence, "AttributeTypeAndValue").reader
                let type = try attribute.next(DERTag.objectIdentifier, "attribute type").bytes
                let value = try attribute.next()
                try attribute.expectEnd("an attribute's value")
                if type.elementsEqual(ObjectIdentifier.organization.content) {
                    organizations.append(try Self.text(value))
                } else if type.elementsEqual(ObjectIdentifier.commonName.content) {
                    commonName = try Self.text(value)
                } else if type.elementsEqual(ObjectIdentifier.organizationalUnit.content) {
                    units.append(try Self.text(value))
                } else if type.elementsEqual(ObjectIdentifier.kubernetesUserUID.content) {
                    userUID = try Self.text(value)
                }
            }
        }
        self.commonName = commonName
        self.organizations = organizations
        organizationalUnits = units
        self.userUID = userUID
        der = Array(name.encoded)
    }

    package var description: String {
        (["CN=\(commonName)"] + organizationalUnits.map { "OU=\($0)" } + organizations.map { "O=\($0)" })
            .joined(separator: ",")
    }

    package var isEmpty: Bool { der == [DERTag.sequence, 0] }

    package static func == (left: DistinguishedName, right: DistinguishedName) -> Bool { left.der == right.der }

    package func hash(into hasher: inout Hasher) { hasher.combine(der) }

    /// The text of a DirectoryString. A NUL within it is refused: it hides what follows from C code.
    private static func text(_ element: DERElement) throws(PKIError) -> String {
        let bytes = element.bytes
        let text: String?
        switch element.tag {
        case DERTag.utf8String: text = String(validating: bytes, as: UTF8.self)
        case DERTag.printableString, DERTag.ia5String, DERTag.numericString:
            text = bytes.allSatisfy { $0 < 0x80 } ? String(decoding: bytes, as: UTF8.self) : nil
        case DERTag.teletexString:
            // T.61 is read as Latin 1 everywhere.
            text = String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
        case DERTag.bmpString:
            text =
                bytes.count.isMultiple(of: 2) ? String(validating: bigEndian(bytes, UInt16.self), as: UTF16.self) : nil
        case DERTag.universalString:
            text =
                bytes.count.isMultiple(of: 4) ? String(validating: bigEndian(bytes, UInt32.self), as: UTF32.self) : nil
        default: throw PKIError(.malformed, "a name's attribute is no string (tag \(element.tag))")
        }
        guard let text, !text.utf8.contains(0) else {
            throw PKIError(.malformed, "a name's attribute has characters its type does not allow")
        }
        return text
    }

    /// Whole units only: the callers check the count.
    private static func bigEndian<Unit: FixedWidthInteger>(_ bytes: ArraySlice<UInt8>, _ type: Unit.Type) -> [Unit] {
        let size = Unit.bitWidth / 8
        return stride(from: bytes.startIndex, to: bytes.endIndex, by: size).map { start in
            bytes[start..<(start + size)].reduce(0) { $0 << 8 | Unit($1) }
        }
    }
}

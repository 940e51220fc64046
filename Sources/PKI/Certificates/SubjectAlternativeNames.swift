internal import Glibc

/// The names a certificate is for besides its subject (RFC 5280 section 4.2.1.6).
package struct SubjectAlternativeNames: Hashable, Sendable {
    package let dnsNames: [String]
    /// IPv4 in dotted decimals, IPv6 in the form of RFC 5952.
    package let ipAddresses: [String]
    package let uris: [String]
    package let emailAddresses: [String]

    package static let none = SubjectAlternativeNames(parsedDNS: [], [], [], [])

    static let maximumCount = 1024

    package var isEmpty: Bool {
        dnsNames.isEmpty && ipAddresses.isEmpty && uris.isEmpty && emailAddresses.isEmpty
    }

    /// Text that is no IP address, a name that is empty or not ASCII: `invalidArgument`.
    package init(
        dnsNames: [String] = [], ipAddresses: [String] = [], uris: [String] = [], emailAddresses: [String] = []
    ) throws(PKIError) {
        for name in dnsNames + uris + emailAddresses {
            guard !name.isEmpty, name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else {
                throw PKIError(
                    .invalidArgument, "\"\(name)\" cannot be a certificate's name: it must be printable ASCII")
            }
        }
        var addresses: [String] = []
        for address in ipAddresses {
            guard let octets = Self.octets(of: address), let text = Self.address(octets[...]) else {
                throw PKIError(.invalidArgument, "\"\(address)\" is no IP address")
            }
            addresses.append(text)
        }
        self.init(parsedDNS: dnsNames, addresses, uris, emailAddresses)
    }

    private init(parsedDNS: [String], _ ipAddresses: [String], _ uris: [String], _ emailAddresses: [String]) {
        dnsNames = parsedDNS
        self.ipAddresses = ipAddresses
        self.uris = uris
        self.emailAddresses = emailAddresses
    }

    /// From the extension's value. Kinds of names that nothing here uses (directory names and the like) are skipped.
    init(extensionValue: [UInt8]) throws(PKIError) {
        var dns: [String] = []
        var addresses: [String] = []
        var uris: [String] = []
        var emails: [String] = []
        var outer = DERReader(extensionValue)
        var names = try outer.next(DERTag.sequence, "GeneralNames").reader
        try outer.expectEnd("GeneralNames")
        var count = 0
        while !names.isAtEnd {
            count += 1
            guard count <= Self.maximumCount else {
                throw PKIError(.tooLarge, "more than \(Self.maximumCount) alternative names")
            }
            let name = try names.next()
            switch name.tag {
            case DERTag.context(1): emails.append(try Self.text(name))
            case DERTag.context(2): dns.append(try Self.text(name))
            case DERTag.context(6): uris.append(try Self.text(name))
            case DERTag.context(7):
                guard let address = Self.address(name.bytes) else {
                    throw PKIError(.malformed, "an IP address of \(name.content.count) bytes")
                }
                addresses.append(address)
            default: continue
            }
        }
        self.init(parsedDNS: dns, addresses, uris, emails)
    }

    /// The extension's value.
    func encoded() throws(PKIError) -> [UInt8] {
        var names = emailAddresses.map { DER.element(DERTag.context(1), Array($0.utf8)) }
        names += dnsNames.map { DER.element(DERTag.context(2), Array($0.utf8)) }
        names += uris.map { DER.element(DERTag.context(6), Array($0.utf8)) }
        for address in ipAddresses {
            guard let octets = Self.octets(of: address) else {
                throw PKIError(.invalidArgument, "\"\(address)\" is no IP address")
            }
            names.append(DER.element(DERTag.context(7), octets))
        }
        return DER.sequence(names)
    }

    /// An IA5String; a NUL within it would hide what follows from C code.
    private static func text(_ element: DERElement) throws(PKIError) -> String {
        guard element.bytes.allSatisfy({ $0 > 0 && $0 < 0x80 }) else {
            throw PKIError(.malformed, "an alternative name with characters that are not ASCII")
        }
        return String(decoding: element.bytes, as: UTF8.self)
    }

    /// The 4 or 16 bytes of an address in text, nil when it is none.
    private static func octets(of address: String) -> [UInt8]? {
        guard !address.utf8.contains(0) else { return nil }
        var octets = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET, address, &octets) == 1 { return Array(octets[..<4]) }
        return inet_pton(AF_INET6, address, &octets) == 1 ? octets : nil
    }

    private static func address(_ octets: ArraySlice<UInt8>) -> String? {
        guard octets.count == 4 || octets.count == 16 else { return nil }
        // INET6_ADDRSTRLEN
        var text = [UInt8](repeating: 0, count: 46)
        let written = octets.withUnsafeBytes { octets in
            text.withUnsafeMutableBytes { text in
                text.withMemoryRebound(to: CChar.self) { text in
                    inet_ntop(
                        octets.count == 4 ? AF_INET : AF_INET6, octets.baseAddress, text.baseAddress,
                        socklen_t(text.count)) != nil
                }
            }
        }
        return written ? String(decoding: text.prefix { $0 != 0 }, as: UTF8.self) : nil
    }
}

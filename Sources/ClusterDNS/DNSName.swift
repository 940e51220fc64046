import Machinery

/// A domain name in the form it has in messages: labels with their lengths before them, and a zero at the end.
///
/// Never longer than 255 bytes, no label longer than 63. Names in the index are in lower case; `lowercased` makes any
/// other comparable with them.
package struct DNSName: Hashable, Sendable, CustomStringConvertible {
    package static let root = DNSName(uncheckedWire: [0])
    static let maximumLength = 255

    let wire: [UInt8]

    init(uncheckedWire wire: [UInt8]) {
        self.wire = wire
    }

    /// Parses text like `db.default.svc.cluster.local`, with or without a final dot; no escapes.
    package init?(_ text: String) {
        var wire: [UInt8] = []
        var text = text.utf8[...]
        if text.last == UInt8(ascii: ".") { text.removeLast() }
        if !text.isEmpty {
            for label in text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false) {
                guard (1...63).contains(label.count) else { return nil }
                wire.append(UInt8(label.count))
                wire += label
            }
        }
        wire.append(0)
        guard wire.count <= Self.maximumLength else { return nil }
        self.wire = wire
    }

    var lowercased: DNSName {
        // Lengths are below 64 and so never taken for letters.
        guard wire.contains(where: { (65...90).contains($0) }) else { return self }
        return DNSName(uncheckedWire: wire.map { (65...90).contains($0) ? $0 | 32 : $0 })
    }

    var isRoot: Bool { wire.count <= 1 }

    /// The name without its first label; the root's is the root.
    var parent: DNSName {
        guard let length = wire.first, length > 0 else { return self }
        return DNSName(uncheckedWire: Array(wire[(Int(length) + 1)...]))
    }

    var firstLabel: ArraySlice<UInt8> {
        guard let length = wire.first, length > 0 else { return [] }
        return wire[1...Int(length)]
    }

    /// The name with another label before it; `nil` where that is too long or no label.
    func prepending(_ label: String) -> DNSName? {
        let label = Array(label.utf8)
        guard (1...63).contains(label.count), wire.count + label.count + 1 <= Self.maximumLength else { return nil }
        return DNSName(uncheckedWire: [UInt8(label.count)] + label + wire).lowercased
    }

    /// Whether this is the other name or below it.
    func isWithin(_ other: DNSName) -> Bool {
        guard wire.count >= other.wire.count, wire.suffix(other.wire.count) == other.wire[...] else { return false }
        var position = 0
        while position < wire.count - other.wire.count { position += Int(wire[position]) + 1 }
        return position == wire.count - other.wire.count
    }

    /// The labels before `other`, first to last.
    func labels(above other: DNSName) -> [ArraySlice<UInt8>] {
        var labels: [ArraySlice<UInt8>] = []
        var position = 0
        while position < wire.count - other.wire.count {
            let end = position + 1 + Int(wire[position])
            guard end < wire.count else { break }
            labels.append(wire[(position + 1)..<end])
            position = end
        }
        return labels
    }

    package var description: String {
        let labels = labels(above: .root).map { String(decoding: $0, as: UTF8.self) }
        return labels.joined(separator: ".") + "."
    }

    /// The name under which an IPv4 address is asked for in reverse.
    static func reverse(of address: UInt32) -> DNSName? {
        DNSName("\(address & 255).\(address >> 8 & 255).\(address >> 16 & 255).\(address >> 24).in-addr.arpa")
    }
}

/// IPv4 addresses as numbers, which is how records hold them.
enum IPv4 {
    /// - Parameter separator: a dash in the names of pods and endpoints.
    static func parse(_ text: some StringProtocol, separator: Character = ".") -> UInt32? {
        if separator == "." { return InternetAddress(text)?.v4 }
        return text.contains(".") ? nil : InternetAddress(String(text.map { $0 == separator ? "." : $0 }))?.v4
    }

    static func text(_ number: UInt32, separator: String) -> String {
        InternetAddress(v4: number).bytes.map { String($0) }.joined(separator: separator)
    }
}

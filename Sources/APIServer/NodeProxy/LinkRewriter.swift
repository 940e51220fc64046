/// Puts a path in front of absolute links, in addresses and in the tags of a page.
package struct LinkRewriter: Sendable {
    /// The path under which the client sees the backend's root.
    let prefix: String
    /// Hosts by which links may name the backend.
    let hosts: [String]

    package init(prefix: String, hosts: [String]) {
        self.prefix = prefix
        self.hosts = hosts
    }

    /// Attributes that hold addresses.
    private static let attributes: Set<String> = [
        "href", "src", "action", "formaction", "cite", "background", "longdesc", "usemap", "codebase", "profile",
        "manifest", "poster", "icon", "data", "classid",
    ]

    package func rewritten(_ link: String) -> String {
        var path = link[...]
        for scheme in ["http://", "https://"] where link.lowercased().hasPrefix(scheme) {
            let rest = link.dropFirst(scheme.count)
            let host = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
            guard hosts.contains(String(host)) else { return link }
            path = rest.dropFirst(host.count)
            if path.isEmpty { path = "/" }
        }
        // `//host` is another server's, and what does not begin with a slash is relative already.
        guard path.hasPrefix("/"), !path.hasPrefix("//") else { return link }
        guard path != prefix, !path.hasPrefix(prefix + "/") else { return String(path) }
        return prefix + path
    }

    /// A page with the links of its tags rewritten; all else stays byte for byte.
    package func page(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + 256)
        var index = 0
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: "<"), let end = Self.endOfTag(bytes, from: index) else {
                result.append(bytes[index])
                index += 1
                continue
            }
            result.append(contentsOf: tag(bytes[index...end]))
            index = end + 1
        }
        return result
    }

    /// The place of the `>` that ends a tag; quoted ones do not. `nil` for what is no tag.
    private static func endOfTag(_ bytes: [UInt8], from start: Int) -> Int? {
        guard start + 1 < bytes.count, isLetter(bytes[start + 1]) else { return nil }
        var quote: UInt8?
        for index in (start + 1)..<bytes.count {
            let byte = bytes[index]
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: ">") {
                return index
            }
        }
        return nil
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    /// Rewrites the quoted values of the attributes that hold addresses.
    private func tag(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        var name: [UInt8] = []
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'"),
                let close = bytes[(index + 1)...].firstIndex(of: byte)
            {
                let value = String(decoding: bytes[(index + 1)..<close], as: UTF8.self)
                let isLink = Self.attributes.contains(String(decoding: name, as: UTF8.self).lowercased())
                result.append(byte)
                result.append(contentsOf: (isLink ? rewritten(value) : value).utf8)
                result.append(byte)
                name = []
                index = close + 1
                continue
            }
            result.append(byte)
            if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\t") {
                if index + 1 < bytes.endIndex, bytes[index + 1] != UInt8(ascii: "=") { name = [] }
            } else if byte != UInt8(ascii: "=") {
                name.append(byte)
            }
            index += 1
        }
        return result
    }
}

import Machinery

/// A URL taken apart, as Go's net/url does for absolute ones.
struct ParsedURL: Sendable {
    var scheme = ""
    var host = ""
    var path = ""
    var query = ""
    let text: String

    struct Problem: Error, Hashable {
        let text: String
    }

    /// An absolute URL, or an absolute path; a fragment belongs to neither path nor query.
    init(_ text: String) throws(Problem) {
        self.text = text
        let quoted = GoQuote.quote(text)
        func problem(_ detail: String) -> Problem { Problem(text: "parse \(quoted): \(detail)") }
        if text.isEmpty { throw problem("empty url") }
        if text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) {
            throw problem("net/url: invalid control character in URL")
        }
        var rest = text[...]
        if let hash = rest.firstIndex(of: "#") { rest = rest[..<hash] }
        switch Self.scheme(rest) {
        case .missing: throw problem("missing protocol scheme")
        case .invalid: throw problem("first path segment in URL cannot contain colon")
        case .none: break
        case .found(let name, let behind):
            scheme = name
            rest = behind
        }
        if let question = rest.firstIndex(of: "?") {
            query = String(rest[rest.index(after: question)...])
            rest = rest[..<question]
        }
        if !rest.hasPrefix("/") {
            if scheme.isEmpty { throw problem("invalid URI for request") }
            // Opaque: `mailto:a@b` has neither host nor path.
            return
        }
        if rest.hasPrefix("//"), !scheme.isEmpty || !rest.hasPrefix("///") {
            let authority = rest.dropFirst(2).prefix { $0 != "/" }
            rest = rest.dropFirst(2 + authority.count)
            host = try Self.host(authority, problem)
        }
        guard let complaint = Self.invalidEscape(rest) else {
            path = String(rest)
            return
        }
        throw problem("invalid URL escape \(GoQuote.quote(complaint))")
    }

    private enum Scheme {
        case none
        case missing
        case invalid
        case found(String, Substring)
    }

    private static func scheme(_ text: Substring) -> Scheme {
        for (offset, byte) in text.utf8.enumerated() {
            switch byte {
            case 0x41...0x5A, 0x61...0x7A: continue
            case 0x30...0x39, UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
                if offset == 0 { return .none }
            case UInt8(ascii: ":"):
                if offset == 0 { return .missing }
                let colon = text.utf8.index(text.startIndex, offsetBy: offset)
                return .found(text[..<colon].lowercased(), text[text.utf8.index(after: colon)...])
            default: return .none
            }
        }
        return .none
    }

    private static func host(_ authority: Substring, _ problem: (String) -> Problem) throws(Problem) -> String {
        var host = authority
        if let at = host.lastIndex(of: "@") { host = host[host.index(after: at)...] }
        var port: Substring = ""
        if host.hasPrefix("[") {
            guard let close = host.lastIndex(of: "]") else { throw problem("missing ']' in host") }
            port = host[host.index(after: close)...]
        } else if let colon = host.lastIndex(of: ":") {
            port = host[colon...]
        }
        let digits = port.dropFirst()
        guard port.isEmpty || (port.hasPrefix(":") && digits.utf8.allSatisfy { (0x30...0x39).contains($0) }) else {
            throw problem("invalid port \(GoQuote.quote(String(port))) after host")
        }
        for scalar in host.unicodeScalars where " \"<>\\^`{}|".unicodeScalars.contains(scalar) {
            throw problem("invalid character \(GoQuote.quote(String(Character(scalar)))) in host name")
        }
        return String(host)
    }

    private static func invalidEscape(_ text: Substring) -> String? {
        let bytes = Array(text.utf8)
        for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "%") {
            let digits = bytes[(index + 1)...].prefix(2)
            if digits.count < 2 || !digits.allSatisfy({ (Escape.digit($0) ?? 99) < 16 }) {
                return String(decoding: bytes[index...].prefix(3), as: UTF8.self)
            }
        }
        return nil
    }

    /// Without the port and the brackets of IPv6.
    var hostname: String {
        if host.hasPrefix("["), let close = host.firstIndex(of: "]") {
            return String(host[host.index(after: host.startIndex)..<close])
        }
        return host.lastIndex(of: ":").map { String(host[..<$0]) } ?? host
    }

    var port: String {
        if host.hasPrefix("["), let close = host.firstIndex(of: "]") {
            return String(host[host.index(after: close)...].dropFirst())
        }
        return host.lastIndex(of: ":").map { String(host[host.index(after: $0)...]) } ?? ""
    }

    /// The path with everything escaped that must be.
    var escapedPath: String { Self.escape(path) }

    private static func escape(_ text: String) -> String {
        let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~!$&'()*+,;=:@/[]%".utf8)
        return text.utf8.map { plain.contains($0) ? String(UnicodeScalar($0)) : "%" + FormattedValue.hex([$0], true) }
            .joined()
    }

    /// The query's values by key; pairs that cannot be decoded are left out, as in Go.
    var queryValues: [(key: String, values: [String])] {
        var result: [(key: String, values: [String])] = []
        for pair in query.split(separator: "&") where !pair.contains(";") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let key = Self.decode(parts[0]), let value = Self.decode(parts.count > 1 ? parts[1] : "") else {
                continue
            }
            if let index = result.firstIndex(where: { UTF8Order.isEqual($0.key, key) }) {
                result[index].values.append(value)
            } else {
                result.append((key, [value]))
            }
        }
        return result
    }

    private static func decode(_ text: Substring) -> String? {
        guard invalidEscape(text) == nil else { return nil }
        var result: [UInt8] = []
        let bytes = Array(text.utf8)
        var index = 0
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "+"): result.append(0x20)
            case UInt8(ascii: "%"):
                let high = Escape.digit(bytes[index + 1]) ?? 0
                result.append(UInt8(high * 16 + (Escape.digit(bytes[index + 2]) ?? 0)))
                index += 2
            default: result.append(bytes[index])
            }
            index += 1
        }
        return String(decoding: result, as: UTF8.self)
    }
}

struct URLValue: CELOpaque {
    static let type = CELType.object("kubernetes.URL")
    let url: ParsedURL
    var celType: CELType { Self.type }

    func isEqual(_ other: any CELOpaque) -> Bool {
        (other as? URLValue).map { UTF8Order.isEqual($0.url.text, url.text) } ?? false
    }
}

/// `url('https://example.com').getHost()`
enum URLLibrary {
    typealias Failure = CELEvaluationError

    static let functions: FunctionTable = {
        var table = FunctionTable()
        table.add(
            "url",
            .one("string_to_url", "(string) kubernetes.URL") { value throws(Failure) in
                do throws(ParsedURL.Problem) {
                    return .opaque(URLValue(url: try ParsedURL(value.stringValue ?? "")))
                } catch {
                    throw Failure("URL parse error during conversion from string: \(error.text)")
                }
            })
        table.add(
            "isURL",
            .one("is_url_string", "(string) bool") { value throws(Failure) in
                .bool((try? ParsedURL(value.stringValue ?? "")) != nil)
            })
        let parts: [(String, String, @Sendable (ParsedURL) -> String)] = [
            ("getScheme", "url_get_scheme", \.scheme), ("getHost", "url_get_host", \.host),
            ("getHostname", "url_get_hostname", \.hostname), ("getPort", "url_get_port", \.port),
            ("getEscapedPath", "url_get_escaped_path", \.escapedPath),
        ]
        for (name, id, part) in parts {
            table.add(
                name,
                .one(id, "kubernetes.URL.() string") { value throws(Failure) in .string(part(try url(value))) })
        }
        table.add(
            "getQuery",
            .one("url_get_query", "kubernetes.URL.() map(string, list(string))") { value throws(Failure) in
                let pairs = try url(value).queryValues.map { pair in
                    (CELValue.string(pair.key), CELValue.list(.values(pair.values.map { .string($0) })))
                }
                return .map(.entries(MapEntries(pairs)))
            })
        return table
    }()

    private static func url(_ value: CELValue) throws(Failure) -> ParsedURL {
        guard case .opaque(let value as URLValue) = value else { throw Failure("no such overload") }
        return value.url
    }
}

import HTTPCore
import NIOHPACK

/// Header fields between their plain form and HPACK.
enum HTTP2Fields {
    /// The head of a response; nil where a field must not go on the wire.
    static func response(_ response: HTTPResponse, isHead: Bool) -> HPACKHeaders? {
        guard response.headers.isSendable else { return nil }
        var block = HPACKHeaders()
        block.reserveCapacity(response.headers.count + 4)
        block.add(name: ":status", value: String(response.status.rawValue))
        append(response.headers, to: &block)
        if !response.headers.contains("date") {
            block.add(name: "date", value: HTTPDate.now, indexing: .indexable)
        }
        if let length = response.knownLength, !response.headers.contains("content-length") {
            block.add(name: "content-length", value: String(length), indexing: .nonIndexable)
        }
        return block
    }

    /// Trailer fields; nil where one must not go on the wire.
    static func trailers(_ headers: HTTPHeaders) -> HPACKHeaders? {
        guard headers.isSendable else { return nil }
        var block = HPACKHeaders()
        append(headers, to: &block)
        return block
    }

    static func plain(_ block: HPACKHeaders) -> HTTPHeaders {
        var headers = HTTPHeaders()
        for (name, value, _) in block where name.utf8.first != UInt8(ascii: ":") {
            headers.append(name, value)
        }
        return headers
    }

    private static func append(_ headers: HTTPHeaders, to block: inout HPACKHeaders) {
        for field in headers {
            let name = field.name.utf8.contains(where: { $0 &- 0x41 < 26 }) ? field.name.lowercased() : field.name
            switch name {
            case "connection", "keep-alive", "transfer-encoding", "upgrade", "proxy-connection":
                // These speak about an HTTP/1.1 connection (RFC 9113 §8.2.2).
                continue
            case "content-length", "audit-id", "etag", "location":
                // Different in every message: indexing them would only push others out of the table.
                block.add(name: name, value: field.value, indexing: .nonIndexable)
            default:
                block.add(name: name, value: field.value)
            }
        }
    }
}

extension HTTPResponse {
    /// The body's length where it is known before sending; nil where it is not, or where the status has no body.
    var knownLength: Int? {
        guard status.allowsBody else { return nil }
        return switch body {
        case .empty: 0
        case .bytes(let buffer): buffer.readableBytes
        case .chunks(let buffers): buffers.reduce(0) { $0 + $1.readableBytes }
        case .stream, .push, .upgrade: nil
        }
    }
}

/// A request's target taken apart.
enum RequestTarget {
    /// Path and query as sent. The absolute form proxies get (RFC 9112 §3.2.2) loses its scheme and authority.
    static func split(_ target: String) -> (path: String, query: String?) {
        var target = Substring(target)
        if target.utf8.first != UInt8(ascii: "/"), let scheme = target.range(ofScheme: "://") {
            let rest = target[scheme...]
            if let slash = rest.utf8.firstIndex(where: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") }) {
                target = rest[slash...]
            } else {
                target = "/"
            }
        }
        guard let mark = target.utf8.firstIndex(of: UInt8(ascii: "?")) else { return (String(target), nil) }
        let path = target[..<mark]
        return (path.isEmpty ? "/" : String(path), String(target[target.utf8.index(after: mark)...]))
    }
}

extension Substring {
    /// Where what follows `separator` begins, nil where it does not occur before any "/" or "?".
    fileprivate func range(ofScheme separator: String) -> Index? {
        var index = startIndex
        while index < endIndex, self[index].isLetter || self[index].isNumber || self[index] == "+" {
            index = self.index(after: index)
        }
        guard index > startIndex, self[index...].hasPrefix(separator) else { return nil }
        return self.index(index, offsetBy: separator.count)
    }
}

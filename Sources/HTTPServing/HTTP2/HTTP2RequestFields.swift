import HTTPCore
import NIOHPACK

/// What a client's header fields must be (RFC 9113 §8.2, §8.3), and the request they make.
enum HTTP2RequestFields {
    typealias Block = HPACKHeaders

    /// nil where the fields make no request.
    static func request(_ block: Block, connection: HTTPConnectionInfo) -> HTTPRequest? {
        var headers = HTTPHeaders()
        headers.reserveCapacity(block.count)
        var method: String?
        var target: String?
        var scheme: String?
        var authority: String?
        var isPseudo = true
        for (name, value, _) in block {
            guard isValue(value) else { return nil }
            if name.utf8.first == UInt8(ascii: ":") {
                guard isPseudo else { return nil }
                switch name {
                case ":method" where method == nil: method = value
                case ":path" where target == nil: target = value
                case ":scheme" where scheme == nil: scheme = value
                case ":authority" where authority == nil: authority = value
                default: return nil
                }
            } else {
                isPseudo = false
                guard isName(name), isAllowed(name, value) else { return nil }
                headers.append(name, value)
            }
        }
        guard let method, !method.isEmpty, method != "CONNECT", let target, !target.isEmpty, scheme != nil else {
            return nil
        }
        let host = authority ?? ""
        let (path, query) = RequestTarget.split(target)
        return HTTPRequest(
            method: HTTPMethod(rawValue: method), path: path, query: query,
            authority: host.isEmpty ? headers["host"] ?? "" : host, headers: headers, httpVersion: .http2,
            connection: connection)
    }

    /// nil where they are none.
    static func trailers(_ block: Block) -> HTTPHeaders? {
        var headers = HTTPHeaders()
        for (name, value, _) in block {
            guard isName(name), isValue(value), isAllowed(name, value) else { return nil }
            headers.append(name, value)
        }
        return headers
    }

    /// Lower-case tokens only: no pseudo-header, nothing that could end a line of HTTP/1.1.
    private static func isName(_ name: String) -> Bool {
        !name.isEmpty
            && name.utf8.allSatisfy { byte in
                switch byte {
                case 0x61...0x7A, 0x30...0x39: true
                case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "#"),
                    UInt8(ascii: "$"), UInt8(ascii: "%"), UInt8(ascii: "&"), UInt8(ascii: "'"), UInt8(ascii: "*"),
                    UInt8(ascii: "+"), UInt8(ascii: "^"), UInt8(ascii: "`"), UInt8(ascii: "|"), UInt8(ascii: "~"):
                    true
                default: false
                }
            }
    }

    private static func isValue(_ value: String) -> Bool {
        !value.utf8.contains { $0 == 0 || $0 == 0x0A || $0 == 0x0D }
    }

    /// Fields that speak about an HTTP/1.1 connection make a request malformed (RFC 9113 §8.2.2).
    private static func isAllowed(_ name: String, _ value: String) -> Bool {
        switch name {
        case "connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade": false
        case "te": value == "trailers"
        default: true
        }
    }
}

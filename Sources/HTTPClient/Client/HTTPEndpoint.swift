/// Where a server is: what connections are pooled by.
package enum HTTPEndpoint: Hashable, Sendable, CustomStringConvertible {
    /// TLS over TCP.
    case https(host: String, port: Int = 443)
    /// TCP without TLS.
    case http(host: String, port: Int = 80)
    /// A unix socket, without TLS; `authority` is what the `Host` field says.
    case unix(path: String, authority: String = "localhost")

    package var isSecure: Bool {
        switch self {
        case .https: true
        case .http, .unix: false
        }
    }

    /// The `Host` field: the port is left out where it is the scheme's own.
    package var authority: String {
        switch self {
        case .https(let host, let port): Self.authority(host, port, standard: 443)
        case .http(let host, let port): Self.authority(host, port, standard: 80)
        case .unix(_, let authority): authority
        }
    }

    package var description: String {
        switch self {
        case .https(let host, let port): "https://\(host):\(port)"
        case .http(let host, let port): "http://\(host):\(port)"
        case .unix(let path, _): "unix:\(path)"
        }
    }

    private static func authority(_ host: String, _ port: Int, standard: Int) -> String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == standard ? name : "\(name):\(port)"
    }

    /// Takes `https://host:port/path?query` apart into endpoint and target; nil for anything but http and https.
    package static func parse(_ url: String) -> (endpoint: HTTPEndpoint, target: String)? {
        let secure: Bool
        var rest: Substring
        if url.hasPrefix("https://") {
            secure = true
            rest = url.dropFirst(8)
        } else if url.hasPrefix("http://") {
            secure = false
            rest = url.dropFirst(7)
        } else {
            return nil
        }
        let end = rest.firstIndex { $0 == "/" || $0 == "?" || $0 == "#" } ?? rest.endIndex
        var target = String(rest[end...].prefix { $0 != "#" })
        if !target.hasPrefix("/") { target = "/" + target }
        rest = rest[..<end]
        guard !rest.contains("@"), !target.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7f }) else { return nil }
        var host = rest
        var port = secure ? 443 : 80
        if rest.hasPrefix("[") {
            guard let close = rest.firstIndex(of: "]") else { return nil }
            host = rest[rest.index(after: rest.startIndex)..<close]
            let tail = rest[rest.index(after: close)...]
            if !tail.isEmpty {
                guard tail.hasPrefix(":"), let number = Int(tail.dropFirst()) else { return nil }
                port = number
            }
        } else if let colon = rest.lastIndex(of: ":") {
            guard let number = Int(rest[rest.index(after: colon)...]) else { return nil }
            host = rest[..<colon]
            port = number
        }
        guard !host.isEmpty, (1...65535).contains(port) else { return nil }
        let name = String(host)
        return (secure ? .https(host: name, port: port) : .http(host: name, port: port), target)
    }
}

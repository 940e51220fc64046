import HTTPCore
import Inference
import Machinery

/// A condition of a route's rule: all that it says must hold.
///
/// Source: Gateway API v1, HTTPRouteMatch.
struct RouteMatch: Sendable, Hashable {
    enum Path: Sendable, Hashable {
        case exact(String)
        /// Without a slash at its end; matches whole segments.
        case prefix(String)

        func matches(_ path: String) -> Bool {
            switch self {
            case .exact(let exact): path == exact
            case .prefix(let prefix):
                path.hasPrefix(prefix)
                    && (path.utf8.count == prefix.utf8.count || path.dropFirst(prefix.count).first == "/")
            }
        }

        /// An exact path goes before prefixes, a longer prefix before a shorter one.
        var rank: Int {
            switch self {
            case .exact: .max
            case .prefix(let prefix): prefix.utf8.count
            }
        }
    }

    struct Pair: Sendable, Hashable {
        let name: String
        let value: String
    }

    let path: Path
    let method: String?
    /// Besides the model's.
    let headers: [Pair]
    /// The value of the header `X-Gateway-Model-Name`.
    let model: String?
    let query: [Pair]

    /// Why a match is not understood; then it matches nothing.
    struct Unsupported: Error { let description: String }

    init(_ json: JSONObject) throws(Unsupported) {
        let path = json["path"]?.objectValue
        let value = path?.string("value") ?? "/"
        switch path?.string("type") ?? "PathPrefix" {
        case "Exact": self.path = .exact(value)
        case "PathPrefix": self.path = .prefix(value.hasSuffix("/") ? String(value.dropLast()) : value)
        case let type: throw Unsupported(description: "path type \(type)")
        }
        method = json.string("method")
        let all = try Self.pairs(json.values("headers"))
        model = all.first { HTTPHeaders.equal($0.name, InferenceNames.modelHeader) }?.value
        headers = all.filter { !HTTPHeaders.equal($0.name, InferenceNames.modelHeader) }
        query = try Self.pairs(json.values("queryParams"))
    }

    private static func pairs(_ values: [JSON]) throws(Unsupported) -> [Pair] {
        var pairs: [Pair] = []
        for value in values {
            let object = value.objectValue ?? JSONObject()
            if let type = object.string("type"), type != "Exact" {
                throw Unsupported(description: "match type \(type)")
            }
            let name = object.string("name") ?? ""
            // Of several for one name only the first counts.
            if pairs.contains(where: { HTTPHeaders.equal($0.name, name) }) { continue }
            pairs.append(Pair(name: name, value: object.string("value") ?? ""))
        }
        return pairs
    }

    func matches(_ request: RouteRequest) -> Bool {
        guard model == nil || model == request.model, path.matches(request.path) else { return false }
        if let method, method != request.method { return false }
        return headers.allSatisfy { pair in request.headers[pair.name] == pair.value }
            && query.allSatisfy { pair in request.parameter(pair.name) == pair.value }
    }

    /// What goes first, the greater the sooner, compared from the left.
    var rank: [Int] {
        [path.rank, method == nil ? 0 : 1, headers.count + (model == nil ? 0 : 1), query.count]
    }
}

/// What routes look at of a request.
package struct RouteRequest: Sendable {
    package let host: String
    package let path: String
    package let method: String
    package let headers: HTTPHeaders
    package let query: String?
    package let model: String?

    package init(
        host: String = "", path: String, method: String = "POST", headers: HTTPHeaders = HTTPHeaders(),
        query: String? = nil, model: String? = nil
    ) {
        // Without the port, which an IPv6 address in brackets has behind them.
        let end = host.lastIndex(of: ":").flatMap { host[$0...].contains("]") ? nil : $0 }
        self.host = String(end.map { host[..<$0] } ?? host[...]).lowercased()
        self.path = path
        self.method = method
        self.headers = headers
        self.query = query
        self.model = model
    }

    func parameter(_ name: String) -> String? {
        for part in (query ?? "").split(separator: "&") {
            let pair = part.split(separator: "=", maxSplits: 1)
            guard let key = pair.first, PercentEncoding.decode(key, plusIsSpace: true) == name else { continue }
            return pair.count > 1 ? PercentEncoding.decode(pair[1], plusIsSpace: true) : ""
        }
        return nil
    }
}

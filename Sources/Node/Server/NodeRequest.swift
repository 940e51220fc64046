import HTTPCore

/// The words of a request to the node's API: its path's segments and its query's values, percent-decoded.
struct NodeRequest: Sendable {
    let segments: [String]
    private let items: [(name: String, value: String)]

    /// - Throws: `NodeServerError` 400 for wrong percent-encoding.
    init(path: String, query: String?) throws(NodeServerError) {
        var segments: [String] = []
        for segment in path.split(separator: "/") {
            segments.append(try Self.decode(segment, plusIsSpace: false))
        }
        var items: [(String, String)] = []
        for item in (query ?? "").split(separator: "&") {
            let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let value = parts.count > 1 ? try Self.decode(parts[1], plusIsSpace: true) : ""
            items.append((try Self.decode(parts[0], plusIsSpace: true), value))
        }
        self.segments = segments
        self.items = items
    }

    /// Every value of a name, in order.
    func values(_ name: String) -> [String] { items.filter { $0.name == name }.map(\.value) }

    func value(_ name: String) -> String? { items.first { $0.name == name }?.value }

    /// As Kubernetes reads flags in queries: a name alone is true, and so is any value but `false` and `0`.
    func flag(_ names: String...) -> Bool {
        for name in names {
            guard let value = value(name) else { continue }
            return value != "false" && value != "0"
        }
        return false
    }

    /// A number no smaller than `minimum`; nil where the query has none.
    /// - Throws: `NodeServerError`: 400 for anything else, 422 for a smaller one.
    func number(_ name: String, minimum: Int) throws(NodeServerError) -> Int? {
        guard let text = value(name) else { return nil }
        guard let number = Int(text) else { throw .undecodableQuery }
        guard number >= minimum else {
            throw NodeServerError(.unprocessableContent, "\(name) must be greater than or equal to \(minimum)")
        }
        return number
    }

    private static func decode(_ text: Substring, plusIsSpace: Bool) throws(NodeServerError) -> String {
        guard let decoded = PercentEncoding.decode(Substring(text), plusIsSpace: plusIsSpace) else {
            throw NodeServerError(.badRequest, "invalid percent-encoding in \"\(text)\"")
        }
        return decoded
    }
}

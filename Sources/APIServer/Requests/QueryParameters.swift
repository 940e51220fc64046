import HTTPCore

/// The decoded query of a request, in the order sent.
package struct QueryParameters: Sendable {
    package private(set) var pairs: [(name: String, value: String)]

    package init(_ pairs: [(name: String, value: String)] = []) {
        self.pairs = pairs
    }

    /// Decodes `a=b&c=%20d+e`; `nil` for malformed percent-encoding or text that is not UTF-8.
    package init?(decoding query: String?) {
        pairs = []
        guard let query, !query.isEmpty else { return }
        for part in query.utf8.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: true) {
            let equals = part.firstIndex(of: UInt8(ascii: "="))
            guard let name = PercentEncoding.decode(Substring(part[..<(equals ?? part.endIndex)]), plusIsSpace: true),
                let value = equals.map({
                    PercentEncoding.decode(Substring(part[part.index(after: $0)...]), plusIsSpace: true)
                }) ?? .some("")
            else { return nil }
            pairs.append((name, value))
        }
    }

    package subscript(name: String) -> String? {
        pairs.first { $0.name == name }?.value
    }

    package func all(_ name: String) -> [String] {
        pairs.filter { $0.name == name }.map(\.value)
    }

    package var isEmpty: Bool { pairs.isEmpty }
}

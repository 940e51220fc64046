import Machinery
import PKI

/// What an extension server told of the form of its resources.
struct RemoteOpenAPI: Hashable, Sendable {
    /// Names the document of version 3; `nil` where the server has none.
    private(set) var hash: String?
    /// Paths and definitions of version 2, those of the group version only.
    private(set) var paths = JSONObject()
    private(set) var definitions = JSONObject()
    /// The entity tag of the document of version 2.
    private(set) var tag = ""

    init() {}

    /// Takes the index of the server's documents of version 3.
    mutating func take(index: [UInt8], _ path: String) {
        let entry = (try? JSON(parsing: index))?["paths"]?[String(path.dropFirst())]
        // An index that cannot be read names nothing.
        guard let address = entry?["serverRelativeURL"]?.stringValue else {
            hash = nil
            return
        }
        // Servers name their documents by a hash of their own; one that does not is named by its address.
        hash =
            address.split(separator: "?").last.flatMap { query in
                query.split(separator: "&").first { $0.hasPrefix("hash=") }.map { String($0.dropFirst(5)) }
            } ?? Self.digest(Array(address.utf8))
    }

    mutating func forgetIndex() { hash = nil }

    /// Takes the document of version 2.
    mutating func take(document: [UInt8], tag: String, _ path: String) throws(WebhookCallError) {
        let swagger: JSON
        do {
            swagger = try JSON(parsing: document)
        } catch {
            throw WebhookCallError("the OpenAPI document is no JSON: \(error)")
        }
        var kept = JSONObject()
        for (name, item) in swagger["paths"]?.objectValue ?? JSONObject()
        where name == path || name == path + "/" || name.hasPrefix(path + "/") {
            kept[name] = item
        }
        paths = kept
        definitions = SwaggerDefinitions.reachable(
            from: .object(kept), in: swagger["definitions"]?.objectValue ?? JSONObject())
        self.tag = tag
    }

    mutating func forgetDocument() {
        paths = JSONObject()
        definitions = JSONObject()
        tag = ""
    }

    /// Names everything of it.
    var fingerprint: [UInt8] { Array((hash ?? "").utf8) + paths.encoded() + definitions.encoded() }

    static func digest(_ bytes: [UInt8]) -> String {
        Digest.sha256(bytes).prefix(16).map { String(UInt16($0) + 256, radix: 16).dropFirst() }.joined()
    }
}

import Machinery
import PKI

/// Where a paged list goes on: a revision and the last key sent. Opaque to clients.
///
/// A list of pages is the state at one revision for as long as its tokens live, counted from the first page. After that
/// the client is told so and given a token for the rest as it is now: a list that is complete in keys, but not the
/// state of any one moment.
struct ContinueToken: Sendable {
    /// How long after the first page a list can go on at that page's revision, in seconds.
    static let lifetime: Int64 = 300

    /// The state that the pages show; `nil` for whatever is current.
    let revision: UInt64?
    let namespace: String
    let name: String
    /// When the first page was made, in seconds since the epoch.
    let issued: Int64

    init(revision: UInt64?, namespace: String, name: String, issued: Int64) {
        self.revision = revision
        self.namespace = namespace
        self.name = name
        self.issued = issued
    }

    init(decoding text: String) throws(StatusError) {
        guard let bytes = try? Base64.url.decode(text), let json = try? JSON(parsing: bytes),
            json["v"]?.stringValue == "meta.k8s.io/v1", let revision = json["rv"]?.intValue,
            revision > 0 || revision == -1, let start = json["start"]?.stringValue,
            let slash = start.firstIndex(of: "/")
        else { throw StatusError.badRequest("continue key is not valid: encoding is not valid") }
        self.revision = revision > 0 ? UInt64(revision) : nil
        namespace = String(start[..<slash])
        name = String(start[start.index(after: slash)...])
        issued = json["t"]?.intValue ?? 0
    }

    var encoded: String {
        let json: JSONObject = [
            "v": "meta.k8s.io/v1", "rv": .int(revision.map { Int64(clamping: $0) } ?? -1),
            "start": .string("\(namespace)/\(name)"), "t": .int(issued),
        ]
        return Base64.url.encode(json.encoded())
    }

    func isExpired(at now: Timestamp) -> Bool { now.seconds - issued > Self.lifetime }

    /// That the state the list began with is no longer kept, with a token for the rest as it is now.
    var expired: StatusError {
        var error = StatusError.expired(
            "The provided continue parameter is too old to display a consistent list result. You can start a new list "
                + "without the continue parameter, or use the continue token in this response to retrieve the "
                + "remainder of the results. Continuing with the provided token results in an inconsistent list - "
                + "objects that were created, modified, or deleted between the time the first chunk was returned and "
                + "now may show up in the list.")
        error.continuation = ContinueToken(revision: nil, namespace: namespace, name: name, issued: 0).encoded
        return error
    }
}

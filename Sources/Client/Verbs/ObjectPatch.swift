import Machinery

/// A change of an object, in one of the forms the API takes.
package enum ObjectPatch: Sendable {
    /// RFC 6902: an array of operations.
    case json(JSON)
    /// RFC 7386.
    case merge(JSON)
    /// Kubernetes' strategic merge: lists merge by the keys their schema names.
    case strategic(JSON)
    /// Server-side apply: the fields this manager wants; `force` takes them from other managers.
    case apply(JSON, force: Bool)

    var contentType: String {
        switch self {
        case .json: "application/json-patch+json"
        case .merge: "application/merge-patch+json"
        case .strategic: "application/strategic-merge-patch+json"
        case .apply: "application/apply-patch+yaml"
        }
    }

    var body: [UInt8] {
        switch self {
        case .json(let value), .merge(let value), .strategic(let value), .apply(let value, _): value.encoded()
        }
    }
}

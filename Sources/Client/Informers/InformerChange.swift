/// What happened to an object, as an informer tells it.
package enum InformerChange<Object: Sendable>: Sendable {
    case added(Object)
    case updated(old: Object, new: Object)
    /// With the last state that was seen.
    case deleted(Object)

    /// The newest state known.
    package var object: Object {
        switch self {
        case .added(let object), .updated(_, let object), .deleted(let object): object
        }
    }
}

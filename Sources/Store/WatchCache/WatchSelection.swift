/// A test of objects. Watchers that use the same filter (the same object, not an equal one) share its evaluation, so
/// keep one for each selector text in use.
package final class WatchFilter: Sendable {
    let matches: @Sendable (StoredObject) -> Bool

    /// - Parameter matches: must be quick and always give the same answer for the same object.
    package init(_ matches: @escaping @Sendable (StoredObject) -> Bool) { self.matches = matches }
}

/// What a watcher wants to see of a bucket.
///
/// Namespace and field are looked up in an index: watchers of other namespaces or field values cost a change nothing.
/// A filter is called for each change its watcher's namespace and field let through.
package struct WatchSelection: Sendable {
    /// One namespace, or nil for all.
    package var namespace: String?
    /// A field that must have this value, such as `spec.nodeName` or `metadata.name`; a missing field counts as empty.
    package var field: FieldPair?
    package var filter: WatchFilter?

    package init(namespace: String? = nil, field: FieldPair? = nil, filter: WatchFilter? = nil) {
        self.namespace = namespace
        self.field = field
        self.filter = filter
    }

    var isEverything: Bool { namespace == nil && field == nil && filter == nil }

    package func matches(_ object: StoredObject) -> Bool {
        if let namespace, namespace != object.key.namespace { return false }
        if let field, (object.field(field.name) ?? "") != field.value { return false }
        return filter?.matches(object) ?? true
    }

    /// What a watcher with this selection sees of a change, as in Kubernetes: an object that starts to match is ADDED,
    /// one that stops is DELETED with its last matching state and the revision of the change.
    package func view(of event: StoreEvent) -> StoreEvent? {
        if isEverything { return event }
        let matched = event.previous.map(matches) ?? false
        let matches = event.type != .deleted && matches(event.object)
        return switch (matched, matches) {
        case (false, false): nil
        case (false, true): event.entering
        case (true, false): event.leaving
        case (true, true): event
        }
    }
}

extension WatchSelection: Equatable {
    package static func == (left: WatchSelection, right: WatchSelection) -> Bool {
        left.namespace == right.namespace && left.field == right.field && left.filter === right.filter
    }
}

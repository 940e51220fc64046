import Machinery
import Store
import Synchronization

/// One filter per selector in use, so that the watch cache evaluates it once for all who share it.
package final class WatchFilters: Sendable {
    /// Beyond this many selectors all are forgotten; watches that run keep theirs.
    private static let capacity = 4096
    private let filters = Mutex<[String: WatchFilter]>([:])

    package init() {}

    func filter(labels: Selector, fields: FieldSelector) -> WatchFilter? {
        if labels.isEverything, fields.isEverything { return nil }
        let key = "\(labels)\u{0}\(fields)"
        return filters.withLock { filters in
            if let filter = filters[key] { return filter }
            if filters.count >= Self.capacity { filters.removeAll() }
            let screen = LabelScreen(labels)
            let filter = WatchFilter { object in
                (labels.isEverything || screen.lets(object) && labels.matches { object.header.label($0) })
                    && (fields.isEverything || fields.matches { object.field($0) })
            }
            filters[key] = filter
            return filter
        }
    }
}

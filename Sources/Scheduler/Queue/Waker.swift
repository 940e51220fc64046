/// What may let a waiting pod be tried again: kinds of changes and, where one object alone stands in the way, that one.
package struct Waker: Hashable, Sendable {
    package var events: ClusterEvents
    /// Changes that name another object than this one help nobody who waits for it; `nil` for any.
    package var object: String?

    package init(_ events: ClusterEvents, object: String? = nil) {
        self.events = events
        self.object = object
    }
}

/// What keeps a pod from being queued at all, and what may change that.
package struct QueueGate: Hashable, Sendable {
    package let plugin: PluginName
    package let waker: Waker

    package init(_ plugin: PluginName, _ waker: Waker) {
        self.plugin = plugin
        self.waker = waker
    }
}

/// Waiting pods by what may wake them. Most changes concern none of them, and are then told by a few comparisons; of
/// thousands that wait for objects of their own, a change of one object finds those that wait for it at once.
struct WakerIndex: Sendable {
    private struct Sleepers: Sendable {
        var any: Set<String> = []
        var byObject: [String: Set<String>] = [:]

        var isEmpty: Bool { any.isEmpty && byObject.isEmpty }

        func candidates(_ object: String?) -> [String] {
            guard let object else { return byObject.values.reduce(into: Array(any)) { $0 += $1 } }
            return Array(any) + (byObject[object] ?? [])
        }
    }

    private var byEvents: [ClusterEvents: Sleepers] = [:]
    private var wakers: [String: Waker] = [:]

    func waker(of uid: String) -> Waker? { wakers[uid] }

    mutating func insert(_ uid: String, _ waker: Waker) {
        remove(uid)
        wakers[uid] = waker
        if let object = waker.object {
            byEvents[waker.events, default: Sleepers()].byObject[object, default: []].insert(uid)
        } else {
            byEvents[waker.events, default: Sleepers()].any.insert(uid)
        }
    }

    mutating func remove(_ uid: String) {
        guard let waker = wakers.removeValue(forKey: uid) else { return }
        if let object = waker.object {
            byEvents[waker.events]?.byObject[object]?.remove(uid)
            if byEvents[waker.events]?.byObject[object]?.isEmpty ?? false {
                byEvents[waker.events]?.byObject[object] = nil
            }
        } else {
            byEvents[waker.events]?.any.remove(uid)
        }
        if byEvents[waker.events]?.isEmpty ?? false { byEvents[waker.events] = nil }
    }

    func concerns(_ events: ClusterEvents) -> Bool { byEvents.keys.contains { !$0.isDisjoint(with: events) } }

    /// The pods that a change may help.
    func candidates(_ events: ClusterEvents, _ object: String?) -> [String] {
        var candidates: [String] = []
        for (key, sleepers) in byEvents where !key.isDisjoint(with: events) {
            candidates += sleepers.candidates(object)
        }
        return candidates
    }
}

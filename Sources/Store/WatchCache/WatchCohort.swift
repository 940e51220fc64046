/// Watchers with the same selection: a change is matched once for all of them.
struct WatchCohort: Sendable {
    let selection: WatchSelection
    /// Changes up to this revision are left out: a watch that starts in the future; 0 for all others.
    let after: UInt64
    private(set) var members: [(group: WatchGroup, ids: [SubscriberID])] = []

    init(selection: WatchSelection, after: UInt64) {
        self.selection = selection
        self.after = after
    }

    mutating func add(_ id: SubscriberID, of group: WatchGroup) {
        if let index = members.firstIndex(where: { $0.group === group }) {
            members[index].ids.insert(id, at: members[index].ids.partition(before: id))
        } else {
            members.append((group, [id]))
        }
    }

    /// False when it is not a member.
    mutating func remove(_ id: SubscriberID, of group: WatchGroup) -> Bool {
        guard let index = members.firstIndex(where: { $0.group === group }) else { return false }
        let place = members[index].ids.partition(before: id)
        guard place < members[index].ids.count, members[index].ids[place] == id else { return false }
        members[index].ids.remove(at: place)
        if members[index].ids.isEmpty { members.remove(at: index) }
        return true
    }

    func match(_ event: StoreEvent, into deliveries: inout WatchDeliveries) {
        guard event.revision > after, let view = selection.view(of: event) else { return }
        for member in members { deliveries.add(view, to: member.ids, of: member.group) }
    }
}

/// What one commit brings to each group.
struct WatchDeliveries {
    private var groups: [(group: WatchGroup, deliveries: [WatchDelivery])] = []

    mutating func add(_ event: StoreEvent, to subscribers: [SubscriberID], of group: WatchGroup) {
        let delivery = WatchDelivery(event: event, subscribers: subscribers)
        if let index = groups.firstIndex(where: { $0.group === group }) {
            groups[index].deliveries.append(delivery)
        } else {
            groups.append((group, [delivery]))
        }
    }

    func send() {
        for (group, deliveries) in groups { group.deliver(deliveries) }
    }
}

extension [SubscriberID] {
    /// How many come before `id`, in a list in order.
    fileprivate func partition(before id: SubscriberID) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < id { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

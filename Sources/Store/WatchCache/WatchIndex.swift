/// The cohorts of a bucket, found by what a change is about.
struct WatchIndex: Sendable {
    private var everywhere: [WatchCohort] = []
    private var byNamespace: [String: [WatchCohort]] = [:]
    /// By field name, then value. Cohorts with a field and a namespace are here.
    private var byField: [String: [String: [WatchCohort]]] = [:]
    private(set) var count = 0

    mutating func add(_ subscription: Subscription) {
        count += 1
        edit(subscription.selection) { cohorts in
            let place = cohorts.firstIndex {
                $0.after == subscription.after && $0.selection == subscription.selection
            }
            guard let place else {
                var cohort = WatchCohort(selection: subscription.selection, after: subscription.after)
                cohort.add(subscription.id, of: subscription.group)
                cohorts.append(cohort)
                return
            }
            cohorts[place].add(subscription.id, of: subscription.group)
        }
    }

    /// Does nothing when the subscription has been removed before.
    mutating func remove(_ subscription: Subscription) {
        var isRemoved = false
        edit(subscription.selection) { cohorts in
            let place = cohorts.firstIndex {
                $0.after == subscription.after && $0.selection == subscription.selection
            }
            guard let place else { return }
            isRemoved = cohorts[place].remove(subscription.id, of: subscription.group)
            if cohorts[place].members.isEmpty { cohorts.remove(at: place) }
        }
        if isRemoved { count -= 1 }
    }

    func match(_ event: StoreEvent, into deliveries: inout WatchDeliveries) {
        for cohort in everywhere { cohort.match(event, into: &deliveries) }
        if let cohorts = byNamespace[event.key.namespace] {
            for cohort in cohorts { cohort.match(event, into: &deliveries) }
        }
        for (field, values) in byField {
            let value = event.object.field(field) ?? ""
            if let cohorts = values[value] {
                for cohort in cohorts { cohort.match(event, into: &deliveries) }
            }
            guard let previous = event.previous.map({ $0.field(field) ?? "" }), previous != value,
                let cohorts = values[previous]
            else { continue }
            for cohort in cohorts { cohort.match(event, into: &deliveries) }
        }
    }

    private mutating func edit(_ selection: WatchSelection, _ change: (inout [WatchCohort]) -> Void) {
        if let field = selection.field {
            change(&byField[field.name, default: [:]][field.value, default: []])
            if byField[field.name]?[field.value]?.isEmpty == true { byField[field.name]?[field.value] = nil }
            if byField[field.name]?.isEmpty == true { byField[field.name] = nil }
        } else if let namespace = selection.namespace {
            change(&byNamespace[namespace, default: []])
            if byNamespace[namespace]?.isEmpty == true { byNamespace[namespace] = nil }
        } else {
            change(&everywhere)
        }
    }
}

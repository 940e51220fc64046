import KubeAPI
import Machinery

/// A term of affinity between pods: which pods, within which part of the cluster.
package struct AffinityTerm: Hashable, Sendable {
    /// Sorted.
    package let namespaces: [String]
    package let namespaceSelector: Selector
    package let selector: Selector
    package let topologyKey: String

    /// - Parameter labels: of the pod that has the term.
    package init(_ term: PodAffinityTerm, namespace: String, labels: [String: String]) {
        let own = term.namespaces.isEmpty && term.namespaceSelector == nil
        namespaces = own ? [namespace] : term.namespaces.sorted()
        // Validation has refused selectors that cannot be read; one that slipped through matches nothing.
        namespaceSelector = Selector.readable(term.namespaceSelector)
        let extra =
            term.matchLabelKeys.compactMap { key in
                labels[key].map { Selector.Requirement(trusted: key, .in, [$0]) }
            }
            + term.mismatchLabelKeys.compactMap { key in
                labels[key].map { Selector.Requirement(trusted: key, .notIn, [$0]) }
            }
        let selector = Selector.readable(term.labelSelector)
        self.selector =
            extra.isEmpty || selector.isNothing ? selector : Selector(selector.requirements + extra)
        topologyKey = term.topologyKey
    }

    /// - Parameter namespaceLabels: of the pod's namespace.
    package func matches(_ pod: PodInfo, namespaceLabels: [String: String]) -> Bool {
        guard namespaces.contains(pod.key.namespace) || selectsNamespace(namespaceLabels) else { return false }
        return selector.matches(pod.labels)
    }

    func selectsNamespace(_ labels: [String: String]) -> Bool {
        !namespaceSelector.isNothing && namespaceSelector.matches(labels)
    }
}

/// A term with its weight, negative for aversion.
package struct WeightedAffinityTerm: Hashable, Sendable {
    package let weight: Int64
    package let term: AffinityTerm
}

extension Selector {
    /// The selector of a validated object.
    static func readable(_ selector: LabelSelector?) -> Selector {
        do {
            return try Selector(labelSelector: selector?.json)
        } catch {
            return .nothing
        }
    }
}

/// The affinity terms of all placed pods, each kept once, with the number of pods that have it on each node.
package struct AffinityTermTable: Sendable {
    package enum Kind: Hashable, Sendable {
        case requiredAffinity
        case requiredAntiAffinity
        /// Negative for anti-affinity.
        case preferred(Int64)
    }

    package struct Entry: Sendable {
        package let term: AffinityTerm
        package let kind: Kind
        /// Pods by slot.
        package fileprivate(set) var pods: [Int: Int32] = [:]
    }

    private struct Key: Hashable, Sendable {
        let term: AffinityTerm
        let kind: Kind
    }

    package private(set) var entries: [Entry] = []
    private var places: [Key: Int] = [:]
    private var free: [Int] = []

    mutating func change(_ pod: PodInfo, slot: Int, by delta: Int32) {
        guard let affinity = pod.demands.affinity else { return }
        for term in affinity.required { change(term, .requiredAffinity, slot, delta) }
        for term in affinity.requiredAnti { change(term, .requiredAntiAffinity, slot, delta) }
        for term in affinity.preferred { change(term.term, .preferred(term.weight), slot, delta) }
    }

    private mutating func change(_ term: AffinityTerm, _ kind: Kind, _ slot: Int, _ delta: Int32) {
        let key = Key(term: term, kind: kind)
        let place: Int
        if let known = places[key] {
            place = known
        } else if let reused = free.popLast() {
            entries[reused] = Entry(term: term, kind: kind)
            place = reused
        } else {
            entries.append(Entry(term: term, kind: kind))
            place = entries.count - 1
        }
        places[key] = place
        let count = (entries[place].pods[slot] ?? 0) + delta
        entries[place].pods[slot] = count == 0 ? nil : count
        if entries[place].pods.isEmpty {
            places[key] = nil
            free.append(place)
        }
    }
}

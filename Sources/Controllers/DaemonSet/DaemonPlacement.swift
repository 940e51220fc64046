import KubeAPI
import Machinery

/// Compares where daemon pods are with where they belong, and what to do about it. Pure.
struct DaemonPlacement: Sendable {
    struct Actions: Sendable {
        /// Names of nodes that need a pod.
        var create: [String] = []
        var delete: [Pod] = []
        /// Pods among `delete` that ended by themselves.
        var failed: [Pod] = []
    }

    private struct Place: Sendable {
        let node: Node
        let verdict: DaemonScheduling.Verdict
        let pods: [Pod]
    }

    private let daemonSet: DaemonSet
    private let hash: String
    private let now: Timestamp
    private let places: [Place]
    private let strays: [Pod]

    init(daemonSet: DaemonSet, nodes: [Node], pods: [Pod], hash: String, now: Timestamp) {
        self.daemonSet = daemonSet
        self.hash = hash
        self.now = now
        let byNode = Dictionary(grouping: pods, by: \.targetNode)
        let names = Set(nodes.map(\.name))
        places = nodes.sorted { $0.name < $1.name }.map { node in
            Place(
                node: node, verdict: DaemonScheduling.verdict(for: node, daemonSet),
                pods: (byNode[node.name] ?? []).sorted(by: Self.isOlder))
        }
        // Of a node that is gone; those the scheduler has not placed go, the rest is the pod collector's.
        strays = pods.filter { !names.contains($0.targetNode) && $0.nodeName.isEmpty && !$0.isBeingDeleted }
    }

    private static func isOlder(_ left: Pod, _ right: Pod) -> Bool {
        guard let leftTime = left.metadata.creationTimestamp, let rightTime = right.metadata.creationTimestamp,
            leftTime != rightTime
        else { return left.name < right.name }
        return leftTime < rightTime
    }

    private var minReadySeconds: Int32 { daemonSet.spec.minReadySeconds ?? 0 }

    private func isCurrent(_ pod: Pod) -> Bool {
        pod.json["metadata"]?["labels"]?[DaemonSetController.hashLabel]?.stringValue == hash
    }

    private func isAvailable(_ pod: Pod) -> Bool { pod.isAvailable(minReadySeconds: minReadySeconds, now: now) }

    /// One pod where one belongs, none elsewhere.
    func managed() -> Actions {
        var actions = Actions(delete: strays)
        let surges = surge > 0
        for place in places {
            let living = place.pods.filter { !$0.isBeingDeleted }
            guard place.verdict.shouldContinue else {
                actions.delete += living
                continue
            }
            let ended = living.filter(\.isTerminal)
            actions.failed += ended
            actions.delete += ended
            let running = living.filter { !$0.isTerminal }
            if place.verdict.shouldRun, place.pods.isEmpty {
                actions.create.append(place.node.name)
                continue
            }
            guard running.count > 1 else { continue }
            actions.delete += surges ? superfluousWhenSurging(running) : Array(running.dropFirst())
        }
        return actions
    }

    /// While surging, the oldest old pod and the oldest new one stay together until the new one is available.
    private func superfluousWhenSurging(_ running: [Pod]) -> [Pod] {
        let old = running.filter { !isCurrent($0) }
        let new = running.filter(isCurrent)
        var superfluous = Array(old.dropFirst()) + Array(new.dropFirst())
        if let oldest = old.first, let newest = new.first, isAvailable(newest) { superfluous.append(oldest) }
        return superfluous
    }

    private var desiredCount: Int { places.count { $0.verdict.shouldRun } }

    private var surge: Int {
        guard daemonSet.updatesByRolling, let value = daemonSet.spec.updateStrategy?.rollingUpdate?.maxSurge else {
            return 0
        }
        // Validation has refused values that are no count and no percentage.
        return (try? value.scaled(total: desiredCount, roundUp: true)) ?? 0
    }

    /// Takes the update on by as many nodes as may be without a pod, or may have two.
    func rollingUpdate() throws(IntOrStringError) -> Actions {
        let strategy = daemonSet.spec.updateStrategy?.rollingUpdate
        let desired = desiredCount
        let surge = try (strategy?.maxSurge ?? 0).scaled(total: desired, roundUp: true)
        let unavailable = try (strategy?.maxUnavailable ?? 1).scaled(total: desired, roundUp: true)
        return surge > 0 ? surging(surge) : replacing(max(unavailable, 0))
    }

    private func replacing(_ maxUnavailable: Int) -> Actions {
        var unavailable = 0
        var idle: [Pod] = []
        var candidates: [Pod] = []
        for place in places where place.verdict.shouldRun {
            let living = place.pods.filter { !$0.isBeingDeleted }
            guard let pod = living.first, living.count == 1, place.pods.count == 1 else {
                unavailable += 1
                continue
            }
            if isAvailable(pod) {
                if !isCurrent(pod) { candidates.append(pod) }
            } else {
                unavailable += 1
                // It serves nobody: replacing it costs nothing.
                if !isCurrent(pod) { idle.append(pod) }
            }
        }
        return Actions(delete: idle + candidates.prefix(max(maxUnavailable - unavailable, 0)))
    }

    private func surging(_ maxSurge: Int) -> Actions {
        var surging = 0
        var idle: [String] = []
        var candidates: [String] = []
        for place in places where place.verdict.shouldRun {
            let living = place.pods.filter { !$0.isBeingDeleted && !$0.isTerminal }
            let new = living.first(where: isCurrent)
            guard let old = living.first(where: { !isCurrent($0) }) else { continue }
            if let new {
                if !isAvailable(new) { surging += 1 }
            } else if isAvailable(old) {
                candidates.append(place.node.name)
            } else {
                idle.append(place.node.name)
            }
        }
        return Actions(create: idle + candidates.prefix(max(maxSurge - surging, 0)))
    }

    /// When the next ready pod becomes available by the passing of time.
    var untilAvailable: Duration? {
        places.flatMap(\.pods).compactMap { $0.untilAvailable(minReadySeconds: minReadySeconds, now: now) }.min()
    }

    func status() -> DaemonSetStatus {
        var desired: Int32 = 0
        var current: Int32 = 0
        var misscheduled: Int32 = 0
        var ready: Int32 = 0
        var available: Int32 = 0
        var updated: Int32 = 0
        for place in places {
            guard place.verdict.shouldRun else {
                if !place.pods.isEmpty { misscheduled += 1 }
                continue
            }
            desired += 1
            guard let oldest = place.pods.first else { continue }
            current += 1
            if oldest.isReady {
                ready += 1
                if isAvailable(oldest) { available += 1 }
            }
            if let newest = place.pods.last, isCurrent(newest) { updated += 1 }
        }
        var status = daemonSet.status
        status.desiredNumberScheduled = desired
        status.currentNumberScheduled = current
        status.numberMisscheduled = misscheduled
        status.numberReady = ready
        status.updatedNumberScheduled = updated == 0 ? nil : updated
        status.numberAvailable = available == 0 ? nil : available
        status.numberUnavailable = desired == available ? nil : desired - available
        status.observedGeneration = daemonSet.metadata.generation
        return status
    }
}

import AdmissionRules
import Inference
import KubeAPI
import Machinery

/// What objects say to the books: entries that bring the books to where the objects are, with the times of the objects.
///
/// Nothing is assumed about what was seen before: after a restart the same comparison finds what came about meanwhile,
/// and when.
package struct Observation: Sendable {
    private let prices: PriceSheet
    private let now: Double

    package init(prices: PriceSheet, now: Timestamp) {
        self.prices = prices
        self.now = now.moment
    }

    // MARK: Nodes

    /// - Parameter node: `nil` for one that is gone.
    package func entries(node: Node?, name: String, in ledger: Ledger) -> [LedgerEntry] {
        let known = ledger.node(name)
        guard let node else { return known == nil ? [] : [LedgerEntry(now, .nodeGone(name))] }
        var facts = facts(node)
        if let known, known.uid == facts.uid {
            // As the books have it.
            facts.gpus = max(facts.gpus, known.gpus)
            return facts == known ? [] : [LedgerEntry(now, .node(facts))]
        }
        return [LedgerEntry(min(node.metadata.creationTimestamp?.moment ?? now, now), .node(facts))]
    }

    private func facts(_ node: Node) -> NodeFacts {
        let capacity = node.status.capacity
        let gpus = Self.gpus(capacity)
        let cores = capacity["cpu"]?.approximateValue ?? 0
        let gib = (capacity["memory"]?.approximateValue ?? 0) / Self.bytesPerGiB
        let labels = node.labels
        var facts = NodeFacts(
            name: node.name, uid: node.uid,
            rate: prices.rate(labels: labels, gpus: gpus, cores: cores, gib: gib))
        facts.gpus = gpus
        facts.healthyGPUs = min(gpus, Self.gpus(node.status.allocatable))
        facts.cores = cores
        facts.gib = gib
        facts.instanceType = labels[PriceSheet.instanceTypeLabel] ?? ""
        facts.region = labels["topology.kubernetes.io/region"] ?? ""
        facts.provider = node.spec.providerID ?? ""
        facts.architecture = labels["kubernetes.io/arch"] ?? ""
        return facts
    }

    // MARK: Pods

    /// - Parameter pod: `nil` for one that is gone.
    package func entries(pod: Pod?, key: ObjectKey, in ledger: Ledger) -> [LedgerEntry] {
        let known = ledger.pod(key)
        guard let pod, let node = pod.spec.nodeName, !node.isEmpty else {
            return known.map { [LedgerEntry(now, .podGone(uid: $0.uid))] } ?? []
        }
        guard let known, known.uid == pod.uid else {
            let other = known.map { [LedgerEntry(now, .podGone(uid: $0.uid))] } ?? []
            return other + beginning(pod, on: node, in: ledger)
        }
        let facts = facts(pod, on: node, wasReady: known.phase == .ready || known.phase == .idle(.notReady))
        if facts == known { return [] }
        return [LedgerEntry(clamped(time(of: facts.phase, pod), ledger.changed(key) ?? 0), .pod(facts))]
    }

    /// All that has happened to a pod that the books do not know.
    private func beginning(_ pod: Pod, on node: String, in ledger: Ledger) -> [LedgerEntry] {
        let settled = facts(pod, on: node, wasReady: false)
        // What ended before it was charged for changes nothing any more.
        if settled.phase == .ended, (ended(pod) ?? 0) <= ledger.chargedTo(node) ?? 0 { return [] }
        var facts = settled
        facts.phase = .idle(.starting)
        var entries = [LedgerEntry(clamped(bound(pod), 0), .pod(facts))]
        func add(_ phase: PodFacts.Phase, _ moment: Double) {
            facts.phase = phase
            entries.append(LedgerEntry(clamped(moment, entries.last?.at ?? 0), .pod(facts)))
        }
        if settled.phase == .ended, let began = began(pod) { add(.ready, began) }
        if settled.phase != .idle(.starting) { add(settled.phase, time(of: settled.phase, pod)) }
        return entries
    }

    private func clamped(_ moment: Double, _ since: Double) -> Double { min(max(moment, since), now) }

    private func facts(_ pod: Pod, on node: String, wasReady: Bool) -> PodFacts {
        var facts = PodFacts(uid: pod.uid, namespace: pod.namespace, name: pod.name, node: node)
        let requests = PodTotals(pod, .usage).requests
        facts.gpus = Self.gpus(requests)
        facts.cores = requests["cpu"]?.approximateValue ?? 0
        facts.gib = (requests["memory"]?.approximateValue ?? 0) / Self.bytesPerGiB
        facts.team = pod.labels[InferenceNames.teamLabel] ?? ""
        facts.model = pod.labels[InferenceNames.serviceLabel] ?? ""
        facts.version = pod.labels[InferenceNames.versionLabel] ?? ""
        facts.phase = phase(pod, wasReady: wasReady)
        return facts
    }

    private func phase(_ pod: Pod, wasReady: Bool) -> PodFacts.Phase {
        if pod.status.phase == "Succeeded" || pod.status.phase == "Failed" { return .ended }
        let containers = pod.status.containerStatuses + pod.status.initContainerStatuses
        let isBroken = containers.contains { status in
            status.allocatedResourcesStatus.contains { $0.resources.contains { $0.health == "Unhealthy" } }
        }
        if isBroken { return .idle(.unhealthy) }
        if pod.status.conditions.contains(where: { $0.type == "Ready" && $0.status == "True" }) { return .ready }
        if containers.contains(where: { $0.state?.waiting?.reason == "CrashLoopBackOff" }) { return .idle(.crashLoop) }
        let hasRun = wasReady || containers.contains { $0.restartCount > 0 }
        return .idle(hasRun ? .notReady : .starting)
    }

    private func time(of phase: PodFacts.Phase, _ pod: Pod) -> Double {
        switch phase {
        case .ended: ended(pod) ?? now
        case .ready: condition(pod, "Ready") ?? now
        case .idle(.starting): bound(pod)
        case .idle(.notReady), .idle(.crashLoop), .idle(.unused), .idle(.unhealthy): condition(pod, "Ready") ?? now
        }
    }

    private func bound(_ pod: Pod) -> Double {
        condition(pod, "PodScheduled") ?? pod.metadata.creationTimestamp?.moment ?? now
    }

    private func condition(_ pod: Pod, _ type: String) -> Double? {
        pod.status.conditions.first { $0.type == type }?.lastTransitionTime?.moment
    }

    private func began(_ pod: Pod) -> Double? {
        pod.status.containerStatuses.compactMap { $0.state?.terminated?.startedAt?.moment }.min()
    }

    private func ended(_ pod: Pod) -> Double? {
        pod.status.containerStatuses.compactMap { $0.state?.terminated?.finishedAt?.moment }.max()
    }

    // MARK: Amounts

    private static let bytesPerGiB = 1_073_741_824.0

    /// Of whichever maker.
    private static func gpus(_ amounts: [String: Quantity]) -> Double {
        amounts.filter { $0.key.hasSuffix("/gpu") }.reduce(0) { $0 + $1.value.approximateValue }
    }
}

extension Timestamp {
    /// Seconds since 1970.
    package var moment: Double { Double(seconds) + Double(nanoseconds) / 1e9 }
}

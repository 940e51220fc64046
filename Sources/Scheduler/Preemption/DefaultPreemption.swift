/// Makes room for a pod by taking less important pods off a node.
struct DefaultPreemption: PostFilterPlugin, PreEnqueuePlugin {
    let name = PluginName.defaultPreemption
    /// What lets the pod fit, the plugins say that refused it; and at the gate it waits for its own preemption's end.
    let events: ClusterEvents = []
    /// Of the nodes where taking pods off could help, how many are tried.
    var minimumCandidatePercentage = 10
    var minimumCandidates = 100

    /// A pod stays out of the queue while its victims are being deleted.
    func preEnqueue(_ pod: PodInfo, in cluster: borrowing ClusterState) -> FilterStatus {
        cluster.preempting.contains(pod.uid)
            ? .unresolvable("waiting for the preemption for this pod to be finished") : .success
    }

    func postFilter(
        _ pod: PodInfo, _ diagnosis: Diagnosis, _ profile: Profile, in cluster: inout ClusterState,
        _ state: CycleState, _ search: inout Profile.Search
    ) -> PostFilterOutcome {
        if let reason = obstacle(pod, diagnosis, cluster) { return .notNow("preemption: \(reason)") }
        let nodes = diagnosis.isResolvableEverywhere ? cluster.nodeSlots : diagnosis.resolvableNodes
        var trials = Diagnosis(nodes: diagnosis.nodes)
        let candidates = candidates(pod, nodes, profile, in: &cluster, state, &search.memo, &trials)
        guard let best = PreemptionCandidate.best(of: candidates) else {
            trials.count("Preemption is not helpful for scheduling", times: trials.nodes - trials.rejections.count)
            return .unschedulable("preemption: \(trials.message)")
        }
        return .nominated(cluster.nodes[best.node].name, victims: best.victims, node: best.node)
    }

    /// Why the pod must not take others off.
    private func obstacle(
        _ pod: PodInfo, _ diagnosis: Diagnosis, _ cluster: borrowing ClusterState
    ) -> String? {
        if pod.demands.preemptionPolicy == "Never" { return "not eligible due to preemptionPolicy=Never." }
        let nominated = cluster.nominations.node(ofPod: pod.uid) ?? pod.nominatedNode
        guard !nominated.isEmpty, let slot = cluster.slot(of: nominated) else { return nil }
        if diagnosis.rejections.contains(where: { $0.node == slot && !$0.isResolvable }) { return nil }
        let isWaiting = cluster.nodes[slot].pods.contains { $0.priority < pod.priority && $0.isPreempted }
        return isWaiting ? "not eligible due to a terminating pod on the nominated node." : nil
    }

    private func candidates(
        _ pod: PodInfo, _ nodes: [Int], _ profile: Profile, in cluster: inout ClusterState, _ state: CycleState,
        _ memo: inout DecisionMemo, _ trials: inout Diagnosis
    ) -> [PreemptionCandidate] {
        guard !nodes.isEmpty else { return [] }
        let wanted = min(max(nodes.count * minimumCandidatePercentage / 100, minimumCandidates), nodes.count)
        let active = profile.filter.filter { !state.skippedFilters.contains(PluginSet($0.name)) }
        // Without budgets, and with filters that look at the node alone, an answer holds as long as the node's state.
        let mayKeep = state.looksAtNodesOnly && state.devices == nil && cluster.budgets.isEmpty
        let own = cluster.nominations.slot(ofPod: pod.uid)
        let offset = Int.random(in: 0..<nodes.count)
        var peaceful: [PreemptionCandidate] = []
        var violating: [PreemptionCandidate] = []
        var refused: [(node: Int, status: FilterStatus)] = []
        for index in nodes.indices {
            let node = nodes[(offset + index) % nodes.count]
            let generation = cluster.generation(of: node, withDevices: false)
            let isPlain = mayKeep && node != own
            let trial: PreemptionTrial
            if isPlain, let known = memo.trial(node, generation, for: pod) {
                trial = known
            } else {
                trial = Self.select(pod, node, active, profile, in: &cluster, state)
                if isPlain { memo.keep(trial, node, generation, for: pod) }
            }
            switch trial {
            case .refused(let status): refused.append((node, status))
            case .helps(let candidate):
                if candidate.violations == 0 { peaceful.append(candidate) } else { violating.append(candidate) }
                if !peaceful.isEmpty, peaceful.count + violating.count >= wanted { return peaceful + violating }
            }
        }
        // Told only where nothing was found.
        if peaceful.isEmpty, violating.isEmpty {
            for (node, status) in refused { trials.add(status, node: node, by: []) }
        }
        return peaceful + violating
    }

    /// The fewest and least important pods that must leave a node for the pod to fit.
    private static func select(
        _ pod: PodInfo, _ node: Int, _ active: [any FilterPlugin], _ profile: Profile,
        in cluster: inout ClusterState, _ state: CycleState
    ) -> PreemptionTrial {
        var lesser = cluster.nodes[node].pods.filter { $0.priority < pod.priority }
        guard !lesser.isEmpty else {
            return .refused(.unresolvable("No preemption victims found for incoming pod"))
        }
        if lesser.count > 1 { lesser.sort(by: PreemptionCandidate.isMoreImportant) }
        return cluster.trial(on: node) { cluster in
            var state = state
            for other in lesser {
                cluster.trialRemove(other, from: node)
                profile.podChanged(other, on: node, by: -1, for: pod, in: cluster, &state)
            }
            let (status, _) = profile.filterWithNominated(pod, node, active, in: &cluster, state)
            guard status.isSuccess else { return .refused(status) }
            let (violating, others) = split(lesser, by: cluster)
            var victims: [PodInfo] = []
            var violations = 0
            // Those whose leaving would break a promise are kept first, then the more important.
            for (index, other) in (violating + others).enumerated() {
                cluster.trialAdd(other, to: node)
                profile.podChanged(other, on: node, by: 1, for: pod, in: cluster, &state)
                if profile.filterWithNominated(pod, node, active, in: &cluster, state).0.isSuccess { continue }
                cluster.trialRemove(other, from: node)
                profile.podChanged(other, on: node, by: -1, for: pod, in: cluster, &state)
                victims.append(other)
                if index < violating.count { violations += 1 }
            }
            if victims.isEmpty { return .refused(.failed("expected at least one victim pod on node")) }
            if !violating.isEmpty { victims.sort(by: PreemptionCandidate.isMoreImportant) }
            return .helps(PreemptionCandidate(node: node, victims: victims, violations: violations))
        }
    }

    /// The pods whose leaving some disruption budget forbids, and the others.
    private static func split(
        _ pods: [PodInfo], by cluster: borrowing ClusterState
    ) -> (violating: [PodInfo], others: [PodInfo]) {
        if cluster.budgets.isEmpty { return ([], pods) }
        var allowed = cluster.budgets.mapValues(\.allowed)
        var violating: [PodInfo] = []
        var others: [PodInfo] = []
        for pod in pods {
            var isViolating = false
            for (key, budget) in cluster.budgets where budget.covers(pod) {
                let left = (allowed[key] ?? 0) - 1
                allowed[key] = left
                if left < 0 { isViolating = true }
            }
            if isViolating { violating.append(pod) } else { others.append(pod) }
        }
        return (violating, others)
    }
}

import KubeAPI

extension SchedulerCore {
    /// A pod about whose nodes extenders are being asked. It is in no queue meanwhile.
    package struct Consultation: Sendable {
        package internal(set) var pod: WaitingPod
        let profile: Int
        package let extenders: [ExtenderSettings]
        package let nodes: [String]
        let diagnosis: Diagnosis
        let state: CycleState
        let begun: ContinuousClock.Instant
        /// How many changes there had been when it began.
        let changes: UInt64
    }

    /// What extenders said.
    package struct Advice: Sendable {
        package var nodes: [String]
        package var refused: [(node: String, reason: String, isResolvable: Bool)] = []
        /// To be added to those of the plugins.
        package var scores: [String: Int64] = [:]
        /// Why no decision can be made.
        package var failure: String?

        package init(nodes: [String]) { self.nodes = nodes }
    }

    /// The extenders to be asked before a pod can be placed.
    func advisers(of pod: PodInfo) -> [ExtenderSettings] {
        extenders.isEmpty ? [] : extenders.filter { $0.decides && $0.concerns(pod) }
    }

    /// The extender that binds a pod.
    func binder(of pod: PodInfo) -> ExtenderSettings? {
        extenders.first { !$0.bindVerb.isEmpty && $0.concerns(pod) }
    }

    mutating func consult(
        _ pod: WaitingPod, _ advisers: [ExtenderSettings], _ index: Int, now: ContinuousClock.Instant
    ) -> Outcome {
        switch profiles[index].find(pod.info, in: &cluster, &search) {
        case .failed(let message):
            ended(.error, pod, since: now)
            queue.retry(pod, now: now)
            return .failed(pod.info, message: message)
        case .unschedulable(let diagnosis, let state):
            defer { ended(.unschedulable, pod, since: now) }
            return giveBack(pod, diagnosis, state, index, now: now)
        case .nodes(let slots, let diagnosis, let state):
            let consultation = Consultation(
                pod: pod, profile: index, extenders: advisers, nodes: slots.map { cluster.nodes[$0].name },
                diagnosis: diagnosis, state: state, begun: now, changes: changes)
            consulting[pod.info.uid] = consultation
            return .consult(consultation)
        }
    }

    /// Decides for a pod with what extenders said. Plugins are asked anew: time has passed.
    package mutating func consulted(
        _ asked: Consultation, _ advice: Advice, now: ContinuousClock.Instant
    ) -> Outcome {
        let uid = asked.pod.info.uid
        guard let consultation = consulting.removeValue(forKey: uid), consultation.begun == asked.begun else {
            return .skipped
        }
        let (pod, index) = (consultation.pod, consultation.profile)
        if let failure = advice.failure {
            ended(.error, pod, since: consultation.begun)
            queue.retry(pod, now: now)
            return .failed(pod.info, message: failure)
        }
        let slots = Set(advice.nodes.compactMap { cluster.slot(of: $0) })
        var bonus: [Int: Int64] = [:]
        for (name, score) in advice.scores { if let slot = cluster.slot(of: name) { bonus[slot] = score } }
        if !slots.isEmpty {
            switch profiles[index].decide(pod.info, in: &cluster, &search, among: slots, bonus: bonus) {
            case .node(let placement):
                switch assume(pod, placement, index, now: now) {
                case .success(let binding): return .bind(binding)
                case .failure(let refusal): return refuse(pod, refusal.status, by: refusal.plugin, index, now: now)
                }
            case .failed, .unschedulable:
                // What fitted does no more: things have changed, so it is worth another try.
                ended(.error, pod, since: consultation.begun)
                queue.retry(pod, now: now)
                return .failed(pod.info, message: "the nodes that fitted have changed while extenders were asked")
            }
        }
        ended(.unschedulable, pod, since: consultation.begun)
        var diagnosis = consultation.diagnosis
        for (node, reason, isResolvable) in advice.refused {
            guard let slot = cluster.slot(of: node) else { continue }
            diagnosis.add(
                isResolvable ? .unschedulable(Reasons(reason)) : .unresolvable(Reasons(reason)), node: slot,
                by: PluginSet(.extender))
        }
        let outcome = giveBack(pod, diagnosis, consultation.state, index, now: now)
        // A change in the meantime has not found the pod in any queue.
        if changes != consultation.changes { queue.add(pod.info, gate: nil, now: now) }
        return outcome
    }
}

import KubeAPI

extension SchedulerCore {
    /// Places all waiting pods of a gang that can be placed; none of them when these are too few.
    mutating func placeGang(
        _ first: WaitingPod, _ key: ObjectKey, _ minimum: Int, now: ContinuousClock.Instant
    ) -> [Outcome] {
        guard let group = cluster.groups[key] else { return [.skipped] }
        var members = [first]
        for uid in group.waiting where uid != first.info.uid {
            if let pod = queue.takeUngated(uid: uid) { members.append(pod) }
        }
        members.sort {
            $0.info.priority == $1.info.priority ? $0.order < $1.order : $0.info.priority > $1.info.priority
        }
        var trial = GangTrial()
        for pod in members { tryMember(pod, &trial, now: now) }
        let placed = cluster.groups[key]?.placed.count ?? 0
        if placed >= minimum { return succeed(trial, now: now) }
        return fail(trial, now: now)
    }

    /// How far the placing of a gang has come.
    private struct GangTrial {
        var placed: [PendingBinding] = []
        var refused: [(pod: WaitingPod, diagnosis: Diagnosis, state: CycleState, profile: Int)] = []
        var failed: [(pod: WaitingPod, message: String)] = []
    }

    private mutating func tryMember(_ pod: WaitingPod, _ trial: inout GangTrial, now: ContinuousClock.Instant) {
        guard let index = profileIndex(pod.info), !pod.info.isBeingDeleted, !cluster.isPlaced(uid: pod.info.uid) else {
            return
        }
        var state = CycleState()
        state.isGroupTrial = true
        switch profiles[index].decide(pod.info, in: &cluster, &search, state: state) {
        case .failed(let message): trial.failed.append((pod, message))
        case .unschedulable(let diagnosis, let state): trial.refused.append((pod, diagnosis, state, index))
        case .node(let placement):
            switch assume(pod, placement, index, now: now) {
            case .success(let binding): trial.placed.append(binding)
            case .failure(let refusal):
                var diagnosis = Diagnosis(nodes: 1)
                diagnosis.add(refusal.status, node: 0, by: PluginSet(refusal.plugin))
                trial.refused.append((pod, diagnosis, state, index))
            }
        }
    }

    private mutating func succeed(_ trial: GangTrial, now: ContinuousClock.Instant) -> [Outcome] {
        var outcomes: [Outcome] = []
        for binding in trial.placed {
            var binding = binding
            binding.permit = nil
            bindings[binding.pod.info.uid] = binding
            outcomes.append(.bind(binding))
        }
        for (pod, diagnosis, state, index) in trial.refused {
            outcomes.append(giveBack(pod, diagnosis, state, index, now: now))
        }
        return outcomes + retry(trial.failed, now: now)
    }

    private mutating func fail(_ trial: GangTrial, now: ContinuousClock.Instant) -> [Outcome] {
        var outcomes: [Outcome] = []
        for binding in trial.placed { takeBack(binding.pod.info, binding.state, binding.profile) }
        // What could let the gang fit is what could let the refused ones fit.
        var refusers: PluginSet = [PluginSet(.gangScheduling)]
        var hasNoNode = false
        for refused in trial.refused {
            refusers.formUnion(refused.diagnosis.plugins)
            if refused.diagnosis.nodes == 0 { hasNoNode = true }
        }
        for binding in trial.placed {
            let wakers = profiles[binding.profile].wakers(of: refusers).union(hasNoNode ? .anyNode : [])
            queue.giveBack(binding.pod, refusers: refusers, wakers: wakers, now: now)
            outcomes.append(
                .unschedulable(
                    binding.pod.info, message: "waiting for minCount pods from a gang to be scheduled", nil,
                    losesNomination: true))
        }
        for (pod, diagnosis, state, index) in trial.refused {
            outcomes.append(giveBack(pod, diagnosis, state, index, now: now, mayPreempt: false))
        }
        return outcomes + retry(trial.failed, now: now)
    }

    private mutating func retry(
        _ failed: [(pod: WaitingPod, message: String)], now: ContinuousClock.Instant
    ) -> [Outcome] {
        failed.map { pod, message in
            queue.retry(pod, now: now)
            return .failed(pod.info, message: message)
        }
    }
}

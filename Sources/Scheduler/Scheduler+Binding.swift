import Client
import KubeAPI
import Machinery

/// Somebody who waits for the cluster to be in some state.
struct ClusterCondition: Sendable {
    let isMet: @Sendable (borrowing ClusterState) -> FilterStatus?
    let continuation: CheckedContinuation<FilterStatus, Never>
}

extension Scheduler {
    /// Sees to the binding of a decided pod.
    func bind(_ binding: SchedulerCore.PendingBinding) async {
        let pod = binding.pod.info
        guard await isPermitted(binding) else { return }
        let profile = state.withLock { $0.core.profiles[binding.profile] }
        let context = BindingContext(
            client: client, note: { change in self.wake { change(&$0.core.cluster) } },
            event: { [events] pod, reason, message in
                events.event(about: pod.reference, type: .normal, reason: reason, message: message)
            },
            until: { patience, isMet in await self.until(patience, isMet) })
        for plugin in profile.preBind where plugin.isNeeded(pod, binding.state) {
            let status = await plugin.preBind(pod, to: binding.node, context, binding.state)
            if !status.isSuccess { return failed(binding, status.message) }
        }
        if let extender = state.withLock({ $0.core.binder(of: pod) }) {
            do {
                try await extenders.bind(extender, pod, to: binding.node)
            } catch {
                return failed(binding, "extender \(extender.url): \(error)")
            }
            return bound(binding)
        }
        do throws(StatusError) {
            for plugin in profile.bind { try await plugin.bind(pod, to: binding.node, context) }
        } catch {
            let isGone =
                error.reason == .notFound
                || (error.reason == .conflict && informers.pods.get(pod.key)?.spec.nodeName != nil)
            if isGone {
                wake { $0.core.bindingFailed(binding, isGone: true, now: .now) }
            } else {
                failed(binding, "binding rejected: \(error.message)")
            }
            return
        }
        bound(binding)
        for plugin in profile.postBind { await plugin.postBind(pod, to: binding.node, context) }
    }

    private func bound(_ binding: SchedulerCore.PendingBinding) {
        let pod = binding.pod.info
        state.withLock { $0.core.bound(uid: pod.uid) }
        let now = ContinuousClock.now
        metrics.ended(.scheduled, profile: pod.demands.schedulerName, after: now - binding.begun)
        metrics.bound(
            attempts: binding.pod.attempts + 1, after: now - (binding.pod.queuedAt ?? binding.begun))
        events.event(
            about: pod.reference, type: .normal, reason: "Scheduled",
            message: "Successfully assigned \(pod.key) to \(binding.node)")
    }

    private func failed(_ binding: SchedulerCore.PendingBinding, _ message: String) {
        wake { $0.core.bindingFailed(binding, isGone: false, now: .now) }
        metrics.ended(
            .error, profile: binding.pod.info.demands.schedulerName, after: ContinuousClock.now - binding.begun)
        log.report("scheduler", "\(binding.pod.info.key) to \(binding.node): \(message)")
        tell(PodReport(pod: binding.pod.info, reason: "SchedulerError", message: message, nominatedNode: nil))
    }

    /// Waits for those who hold the pod up; false when they refused it or the time is over.
    private func isPermitted(_ binding: SchedulerCore.PendingBinding) async -> Bool {
        guard let permit = binding.permit else { return true }
        let uid = binding.pod.info.uid
        let group = binding.pod.info.group
        let begun = ContinuousClock.now
        let status = await until(permit.deadline - .now) { cluster in
            guard let key = group, let group = cluster.groups[key], case .gang(let minimum)? = group.policy else {
                return .success
            }
            return group.placed.count >= minimum || !cluster.isPlaced(uid: uid) ? .success : nil
        }
        metrics.waited(ContinuousClock.now - begun, isAllowed: status.isSuccess)
        if status.isSuccess { return true }
        wake { state in
            _ = state.core.permitRefused(binding, .unschedulable(Reasons(permit.message)), now: .now)
        }
        tell(
            PodReport(pod: binding.pod.info, reason: "Unschedulable", message: permit.message, nominatedNode: nil))
        return false
    }

    /// Waits until the condition gives an answer; it is asked after every change.
    func until(
        _ patience: Duration, _ isMet: @escaping @Sendable (borrowing ClusterState) -> FilterStatus?
    ) async -> FilterStatus {
        let id = state.withLock { state in
            state.nextCondition += 1
            return state.nextCondition
        }
        let timer = Task { [weak self] in
            do { try await Task.sleep(for: patience) } catch { return }
            self?.giveUp(id)
        }
        defer { timer.cancel() }
        return await withCheckedContinuation { continuation in
            let answer = state.withLock { state -> FilterStatus? in
                if let answer = isMet(state.core.cluster) { return answer }
                if state.isClosed { return .failed("the scheduler ends") }
                state.conditions[id] = ClusterCondition(isMet: isMet, continuation: continuation)
                return nil
            }
            if let answer { continuation.resume(returning: answer) }
        }
    }

    private func giveUp(_ id: Int) {
        let condition = state.withLock { $0.conditions.removeValue(forKey: id) }
        condition?.continuation.resume(returning: .failed("timed out waiting for the condition"))
    }

    static func settledConditions(
        _ state: inout State
    ) -> [(CheckedContinuation<FilterStatus, Never>, FilterStatus)] {
        if state.conditions.isEmpty { return [] }
        var settled: [(CheckedContinuation<FilterStatus, Never>, FilterStatus)] = []
        for (id, condition) in state.conditions {
            let answer = state.isClosed ? .failed("the scheduler ends") : condition.isMet(state.core.cluster)
            if let answer {
                state.conditions[id] = nil
                settled.append((condition.continuation, answer))
            }
        }
        return settled
    }
}

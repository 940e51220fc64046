import KubeAPI
import Machinery

/// The whole of a scheduler that never waits: what is known of the cluster, the pods that wait, and the decisions.
///
/// It lives under one lock. What is to be done in the API is handed out as `Outcome`s.
package struct SchedulerCore: ~Copyable, Sendable {
    package var cluster = ClusterState()
    package var queue: SchedulingQueue
    package let profiles: [Profile]
    var search = Profile.Search()
    package let metrics = SchedulerMetrics()
    /// Waiting pods that are being bound or told something, by uid.
    var bindings: [String: PendingBinding] = [:]
    /// By pod: its victims that are not known to be going yet; and by victim the pods that wait for it.
    var victims: [String: Set<String>] = [:]
    var preemptors: [String: [String]] = [:]
    let extenders: [ExtenderSettings]
    /// Pods about which extenders are being asked, by uid.
    var consulting: [String: Consultation] = [:]
    /// How many changes there have been that may let waiting pods fit.
    var changes: UInt64 = 0

    /// A pod that was decided and is not bound yet.
    package struct PendingBinding: Sendable {
        package internal(set) var pod: WaitingPod
        package let node: String
        package let profile: Int
        package var state: CycleState
        /// When it was taken out of the queue.
        let begun: ContinuousClock.Instant
        /// What the pod waits for; `nil` when it may be bound.
        package var permit: PermitWait?
    }

    package struct PermitWait: Sendable {
        package let plugin: PluginName
        package let message: String
        package let deadline: ContinuousClock.Instant
    }

    /// Room that is being made for a pod.
    package struct Preemption: Sendable {
        package let node: String
        package let victims: [PodInfo]
    }

    package enum Outcome: Sendable {
        /// Something is decided; see to the binding.
        case bind(PendingBinding)
        /// Extenders are to be asked before there is a decision.
        case consult(Consultation)
        /// The pod waits; say why.
        case unschedulable(PodInfo, message: String, Preemption?, losesNomination: Bool)
        /// Something went wrong; the pod is tried again.
        case failed(PodInfo, message: String)
        /// The pod is no longer of interest.
        case skipped
    }

    package init(
        _ configuration: SchedulerConfiguration = SchedulerConfiguration(), now: ContinuousClock.Instant = .now
    ) {
        profiles = configuration.profiles
        extenders = configuration.extenders
        queue = SchedulingQueue(
            initialBackoff: configuration.initialBackoff, maximumBackoff: configuration.maximumBackoff, now: now)
    }

    func profileIndex(_ pod: PodInfo) -> Int? {
        profiles.firstIndex { $0.schedulerName == pod.demands.schedulerName }
    }

    // MARK: Decisions

    /// Decides for the next pod, or for its whole gang; `nil` when none waits.
    package mutating func next(now: ContinuousClock.Instant) -> [Outcome]? {
        guard let pod = queue.next(now: now) else { return nil }
        cluster.trim()
        guard let index = profileIndex(pod.info) else { return [.skipped] }
        if pod.info.isBeingDeleted || cluster.isPlaced(uid: pod.info.uid) { return [.skipped] }
        if let group = pod.info.group, case .gang(let minimum)? = cluster.groups[group]?.policy,
            (cluster.groups[group]?.placed.count ?? 0) < minimum
        {
            return placeGang(pod, group, minimum, now: now)
        }
        let advisers = advisers(of: pod.info)
        return [advisers.isEmpty ? place(pod, index, now: now) : consult(pod, advisers, index, now: now)]
    }

    private mutating func place(_ pod: WaitingPod, _ index: Int, now: ContinuousClock.Instant) -> Outcome {
        let begun = ContinuousClock.now
        let decision = profiles[index].decide(pod.info, in: &cluster, &search)
        let duration = ContinuousClock.now - begun
        metrics.decided(in: duration)
        switch decision {
        case .failed(let message):
            ended(.error, pod, since: begun)
            queue.retry(pod, now: now)
            return .failed(pod.info, message: message)
        case .unschedulable(let diagnosis, let state):
            defer { ended(.unschedulable, pod, since: begun) }
            return giveBack(pod, diagnosis, state, index, now: now)
        case .node(let placement):
            switch assume(pod, placement, index, now: now) {
            case .success(let binding): return .bind(binding)
            case .failure(let refusal):
                return refuse(pod, refusal.status, by: refusal.plugin, index, now: now)
            }
        }
    }

    func ended(_ result: SchedulerMetrics.Result, _ pod: WaitingPod, since begun: ContinuousClock.Instant) {
        metrics.ended(result, profile: pod.info.demands.schedulerName, after: ContinuousClock.now - begun)
    }

    struct Refusal: Error {
        let plugin: PluginName
        let status: FilterStatus
    }

    /// Counts a pod on its node, and reserves what it needs there.
    mutating func assume(
        _ pod: WaitingPod, _ placement: Profile.Placement, _ index: Int, now: ContinuousClock.Instant
    ) -> Result<PendingBinding, Refusal> {
        var state = placement.state
        let profile = profiles[index]
        cluster.assume(pod.info, on: placement.node)
        cluster.groups.note(pod.info, isPlaced: true)
        for plugin in profile.reserve {
            let status = plugin.reserve(pod.info, placement.node, in: &cluster, &state)
            if !status.isSuccess {
                takeBack(pod.info, state, index)
                return .failure(Refusal(plugin: plugin.name, status: status))
            }
        }
        var binding = PendingBinding(
            pod: pod, node: cluster.nodes[placement.node].name, profile: index, state: state, begun: now, permit: nil)
        for plugin in profile.permit {
            switch plugin.permit(pod.info, placement.node, in: cluster, state) {
            case .allowed: continue
            case .wait(let patience, let message):
                binding.permit = PermitWait(plugin: plugin.name, message: message, deadline: now + patience)
            case .rejected(let status):
                takeBack(pod.info, state, index)
                return .failure(Refusal(plugin: plugin.name, status: status))
            }
        }
        cluster.nominations.remove(uid: pod.info.uid)
        bindings[pod.info.uid] = binding
        return .success(binding)
    }

    /// Undoes `assume`.
    mutating func takeBack(_ pod: PodInfo, _ state: CycleState, _ index: Int) {
        for plugin in profiles[index].reserve.reversed() { plugin.unreserve(pod, in: &cluster, state) }
        cluster.forget(uid: pod.uid)
        cluster.groups.note(pod, isPlaced: cluster.isPlaced(uid: pod.uid))
        bindings[pod.uid] = nil
    }

    /// A pod fits nowhere: room is made if that can be, and it waits.
    mutating func giveBack(
        _ pod: WaitingPod, _ diagnosis: Diagnosis, _ state: CycleState, _ index: Int, now: ContinuousClock.Instant,
        mayPreempt: Bool = true
    ) -> Outcome {
        var diagnosis = diagnosis
        var preemption: Preemption?
        for plugin in profiles[index].postFilter where mayPreempt && diagnosis.nodes > 0 {
            switch plugin.postFilter(pod.info, diagnosis, profiles[index], in: &cluster, state, &search) {
            case .unschedulable(let message):
                diagnosis.postFilterMessage = message
                cluster.nominations.remove(uid: pod.info.uid)
            case .notNow(let message): diagnosis.postFilterMessage = message
            case .nominated(let node, let victims, let slot):
                nominate(pod.info, slot)
                preemption = Preemption(node: node, victims: victims)
            }
            if preemption != nil { break }
        }
        var refusers = diagnosis.plugins
        if preemption != nil {
            refusers.insert(PluginSet(.defaultPreemption))
            metrics.preempts(preemption?.victims.count ?? 0)
        }
        // Without any node there is nothing a plugin could have said: the first node wakes everybody.
        let wakers = diagnosis.nodes == 0 ? .anyNode : profiles[index].wakers(of: refusers)
        if preemption == nil {
            queue.giveBack(pod, refusers: refusers, wakers: wakers, now: now)
        } else {
            queue.giveBack(pod, refusers: refusers, wakers: [], gate: .defaultPreemption, now: now)
        }
        return .unschedulable(
            pod.info, message: diagnosis.message, preemption,
            losesNomination: cluster.nominations.node(ofPod: pod.info.uid) == nil)
    }

    private mutating func nominate(_ pod: PodInfo, _ slot: Int) {
        // Less important pods that wait for the same room have to look elsewhere.
        for other in cluster.nominations.less(important: pod.priority, on: slot) {
            cluster.nominations.remove(uid: other.uid)
        }
        cluster.nominations.add(pod, node: cluster.nodes[slot].name, slot: slot)
        cluster.preempting.insert(pod.uid)
    }

    mutating func refuse(
        _ pod: WaitingPod, _ status: FilterStatus, by plugin: PluginName, _ index: Int, now: ContinuousClock.Instant
    ) -> Outcome {
        if case .failed(let message) = status {
            ended(.error, pod, since: now)
            queue.retry(pod, now: now)
            return .failed(pod.info, message: message)
        }
        ended(.unschedulable, pod, since: now)
        var diagnosis = Diagnosis(nodes: 1)
        diagnosis.add(status, node: 0, by: PluginSet(plugin))
        queue.giveBack(
            pod, refusers: PluginSet(plugin), wakers: profiles[index].wakers(of: PluginSet(plugin)), now: now)
        return .unschedulable(pod.info, message: diagnosis.message, nil, losesNomination: true)
    }

    // MARK: What becomes of bindings

    package mutating func bound(uid: String) {
        bindings[uid] = nil
    }

    /// A binding came to nothing.
    /// - Parameter isGone: the pod is gone, or has a node by other hands: nobody waits any more.
    package mutating func bindingFailed(_ binding: PendingBinding, isGone: Bool, now: ContinuousClock.Instant) {
        let uid = binding.pod.info.uid
        // Whoever released the pod meanwhile has taken everything back.
        guard let current = bindings[uid] else { return }
        takeBack(current.pod.info, binding.state, binding.profile)
        if isGone {
            cluster.groups.forget(current.pod.info)
        } else {
            queue.retry(current.pod, now: now)
        }
        move(ClusterChange(.podDeleted, oldPod: binding.pod.info), now: now)
    }

    /// A pod that others held up was refused.
    package mutating func permitRefused(
        _ binding: PendingBinding, _ status: FilterStatus, now: ContinuousClock.Instant
    ) -> Outcome {
        let plugin = binding.permit?.plugin ?? .gangScheduling
        takeBack(binding.pod.info, binding.state, binding.profile)
        let outcome = refuse(binding.pod, status, by: plugin, binding.profile, now: now)
        move(ClusterChange(.podDeleted, oldPod: binding.pod.info), now: now)
        return outcome
    }

    // MARK: Changes

    /// Wakes the pods that a change may help.
    package mutating func move(_ change: ClusterChange, now: ContinuousClock.Instant) {
        changes &+= 1
        guard queue.concerns(change.events) else { return }
        var queue = queue
        self.queue = SchedulingQueue(now: now)
        wake(change, &queue, now: now)
        self.queue = queue
    }

    private func wake(_ change: ClusterChange, _ queue: inout SchedulingQueue, now: ContinuousClock.Instant) {
        queue.move(change.events, object: change.object, now: now) { pod in
            guard let index = profileIndex(pod.info) else { return false }
            if change.events.contains(.anything) || pod.refusers.isEmpty && pod.gate == nil { return true }
            let refusers = pod.gate.map { PluginSet($0) } ?? pod.refusers
            return profiles[index].mayHelp(change, pod.info, refusers: refusers, in: cluster)
        } gate: { pod in
            gate(pod)
        }
    }

    /// What keeps a pod from being queued.
    func gate(_ pod: PodInfo) -> QueueGate? {
        guard let index = profileIndex(pod) else { return nil }
        for plugin in profiles[index].preEnqueue where !plugin.preEnqueue(pod, in: cluster).isSuccess {
            return QueueGate(plugin.name, plugin.opening(for: pod, in: cluster))
        }
        return nil
    }
}

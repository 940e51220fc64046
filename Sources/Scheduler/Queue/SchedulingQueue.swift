/// A pod that waits to be placed.
package struct WaitingPod: Sendable {
    package internal(set) var info: PodInfo
    package internal(set) var attempts = 0
    /// Grows with the time at which pods came.
    let order: UInt64
    /// The end of its rest after the last failure.
    var readyAt: ContinuousClock.Instant?
    /// The plugins that refused it.
    package internal(set) var refusers: PluginSet = []
    /// The plugin that keeps it from being queued at all.
    package internal(set) var gate: PluginName?
    var waitsSince: ContinuousClock.Instant
    /// When it came into the queue first; those at a gate have not.
    var queuedAt: ContinuousClock.Instant?
}

/// The pods that wait for a node: those to try now, by priority and age; those resting after a failure; and those that
/// cannot be placed until something changes.
///
/// A plain value: it lives under the scheduler's lock with the cluster, and a pod is decided in the same breath as it
/// is taken out, so no change can slip in between.
package struct SchedulingQueue: Sendable {
    /// Pods that nothing woke are tried again after this.
    package static let maximumUnschedulableTime = Duration.seconds(300)

    private let initialBackoff: Duration
    private let maximumBackoff: Duration
    private let start: ContinuousClock.Instant
    private var active = WaitingPods<WaitingPod>()
    /// By the end of the rest.
    private var resting = WaitingPods<WaitingPod>()
    /// Those with which something went wrong: their rest is never cut short.
    private var recovering = WaitingPods<WaitingPod>()
    private var unschedulable: [String: WaitingPod] = [:]
    /// The same pods by what may help them.
    private var wakers = WakerIndex()
    private var lastOrder: UInt64 = 0

    package init(
        initialBackoff: Duration = .seconds(1), maximumBackoff: Duration = .seconds(10),
        now: ContinuousClock.Instant = .now
    ) {
        self.initialBackoff = initialBackoff
        self.maximumBackoff = maximumBackoff
        start = now
    }

    package var counts: (active: Int, resting: Int, unschedulable: Int) {
        (active.count, resting.count + recovering.count, unschedulable.count)
    }

    /// Goes over the pods that wait for a change, or at a gate.
    func forEachWaiting(_ body: (WaitingPod) -> Void) {
        for pod in unschedulable.values { body(pod) }
    }

    package func contains(uid: String) -> Bool { self[uid] != nil }

    package subscript(uid: String) -> WaitingPod? {
        active[uid] ?? resting[uid] ?? recovering[uid] ?? unschedulable[uid]
    }

    /// A pod came: it is tried, or kept at the gate.
    package mutating func add(_ info: PodInfo, gate: QueueGate?, now: ContinuousClock.Instant) {
        var pod = take(info.uid) ?? WaitingPod(info: info, order: nextOrder(), waitsSince: now)
        pod.info = info
        put(pod, gate: gate, now)
    }

    /// News of a waiting pod that do not change where it stands.
    package mutating func replace(_ info: PodInfo) {
        func change(_ pod: inout WaitingPod) { pod.info = info }
        if active.update(uid: info.uid, change) || resting.update(uid: info.uid, change) { return }
        if !recovering.update(uid: info.uid, change) { unschedulable[info.uid]?.info = info }
    }

    package mutating func remove(uid: String) {
        _ = take(uid)
    }

    /// The next pod to try. When nobody else waits, those at rest are tried early: an idle scheduler helps nobody.
    package mutating func next(now: ContinuousClock.Instant) -> WaitingPod? {
        wakeRested(now)
        return active.popFirst() ?? resting.popFirst()
    }

    /// Takes a particular pod out, wherever it waits; one at a gate stays.
    package mutating func takeUngated(uid: String) -> WaitingPod? {
        if let pod = unschedulable[uid], pod.gate != nil { return nil }
        return take(uid)
    }

    /// Whether `next` would give a pod.
    func hasWork(now: ContinuousClock.Instant) -> Bool {
        !active.isEmpty || !resting.isEmpty || (recovering.first.map { isReady($0, now) } ?? false)
    }

    /// When the next pod that recovers is to be tried.
    package var firstReady: ContinuousClock.Instant? { recovering.first?.readyAt }

    /// A pod could not be placed: it waits for a change.
    /// - Parameter gate: what keeps it from being tried until then.
    package mutating func giveBack(
        _ pod: WaitingPod, refusers: PluginSet, wakers: ClusterEvents, gate: PluginName? = nil,
        now: ContinuousClock.Instant
    ) {
        var pod = failed(pod, now)
        pod.refusers = refusers
        pod.gate = gate
        pod.waitsSince = now
        wait(pod, Waker(wakers))
    }

    /// Something went wrong with a pod: it rests and is tried again without waiting for a change.
    package mutating func retry(_ pod: WaitingPod, now: ContinuousClock.Instant) {
        let pod = failed(pod, now)
        recovering.insert(pod, uid: pod.info.uid, rank: rank(of: pod.readyAt))
    }

    private func failed(_ pod: WaitingPod, _ now: ContinuousClock.Instant) -> WaitingPod {
        var pod = pod
        pod.attempts += 1
        pod.readyAt = now + min(initialBackoff * Double(1 << min(pod.attempts - 1, 20)), maximumBackoff)
        return pod
    }

    /// Whether any waiting pod may be helped by such events.
    func concerns(_ events: ClusterEvents) -> Bool { wakers.concerns(events) }

    /// Something changed: the pods that it may help are tried again.
    ///
    /// - Parameters:
    ///   - object: what changed, where the events are about one object.
    ///   - mayHelp: whether it may help this pod.
    ///   - gate: what keeps the pod from being queued.
    package mutating func move(
        _ events: ClusterEvents, object: String?, now: ContinuousClock.Instant, mayHelp: (WaitingPod) -> Bool,
        gate: (PodInfo) -> QueueGate?
    ) {
        for uid in wakers.candidates(events, object) {
            guard let pod = unschedulable[uid], mayHelp(pod) else { continue }
            let gate = gate(pod.info)
            // Whom the same thing still holds up stays where it is.
            if let gate, pod.gate == gate.plugin, wakers.waker(of: uid) == gate.waker { continue }
            if let taken = take(uid) { put(taken, gate: gate, now) }
        }
    }

    /// Lets those try again that nothing woke for long.
    package mutating func wakeForgotten(now: ContinuousClock.Instant) {
        for (uid, pod) in unschedulable
        where pod.gate == nil && now - pod.waitsSince >= Self.maximumUnschedulableTime {
            if let taken = take(uid) { put(taken, gate: nil, now) }
        }
    }

    // MARK: Places

    private mutating func put(_ pod: WaitingPod, gate: QueueGate?, _ now: ContinuousClock.Instant) {
        var pod = pod
        pod.gate = gate?.plugin
        if gate == nil, pod.queuedAt == nil { pod.queuedAt = now }
        if let gate {
            wait(pod, gate.waker)
        } else if let readyAt = pod.readyAt, readyAt > now {
            rest(pod)
        } else {
            activate(pod)
        }
    }

    private mutating func rest(_ pod: WaitingPod) {
        resting.insert(pod, uid: pod.info.uid, rank: rank(of: pod.readyAt))
    }

    /// Earlier comes first.
    private func rank(of moment: ContinuousClock.Instant?) -> WaitingPods<WaitingPod>.Rank {
        let delay = ((moment ?? start) - start).components
        let milliseconds =
            UInt64(clamping: delay.seconds) * 1000 + UInt64(clamping: delay.attoseconds / 1_000_000_000_000_000)
        return .init(priority: 0, order: milliseconds)
    }

    private mutating func wait(_ pod: WaitingPod, _ waker: Waker) {
        var waker = waker
        if pod.gate == nil { waker.events.insert(.anything) }
        unschedulable[pod.info.uid] = pod
        wakers.insert(pod.info.uid, waker)
    }

    private mutating func wakeRested(_ now: ContinuousClock.Instant) {
        while let first = resting.first, isReady(first, now), let pod = resting.popFirst() { activate(pod) }
        while let first = recovering.first, isReady(first, now), let pod = recovering.popFirst() { activate(pod) }
    }

    private func isReady(_ pod: WaitingPod, _ now: ContinuousClock.Instant) -> Bool {
        pod.readyAt.map { $0 <= now } ?? true
    }

    private mutating func activate(_ pod: WaitingPod) {
        active.insert(pod, uid: pod.info.uid, rank: .init(priority: pod.info.priority, order: pod.order))
    }

    private mutating func take(_ uid: String) -> WaitingPod? {
        if let pod = active.remove(uid: uid) ?? resting.remove(uid: uid) ?? recovering.remove(uid: uid) { return pod }
        guard let pod = unschedulable.removeValue(forKey: uid) else { return nil }
        wakers.remove(uid)
        return pod
    }

    private mutating func nextOrder() -> UInt64 {
        lastOrder += 1
        return lastOrder
    }
}

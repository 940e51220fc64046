/// What becomes of the room that is made for pods.
extension SchedulerCore {
    /// The victims of a pod were asked to go; or could not be.
    ///
    /// The pod stays at its gate until the cluster shows them going: tried earlier, it would see them in its way and
    /// take others off.
    package mutating func preemptionEnded(
        _ pod: PodInfo, _ victims: [PodInfo], succeeded: Bool, now: ContinuousClock.Instant
    ) {
        guard succeeded else {
            cluster.nominations.remove(uid: pod.uid)
            return openGate(pod.uid, now: now)
        }
        let left = victims.map(\.uid).filter { cluster.placed(uid: $0).map { !$0.isBeingDeleted } ?? false }
        guard !left.isEmpty, cluster.preempting.contains(pod.uid) else { return openGate(pod.uid, now: now) }
        self.victims[pod.uid] = Set(left)
        for victim in left { preemptors[victim, default: []].append(pod.uid) }
    }

    /// A pod is going, or gone.
    mutating func noteLeaving(_ uid: String, now: ContinuousClock.Instant) {
        guard let waiting = preemptors.removeValue(forKey: uid) else { return }
        for preemptor in waiting {
            victims[preemptor]?.remove(uid)
            if victims[preemptor]?.isEmpty ?? false { openGate(preemptor, now: now) }
        }
    }

    /// A pod that victims were to make room for is itself of no interest any more.
    mutating func forgetPreemption(of uid: String) {
        cluster.preempting.remove(uid)
        for victim in victims.removeValue(forKey: uid) ?? [] {
            preemptors[victim]?.removeAll { $0 == uid }
            if preemptors[victim]?.isEmpty ?? false { preemptors[victim] = nil }
        }
    }

    private mutating func openGate(_ uid: String, now: ContinuousClock.Instant) {
        forgetPreemption(of: uid)
        if let pod = queue[uid], pod.gate != nil {
            move(ClusterChange(.ownOther, newPod: pod.info), onlyOwn: uid, now: now)
        }
    }
}

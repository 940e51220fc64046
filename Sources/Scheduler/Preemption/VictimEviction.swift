import Client
import KubeAPI
import Machinery

/// Takes the victims of a preemption off their node, through the API.
struct VictimEviction: Sendable {
    let client: Client
    let events: EventRecorder
    let clock: any WallClock
    let log: FailureLog

    /// One after the other: preemptions of several pods go on side by side already.
    /// - Returns: whether all victims are going or gone.
    func evict(_ victims: [PodInfo], for preemptor: PodInfo, from node: String) async -> Bool {
        var all = true
        for victim in victims {
            let isGoing = await evict(victim, for: preemptor, from: node)
            all = all && isGoing
        }
        return all
    }

    private func evict(_ victim: PodInfo, for preemptor: PodInfo, from node: String) async -> Bool {
        // One that is going already needs no telling.
        if victim.isBeingDeleted { return true }
        do {
            try await mark(victim, by: preemptor.demands.schedulerName)
            var options = DeleteOptions()
            options.preconditions = Preconditions(json: ["uid": .string(victim.uid)])
            try await client.delete(Pod.self, victim.key, options)
        } catch {
            if error.reason == .notFound || error.reason == .conflict { return true }
            log.report("scheduler", "preempting \(victim.key) on \(node): \(error)")
            return false
        }
        events.event(
            about: victim.reference, type: .normal, reason: "Preempted",
            message: "Preempted by pod \(preemptor.uid) on node \(node)")
        return true
    }

    private func mark(_ victim: PodInfo, by scheduler: String) async throws(StatusError) {
        var condition = PodCondition()
        condition.type = "DisruptionTarget"
        condition.status = "True"
        condition.reason = "PreemptionByScheduler"
        condition.message = "\(scheduler): preempting to accommodate a higher priority pod"
        condition.lastTransitionTime = clock.now.inSeconds
        let patch: JSONObject = [
            "metadata": ["uid": .string(victim.uid)], "status": ["conditions": [.object(condition.json)]],
        ]
        _ = try await client.patch(Pod.self, victim.key, .strategic(.object(patch)), subresource: "status")
    }
}

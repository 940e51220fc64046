import Client
import KubeAPI
import Machinery

/// Takes the victims of a preemption off their node, through the API.
struct VictimEviction: Sendable {
    let client: Client
    let events: EventRecorder
    let clock: any WallClock
    let log: FailureLog

    /// How many victims of one pod are told at a time.
    private static let width = 16

    /// - Returns: whether all victims are going or gone.
    func evict(_ victims: [PodInfo], for preemptor: PodInfo, from node: String) async -> Bool {
        await withTaskGroup(of: Bool.self) { group in
            var all = true
            for (index, victim) in victims.enumerated() {
                if index >= Self.width, let isGoing = await group.next() { all = all && isGoing }
                group.addTask { await evict(victim, for: preemptor, from: node) }
            }
            for await isGoing in group { all = all && isGoing }
            return all
        }
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
        try await client.change(Pod.self, victim.key, .strategic(.object(patch)), subresource: "status")
    }
}

import Client
import KubeAPI
import Machinery

extension SchedulerCore {
    package mutating func podChanged(_ change: InformerChange<Pod>, now: ContinuousClock.Instant) {
        switch change {
        case .added(let pod), .updated(_, let pod):
            let phase = pod.status.phase ?? ""
            let node = pod.spec.nodeName ?? ""
            if phase == "Succeeded" || phase == "Failed" {
                release(pod, now: now)
            } else if !node.isEmpty {
                settle(pod, on: node, change, now: now)
            } else {
                enqueue(pod, change, now: now)
            }
        case .deleted(let pod):
            release(pod, now: now)
        }
    }

    /// A pod is on a node, the API says.
    private mutating func settle(
        _ pod: Pod, on node: String, _ change: InformerChange<Pod>, now: ContinuousClock.Instant
    ) {
        let uid = pod.uid
        queue.remove(uid: uid)
        consulting[uid] = nil
        let old = cluster.placed(uid: uid)
        if let old, isUnchanged(pod, old, change), cluster.confirmAssumed(uid: uid, on: node) {
            return move(ClusterChange(.podAdded, newPod: old), now: now)
        }
        let info = cluster.info(pod)
        let wasAssumed = cluster.isAssumed(uid: uid)
        if let old, !wasAssumed, Self.isSame(old, info) { return }
        cluster.confirm(info, on: node)
        if info.isBeingDeleted { noteLeaving(uid, now: now) }
        cluster.groups.note(info, isPlaced: true)
        cluster.nominations.remove(uid: uid)
        var events: ClusterEvents = []
        if old == nil || wasAssumed { events.insert(.podAdded) }
        if let old {
            if old.labels != info.labels { events.insert(.podRelabeled) }
            if old.requests != info.requests { events.insert(.podShrunk) }
        }
        move(ClusterChange(events, oldPod: old, newPod: info), now: now)
    }

    /// Whether the API's pod is what was assumed: it was waiting a moment ago, with the same labels.
    private func isUnchanged(_ pod: Pod, _ assumed: PodInfo, _ change: InformerChange<Pod>) -> Bool {
        guard case .updated(let old, _) = change, (old.spec.nodeName ?? "").isEmpty, !pod.isBeingDeleted else {
            return false
        }
        return old.metadata.json["labels"] == pod.metadata.json["labels"] && old.uid == assumed.uid
    }

    /// Whether nothing has changed that scheduling looks at.
    private static func isSame(_ left: PodInfo, _ right: PodInfo) -> Bool {
        left.demands === right.demands && left.labels == right.labels && left.requests == right.requests
            && left.isBeingDeleted == right.isBeingDeleted && left.isPreempted == right.isPreempted
            && left.priority == right.priority && left.startTime == right.startTime
    }

    private mutating func enqueue(_ pod: Pod, _ change: InformerChange<Pod>, now: ContinuousClock.Instant) {
        let uid = pod.uid
        let info = cluster.info(pod)
        guard !cluster.isPlaced(uid: uid) else {
            // Decided already, and being bound; should that fail, it is tried again as it is now.
            bindings[uid]?.pod.info = info
            return
        }
        guard profileIndex(info) != nil, !pod.isBeingDeleted else {
            queue.remove(uid: uid)
            consulting[uid] = nil
            cluster.nominations.remove(uid: uid)
            cluster.groups.forget(info)
            return
        }
        if !info.nominatedNode.isEmpty, cluster.nominations.node(ofPod: uid) == nil {
            cluster.nominations.add(info, node: info.nominatedNode, slot: cluster.slot(of: info.nominatedNode))
        }
        cluster.groups.note(info, isPlaced: false)
        if consulting[uid] != nil {
            consulting[uid]?.pod.info = info
            return
        }
        if let waiting = queue[uid] {
            let events = Self.ownEvents(waiting.info, info)
            queue.replace(info)
            if !events.isEmpty {
                move(ClusterChange(events, oldPod: waiting.info, newPod: info), onlyOwn: uid, now: now)
            }
            return
        }
        let gate = gate(info)
        queue.add(info, gate: gate, now: now)
        // As long as the gang is too small for this one, it is for the others.
        if let group = info.group, gate?.plugin != .gangScheduling {
            move(ClusterChange(.waitingPodAdded, newPod: info, object: group.description), now: now)
        }
    }

    /// What is new about a waiting pod.
    private static func ownEvents(_ old: PodInfo, _ new: PodInfo) -> ClusterEvents {
        var events: ClusterEvents = []
        if old.labels != new.labels { events.insert(.ownLabels) }
        if old.demands.tolerations != new.demands.tolerations { events.insert(.ownTolerations) }
        if old.demands.gates != new.demands.gates { events.insert(.ownGates) }
        if old.requests != new.requests { events.insert(.ownRequests) }
        if old.deviceClaims != new.deviceClaims { events.insert(.ownClaims) }
        if events.isEmpty, old.demands !== new.demands { events.insert(.ownOther) }
        return events
    }

    /// A change of one waiting pod concerns that pod only.
    mutating func move(_ change: ClusterChange, onlyOwn uid: String, now: ContinuousClock.Instant) {
        guard let waiting = queue[uid], let index = profileIndex(waiting.info) else { return }
        if waiting.gate == nil {
            // One in the active queue is tried anyway; of the others those that the change may help.
            let isRelevant =
                change.events.contains(.ownOther) || waiting.refusers.isEmpty
                || profiles[index].mayHelp(change, waiting.info, refusers: waiting.refusers, in: cluster)
            guard isRelevant else { return }
        }
        let gate = gate(waiting.info)
        queue.add(waiting.info, gate: gate, now: now)
    }

    private mutating func release(_ pod: Pod, now: ContinuousClock.Instant) {
        let uid = pod.uid
        queue.remove(uid: uid)
        consulting[uid] = nil
        let wasNominated = cluster.nominations.node(ofPod: uid) != nil
        cluster.nominations.remove(uid: uid)
        forgetPreemption(of: uid)
        let placed = cluster.placed(uid: uid)
        let slot = cluster.node(ofPod: uid)
        if let binding = bindings[uid] { takeBack(binding.pod.info, binding.state, binding.profile) }
        cluster.removePod(uid: uid)
        noteLeaving(uid, now: now)
        let info = placed ?? cluster.info(pod)
        cluster.groups.forget(info)
        if placed != nil || wasNominated {
            // Where room was only being kept, more than one node may have become free.
            move(ClusterChange(.podDeleted, oldPod: info, freed: wasNominated ? nil : slot), now: now)
        }
    }

    package mutating func nodeChanged(_ change: InformerChange<Node>, now: ContinuousClock.Instant) {
        switch change {
        case .updated(let old, let node) where Self.isHeartbeat(old, node): return
        case .added(let node), .updated(_, let node):
            let moved = cluster.updateNode(node)
            move(moved, now: now)
        case .deleted(let node):
            cluster.removeNode(node.name)
            move(ClusterChange(.nodeDeleted), now: now)
        }
    }

    /// Whether nothing has changed that scheduling looks at.
    private static func isHeartbeat(_ old: Node, _ new: Node) -> Bool {
        old.metadata.json["labels"] == new.metadata.json["labels"] && old.json["spec"] == new.json["spec"]
            && old.status.json["allocatable"] == new.status.json["allocatable"]
            && old.status.json["images"] == new.status.json["images"]
            && old.status.json["declaredFeatures"] == new.status.json["declaredFeatures"]
    }

    /// A claim for devices has changed, or is gone.
    package mutating func deviceClaimChanged(
        _ key: ObjectKey, _ claim: ResourceResourceClaim?, now: ContinuousClock.Instant
    ) {
        let isFreed = cluster.devices.set(claim: key, claim)
        let events: ClusterEvents = isFreed ? [.deviceClaimChanged, .devicesFreed] : .deviceClaimChanged
        move(ClusterChange(events, object: key.description), now: now)
    }

    /// Notes a change of something else that plugins look at.
    package mutating func changed(
        _ events: ClusterEvents, object: String? = nil, now: ContinuousClock.Instant,
        _ note: (inout ClusterState) -> Void
    ) {
        note(&cluster)
        move(ClusterChange(events, object: object), now: now)
    }
}

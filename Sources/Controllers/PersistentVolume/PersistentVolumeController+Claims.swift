import Client
import KubeAPI
import Machinery

/// The claims' side.
extension PersistentVolumeController {
    func bindOrWait(_ claim: PersistentVolumeClaim) async throws -> ReconcileOutcome {
        guard claim.volumeName.isEmpty else { return try await bindNamed(claim) }
        let storageClass = classes.get(ObjectKey(namespace: "", name: claim.className))
        let waitsForConsumer = storageClass?.waitsForConsumer ?? false
        if let volume = try VolumeMatching.best(
            for: claim, among: candidates(claim, onlyReserved: waitsForConsumer), onlyReserved: waitsForConsumer)
        {
            try await bind(volume, to: claim)
            return .done
        }
        if try await assignDefaultClass(claim) { return .done }
        if waitsForConsumer, try await selectNodeOfConsumer(claim) { return .done }
        if waitsForConsumer, claim.annotations[VolumeMarks.selectedNode] == nil {
            tellOfConsumers(claim)
        } else if !claim.className.isEmpty {
            return try await provision(claim, storageClass)
        } else {
            recorder.event(
                claim, reason: "FailedBinding",
                message: "no persistent volumes available for this claim and no storage class is set")
        }
        _ = try await setPhase(claim, "Pending", volume: nil)
        return Self.reminder
    }

    /// Copies may be behind one's own writes: those are looked at in the state that was written.
    private func candidates(_ claim: PersistentVolumeClaim, onlyReserved: Bool) -> [PersistentVolume] {
        var found = volumes.byIndex(Index.ofClaim, claim.key.description)
        if !onlyReserved { found += volumes.byIndex(Index.free, claim.className) }
        return found.compactMap { writtenVolumes.get($0.key) }
    }

    /// Gives a claim made before there was a default class that class.
    private func assignDefaultClass(_ claim: PersistentVolumeClaim) async throws -> Bool {
        guard !claim.namesClass else { return false }
        let newest = classes.list().filter(\.isDefault).max { left, right in
            let (mine, theirs) = (left.metadata.creationTimestamp, right.metadata.creationTimestamp)
            guard let mine, let theirs, mine != theirs else { return left.name > right.name }
            return mine < theirs
        }
        guard let newest else { return false }
        var changed = claim
        changed.spec.storageClassName = newest.name
        writtenClaims.note(try await context.client.update(changed))
        return true
    }

    /// A pod that was put on a node past the scheduler has chosen the claim's node with it; upstream it would wait for
    /// ever.
    private func selectNodeOfConsumer(_ claim: PersistentVolumeClaim) async throws -> Bool {
        guard claim.annotations[VolumeMarks.selectedNode] == nil,
            let pod = PodsByClaim.pods(using: claim.key, in: pods)
                .filter({ !$0.nodeName.isEmpty && $0.isActive }).min(by: { $0.name < $1.name })
        else { return false }
        var changed = claim
        changed.metadata.annotations[VolumeMarks.selectedNode] = pod.nodeName
        writtenClaims.note(try await context.client.update(changed))
        return true
    }

    private func tellOfConsumers(_ claim: PersistentVolumeClaim) {
        let waiting = PodsByClaim.pods(using: claim.key, in: pods).filter { !$0.isTerminal && $0.nodeName.isEmpty }
            .map(\.name).sorted()
        if waiting.isEmpty {
            recorder.event(
                claim, reason: "WaitForFirstConsumer",
                message: "waiting for first consumer to be created before binding")
        } else {
            recorder.event(
                claim, reason: "WaitForPodScheduled",
                message: "waiting for pod\(waiting.count > 1 ? "s" : "") \(waiting.joined(separator: ",")) "
                    + "to be scheduled")
        }
    }

    private func bindNamed(_ claim: PersistentVolumeClaim) async throws -> ReconcileOutcome {
        guard let volume = writtenVolumes.get(ObjectKey(namespace: "", name: claim.volumeName)) else {
            _ = try await setPhase(claim, "Pending", volume: nil)
            return .done
        }
        if volume.isReserved(for: claim) {
            try await bind(volume, to: claim)
            return .done
        }
        if volume.spec.claimRef == nil {
            guard let objection = VolumeMatching.objection(volume, claim) else {
                try await bind(volume, to: claim)
                return .done
            }
            recorder.event(
                claim, type: .warning, reason: "VolumeMismatch",
                message: "Cannot bind to requested volume \"\(volume.name)\": \(objection)")
        } else {
            // Once the other claim is gone the volume changes, and this one is looked at again.
            recorder.event(
                claim, type: .warning, reason: "FailedBinding",
                message: "volume \"\(volume.name)\" already bound to a different claim.")
        }
        _ = try await setPhase(claim, "Pending", volume: nil)
        return Self.reminder
    }

    /// A binding that was complete: either it still holds, or the claim has lost what it had.
    func keepBound(_ claim: PersistentVolumeClaim) async throws -> ReconcileOutcome {
        guard !claim.volumeName.isEmpty else {
            try await lose(
                claim, "ClaimLost", "Bound claim has lost reference to PersistentVolume. Data on the volume is lost!")
            return .done
        }
        guard let volume = try await volume(claim.volumeName) else {
            try await lose(
                claim, "ClaimLost", "Bound claim has lost its PersistentVolume. Data on the volume is lost!")
            return .done
        }
        guard volume.spec.claimRef == nil || volume.spec.claimRef?.uid == claim.uid else {
            try await lose(
                claim, "ClaimMisbound",
                "Two claims are bound to the same volume, this one is bound incorrectly")
            return .done
        }
        try await bind(volume, to: claim)
        return .done
    }

    /// The two informers know nothing of each other: what one lacks may only be late.
    private func volume(_ name: String) async throws -> PersistentVolume? {
        let key = ObjectKey(namespace: "", name: name)
        if let known = writtenVolumes.get(key) { return known }
        do throws(StatusError) {
            return try await context.client.get(PersistentVolume.self, key)
        } catch {
            if error.isNotFound { return nil }
            throw error
        }
    }

    private func lose(_ claim: PersistentVolumeClaim, _ reason: String, _ message: String) async throws {
        guard claim.status.phase != "Lost" else { return }
        let lost = try await setPhase(claim, "Lost", volume: nil)
        recorder.event(lost, type: .warning, reason: reason, message: message)
    }
}

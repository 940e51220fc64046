import Client
import KubeAPI
import Machinery

/// The writes that make and undo a binding; each only where something differs.
extension PersistentVolumeController {
    /// Binds both sides, from wherever an earlier attempt ended.
    func bind(_ volume: PersistentVolume, to claim: PersistentVolumeClaim) async throws {
        var volume = try await point(volume, to: claim)
        volume = try await setPhase(volume, "Bound")
        let claim = try await point(claim, to: volume)
        _ = try await setPhase(claim, "Bound", volume: volume)
    }

    private func point(_ volume: PersistentVolume, to claim: PersistentVolumeClaim) async throws -> PersistentVolume {
        var changed = volume
        let reference = volume.spec.claimRef
        if volume.claimKey != claim.key || reference?.uid != claim.uid { changed.spec.claimRef = claim.reference }
        if !volume.isReserved(for: claim) { changed.metadata.annotations[VolumeMarks.boundByController] = "yes" }
        guard changed != volume else { return volume }
        return writtenVolumes.note(try await context.client.update(changed))
    }

    private func point(_ claim: PersistentVolumeClaim, to volume: PersistentVolume) async throws
        -> PersistentVolumeClaim
    {
        var changed = claim
        if claim.volumeName != volume.name {
            changed.spec.volumeName = volume.name
            changed.metadata.annotations[VolumeMarks.boundByController] = "yes"
        }
        if !claim.isBindingComplete { changed.metadata.annotations[VolumeMarks.bindCompleted] = "yes" }
        guard changed != claim else { return claim }
        return writtenClaims.note(try await context.client.update(changed))
    }

    /// Frees a volume: wholly where this controller had chosen the claim, else for another claim of that name.
    func unbind(_ volume: PersistentVolume) async throws {
        var changed = volume
        if volume.annotations[VolumeMarks.boundByController] != nil {
            changed.spec.claimRef = nil
            changed.metadata.annotations[VolumeMarks.boundByController] = nil
        } else {
            changed.spec.claimRef?.uid = nil
        }
        let freed = writtenVolumes.note(try await context.client.update(changed))
        _ = try await setPhase(freed, "Available")
    }

    func setPhase(_ volume: PersistentVolume, _ phase: String, message: String? = nil) async throws
        -> PersistentVolume
    {
        guard volume.phase != phase else { return volume }
        var changed = volume
        changed.status.phase = phase
        changed.status.message = message
        return writtenVolumes.note(try await context.client.updateStatus(changed))
    }

    /// - Parameter volume: what the claim is bound to; without one it has nothing.
    func setPhase(
        _ claim: PersistentVolumeClaim, _ phase: String, volume: PersistentVolume?
    ) async throws -> PersistentVolumeClaim {
        var changed = claim
        changed.status.phase = phase
        changed.status.accessModes = volume?.spec.accessModes ?? []
        if let volume {
            // Later the size in the status is whoever's that grows the volume.
            if claim.status.phase != phase {
                // As upstream: a size that cannot be read is as good as none.
                let before = volume.annotations[VolumeMarks.sizeBeforeResize].flatMap { try? Quantity(parsing: $0) }
                changed.status.capacity = before.map { ["storage": $0] } ?? volume.spec.capacity
                if phase == "Bound", claim.status.phase == "Pending" {
                    changed.status.currentVolumeAttributesClassName = volume.spec.volumeAttributesClassName
                }
            }
        } else {
            changed.status.capacity = [:]
            changed.status.currentVolumeAttributesClassName = nil
        }
        guard changed != claim else { return claim }
        return writtenClaims.note(try await context.client.updateStatus(changed))
    }
}

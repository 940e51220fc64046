import Client
import KubeAPI
import Machinery

/// The volumes' side.
extension PersistentVolumeController {
    func settle(_ volume: PersistentVolume) async throws -> ReconcileOutcome {
        guard let reference = volume.spec.claimRef, let key = volume.claimKey, let uid = reference.uid, !uid.isEmpty
        else {
            _ = try await setPhase(volume, "Available")
            return .done
        }
        guard let claim = try await claim(key, uid: uid, of: volume) else { return try await release(volume) }
        if claim.volumeName.isEmpty {
            if VolumeMatching.hasSameMode(volume, claim) {
                queue.add(.claim(key))
            } else {
                tellOfModes(volume, claim)
            }
            return .done
        }
        if claim.volumeName == volume.name {
            _ = try await setPhase(volume, "Bound")
            return .done
        }
        // The claim went with another volume.
        let isOurs = volume.annotations[VolumeMarks.provisionedBy] != nil
        if isOurs, volume.spec.persistentVolumeReclaimPolicy == "Delete" { return try await release(volume) }
        try await unbind(volume)
        return .done
    }

    private func tellOfModes(_ volume: PersistentVolume, _ claim: PersistentVolumeClaim) {
        recorder.event(
            volume, type: .warning, reason: "VolumeMismatch",
            message: "Cannot bind PersistentVolume to requested PersistentVolumeClaim \"\(claim.name)\" "
                + "due to incompatible volumeMode.")
        recorder.event(
            claim, type: .warning, reason: "VolumeMismatch",
            message: "Cannot bind PersistentVolume \"\(volume.name)\" to requested PersistentVolumeClaim "
                + "due to incompatible volumeMode.")
    }

    /// The claim that a volume belongs to. Before it counts as gone, which may cost the volume its data, the server is
    /// asked: the copy of the claims may be behind that of the volumes.
    private func claim(
        _ key: ObjectKey, uid: String, of volume: PersistentVolume
    ) async throws -> PersistentVolumeClaim? {
        if let known = writtenClaims.get(key), known.uid == uid { return known }
        if writtenClaims.get(key) == nil, Self.isReleased(volume) { return nil }
        do throws(StatusError) {
            let live = try await context.client.get(PersistentVolumeClaim.self, key)
            return live.uid == uid ? live : nil
        } catch {
            if error.isNotFound { return nil }
            throw error
        }
    }

    private static func isReleased(_ volume: PersistentVolume) -> Bool {
        volume.phase == "Released" || volume.phase == "Failed"
    }

    /// The claim is gone: the volume is what its policy makes of it.
    private func release(_ volume: PersistentVolume) async throws -> ReconcileOutcome {
        let volume = Self.isReleased(volume) ? volume : try await setPhase(volume, "Released")
        guard volume.annotations[VolumeMarks.migratedTo] == nil else { return .done }
        switch volume.spec.persistentVolumeReclaimPolicy ?? "Retain" {
        case "Retain": return .done
        case "Delete": return try await delete(volume)
        case "Recycle":
            return try await fail(volume, "VolumeFailedRecycle", "No recycler plugin found for the volume!")
        default:
            return try await fail(
                volume, "VolumeUnknownReclaimPolicy", "Volume has unrecognized PersistentVolumeReclaimPolicy")
        }
    }

    /// Whoever made a volume deletes it; what people made, nobody knows how to.
    private func delete(_ volume: PersistentVolume) async throws -> ReconcileOutcome {
        let maker = volume.annotations[VolumeMarks.provisionedBy] ?? ""
        if maker.hasPrefix("kubernetes.io/") {
            return try await fail(volume, "VolumeFailedDelete", "no volume plugin matched name: \(maker)")
        }
        guard maker.isEmpty, volume.spec.csi == nil else { return .done }
        return try await fail(
            volume, "VolumeFailedDelete",
            "error getting deleter volume plugin for volume \"\(volume.name)\": no deletable volume plugin matched")
    }

    private func fail(_ volume: PersistentVolume, _ reason: String, _ message: String) async throws
        -> ReconcileOutcome
    {
        guard volume.phase != "Failed" else { return .done }
        let failed = try await setPhase(volume, "Failed", message: message)
        recorder.event(failed, type: .warning, reason: reason, message: message)
        return .done
    }
}

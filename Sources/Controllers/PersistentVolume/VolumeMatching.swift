import KubeAPI
import Machinery

/// Which volume fits a claim.
enum VolumeMatching {
    /// The volume kept for the claim, else the smallest free one with the fewest modes beyond those asked for.
    ///
    /// - Parameter onlyReserved: the claim's place is not chosen yet; only a volume kept for it will do.
    /// - Throws: when the claim's selector cannot be read.
    static func best(
        for claim: PersistentVolumeClaim, among volumes: [PersistentVolume], onlyReserved: Bool
    ) throws -> PersistentVolume? {
        let fitting = volumes.filter { volume in
            (volume.spec.claimRef == nil || volume.isReserved(for: claim)) && !volume.isBeingDeleted
                && volume.capacity >= claim.request && hasSameMode(volume, claim)
                && hasSameAttributes(volume, claim) && offersModes(volume, claim)
        }
        if let reserved = fitting.first(where: { $0.isReserved(for: claim) }) { return reserved }
        guard !onlyReserved else { return nil }
        let selector = try claim.spec.selector.map { try Selector(labelSelector: $0.json) }
        return fitting.filter { volume in
            volume.phase == "Available" && volume.className == claim.className
                && selector?.matches(volume.labels) ?? true
        }.min { isBetter($0, $1) }
    }

    /// Why a volume that the claim names will not do; `nil` when it will.
    static func objection(_ volume: PersistentVolume, _ claim: PersistentVolumeClaim) -> String? {
        if volume.isBeingDeleted { return "the volume is marked for deletion \"\(volume.name)\"" }
        if volume.capacity < claim.request { return "requested PV is too small" }
        if volume.className != claim.className { return "storageClassName does not match" }
        if !hasSameAttributes(volume, claim) { return "volumeAttributesClassName does not match" }
        if !hasSameMode(volume, claim) { return "incompatible volumeMode" }
        if !offersModes(volume, claim) { return "incompatible accessMode" }
        return nil
    }

    static func hasSameMode(_ volume: PersistentVolume, _ claim: PersistentVolumeClaim) -> Bool {
        (volume.spec.volumeMode ?? "Filesystem") == (claim.spec.volumeMode ?? "Filesystem")
    }

    private static func hasSameAttributes(_ volume: PersistentVolume, _ claim: PersistentVolumeClaim) -> Bool {
        (volume.spec.volumeAttributesClassName ?? "") == (claim.spec.volumeAttributesClassName ?? "")
    }

    private static func offersModes(_ volume: PersistentVolume, _ claim: PersistentVolumeClaim) -> Bool {
        Set(claim.spec.accessModes).isSubset(of: volume.spec.accessModes)
    }

    private static func isBetter(_ left: PersistentVolume, _ right: PersistentVolume) -> Bool {
        let (mine, theirs) = (left.spec.accessModes.count, right.spec.accessModes.count)
        if mine != theirs { return mine < theirs }
        return left.capacity == right.capacity ? left.name < right.name : left.capacity < right.capacity
    }
}

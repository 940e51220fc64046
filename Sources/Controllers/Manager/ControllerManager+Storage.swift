/// The controllers of volumes, claims and devices.
extension ControllerManager {
    static func storage(_ context: ControllerContext) -> [String: () -> any ControllerService] {
        [
            "persistentvolume-binder": { PersistentVolumeController(context) },
            "persistentvolume-protection": { VolumeProtectionController(context) },
            "persistentvolumeclaim-protection": { ClaimProtectionController(context) },
            "volumeattributesclass-protection": { AttributesClassProtectionController(context) },
            "ephemeral-volume": { EphemeralVolumeController(context) },
            "local-path-provisioner": { LocalPathProvisioner(context) },
            "persistentvolume-attach-detach": { AttachDetachController(context) },
            "resourceclaim": { ResourceClaimController(context) },
            "device-taint-eviction": { DeviceTaintEvictionController(context) },
        ]
    }
}

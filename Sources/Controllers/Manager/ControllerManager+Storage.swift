import KubeAPI

/// The controllers of volumes, claims, devices and what is stored.
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
            "storage-version-migrator": {
                OptionalController(
                    name: "storage-version-migrator", context: context, resource: StorageVersionMigration.resource
                ) { StorageVersionMigrationController(context) }
            },
        ]
    }
}

import KubeAPI

/// Which volumes restricted pods may have: such as are made for them, and claims.
enum VolumeChecks {
    static let restricted = PodSecurityCheck(
        "restrictedVolumes", .restricted, overrides: "hostPathVolumes", [(0, areHarmless)])

    private static let harmless = [
        "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "image", "persistentVolumeClaim", "projected",
        "secret",
    ]
    private static let others = [
        "hostPath", "gcePersistentDisk", "awsElasticBlockStore", "gitRepo", "nfs", "iscsi", "glusterfs", "rbd",
        "flexVolume", "cinder", "cephfs", "flocker", "fc", "azureFile", "vsphereVolume", "quobyte", "azureDisk",
        "photonPersistentDisk", "portworxVolume", "scaleIO", "storageos",
    ]

    @Sendable private static func areHarmless(_ subject: PodSecuritySubject) -> PodSecurityViolation? {
        let bad = subject.spec.volumes.filter { volume in !harmless.contains { volume.json[$0] != nil } }
        guard !bad.isEmpty else { return nil }
        let types = Set(bad.map { volume in others.first { volume.json[$0] != nil } ?? "unknown" })
        return PodSecurityViolation(
            reason: "restricted volume types",
            detail: "\(PodSecurityWords.named("volume", bad.map(\.name))) \(bad.count == 1 ? "uses" : "use") "
                + PodSecurityWords.named("restricted volume type", types.sorted()))
    }
}

import KubeAPI
import Machinery
import PKI

/// A volume of a storage driver, and the names that it goes by.
struct AttachableVolume: Sendable {
    /// The PersistentVolume's.
    let name: String
    let driver: String
    let handle: String
    /// Several nodes may have it at once.
    let isShared: Bool

    init(name: String, source: CSIPersistentVolumeSource, volume: PersistentVolume) {
        self.name = name
        driver = source.driver
        handle = source.volumeHandle
        let modes = volume.spec.accessModes
        isShared = modes.isEmpty || modes.contains("ReadWriteMany") || modes.contains("ReadOnlyMany")
    }

    /// As nodes tell of it in their status.
    var uniqueName: String { "kubernetes.io/csi/\(driver)^\(handle)" }

    /// The VolumeAttachment's for a node: Kubernetes' own, which drivers and agents compute as well.
    func attachmentName(_ node: String) -> String {
        "csi-" + Hex.encode(Digest.sha256("\(handle)\(driver)\(node)".utf8))
    }

    func attachment(_ node: String) -> VolumeAttachment {
        var attachment = VolumeAttachment(name: attachmentName(node))
        attachment.spec.attacher = driver
        attachment.spec.nodeName = node
        var source = VolumeAttachmentSource()
        source.persistentVolumeName = name
        attachment.spec.source = source
        return attachment
    }
}

/// Which pods keep a volume attached.
enum VolumeUsers {
    /// Its containers will not run again, so that the volume can be taken from its node.
    static func isEnded(_ pod: Pod) -> Bool {
        if pod.isTerminal { return true }
        guard pod.isBeingDeleted else { return false }
        let containers = pod.status.containerStatuses
        return containers.allSatisfy { $0.state?.terminated != nil || $0.state?.waiting != nil }
    }
}

import KubeAPI

/// A disk that a pod's volume names directly, and that not every two pods can have at the same time.
package enum InlineDisk: Hashable, Sendable {
    case gce(name: String, isReadOnly: Bool)
    case ebs(volume: String)
    case iscsi(name: String, isReadOnly: Bool)
    case rbd(monitors: [String], pool: String, image: String, isReadOnly: Bool)

    init?(_ volume: Volume) {
        if let disk = volume.gcePersistentDisk {
            self = .gce(name: disk.pdName, isReadOnly: disk.readOnly ?? false)
        } else if let disk = volume.awsElasticBlockStore {
            self = .ebs(volume: disk.volumeID)
        } else if let disk = volume.iscsi {
            self = .iscsi(name: disk.iqn, isReadOnly: disk.readOnly ?? false)
        } else if let disk = volume.rbd {
            self = .rbd(
                monitors: disk.monitors, pool: disk.pool ?? "", image: disk.image, isReadOnly: disk.readOnly ?? false)
        } else {
            return nil
        }
    }

    func conflicts(with other: InlineDisk) -> Bool {
        switch (self, other) {
        case (.gce(let name, let readOnly), .gce(let otherName, let otherReadOnly)),
            (.iscsi(let name, let readOnly), .iscsi(let otherName, let otherReadOnly)):
            name == otherName && !(readOnly && otherReadOnly)
        case (.ebs(let volume), .ebs(let otherVolume)):
            volume == otherVolume
        case (
            .rbd(let monitors, let pool, let image, let readOnly),
            .rbd(let otherMonitors, let otherPool, let otherImage, let otherReadOnly)
        ):
            monitors.contains(where: otherMonitors.contains) && pool == otherPool && image == otherImage
                && !(readOnly && otherReadOnly)
        default: false
        }
    }
}

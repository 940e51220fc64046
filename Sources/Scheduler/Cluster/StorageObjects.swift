import KubeAPI
import Machinery

/// Volumes, claims, classes and what nodes can attach.
package struct StorageObjects: Sendable {
    package var volumes: [String: PersistentVolume] = [:]
    package var claims: [ObjectKey: PersistentVolumeClaim] = [:]
    package var classes: [String: StorageClass] = [:]
    package var nodes: [String: CSINode] = [:]
    package var drivers: [String: CSIDriver] = [:]
    package var capacities: [ObjectKey: CSIStorageCapacity] = [:]
    /// Volumes that a decided pod will have: the claim, by volume. They are taken before the API knows.
    package var assumedVolumes: [String: ObjectKey] = [:]

    package init() {}
}

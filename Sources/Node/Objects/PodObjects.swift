import KubeAPI
import Machinery

/// The objects that pods refer to: what environments and volumes are made of.
package protocol PodObjects: Sendable {
    /// `nil` when there is none of that name.
    func configMap(_ key: ObjectKey) async throws(StatusError) -> ConfigMap?
    func secret(_ key: ObjectKey) async throws(StatusError) -> Secret?
    /// A claim as it is now: asked for, as a pod's volumes are set up once.
    func claim(_ key: ObjectKey) async throws(StatusError) -> PersistentVolumeClaim?
    func persistentVolume(_ name: String) async throws(StatusError) -> PersistentVolume?
    /// Services whose addresses become variables: those of the namespace, and the cluster's own `kubernetes`.
    func services(namespace: String) -> [Service]
}

import KubeAPI
import Machinery

/// The objects that pods refer to: what environments and volumes are made of.
package protocol PodObjects: Sendable {
    /// `nil` when there is none of that name.
    func configMap(_ key: ObjectKey) async throws(StatusError) -> ConfigMap?
    func secret(_ key: ObjectKey) async throws(StatusError) -> Secret?
    /// Services whose addresses become variables: those of the namespace, and the cluster's own `kubernetes`.
    func services(namespace: String) -> [Service]
}

import Client
import KubeAPI
import Machinery

/// Publishes the cluster's root certificates in every namespace, where pods find them.
struct RootCAController: QueueController {
    static let configMapName = "kube-root-ca.crt"
    static let dataKey = "ca.crt"
    private static let descriptionAnnotation = "kubernetes.io/description"
    private static let descriptionText =
        "Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the "
        + "internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of "
        + "Kubernetes clusters."

    let context: ControllerContext
    let queue: WorkQueue<String>
    let namespaces: Informer<Namespace>
    let configMaps: Informer<ConfigMap>
    /// PEM.
    let bundle: String

    init(_ context: ControllerContext, bundle: String) {
        self.context = context
        self.bundle = bundle
        queue = context.queue(String.self, name: "root_ca_cert_publisher")
        namespaces = context.informers.informer(Namespace.self)
        configMaps = context.informers.informer(
            ConfigMap.self, fieldSelector: "metadata.name=\(Self.configMapName)")
        namespaces.onChange { [queue] change in
            if case .deleted = change { return }
            queue.add(change.object.name)
        }
        configMaps.onChange { [queue] change in queue.add(change.object.namespace) }
    }

    var name: String { "root-ca-certificate-publisher" }
    var workers: Int { 1 }

    var sources: [any InformerSource] { [namespaces, configMaps] }

    func reconcile(_ key: String) async throws -> ReconcileOutcome {
        guard let namespace = namespaces.get(ObjectKey(namespace: "", name: key)), !namespace.isBeingDeleted,
            namespace.status.phase != "Terminating"
        else { return .done }
        let present = configMaps.get(ObjectKey(namespace: key, name: Self.configMapName))
        var desired = present ?? ConfigMap(name: Self.configMapName, namespace: key)
        desired.data = [Self.dataKey: bundle]
        desired.metadata.annotations[Self.descriptionAnnotation] = Self.descriptionText
        if desired == present { return .done }
        do throws(StatusError) {
            if present == nil {
                _ = try await context.client.create(desired)
            } else {
                _ = try await context.client.update(desired)
            }
        } catch {
            if error.isNamespaceTerminating || error.isNotFound || error.isAlreadyExists { return .done }
            throw error
        }
        return .done
    }
}

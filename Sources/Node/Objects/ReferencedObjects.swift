import Client
import KubeAPI
import Machinery

/// The ConfigMaps, Secrets and Services that the node's pods refer to.
package final class ReferencedObjects: PodObjects {
    private let configMaps: ObjectWatcher<ConfigMap>
    private let secrets: ObjectWatcher<Secret>
    private let serviceInformer: Informer<Service>
    private let client: Client

    /// - Parameter onChange: told the uids of the pods that refer to a changed object.
    package init(
        client: Client, informers: InformerFactory, scope: TaskScope, clock: NodeClock,
        onChange: @escaping @Sendable (Set<String>) -> Void
    ) {
        configMaps = ObjectWatcher(client: client, scope: scope, clock: clock, onChange: onChange)
        secrets = ObjectWatcher(client: client, scope: scope, clock: clock, onChange: onChange)
        serviceInformer = informers.informer(Service.self)
        self.client = client
    }

    package func waitForSync() async throws {
        try await serviceInformer.waitForSync()
    }

    /// Watches what a pod refers to, until `release`.
    package func retain(_ pod: Pod) {
        let references = PodReferences(pod)
        configMaps.setReferences(references.configMaps, user: pod.uid)
        secrets.setReferences(references.secrets, user: pod.uid)
    }

    package func release(uid: String) {
        configMaps.setReferences([], user: uid)
        secrets.setReferences([], user: uid)
    }

    package func configMap(_ key: ObjectKey) async throws(StatusError) -> ConfigMap? { try await configMaps.get(key) }
    package func secret(_ key: ObjectKey) async throws(StatusError) -> Secret? { try await secrets.get(key) }

    package func claim(_ key: ObjectKey) async throws(StatusError) -> PersistentVolumeClaim? {
        try await present(PersistentVolumeClaim.self, key)
    }

    package func persistentVolume(_ name: String) async throws(StatusError) -> PersistentVolume? {
        try await present(PersistentVolume.self, ObjectKey(namespace: "", name: name))
    }

    private func present<T: KubeObject>(_: T.Type, _ key: ObjectKey) async throws(StatusError) -> T? {
        do throws(StatusError) {
            return try await client.get(T.self, key)
        } catch {
            if error.isNotFound { return nil }
            throw error
        }
    }

    package func services(namespace: String) -> [Service] {
        var services = serviceInformer.list(namespace: namespace)
        if namespace != "default", let master = serviceInformer.get(ObjectKey(namespace: "default", name: "kubernetes"))
        {
            services.append(master)
        }
        return services
    }
}

/// The names of the ConfigMaps and Secrets that a pod's volumes, variables and pulls refer to.
package struct PodReferences: Hashable, Sendable {
    package private(set) var configMaps: Set<ObjectKey> = []
    package private(set) var secrets: Set<ObjectKey> = []

    package init(_ pod: Pod) {
        let namespace = pod.namespace
        func key(_ name: String?) -> ObjectKey { ObjectKey(namespace: namespace, name: name ?? "") }
        for volume in pod.spec.volumes {
            if let source = volume.configMap { configMaps.insert(key(source.name)) }
            if let source = volume.secret { secrets.insert(key(source.secretName)) }
            for source in volume.projected?.sources ?? [] {
                if let map = source.configMap { configMaps.insert(key(map.name)) }
                if let secret = source.secret { secrets.insert(key(secret.name)) }
            }
        }
        for (container, _) in pod.allContainers {
            for source in container.envFrom {
                if let map = source.configMapRef { configMaps.insert(key(map.name)) }
                if let secret = source.secretRef { secrets.insert(key(secret.name)) }
            }
            for variable in container.env {
                if let map = variable.valueFrom?.configMapKeyRef { configMaps.insert(key(map.name)) }
                if let secret = variable.valueFrom?.secretKeyRef { secrets.insert(key(secret.name)) }
            }
        }
        for reference in pod.spec.imagePullSecrets { secrets.insert(key(reference.name)) }
    }
}

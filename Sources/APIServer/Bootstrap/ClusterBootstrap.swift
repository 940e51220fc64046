import Client
import KubeAPI
import Machinery

/// Creates what every cluster has from the start: namespaces, default roles, and the `kubernetes` Service that leads to
/// the API server itself. What is there already is left alone.
package struct ClusterBootstrap: Sendable {
    private let client: Client
    private let serviceAddress: String
    private let dnsAddress: String
    private let serverAddress: String
    private let serverPort: Int32
    private let served: [GroupVersion]
    private let documents: [PublishedDocument]
    private let definitions: [BundledDefinition]

    /// - Parameters:
    ///   - serviceAddress: the ClusterIP of the `kubernetes` Service.
    ///   - dnsAddress: the ClusterIP of the `kube-dns` Service, which the node itself has.
    ///   - serverAddress: where the API server is reached from pods.
    ///   - served: the group versions that this server serves itself.
    ///   - documents: what else is to be there, and for whom.
    ///   - definitions: kinds that are served beside Kubernetes' own.
    package init(
        client: Client, serviceAddress: String, dnsAddress: String, serverAddress: String, serverPort: Int,
        served: [GroupVersion], documents: [PublishedDocument] = [], definitions: [BundledDefinition] = []
    ) {
        self.client = client
        self.serviceAddress = serviceAddress
        self.dnsAddress = dnsAddress
        self.serverAddress = serverAddress
        self.serverPort = Int32(clamping: serverPort)
        self.served = served
        self.documents = documents
        self.definitions = definitions
    }

    private static let priorityClasses = PriorityClassValidation.systemClasses.map { known in
        var priorityClass = PriorityClass(name: known.name)
        priorityClass.value = known.value
        priorityClass.description = known.description
        return priorityClass
    }

    package func run() async throws(StatusError) {
        // Together, so that they share commits.
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for name in ["default", "kube-system", "kube-public", "kube-node-lease"] {
                    group.addTask { try await create(Namespace(name: name)) }
                }
                for priorityClass in Self.priorityClasses { group.addTask { try await create(priorityClass) } }
                for level in FlowControlDefaults.mandatoryLevels + FlowControlDefaults.suggestedLevels {
                    group.addTask { try await create(level) }
                }
                for schema in FlowControlDefaults.mandatorySchemas + FlowControlDefaults.suggestedSchemas {
                    group.addTask { try await create(schema) }
                }
                for role in DefaultRoles.clusterRoles { group.addTask { try await reconcile(role.object) } }
                for binding in DefaultRoles.clusterRoleBindings {
                    group.addTask { try await reconcile(binding.object) }
                }
                try await group.waitForAll()
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for role in DefaultRoles.namespacedRoles {
                    group.addTask { try await create(role.roleObject) }
                    group.addTask { try await create(role.bindingObject) }
                }
                group.addTask { try await kubernetesService() }
                group.addTask { try await dnsService() }
                group.addTask { try await APIServiceBootstrap(client: client, served: served).run() }
                for definition in definitions {
                    group.addTask { try await DefinitionBootstrap(client: client).run(definition) }
                }
                for document in documents {
                    group.addTask { try await replace(document.map) }
                    if let role = document.role { group.addTask { try await create(role) } }
                    if let binding = document.binding { group.addTask { try await create(binding) } }
                }
                try await group.waitForAll()
            }
        } catch let error as StatusError {
            throw error
        } catch {
            throw StatusError.internalError("starting the cluster: \(error)")
        }
    }

    /// Creates a default role, or gives one of an older version back what it lacks. What people added stays, and a role
    /// whose `autoupdate` annotation they set to false is theirs.
    private func reconcile(_ role: ClusterRole) async throws(StatusError) {
        guard var present = try await existing(role) else { return try await create(role) }
        guard Self.isAutoUpdated(present.annotations) else { return }
        // Aggregated rules are the aggregation controller's.
        let missing = role.aggregationRule == nil ? role.rules.filter { !present.rules.contains($0) } : []
        let labels = role.labels.filter { present.labels[$0.key] != $0.value }
        guard !missing.isEmpty || !labels.isEmpty || role.aggregationRule != present.aggregationRule else { return }
        present.rules += missing
        present.metadata.labels.merge(labels) { _, wanted in wanted }
        if let rule = role.aggregationRule { present.aggregationRule = rule }
        _ = try await client.update(present)
    }

    private func reconcile(_ binding: ClusterRoleBinding) async throws(StatusError) {
        guard var present = try await existing(binding) else { return try await create(binding) }
        let missing = binding.subjects.filter { !present.subjects.contains($0) }
        guard Self.isAutoUpdated(present.annotations), !missing.isEmpty else { return }
        present.subjects += missing
        _ = try await client.update(present)
    }

    private static func isAutoUpdated(_ annotations: [String: String]) -> Bool {
        annotations["rbac.authorization.kubernetes.io/autoupdate"] == "true"
    }

    private func existing<T: KubeObject>(_ object: T) async throws(StatusError) -> T? {
        do throws(StatusError) {
            return try await client.get(T.self, object.key)
        } catch {
            guard error.reason == .notFound else { throw error }
            return nil
        }
    }

    private func create<T: KubeObject>(_ object: T) async throws(StatusError) {
        do throws(StatusError) {
            // Most starts find everything in place: a read costs less than a refused write.
            _ = try await client.get(T.self, object.key)
            return
        } catch {
            guard error.reason == .notFound else { throw error }
        }
        do throws(StatusError) {
            _ = try await client.create(object)
        } catch {
            guard error.reason == .alreadyExists else { throw error }
        }
    }

    private func kubernetesService() async throws(StatusError) {
        var service = Service(name: "kubernetes", namespace: "default")
        service.metadata.labels = ["component": "apiserver", "provider": "kubernetes"]
        service.spec.type = "ClusterIP"
        service.spec.clusterIP = serviceAddress
        var port = ServicePort()
        port.name = "https"
        port.port = 443
        port.protocol = "TCP"
        port.targetPort = .int(serverPort)
        service.spec.ports = [port]
        try await create(service)

        var slice = EndpointSlice(name: "kubernetes", namespace: "default")
        slice.metadata.labels = ["kubernetes.io/service-name": "kubernetes"]
        slice.addressType = "IPv4"
        slice.json["endpoints"] = [
            ["addresses": [.string(serverAddress)], "conditions": ["ready": true]]
        ]
        slice.json["ports"] = [["name": "https", "port": .int(Int64(serverPort)), "protocol": "TCP"]]
        try await replace(slice)

        var endpoints = Endpoints(name: "kubernetes", namespace: "default")
        endpoints.metadata.labels = ["endpointslice.kubernetes.io/skip-mirror": "true"]
        endpoints.json["subsets"] = [
            [
                "addresses": [["ip": .string(serverAddress)]],
                "ports": [["name": "https", "port": .int(Int64(serverPort)), "protocol": "TCP"]],
            ]
        ]
        try await replace(endpoints)
    }

    /// The cluster's DNS answers at its Service's own address, so no service proxy is to have a hand in it.
    private func dnsService() async throws(StatusError) {
        let key = ObjectKey(namespace: "kube-system", name: "kube-dns")
        let ports = [("dns", "UDP"), ("dns-tcp", "TCP")]
        var service = Service(name: key.name, namespace: key.namespace)
        service.metadata.labels = ["k8s-app": "kube-dns", "service.kubernetes.io/service-proxy-name": "gantry-dns"]
        service.spec.type = "ClusterIP"
        service.spec.clusterIP = dnsAddress
        service.spec.ports = ports.map { name, proto in
            var port = ServicePort()
            port.name = name
            port.port = 53
            port.protocol = proto
            return port
        }
        try await create(service)
    }

    /// The server's address may have changed since the last start.
    private func replace<T: KubeObject>(_ object: T) async throws(StatusError) {
        do throws(StatusError) {
            _ = try await client.create(object)
        } catch {
            guard error.reason == .alreadyExists else { throw error }
            var patch = object.json
            patch["metadata"] = nil
            try await client.change(T.self, object.key, .merge(.object(patch)))
        }
    }
}

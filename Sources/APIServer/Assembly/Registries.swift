import HTTPClient
import KubeAPI
import KubeSchemas
import Machinery
import Store

/// One registry per stored resource, and what hangs below them.
struct Registries: Sendable {
    private let stored: [GroupVersionResource: Registry]
    private let order: [APIResource]
    /// What writes of every resource go through, custom ones too.
    let admission: AdmissionChain
    let serviceRepair: ServiceRepair

    init(
        _ configuration: ControlPlane.Configuration, store: any Store, cache: WatchCache, lookup: ObjectLookup,
        rbac: RBACAuthorizer, authorizer: any Authorizer, dynamic: DynamicAdmission, metrics: AdmissionMetrics
    ) throws(StatusError) {
        let admission = Self.chain(
            configuration, store: store, lookup: lookup, rbac: rbac, authorizer: authorizer, dynamic: dynamic,
            metrics: metrics)
        self.admission = admission
        let services = try ServiceNetwork(configuration, store: store, cache: cache, admission: admission)
        serviceRepair = services.repair
        var stored: [GroupVersionResource: Registry] = [:]
        var order: [APIResource] = []
        for resource in BuiltinSchemas.resources {
            order.append(resource)
            guard let strategy = StrategyCatalog.all[resource.gvr], configuration.apis.isServed(resource.gvr) else {
                continue
            }
            let (working, versions) = BuiltinVersions.place(of: resource, strategy: strategy)
            stored[resource.gvr] = Registry(
                resource: resource, working: working, versions: versions, strategy: strategy, store: store,
                cache: cache, admission: admission,
                allocator: resource.gvr == Service.resource ? services.allocator : nil,
                clock: configuration.clock)
        }
        self.stored = stored
        self.order = order
    }

    func catalog(
        authorizer: any Authorizer, bearer: BearerTokenAuthenticator, tokens: ServiceAccountTokens,
        nodeClient: HTTPClient, proxyClient: HTTPClient, components: ComponentStatuses,
        usage: (NodeConnector) -> UsageReader?
    ) -> ResourceCatalog {
        var reviews = reviews(authorizer: authorizer, bearer: bearer)
        reviews[ComponentStatus.kind] = components
        if let pods = stored[Pod.resource] {
            reviews[Binding.kind] = BindingCollection(binding: BindingSubresource(pods: pods))
        }
        if let pods = stored[Pod.resource], let nodes = stored[Node.resource],
            let reader = usage(NodeConnector(client: nodeClient, nodes: nodes))
        {
            reviews[NodeMetrics.kind] = ResourceMetrics(subject: .nodes, nodes: nodes, pods: pods, reader: reader)
            reviews[PodMetrics.kind] = ResourceMetrics(subject: .pods, nodes: nodes, pods: pods, reader: reader)
        }
        let special = special(tokens: tokens, nodeClient: nodeClient, proxyClient: proxyClient)
        var served: [ResourceCatalog.Served] = []
        for resource in order {
            if let registry = stored[resource.gvr] {
                var subresources = special[resource.gvr] ?? [:]
                for subresource in resource.subresources where subresources[subresource.name] == nil {
                    switch subresource.name {
                    case "status": subresources["status"] = StatusSubresource(registry: registry)
                    case "scale": subresources["scale"] = ScaleSubresource(registry: registry)
                    default: continue
                    }
                }
                served.append(
                    ResourceCatalog.Served(
                        resource: resource, serving: .stored(registry), subresources: subresources))
            } else if let review = reviews[resource.gvk] {
                served.append(ResourceCatalog.Served(resource: resource, serving: .review(review)))
            }
        }
        return ResourceCatalog(served)
    }

    private func reviews(
        authorizer: any Authorizer, bearer: BearerTokenAuthenticator
    ) -> [GroupVersionKind: any ReviewHandler] {
        var result: [GroupVersionKind: any ReviewHandler] = [
            SelfSubjectRulesReview.kind: RulesReview(authorizer: authorizer),
            SelfSubjectReview.kind: SelfReview(),
            TokenReview.kind: TokenReviewHandler(tokens: bearer),
        ]
        for kind in [SelfSubjectAccessReview.kind, SubjectAccessReview.kind, LocalSubjectAccessReview.kind] {
            result[kind] = AccessReview(kind: kind, authorizer: authorizer)
        }
        return result
    }

    private func special(
        tokens: ServiceAccountTokens, nodeClient: HTTPClient, proxyClient: HTTPClient
    ) -> [GroupVersionResource: [String: any SubresourceHandler]] {
        guard let pods = stored[Pod.resource], let nodes = stored[Node.resource],
            let accounts = stored[ServiceAccount.resource], let secrets = stored[Secret.resource],
            let namespaces = stored[Namespace.resource], let requests = stored[CertificateSigningRequest.resource],
            let services = stored[Service.resource], let slices = stored[EndpointSlice.resource]
        else { return [:] }
        let connector = NodeConnector(client: nodeClient, nodes: nodes)
        func proxy(_ kind: ProxyTarget.Kind) -> ProxySubresource {
            ProxySubresource(
                target: ProxyTarget(
                    kind: kind, pods: pods, services: services, slices: slices, nodes: nodes, connector: connector),
                nodeClient: nodeClient, client: proxyClient)
        }
        return [
            Pod.resource: [
                "binding": BindingSubresource(pods: pods),
                "eviction": EvictionSubresource(pods: pods, budgets: stored[PodDisruptionBudget.resource]),
                "log": PodLogSubresource(pods: pods, connector: connector),
                "exec": PodStreamSubresource(operation: .exec, pods: pods, connector: connector),
                "attach": PodStreamSubresource(operation: .attach, pods: pods, connector: connector),
                "portforward": PodStreamSubresource(operation: .portForward, pods: pods, connector: connector),
                "ephemeralcontainers": PartialUpdateSubresource(
                    registry: pods, merge: PartialUpdates.ephemeralContainers),
                "resize": PartialUpdateSubresource(registry: pods, merge: PodResize.resized),
                "proxy": proxy(.pod),
            ],
            Service.resource: ["proxy": proxy(.service)],
            Node.resource: ["proxy": proxy(.node)],
            ServiceAccount.resource: [
                "token": TokenSubresource(
                    accounts: accounts, pods: pods, nodes: nodes, secrets: secrets, tokens: tokens)
            ],
            Namespace.resource: [
                "finalize": PartialUpdateSubresource(registry: namespaces, merge: PartialUpdates.namespaceFinalizers)
            ],
            CertificateSigningRequest.resource: [
                "approval": PartialUpdateSubresource(
                    registry: requests, merge: CertificateSigningRequestStrategy.approve(sent:old:))
            ],
        ]
    }
}

/// What each partial update takes from the object sent; all else stays as stored.
enum PartialUpdates {
    static func ephemeralContainers(sent: JSONObject, old: JSONObject) throws(StatusError) -> JSONObject {
        var pod = Pod(json: old)
        let new = Pod(json: sent)
        for container in pod.spec.ephemeralContainers
        where !new.spec.ephemeralContainers.contains(where: { $0 == container }) {
            throw StatusError.invalid(
                Pod.kind, name: pod.name,
                [
                    .forbidden(
                        FieldPath("spec").child("ephemeralContainers"),
                        "existing ephemeral containers \"\(container.name)\" may not be changed or removed")
                ])
        }
        pod.spec.ephemeralContainers = new.spec.ephemeralContainers
        pod.metadata.resourceVersion = new.metadata.resourceVersion
        return pod.json
    }

    static func namespaceFinalizers(sent: JSONObject, old: JSONObject) throws(StatusError) -> JSONObject {
        var namespace = Namespace(json: old)
        let new = Namespace(json: sent)
        namespace.spec.finalizers = new.spec.finalizers
        namespace.metadata = new.metadata
        return namespace.json
    }
}

import AdmissionRules
import Client
import FlowControl
import HTTPClient
import KubeAPI
import KubeSchemas
import Machinery
import PKI
import Store

/// The API server put together over a store: registries, admission, authentication, authorization, documents.
package final class ControlPlane: Sendable {
    package struct Configuration: Sendable {
        /// `HOST:PORT` at which clients reach the server.
        package var serverAddress: String
        package var serviceNetwork: String
        package var nodePorts: ClosedRange<Int>
        package var issuer: String
        /// Whom tokens have to be for; `nil`: the issuer.
        package var audiences: [String]?
        package var clock: any WallClock
        /// Which versions and resources are served.
        package var apis = ServedAPIs()
        package var features = FeatureGates()
        /// How much the server does at once.
        package var flow = FlowSettings.forThisMachine
        /// Which admission plugins run, and what they are told.
        package var admission = AdmissionSettings()
        /// Whose credentials are believed besides the cluster's own.
        package var authentication = AuthenticationSettings()
        /// Which authorizers are asked.
        package var authorization = AuthorizationConfiguration()
        /// What requests are written down, and where; `nil`: none.
        package var audit: Auditor.Configuration?
        /// Told of what goes wrong beside requests.
        package var report: @Sendable (_ part: String, _ problem: String) -> Void = { _, _ in }
        /// Makes snapshots of the store; nil where there are none to be had.
        package var snapshot: SnapshotDocument?
        /// Which requests are traced; `nil`: none, at no cost.
        package var tracing: TracingConfiguration?
        /// What the process says of itself.
        package var pages = ComponentPages()
        /// Which answers go out compressed.
        package var compression = ResponseCompression()
        /// What extension servers are shown.
        package var frontProxy = FrontProxyIdentity()
        /// How long is measured for `metrics.k8s.io` where a node was not asked lately.
        package var usageInterval = Duration.seconds(1)

        package init(
            serverAddress: String, serviceNetwork: String = "10.96.0.0/16", nodePorts: ClosedRange<Int> = 30000...32767,
            issuer: String = "https://kubernetes.default.svc.cluster.local", clock: any WallClock = SystemWallClock()
        ) {
            self.serverAddress = serverAddress
            self.serviceNetwork = serviceNetwork
            self.nodePorts = nodePorts
            self.issuer = issuer
            self.clock = clock
        }
    }

    package let server: APIServer
    package let tokens: ServiceAccountTokens
    package let health: HealthChecks
    /// Authentication and authorization as they are configured, for changing them while the server runs.
    package let identity: Identity
    package let auditor: Auditor?
    private let tokenUses: TokenUses
    private let customResources: CustomResourceController
    private let typeChecks: PolicyTypeCheckController
    private let serviceRepair: ServiceRepair
    /// Traces requests, where that is configured.
    package let tracer: Tracer?
    private let aggregation: AggregationController
    private let registrar: APIServiceRegistrar
    private let flowKeeper: FlowControlKeeper
    private let policySubscriptions: [Subscription]

    /// - Parameters:
    ///   - cache: follows `store` already.
    ///   - accountKey: signs service-account tokens.
    ///   - nodeClient: shows node agents the API server's own certificate.
    package init(
        _ configuration: Configuration, store: any Store, cache: WatchCache, accountKey: PrivateKey,
        nodeClient: HTTPClient
    ) throws(StatusError) {
        let rbac = RBACAuthorizer()
        policySubscriptions = try PolicyFeed.subscribe(rbac, to: cache)
        let lookup = ObjectLookup(cache: cache)
        tokens = ServiceAccountTokens(
            issuer: configuration.issuer, audiences: configuration.audiences ?? [configuration.issuer], key: accountKey,
            clock: configuration.clock)
        tokenUses = TokenUses(report: configuration.report)
        let verifier = tokens.verifier(
            ServiceAccountTokens.Lookup(
                find: lookup.identity, secret: lookup.secret, account: lookup.account, onUse: tokenUses.note))
        let nodes = NodeAuthorizer()
        try nodes.follow(cache)
        do {
            identity = try Identity(
                configuration,
                own: [
                    verifier, BootstrapTokenVerifier(secrets: lookup.secret, clock: configuration.clock),
                ], node: nodes, rbac: rbac)
            auditor = try configuration.audit.flatMap { audit throws(ConfigurationDocument.Failure) in
                try Auditor(audit, clock: configuration.clock) { configuration.report("audit", $0) }
            }
        } catch {
            throw StatusError.internalError(error.description)
        }
        let authorizer = identity.authorizer
        let webhooks = WebhookClient(services: ServiceEndpoints(lookup: lookup))
        let extensions = AggregationClient(
            services: ServiceEndpoints(lookup: lookup), identity: configuration.frontProxy)
        let dynamic = try DynamicAdmission(
            features: configuration.features, lookup: lookup, authorizer: authorizer, webhooks: webhooks)
        let metrics = ServerMetrics()
        let store = MeasuredStore(store, metrics.store)
        let tracer = configuration.tracing.map { Tracer($0, clock: configuration.clock) }
        self.tracer = tracer
        let registries = try Registries(
            configuration, store: store, cache: cache, lookup: lookup, rbac: rbac, authorizer: authorizer,
            dynamic: dynamic, metrics: metrics.admission)
        serviceRepair = registries.serviceRepair
        let health = HealthChecks(
            names: ["ping", "store", "poststarthook/bootstrap"], pending: ["poststarthook/bootstrap"])
        self.health = health
        let catalog = registries.catalog(
            authorizer: authorizer, bearer: identity.bearer, tokens: tokens, nodeClient: nodeClient,
            proxyClient: try ProxyClient.make(),
            components: ComponentStatuses(
                lease: { lookup.object("leases.coordination.k8s.io", $0, $1).map(Lease.init(json:)) },
                health: { health.isReady }),
            usage: { configuration.usageReader($0) })
        let documents = ServerDocuments(
            version: GantryVersion.document,
            issuer: try IssuerDocuments.make(issuer: configuration.issuer, key: accountKey.publicKey),
            snapshot: configuration.snapshot)
        let live = LiveCatalog(
            catalog, serverAddress: configuration.serverAddress, version: GantryVersion.kubernetes)
        let gate = try FlowGate(configuration.flow, cache: cache, resources: live)
        let server = APIServer(
            resources: live, authenticator: identity.authenticator,
            authorizer: authorizer, documents: documents,
            fanOut: WatchFanOut(cache: cache, clock: configuration.clock, metrics: metrics.watches), health: health,
            gate: gate,
            clock: configuration.clock, aggregation: AggregationProxy(client: extensions),
            compression: configuration.compression, metrics: metrics, pages: configuration.pages,
            tracer: tracer, auditor: auditor,
            isImpersonationConstrained: configuration.features.isEnabled("ConstrainedImpersonation"))
        self.server = server
        metrics.follow(health)
        metrics.follow { gate.controller.metrics }
        metrics.registry.register(StorageMetrics(catalog: live, cache: cache))
        let internals = InProcessTransport(
            server: server, user: User(name: "system:apiserver", groups: ["system:masters"]), userAgent: "gantry")
        customResources = try CustomResourceController(
            CustomResources(
                live,
                parts: CustomResourceParts(
                    store: store, cache: cache, admission: registries.admission, clock: configuration.clock),
                webhooks: webhooks),
            cache: cache, client: Client(transport: internals, userAgent: "gantry"), clock: configuration.clock)
        dynamic.resolveKinds(in: live)
        aggregation = try AggregationController(
            lookup: lookup, catalog: live, remote: extensions,
            client: Client(transport: internals, userAgent: "gantry-aggregator"), clock: configuration.clock)
        registrar = try APIServiceRegistrar(
            lookup: lookup, client: Client(transport: internals, userAgent: "gantry-autoregister"))
        flowKeeper = try FlowControlKeeper(lookup: lookup, clock: configuration.clock) { agent in
            InProcessTransport(
                server: server, user: User(name: "system:apiserver", groups: ["system:masters"]), userAgent: agent)
        }
        typeChecks = try PolicyTypeCheckController(
            lookup: lookup, live: live, client: Client(transport: internals, userAgent: "gantry"))
    }

    /// Does what the server itself has to do besides answering: establishes custom resources, checks the types of
    /// policies, keeps the records of service addresses and the configuration of flow control right, and its time. Ends
    /// when cancelled.
    package func run() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.customResources.run() }
            group.addTask { await self.typeChecks.run() }
            if let auditor = self.auditor { group.addTask { await auditor.run() } }
            group.addTask {
                let agent = "gantry-token-tracking"
                let own = self.transport(user: "system:apiserver", groups: ["system:masters"], agent: agent)
                await self.tokenUses.run(Client(transport: own, userAgent: agent))
            }
            group.addTask { await self.serviceRepair.run() }
            group.addTask { await self.aggregation.run() }
            group.addTask { await self.registrar.run() }
            if let tracer { group.addTask { await tracer.run() } }
            group.addTask { await self.flowKeeper.run() }
            group.addTask { await self.server.gate.controller.run() }
        }
    }

    /// The group versions served, in the order in which clients are told of them.
    package var servedVersions: [GroupVersion] { server.resources.current.resources.groupVersions }

    /// A transport for one of the product's own parts.
    package func transport(user: String, groups: [String] = [], agent: String) -> InProcessTransport {
        InProcessTransport(server: server, user: User(name: user, groups: groups), userAgent: agent)
    }
}

/// Keeps the authorizer's policy as the store has it.
enum PolicyFeed {
    static func subscribe(_ rbac: RBACAuthorizer, to cache: WatchCache) throws(StatusError) -> [Subscription] {
        var subscriptions: [Subscription] = []
        for kind in RBACPolicy.Kind.allCases {
            let group = WatchGroup { deliveries in
                for delivery in deliveries { apply(delivery.event, kind, rbac) }
            }
            do {
                let opening = try cache.subscribe(kind.rawValue, WatchSelection(), from: .currentState, group: group)
                for object in opening.snapshot?.objects() ?? cache.snapshot(kind.rawValue).objects() {
                    rbac.update(kind, ObjectKey(namespace: object.key.namespace, name: object.key.name), parse(object))
                }
                subscriptions.append(opening.subscription)
            } catch {
                throw StatusError.internalError("reading the access policy: \(error)")
            }
        }
        return subscriptions
    }

    private static func apply(_ event: StoreEvent, _ kind: RBACPolicy.Kind, _ rbac: RBACAuthorizer) {
        let key = ObjectKey(namespace: event.key.namespace, name: event.key.name)
        rbac.update(kind, key, event.type == .deleted ? nil : parse(event.object))
    }

    /// An object at rest that cannot be read grants nothing.
    private static func parse(_ object: StoredObject) -> JSONObject? {
        (try? JSON(parsing: object.bytes, keys: BuiltinSchemas.keys))?.objectValue
    }
}

/// Reads of the cache that admission and authentication need.
struct ObjectLookup: Sendable {
    let cache: WatchCache

    /// The tree of an object that admission looks at again and again, such as a namespace.
    static let tree = DerivedKey(rawValue: 3)

    func object(_ resource: String, _ namespace: String, _ name: String) -> JSONObject? {
        guard let stored = cache.snapshot(resource).get(namespace: namespace, name: name) else { return nil }
        // What cannot be read lets nobody in: as good as absent.
        let value = try? stored.derived.value(Self.tree) { () throws(JSONError) -> JSON in
            try JSON(parsing: stored.bytes, keys: BuiltinSchemas.keys)
        }
        return value?.objectValue
    }

    func secret(_ namespace: String, _ name: String) -> Secret? {
        object("secrets", namespace, name).map(Secret.init(json:))
    }

    func account(_ namespace: String, _ name: String) -> ServiceAccount? {
        object("serviceaccounts", namespace, name).map(ServiceAccount.init(json:))
    }

    func namespace(_ name: String) -> (exists: Bool, isTerminating: Bool) {
        guard let object = object("namespaces", "", name) else { return (false, false) }
        return (true, object["metadata"]?["deletionTimestamp"] != nil)
    }

    func identity(_ resource: String, _ namespace: String, _ name: String) -> (uid: String, isDeleted: Bool)? {
        guard let stored = cache.snapshot(resource).get(namespace: namespace, name: name) else { return nil }
        return (stored.header.uid, false)
    }
}

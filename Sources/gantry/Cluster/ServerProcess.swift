import APIServer
import Client
import Cost
import EtcdStore
import Foundation
import HTTPClient
import HTTPServing
import Machinery
import NIOPosix
import PKI
import RemoteClient
import Store

/// The API server over its store, ready to be run: what `gantry server` and `gantry up` have in common.
struct ServerProcess: Sendable {
    let data: DataFolder
    let settings: ClusterSettings
    let credentials: Credentials
    let controlPlane: ControlPlane
    /// Who pays for what; kept by whoever runs the controllers.
    let books: CostBooks
    private let store: any Store
    private let encryption: ServerEncryption?
    private let health: StoreHealthRelay
    private let serving: OwnCertificate
    let tls: ServerTLS
    /// PEM text of the CAs whose client certificates name users, and of those and the proxies'.
    private let clientAuthorities: String
    private let believed: String
    private let proxies: RequestHeaderSettings?
    /// What node agents are shown.
    private let nodeTLS: ClientTLS
    /// What extension servers are shown.
    private let frontProxy: FrontProxyIdentity

    init(_ data: DataFolder, _ settings: ClusterSettings, notice: ShutdownNotice) async throws {
        self.data = data
        self.settings = settings
        try data.create()
        credentials = try Credentials(folder: data.credentials)
        if let file = settings.encryptionConfiguration {
            encryption = try await ServerEncryption(path: file, reloads: settings.reloadsEncryption ?? false)
        } else {
            encryption = nil
        }
        let health = StoreHealthRelay()
        self.health = health
        var keeping = StoreConfiguration()
        keeping.cipher = encryption?.cipher
        keeping.healthChanged = { health.report($0) }
        store = try await Self.open(settings, data, keeping)
        let cache = WatchCache()
        try await store.attach(cache)
        let domain = "kubernetes.default.svc.\(settings.clusterDomain)"
        let names = [
            "kubernetes", "kubernetes.default", "kubernetes.default.svc", domain, "localhost", settings.nodeName,
        ]
        serving = try OwnCertificate.serving(
            addresses: ["127.0.0.1", "::1", settings.serviceAddress, settings.address], names: names)
        let authority = credentials.authorityPEM
        var authentication = try settings.authentication()
        // The aggregator is the proxy that is always there; extension servers read whom to believe.
        authentication.requestHeaders =
            authentication.requestHeaders
            ?? RequestHeaderSettings(
                authorities: credentials.frontProxyAuthorityPEM, allowedNames: [OwnCertificate.frontProxyName])
        proxies = authentication.requestHeaders
        clientAuthorities = try [authority, settings.flags.text("client-ca-file")].compactMap { $0 }.joined(
            separator: "\n")
        authentication.clientAuthorities = clientAuthorities
        let believed = [clientAuthorities, proxies?.authorities ?? ""].joined(separator: "\n")
        self.believed = believed
        tls = try ServerTLS(credentials.key(for: serving).serving(believed))
        nodeTLS = try ClientTLS(credentials.key(for: .nodeClient).client(authority))
        let nodeClient = HTTPClient(HTTPClientConfiguration(tls: nodeTLS))
        var configuration = ControlPlane.Configuration(
            serverAddress: "\(settings.address):\(settings.port)", serviceNetwork: settings.serviceNetwork,
            issuer: settings.issuer)
        configuration.audiences = settings.audiences
        let proxy = try credentials.key(for: .frontProxyClient)
        frontProxy = FrontProxyIdentity(certificateChainPEM: proxy.chainPEM, privateKeyPEM: try proxy.keyPEM)
        configuration.frontProxy = frontProxy
        configuration.apis = try settings.servedAPIs()
        configuration.features = try settings.features()
        configuration.flow = try settings.flow()
        configuration.tracing = try settings.tracing()
        configuration.pages = ComponentPages(flags: settings.shownFlags)
        configuration.compression.isOn = configuration.features.isEnabled("APIResponseCompression")
        configuration.admission = try settings.admission()
        configuration.authentication = authentication
        configuration.authorization = try settings.authorization()
        configuration.audit = try settings.audit()
        configuration.report = { FailureLog.standardError.report($0, $1) }
        configuration.snapshot = SnapshotDocument(
            store: store, cipher: encryption?.cipher, folder: data.snapshots)
        controlPlane = try ControlPlane(
            configuration, store: store, cache: cache, accountKey: credentials.accountKey, nodeClient: nodeClient)
        books = try CostBooks(folder: data.cost, prices: try settings.priceSheet())
        controlPlane.server.metrics.registry.register(CostMetrics(books))
        notice.setDelay(try settings.shutdownDelayDuration())
        notice.follow { [health = controlPlane.health] in health.beginShutdown() }
    }

    private static func open(
        _ settings: ClusterSettings, _ data: DataFolder, _ keeping: StoreConfiguration
    ) async throws -> any Store {
        guard let etcd = settings.etcd else {
            return try await SQLiteStore.open(path: data.database, configuration: keeping)
        }
        var configuration = try etcd.configuration()
        configuration.store = keeping
        return try await EtcdStore.open(configuration)
    }

    /// A client that acts as one of the product's own parts.
    func client(
        user: String, groups: [String] = [], agent: String, fence: LeadershipFence? = nil
    ) -> Client {
        let client = Client(
            transport: controlPlane.transport(user: user, groups: groups, agent: agent), userAgent: agent
        ).measured(host: "in-process")
        return fence.map { client.fenced(by: $0) } ?? client
    }

    /// Keeps the books, and tells of them, until cancelled.
    func keepBooks(_ informers: InformerFactory) async throws {
        let document = CostDocument(books)
        controlPlane.server.ownDocuments.register(CostDocument.path) { query throws(StatusError) in
            try document.report(by: query["by"], since: query["since"], namespace: query["namespace"])
        }
        try await books.run(informers)
    }

    /// Has certificates renewed in time, and shows the new ones, until cancelled.
    private func keepCertificates() async throws {
        let authority = credentials.authorityPEM
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await serving.keep(credentials) { try tls.replace($0.serving(believed)) } }
            group.addTask {
                try await OwnCertificate.nodeClient.keep(credentials) { try nodeTLS.replace($0.client(authority)) }
            }
            group.addTask {
                try await OwnCertificate.frontProxyClient.keep(credentials) {
                    frontProxy.replace(certificateChainPEM: $0.chainPEM, privateKeyPEM: try $0.keyPEM)
                }
            }
            group.addTask {
                try await OwnCertificate.administrator.keep(credentials) {
                    try AdminKubeconfig.write(data, settings, credentials, $0)
                }
            }
            while try await group.next() != nil {}
        }
    }

    /// Returns only by cancellation.
    func wait() async throws {
        let (never, _) = AsyncStream.makeStream(of: Void.self)
        for await _ in never {}
        try Task.checkCancellation()
    }

    /// Serves until cancelled.
    ///
    /// - Parameter onReady: called once requests are answered and the cluster's first objects exist.
    func run(onReady: @escaping @Sendable () async throws -> Void) async throws {
        var configuration = HTTPServerConfiguration(
            addresses: [.tcp(host: "0.0.0.0", port: settings.port)], tls: tls)
        configuration.eventLoopGroup = MultiThreadedEventLoopGroup.singleton
        let (bound, announce) = AsyncStream.makeStream(of: Void.self)
        configuration.onReady = { _ in
            announce.yield()
            announce.finish()
        }
        let fanOut = controlPlane.server
        // Requests under way have as long as kube-apiserver gives them.
        configuration.limits.drainDeadline = .seconds(60)
        configuration.onDrain = { fanOut.drainWatches() }
        let server = HTTPServer(configuration, handler: controlPlane.server)
        health.connect(controlPlane.health)
        let bootstrap = ClusterBootstrap(
            client: client(user: "system:apiserver", groups: ["system:masters"], agent: "gantry-bootstrap"),
            serviceAddress: settings.serviceAddress, dnsAddress: settings.dnsAddress, serverAddress: settings.address,
            serverPort: settings.port, served: controlPlane.servedVersions,
            documents: [
                PublishedDocument(
                    ClusterInfo.configMap(
                        server: "https://\(settings.address):\(settings.port)", authority: credentials.authorityPEM),
                    reader: .user("system:anonymous")),
                PublishedDocument(ClusterFacts.configMap(settings), reader: .group("system:nodes")),
                PublishedDocument(ClientAuthorities.configMap(clients: clientAuthorities, proxies: proxies)),
            ], definitions: BundledDefinition.all)
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await server.run() }
                group.addTask { await controlPlane.run() }
                group.addTask { try await keepCertificates() }
                if let encryption { group.addTask { try await encryption.run() } }
                if let snapshots = settings.snapshots {
                    group.addTask {
                        try await SnapshotTaker(
                            store: store, cipher: encryption?.cipher, folder: data.snapshots, settings: snapshots,
                            log: { FileHandle.standardError.write(Data("\($0)\n".utf8)) }
                        ).run()
                    }
                }
                group.addTask {
                    let reload = IdentityReload(
                        settings: settings, identity: controlPlane.identity, log: .standardError)
                    try await reload.run()
                }
                group.addTask {
                    try await bootstrap.run()
                    for await _ in bound {}
                    controlPlane.health.report("poststarthook/bootstrap", failure: nil)
                    try await onReady()
                }
                // The server runs until it is cancelled or fails; the start-up work simply ends. The first failure of
                // either ends both: `waitForAll` would go on serving a cluster that was never set up.
                while try await group.next() != nil {}
            }
        } catch {
            await store.close()
            throw error
        }
        await store.close()
    }
}

import APIServer
import Client
import Controllers
import KubeAPI
import Machinery
import Scheduler

/// The API server with the loops that one server of a cluster runs at a time: controllers and scheduler.
///
/// Of several servers, whoever holds the Lease `kube-system/gantry-control-loops` runs them; the others serve the API
/// and wait.
struct ControlLoops: Sendable {
    let process: ServerProcess
    /// Names this server among the others; `nil` where there are none.
    let identity: String?
    /// Leaves the loops to others.
    var apiOnly = false
    /// Leaves the controllers to others.
    var schedulerOnly = false

    func run(onReady: @escaping @Sendable () -> Void) async throws {
        let (ready, announce) = AsyncStream.makeStream(of: Void.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await process.run {
                    onReady()
                    announce.finish()
                }
            }
            group.addTask {
                for await _ in ready {}
                try Task.checkCancellation()
                if apiOnly { return try await process.wait() }
                guard let identity else { return try await Self.lead(process, schedulerOnly: schedulerOnly) }
                let elector = LeaderElector(
                    client: process.client(user: "system:kube-controller-manager", agent: "gantry-election"),
                    lease: ObjectKey(namespace: "kube-system", name: "gantry-control-loops"), identity: identity)
                try await elector.run {
                    try await Self.lead(process, schedulerOnly: schedulerOnly, fence: elector.fence)
                }
            }
            try await group.next()
            group.cancelAll()
        }
    }

    private static func lead(
        _ process: ServerProcess, schedulerOnly: Bool, fence: LeadershipFence? = nil
    ) async throws {
        let informers = InformerFactory(
            client: process.client(user: "system:kube-controller-manager", agent: "gantry-informers"))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await informers.run() }
            let traffic = ModelTraffic()
            if !schedulerOnly {
                group.addTask { try await controllers(process, informers, fence: fence).run() }
                group.addTask { try await process.modelServing(informers, traffic, fence: fence).run() }
                group.addTask { try await process.keepBooks(informers) }
            }
            group.addTask { try await scheduler(process, informers, fence: fence).run() }
            if let gateway = process.gateway(informers, traffic) {
                group.addTask { try await gateway.run() }
            }
            try await group.next()
            group.cancelAll()
        }
    }

    /// - Parameters:
    ///   - keeping: pod ranges that nodes bring along.
    ///   - fence: of the leadership to act under, where others might act too.
    static func controllers(
        _ process: ServerProcess, _ informers: InformerFactory, keeping kept: [String: [CIDR]] = [:],
        fence: LeadershipFence? = nil
    ) throws -> ControllerManager {
        var configuration = ControllerManagerConfiguration(
            rootCertificates: process.credentials.authorityPEM,
            certificateAuthority: CertificateSigner.make(process.credentials),
            nodeIPAM: NodeIPAMConfiguration(
                clusterNetworks: [CIDR(process.settings.podNetwork)].compactMap { $0 }, kept: kept))
        configuration.loadBalancers = NodeAddressBalancer(
            reserved: [22, Int32(clamping: process.settings.port), 10250])
        configuration.features = ControllerFeatures(try process.settings.features())
        let tokens = process.controlPlane.tokens
        configuration.accountTokens = AccountTokenIssuer { account, secret in
            try tokens.issue(
                account: ServiceAccountName(namespace: account.namespace, name: account.name), uid: account.uid,
                secret: secret.name)
        }
        return ControllerManager(
            client: process.client(user: "system:kube-controller-manager", agent: "gantry-controllers", fence: fence),
            informers: informers, configuration: configuration)
    }

    static func scheduler(
        _ process: ServerProcess, _ informers: InformerFactory, fence: LeadershipFence? = nil
    ) throws -> Scheduler {
        let configuration = try process.settings.scheduler()
        let scheduler = try Scheduler(
            client: process.client(user: "system:kube-scheduler", agent: "gantry-scheduler", fence: fence),
            informers: informers,
            followsPodGroups: process.settings.servedAPIs().isServed(PodGroup.resource),
            configuration: configuration, extenders: HTTPExtenders(configuration.extenders))
        process.controlPlane.server.metrics.registry.register(scheduler)
        return scheduler
    }
}

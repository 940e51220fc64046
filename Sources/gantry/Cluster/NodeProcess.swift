import CRI
import Client
import Foundation
import HTTPCore
import HTTPServing
import KubeAPI
import Machinery
import NIOPosix
import Node
import PKI
import PodNetwork

/// The part of gantry that a node has: containerd, the pod network, the agent and its HTTPS server.
struct NodeProcess: Sendable {
    struct Settings: Sendable {
        var data: DataFolder
        /// `nodePodNetwork` is empty for a node that gets its range from the cluster.
        var cluster: ClusterSettings
        var labels: [String: String] = [:]
        var serverPort = 10250
    }

    let settings: Settings
    private let containerd: ContainerdProcess?
    private let layout: ContainerdLayout
    private let log: FailureLog

    init(_ settings: Settings, log: FailureLog = .standardError) throws {
        self.settings = settings
        self.log = log
        layout = try ContainerdLayout(dataFolder: settings.data.path)
        if settings.cluster.containerd == nil {
            containerd = ContainerdProcess(
                configuration: ContainerdConfiguration(
                    layout: layout, host: ContainerdHost.probe(folder: settings.data.path))
            ) { event in log.report("containerd", "\(event)") }
        } else {
            containerd = nil
        }
    }

    var socket: String { settings.cluster.containerd ?? layout.socket }

    var network: PodNetwork { get throws { try Self.network(settings.data, settings.cluster) } }

    static func network(_ data: DataFolder, _ settings: ClusterSettings) throws -> PodNetwork {
        guard let subnet = CIDR(settings.nodePodNetwork), let dns = CIDR(settings.dnsAddress + "/32"),
            let cluster = CIDR(settings.podNetwork), let services = CIDR(settings.serviceNetwork)
        else { throw CommandFailure("the networks in \(data.settings) are not in CIDR form") }
        return PodNetwork(
            configuration: PodNetworkConfiguration(
                subnet: subnet, clusterNetwork: cluster, localRanges: [services],
                pluginFolder: try ContainerdLayout(dataFolder: data.path).networkConfigurationFolder,
                leaseFolder: data.path + "/cni/leases", serviceAddresses: [dns]))
    }

    /// The ways to the pods of the other nodes.
    static func routes(
        _ settings: ClusterSettings, _ network: PodNetworkConfiguration, _ informers: InformerFactory, log: FailureLog
    ) throws -> NodeRoutes {
        guard let address = InternetAddress(settings.address) else {
            throw CommandFailure("\(settings.address) is no address")
        }
        return NodeRoutes(
            informers: informers, nodeName: settings.nodeName, subnets: [network.subnet],
            clusterNetworks: [network.clusterNetwork], table: KernelNodeRoutes(network, address: address), log: log)
    }

    private var kubeletFolder: KubeletFolder {
        get throws {
            if let given = settings.cluster.kubeletFolder { return KubeletFolder(given) }
            return try KubeletFolder.choose(dataFolder: settings.data.path)
        }
    }

    /// Brings up what the agent stands on: the network's files, containerd, the pause image.
    func prepare() async throws {
        try await network.setUp()
        try await prepareRuntime()
    }

    /// The same without the network.
    func prepareRuntime() async throws {
        if let containerd { try await containerd.start() }
        _ = try await ContainerdImages(socket: socket).ensurePauseImage(layout: layout) { Digest.sha256($0) }
    }

    /// Runs the agent until cancelled; containerd and containers stay.
    ///
    /// - Parameters:
    ///   - client: acts as the node.
    ///   - informers: of that client; run here.
    ///   - tls: what the node's own server shows, as soon as there is something to show.
    ///   - onListening: called when that server can be reached.
    func run(
        client: Client, informers: InformerFactory, tls: @escaping @Sendable () async throws -> ServerTLS,
        onListening: @escaping @Sendable () -> Void
    ) async throws {
        var configuration = NodeConfiguration(
            nodeName: settings.cluster.nodeName, dataFolder: settings.data.path, version: GantryNode.version)
        configuration.nodeAddress = settings.cluster.address
        configuration.clusterDomain = settings.cluster.clusterDomain
        configuration.clusterDNS = [settings.cluster.dnsAddress]
        configuration.labels = settings.labels
        if !settings.cluster.nodePodNetwork.isEmpty { configuration.podCIDR = settings.cluster.nodePodNetwork }
        configuration.serverPort = settings.serverPort
        configuration.kubeletFolder = try kubeletFolder
        if settings.cluster.dedicatesGPUs == true { configuration.dedicatedTo = DedicatedNodes.gpus }
        configuration.systemdCgroups = ContainerdHost.probe(folder: settings.data.path).systemdOwnsCgroups
        let agent = try NodeAgent(
            configuration: configuration, runtime: ContainerdRuntime(socket: socket), client: client,
            informers: informers, log: log)
        let log = log
        let access = NodeAccess(nodeName: settings.cluster.nodeName, client: client)
        let handler = NodeServer(backend: agent.backend, authorize: access.decide) { log.report("node server", $0) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            if let containerd { group.addTask { try await containerd.run() } }
            group.addTask { try await informers.run() }
            group.addTask { try await agent.run() }
            group.addTask {
                var listening = HTTPServerConfiguration(
                    addresses: [.tcp(host: "0.0.0.0", port: settings.serverPort)], tls: try await tls())
                listening.eventLoopGroup = MultiThreadedEventLoopGroup.singleton
                listening.onReady = { _ in onListening() }
                try await HTTPServer(listening, handler: handler).run()
            }
            try await group.next()
            group.cancelAll()
            try await group.waitForAll()
        }
    }
}

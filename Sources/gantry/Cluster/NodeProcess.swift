import CRI
import Client
import Foundation
import HTTPCore
import HTTPServing
import Machinery
import NIOPosix
import Node
import PKI
import PodNetwork

/// The part of gantry that a node has: containerd, the pod network, the agent and its HTTPS server.
struct NodeProcess: Sendable {
    struct Settings: Sendable {
        var data: DataFolder
        var cluster: ClusterSettings
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

    var network: PodNetwork {
        get throws {
            guard let subnet = IPv4Network(settings.cluster.nodePodNetwork),
                let dns = IPv4Network(settings.cluster.dnsAddress + "/32"),
                let cluster = IPv4Network(settings.cluster.podNetwork),
                let services = IPv4Network(settings.cluster.serviceNetwork)
            else { throw CommandFailure("the networks in \(settings.data.settings) are not in CIDR form") }
            return PodNetwork(
                configuration: PodNetworkConfiguration(
                    subnet: subnet, clusterNetwork: cluster, localRanges: [services],
                    pluginFolder: layout.networkConfigurationFolder,
                    leaseFolder: settings.data.path + "/cni/leases", serviceAddresses: [dns]))
        }
    }

    /// Brings up what the agent stands on: the network's files, containerd, the pause image.
    func prepare() async throws {
        try await network.setUp()
        if let containerd { try await containerd.start() }
        _ = try await ContainerdImages(socket: socket).ensurePauseImage(layout: layout) { Digest.sha256($0) }
    }

    /// Runs the agent until cancelled; containerd and containers stay.
    ///
    /// - Parameter client: acts as the node.
    func run(client: Client, tls: ServerTLS) async throws {
        var configuration = NodeConfiguration(
            nodeName: settings.cluster.nodeName, dataFolder: settings.data.path, version: GantryNode.version)
        configuration.nodeAddress = settings.cluster.address
        configuration.clusterDomain = settings.cluster.clusterDomain
        configuration.clusterDNS = [settings.cluster.dnsAddress]
        configuration.podCIDR = settings.cluster.nodePodNetwork
        configuration.serverPort = settings.serverPort
        configuration.systemdCgroups = ContainerdHost.probe(folder: settings.data.path).systemdOwnsCgroups
        let informers = InformerFactory(client: client, log: log)
        let agent = try NodeAgent(
            configuration: configuration, runtime: ContainerdRuntime(socket: socket), client: client,
            informers: informers, log: log)
        let log = log
        let handler = NodeServer(backend: agent.backend, authorize: Self.authorize) { log.report("node server", $0) }
        var listening = HTTPServerConfiguration(
            addresses: [.tcp(host: "0.0.0.0", port: settings.serverPort)], tls: tls)
        listening.eventLoopGroup = MultiThreadedEventLoopGroup.singleton
        let server = HTTPServer(listening, handler: handler)
        try await withThrowingTaskGroup(of: Void.self) { group in
            if let containerd { group.addTask { try await containerd.run() } }
            group.addTask { try await informers.run() }
            group.addTask { try await agent.run() }
            group.addTask { try await server.run() }
            try await group.next()
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    /// The API server, and administrators, by client certificates of the cluster's authority.
    private static let authorize: NodeServer.Authorize = { request in
        guard let der = request.peerCertificate, let identity = try? ClientIdentity(fromDER: der) else { return false }
        return identity.user == "kube-apiserver-kubelet-client" || identity.groups.contains("system:masters")
    }
}

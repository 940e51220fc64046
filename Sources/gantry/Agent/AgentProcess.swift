import Client
import ClusterDNS
import Foundation
import HTTPServing
import KubeAPI
import Machinery
import PodNetwork
import ServiceProxy

/// A machine that is a node of a cluster elsewhere: what `gantry agent` runs.
///
/// Everything here acts over the network as the node itself, and may do no more than a node may.
struct AgentProcess: Sendable {
    let data: DataFolder
    let settings: AgentSettings
    let invitation: ClusterMembership.Invitation?
    /// Told of each step that is done, for the person who waits.
    let progress: @Sendable (String) -> Void
    private let log = FailureLog.standardError

    init(
        data: DataFolder, settings: AgentSettings, invitation: ClusterMembership.Invitation?,
        progress: @escaping @Sendable (String) -> Void
    ) {
        self.data = data
        self.settings = settings
        self.invitation = invitation
        self.progress = progress
    }

    func run() async throws {
        try data.create()
        let membership = try await ClusterMembership.establish(
            settings, data, invitation: invitation, progress: progress)
        try settings.save(data)
        progress("member of the cluster at \(settings.server)")
        var cluster = ClusterSettings(address: settings.address, nodeName: settings.nodeName)
        cluster.containerd = settings.containerd
        cluster.kubeletFolder = settings.kubeletFolder
        cluster.dedicatesGPUs = settings.dedicatesGPUs ?? true
        cluster.nodePodNetwork = ""
        try ClusterFacts.read(try await facts(membership.client), into: &cluster)
        let node = try NodeProcess(NodeProcess.Settings(data: data, cluster: cluster, labels: settings.labels))
        try await node.prepareRuntime()
        progress("containerd ready")
        let serving = try NodeServing(membership, settings, data, log: log)
        let informers = InformerFactory(client: membership.client, log: log)
        let settled = cluster
        try await withThrowingTaskGroup(of: Void.self) { group in
            let (served, serve) = AsyncStream.makeStream(of: ServerTLS.self)
            let (listening, isListening) = AsyncStream.makeStream(of: Void.self)
            group.addTask { try await membership.run(log: log) }
            group.addTask {
                let key = try await serving.obtain()
                let tls = try ServerTLS(serving.identity(key))
                serve.yield(tls)
                try await serving.keep(key, in: tls)
            }
            group.addTask {
                try await node.run(client: membership.client, informers: informers) {
                    for await tls in served { return tls }
                    throw CancellationError()
                } onListening: {
                    isListening.finish()
                }
            }
            group.addTask { try await runNetwork(settled, informers) }
            group.addTask {
                try await ClusterReadiness(client: membership.client, nodeName: settings.nodeName).wait(progress)
                // A node that was Ready before may be so without being reachable yet.
                for await _ in listening {}
                try Task.checkCancellation()
                progress("ready")
            }
            // The first part that fails ends all: `waitForAll` would wait for the others first.
            while try await group.next() != nil {}
        }
    }

    /// Asks until the server is there: a machine may well be back before it.
    private func facts(_ client: Client) async throws -> ConfigMap {
        let backoff = Backoff(initial: .milliseconds(100), limit: .seconds(10))
        var failures = 0
        while true {
            do {
                return try await client.get(ConfigMap.self, ClusterFacts.key)
            } catch {
                try Task.checkCancellation()
                guard error.code >= 500 else { throw error }
                if failures % 10 == 0 { log.report("agent", "asking for the cluster's settings: \(error)") }
                try await Task.sleep(for: backoff.jittered(afterFailures: failures))
                failures += 1
            }
        }
    }

    // MARK: Network

    /// Waits for the node's part of the pod network, and brings up all that stands on it.
    private func runNetwork(_ cluster: ClusterSettings, _ informers: InformerFactory) async throws {
        let (ranges, found) = AsyncStream.makeStream(of: String.self, bufferingPolicy: .bufferingNewest(1))
        let own = informers.informer(Node.self, fieldSelector: "metadata.name=\(settings.nodeName)")
        own.onChange { change in
            if case .deleted = change { return }
            if let range = change.object.spec.podCIDR, !range.isEmpty { found.yield(range) }
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            var current = ""
            for await range in ranges where range != current {
                var cluster = cluster
                cluster.nodePodNetwork = range
                try cluster.save(data)
                let network = try NodeProcess.network(data, cluster)
                try await network.setUp()
                if current.isEmpty {
                    progress("pod network \(range) ready")
                    let (running, network) = (cluster, network.configuration)
                    group.addTask { try await runNetworkParts(running, network, informers) }
                } else {
                    log.report("agent", "the node's pod range changed from \(current) to \(range); restart the agent")
                }
                current = range
            }
            try await group.waitForAll()
        }
    }

    private func runNetworkParts(
        _ cluster: ClusterSettings, _ network: PodNetworkConfiguration, _ informers: InformerFactory
    ) async throws {
        let proxy = try ServiceProxy(
            informers: informers, nodeName: cluster.nodeName, clusterNetwork: cluster.podNetwork,
            nodeAddresses: [cluster.address])
        let dns = try ClusterDNS(informers: informers, domain: cluster.clusterDomain, address: cluster.dnsAddress)
        let routes = try NodeProcess.routes(cluster, network, informers, log: log)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await proxy.run() }
            group.addTask { try await dns.run() }
            group.addTask { try await routes.run() }
            while try await group.next() != nil {}
        }
    }
}

import Client
import ClusterDNS
import Foundation
import HTTPServing
import KubeAPI
import Machinery
import ServiceProxy

/// A whole cluster in one process: what `gantry up` runs.
struct Cluster: Sendable {
    let data: DataFolder
    let settings: ClusterSettings
    let notice: ShutdownNotice
    /// Told of each step that is done, for the person who waits.
    let progress: @Sendable (String) -> Void

    func run() async throws {
        let begin = ContinuousClock.now
        @Sendable func done(_ step: String) {
            let milliseconds = begin.duration(to: .now) / .milliseconds(1)
            progress("\(step) after \(Int(milliseconds)) ms")
        }
        try data.create()
        let node = try NodeProcess(NodeProcess.Settings(data: data, cluster: settings))
        let prepared = Task { try await node.prepare() }
        defer { prepared.cancel() }
        let process = try await ServerProcess(data, settings, notice: notice)
        try AdminKubeconfig.write(data, settings, process.credentials)
        let credentials = process.credentials
        let nodeServing = try OwnCertificate.node(settings.nodeName, addresses: [settings.address, "127.0.0.1"])
        let nodeTLS = try ServerTLS(credentials.key(for: nodeServing).serving(credentials.authorityPEM))

        let (ready, announce) = AsyncThrowingStream.makeStream(of: Void.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                do {
                    try await process.run {
                        done("API server ready")
                        announce.finish()
                    }
                } catch {
                    announce.finish(throwing: error)
                    throw error
                }
            }
            for try await _ in ready {}
            try Task.checkCancellation()
            let informers = InformerFactory(
                client: process.client(
                    user: "system:kube-controller-manager", agent: "gantry-informers"))
            group.addTask { try await informers.run() }
            group.addTask { try await process.keepBooks(informers) }
            let kept = CIDR(settings.nodePodNetwork).map { [settings.nodeName: [$0]] } ?? [:]
            group.addTask { try await ControlLoops.controllers(process, informers, keeping: kept).run() }
            group.addTask {
                try await ControlLoops.scheduler(process, informers).run()
            }
            let traffic = ModelTraffic()
            group.addTask { try await process.modelServing(informers, traffic).run() }
            if let gateway = process.gateway(informers, traffic) {
                group.addTask { try await gateway.run() }
            }
            try await prepared.value
            done("containerd ready")
            let nodeClient = process.client(
                user: "system:node:\(settings.nodeName)", groups: ["system:nodes"], agent: "gantry-node")
            let parts = AsyncStream.makeStream(of: String.self)
            group.addTask {
                try await node.run(client: nodeClient, informers: InformerFactory(client: nodeClient)) {
                    nodeTLS
                } onListening: {
                    parts.continuation.yield("node server ready")
                }
            }
            group.addTask {
                try await nodeServing.keep(credentials) { try nodeTLS.replace($0.serving(credentials.authorityPEM)) }
            }
            let routes = try NodeProcess.routes(
                settings, node.network.configuration, informers, log: .standardError)
            group.addTask { try await routes.run() }
            let proxy = try ServiceProxy(
                informers: informers, nodeName: settings.nodeName, clusterNetwork: settings.podNetwork,
                nodeAddresses: [settings.address])
            group.addTask { try await proxy.run() }
            let dns = try ClusterDNS(
                informers: informers, domain: settings.clusterDomain, address: settings.dnsAddress)
            group.addTask { try await dns.run() }
            proxy.onFirstSync { parts.continuation.yield("service proxy ready") }
            dns.onReady { _ in parts.continuation.yield("DNS ready") }
            group.addTask {
                var waiting = 3
                for await part in parts.stream {
                    done(part)
                    waiting -= 1
                    if waiting == 0 { break }
                }
                try Task.checkCancellation()
                try await ClusterReadiness(
                    client: process.client(user: "system:apiserver", groups: ["system:masters"], agent: "gantry"),
                    nodeName: settings.nodeName
                ).wait(done)
                MemoryTuning.started()
                progress("ready")
            }
            // The first part that fails ends all: `waitForAll` would wait for the others first.
            while try await group.next() != nil {}
        }
    }
}

import APIServer
import ArgumentParser
import Client
import Controllers
import Foundation
import KubeAPI
import Machinery

struct ControllersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "controllers", abstract: "Runs the controllers of a cluster whose API server runs elsewhere.",
        discussion: """
            A client like any other: what it needs is a kubeconfig of a user with the rights of \
            kube-controller-manager. Of several only the one that holds the Lease acts. It also serves clusters that \
            are not gantry's. Controllers that need private keys, those that sign certificates and make tokens, are \
            part of gantry server alone; local-path-provisioner, which needs gantry's nodes, runs when it is named.
            """)

    @Option(help: "How to reach the API server: a kubeconfig file.")
    var kubeconfig: String

    @Option(help: "Which controllers run: names with commas, * for all, -NAME for all but that one.")
    var controllers = "*"

    @Option(help: "A file with the certificates that every namespace gets as kube-root-ca.crt.")
    var rootCaFile: String?

    @Option(help: "Kubernetes' feature gates: NAME=true,OTHER=false.")
    var featureGates: String?

    @Option(help: "Whether to act only while holding the Lease: true or false.")
    var leaderElect = true

    @Option(help: "The Lease's name, in the namespace kube-system.")
    var leaderElectResourceName = "kube-controller-manager"

    @OptionGroup var metrics: MetricsOptions

    func run() async throws {
        let timing = LeaderElectionTiming()
        let client = try AdminClient.make(
            kubeconfig: kubeconfig, agent: "gantry-controllers", deliveryLimit: leaderElect ? timing.grace : nil)
        let configuration = try managerConfiguration()
        let lease = ObjectKey(namespace: "kube-system", name: leaderElectResourceName)
        let isElected = leaderElect
        let metrics = metrics
        try await Termination.run {
            @Sendable func control(_ client: Client) async throws {
                let informers = InformerFactory(client: client)
                let manager = ControllerManager(client: client, informers: informers, configuration: configuration)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { try await informers.run() }
                    group.addTask { try await manager.run() }
                    try await group.next()
                    group.cancelAll()
                }
            }
            try await metrics.serve(MetricsOptions.registry()) {
                guard isElected else { return try await control(client) }
                let identity = "\(ProcessInfo.processInfo.hostName)_\(UUID().uuidString.lowercased())"
                let elector = LeaderElector(client: client, lease: lease, identity: identity, timing: timing)
                try await elector.run { try await control(client.fenced(by: elector.fence)) }
            }
        }
    }

    private func managerConfiguration() throws -> ControllerManagerConfiguration {
        var configuration = ControllerManagerConfiguration(
            controllers: controllers.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) })
        // Only names to leave out: all others run.
        if configuration.controllers.allSatisfy({ $0.hasPrefix("-") }) { configuration.controllers.insert("*", at: 0) }
        // The cluster may not be gantry's: it gets no storage class that its nodes cannot serve.
        if !configuration.controllers.contains("local-path-provisioner") {
            configuration.controllers.append("-local-path-provisioner")
        }
        if let rootCaFile {
            configuration.rootCertificates = try String(contentsOfFile: rootCaFile, encoding: .utf8)
        }
        if let featureGates {
            do {
                configuration.features = ControllerFeatures(try FeatureGates(parsing: featureGates))
            } catch {
                throw ValidationError("--feature-gates: \(error)")
            }
        }
        return configuration
    }
}

import ArgumentParser
import FakeNodes
import Foundation
import Machinery
import RemoteClient

struct FakeNodesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fake-nodes", abstract: "Plays nodes, thousands if need be, for trying a cluster at scale.",
        discussion: """
            Each node is registered and keeps its Lease and status; pods that are bound to it run, end and go at the \
            pace asked for, but no container is made. It is a client of the API only. Ends with an interrupt; the \
            nodes stay behind, silent.
            """)

    @Option(help: "How to reach the API server: a kubeconfig file.")
    var kubeconfig: String

    @Option(help: "How many nodes.")
    var nodes = 100

    @Option(help: "What the nodes' names begin with.")
    var prefix = "fake-"

    @Option(help: "What each node has.")
    var cpu = "32"

    @Option(help: "What each node has.")
    var memory = "256Gi"

    @Option(help: "How many pods a node takes.")
    var pods = 110

    @Option(help: "A label for the nodes, KEY=VALUE; may be given several times.")
    var label: [String] = []

    @Option(help: "How many zones the nodes are in, by turns.")
    var zones = 0

    @Option(help: "From a pod's binding until it runs: 1s, 250ms.")
    var startDelay = "1s"

    @Option(help: "How long pods run that are to end, as those of Jobs are; for ever unless given.")
    var runTime: String?

    @Option(help: "From a pod's deletion until it is gone.")
    var stopDelay = "0s"

    @Option(help: "Between renewals of a node's Lease.")
    var leaseInterval = "10s"

    func run() async throws {
        let settings = try settings()
        let configuration = try RemoteConfiguration(
            kubeconfig: [UInt8](try Data(contentsOf: URL(fileURLWithPath: kubeconfig))))
        let fakes = FakeNodes(client: try configuration.client(userAgent: "gantry-fake-nodes"), settings: settings)
        try await Termination.run {
            try await fakes.run {
                FileHandle.standardError.write(Data("\(settings.count) nodes are registered\n".utf8))
            }
        }
    }

    private func settings() throws -> FakeNodeSettings {
        guard (1...100_000).contains(nodes) else { throw ValidationError("--nodes is a number up to 100000") }
        guard Names.dns1123Subdomain(prefix + "0").isEmpty else {
            throw ValidationError("\"\(prefix)0\" cannot be a node's name")
        }
        var settings = FakeNodeSettings()
        settings.count = nodes
        settings.prefix = prefix
        settings.capacity["cpu"] = .string(cpu)
        settings.capacity["memory"] = .string(memory)
        settings.capacity["pods"] = .string(String(pods))
        for pair in label {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2 else { throw ValidationError("a label has the form KEY=VALUE, not \(pair)") }
            settings.labels[parts[0]] = parts[1]
        }
        settings.zones = zones
        settings.startDelay = try duration(startDelay, "--start-delay")
        settings.runTime = try runTime.map { try duration($0, "--run-time") }
        settings.stopDelay = try duration(stopDelay, "--stop-delay")
        settings.leaseInterval = try duration(leaseInterval, "--lease-interval")
        return settings
    }

    private func duration(_ text: String, _ option: String) throws -> Duration {
        do {
            let duration = try GoDuration(parsing: text).duration
            guard duration >= .zero else { throw ValidationError("\(option) is negative") }
            return duration
        } catch let error as ValidationError {
            throw error
        } catch {
            throw ValidationError("\(option): \(error)")
        }
    }
}

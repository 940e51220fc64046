import ArgumentParser
import Client
import Foundation
import KubeAPI
import Machinery
import RemoteClient
import Scheduler

struct SchedulerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scheduler", abstract: "Places the pods of a cluster whose API server runs elsewhere.",
        discussion: """
            A client like any other: what it needs is a kubeconfig of a user with the rights of kube-scheduler. Of \
            several only the one that holds the Lease acts. It also serves clusters that are not gantry's.
            """)

    @Option(help: "How to reach the API server: a kubeconfig file.")
    var kubeconfig: String?

    @Option(help: "How pods are placed: a file with a KubeSchedulerConfiguration.")
    var config: String?

    @Option(help: "Whether to act only while holding the Lease.")
    var leaderElect: Bool?

    @OptionGroup var metrics: MetricsOptions

    func run() async throws {
        let settings = try settings()
        guard let path = kubeconfig ?? settings.kubeconfig else {
            throw ValidationError("--kubeconfig is needed, or clientConnection.kubeconfig in the configuration")
        }
        let remote = try RemoteConfiguration(kubeconfig: [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))))
        let election = settings.leaderElection
        let isElected = leaderElect ?? election.isOn
        let client = try remote.client(
            userAgent: "gantry-scheduler", deliveryLimit: isElected ? election.timing.grace : nil)
        let followsGroups = try await Self.isServed(PodGroup.resource, client)
        let extenders = try HTTPExtenders(settings.extenders)
        let (metrics, registry) = (metrics, MetricsOptions.registry())
        try await Termination.run {
            @Sendable func schedule(_ client: Client) async throws {
                let informers = InformerFactory(client: client)
                let scheduler = Scheduler(
                    client: client, informers: informers, followsPodGroups: followsGroups, configuration: settings,
                    extenders: extenders)
                registry.register(scheduler)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { try await informers.run() }
                    group.addTask { try await scheduler.run() }
                    try await group.next()
                    group.cancelAll()
                }
            }
            try await metrics.serve(registry) {
                guard isElected else { return try await schedule(client) }
                let identity = "\(ProcessInfo.processInfo.hostName)_\(UUID().uuidString.lowercased())"
                let elector = LeaderElector(
                    client: client, lease: election.lease, identity: identity, timing: election.timing)
                try await elector.run { try await schedule(client.fenced(by: elector.fence)) }
            }
        }
    }

    private func settings() throws -> SchedulerConfiguration {
        guard let config else { return SchedulerConfiguration() }
        let text = try String(contentsOfFile: config, encoding: .utf8)
        do {
            return try SchedulerConfiguration(text: text)
        } catch {
            throw CommandFailure("--config: \(error)")
        }
    }

    /// Whether the server knows a resource that is not there by default.
    private static func isServed(_ resource: GroupVersionResource, _ client: Client) async throws -> Bool {
        let path = "/apis/\(resource.group)/\(resource.version)"
        let answer = try await client.transport.send(APIRequest(method: "GET", path: path))
        guard answer.isSuccess else {
            if answer.status == 404 { return false }
            throw CommandFailure("\(path): the server answers with \(answer.status)")
        }
        let list = try JSON(parsing: answer.body)
        return list["resources"]?.arrayValue?.contains { $0["name"]?.stringValue == resource.resource } ?? false
    }
}

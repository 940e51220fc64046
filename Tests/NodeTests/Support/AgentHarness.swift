import CRI
import Client
import ClientTestSupport
import Foundation
import KubeAPI
import Machinery
import Node
import Synchronization

/// A whole node agent between an API server in memory and a runtime, which is the fake one unless a test brings one.
final class AgentHarness: Sendable {
    let server = FakeAPIServer()
    let folder: String
    let runtime: any ContainerRuntime
    let agent: NodeAgent
    let prober = ScriptedProber()
    private let informers: InformerFactory

    init(
        runtime: any ContainerRuntime, realProber: Bool = false, cgroupRoot: String? = nil, folder: String? = nil,
        kubeletFolder: String? = nil
    ) throws {
        let folder = folder ?? NSTemporaryDirectory() + "agent-" + UUID().uuidString
        self.folder = folder
        try FileManager.default.createDirectory(atPath: folder + "/cgroup", withIntermediateDirectories: true)
        self.runtime = runtime
        let client = server.client("kubelet")
        informers = InformerFactory(client: client)
        var configuration = NodeConfiguration(nodeName: "node-1", dataFolder: folder, version: "v1.36.0")
        configuration.nodeAddress = "192.0.2.10"
        configuration.kubeletFolder = kubeletFolder.map(KubeletFolder.init)
        configuration.cgroupRoot = cgroupRoot ?? folder + "/cgroup"
        agent = try NodeAgent(
            configuration: configuration, runtime: runtime, client: client, informers: informers,
            prober: realProber ? nil : prober)
    }

    /// Runs the agent for as long as the body takes.
    func run<Result: Sendable>(_ body: @Sendable @escaping (AgentHarness) async throws -> Result) async throws -> Result
    {
        defer {
            try? Mounts.unmountAll(below: folder)
            try? FileManager.default.removeItem(atPath: folder)
        }
        return try await runKeepingFolder(body)
    }

    func runKeepingFolder<Result: Sendable>(
        _ body: @Sendable @escaping (AgentHarness) async throws -> Result
    ) async throws -> Result {
        try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask {
                try await self.informers.run()
                return nil
            }
            group.addTask {
                try await self.agent.run()
                return nil
            }
            group.addTask { try await body(self) }
            defer { group.cancelAll() }
            while let result = try await group.next() {
                if let result { return result }
            }
            throw CancellationError()
        }
    }

    func create(_ pod: Pod) async throws -> Pod {
        try await server.client().create(pod)
    }

    func pod(_ name: String) async throws -> Pod? {
        do {
            return try await server.client().get(Pod.self, ObjectKey(namespace: "default", name: name))
        } catch {
            guard error.reason == .notFound else { throw error }
            return nil
        }
    }

    /// Waits until the pod is as wanted; `nil` stands for a pod that is gone.
    func until(_ name: String, _ limit: Duration = .seconds(30), _ predicate: @escaping @Sendable (Pod?) -> Bool) async
        -> Bool
    {
        await server.until(limit) { server in
            predicate(server.get(Pod.self, name, namespace: "default"))
        }
    }

    func delete(_ name: String, graceSeconds: Int64) async throws {
        var options = DeleteOptions()
        options.gracePeriodSeconds = graceSeconds
        try await server.client().delete(Pod.self, ObjectKey(namespace: "default", name: name), options)
    }
}

extension Pod {
    var isReady: Bool { status.conditions.contains { $0.type == "Ready" && $0.status == "True" } }
    func container(_ name: String) -> ContainerStatus? { status.containerStatuses.first { $0.name == name } }
}

/// Probes that find what a test says.
final class ScriptedProber: ProbeRunner {
    private let outcomes = Mutex<[String: ProbeOutcome]>([:])
    private let asked = Mutex<[String]>([])

    func set(_ outcome: ProbeOutcome, container: String) {
        outcomes.withLock { $0[container] = outcome }
    }

    var hooks: [String] { asked.withLock { $0 } }

    func run(_ probe: Probe, on target: ProbeTarget, timeout: Duration) async -> ProbeOutcome {
        outcomes.withLock { $0[target.container.name] } ?? .success
    }

    func run(_ hook: LifecycleHandler, on target: ProbeTarget, timeout: Duration) async -> ProbeOutcome {
        asked.withLock { $0.append(hook.exec?.command.joined(separator: " ") ?? "") }
        return .success
    }
}

import Client
import ClientTestSupport
import Controllers
import KubeAPI
import Machinery
import Synchronization
import Testing

/// Controllers over a fake server, with a fake node that starts and ends pods, in time that a test moves.
final class TestCluster: Sendable {
    let time = TestTime()
    let server: FakeAPIServer
    let informers: InformerFactory
    let manager: ControllerManager
    let failures = Mutex<[String]>([])

    init(_ controllers: [String], configure: (inout ControllerManagerConfiguration) -> Void = { _ in }) {
        let server = FakeAPIServer(wallClock: time.wall)
        self.server = server
        let log = FailureLog { _, _ in }
        let client = server.client("controllers")
        informers = InformerFactory(client: client, clock: time, log: log)
        var configuration = ControllerManagerConfiguration(
            controllers: controllers, clock: time, wallClock: time.wall, log: log)
        configure(&configuration)
        manager = ControllerManager(client: client, informers: informers, configuration: configuration)
    }

    /// Runs the controllers while the body runs.
    func run(_ body: (TestCluster) async throws -> Void) async throws {
        let running = Task { [self] in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { [self] in try await informers.run() }
                group.addTask { [self] in try await manager.run() }
                try await group.waitForAll()
            }
        }
        defer { running.cancel() }
        try await body(self)
    }

    /// How long a state may take that comes at once on an idle machine; only a test that fails waits so long.
    private static let patience = Duration.seconds(240)

    /// Waits for a state of the server. Time all but stands still: it moves by milliseconds, for retries after
    /// conflicts.
    func until(
        _ what: Comment, _ predicate: @escaping @Sendable (FakeAPIServer) -> Bool,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let patience = ContinuousClock.now + Self.patience
        var holds = await server.until(.milliseconds(20), predicate)
        while !holds, ContinuousClock.now < patience {
            time.advance(by: .milliseconds(5))
            holds = await server.until(.milliseconds(20), predicate)
        }
        try #require(holds, what, sourceLocation: sourceLocation)
    }

    /// Moves time in steps until the server is in a state.
    func advance(
        _ step: Duration, upTo limit: Duration, _ what: Comment,
        sourceLocation: SourceLocation = #_sourceLocation, until predicate: @escaping @Sendable (FakeAPIServer) -> Bool
    ) async throws {
        var passed = Duration.zero
        while passed < limit {
            if await server.until(.milliseconds(5), predicate) { return }
            time.advance(by: step)
            passed += step
        }
        let holds = await server.until(Self.patience, predicate)
        try #require(holds, what, sourceLocation: sourceLocation)
    }

    /// Returns once no write has come for a while.
    func settle() async {
        while true {
            let revision = server.revision
            guard await server.until(.milliseconds(50), { $0.revision != revision }) else { return }
        }
    }
}

/// What a kubelet does, at once: pods start, become ready, and are gone when deleted.
enum FakeNode {
    static func attach(
        to server: FakeAPIServer, node: String = "n1", becomesReady: @escaping @Sendable (Pod) -> Bool = { _ in true }
    ) {
        server.observe { server in
            for pod in server.list(Pod.self) {
                if pod.isBeingDeleted {
                    server.edit(Pod.self, pod.name, namespace: pod.namespace) { pod in
                        guard (pod.metadata.deletionGracePeriodSeconds ?? 0) > 0 else { return }
                        pod.metadata.deletionGracePeriodSeconds = 0
                        if pod.status.phase != "Succeeded" { pod.status.phase = "Failed" }
                    }
                } else if (pod.spec.nodeName ?? "").isEmpty {
                    server.edit(Pod.self, pod.name, namespace: pod.namespace) { $0.spec.nodeName = node }
                } else if pod.status.phase == "Pending", becomesReady(pod) {
                    server.edit(Pod.self, pod.name, namespace: pod.namespace) {
                        $0.becomeReady(at: server.wallClock.now)
                    }
                }
            }
        }
    }
}

extension Pod {
    mutating func becomeReady(at now: Timestamp, ip: String? = nil) {
        status.phase = "Running"
        var ready = PodCondition()
        ready.type = "Ready"
        ready.status = "True"
        ready.lastTransitionTime = now
        status.conditions = [ready]
        if let ip { status.podIP = ip }
    }

    mutating func end(_ phase: String, exitCode: Int32 = 0, at now: Timestamp) {
        status.phase = phase
        status.conditions = []
        var terminated = ContainerStateTerminated()
        terminated.exitCode = exitCode
        terminated.finishedAt = now
        var state = ContainerState()
        state.terminated = terminated
        var container = ContainerStatus()
        container.name = "main"
        container.state = state
        status.containerStatuses = [container]
    }
}

func template(_ labels: [String: String], image: String = "app:1") -> PodTemplateSpec {
    var container = Container()
    container.name = "main"
    container.image = image
    var template = PodTemplateSpec()
    template.metadata.labels = labels
    template.spec.containers = [container]
    return template
}

func deployment(_ name: String, replicas: Int32, image: String = "app:1") -> Deployment {
    var deployment = Deployment(name: name, namespace: "default")
    deployment.spec.replicas = replicas
    deployment.spec.selector.matchLabels = ["app": name]
    deployment.spec.template = template(["app": name], image: image)
    deployment.spec.progressDeadlineSeconds = 600
    deployment.spec.revisionHistoryLimit = 10
    return deployment
}

func job(_ name: String, completions: Int32? = 1, parallelism: Int32 = 1) -> Job {
    var job = Job(name: name, namespace: "default")
    job.spec.completions = completions
    job.spec.parallelism = parallelism
    job.spec.backoffLimit = 6
    job.spec.template = template(["run": name])
    job.spec.template.spec.restartPolicy = "Never"
    return job
}

func node(_ name: String, ready: String? = "True", labels: [String: String] = [:]) -> Node {
    var node = Node(name: name)
    node.metadata.labels = labels
    if let ready {
        var condition = NodeCondition()
        condition.type = "Ready"
        condition.status = ready
        node.status.conditions = [condition]
    }
    return node
}

extension FakeAPIServer {
    func reasons(of kind: String) -> [String] {
        list(Event.self).filter { $0.involvedObject.kind == kind }.compactMap(\.reason)
    }
}

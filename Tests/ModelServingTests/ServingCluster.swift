import Client
import ClientTestSupport
import Controllers
import Inference
import KubeAPI
import Machinery
import ModelServing
import Synchronization
import Testing

/// ModelServices over a fake server, with Deployments that work, a fake node, and time that a test moves.
final class ServingCluster: Sendable {
    static let namespace = "shop"

    let time: TestTime
    let server: FakeAPIServer
    let loads = PoolLoads()
    let samples: RequestSamples
    private let informers: InformerFactory
    private let manager: ControllerManager
    private let serving: ModelServing
    private let failures: Shared<[String]>

    /// - Parameter becomesReady: of an image's pods, which of them do.
    init(time: TestTime = TestTime(), becomesReady: @escaping @Sendable (Pod) -> Bool = { _ in true }) {
        self.time = time
        let server = FakeAPIServer(
            wallClock: time.wall, custom: [ModelService.self, ServedPool.self, ServedRoute.self])
        self.server = server
        let failures = Shared<[String]>([])
        self.failures = failures
        let log = FailureLog { component, message in failures.change { $0.append("\(component): \(message)") } }
        let client = server.client("gantry-models")
        informers = InformerFactory(client: client, clock: time, log: log)
        manager = ControllerManager(
            client: client, informers: informers,
            configuration: ControllerManagerConfiguration(
                controllers: ["deployment", "replicaset"], clock: time, wallClock: time.wall, log: log))
        samples = RequestSamples(clock: time)
        serving = ModelServing(
            client: client, informers: informers, loads: loads, samples: samples, gatewayURL: "http://gateway/v1",
            clock: time, wallClock: time.wall, log: log)
        Self.attachNode(to: server, becomesReady: becomesReady)
    }

    func run(_ body: (ServingCluster) async throws -> Void) async throws {
        let running = Task { [self] in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { [self] in try await informers.run() }
                group.addTask { [self] in try await manager.run() }
                group.addTask { [self] in try await serving.run() }
                try await group.waitForAll()
            }
        }
        defer { running.cancel() }
        try await body(self)
        #expect(failures.value == [])
    }

    /// Pods start, become ready and go at once.
    private static func attachNode(
        to server: FakeAPIServer, becomesReady: @escaping @Sendable (Pod) -> Bool
    ) {
        server.observe { server in
            for pod in server.list(Pod.self) {
                if pod.isBeingDeleted {
                    server.edit(Pod.self, pod.name, namespace: pod.namespace) { pod in
                        guard (pod.metadata.deletionGracePeriodSeconds ?? 0) > 0 else { return }
                        pod.metadata.deletionGracePeriodSeconds = 0
                        pod.status.phase = "Succeeded"
                    }
                } else if pod.status.phase == "Pending", becomesReady(pod) {
                    server.edit(Pod.self, pod.name, namespace: pod.namespace) { pod in
                        pod.spec.nodeName = "n1"
                        pod.status.phase = "Running"
                        var ready = PodCondition()
                        ready.type = "Ready"
                        ready.status = "True"
                        ready.lastTransitionTime = server.wallClock.now
                        pod.status.conditions = [ready]
                    }
                }
            }
        }
    }

    // MARK: Looking

    func service(_ name: String = "chat") -> ModelService? {
        server.get(ModelService.self, name, namespace: Self.namespace)
    }

    /// The shares of the route, by pool.
    var weights: [String: Int] {
        let route = server.get(ServedRoute.self, "chat", namespace: Self.namespace)
        let backends = route?.json["spec"]?["rules"]?.arrayValue?.first?["backendRefs"]?.arrayValue ?? []
        return Dictionary(
            backends.map { ($0["name"]?.stringValue ?? "", Int($0["weight"]?.intValue ?? 0)) }
        ) { first, _ in first }
    }

    func deployment(of version: String) -> Deployment? {
        server.list(Deployment.self).first { $0.labels[InferenceNames.versionLabel] == version }
    }

    func pool(of version: String) -> ObjectKey? { deployment(of: version)?.key }

    func pods(of version: String) -> [Pod] {
        server.list(Pod.self).filter { $0.labels[InferenceNames.versionLabel] == version && !$0.isBeingDeleted }
    }

    func reasons() -> [String] {
        server.list(Event.self).filter { $0.involvedObject.kind == "ModelService" }.compactMap(\.reason)
    }

    /// Waits for a state, in time that all but stands still.
    func until(
        _ what: Comment, sourceLocation: SourceLocation = #_sourceLocation,
        _ predicate: @escaping @Sendable () -> Bool
    ) async throws {
        let patience = ContinuousClock.now + .seconds(240)
        var holds = await server.until(.milliseconds(20)) { _ in predicate() }
        while !holds, ContinuousClock.now < patience {
            time.advance(by: .milliseconds(5))
            holds = await server.until(.milliseconds(20)) { _ in predicate() }
        }
        try #require(holds, what, sourceLocation: sourceLocation)
    }

    /// Moves time by seconds, with a moment for the loops after each, until a state comes.
    func advance(
        upTo seconds: Int, _ what: Comment, sourceLocation: SourceLocation = #_sourceLocation,
        each tick: () -> Void = {}, until predicate: @escaping @Sendable () -> Bool
    ) async throws {
        for _ in 0..<seconds {
            if await server.until(.milliseconds(8), { _ in predicate() }) { return }
            tick()
            time.advance(by: .seconds(1))
        }
        let holds = await server.until(.seconds(20)) { _ in predicate() }
        try #require(holds, what, sourceLocation: sourceLocation)
    }
}

/// A value that observers of the server and the test look at.
final class Shared<Value: Sendable>: Sendable {
    private let state: Mutex<Value>

    init(_ value: Value) { state = Mutex(value) }

    var value: Value { state.withLock { $0 } }

    func change(_ body: (inout Value) -> Void) { state.withLock { body(&$0) } }
}

extension ModelService {
    /// A model of one container; `more` are members of the spec.
    static func chat(_ version: String, image: String = "server:1", more: JSONObject = [:]) -> ModelService {
        var service = ModelService(name: "chat", namespace: ServingCluster.namespace)
        var spec: JSONObject = [
            "model": [
                "name": "tiny", "version": .string(version), "image": .string("models/tiny:\(version)"),
                "mountPath": "/model",
            ],
            "runtime": [
                "port": 8000,
                "template": ["spec": ["containers": [["name": "server", "image": .string(image)]]]],
            ],
            "gpus": ["count": 1, "resource": "nvidia.com/gpu"],
            "owner": ["team": "words"],
            "replicas": ["min": 1, "max": 4],
        ]
        for member in more.members { spec[member.key] = member.value }
        service.json["spec"] = .object(spec)
        return service
    }
}

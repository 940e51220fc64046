import Client
import Controllers
import HTTPClient
import HTTPTestSupport
import KubeAPI
import Machinery
import RemoteClient
import Scheduler
import Synchronization
import Testing

/// gantry's loops as clients of kube-apiserver: against its answers, recorded.
@Suite("With an upstream API server", .timeLimit(.minutes(2)))
struct UpstreamTests {
    /// Runs the body with a server, and a client that reaches it over the network.
    private func run(
        _ recorded: RecordedServer, _ body: (Client) async throws -> Void
    ) async throws {
        try await TestServer.run(handler: { await recorded.respond(to: $0) }) { server in
            let configuration = RemoteConfiguration(endpoint: server.http, identity: .init(), credential: .none)
            try await body(try configuration.client(userAgent: "gantry-controllers"))
        }
    }

    /// Runs loops while the body runs.
    private func with(
        _ loops: [@Sendable () async throws -> Void], _ body: () async throws -> Void
    ) async throws {
        let running = Task {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for loop in loops { group.addTask { try await loop() } }
                try await group.waitForAll()
            }
        }
        defer { running.cancel() }
        try await body()
    }

    @Test("discovery is read group by group; an extension server that is away takes only its own group along")
    func discovery() async throws {
        let recorded = RecordedServer()
        recorded.script("GET /api", [.body(200, Recording.versions)])
        recorded.script("GET /apis", [.body(200, Recording.groups)])
        let pods = Recording.resources("v1", [("pods", "Pod"), ("pods/log", "Pod")])
        recorded.script("GET /api/v1", [.body(200, pods)])
        recorded.script(
            "GET /apis/apps/v1", [.body(200, Recording.resources("apps/v1", [("deployments", "Deployment")]))])
        let autoscalers = Recording.resources(
            "autoscaling/v2", [("horizontalpodautoscalers", "HorizontalPodAutoscaler")])
        recorded.script("GET /apis/autoscaling/v2", [.body(200, autoscalers)])
        recorded.script("GET /apis/metrics.k8s.io/v1beta1", [.body(503, "service unavailable\n")])
        try await run(recorded) { client in
            let served = try await client.servedResources()
            #expect(served.resources.map(\.resource.resource) == ["pods", "deployments", "horizontalpodautoscalers"])
            #expect(served.resources.map(\.kind.kind) == ["Pod", "Deployment", "HorizontalPodAutoscaler"])
            #expect(served.failures.map(\.groupVersion.group) == ["metrics.k8s.io"])
            #expect(served.failures.first?.error.reason == .serviceUnavailable)
        }
    }

    @Test("an informer goes on through pages and versions that expire, bookmarks, ended watches and busy servers")
    func informer() async throws {
        let recorded = RecordedServer()
        let pods = "/api/v1/pods"
        let expiredPage = Recording.status(
            410, "Expired", "The provided continue parameter is too old to display a consistent list result.")
        let expired = Recording.status(410, "Expired", "too old resource version: 1500 (2000)")
        recorded.script(
            "GET \(pods)",
            [
                .body(200, Recording.list([Recording.pod("a", version: "1400")], version: "1409", continuing: "eyJ2")),
                .body(410, expiredPage),
                .body(
                    200,
                    Recording.list(
                        [Recording.pod("a", version: "1400"), Recording.pod("b", version: "1411")], version: "1412")),
                .body(
                    200,
                    Recording.list(
                        [Recording.pod("b", version: "1600"), Recording.pod("c", version: "1900")], version: "2000")),
            ])
        recorded.script(
            "WATCH \(pods)",
            [
                .events([
                    Recording.event("MODIFIED", Recording.pod("a", version: "1413")), Recording.bookmark("1500"),
                ]),
                .after(
                    seconds: 1, 429,
                    Recording.status(429, "TooManyRequests", "too many requests, please try again later")),
                .events([Recording.event("ERROR", expired)]),
                .open([Recording.event("DELETED", Recording.pod("c", version: "2002"))]),
            ])
        try await run(recorded) { client in
            let informers = InformerFactory(client: client, log: FailureLog { _, _ in })
            let informer = informers.informer(Pod.self)
            let (changes, told) = AsyncStream.makeStream(of: String.self)
            informer.onChange { change in
                switch change {
                case .added(let pod): told.yield("+\(pod.name)")
                case .updated(_, let pod): told.yield("~\(pod.name) \(pod.resourceVersion)")
                case .deleted(let pod): told.yield("-\(pod.name)")
                }
            }
            try await with([{ try await informers.run() }]) {
                var seen: [String] = []
                for await change in changes {
                    seen.append(change)
                    if change == "-c" { break }
                }
                #expect(seen.prefix(3).sorted() == ["+a", "+b", "~a 1413"])
                #expect(seen.dropFirst(3).dropLast().sorted() == ["+c", "-a", "~b 1600"])
            }
            let requests = recorded.requests.filter { $0.path == pods }
            #expect(requests.filter { !$0.isWatch }.map { $0.parameter("limit") } == ["500", "500", nil, "500"])
            #expect(
                requests.filter(\.isWatch).map { $0.parameter("resourceVersion") } == ["1412", "1500", "1500", "2000"])
            #expect(requests.filter(\.isWatch).allSatisfy { $0.parameter("allowWatchBookmarks") == "true" })
        }
    }

    @Test("a controller makes what is missing, once, although the connection breaks under its first request")
    func controller() async throws {
        let recorded = RecordedServer()
        recorded.script(
            "GET /apis/apps/v1/replicasets", [.body(200, Recording.list([Recording.replicaSet], version: "320"))])
        let path = "/api/v1/namespaces/default/pods"
        recorded.script("POST \(path)", [.broken])
        try await run(recorded) { client in
            let log = FailureLog { _, _ in }
            let informers = InformerFactory(client: client, log: log)
            let manager = ControllerManager(
                client: client, informers: informers,
                configuration: ControllerManagerConfiguration(controllers: ["replicaset"], log: log))
            try await with([{ try await informers.run() }, { try await manager.run() }]) {
                await recorded.until { requests in
                    requests.contains { $0.method == "PUT" && $0.body.contains(#""replicas":2"#) }
                }
            }
            let posts = recorded.requests.filter { $0.method == "POST" && $0.path == path }
            let names = posts.compactMap { post in
                (try? JSON(parsing: Array(post.body.utf8)))?["metadata"]?["name"]?.stringValue
            }
            #expect(names.count == 3)
            #expect(Set(names).count == 2)
            #expect(names.first == names.dropFirst().first)
            let status = recorded.requests.last { $0.method == "PUT" }
            #expect(status?.path == "/apis/apps/v1/namespaces/default/replicasets/web-68ffc45d7f/status")
        }
    }

    @Test("the scheduler binds a pod to the node that has room")
    func scheduler() async throws {
        let recorded = RecordedServer()
        recorded.script("GET /api/v1/nodes", [.body(200, Recording.list([Recording.node], version: "300"))])
        recorded.script(
            "GET /api/v1/pods", [.body(200, Recording.list([Recording.pod("web", version: "301")], version: "301"))])
        let path = "/api/v1/namespaces/default/pods/web/binding"
        try await run(recorded) { client in
            let log = FailureLog { _, _ in }
            let informers = InformerFactory(client: client, log: log)
            let scheduler = Scheduler(client: client, informers: informers, log: log)
            try await with([{ try await informers.run() }, { try await scheduler.run() }]) {
                await recorded.until { $0.contains { $0.path == path } }
            }
            let binding = try #require(recorded.requests.first { $0.path == path })
            let body = try JSON(parsing: Array(binding.body.utf8))
            #expect(body["target"]?["name"]?.stringValue == "fake-0")
        }
    }
}

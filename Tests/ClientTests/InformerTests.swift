import Client
import ClientTestSupport
import KubeAPI
import Machinery
import Synchronization
import Testing

/// Notes what an informer tells, in order.
final class ChangeLog: Sendable {
    private let lines = Mutex<[String]>([])

    func note<T: KubeObject>(_ change: InformerChange<T>) {
        let line =
            switch change {
            case .added(let object): "+\(object.name)"
            case .updated(let old, let new): "~\(new.name) \(old.resourceVersion)>\(new.resourceVersion)"
            case .deleted(let object): "-\(object.name)"
            }
        lines.withLock { $0.append(line) }
    }

    var all: [String] { lines.withLock { $0 } }
    func count(_ line: String) -> Int { all.count { $0 == line } }
}

func pod(_ name: String, namespace: String = "default", labels: [String: String] = [:]) -> Pod {
    var pod = Pod(name: name, namespace: namespace)
    pod.metadata.labels = labels
    return pod
}

@Suite("An informer")
struct InformerTests {
    let server = FakeAPIServer()

    /// Runs a factory while the body runs.
    private func withFactory(
        clock: some Clock<Duration> = ContinuousClock(), _ body: (InformerFactory) async throws -> Void
    ) async throws {
        let factory = InformerFactory(client: server.client(), clock: clock, log: FailureLog { _, _ in })
        let running = Task { try await factory.run() }
        try await body(factory)
        running.cancel()
        try await running.value
    }

    /// Waits until the informer has seen the server's newest state of an object.
    private func until(_ condition: @Sendable @escaping () -> Bool) async -> Bool {
        let deadline = ContinuousClock.now + .seconds(20)
        while !condition() {
            if ContinuousClock.now > deadline { return false }
            await Task.yield()
        }
        return true
    }

    @Test("lists all pages and then follows, telling each change once and in order")
    func follows() async throws {
        for index in 0..<1203 { server.seed(pod("p\(index)")) }
        try await withFactory { factory in
            let informer = factory.informer(Pod.self)
            let log = ChangeLog()
            informer.onChange { log.note($0) }
            try await informer.waitForSync()
            #expect(informer.hasSynced)
            #expect(informer.count == 1203)
            #expect(log.all.count == 1203)
            #expect(server.requests.count { $0.path == "/api/v1/pods" } == 3)

            server.edit(Pod.self, "p7", namespace: "default") { $0.spec.nodeName = "n1" }
            server.erase(Pod.self, "p8", namespace: "default")
            server.seed(pod("new"))
            #expect(await until { log.count("+new") == 1 })
            #expect(log.all.suffix(3).map { $0.prefix(3) } == ["~p7", "-p8", "+ne"])
            #expect(informer.get(ObjectKey(namespace: "default", name: "p7"))?.spec.nodeName == "n1")
            #expect(informer.get(ObjectKey(namespace: "default", name: "p8")) == nil)
        }
    }

    @Test("is one for all who ask for the same objects, and another for others")
    func shared() async throws {
        try await withFactory { factory in
            #expect(factory.informer(Pod.self) === factory.informer(Pod.self))
            let onNode = factory.informer(Pod.self, fieldSelector: "spec.nodeName=n1")
            #expect(factory.informer(Pod.self) !== onNode)
            var placed = pod("here")
            placed.spec.nodeName = "n1"
            server.seed(placed)
            server.seed(pod("elsewhere"))
            try await onNode.waitForSync()
            #expect(await until { onNode.count == 1 })
            // An object that leaves the selection is gone for this informer.
            server.edit(Pod.self, "here", namespace: "default") { $0.spec.nodeName = "n2" }
            #expect(await until { onNode.count == 0 })
        }
    }

    @Test("tells a late handler of what is there already, before anything newer")
    func lateHandler() async throws {
        server.seed(pod("a"))
        try await withFactory { factory in
            let informer = factory.informer(Pod.self)
            try await informer.waitForSync()
            let log = ChangeLog()
            let id = informer.onChange { log.note($0) }
            #expect(log.all == ["+a"])
            informer.removeHandler(id)
            server.seed(pod("b"))
            #expect(await until { informer.count == 2 })
            #expect(log.all == ["+a"])
        }
    }

    @Test("finds objects by namespace and by index, also after they change")
    func indexes() async throws {
        server.seed(pod("a", labels: ["app": "web"]))
        server.seed(pod("b", namespace: "other", labels: ["app": "web"]))
        server.seed(pod("c", labels: ["app": "db"]))
        try await withFactory { factory in
            let informer = factory.informer(Pod.self)
            informer.addIndex("app") { $0.labels["app"].map { [$0] } ?? [] }
            try await informer.waitForSync()
            #expect(Set(informer.list(namespace: "default").map(\.name)) == ["a", "c"])
            #expect(Set(informer.byIndex("app", "web").map(\.name)) == ["a", "b"])
            server.edit(Pod.self, "a", namespace: "default") { $0.metadata.labels = ["app": "db"] }
            #expect(await until { informer.byIndex("app", "db").count == 2 })
            #expect(informer.byIndex("app", "web").map(\.name) == ["b"])
            server.erase(Pod.self, "b", namespace: "other")
            #expect(await until { informer.byIndex("app", "web").isEmpty })
            #expect(informer.list(namespace: "other").isEmpty)
        }
    }

    @Test("keeps what rests as it was, and finds it by labels, by index and by key")
    func resting() async throws {
        let count = 1500
        for index in 0..<count {
            var object = pod("p\(index)", labels: ["shard": "s\(index % 3)", "parity": "\(index % 2)"])
            object.spec.nodeName = "n\(index % 10)"
            object.metadata.annotations = ["text": "a \"quoted\" text of more than a few letters \(index)"]
            server.seed(object)
        }
        try await withFactory { factory in
            let informer = factory.informer(Pod.self)
            informer.addIndex("node") { [$0.spec.nodeName ?? ""] }
            try await informer.waitForSync()
            for index in 0..<count {
                let object = try #require(informer.get(ObjectKey(namespace: "default", name: "p\(index)")))
                #expect(object.spec.nodeName == "n\(index % 10)")
                #expect(object.annotations["text"] == "a \"quoted\" text of more than a few letters \(index)")
            }
            let some = informer.list(namespace: "default", labels: ["shard": "s1", "parity": "0"])
            #expect(some.count == count / 6)
            #expect(some.allSatisfy { $0.labels["shard"] == "s1" && $0.labels["parity"] == "0" })
            #expect(informer.list(namespace: "other", labels: ["shard": "s1"]).isEmpty)
            #expect(informer.isEmpty(namespace: "other") && !informer.isEmpty(namespace: "default"))
            #expect(informer.byIndex("node", "n3").count == count / 10)
            // A change of one that rests is told with the state before it.
            let log = ChangeLog()
            informer.onChange { log.note($0) }
            server.edit(Pod.self, "p0", namespace: "default") { $0.spec.nodeName = "elsewhere" }
            #expect(await until { informer.byIndex("node", "elsewhere").count == 1 })
            #expect(informer.byIndex("node", "n0").count == count / 10 - 1)
            #expect(await until { log.all.count == count + 1 })
            #expect(log.all.last?.hasPrefix("~p0 ") == true)
        }
    }

    @Test("resumes a broken watch from the last version, without a list, and loses nothing")
    func resumes() async throws {
        server.seed(pod("a"))
        try await withFactory { factory in
            let informer = factory.informer(Pod.self)
            let log = ChangeLog()
            informer.onChange { log.note($0) }
            try await informer.waitForSync()
            for round in 0..<5 {
                server.dropWatches()
                server.seed(pod("r\(round)"))
                server.erase(Pod.self, "r\(round)", namespace: "default")
                #expect(await until { log.count("-r\(round)") == 1 })
                #expect(log.count("+r\(round)") == 1)
            }
            #expect(server.requests.count { $0.path == "/api/v1/pods" } == 1)
        }
    }

    @Test("lists anew when its version is gone, and tells only the differences")
    func relists() async throws {
        for name in ["same", "changed", "gone", "replaced"] { server.seed(pod(name)) }
        try await withFactory { factory in
            let informer = factory.informer(Pod.self)
            let log = ChangeLog()
            informer.onChange { log.note($0) }
            try await informer.waitForSync()
            // The watch must be open, so that it is this watch which is refused when it resumes.
            #expect(await server.until { $0.watcherCount == 1 })
            server.intercept { $0.query.contains { $0.name == "watch" } ? .serviceUnavailable("away") : nil }
            server.dropWatches()
            server.edit(Pod.self, "changed", namespace: "default") { $0.spec.nodeName = "n" }
            server.erase(Pod.self, "gone", namespace: "default")
            server.erase(Pod.self, "replaced", namespace: "default")
            server.seed(pod("replaced"))
            server.compact()
            server.intercept(nil)
            #expect(await until { log.all.count == 8 })
            #expect(log.count("+same") == 1)
            #expect(log.count("-gone") == 1)
            #expect(log.count("-replaced") == 1)
            #expect(log.count("+replaced") == 2)
            #expect(log.all.count { $0.hasPrefix("~") } == 1)
            #expect(informer.count == 3)
        }
    }

    @Test("moves its version on with bookmarks, so that it need not list anew")
    func bookmarks() async throws {
        server.seed(pod("a"))
        try await withFactory { factory in
            let informer = factory.informer(Pod.self)
            try await informer.waitForSync()
            #expect(await server.until { $0.watcherCount == 1 })
            // Other resources move the version on; this one's watch learns of it by bookmark only.
            for index in 0..<10 { server.seed(Node(name: "n\(index)")) }
            server.sendBookmarks()
            server.seed(pod("b"))
            #expect(await until { informer.count == 2 })
            server.compact()
            server.dropWatches()
            server.seed(pod("c"))
            #expect(await until { informer.count == 3 })
            #expect(server.requests.count { $0.path == "/api/v1/pods" } == 1)
        }
    }

    @Test("keeps no managed fields, and what a transform leaves out")
    func transform() async throws {
        var object = pod("a")
        var entry = ManagedFieldsEntry()
        entry.manager = "kubectl"
        object.metadata.managedFields = [entry]
        object.metadata.annotations = ["big": "text"]
        server.seed(object)
        try await withFactory { factory in
            let informer = factory.informer(Pod.self) { pod in
                var pod = pod
                pod.metadata.annotations = [:]
                return pod
            }
            try await informer.waitForSync()
            let kept = informer.list()[0]
            #expect(kept.metadata.managedFields.isEmpty)
            #expect(kept.metadata.annotations.isEmpty)
        }
    }

    @Test("lets those who wait for its sync go when they are cancelled")
    func cancelledWait() async throws {
        let factory = InformerFactory(client: server.client())
        let informer = factory.informer(Pod.self)
        let waiting = Task { try await informer.waitForSync() }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
    }
}

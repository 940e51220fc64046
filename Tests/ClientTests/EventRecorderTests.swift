import Client
import ClientTestSupport
import KubeAPI
import Machinery
import Testing

@Suite("An event recorder")
struct EventRecorderTests {
    let server = FakeAPIServer()
    let time = TestTime()

    private func recorder(capacity: Int = 1000) -> EventRecorder {
        EventRecorder(
            client: server.client(), component: "tester", host: "n1", clock: time, wallClock: time.wall,
            capacity: capacity, log: FailureLog { _, _ in })
    }

    private func subject(_ name: String = "web") -> Pod {
        server.get(Pod.self, name, namespace: "default") ?? server.seed(pod(name))
    }

    @Test("writes what happened to whom, when, and who says so")
    func writes() async throws {
        let recorder = recorder()
        let running = Task { await recorder.run() }
        recorder.event(
            subject(), type: .warning, reason: "Failed", message: "it broke", fieldPath: "spec.containers{c}")
        #expect(await server.until { !$0.list(Event.self).isEmpty })
        let event = try #require(server.list(Event.self).first)
        #expect(event.name.hasPrefix("web."))
        #expect(event.namespace == "default")
        #expect(event.type == "Warning")
        #expect(event.reason == "Failed")
        #expect(event.message == "it broke")
        #expect(event.count == 1)
        #expect(event.involvedObject.kind == "Pod")
        #expect(event.involvedObject.uid == subject().uid)
        #expect(event.involvedObject.fieldPath == "spec.containers{c}")
        #expect(event.source?.component == "tester")
        #expect(event.source?.host == "n1")
        running.cancel()
        await running.value
    }

    @Test("counts repeats in one Event, and starts a new one when that has expired")
    func counts() async throws {
        let recorder = recorder()
        let running = Task { await recorder.run() }
        for _ in 0..<3 {
            recorder.event(subject(), reason: "Pulled", message: "same")
            time.advance(by: .seconds(1))
        }
        #expect(await server.until { $0.list(Event.self).first?.count == 3 })
        #expect(server.list(Event.self).count == 1)
        let event = try #require(server.list(Event.self).first)
        #expect(event.lastTimestamp.map { $0 - (event.firstTimestamp ?? $0) } == .seconds(2))
        server.erase(Event.self, event.name, namespace: "default")
        recorder.event(subject(), reason: "Pulled", message: "same")
        #expect(await server.until { $0.list(Event.self).first?.count == 1 })
        running.cancel()
        await running.value
    }

    @Test("combines many that differ only in their message")
    func combines() async throws {
        let recorder = recorder()
        let running = Task { await recorder.run() }
        for index in 0..<15 { recorder.event(subject(), reason: "Unhealthy", message: "attempt \(index)") }
        recorder.event(subject("other"), reason: "Last", message: "last")
        #expect(await server.until { $0.list(Event.self).contains { $0.reason == "Last" } })
        let events = server.list(Event.self).filter { $0.reason == "Unhealthy" }
        #expect(events.count == 11)
        let combined = events.filter { $0.message?.hasPrefix("(combined from similar events): ") ?? false }
        #expect(combined.map(\.count) == [5])
        running.cancel()
        await running.value
    }

    @Test("lets one object have a burst, then one every five minutes, and counts what it drops")
    func spam() async throws {
        let recorder = recorder()
        let running = Task { await recorder.run() }
        for _ in 0..<40 { recorder.event(subject(), reason: "Again", message: "x") }
        recorder.event(subject("other"), reason: "Last", message: "last")
        #expect(await server.until { $0.list(Event.self).contains { $0.reason == "Last" } })
        #expect(server.list(Event.self).first { $0.reason == "Again" }?.count == 25)
        #expect(recorder.dropped == 15)
        time.advance(by: .seconds(301))
        recorder.event(subject(), reason: "Again", message: "x")
        #expect(await server.until { $0.list(Event.self).first { $0.reason == "Again" }?.count == 26 })
        running.cancel()
        await running.value
    }

    @Test("never waits: beyond its capacity it drops and counts")
    func bounded() {
        let recorder = recorder(capacity: 10)
        for index in 0..<25 { recorder.event(subject(), reason: "R", message: "\(index)") }
        #expect(recorder.dropped == 15)
    }

    @Test("gives up on a namespace that is going away")
    func terminating() async throws {
        var namespace = Namespace(name: "default")
        namespace.metadata.deletionTimestamp = time.wall.now
        namespace.spec.finalizers = ["kubernetes"]
        server.seed(namespace)
        let recorder = recorder()
        let running = Task { await recorder.run() }
        recorder.event(subject(), reason: "R", message: "m")
        let deadline = ContinuousClock.now + .seconds(20)
        while recorder.dropped == 0, ContinuousClock.now < deadline { await Task.yield() }
        #expect(recorder.dropped == 1)
        #expect(server.list(Event.self).isEmpty)
        running.cancel()
        await running.value
    }
}

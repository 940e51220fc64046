import Foundation
import Synchronization
import Testing

extension Clusters {
    /// `kill -9` of gantry at random moments under load.
    @Suite("Crashes", .cluster)
    struct Crash {
        /// Fifty in the soak, ten here.
        private static let kills = Cluster.isSoak ? 50 : 10
        private static let path = "/api/v1/namespaces/crash/configmaps"

        @Test(
            "No acknowledged write is lost, no container restarted, no watcher misses an event, and service resumes in 2 s"
        )
        func kills() async throws {
            let cluster = try Cluster.current()
            _ = try await cluster.namespace("crash")
            try await cluster.expect(
                "-n", "crash", "apply", "-f", "-", input: Manifest.deployment("witness", replicas: 3))
            try await cluster.expect("-n", "crash", "rollout", "status", "deployment/witness", "--timeout=60s")
            let containers = try await containers(cluster)
            let start = try await cluster.send("GET", Self.path + "?limit=1").resourceVersion

            let load = Load(cluster: cluster)
            let arrivals = Arrivals()
            let watcher = HistoryWatcher(server: cluster.server, token: cluster.token, Self.path, from: start) {
                arrivals.take($0, $1)
            }
            var slowest = 0.0
            try await withThrowingTaskGroup(of: Void.self) { group in
                for worker in 0..<4 { group.addTask { try await load.run(worker: worker) } }
                group.addTask { try await watcher.run() }
                defer { group.cancelAll() }
                for round in 0..<Self.kills {
                    // A random number of writes more is a random moment, and one that has load around it.
                    let goal = load.acknowledged.count + Int.random(in: 1...60)
                    try await eventually(
                        "the load goes on after kill \(round)", { load.acknowledged.count }, until: { $0 >= goal })
                    #expect(kill(cluster.pid, SIGKILL) == 0)
                    slowest = max(slowest, try await timeToServe(cluster))
                }
                let last = load.acknowledged.count + 20
                try await eventually("the load goes on at the end", { load.acknowledged.count }, until: { $0 >= last })
                load.stop()
                let names = load.acknowledged
                try await eventually(
                    "the watcher has seen every acknowledged write",
                    { names.subtracting(arrivals.seen).count }, until: { $0 == 0 })
                group.cancelAll()
            }
            measured("kills of gantry", Double(Self.kills), "times")
            measured("slowest return to service after a kill", slowest, "s")
            measured("acknowledged writes", Double(load.acknowledged.count), "objects")
            #expect(slowest <= 2)

            let stored = try await cluster.expect("-n", "crash", "get", "configmaps", "-o", "name")
            let lost = load.acknowledged.subtracting(
                stored.split(separator: "\n").map { String($0.dropFirst("configmap/".count)) })
            #expect(lost.isEmpty, "lost: \(lost.sorted())")
            let faults = watcher.faults + arrivals.faults
            #expect(faults.isEmpty, "\(faults)")
            #expect(try await self.containers(cluster) == containers, "containers were restarted or replaced")
        }

        /// Starts gantry again and returns how long it took until it served.
        private func timeToServe(_ cluster: Cluster) async throws -> Double {
            let begin = ContinuousClock.now
            async let restarted: Void = cluster.restart()
            try await eventually("serving after a kill", { try await cluster.isReady() }, until: { $0 })
            let taken = begin.duration(to: .now).seconds
            try await restarted
            return taken
        }

        /// Which containers run, since when, restarted how often.
        private func containers(_ cluster: Cluster) async throws -> [String] {
            let path =
                "{range .items[*]}{.metadata.name} {.status.containerStatuses[0].containerID} "
                + "{.status.containerStatuses[0].restartCount} {.status.containerStatuses[0].state.running.startedAt}{\"\\n\"}{end}"
            return try await cluster.expect("-n", "crash", "get", "pods", "-o", "jsonpath=\(path)").split(
                separator: "\n"
            )
            .map(String.init).sorted()
        }

        @Test("A kill -9 of gantry leaves containerd and every container process running")
        func containersStay() async throws {
            let cluster = try Cluster.current()
            _ = try await cluster.namespace("stay")
            try await cluster.expect(
                "-n", "stay", "apply", "-f", "-",
                input: Manifest.pod(
                    "clock", command: "while true; do date +%s%N > /tmp/now; sleep 0.1; done"))
            try await cluster.expect("-n", "stay", "wait", "pod/clock", "--for=condition=Ready", "--timeout=60s")
            let started = try await cluster.expect("-n", "stay", "exec", "clock", "--", "stat", "-c", "%Y", "/proc/1")
            #expect(kill(cluster.pid, SIGKILL) == 0)
            let containerd = try await Command(
                program: "pgrep", arguments: ["-f", "containerd --config \(cluster.data)/containerd/config.toml"]
            ).run()
            #expect(containerd.succeeded, "containerd went with gantry")
            try await cluster.restart()
            #expect(
                try await cluster.expect("-n", "stay", "exec", "clock", "--", "stat", "-c", "%Y", "/proc/1") == started)
        }
    }
}

/// Creates ConfigMaps one after the other, each under a name of its own, and remembers which were acknowledged.
private final class Load: Sendable {
    private let cluster: Cluster
    private let names = Mutex<Set<String>>([])
    private let stopped = Mutex(false)

    init(cluster: Cluster) { self.cluster = cluster }

    var acknowledged: Set<String> { names.withLock { $0 } }

    func stop() { stopped.withLock { $0 = true } }

    func run(worker: Int) async throws {
        var number = 0
        while !Task.isCancelled, !stopped.withLock({ $0 }) {
            number += 1
            let name = "w\(worker)-\(number)"
            let body = #"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"\#(name)"},"data":{"k":"v"}}"#
            let answer = try await cluster.send(
                "POST", "/api/v1/namespaces/crash/configmaps", body: body, limit: .seconds(10))
            if answer.code == 201 { names.withLock { _ = $0.insert(name) } }
        }
    }
}

/// What a watch of new objects brought: each of them once.
private final class Arrivals: Sendable {
    private struct State {
        var seen: Set<String> = []
        var faults: [String] = []
    }

    private let state = Mutex(State())

    var seen: Set<String> { state.withLock { $0.seen } }
    var faults: [String] { state.withLock { $0.faults } }

    func take(_ kind: HistoryWatcher.Kind, _ object: Object) {
        state.withLock { state in
            if kind != .added { state.faults.append("\(object.name): \(kind.rawValue)") }
            if !state.seen.insert(object.name).inserted { state.faults.append("\(object.name) came twice") }
        }
    }
}

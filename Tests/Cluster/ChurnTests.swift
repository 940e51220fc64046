import Foundation
import Testing

extension Clusters {
    /// `kill -9` of the processes that act, at random, while workloads change.
    @Suite("Churn under kills", .timeLimit(.minutes(20)))
    struct ChurnUnderKills {
        /// How the control plane is divided into processes; each may be killed.
        enum Shape: String, CaseIterable, CustomTestStringConvertible {
            case whole
            case parts

            var victims: [String] { self == .whole ? ["server"] : ["server", "controllers", "scheduler"] }
            var testDescription: String { rawValue }
        }

        /// Two hundred of each kind in the soak.
        private static let number = Cluster.isSoak ? 200 : 15
        /// Kills go on for so long at least, and until so much was changed.
        private static let duration = Cluster.isSoak ? Duration.seconds(180) : .seconds(15)
        private static let changes = 2 * number

        @Test(
            "All converge to what was asked for; no ordinal or index has two pods, no Job completes twice",
            arguments: Shape.allCases)
        func converges(shape: Shape) async throws {
            let plane = try await ControlPlane.start(Self.serverArguments(shape))
            do {
                try await run(plane, shape)
                try await plane.purge()
            } catch {
                try await plane.purge()
                throw error
            }
        }

        private static func serverArguments(_ shape: Shape) -> [String] { shape == .parts ? ["--api-only"] : [] }

        private static func arguments(_ part: String, _ plane: ControlPlane, _ config: String, _ shape: Shape)
            -> [String]
        {
            part == "server"
                ? ["server", "--data", plane.data, "--port", "\(plane.port)"] + serverArguments(shape)
                : [part, "--kubeconfig", config, "--leader-elect=false"]
        }

        private func run(_ plane: ControlPlane, _ shape: Shape) async throws {
            let config = try await plane.kubeconfig("loops")
            for part in shape.victims where part != "server" {
                try plane.run(part, Self.arguments(part, plane, config, shape))
            }
            try plane.run(
                "nodes",
                [
                    "fake-nodes", "--kubeconfig", config, "--nodes", "20", "--start-delay", "100ms", "--run-time",
                    "200ms",
                    "--stop-delay", "50ms",
                ])
            let made = try await plane.send(
                "POST", "/api/v1/namespaces",
                body: #"{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"churn"}}"#)
            #expect(made.code == 201, "\(made)")
            let start = try await plane.send("GET", "/api/v1/namespaces/churn/pods?limit=1").resourceVersion

            let audit = ChurnAudit()
            let churn = Churn(plane)
            let pods = HistoryWatcher(
                server: plane.server, token: plane.token, "/api/v1/namespaces/churn/pods", from: start
            ) { audit.take(pod: $0, $1) }
            let jobs = HistoryWatcher(
                server: plane.server, token: plane.token, Churn.Kind.job.path, from: start
            ) { audit.take(job: $0, $1) }
            let kills = try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await pods.run() }
                group.addTask { try await jobs.run() }
                defer { group.cancelAll() }
                let kills = try await churnAndKill(plane, shape, config, churn)
                let begin = ContinuousClock.now
                try await converge(plane, churn)
                measured("\(shape): convergence after the last kill", begin.duration(to: .now).seconds, "s")
                let end = Int(try await plane.send("GET", "/api/v1/namespaces/churn/pods?limit=1").resourceVersion) ?? 0
                try await eventually(
                    "the watchers have seen it all", { min(pods.version, jobs.version) >= end || audit.podCount > 0 },
                    until: { $0 })
                return kills
            }
            measured("\(shape): kills", Double(kills), "times")
            measured("\(shape): changes of the churn", Double(churn.changeCount), "changes")
            measured("\(shape): pods made", Double(audit.podCount), "pods")
            measured("\(shape): Jobs complete", Double(audit.completions), "jobs")
            #expect(audit.faults.isEmpty, "\(audit.faults.joined(separator: "\n"))")
            #expect((pods.faults + jobs.faults).isEmpty, "\(pods.faults + jobs.faults)")
        }

        /// The churn, and the kills under it. Returns how many there were.
        private func churnAndKill(_ plane: ControlPlane, _ shape: Shape, _ config: String, _ churn: Churn) async throws
            -> Int
        {
            return try await withThrowingTaskGroup(of: Int.self) { group in
                group.addTask {
                    try await churn.create(Self.number)
                    while !churn.isOver { try await churn.change() }
                    return 0
                }
                group.addTask {
                    let deadline = ContinuousClock.now.advanced(by: Self.duration)
                    var kills = 0
                    while ContinuousClock.now < deadline || churn.changeCount < Self.changes {
                        try await Ticker.wait(.milliseconds(Int64.random(in: 500...3500)))
                        guard let victim = shape.victims.randomElement() else { break }
                        try await plane.kill(victim)
                        try plane.run(victim, Self.arguments(victim, plane, config, shape))
                        if victim == "server" { try await plane.untilReady() }
                        kills += 1
                    }
                    churn.end()
                    return kills
                }
                var kills = 0
                for try await count in group { kills += count }
                return kills
            }
        }

        /// Waits until everything is as the churn left it to be.
        private func converge(_ plane: ControlPlane, _ churn: Churn) async throws {
            try await eventually(
                "everything is as it was asked for", within: .seconds(120),
                { try await differences(plane, churn).prefix(20).joined(separator: "\n") }, until: { $0.isEmpty })
        }

        /// What is not yet as it should be.
        private func differences(_ plane: ControlPlane, _ churn: Churn) async throws -> [String] {
            let pods = Dictionary(grouping: try await plane.list("/api/v1/namespaces/churn/pods")) {
                $0.labels["app"] ?? ""
            }
            var found: [String] = []
            var live: [String: Object] = [:]
            for kind in Churn.Kind.allCases {
                for object in try await plane.list(kind.path) { live[object.name] = object }
            }
            for (name, desired) in churn.desired {
                let pods = pods[name] ?? []
                guard let object = live[name] else {
                    if !desired.isDeleted { found.append("\(name) is missing") }
                    if !pods.isEmpty { found.append("\(name) is gone and has \(pods.count) pods") }
                    continue
                }
                if desired.isDeleted {
                    found.append("\(name) is still there")
                } else if let difference = Self.difference(object, desired, pods) {
                    found.append("\(name): \(difference)")
                }
            }
            return found
        }

        private static func difference(_ object: Object, _ desired: Churn.Desired, _ pods: [Object]) -> String? {
            let status = object.part("status")
            func number(_ field: String) -> Int { status[field] as? Int ?? 0 }
            guard pods.count == desired.count, !pods.contains(where: \.isBeingDeleted) else {
                return "\(pods.count) pods instead of \(desired.count)"
            }
            if desired.kind == .job {
                let isDone = status["completionTime"] != nil && number("succeeded") == desired.count
                return isDone && number("active") == 0 ? nil : "status \(status)"
            }
            let images = Set(
                pods.compactMap { pod in
                    (pod.part("spec")["containers"] as? [[String: Any]])?.first?["image"] as? String
                })
            guard images.subtracting(["example.com/app:\(desired.image)"]).isEmpty else { return "images \(images)" }
            let counts = ["replicas", "readyReplicas", "updatedReplicas"].map(number)
            guard counts.allSatisfy({ $0 == desired.count }), number("observedGeneration") == object.generation else {
                return "status \(status)"
            }
            return nil
        }
    }
}

import Foundation
import Testing

extension Clusters {
    /// Starting, idling, stopping, going on, and leaving nothing.
    @Suite("The life of a cluster")
    struct Lifecycle {
        @Test("up: ready to serve within half a second, the node within two, from empty data")
        func start() async throws {
            var serving: [Double] = []
            var ready: [Double] = []
            for _ in 0..<3 {
                let data = "/tmp/gantry-\(UUID().uuidString.prefix(8).lowercased())"
                let port = Int.random(in: 20_000..<30_000)
                let begin = ContinuousClock.now
                async let up = Cluster.gantry(["up", "--data", data, "--port", "\(port)"], limit: .seconds(60))
                try await eventually(
                    "/readyz",
                    {
                        try await Command(program: "curl", arguments: ["-skf", "https://127.0.0.1:\(port)/readyz"])
                            .run().succeeded
                    },
                    until: { $0 })
                serving.append(begin.duration(to: .now).seconds)
                let output = try await up
                #expect(output.succeeded, "\(output)")
                let config = data + ".kubeconfig"
                try Data(try await Cluster.gantry(["kubeconfig", "--data", data]).out.utf8).write(
                    to: URL(fileURLWithPath: config))
                let node = try await Command(
                    program: "kubectl",
                    arguments: [
                        "--kubeconfig", config, "wait", "node", "--all", "--for=condition=Ready", "--timeout=30s",
                    ]
                ).run()
                ready.append(begin.duration(to: .now).seconds)
                #expect(node.succeeded, "\(node)")
                #expect(try await Cluster.gantry(["status", "--data", data]).succeeded)
                #expect(try await Cluster.gantry(["down", "--data", data, "--purge"]).succeeded)
                try FileManager.default.removeItem(atPath: config)
            }
            // The middle one of three: one start may be hit by whatever else the machine does.
            measured("up to /readyz", serving.sorted()[1], "s")
            measured("up to node Ready", ready.sorted()[1], "s")
            #expect(serving.sorted()[1] <= 0.5)
            #expect(ready.sorted()[1] <= 2)
        }

        @Test("down keeps the data, and up goes on from it")
        func downAndUp() async throws {
            let cluster = try await Cluster.start()
            do {
                try await cluster.expect("create", "configmap", "kept", "--from-literal=k=v")
                try await cluster.expect("apply", "-f", "-", input: Manifest.deployment("web", replicas: 1))
                try await cluster.expect("rollout", "status", "deployment/web", "--timeout=60s")
                let down = try await Cluster.gantry(["down", "--data", cluster.data])
                #expect(down.succeeded, "\(down)")
                let status = try await Cluster.gantry(["status", "--data", cluster.data])
                #expect(status.status != 0, "a stopped cluster is not healthy")
                #expect(try await !cluster.isReady())
                try await cluster.restart()
                #expect(try await cluster.expect("get", "configmap", "kept", "-o", "jsonpath={.data.k}") == "v")
                try await cluster.expect("rollout", "status", "deployment/web", "--timeout=60s")
            } catch {
                try await cluster.purge()
                throw error
            }
            try await cluster.purge()
        }

        @Test("purge under full operation leaves no process, mount, route, rule, table, cgroup or file")
        func purge() async throws {
            let before = try await Remains.look()
            let cluster = try await Cluster.start()
            do {
                try await cluster.expect("apply", "-f", "examples/guestbook", "-f", "examples/daemonset")
                try await cluster.expect("rollout", "status", "deployment/web", "--timeout=60s")
                try await cluster.expect(
                    "apply", "-f", "-",
                    input: Manifest.pod(
                        "ported", command: Manifest.sleeping,
                        container: "ports: [{containerPort: 80, hostPort: 18080}]"))
                try await cluster.expect("wait", "--for=condition=Ready", "pod/ported", "--timeout=60s")
                let running = try await Remains.look().added(since: before)
                for kind in ["mount", "device", "route", "nftables", "cgroup", "socket", "process", "folder"] {
                    #expect(
                        running.contains { $0.hasPrefix(kind + " ") },
                        "this test would not notice a \(kind) left behind")
                }
            } catch {
                try await cluster.purge()
                throw error
            }
            let taken = try await timed { try await cluster.purge() }
            measured("purge of a running guestbook", taken, "s")
            let left = try await Remains.look().added(since: before)
            #expect(left.isEmpty, "\(left.joined(separator: "\n"))")
            let again = try await Cluster.gantry(["down", "--data", cluster.data, "--purge"])
            #expect(again.succeeded, "purging nothing is no error: \(again)")
        }
    }

    /// What a cluster costs that has nothing to do.
    @Suite("Idle", .cluster)
    struct Idle {
        @Test("with the guestbook running: at most 120 MiB and 2 % of a core, and nothing changes")
        func idle() async throws {
            let cluster = try Cluster.current()
            try await cluster.expect("apply", "-f", "examples/guestbook")
            try await cluster.expect("rollout", "status", "deployment/web", "--timeout=60s")
            let seconds = Cluster.isSoak ? 300 : 30
            let version = try await cluster.send("GET", "/api/v1/pods?limit=1").resourceVersion
            let before = try Usage(pid: cluster.pid)
            // Watching is the way to spend the time: a pod that changes although nobody touches it shows up here.
            let watch = try await Command(
                program: "curl",
                arguments: [
                    "-skN", "--max-time", "\(seconds)", "-H", "Authorization: Bearer \(cluster.token)",
                    "\(cluster.server)/api/v1/pods?watch=true&resourceVersion=\(version)",
                ],
                limit: .seconds(seconds + 30)
            ).run()
            let after = try Usage(pid: cluster.pid)
            measured("idle CPU", after.corePercent(since: before), "% of a core")
            measured("idle memory", after.residentMiB, "MiB")
            #expect(after.corePercent(since: before) <= 2)
            #expect(after.residentMiB <= 120)
            #expect(watch.out.isEmpty, "pods changed by themselves: \(watch.out.prefix(1000))")
        }
    }
}

import Foundation
import Testing

extension Clusters {
    /// A second machine joins: a network namespace with an agent, a containerd and a pod network of its own.
    @Suite("A second machine", .timeLimit(.minutes(5)))
    struct Agents {
        @Test(
            "An agent joins by token; pods, services, DNS, logs and exec work across machines; restarts need no token")
        func secondMachine() async throws {
            let before = try await Remains.look()
            let machine = try await SecondMachine.plug()
            var failure: (any Error)?
            do {
                let cluster = try await Cluster.start(address: machine.hostAddress)
                do {
                    try await walk(cluster, machine)
                } catch {
                    failure = error
                }
                try await machine.unplug()
                try await cluster.purge()
            } catch {
                failure = failure ?? error
                try await machine.unplug()
            }
            let left = try await Remains.look().added(since: before)
            #expect(left.isEmpty, "left behind: \(left.joined(separator: ", "))")
            if let failure { throw failure }
        }

        private func walk(_ cluster: Cluster, _ machine: SecondMachine) async throws {
            let created = try await Cluster.gantry(["token", "create", "--data", cluster.data])
            #expect(created.succeeded, "\(created)")
            let token = created.trimmed
            let server = "https://\(machine.hostAddress):\(cluster.port)"
            #expect(created.errors.contains("gantry agent --server \(server) --token \(token)"), "\(created)")
            try await refuseWrongHash(machine, token: token, server: server)

            let joined = try await machine.agent("--server", server, "--token", token, "--name", "second")
            try #require(joined.succeeded, "\(joined)")
            try await cluster.expect("wait", "--for=condition=Ready", "node/second", "--timeout=30s")
            let ranges = try await cluster.expect("get", "nodes", "-o", "jsonpath={.items[*].spec.podCIDR}")
            #expect(Set(ranges.split(separator: " ")) == ["10.244.0.0/24", "10.244.1.0/24"])
            let loaded = try await machine.run(
                Cluster.binary, ["image", "load", "--data", machine.data] + Cluster.images, limit: .seconds(120))
            #expect(loaded.succeeded, "\(loaded)")

            try await startPods(cluster)
            try await reachAcross(cluster)
            try await keepSecrets(cluster, machine)
            try await restart(cluster, machine)
        }

        private func refuseWrongHash(_ machine: SecondMachine, token: String, server: String) async throws {
            let parts = token.split(separator: ".").map(String.init)
            try #require(parts.count == 3, "the token holds the authority's hash: \(token)")
            let wrong = "\(parts[0]).\(parts[1]).\(String(repeating: "0", count: 64))"
            let refused = try await machine.agent("--server", server, "--token", wrong, "--name", "second")
            #expect(!refused.succeeded && refused.errors.contains("not the cluster the token is for"), "\(refused)")
            let bare = "\(parts[0]).\(parts[1])"
            let unpinned = try await machine.agent("--server", server, "--token", bare, "--name", "second")
            #expect(!unpinned.succeeded && unpinned.errors.contains("--ca-cert-hash"), "\(unpinned)")
        }

        /// A web server on each node, and a Service over both.
        private func startPods(_ cluster: Cluster) async throws {
            let first = try await cluster.expect(
                "get", "nodes", "-o", "jsonpath={.items[?(@.metadata.name!=\"second\")].metadata.name}")
            for (name, node) in [("one", first), ("two", "second")] {
                try await cluster.expect("create", "secret", "generic", "of-\(name)", "--from-literal=k=\(name)")
                let extra = "nodeName: \(node)\nvolumes: [{name: s, secret: {secretName: of-\(name)}}]"
                let command = "echo started \(name); mkdir /www; echo page of \(name) > /www/index.html; "
                let manifest = Manifest.pod(
                    name, command: command + "httpd -p 80 -h /www; " + Manifest.sleeping, labels: "web: both",
                    extra: extra, container: "volumeMounts: [{name: s, mountPath: /secret}]")
                try await cluster.expect("apply", "-f", "-", input: manifest)
            }
            try await cluster.expect("wait", "--for=condition=Ready", "pod/one", "pod/two", "--timeout=60s")
            try await cluster.expect("create", "service", "clusterip", "two", "--tcp=80:80")
            try await cluster.expect("create", "service", "clusterip", "one", "--tcp=80:80")
        }

        private func reachAcross(_ cluster: Cluster) async throws {
            func address(_ pod: String) async throws -> String {
                try await cluster.expect("get", "pod", pod, "-o", "jsonpath={.status.podIP}")
            }
            let (one, two) = (try await address("one"), try await address("two"))
            #expect(one.hasPrefix("10.244.0.") && two.hasPrefix("10.244.1."), "\(one) \(two)")
            func fetch(_ url: String, from pod: String) async throws -> String {
                try await eventually(
                    "\(pod) reaches \(url)",
                    {
                        try await cluster.kubectl("exec", pod, "--", "wget", "-qO-", url).trimmed
                    }, until: { $0.hasPrefix("page of") })
            }
            #expect(try await fetch("http://\(two)/", from: "one") == "page of two")
            #expect(try await fetch("http://\(one)/", from: "two") == "page of one")
            let service = try await cluster.expect("get", "service", "one", "-o", "jsonpath={.spec.clusterIP}")
            #expect(try await fetch("http://\(service)/", from: "two") == "page of one")
            #expect(try await fetch("http://one.default.svc.cluster.local/", from: "two") == "page of one")
            #expect(try await fetch("http://two/", from: "one") == "page of two")
            #expect(try await cluster.expect("logs", "two") == "started two")
            #expect(try await cluster.expect("exec", "two", "--", "cat", "/secret/k") == "two")
        }

        /// With the node's own certificate, as somebody would who broke into it.
        private func keepSecrets(_ cluster: Cluster, _ machine: SecondMachine) async throws {
            let key = machine.data + "/pki/node-client.pem"
            let mode = try FileManager.default.attributesOfItem(atPath: key)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            func get(_ path: String) async throws -> String {
                try await Command(
                    program: "curl", arguments: ["-sk", "--cert", key, "--key", key, cluster.server + path]
                ).run().out
            }
            #expect(try await get("/api/v1/namespaces/default/secrets/of-two").contains("\"kind\":\"Secret\""))
            let refused = try await get("/api/v1/namespaces/default/secrets/of-one")
            #expect(refused.contains("no relationship found between node 'second' and this object"), "\(refused)")
            #expect(try await get("/api/v1/secrets").contains("\"code\":403"))
            #expect(try await get("/api/v1/nodes/second").contains("\"kind\":\"Node\""))
        }

        private func restart(_ cluster: Cluster, _ machine: SecondMachine) async throws {
            func container() async throws -> String {
                try await cluster.expect(
                    "get", "pod", "two", "-o", "jsonpath={.status.containerStatuses[0].containerID}")
            }
            let running = try await container()
            let text = try String(contentsOfFile: machine.data + "/run/gantry.pid", encoding: .utf8)
            let pid = try #require(text.split(whereSeparator: \.isWhitespace).first.flatMap { Int32($0) })
            kill(pid, SIGKILL)
            try await eventually("the agent is gone", { kill(pid, 0) }, until: { $0 != 0 })
            let again = try await machine.agent()
            try #require(again.succeeded, "\(again)")
            #expect(try await cluster.expect("exec", "two", "--", "cat", "/www/index.html") == "page of two")
            #expect(try await container() == running)
            #expect(
                try await cluster.expect(
                    "get", "pod", "two", "-o", "jsonpath={.status.containerStatuses[0].restartCount}") == "0")
        }
    }
}

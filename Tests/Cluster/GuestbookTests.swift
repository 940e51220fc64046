import Foundation
import Testing

extension Clusters {
    /// The README's walk-through.
    @Suite("The examples", .cluster)
    struct Guestbook {
        @Test("The guestbook answers by cluster address, by node port and by DNS name from another pod")
        func guestbook() async throws {
            let cluster = try Cluster.current()
            let applied = try await cluster.expect("apply", "-f", "examples/guestbook")
            for line in [
                "secret/redis created", "service/redis created", "deployment.apps/redis created",
                "configmap/web created", "service/web created", "deployment.apps/web created",
            ] {
                #expect(applied.split(separator: "\n").contains(Substring(line)), "\(applied)")
            }
            try await cluster.expect("rollout", "status", "deployment/redis", "--timeout=60s")
            let status = try await cluster.expect("rollout", "status", "deployment/web", "--timeout=60s")
            #expect(status.hasSuffix("deployment \"web\" successfully rolled out"))

            let address = try await cluster.expect("get", "service", "web", "-o", "jsonpath={.spec.clusterIP}")
            let pages = [
                try await page("http://\(address)/"), try await page("http://127.0.0.1:30080/"),
                try await visit("http://web/", as: "visitor", in: cluster),
                try await visit("http://web.default.svc.cluster.local/", as: "visitor2", in: cluster),
            ]
            for (index, page) in pages.enumerated() {
                #expect(page.contains("<h1>Guestbook on Gantry</h1>"), "\(page)")
                #expect(page.contains("<p>Visits: \(index + 1)</p>"), "every visit is counted once: \(page)")
            }
            let node = try await cluster.expect(
                "get", "nodes", "-o", "jsonpath={.items[0].status.addresses[?(@.type==\"InternalIP\")].address}")
            #expect(try await page("http://\(node):30080/").contains("<p>Visits: 5</p>"))

            let again = try await cluster.expect("apply", "-f", "examples/guestbook")
            // A Secret written with stringData is sent anew each time, as kubectl cannot see it in what is stored.
            let changed = again.split(separator: "\n").filter { !$0.hasSuffix(" unchanged") }
            #expect(changed == ["secret/redis configured"], "\(again)")
        }

        /// What a pod of its own gets from a URL.
        private func visit(_ url: String, as name: String, in cluster: Cluster) async throws -> String {
            try await cluster.expect(
                "run", name, "--restart=Never", "--image=gantry.local/busybox:1", "--", "wget", "-qO-", url)
            try await cluster.expect(
                "wait", "--for=jsonpath={.status.phase}=Succeeded", "pod/\(name)", "--timeout=30s")
            return try await cluster.expect("logs", name)
        }

        private func page(_ url: String) async throws -> String {
            let answer = try await eventually("\(url) answers", { try await Cluster.page(url) }, until: { $0 != nil })
            return answer ?? ""
        }

        @Test("Both pods of the page serve, and a Service without ready pods refuses")
        func balancing() async throws {
            let cluster = try Cluster.current()
            let name = try await cluster.namespace("balance")
            try await cluster.expect(
                "-n", name, "create", "deployment", "hosts", "--image=gantry.local/nginx:1", "--replicas=2")
            try await cluster.expect("-n", name, "expose", "deployment", "hosts", "--port=80")
            try await cluster.expect("-n", name, "rollout", "status", "deployment/hosts", "--timeout=60s")
            let address = try await cluster.expect(
                "-n", name, "get", "service", "hosts", "-o", "jsonpath={.spec.clusterIP}")
            for _ in 0..<40 { _ = try await page("http://\(address)/") }
            let logs = try await cluster.expect("-n", name, "logs", "-l", "app=hosts", "--prefix", "--tail=-1")
            let served = Set(
                logs.split(separator: "\n").filter { $0.contains("GET / ") }.map { $0.prefix { $0 != "]" } })
            #expect(served.count == 2, "forty requests all went to one pod: \(logs)")
            try await cluster.expect("-n", name, "scale", "deployment", "hosts", "--replicas=0")
            try await cluster.expect("-n", name, "wait", "--for=delete", "pod", "-l", "app=hosts", "--timeout=60s")
            let refused = try await eventually(
                "the address refuses",
                {
                    try await Command(program: "curl", arguments: ["-s", "--max-time", "5", "http://\(address)/"]).run()
                        .status
                },
                until: { $0 != 0 })
            #expect(refused == 7, "curl ends with 7 when the connection is refused, 28 when it hangs")
        }

        @Test("The Job completes with the result of every piece")
        func job() async throws {
            let cluster = try Cluster.current()
            #expect(try await cluster.expect("apply", "-f", "examples/batch/job.yaml") == "job.batch/primes created")
            let waited = try await cluster.expect("wait", "--for=condition=Complete", "job/primes", "--timeout=90s")
            #expect(waited == "job.batch/primes condition met")
            let logs = try await cluster.expect("logs", "-l", "job-name=primes", "--tail=-1", "--max-log-requests=10")
            #expect(
                Set(logs.split(separator: "\n").map(String.init)) == [
                    "primes up to 100: 25", "primes up to 200: 46", "primes up to 300: 62", "primes up to 400: 78",
                    "primes up to 500: 95", "primes up to 600: 109",
                ])
            let row = try await cluster.expect("get", "job", "primes", "--no-headers").split(separator: " ")
            #expect(row.dropFirst().prefix(2) == ["Complete", "6/6"])
        }

        @Test("The DaemonSet runs on every node")
        func daemonSet() async throws {
            let cluster = try Cluster.current()
            try await cluster.expect("apply", "-f", "examples/daemonset/node-report.yaml")
            let status = try await cluster.expect("rollout", "status", "daemonset/node-report", "--timeout=60s")
            #expect(status.hasSuffix("daemon set \"node-report\" successfully rolled out"))
            let node = try await cluster.expect("get", "nodes", "-o", "jsonpath={.items[0].metadata.name}")
            let log = try await cluster.expect("logs", "daemonset/node-report")
            #expect(log.hasPrefix("\(node) load "))
        }
    }
}

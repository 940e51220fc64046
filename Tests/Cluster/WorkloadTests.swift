import Foundation
import Testing

extension Clusters {
    /// Workloads beyond Deployments, with real pods.
    @Suite("Workloads", .cluster)
    struct Workloads {
        @Test("a StatefulSet's pods have their names, come in order and come back under the same name")
        func statefulSet() async throws {
            let cluster = try Cluster.current()
            let name = try await cluster.namespace("stateful")
            try await cluster.expect("-n", name, "apply", "-f", "-", input: Manifest.statefulSet("db", replicas: 2))
            try await cluster.expect("-n", name, "rollout", "status", "statefulset/db", "--timeout=90s")
            let pods = try await cluster.expect("-n", name, "get", "pods", "-o", "jsonpath={.items[*].metadata.name}")
            #expect(pods == "db-0 db-1")
            #expect(try await cluster.expect("-n", name, "exec", "db-1", "--", "hostname") == "db-1")
            let uid = try await cluster.expect("-n", name, "get", "pod", "db-0", "-o", "jsonpath={.metadata.uid}")
            try await cluster.expect("-n", name, "delete", "pod", "db-0", "--timeout=60s")
            try await cluster.expect(
                "-n", name, "wait", "statefulset/db", "--for=jsonpath={.status.readyReplicas}=2", "--timeout=60s")
            let after = try await cluster.expect("-n", name, "get", "pod", "db-0", "-o", "jsonpath={.metadata.uid}")
            #expect(after != uid)
            try await cluster.expect("-n", name, "set", "env", "statefulset/db", "VERSION=2")
            try await cluster.expect("-n", name, "rollout", "status", "statefulset/db", "--timeout=120s")
            let history = try await cluster.expect("-n", name, "rollout", "history", "statefulset/db")
            #expect(history.contains("\n1 ") && history.contains("\n2 "), "\(history)")
        }

        @Test("a disruption budget holds up a drain until it may go on")
        func budget() async throws {
            let cluster = try Cluster.current()
            let name = try await cluster.namespace("budget")
            try await cluster.expect("-n", name, "apply", "-f", "-", input: Manifest.deployment("web", replicas: 2))
            try await cluster.expect("-n", name, "rollout", "status", "deployment/web", "--timeout=60s")
            try await cluster.expect(
                "-n", name, "create", "poddisruptionbudget", "web", "--selector=app=web", "--min-available=2")
            try await cluster.expect(
                "-n", name, "wait", "pdb/web", "--for=jsonpath={.status.currentHealthy}=2", "--timeout=30s")
            let node = try await cluster.expect("get", "nodes", "-o", "jsonpath={.items[0].metadata.name}")
            try await cluster.expectFailure(
                "drain", node, "--ignore-daemonsets", "--delete-emptydir-data", "--force", "--pod-selector=app=web",
                "--timeout=6s", says: "Cannot evict pod as it would violate the pod's disruption budget.")
            let left = try await cluster.expect("-n", name, "get", "pods", "--no-headers")
            #expect(left.split(separator: "\n").count == 2, "\(left)")
            try await cluster.expect(
                "-n", name, "patch", "pdb", "web", "--type=merge", "-p", #"{"spec":{"minAvailable":0}}"#)
            try await cluster.expect(
                "drain", node, "--ignore-daemonsets", "--delete-emptydir-data", "--force", "--pod-selector=app=web",
                "--timeout=90s")
            try await cluster.expect("uncordon", node)
            try await cluster.expect("-n", name, "rollout", "status", "deployment/web", "--timeout=60s")
        }

        @Test("a CronJob's Job can be started by hand, and runs to its end")
        func cronJob() async throws {
            let cluster = try Cluster.current()
            let name = try await cluster.namespace("cron")
            try await cluster.expect(
                "-n", name, "create", "cronjob", "tick", "--image=gantry.local/busybox:1", "--schedule=* * * * *", "--",
                "true")
            try await cluster.expect("-n", name, "create", "job", "now", "--from=cronjob/tick")
            try await cluster.expect("-n", name, "wait", "job/now", "--for=condition=Complete", "--timeout=60s")
            try await cluster.expect(
                "-n", name, "wait", "cronjob/tick", "--for=jsonpath={.status.lastSuccessfulTime}", "--timeout=90s")
        }
    }
}

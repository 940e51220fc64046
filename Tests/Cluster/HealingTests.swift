import Foundation
import Testing

extension Clusters {
    /// What the cluster does by itself when something goes wrong, and how it says so.
    @Suite("Self-healing", .cluster)
    struct Healing {
        private let waiting = "{.status.containerStatuses[0].state.waiting.reason}"

        @Test("a killed container is started again")
        func killedContainer() async throws {
            let cluster = try Cluster.current()
            let name = try await cluster.namespace("killed")
            try await cluster.expect(
                "-n", name, "apply", "-f", "-", input: Manifest.pod("box", command: Manifest.sleeping))
            try await cluster.expect("-n", name, "wait", "pod/box", "--for=condition=Ready", "--timeout=60s")
            // The shell may end with the container that it ends.
            _ = try await cluster.kubectl("-n", name, "exec", "box", "--", "sh", "-c", "kill -TERM 1")
            try await cluster.expect(
                "-n", name, "wait", "pod/box", "--for=jsonpath={.status.containerStatuses[0].restartCount}=1",
                "--timeout=60s")
            try await cluster.expect("-n", name, "wait", "pod/box", "--for=condition=Ready", "--timeout=60s")
            let last = try await cluster.expect(
                "-n", name, "get", "pod", "box", "-o",
                "jsonpath={.status.containerStatuses[0].lastState.terminated.reason}")
            #expect(last == "Completed")
        }

        @Test("a deleted pod is replaced")
        func deletedPod() async throws {
            let cluster = try Cluster.current()
            let name = try await cluster.namespace("replaced")
            try await cluster.expect("-n", name, "apply", "-f", "-", input: Manifest.deployment("web", replicas: 2))
            try await cluster.expect("-n", name, "rollout", "status", "deployment/web", "--timeout=60s")
            let before = try await cluster.expect("-n", name, "get", "pods", "-o", "jsonpath={.items[*].metadata.uid}")
            try await cluster.expect("-n", name, "delete", "pod", "-l", "app=web", "--timeout=60s")
            try await cluster.expect(
                "-n", name, "wait", "deployment/web", "--for=jsonpath={.status.readyReplicas}=2", "--timeout=60s")
            let after = try await cluster.expect("-n", name, "get", "pods", "-o", "jsonpath={.items[*].metadata.uid}")
            #expect(Set(before.split(separator: " ")).isDisjoint(with: after.split(separator: " ")))
            #expect(after.split(separator: " ").count == 2)
        }

        @Test("a drained node empties, and is used again when uncordoned")
        func drain() async throws {
            let cluster = try Cluster.current()
            let name = try await cluster.namespace("drained")
            try await cluster.expect("-n", name, "apply", "-f", "-", input: Manifest.deployment("web", replicas: 2))
            try await cluster.expect("-n", name, "rollout", "status", "deployment/web", "--timeout=60s")
            let node = try await cluster.expect("get", "nodes", "-o", "jsonpath={.items[0].metadata.name}")
            let drained = try await cluster.expect(
                "drain", node, "--ignore-daemonsets", "--delete-emptydir-data", "--force", "--timeout=90s")
            #expect(
                drained.contains("node/\(node) cordoned") && drained.hasSuffix("node/\(node) drained"), "\(drained)")
            let status = try await cluster.expect("get", "node", node, "--no-headers").split(separator: " ")
            #expect(status[1] == "Ready,SchedulingDisabled")
            let running = try await cluster.expect(
                "-n", name, "get", "pods", "--field-selector=status.phase=Running", "-o", "name")
            #expect(running.isEmpty)
            let pod = try await cluster.expect("-n", name, "get", "pods", "-o", "jsonpath={.items[0].metadata.name}")
            let why = try await reason(cluster, name, pod)
            #expect(why.hasPrefix("0/1 nodes are available: 1 node(s) were unschedulable."), "\(why)")
            #expect(try await cluster.expect("uncordon", node) == "node/\(node) uncordoned")
            try await cluster.expect("-n", name, "rollout", "status", "deployment/web", "--timeout=60s")
        }

        /// Why the scheduler does not place a pod, once it has said so.
        private func reason(_ cluster: Cluster, _ namespace: String, _ pod: String) async throws -> String {
            try await cluster.expect(
                "-n", namespace, "wait", "pod/\(pod)", "--for=condition=PodScheduled=False", "--timeout=30s")
            return try await cluster.expect(
                "-n", namespace, "get", "pod", pod, "-o",
                "jsonpath={.status.conditions[?(@.type==\"PodScheduled\")].message}")
        }

        @Test("a bad image gives ErrImagePull and ImagePullBackOff")
        func badImage() async throws {
            let cluster = try Cluster.current()
            let name = try await cluster.namespace("bad-image")
            try await cluster.expect("-n", name, "run", "bad", "--image=127.0.0.1:1/nothing:1")
            for reason in ["ErrImagePull", "ImagePullBackOff"] {
                try await cluster.expect(
                    "-n", name, "wait", "pod/bad", "--for=jsonpath=\(waiting)=\(reason)", "--timeout=60s")
            }
            let events = try await cluster.expect("-n", name, "get", "events", "--no-headers")
            #expect(events.contains("Failed to pull image \"127.0.0.1:1/nothing:1\""), "\(events)")
            #expect(events.contains("Back-off pulling image \"127.0.0.1:1/nothing:1\""), "\(events)")
            #expect(
                try await cluster.expect("-n", name, "get", "pod", "bad", "--no-headers").split(separator: " ")[1]
                    == "0/1")
        }

        @Test("a crashing container gives CrashLoopBackOff")
        func crashLoop() async throws {
            let cluster = try Cluster.current()
            let name = try await cluster.namespace("crash-loop")
            try await cluster.expect("-n", name, "apply", "-f", "-", input: Manifest.pod("crash", command: "exit 9"))
            try await cluster.expect(
                "-n", name, "wait", "pod/crash", "--for=jsonpath=\(waiting)=CrashLoopBackOff", "--timeout=60s")
            let status = try await cluster.expect("-n", name, "get", "pod", "crash", "-o", "json")
            #expect(status.contains("\"exitCode\": 9"))
            let events = try await cluster.watch("-n", name, "get", "events", "-w", "--no-headers", limit: .seconds(30))
            {
                $0.contains("Back-off restarting failed container main in pod crash_")
            }
            #expect(events.found, "\(events.lines.joined(separator: "\n"))")
        }

        @Test("a container over its memory limit is OOMKilled")
        func outOfMemory() async throws {
            let cluster = try Cluster.current()
            let name = try await cluster.namespace("memory")
            try await cluster.expect(
                "-n", name, "apply", "-f", "-",
                input: Manifest.pod(
                    "hungry", command: "x=$(head -c 100000000 /dev/zero | tr '\\0' x); echo ${#x}",
                    extra: "restartPolicy: Never",
                    container: "resources: {limits: {memory: 24Mi}}"))
            try await cluster.expect(
                "-n", name, "wait", "pod/hungry",
                "--for=jsonpath={.status.containerStatuses[0].state.terminated.reason}=OOMKilled", "--timeout=60s")
            #expect(try await cluster.expect("-n", name, "get", "pod", "hungry", "--no-headers").contains("OOMKilled"))
        }

        @Test(
            "a pod that fits nowhere stays Pending and says why",
            arguments: [
                ("cpu", "resources: {requests: {cpu: 900}}", "", "1 Insufficient cpu."),
                ("memory", "resources: {requests: {memory: 900Ti}}", "", "1 Insufficient memory."),
                (
                    "selector", "", "nodeSelector: {no-such: node}",
                    "1 node(s) didn't match Pod's node affinity/selector."
                ),
            ])
        func unplaceable(name: String, container: String, extra: String, expected: String) async throws {
            let cluster = try Cluster.current()
            let namespace = try await cluster.namespace("unplaceable-\(name)")
            try await cluster.expect(
                "-n", namespace, "apply", "-f", "-",
                input: Manifest.pod(
                    "big", command: "true", extra: extra, container: container))
            let why = try await reason(cluster, namespace, "big")
            #expect(why.hasPrefix("0/1 nodes are available: \(expected)"), "\(why)")
            #expect(
                try await cluster.expect("-n", namespace, "get", "pod", "big", "--no-headers").split(separator: " ")[2]
                    == "Pending")
            let event = try await cluster.watch(
                "-n", namespace, "get", "events", "-w", "--no-headers", limit: .seconds(20)
            ) {
                $0.contains("FailedScheduling") && $0.contains(expected)
            }
            #expect(event.found, "\(event.lines)")
        }

        @Test("a failing liveness probe restarts a container, a failing readiness probe takes it out of its Service")
        func probes() async throws {
            let cluster = try Cluster.current()
            let name = try await cluster.namespace("probes")
            let probe = """
                livenessProbe: {exec: {command: [test, -f, /tmp/alive]}, periodSeconds: 1, failureThreshold: 1, initialDelaySeconds: 1}
                readinessProbe: {exec: {command: [test, -f, /tmp/ready]}, periodSeconds: 1, failureThreshold: 1}
                """
            try await cluster.expect(
                "-n", name, "apply", "-f", "-",
                input: Manifest.pod(
                    "box", command: "touch /tmp/alive /tmp/ready; \(Manifest.sleeping)", container: probe))
            try await cluster.expect("-n", name, "expose", "pod", "box", "--port=80")
            try await cluster.expect("-n", name, "wait", "pod/box", "--for=condition=Ready", "--timeout=60s")
            let ready = "--for=jsonpath={.endpoints[0].conditions.ready}="
            let slice = ["-n", name, "wait", "endpointslice", "-l", "kubernetes.io/service-name=box"]
            func waitForSlice(_ value: String) async throws {
                let output = try await Command(
                    program: "kubectl",
                    arguments: ["--kubeconfig", cluster.kubeconfig] + slice
                        + [ready + value, "--timeout=30s"]
                ).run()
                #expect(output.succeeded, "\(output)")
            }
            try await waitForSlice("true")
            try await cluster.expect("-n", name, "exec", "box", "--", "rm", "/tmp/ready")
            try await cluster.expect("-n", name, "wait", "pod/box", "--for=condition=Ready=False", "--timeout=30s")
            try await waitForSlice("false")
            try await cluster.expect("-n", name, "exec", "box", "--", "rm", "/tmp/alive")
            try await cluster.expect(
                "-n", name, "wait", "pod/box", "--for=jsonpath={.status.containerStatuses[0].restartCount}=1",
                "--timeout=30s")
        }

        @Test("containerd is started again when it dies, and its containers go on")
        func containerdDies() async throws {
            let cluster = try Cluster.current()
            let name = try await cluster.namespace("containerd")
            try await cluster.expect(
                "-n", name, "apply", "-f", "-", input: Manifest.pod("box", command: Manifest.sleeping))
            try await cluster.expect("-n", name, "wait", "pod/box", "--for=condition=Ready", "--timeout=60s")
            let pattern = "containerd --config \(cluster.data)/containerd/config.toml"
            let killed = try await Command(program: "pkill", arguments: ["-9", "-f", pattern]).run()
            #expect(killed.succeeded)
            try await eventually(
                "exec works again", within: .seconds(20),
                { try await cluster.kubectl("-n", name, "exec", "box", "--", "hostname").out }, until: { $0 == "box\n" }
            )
            let restarts = try await cluster.expect(
                "-n", name, "get", "pod", "box", "-o", "jsonpath={.status.containerStatuses[0].restartCount}")
            #expect(restarts == "0")
        }
    }
}

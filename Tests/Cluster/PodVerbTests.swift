import Foundation
import Testing

extension Clusters {
    /// The verbs that reach into a pod: logs, exec, attach, cp, port-forward; and what a pod is given.
    @Suite("kubectl's verbs for pods", .cluster)
    struct PodVerbs {
        private func start(_ cluster: Cluster, _ namespace: String, _ manifest: String) async throws {
            try await cluster.expect("-n", namespace, "apply", "-f", "-", input: manifest)
            try await cluster.expect(
                "-n", namespace, "wait", "--for=condition=Ready", "pod", "--all", "--timeout=60s")
        }

        @Test("logs: whole, --tail, --since, -f, --timestamps, --previous, by label")
        func logs() async throws {
            let cluster = try Cluster.current()
            let name = try await cluster.namespace("logs")
            // The runtime reads the two streams side by side: only time puts their lines in order. So the second stream
            // starts when the first was seen whole.
            let script =
                "for i in 1 2 3 4 5; do echo line $i; done; until [ -e /tmp/go ]; do sleep 0.05; done; "
                + "echo oops >&2; \(Manifest.sleeping)"
            try await start(cluster, name, Manifest.pod("talker", command: script))
            let fifth = try await cluster.watch("-n", name, "logs", "-f", "talker", limit: .seconds(20)) {
                $0 == "line 5"
            }
            #expect(fifth.found)
            try await cluster.expect("-n", name, "exec", "talker", "--", "touch", "/tmp/go")
            let followed = try await cluster.watch("-n", name, "logs", "-f", "talker", limit: .seconds(20)) {
                $0 == "oops"
            }
            #expect(followed.found)
            let all = "line 1\nline 2\nline 3\nline 4\nline 5\noops"
            #expect(try await cluster.expect("-n", name, "logs", "talker") == all)
            #expect(try await cluster.expect("-n", name, "logs", "talker", "--tail=2") == "line 5\noops")
            #expect(try await cluster.expect("-n", name, "logs", "talker", "--since=1h") == all)
            #expect(try await cluster.expect("-n", name, "logs", "-l", "app=talker", "--tail=1") == "oops")
            let stamped = try await cluster.expect("-n", name, "logs", "talker", "--timestamps", "--tail=1")
            #expect(
                stamped.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+(Z|[+-]\d\d:\d\d) oops/) != nil, "\(stamped)"
            )

            let none = try await cluster.kubectl("-n", name, "logs", "talker", "--previous")
            #expect(
                none.errors.contains("previous terminated container \"main\" in pod \"talker\" not found"), "\(none)")

            try await cluster.expect(
                "-n", name, "apply", "-f", "-",
                input: Manifest.pod(
                    "twice",
                    command:
                        "if [ -f /keep/x ]; then echo second; \(Manifest.sleeping); fi; touch /keep/x; echo first; exit 3",
                    extra: "volumes: [{name: keep, emptyDir: {}}]",
                    container: "volumeMounts: [{name: keep, mountPath: /keep}]"))
            try await cluster.expect(
                "-n", name, "wait", "pod/twice", "--for=jsonpath={.status.containerStatuses[0].restartCount}=1",
                "--timeout=60s")
            try await cluster.expect("-n", name, "wait", "pod/twice", "--for=condition=Ready", "--timeout=60s")
            #expect(try await cluster.expect("-n", name, "logs", "twice", "--previous") == "first")
            #expect(try await cluster.expect("-n", name, "logs", "twice") == "second")
        }

        @Test("logs -f ends with its container, and gives every line")
        func following() async throws {
            let cluster = try Cluster.current()
            let name = try await cluster.namespace("following")
            let script = "i=0; while [ $i -lt 3000 ]; do i=$((i+1)); echo number $i; done"
            try await cluster.expect(
                "-n", name, "apply", "-f", "-",
                input: Manifest.pod("counter", command: script, extra: "restartPolicy: Never"))
            try await cluster.expect(
                "-n", name, "wait", "pod/counter", "--for=jsonpath={.status.phase}=Succeeded", "--timeout=60s")
            let lines = try await cluster.expect("-n", name, "logs", "-f", "counter").split(separator: "\n")
            #expect(lines.count == 3000)
            #expect(lines.last == "number 3000")
        }

        @Test("exec: output, input, exit code, terminal, which container")
        func exec() async throws {
            let cluster = try Cluster.current()
            let name = try await cluster.namespace("exec")
            try await start(cluster, name, Manifest.pod("box", command: Manifest.sleeping))
            #expect(try await cluster.expect("-n", name, "exec", "box", "--", "hostname") == "box")
            #expect(try await cluster.expect("-n", name, "exec", "-i", "box", "--", "wc", "-c", input: "hello") == "5")
            let failed = try await cluster.kubectl("-n", name, "exec", "box", "--", "sh", "-c", "echo bad >&2; exit 7")
            #expect(failed.status == 7)
            #expect(
                failed.errors.contains("bad\n") && failed.errors.contains("command terminated with exit code 7"),
                "\(failed)")
            let large = String(repeating: "0123456789abcdef", count: 1 << 16)
            let sum = try await cluster.expect("-n", name, "exec", "-i", "box", "--", "sha256sum", input: large)
            #expect(
                sum.hasPrefix(
                    try await Command(program: "sha256sum", arguments: [], input: large).run().trimmed.prefix(64)))
            let terminal = try await cluster.onTerminal(
                "-n \(name) exec -it box -- sh -c 'tty; stty size; read x; echo got $x'", typed: "word\n")
            #expect(terminal.out.contains("/dev/pts/") && terminal.out.contains("got word"), "\(terminal)")
            let missing = try await cluster.kubectl("-n", name, "exec", "box", "--", "no-such-program")
            #expect(missing.status != 0 && missing.errors.contains("executable file not found"), "\(missing)")
            let container = try await cluster.kubectl("-n", name, "exec", "box", "-c", "nope", "--", "true")
            #expect(
                container.errors.contains("container nope is not valid for pod box")
                    || container.errors.contains("container not found (\"nope\")"), "\(container)")
        }

        @Test("exec and port-forward over SPDY, for clients that know no WebSocket")
        func spdy() async throws {
            let cluster = try Cluster.current()
            let name = try await cluster.namespace("spdy")
            try await start(cluster, name, Manifest.pod("box", command: Manifest.sleeping))
            let old = ["KUBECTL_REMOTE_COMMAND_WEBSOCKETS": "false"]
            #expect(try await cluster.expect("-n", name, "exec", "box", "--", "hostname", environment: old) == "box")
            #expect(
                try await cluster.expect(
                    "-n", name, "exec", "-i", "box", "--", "cat", input: "both ways", environment: old)
                    == "both ways")
        }

        @Test("attach reads what a container goes on to say, and run -i talks to it")
        func attach() async throws {
            let cluster = try Cluster.current()
            let name = try await cluster.namespace("attach")
            try await start(
                cluster, name,
                Manifest.pod("ticker", command: "i=0; while true; do i=$((i+1)); echo tick $i; sleep 0.2; done"))
            let attached = try await cluster.watch("-n", name, "attach", "ticker", limit: .seconds(20)) {
                $0.hasPrefix("tick ")
            }
            #expect(attached.found)
            let answer = try await cluster.expect(
                "-n", name, "run", "reader", "--rm", "-i", "--quiet", "--restart=Never",
                "--image=gantry.local/busybox:1", "--",
                "sh", "-c", "read line; echo you said $line", input: "hello\n")
            #expect(answer.contains("you said hello"))
        }

        @Test("run --rm -i of a command that ends at once prints what it said, every time")
        func runToTheEnd() async throws {
            let cluster = try Cluster.current()
            let name = try await cluster.namespace("instant")
            for number in 1...20 {
                let said = try await cluster.expect(
                    "-n", name, "run", "instant-\(number)", "--rm", "-i", "--quiet", "--restart=Never",
                    "--image=gantry.local/busybox:1", "--", "echo", "word \(number)")
                #expect(said.split(separator: "\n").contains("word \(number)"), "\(number): \(said)")
            }
        }

        @Test("cp in both directions keeps every byte")
        func copy() async throws {
            let cluster = try Cluster.current()
            let name = try await cluster.namespace("copy")
            try await start(cluster, name, Manifest.pod("box", command: Manifest.sleeping))
            let folder = FileManager.default.temporaryDirectory.path + "/copy-\(UUID().uuidString)"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let bytes = Data((0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) })
            try bytes.write(to: URL(fileURLWithPath: folder + "/out"))
            try await cluster.expect("-n", name, "cp", folder + "/out", "box:/tmp/file")
            try await cluster.expect("-n", name, "cp", "box:/tmp/file", folder + "/back")
            #expect(try Data(contentsOf: URL(fileURLWithPath: folder + "/back")) == bytes)
        }

        @Test("port-forward to a pod and to a Service")
        func portForward() async throws {
            let cluster = try Cluster.current()
            let name = try await cluster.namespace("forward")
            try await cluster.expect("-n", name, "run", "site", "--image=gantry.local/nginx:1", "--port=80", "--expose")
            try await cluster.expect("-n", name, "wait", "pod/site", "--for=condition=Ready", "--timeout=60s")
            for target in ["pod/site", "service/site"] {
                let port = Int.random(in: 30_000..<32_000)
                let forward = try LineStream(
                    Command(
                        program: "kubectl",
                        arguments: [
                            "--kubeconfig", cluster.kubeconfig, "-n", name, "port-forward", target, "\(port):80",
                        ]))
                defer { forward.end() }
                let page = try await eventually(
                    "\(target) answers through port \(port)", { try await Cluster.page("http://127.0.0.1:\(port)/") },
                    until: { $0 != nil })
                #expect(page?.contains("nginx on Gantry") == true)
                #expect(forward.seen.first == "Forwarding from 127.0.0.1:\(port) -> 80")
            }
        }

        @Test("top says that there are no metrics, or shows them")
        func top() async throws {
            let cluster = try Cluster.current()
            let top = try await cluster.kubectl("top", "nodes")
            #expect(top.succeeded || top.errors.contains("Metrics API not available"), "\(top)")
        }

        @Test("a pod gets its environment, volumes, downward facts, limits and init containers")
        func furnishing() async throws {
            let cluster = try Cluster.current()
            let name = try await cluster.namespace("furnishing")
            try await cluster.expect(
                "-n", name, "create", "configmap", "c", "--from-literal=some-key=from-map", "--from-literal=f=file")
            try await cluster.expect("-n", name, "create", "secret", "generic", "s", "--from-literal=p=hidden")
            try await start(cluster, name, Self.furnished)
            let seen = try await cluster.expect(
                "-n", name, "exec", "box", "--", "sh", "-c",
                """
                printf '%s|' "$PLAIN" "$POD" "$LIMIT"; env | grep some-key | tr '\\n' '|'; cat /c/f; printf '|'; cat /s/p; printf '|'; \
                cat /d/labels; printf '|'; cat /shared/from-init; printf '|'; cat /p/namespace; printf '|'; \
                stat -c %a /s/..data/p; wc -l < /etc/resolv.conf; test -s /p/token && echo token
                """)
            #expect(
                seen.split(separator: "\n").joined(separator: "|")
                    == "plain box|box|64|some-key=from-map|file|hidden|app=\"box\"|made|furnishing|400|3|token",
                "\(seen)")
        }

        private static let furnished = Manifest.pod(
            "box", command: Manifest.sleeping,
            extra: """
                volumes:
                  - {name: c, configMap: {name: c}}
                  - {name: s, secret: {secretName: s, defaultMode: 0400}}
                  - {name: d, downwardAPI: {items: [{path: labels, fieldRef: {fieldPath: metadata.labels}}]}}
                  - {name: shared, emptyDir: {medium: Memory}}
                  - name: p
                    projected:
                      sources:
                        - serviceAccountToken: {path: token, expirationSeconds: 600}
                        - downwardAPI: {items: [{path: namespace, fieldRef: {fieldPath: metadata.namespace}}]}
                initContainers:
                  - name: first
                    image: gantry.local/busybox:1
                    command: [sh, -c, "printf made > /shared/from-init"]
                    volumeMounts: [{name: shared, mountPath: /shared}]
                """,
            container: """
                env:
                  - {name: POD, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
                  - {name: PLAIN, value: "plain $(POD)"}
                  - {name: LIMIT, valueFrom: {resourceFieldRef: {resource: limits.memory, divisor: 1Mi}}}
                envFrom: [{configMapRef: {name: c}}]
                resources: {limits: {memory: 64Mi, cpu: 200m}}
                volumeMounts:
                  - {name: c, mountPath: /c}
                  - {name: s, mountPath: /s}
                  - {name: d, mountPath: /d}
                  - {name: shared, mountPath: /shared}
                  - {name: p, mountPath: /p}
                """)
    }
}

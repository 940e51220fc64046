import Foundation
import Testing

extension Clusters {
    /// Images mounted as volumes, in containers that run.
    @Suite("Image volumes", .cluster)
    struct ImageVolumes {
        private static let images = "jsonpath={.items[0].status.images[*].names}"

        private static func pod(_ name: String, reference: String = "gantry.local/web:1") -> String {
            Manifest.pod(
                name, command: "trap 'exit 0' TERM; sleep 100000 & wait",
                extra: """
                    volumes:
                      - {name: model, image: {reference: "\(reference)", pullPolicy: IfNotPresent}}
                    """,
                container: """
                    volumeMounts:
                      - {name: model, mountPath: /model}
                      - {name: model, mountPath: /part, subPath: srv/cgi-bin}
                    """)
        }

        @Test("an image is mounted read-only, outlives a kill of gantry, and is evicted above the limit once unused")
        func life() async throws {
            let cluster = try Cluster.current()
            let node = try await cluster.expect("get", "nodes", "-o", "jsonpath={.items[0].metadata.name}")
            try await cluster.expect("apply", "-f", "-", input: Self.pod("reader"))
            try await cluster.expect("wait", "pod/reader", "--for=condition=Ready", "--timeout=60s")
            #expect(try await cluster.expect("exec", "reader", "--", "ls", "/part") == "visits")
            let refused = try await cluster.kubectl("exec", "reader", "--", "touch", "/model/new")
            #expect(!refused.succeeded && refused.errors.contains("Read-only file system"), "\(refused)")

            #expect(kill(cluster.pid, SIGKILL) == 0)
            try await cluster.restart()
            #expect(try await cluster.expect("exec", "reader", "--", "ls", "/model/srv/cgi-bin") == "visits")
            // A container that starts again finds its volume.
            _ = try await cluster.kubectl("exec", "reader", "--", "kill", "1")
            try await cluster.expect(
                "wait", "pod/reader", "--for=jsonpath={.status.containerStatuses[0].restartCount}=1", "--timeout=60s")
            try await cluster.expect("wait", "pod/reader", "--for=condition=Ready", "--timeout=60s")
            #expect(try await cluster.expect("exec", "reader", "--", "ls", "/part") == "visits")

            // More than it may, but in use: told, and left alone.
            try await cluster.expect("annotate", "node", node, "gantry.dev/model-cache-limit=1Ki")
            try await eventually(
                "the node tells that its limit cannot be kept",
                { try await cluster.kubectl("get", "events", "--field-selector=reason=ModelCacheFull").out },
                until: { $0.contains(node) })
            #expect(try await cluster.expect("get", "nodes", "-o", Self.images).contains("gantry.local/web:1"))
            try await cluster.expect("delete", "pod", "reader", "--timeout=60s")
            try await eventually(
                "the image is gone once unused", { try await cluster.kubectl("get", "nodes", "-o", Self.images).out },
                until: { !$0.contains("gantry.local/web:1") })
            #expect(try await cluster.expect("get", "nodes", "-o", Self.images).contains("gantry.local/busybox:1"))
        }

        @Test("an image that nobody has holds its container back and says so")
        func missing() async throws {
            let cluster = try Cluster.current()
            try await cluster.expect(
                "apply", "-f", "-", input: Self.pod("waiter", reference: "127.0.0.1:9/none:1"))
            try await cluster.expect(
                "wait", "pod/waiter", "--timeout=60s",
                "--for=jsonpath={.status.containerStatuses[0].state.waiting.reason}=ImagePullBackOff")
            let described = try await cluster.expect("describe", "pod", "waiter")
            #expect(described.contains("Failed to pull image \"127.0.0.1:9/none:1\""), "\(described)")
            try await cluster.expect("delete", "pod", "waiter", "--timeout=60s")
        }
    }
}

import CRI
import ClientTestSupport
import Foundation
import KubeAPI
import Machinery
import Node
import Testing

/// The agent with a containerd that runs, whose socket `GANTRY_TEST_CONTAINERD` names and which has the images
/// `gantry.local/busybox:1` and its pause image. Needs root.
@Suite(
    .serialized, .timeLimit(.minutes(5)),
    .enabled(if: ProcessInfo.processInfo.environment["GANTRY_TEST_CONTAINERD"] != nil))
struct ContainerdTests {
    private func harness() throws -> AgentHarness {
        let socket = try #require(ProcessInfo.processInfo.environment["GANTRY_TEST_CONTAINERD"])
        return try AgentHarness(
            runtime: ContainerdRuntime(socket: socket), realProber: true, cgroupRoot: "/sys/fs/cgroup")
    }

    private func pod(_ name: String, _ container: String, rest: String = "") throws -> Pod {
        try Pods.parse(
            """
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"\(name)","namespace":"default","uid":"\(UUID().uuidString.lowercased())"},
             "spec":{"nodeName":"node-1","terminationGracePeriodSeconds":1,"enableServiceLinks":false,\(rest)
              "containers":[{"name":"c","image":"gantry.local/busybox:1","imagePullPolicy":"IfNotPresent",\(container)}]}}
            """)
    }

    private static let sleeper = #""command":["sh","-c","trap 'exit 0' TERM; sleep 100000 & wait"]"#

    @Test func aPodLivesAndDies() async throws {
        try await harness().run { (harness: AgentHarness) async throws -> Void in
            _ = harness.server.seed(try pod("live", Self.sleeper))
            #expect(await harness.until("live") { $0?.isReady == true })
            let pod = try #require(try await harness.pod("live"))
            #expect(pod.status.podIP?.isEmpty == false)
            #expect(pod.container("c")?.containerID?.hasPrefix("containerd://") == true)
            try await harness.delete("live", graceSeconds: 1)
            #expect(await harness.until("live") { $0 == nil })
        }
    }

    @Test func anEndIsNoticedAtOnceAndToldWithItsMessage() async throws {
        try await harness().run { (harness: AgentHarness) async throws -> Void in
            _ = harness.server.seed(
                try pod(
                    "die", #""command":["sh","-c","echo bye > /dev/termination-log; exit 3"]"#,
                    rest: #""restartPolicy":"Never","#))
            #expect(await harness.until("die", .seconds(10)) { $0?.status.phase == "Failed" })
            let end = try await harness.pod("die")?.container("c")?.state?.terminated
            #expect(end?.exitCode == 3)
            #expect(end?.message == "bye\n")
            try await harness.delete("die", graceSeconds: 0)
            #expect(await harness.until("die") { $0 == nil })
        }
    }

    @Test func memoryBeyondTheLimitIsOOMKilled() async throws {
        try await harness().run { (harness: AgentHarness) async throws -> Void in
            _ = harness.server.seed(
                try pod(
                    "oom", #""command":["sh","-c","tail /dev/zero"],"resources":{"limits":{"memory":"16Mi"}}"#,
                    rest: #""restartPolicy":"Never","#))
            #expect(await harness.until("oom", .seconds(20)) { $0?.status.phase == "Failed" })
            #expect(try await harness.pod("oom")?.container("c")?.state?.terminated?.reason == "OOMKilled")
            try await harness.delete("oom", graceSeconds: 0)
            #expect(await harness.until("oom") { $0 == nil })
        }
    }

    @Test func volumesVariablesAndProbesWork() async throws {
        try await harness().run { (harness: AgentHarness) async throws -> Void in
            var map = ConfigMap(name: "settings", namespace: "default")
            map.data = ["index.html": "hello"]
            _ = harness.server.seed(map)
            _ = harness.server.seed(
                try pod(
                    "web",
                    #"""
                    "command":["sh","-c","httpd -f -p 8080 -h $(ROOT)"],"env":[{"name":"ROOT","value":"/www"}],
                    "volumeMounts":[{"name":"www","mountPath":"/www"},{"name":"mem","mountPath":"/mem"}],
                    "securityContext":{"runAsUser":65534,"readOnlyRootFilesystem":true},
                    "startupProbe":{"tcpSocket":{"port":8080},"periodSeconds":1},
                    "livenessProbe":{"exec":{"command":["cat","/www/index.html"]},"periodSeconds":1},
                    "readinessProbe":{"httpGet":{"port":8080,"path":"/index.html"},"periodSeconds":1}
                    """#,
                    rest: #"""
                        "volumes":[{"name":"www","configMap":{"name":"settings"}},{"name":"mem","emptyDir":{"medium":"Memory"}}],
                        "initContainers":[{"name":"i","image":"gantry.local/busybox:1","imagePullPolicy":"IfNotPresent",
                          "command":["sh","-c","touch /mem/seen"],"volumeMounts":[{"name":"mem","mountPath":"/mem"}]}],
                        """#))
            #expect(await harness.until("web") { $0?.isReady == true })
            let id = try #require(
                try await harness.pod("web")?.container("c")?.containerID?.split(separator: "/").last.map(String.init))
            let seen = try await harness.runtime.execSync(id, command: ["ls", "/mem"], timeout: 5)
            #expect(Machinery.Base64.decode(seen.stdout) == Array("seen\n".utf8))
            let connection = try await harness.agent.backend.dial(namespace: "default", pod: "web", port: 8080)
            await connection.close()
            harness.server.edit(ConfigMap.self, "settings", namespace: "default") { $0.data["ready"] = "yes" }
            var answer = RuntimeV1.ExecSyncResponse()
            repeat {
                answer = try await harness.runtime.execSync(id, command: ["cat", "/www/ready"], timeout: 5)
            } while answer.exitCode != 0
            try await harness.delete("web", graceSeconds: 0)
            #expect(await harness.until("web") { $0 == nil })
        }
    }

    @Test func anImageIsAVolume() async throws {
        try await harness().run { (harness: AgentHarness) async throws -> Void in
            _ = harness.server.seed(
                try pod(
                    "model", Self.sleeper + #","volumeMounts":[{"name":"m","mountPath":"/model"}]"#,
                    rest:
                        #""volumes":[{"name":"m","image":{"reference":"gantry.local/busybox:1","pullPolicy":"Never"}}],"#
                ))
            #expect(await harness.until("model") { $0?.isReady == true })
            let status = try #require(try await harness.pod("model")?.container("c"))
            let id = try #require(status.containerID?.split(separator: "/").last.map(String.init))
            let seen = try await harness.runtime.execSync(id, command: ["ls", "/model/bin/busybox"], timeout: 5)
            #expect(Machinery.Base64.decode(seen.stdout) == Array("/model/bin/busybox\n".utf8))
            let refused = try await harness.runtime.execSync(id, command: ["touch", "/model/new"], timeout: 5)
            #expect(refused.exitCode != 0)
            let views = try await harness.runtime.imageViews(labeled: "gantry.dev/image")
            #expect(views.contains { $0.name.hasSuffix("-m") })
            try await harness.delete("model", graceSeconds: 0)
            #expect(await harness.until("model") { $0 == nil })
            #expect(await harness.server.until { _ in !Files.list(harness.folder + "/node/pods").contains("m") })
        }
    }
}

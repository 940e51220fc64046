import CRI
import ClientTestSupport
import KubeAPI
import Machinery
import Node
import Testing

@Suite(.timeLimit(.minutes(2))) struct NodeAgentTests {
    @Test func theNodeRegistersAndIsReady() async throws {
        let harness = try AgentHarness(runtime: FakeRuntime())
        try await harness.run { (harness: AgentHarness) async throws -> Void in
            #expect(
                await harness.server.until { server in
                    let node = server.get(Node.self, "node-1")
                    return node?.status.conditions.contains { $0.type == "Ready" && $0.status == "True" } == true
                        && server.get(Lease.self, "node-1", namespace: "kube-node-lease") != nil
                })
            let node = try #require(harness.server.get(Node.self, "node-1"))
            #expect(node.labels["kubernetes.io/hostname"] == "node-1")
            #expect(node.status.addresses.contains { $0.type == "InternalIP" && $0.address == "192.0.2.10" })
            #expect(node.status.capacity["pods"] == Quantity(110))
            #expect((node.status.allocatable["memory"] ?? .zero) < (node.status.capacity["memory"] ?? .zero))
            #expect(node.status.nodeInfo?.containerRuntimeVersion == "fake://1.0.0")
        }
    }

    @Test func aPodComesUpAndGoesAway() async throws {
        let runtime = FakeRuntime()
        let harness = try AgentHarness(runtime: runtime)
        try await harness.run { (harness: AgentHarness) async throws -> Void in
            _ = try await harness.create(Pods.pod())
            #expect(await harness.until("web") { $0?.isReady == true })
            let pod = try #require(try await harness.pod("web"))
            #expect(pod.status.phase == "Running")
            #expect(pod.status.podIP?.hasPrefix("10.88.") == true)
            #expect(pod.status.startTime != nil)
            try await harness.delete("web", graceSeconds: 1)
            #expect(await harness.until("web") { $0 == nil })
            #expect(runtime.calls.contains { $0.hasPrefix("StopContainer c") })
        }
    }

    @Test func configurationReachesTheContainer() async throws {
        let runtime = FakeRuntime()
        let harness = try AgentHarness(runtime: runtime)
        var map = ConfigMap(name: "settings", namespace: "default")
        map.data = ["color": "green"]
        _ = try await harness.server.client().create(map)
        try await harness.run { (harness: AgentHarness) async throws -> Void in
            let pod = try Pods.parse(
                """
                {"apiVersion":"v1","kind":"Pod","metadata":{"name":"web","namespace":"default"},
                 "spec":{"nodeName":"node-1","restartPolicy":"Always",
                  "volumes":[{"name":"v","configMap":{"name":"settings"}},{"name":"e","emptyDir":{}}],
                  "containers":[{"name":"c","image":"app:1","args":["$(COLOR)"],
                   "env":[{"name":"COLOR","valueFrom":{"configMapKeyRef":{"name":"settings","key":"color"}}}],
                   "resources":{"requests":{"cpu":"250m","memory":"64Mi"},"limits":{"memory":"128Mi"}},
                   "securityContext":{"runAsUser":1000,"allowPrivilegeEscalation":false},
                   "volumeMounts":[{"name":"v","mountPath":"/etc/app"},{"name":"e","mountPath":"/data","subPath":"x"}]}]}}
                """, as: Pod.self)
            _ = try await harness.create(pod)
            #expect(await harness.until("web") { $0?.isReady == true })
            let config = try #require(runtime.config(ofContainerNamed: "c"))
            #expect(config.args == ["green"])
            #expect(config.linux?.resources?.cpuShares == 256)
            #expect(config.linux?.resources?.memoryLimitInBytes == 128 << 20)
            #expect(config.linux?.securityContext?.runAsUser?.value == 1000)
            #expect(config.linux?.securityContext?.noNewPrivs == true)
            let mount = try #require(config.mounts.first { $0.containerPath == "/etc/app" })
            #expect(Files.text(mount.hostPath + "/color") == "green")
            #expect(config.mounts.contains { $0.containerPath == "/data" && $0.hostPath.hasSuffix("/x") })
            #expect(config.mounts.contains { $0.containerPath == "/etc/hosts" })
            #expect(config.mounts.contains { $0.containerPath == "/dev/termination-log" })
        }
    }

    @Test func aMissingConfigMapHoldsTheContainerBackUntilItComes() async throws {
        let harness = try AgentHarness(runtime: FakeRuntime())
        try await harness.run { (harness: AgentHarness) async throws -> Void in
            var variable = EnvVar()
            variable.name = "A"
            variable.json["valueFrom"] = ["configMapKeyRef": ["name": "late", "key": "a"]]
            let wanted = variable
            _ = try await harness.create(Pods.pod { $0.spec.containers[0].env = [wanted] })
            #expect(
                await harness.until("web") {
                    let waiting = $0?.container("c")?.state?.waiting
                    return waiting?.reason == "CreateContainerConfigError"
                        && waiting?.message == "configmap \"late\" not found"
                })
            var map = ConfigMap(name: "late", namespace: "default")
            map.data = ["a": "1"]
            _ = try await harness.server.client().create(map)
            #expect(await harness.until("web") { $0?.isReady == true })
        }
    }

    @Test func aCrashIsRestartedAndTold() async throws {
        let runtime = FakeRuntime()
        let harness = try AgentHarness(runtime: runtime)
        try await harness.run { (harness: AgentHarness) async throws -> Void in
            _ = try await harness.create(Pods.pod())
            #expect(await harness.until("web") { $0?.isReady == true })
            runtime.exit(containerNamed: "c", code: 137, reason: "OOMKilled")
            #expect(await harness.until("web") { $0?.container("c")?.restartCount == 1 && $0?.isReady == true })
            let last = try await harness.pod("web")?.container("c")?.lastState?.terminated
            #expect(last?.reason == "OOMKilled")
            #expect(last?.exitCode == 137)
            runtime.exit(containerNamed: "c", code: 1)
            #expect(
                await harness.until("web") { $0?.container("c")?.state?.waiting?.reason == "CrashLoopBackOff" })
        }
    }

    @Test func anImageThatDoesNotComeIsHeldBack() async throws {
        let runtime = FakeRuntime()
        runtime.setMissing(true, image: "registry.test/app:1")
        for _ in 0..<3 { runtime.plant(CRIError(code: .notFound, message: "no such image"), in: "PullImage") }
        let harness = try AgentHarness(runtime: runtime)
        try await harness.run { (harness: AgentHarness) async throws -> Void in
            _ = try await harness.create(Pods.pod())
            #expect(await harness.until("web") { $0?.container("c")?.state?.waiting?.reason == "ErrImagePull" })
            #expect(await harness.until("web") { $0?.container("c")?.state?.waiting?.reason == "ImagePullBackOff" })
            #expect(try await harness.pod("web")?.status.phase == "Pending")
        }
    }

    @Test func aJobsPodSucceeds() async throws {
        let runtime = FakeRuntime()
        runtime.setExitCode(0, containerNamed: "c")
        let harness = try AgentHarness(runtime: runtime)
        try await harness.run { (harness: AgentHarness) async throws -> Void in
            _ = try await harness.create(Pods.pod { $0.spec.restartPolicy = "Never" })
            #expect(await harness.until("web") { $0?.status.phase == "Succeeded" })
            let pod = try #require(try await harness.pod("web"))
            #expect(pod.container("c")?.state?.terminated?.reason == "Completed")
            #expect(pod.status.conditions.first { $0.type == "Ready" }?.reason == "PodCompleted")
        }
    }

    @Test func probesDecideReadinessAndRestarts() async throws {
        let runtime = FakeRuntime()
        let harness = try AgentHarness(runtime: runtime)
        harness.prober.set(.failure("refused"), container: "c")
        try await harness.run { (harness: AgentHarness) async throws -> Void in
            let probe: Probe = try Pods.parse(#"{"httpGet":{"port":80},"periodSeconds":1}"#)
            _ = try await harness.create(Pods.pod { $0.spec.containers[0].readinessProbe = probe })
            #expect(await harness.until("web") { $0?.status.phase == "Running" })
            #expect(try await harness.pod("web")?.isReady == false)
            harness.prober.set(.success, container: "c")
            #expect(await harness.until("web") { $0?.isReady == true })
        }
    }

    @Test func hooksAreCalledAroundAContainersLife() async throws {
        let harness = try AgentHarness(runtime: FakeRuntime())
        try await harness.run { (harness: AgentHarness) async throws -> Void in
            let lifecycle: Lifecycle = try Pods.parse(
                #"{"postStart":{"exec":{"command":["hello"]}},"preStop":{"exec":{"command":["bye"]}}}"#)
            _ = try await harness.create(Pods.pod { $0.spec.containers[0].lifecycle = lifecycle })
            #expect(await harness.until("web") { $0?.isReady == true })
            try await harness.delete("web", graceSeconds: 5)
            #expect(await harness.until("web") { $0 == nil })
            #expect(harness.prober.hooks == ["hello", "bye"])
        }
    }

    @Test func aPodTheNodeCannotHoldFails() async throws {
        let harness = try AgentHarness(runtime: FakeRuntime())
        try await harness.run { (harness: AgentHarness) async throws -> Void in
            _ = try await harness.create(
                Pods.pod { pod in
                    var resources = ResourceRequirements()
                    resources.requests = ["cpu": Quantity(10_000)]
                    pod.spec.containers[0].resources = resources
                })
            #expect(await harness.until("web") { $0?.status.phase == "Failed" })
            let pod = try #require(try await harness.pod("web"))
            #expect(pod.status.reason == "OutOfcpu")
            #expect(
                pod.status.message?.hasPrefix(
                    "Pod was rejected: Node didn't have enough resource: cpu, requested: 10000000, used: 0") == true)
        }
    }

    @Test func aNewAgentTakesOverWhatRuns() async throws {
        let runtime = FakeRuntime()
        let first = try AgentHarness(runtime: runtime)
        let uid = try await first.runKeepingFolder { (harness: AgentHarness) async throws -> String in
            _ = try await harness.create(Pods.pod())
            #expect(await harness.until("web") { $0?.isReady == true })
            return try await harness.pod("web")?.uid ?? ""
        }
        let before = runtime.calls.filter { $0.hasPrefix("CreateContainer") || $0.hasPrefix("RunPodSandbox") }
        let second = try AgentHarness(runtime: runtime, folder: first.folder)
        // The same object as far as the new agent can see.
        for pod in first.server.list(Pod.self) { _ = second.server.seed(pod) }
        try await second.run { (harness: AgentHarness) async throws -> Void in
            #expect(try await harness.pod("web")?.uid == uid)
            _ = harness.server.seed(Pods.pod("other"))
            #expect(await harness.until("other") { $0?.isReady == true })
            #expect(try await harness.pod("web")?.isReady == true)
        }
        let after = runtime.calls.filter { $0.hasPrefix("CreateContainer") || $0.hasPrefix("RunPodSandbox") }
        #expect(after.count == before.count + 2)
        #expect(!runtime.calls.contains { $0.hasPrefix("StopContainer") })
    }

    @Test func whatTheAPIForgotIsRemoved() async throws {
        let runtime = FakeRuntime()
        let first = try AgentHarness(runtime: runtime)
        try await first.runKeepingFolder { (harness: AgentHarness) async throws -> Void in
            _ = try await harness.create(Pods.pod())
            #expect(await harness.until("web") { $0?.isReady == true })
        }
        let second = try AgentHarness(runtime: runtime, folder: first.folder)
        try await second.run { (harness: AgentHarness) async throws -> Void in
            #expect(harness.server.list(Pod.self).isEmpty)
            await runtime.waitForCall("RemovePodSandbox sandbox-1")
        }
    }
}

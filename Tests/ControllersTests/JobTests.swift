import Client
import ClientTestSupport
import Controllers
import KubeAPI
import Machinery
import Testing

@Suite("A Job")
struct JobTests {
    private func get(_ server: FakeAPIServer) -> Job? { server.get(Job.self, "work", namespace: "default") }

    private static func has(_ server: FakeAPIServer, _ type: String, _ reason: String? = nil) -> Bool {
        server.get(Job.self, "work", namespace: "default")?.status.conditions.contains {
            $0.type == type && $0.status == "True" && (reason == nil || $0.reason == reason)
        } == true
    }

    /// Creates through the API, so that the Job gets its selector and labels.
    private func submit(_ cluster: TestCluster, _ job: Job) async throws {
        _ = try await cluster.server.client().create(job)
    }

    /// Ends every running pod: with success, or as the closure says.
    private func endPods(
        _ server: FakeAPIServer,
        _ outcome: @escaping @Sendable (Pod) -> (phase: String, exitCode: Int32)? = { _ in ("Succeeded", 0) }
    ) {
        FakeNode.attach(to: server)
        server.observe { server in
            for pod in server.list(Pod.self) where pod.status.phase == "Running" && !pod.isBeingDeleted {
                guard let (phase, code) = outcome(pod) else { continue }
                server.edit(Pod.self, pod.name, namespace: pod.namespace) {
                    $0.end(phase, exitCode: code, at: server.wallClock.now)
                }
            }
        }
    }

    @Test("creates no index twice when two processes act at once, of which one knows nothing of the other's pods")
    func twoProcesses() async throws {
        let first = TestCluster(["job"])
        let path = "/api/v1/namespaces/default/pods"
        try await first.run { cluster in
            var work = job("work", completions: 3, parallelism: 3)
            work.spec.completionMode = "Indexed"
            try await submit(cluster, work)
            try await cluster.until("three pods") { $0.list(Pod.self).count == 3 }
            let revision = cluster.server.revision
            cluster.server.answer { request in
                guard request.method == "GET", request.path == "/api/v1/pods" else { return nil }
                return ["metadata": ["resourceVersion": .string(String(revision))], "items": []]
            }
            let log = FailureLog { _, _ in }
            let client = cluster.server.client("second")
            let informers = InformerFactory(client: client, clock: cluster.time, log: log)
            let manager = ControllerManager(
                client: client, informers: informers,
                configuration: ControllerManagerConfiguration(
                    controllers: ["job"], clock: cluster.time, wallClock: cluster.time.wall, log: log))
            let running = Task {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { try await informers.run() }
                    group.addTask { try await manager.run() }
                    try await group.waitForAll()
                }
            }
            defer { running.cancel() }
            // Each of its attempts finds the name taken.
            try await cluster.until("the second one tries all three") { server in
                server.requests.count { $0.method == "POST" && $0.path == path } >= 6
            }
            #expect(cluster.server.list(Pod.self).count == 3)
        }
    }

    @Test("creates no index twice when the server dies after carrying a creation out: the same pod is sent again")
    func lostAnswers() async throws {
        let cluster = TestCluster(["job"])
        FakeNode.attach(to: cluster.server)
        let path = "/api/v1/namespaces/default/pods"
        // Of each first attempt; the second one is answered with a conflict, which comes through.
        cluster.server.loseAnswers { $0.method == "POST" && $0.path == path }
        try await cluster.run { cluster in
            var work = job("work", completions: 4, parallelism: 4)
            work.spec.completionMode = "Indexed"
            try await submit(cluster, work)
            try await cluster.until("four pods, each asked for twice") { server in
                server.requests.count { $0.method == "POST" && $0.path == path } == 8
            }
            await cluster.settle()
            let pods = cluster.server.list(Pod.self)
            #expect(pods.count == 4)
            #expect(Set(pods.map { $0.metadata.annotations["batch.kubernetes.io/job-completion-index"] }).count == 4)
            #expect(cluster.server.requests.count { $0.method == "POST" && $0.path == path } == 8)
        }
    }

    @Test("runs to completion, counts each pod once, and lets its pods go")
    func completes() async throws {
        let cluster = TestCluster(["job"])
        endPods(cluster.server)
        try await cluster.run { cluster in
            try await submit(cluster, job("work", completions: 7, parallelism: 3))
            try await cluster.until("complete") { Self.has($0, "Complete") }
            let job = try #require(get(cluster.server))
            #expect(job.status.succeeded == 7)
            #expect(job.status.failed == nil)
            #expect(job.status.active == nil)
            #expect(job.status.startTime != nil)
            #expect(job.status.completionTime != nil)
            #expect(job.status.uncountedTerminatedPods?.json.isEmpty == true)
            let pods = cluster.server.list(Pod.self)
            #expect(pods.count == 7)
            #expect(pods.allSatisfy { $0.metadata.finalizers.isEmpty })
            #expect(pods.allSatisfy { $0.metadata.labels["batch.kubernetes.io/job-name"] == "work" })
            await cluster.settle()
            #expect(Set(cluster.server.reasons(of: "Job")) == ["SuccessfulCreate", "Completed"])
        }
    }

    @Test("never runs more pods than its parallelism, nor more than it needs")
    func parallelism() async throws {
        let cluster = TestCluster(["job"])
        let exceeded = SharedFlag(false)
        cluster.server.observe { server in
            if server.list(Pod.self).count(where: { $0.status.phase != "Succeeded" }) > 4 { exceeded.set(true) }
        }
        endPods(cluster.server)
        try await cluster.run { cluster in
            try await submit(cluster, job("work", completions: 10, parallelism: 4))
            try await cluster.until("complete") { Self.has($0, "Complete") }
            #expect(!exceeded.value)
            #expect(cluster.server.list(Pod.self).count == 10)
        }
    }

    @Test("replaces failed pods with growing delays and fails at its limit")
    func backoff() async throws {
        let cluster = TestCluster(["job"])
        endPods(cluster.server) { _ in ("Failed", 1) }
        var job = job("work")
        job.spec.backoffLimit = 2
        try await cluster.run { cluster in
            try await submit(cluster, job)
            try await cluster.until("first failure") { server in
                server.list(Pod.self).contains { $0.status.phase == "Failed" }
            }
            await cluster.settle()
            #expect(cluster.server.list(Pod.self).count == 1)
            try await cluster.advance(.seconds(1), upTo: .seconds(200), "failed") {
                Self.has($0, "Failed", "BackoffLimitExceeded")
            }
            let failed = try #require(get(cluster.server))
            #expect(failed.status.failed == 3)
            #expect(
                failed.status.conditions.first { $0.type == "Failed" }?.message
                    == "Job has reached the specified backoff limit")
            #expect(cluster.server.list(Pod.self).allSatisfy { $0.metadata.finalizers.isEmpty })
            await cluster.settle()
            #expect(cluster.server.reasons(of: "Job").contains("BackoffLimitExceeded"))
            // 10 s after the first failure, 20 s after the second.
            let created = cluster.server.list(Pod.self).compactMap(\.metadata.creationTimestamp).sorted()
            #expect(created.count == 3)
            #expect(created[1] - created[0] >= .seconds(10))
            #expect(created[2] - created[1] >= .seconds(20))
        }
    }

    @Test("fails when it was active for too long, and stops its pods")
    func deadline() async throws {
        let cluster = TestCluster(["job"])
        FakeNode.attach(to: cluster.server)
        var job = job("work", completions: 2, parallelism: 2)
        job.spec.activeDeadlineSeconds = 30
        try await cluster.run { cluster in
            try await submit(cluster, job)
            try await cluster.until("running") { [self] in get($0)?.status.ready == 2 }
            try await cluster.advance(.seconds(5), upTo: .seconds(60), "failed") {
                Self.has($0, "Failed", "DeadlineExceeded")
            }
            try await cluster.until("stopped") { server in
                server.list(Pod.self).allSatisfy { $0.status.phase != "Running" }
            }
            #expect(get(cluster.server)?.status.failed == 2)
        }
    }

    @Test("stops its pods while suspended, without counting them, and starts anew when resumed")
    func suspend() async throws {
        let cluster = TestCluster(["job"])
        FakeNode.attach(to: cluster.server)
        try await cluster.run { cluster in
            try await submit(cluster, job("work", completions: 3, parallelism: 3))
            try await cluster.until("running") { [self] in get($0)?.status.ready == 3 }
            cluster.server.edit(Job.self, "work", namespace: "default") { $0.spec.suspend = true }
            try await cluster.until("suspended") { [self] server in
                server.list(Pod.self).isEmpty && Self.has(server, "Suspended") && get(server)?.status.active == nil
            }
            #expect(get(cluster.server)?.status.failed == nil)
            endPods(cluster.server)
            cluster.server.edit(Job.self, "work", namespace: "default") { $0.spec.suspend = false }
            try await cluster.until("complete") { Self.has($0, "Complete") }
            await cluster.settle()
            #expect(Set(cluster.server.reasons(of: "Job")).isSuperset(of: ["Suspended", "Resumed", "Completed"]))
        }
    }

    @Test("with indexes completes each of them, and gives each pod its own")
    func indexed() async throws {
        let cluster = TestCluster(["job"])
        let failedOnce = SharedFlag(false)
        endPods(cluster.server) { pod in
            if pod.metadata.annotations["batch.kubernetes.io/job-completion-index"] == "2", !failedOnce.value {
                failedOnce.set(true)
                return ("Failed", 1)
            }
            return ("Succeeded", 0)
        }
        var job = job("work", completions: 5, parallelism: 2)
        job.spec.completionMode = "Indexed"
        try await cluster.run { cluster in
            try await submit(cluster, job)
            try await cluster.advance(.seconds(1), upTo: .seconds(60), "complete") { Self.has($0, "Complete") }
            let done = try #require(get(cluster.server))
            #expect(done.status.completedIndexes == "0-4")
            #expect(done.status.succeeded == 5)
            #expect(done.status.failed == 1)
            let pods = cluster.server.list(Pod.self)
            #expect(pods.count == 6)
            for pod in pods {
                let index = try #require(pod.metadata.annotations["batch.kubernetes.io/job-completion-index"])
                #expect(pod.metadata.labels["batch.kubernetes.io/job-completion-index"] == index)
                #expect(pod.spec.hostname == "work-\(index)")
                #expect(pod.name.hasPrefix("work-\(index)-"))
                #expect(pod.spec.containers[0].env.map(\.name) == ["JOB_COMPLETION_INDEX"])
            }
        }
    }

    @Test("follows its failure policy: some exits end it, some do not count")
    func policy() async throws {
        var fatal = PodFailurePolicyRule()
        fatal.action = "FailJob"
        var codes = PodFailurePolicyOnExitCodesRequirement()
        codes.operator = "In"
        codes.values = [42]
        fatal.onExitCodes = codes
        var ignored = PodFailurePolicyRule()
        ignored.action = "Ignore"
        codes.values = [7]
        ignored.onExitCodes = codes
        var policy = PodFailurePolicy()
        policy.rules = [fatal, ignored]
        var job = job("work")
        job.spec.backoffLimit = 0
        job.spec.podFailurePolicy = policy

        for (code, reason) in [(42, "PodFailurePolicy"), (1, "BackoffLimitExceeded")] as [(Int32, String)] {
            let cluster = TestCluster(["job"])
            let ignoredFirst = SharedFlag(false)
            endPods(cluster.server) { _ in
                if !ignoredFirst.value {
                    ignoredFirst.set(true)
                    return ("Failed", 7)
                }
                return ("Failed", code)
            }
            try await cluster.run { cluster in
                try await submit(cluster, job)
                try await cluster.advance(.seconds(1), upTo: .seconds(100), "failed") { Self.has($0, "Failed", reason) }
                #expect(cluster.server.list(Pod.self).count == 2)
                #expect(get(cluster.server)?.status.failed == 1)
            }
        }
    }

    @Test("does not hold pods when it is gone itself")
    func orphans() async throws {
        let cluster = TestCluster(["job"])
        FakeNode.attach(to: cluster.server)
        try await cluster.run { cluster in
            try await submit(cluster, job("work"))
            try await cluster.until("running") { [self] in get($0)?.status.ready == 1 }
            cluster.server.erase(Job.self, "work", namespace: "default")
            try await cluster.until("released") { server in
                server.list(Pod.self).allSatisfy { $0.metadata.finalizers.isEmpty }
            }
        }
    }

    @Test("with a limit per index counts failures even if the failed pods are deleted")
    func limitPerIndex() async throws {
        let cluster = TestCluster(["job"])
        endPods(cluster.server) { pod in
            pod.metadata.annotations["batch.kubernetes.io/job-completion-index"] == "0"
                ? ("Failed", 1) : ("Succeeded", 0)
        }
        var job = job("work", completions: 2, parallelism: 2)
        job.spec.completionMode = "Indexed"
        job.spec.backoffLimitPerIndex = 1
        job.spec.backoffLimit = Int32.max
        try await cluster.run { cluster in
            try await submit(cluster, job)
            try await cluster.until("failed once") { server in
                server.list(Pod.self).contains { $0.status.phase == "Failed" }
            }
            await cluster.settle()
            let pod = try #require(cluster.server.list(Pod.self).first { $0.status.phase == "Failed" })
            try await cluster.server.client().delete(Pod.self, pod.key)
            try await cluster.advance(.seconds(1), upTo: .seconds(60), "failed") {
                Self.has($0, "Failed", "FailedIndexes")
            }
            let failed = try #require(get(cluster.server))
            #expect(failed.status.failedIndexes == "0")
            #expect(failed.status.completedIndexes == "1")
            #expect(failed.status.failed == 2)
            #expect(cluster.server.list(Pod.self).allSatisfy { $0.metadata.finalizers.isEmpty })
        }
    }

    @Test("is deleted its TTL after it finished")
    func ttl() async throws {
        let cluster = TestCluster(["job", "ttl-after-finished"])
        endPods(cluster.server)
        var job = job("work")
        job.spec.ttlSecondsAfterFinished = 100
        try await cluster.run { cluster in
            try await submit(cluster, job)
            try await cluster.until("complete") { Self.has($0, "Complete") }
            cluster.time.advance(by: .seconds(90))
            await cluster.settle()
            #expect(get(cluster.server)?.isBeingDeleted == false)
            try await cluster.advance(.seconds(1), upTo: .seconds(30), "deleted") { server in
                server.get(Job.self, "work", namespace: "default")?.isBeingDeleted != false
            }
        }
    }
}

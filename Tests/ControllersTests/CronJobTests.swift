import Client
import ClientTestSupport
import KubeAPI
import Machinery
import Testing

@Suite("A CronJob")
struct CronJobTests {
    private static func cronJob(
        _ schedule: String = "*/10 * * * *", _ change: (inout CronJob) -> Void = { _ in }
    ) -> CronJob {
        var cronJob = CronJob(name: "report", namespace: "default")
        cronJob.spec.schedule = schedule
        cronJob.spec.concurrencyPolicy = "Allow"
        cronJob.spec.jobTemplate.metadata.labels = ["app": "report"]
        cronJob.spec.jobTemplate.spec.template = template(["app": "report"])
        change(&cronJob)
        return cronJob
    }

    private static func status(_ server: FakeAPIServer) -> CronJobStatus? {
        server.get(CronJob.self, "report", namespace: "default")?.status
    }

    private static func jobs(_ server: FakeAPIServer) -> [Job] { server.list(Job.self) }

    private func finish(_ server: FakeAPIServer, _ name: String, _ type: String = "Complete") {
        server.edit(Job.self, name, namespace: "default") { job in
            var condition = JobCondition()
            condition.type = type
            condition.status = "True"
            condition.lastTransitionTime = server.wallClock.now
            job.status.conditions = [condition]
            if job.status.startTime == nil { job.status.startTime = server.wallClock.now }
            if type == "Complete" { job.status.completionTime = server.wallClock.now }
        }
    }

    /// Lets Jobs end as soon as they begin.
    private func finishAll(_ server: FakeAPIServer) {
        server.observe { server in
            for job in Self.jobs(server) where job.status.conditions.isEmpty { finish(server, job.name) }
        }
    }

    private static func events(_ server: FakeAPIServer, _ reason: String) -> [String] {
        server.list(Event.self).filter { $0.reason == reason }.compactMap(\.message)
    }

    @Test("starts a Job at each of its times, once, and does nothing between them")
    func starts() async throws {
        let cluster = TestCluster(["cronjob"])
        finishAll(cluster.server)
        cluster.server.seed(Self.cronJob())
        try await cluster.run { cluster in
            await cluster.settle()
            for count in 1...3 {
                try await cluster.advance(.seconds(30), upTo: .seconds(660), "\(count) started") {
                    Self.jobs($0).count == count
                }
                try await cluster.until("its start and its end are seen") { server in
                    let starts = Self.jobs(server).compactMap { Int64($0.name.dropFirst("report-".count)) }
                    let status = Self.status(server)
                    return status?.active.isEmpty == true && status?.lastSuccessfulTime != nil
                        && status?.lastScheduleTime.map { $0.seconds / 60 } == starts.max()
                }
            }
            let jobs = Self.jobs(cluster.server)
            let minutes = jobs.compactMap { Int64($0.name.dropFirst("report-".count)) }.sorted()
            #expect(zip(minutes, minutes.dropFirst()).allSatisfy { $1 - $0 == 10 })
            #expect(minutes.allSatisfy { $0 % 10 == 0 })
            let last = try #require(Self.status(cluster.server)?.lastScheduleTime)
            #expect(last.seconds / 60 == minutes.last)
            let job = try #require(jobs.first)
            #expect(job.controllerOwner?.kind == "CronJob")
            #expect(job.metadata.labels == ["app": "report"])
            let stamp = job.metadata.annotations["batch.kubernetes.io/cronjob-scheduled-timestamp"]
            #expect(stamp == Timestamp(seconds: (minutes.first ?? 0) * 60).rfc3339)
            await cluster.settle()
            #expect(Self.events(cluster.server, "SuccessfulCreate").contains("Created job \(job.name)"))
            #expect(
                Self.events(cluster.server, "SawCompletedJob").contains(
                    "Saw completed job: \(job.name), condition: Complete"))
            cluster.server.forgetRequests()
            cluster.time.advance(by: .seconds(240))
            await cluster.settle()
            #expect(cluster.server.writes.isEmpty)
        }
    }

    @Test(
        "lets runs overlap, skips them, or replaces the one before",
        arguments: [("Allow", 2, 2), ("Forbid", 1, 1), ("Replace", 1, 1)])
    func concurrency(policy: String, active: Int, left: Int) async throws {
        let cluster = TestCluster(["cronjob"])
        cluster.server.seed(Self.cronJob { $0.spec.concurrencyPolicy = policy })
        try await cluster.run { cluster in
            await cluster.settle()
            try await cluster.advance(.seconds(30), upTo: .seconds(660), "started") { Self.jobs($0).count == 1 }
            try await cluster.until("known") { Self.status($0)?.active.count == 1 }
            let first = Self.jobs(cluster.server)[0].name
            switch policy {
            case "Forbid":
                try await cluster.advance(.seconds(30), upTo: .seconds(660), "skipped") {
                    !Self.events($0, "JobAlreadyActive").isEmpty
                }
                #expect(Self.jobs(cluster.server).map(\.name) == [first])
            case "Replace":
                try await cluster.advance(.seconds(30), upTo: .seconds(660), "replaced") {
                    !Self.jobs($0).isEmpty && Self.jobs($0).allSatisfy { $0.name != first }
                }
            default:
                try await cluster.advance(.seconds(30), upTo: .seconds(660), "both run") { Self.jobs($0).count == 2 }
            }
            try await cluster.until("counted") { Self.status($0)?.active.count == active }
            #expect(Self.jobs(cluster.server).count == left)
        }
    }

    @Test("makes up for one missed start, and warns of more than a hundred")
    func missed() async throws {
        for (hours, isMany) in [(2, false), (30, true)] as [(Int64, Bool)] {
            let cluster = TestCluster(["cronjob"])
            cluster.server.seed(
                Self.cronJob { $0.metadata.creationTimestamp = cluster.time.wall.now - .seconds(hours * 3600) })
            try await cluster.run { cluster in
                try await cluster.until("started") { Self.status($0)?.active.count == 1 }
                await cluster.settle()
                #expect(Self.jobs(cluster.server).count == 1)
                let late = try #require(Self.status(cluster.server)?.lastScheduleTime)
                #expect(cluster.time.wall.now - late < .seconds(600))
                #expect(Self.events(cluster.server, "TooManyMissedTimes").isEmpty == !isMany)
            }
        }
    }

    @Test("lets a start go that is later than its deadline")
    func deadline() async throws {
        let cluster = TestCluster(["cronjob"])
        let now = cluster.time.wall.now
        // Due five minutes ago, at the latest one minute late.
        let minute = (now.seconds - 300) / 60
        let schedule = "\(minute % 60) * * * *"
        cluster.server.seed(
            Self.cronJob(schedule) {
                $0.metadata.creationTimestamp = now - .seconds(1000)
                $0.spec.startingDeadlineSeconds = 60
            })
        try await cluster.run { cluster in
            await cluster.settle()
            #expect(Self.jobs(cluster.server).isEmpty)
            try await cluster.advance(.seconds(60), upTo: .seconds(4000), "the next comes") {
                Self.jobs($0).count == 1
            }
        }
    }

    @Test("does nothing while suspended, then goes on")
    func suspended() async throws {
        let cluster = TestCluster(["cronjob"])
        cluster.server.seed(Self.cronJob { $0.spec.suspend = true })
        try await cluster.run { cluster in
            await cluster.settle()
            cluster.time.advance(by: .seconds(3600))
            await cluster.settle()
            #expect(Self.jobs(cluster.server).isEmpty)
            cluster.server.edit(CronJob.self, "report", namespace: "default") { $0.spec.suspend = false }
            try await cluster.until("the missed one") { Self.jobs($0).count == 1 }
        }
    }

    @Test("keeps as many finished Jobs of each kind as its limits say, the latest ones")
    func history() async throws {
        let cluster = TestCluster(["cronjob"])
        let owner = cluster.server.seed(
            Self.cronJob("0 0 1 1 *") {
                $0.spec.successfulJobsHistoryLimit = 2
                $0.spec.failedJobsHistoryLimit = 1
            })
        for number in 1...4 {
            for type in ["Complete", "Failed"] {
                var job = Job(name: "\(type.lowercased())-\(number)", namespace: "default")
                job.metadata.ownerReferences = [owner.controllerReference]
                job.status.startTime = cluster.time.wall.now + .seconds(Int64(number))
                cluster.server.seed(job)
                finish(cluster.server, job.name, type)
            }
        }
        try await cluster.run { cluster in
            try await cluster.until("three are left") { Self.jobs($0).count == 3 }
            #expect(Self.jobs(cluster.server).map(\.name) == ["complete-3", "complete-4", "failed-4"])
            await cluster.settle()
            #expect(Self.events(cluster.server, "SuccessfulDelete").count == 5)
        }
    }

    @Test("goes by its time zone, and stops at one that is unknown")
    func zones() async throws {
        let cluster = TestCluster(["cronjob"])
        let now = cluster.time.wall.now
        cluster.server.seed(
            Self.cronJob("0 * * * *") {
                $0.spec.timeZone = "Asia/Kolkata"
                $0.metadata.creationTimestamp = now
            })
        var unknown = Self.cronJob("* * * * *")
        unknown.metadata.name = "lost"
        unknown.spec.timeZone = "Middle/Earth"
        cluster.server.seed(unknown)
        try await cluster.run { cluster in
            await cluster.settle()
            try await cluster.advance(.seconds(60), upTo: .seconds(3700), "started") { Self.jobs($0).count == 1 }
            let job = try #require(Self.jobs(cluster.server).first)
            try await cluster.until("that is told") { Self.status($0)?.lastScheduleTime != nil }
            // Full hours there are half hours by UTC.
            #expect(Self.status(cluster.server)?.lastScheduleTime.map { $0.seconds % 3600 } == 1800)
            let stamp = job.metadata.annotations["batch.kubernetes.io/cronjob-scheduled-timestamp"]
            #expect(stamp?.hasSuffix(":00:00+05:30") == true)
            await cluster.settle()
            #expect(
                Self.events(cluster.server, "UnknownTimeZone").first
                    == "invalid timeZone: \"Middle/Earth\": unknown time zone Middle/Earth")
        }
    }

    @Test("takes note of Jobs made by hand, and of running ones that vanish")
    func strangers() async throws {
        let cluster = TestCluster(["cronjob"])
        let owner = cluster.server.seed(Self.cronJob())
        var manual = Job(name: "by-hand", namespace: "default")
        manual.metadata.annotations = ["cronjob.kubernetes.io/instantiate": "manual"]
        manual.metadata.ownerReferences = [owner.controllerReference]
        cluster.server.seed(manual)
        try await cluster.run { cluster in
            try await cluster.until("seen") { !Self.events($0, "UnexpectedJob").isEmpty }
            #expect(Self.status(cluster.server)?.active.isEmpty == true)
            finish(cluster.server, "by-hand")
            try await cluster.until("counted as a success") { Self.status($0)?.lastSuccessfulTime != nil }
            try await cluster.advance(.seconds(30), upTo: .seconds(660), "started") {
                Self.status($0)?.active.count == 1
            }
            let name = try #require(Self.status(cluster.server)?.active.first?.name)
            cluster.server.erase(Job.self, name, namespace: "default")
            try await cluster.until("struck off") { Self.status($0)?.active.isEmpty == true }
            await cluster.settle()
            #expect(Self.events(cluster.server, "MissingJob") == ["Active job went missing: \(name)"])
        }
    }

    @Test("takes up a Job it made before it could say so, and no other of that name")
    func interrupted() async throws {
        for isOwn in [true, false] {
            let cluster = TestCluster(["cronjob"])
            let owner = cluster.server.seed(
                Self.cronJob { $0.metadata.creationTimestamp = cluster.time.wall.now - .seconds(1200) })
            let due = cluster.time.wall.now.seconds / 600 * 600
            var job = Job(name: "report-\(due / 60)", namespace: "default")
            if isOwn { job.metadata.ownerReferences = [owner.controllerReference] }
            let name = cluster.server.seed(job).name
            try await cluster.run { cluster in
                if isOwn {
                    try await cluster.until("taken up") {
                        Self.status($0)?.active.map(\.name) == [name]
                            && Self.status($0)?.lastScheduleTime == Timestamp(seconds: due)
                    }
                } else {
                    await cluster.settle()
                    #expect(Self.status(cluster.server)?.active.isEmpty == true)
                }
                #expect(Self.jobs(cluster.server).count == 1)
            }
        }
    }
}

import Client
import KubeAPI
import Machinery

extension JobController {
    /// Creates and deletes pods until as many run as should.
    /// - Returns: what went wrong, after everything that can be done was.
    func act(_ pass: inout JobPass) async -> StatusError? {
        let job = pass.job
        if pass.finish != nil || job.isSuspended {
            return await delete(pass.tally.active, &pass)
        }
        let wanted = wantedActive(pass)
        let surplus = pass.active - wanted
        if surplus > 0 || hasDuplicateIndexes(pass) {
            return await delete(removable(pass, count: max(surplus, 0)), &pass)
        }
        let terminating = job.onlyReplacesFailedPods ? pass.tally.terminating : 0
        let missing = min(wanted - pass.active - terminating, SlowStart.burst)
        guard missing > 0 else { return nil }
        let wait = JobBackoff(pass.tally.pods, job: job).remaining(now: pass.now)
        if wait > .zero, job.spec.backoffLimitPerIndex == nil {
            pass.lookAgain(after: wait)
            return nil
        }
        return await create(missing, &pass)
    }

    private func wantedActive(_ pass: JobPass) -> Int {
        let job = pass.job
        guard let completions = job.completions else {
            return pass.tally.succeeded > 0 ? pass.active : job.parallelism
        }
        let done = pass.tally.succeeded + pass.tally.failedIndexes.count
        return max(min(completions - done, job.parallelism), 0)
    }

    private func hasDuplicateIndexes(_ pass: JobPass) -> Bool {
        guard pass.job.isIndexed else { return false }
        return !invalidIndexPods(pass).isEmpty
    }

    /// Active pods whose index is done, out of range, or another one's.
    private func invalidIndexPods(_ pass: JobPass) -> [Pod] {
        var seen: Set<Int> = []
        return PodRanking.order(pass.tally.active, related: [], now: pass.now).reversed().filter { pod in
            guard let index = pod.completionIndex, index < pass.job.completions ?? 0,
                !pass.tally.succeededIndexes.contains(index), !pass.tally.failedIndexes.contains(index)
            else { return true }
            return !seen.insert(index).inserted
        }
    }

    private func removable(_ pass: JobPass, count: Int) -> [Pod] {
        var chosen = pass.job.isIndexed ? invalidIndexPods(pass) : []
        let uids = Set(chosen.map(\.uid))
        for pod in PodRanking.order(pass.tally.active, related: [], now: pass.now) where chosen.count < count {
            if !uids.contains(pod.uid) { chosen.append(pod) }
        }
        return chosen
    }

    private func delete(_ victims: [Pod], _ pass: inout JobPass) async -> StatusError? {
        guard !victims.isEmpty else { return nil }
        let job = pass.job
        let isOver = pass.finish != nil
        let outcome = await SlowStart.run(Array(victims.prefix(SlowStart.burst))) {
            (pod) async throws(StatusError) -> Bool in
            // Pods taken back while the Job goes on are no failures: they leave without being counted.
            if !isOver { try await release(pod) }
            try await writer.delete(pod, owner: job)
            return true
        }
        pass.active -= outcome.done
        return outcome.firstError
    }

    private func create(_ count: Int, _ pass: inout JobPass) async -> StatusError? {
        let job = pass.job
        let created = job.isIndexed ? indexedPods(count, &pass) : (0..<count).map { _ in pod(of: job, index: nil) }
        let outcome = await SlowStart.run(created) { (pod) async throws(StatusError) -> Bool in
            try await writer.create(pod, owner: job)
        }
        pass.active += outcome.done
        return outcome.firstError
    }

    /// The pods of the lowest indexes that neither run nor are done.
    private func indexedPods(_ count: Int, _ pass: inout JobPass) -> [Pod] {
        let job = pass.job
        var taken = Set(pass.tally.active.compactMap(\.completionIndex))
        if job.onlyReplacesFailedPods {
            taken.formUnion(
                pass.tally.pods.filter { $0.isBeingDeleted && !$0.isTerminal }.compactMap(\.completionIndex))
        }
        var result: [Pod] = []
        for index in 0..<(job.completions ?? 0) where result.count < count {
            guard !taken.contains(index), !pass.tally.succeededIndexes.contains(index),
                !pass.tally.failedIndexes.contains(index)
            else { continue }
            var pod = pod(of: job, index: index)
            pod.metadata.name = IndexedPodName.next(job, index: index) { [pods] name in
                pods.get(ObjectKey(namespace: job.namespace, name: name)) != nil
            }
            if job.spec.backoffLimitPerIndex != nil {
                let earlier = pass.tally.pods.filter { $0.completionIndex == index && $0.isFailed(for: job) }
                let wait = JobBackoff(earlier, job: job).remaining(now: pass.now)
                guard wait <= .zero else {
                    pass.lookAgain(after: wait)
                    continue
                }
                let counted = earlier.filter { PodFailureRules.verdict(for: $0, job: job) != .ignore }
                let failures = counted.map { $0.indexFailures + 1 }.max() ?? 0
                pod.metadata.annotations[JobNames.indexFailureCount] = String(failures)
            }
            result.append(pod)
        }
        return result
    }

    private func pod(of job: Job, index: Int?) -> Pod {
        var template = job.spec.template
        template.metadata.finalizers.append(JobNames.finalizer)
        guard let index else { return PodWriter.pod(from: template, owner: job) }
        template.metadata.annotations[JobNames.completionIndex] = String(index)
        template.metadata.labels[JobNames.completionIndex] = String(index)
        template.spec.containers = template.spec.containers.map(Self.addingIndexVariable)
        template.spec.initContainers = template.spec.initContainers.map(Self.addingIndexVariable)
        let prefix = "\(job.name)-\(index)"
        template.spec.hostname = prefix
        return PodWriter.pod(from: template, owner: job, prefix: prefix)
    }

    private static func addingIndexVariable(_ container: Container) -> Container {
        guard !container.env.contains(where: { $0.name == JobNames.indexVariable }) else { return container }
        var field = ObjectFieldSelector()
        field.apiVersion = "v1"
        field.fieldPath = "metadata.labels['\(JobNames.completionIndex)']"
        var source = EnvVarSource()
        source.fieldRef = field
        var variable = EnvVar()
        variable.name = JobNames.indexVariable
        variable.valueFrom = source
        var container = container
        container.env.append(variable)
        return container
    }
}

/// How long a Job waits before it replaces failed pods: 10 s, doubled with each failure since the last success.
struct JobBackoff: Sendable {
    static let backoff = Backoff(initial: .seconds(10), limit: .seconds(360))

    private let failures: Int
    private let lastFailure: Timestamp?

    init(_ pods: [Pod], job: Job) {
        let lastSuccess = pods.filter(\.isSucceeded).compactMap(\.finishTime).max()
        let failureTimes = pods.filter { $0.isFailed(for: job) && !$0.isSucceeded }.compactMap(\.finishTime)
            .filter { time in lastSuccess.map { time > $0 } ?? true }
        failures = failureTimes.count
        lastFailure = failureTimes.max()
    }

    func remaining(now: Timestamp) -> Duration {
        guard failures > 0, let lastFailure else { return .zero }
        return lastFailure + Self.backoff.delay(afterFailures: failures - 1) - now
    }
}

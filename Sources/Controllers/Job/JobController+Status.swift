import Client
import KubeAPI
import Machinery

extension JobController {
    /// The most finished pods taken into the status at once: it has to stay a small object.
    private static let uncountedLimit = 500

    /// Writes the status, then lets counted pods go.
    func record(_ pass: inout JobPass) async throws {
        let toRelease = count(&pass)
        conclude(&pass)
        try await write(&pass)
        try await release(toRelease)
    }

    /// Moves finished pods into the status and released ones into the counters.
    /// - Returns: pods whose finalizer may go once the status is written.
    private func count(_ pass: inout JobPass) -> [Pod] {
        let tally = pass.tally
        var uncounted = pass.job.status.uncountedTerminatedPods ?? UncountedTerminatedPods()
        let held = Set(tally.pods.filter(\.hasJobFinalizer).map(\.uid))
        let countedSucceeded = uncounted.succeeded.filter { !held.contains($0) }
        let countedFailed = uncounted.failed.filter { !held.contains($0) }
        uncounted.succeeded.removeAll { !held.contains($0) }
        uncounted.failed.removeAll { !held.contains($0) }
        let room = max(Self.uncountedLimit - uncounted.succeeded.count - uncounted.failed.count, 0)
        // With indexes the success is in `completedIndexes` at once; the uid need not wait anywhere.
        let succeeded = pass.job.isIndexed ? [] : tally.newSucceeded.prefix(room).map(\.uid)
        let carriers = pass.failureCarriers
        let counting = tally.newFailed.filter {
            PodFailureRules.verdict(for: $0, job: pass.job) != .ignore && !carriers.contains($0.uid)
        }
        let failed = counting.prefix(max(room - succeeded.count, 0)).map(\.uid)
        uncounted.succeeded += succeeded
        uncounted.failed += failed
        pass.status.uncountedTerminatedPods = UncountedTerminatedPods(json: uncounted.json)
        pass.status.failed = positive(Int(pass.job.status.failed ?? 0) + countedFailed.count)
        if pass.job.isIndexed {
            pass.status.succeeded = positive(tally.succeededIndexes.count)
            pass.status.completedIndexes = tally.succeededIndexes.isEmpty ? nil : tally.succeededIndexes.description
            if pass.job.spec.backoffLimitPerIndex != nil {
                pass.status.failedIndexes = tally.failedIndexes.description
            }
        } else {
            pass.status.succeeded = positive(Int(pass.job.status.succeeded ?? 0) + countedSucceeded.count)
        }
        let recorded = Set(uncounted.succeeded + uncounted.failed)
        let isOver = pass.finish != nil
        return tally.pods.filter { pod in
            guard pod.hasJobFinalizer, !carriers.contains(pod.uid) else { return false }
            if recorded.contains(pod.uid) { return true }
            if pass.job.isIndexed, pod.isSucceeded { return true }
            if PodFailureRules.verdict(for: pod, job: pass.job) == .ignore { return true }
            return isOver && pod.isBeingDeleted && pod.isTerminal && !tally.newFailed.contains { $0.uid == pod.uid }
        }
    }

    /// Sets the counts of living pods, and the final condition once nothing is left to count.
    private func conclude(_ pass: inout JobPass) {
        pass.status.active = positive(pass.active)
        pass.status.ready = Int32(clamping: min(pass.tally.ready, pass.active))
        pass.status.terminating = Int32(clamping: pass.tally.terminating)
        guard let finish = pass.finish else { return }
        let uncounted = pass.status.uncountedTerminatedPods ?? UncountedTerminatedPods()
        let isSettled =
            uncounted.succeeded.isEmpty && uncounted.failed.isEmpty && pass.tally.active.isEmpty
            && pass.tally.terminating == 0
        let announcement = finish.kind == .complete ? "SuccessCriteriaMet" : "FailureTarget"
        pass.set(announcement, "True", reason: finish.reason, message: finish.message)
        guard isSettled else { return }
        switch finish.kind {
        case .complete:
            guard pass.set("Complete", "True", reason: finish.reason, message: finish.message) else { return }
            pass.status.completionTime = pass.now
            pass.addEvent(.normal, "Completed", "Job completed")
        case .failed:
            guard pass.set("Failed", "True", reason: finish.reason, message: finish.message) else { return }
            pass.addEvent(.warning, finish.reason, finish.message)
        }
    }

    private func write(_ pass: inout JobPass) async throws(StatusError) {
        if pass.status != pass.job.status {
            var updated = pass.job
            updated.status = pass.status
            barrier.note(try await context.client.updateStatus(updated))
        }
        for event in pass.events {
            recorder.event(pass.job, type: event.type, reason: event.reason, message: event.message)
        }
    }

    /// Takes the finalizer off pods.
    func release(_ pods: [Pod]) async throws {
        let held = pods.filter(\.hasJobFinalizer)
        let outcome = await SlowStart.run(held) { (pod) async throws(StatusError) -> Bool in
            try await release(pod)
            return true
        }
        if let error = outcome.firstError { throw error }
    }

    func release(_ pod: Pod) async throws(StatusError) {
        guard pod.hasJobFinalizer else { return }
        let rest = pod.metadata.finalizers.filter { $0 != JobNames.finalizer }
        let patch: JSON = [
            "metadata": [
                "uid": .string(pod.uid), "resourceVersion": .string(pod.resourceVersion),
                "finalizers": rest.isEmpty ? .null : .array(rest.map { .string($0) }),
            ]
        ]
        do throws(StatusError) {
            _ = try await context.client.patch(Pod.self, pod.key, .merge(patch))
        } catch {
            if !error.isNotFound { throw error }
        }
    }

    private func positive(_ count: Int) -> Int32? { count == 0 ? nil : Int32(clamping: count) }
}

import Client
import KubeAPI
import Machinery

extension PodWorker {
    func perform(_ action: PodAction) {
        switch action {
        case .prepareVolumes: run { await $0.prepareVolumes() }
        case .createSandbox(let attempt): run { await $0.createSandbox(attempt: attempt) }
        case .start(let name, let kind, let restartCount, let sandboxID):
            run { await $0.start(name, kind: kind, restartCount: restartCount, sandboxID: sandboxID) }
        case .stop(let order): run { await $0.stop(order) }
        case .stopSandbox(let id): run { await $0.stopSandbox(id) }
        case .removeContainer(let id, let name, let isKnown):
            run { await $0.removeContainer(id, name: name, isKnown: isKnown) }
        case .removeSandbox(let id): run { await $0.removeSandbox(id) }
        case .finalize: run { await $0.finalize() }
        case .cleanUp: run { await $0.cleanUp() }
        case .wake(let delay): wake(after: delay)
        case .event(let isWarning, let reason, let message, let container):
            event(isWarning, reason, message, container: container)
        }
    }

    private func run(_ work: @escaping @Sendable (PodWorker) async -> Void) {
        services.scope.spawn { await work(self) }
    }

    func event(_ isWarning: Bool, _ reason: String, _ message: String, container: String? = nil) {
        services.api.event(pod, isWarning: isWarning, reason: reason, message: message, container: container)
    }

    /// Looks again after a while; an earlier appointment stands.
    private func wake(after delay: Duration) {
        let at = services.clock.time + delay
        let (old, isNeeded) = state.withLock { state -> (UInt64?, Bool) in
            if let timer = state.wakeTimer, timer.at <= at { return (nil, false) }
            return (state.wakeTimer?.id, true)
        }
        guard isNeeded else { return }
        if let old { services.timers.cancel(old) }
        let id = services.timers.after(delay) { [weak self] in
            guard let self else { return }
            state.withLock { $0.wakeTimer = nil }
            send(.tick)
        }
        state.withLock { state in
            if state.wakeTimer == nil || state.wakeTimer?.id == old { state.wakeTimer = (id, at) }
        }
    }

    /// The delay before an operation is tried again: longer after every failure in a row.
    func retryDelay(_ operation: PodOperation, from initial: Duration, to limit: Duration) -> Duration {
        let failures = state.withLock { state in
            state.failures[operation, default: 0] += 1
            return state.failures[operation] ?? 1
        }
        return Backoff(initial: initial, limit: limit).delay(afterFailures: failures - 1)
    }

    func noteSuccess(_ operation: PodOperation) {
        state.withLock { _ = $0.failures.removeValue(forKey: operation) }
    }

    /// Tells of a failure once it may be tried again.
    func failLater(_ operation: PodOperation, _ error: any Error) {
        services.log.report("node agent", "pod \(key): \(operation): \(error)")
        let delay = retryDelay(operation, from: .milliseconds(500), to: .seconds(30))
        services.timers.after(delay) { [weak self] in
            self?.send(.failed(operation, reason: "", message: "\(error)", retryAfter: .zero))
        }
    }

    // MARK: Volumes

    func prepareVolumes() async {
        let pod = pod
        services.objects.retain(pod)
        do {
            let renewAt = try await services.volumes.prepare(pod, podAddresses: podAddresses)
            noteSuccess(.prepareVolumes)
            renewVolumes(at: renewAt)
            send(.volumesPrepared)
        } catch {
            if Task.isCancelled { return }
            let message = (error as? StatusError)?.message ?? "\(error)"
            event(true, "FailedMount", message)
            send(
                .failed(
                    .prepareVolumes, reason: "FailedMount", message: message,
                    retryAfter: retryDelay(.prepareVolumes, from: .milliseconds(500), to: .seconds(122))))
        }
    }

    /// Brings volumes that are set up to date: an object they show or a token has changed.
    package func refreshVolumes() {
        let isReady = withMachine { $0.volumes == .ready && !$0.isDown }
        guard isReady else { return }
        services.scope.spawn { [self] in
            let pod = pod
            services.objects.retain(pod)
            do {
                renewVolumes(at: try await services.volumes.prepare(pod, podAddresses: podAddresses))
            } catch {
                if Task.isCancelled { return }
                // What is mounted stays as it is, as with the kubelet; the next change or this timer tries again.
                event(true, "FailedMount", (error as? StatusError)?.message ?? "\(error)")
                services.timers.after(.seconds(60)) { [weak self] in self?.refreshVolumes() }
            }
        }
    }

    private func renewVolumes(at time: Timestamp?) {
        let old = state.withLock { state -> UInt64? in
            defer { state.renewTimer = nil }
            return state.renewTimer
        }
        if let old { services.timers.cancel(old) }
        guard let time else { return }
        let timer = services.timers.after(time.since(services.clock.time)) { [weak self] in self?.refreshVolumes() }
        state.withLock { $0.renewTimer = timer }
    }

    /// The pod's addresses as far as known.
    var podAddresses: [String] {
        if pod.usesHostNetwork { return services.settings.hostAddresses }
        return withMachine { machine in machine.sandboxes.first { !$0.addresses.isEmpty }?.addresses ?? [] }
    }
}

import CRI
import Glibc
import KubeAPI
import Machinery

extension PodWorker {
    func createSandbox(attempt: Int64) async {
        let pod = pod
        let settings = services.settings
        do {
            try settings.cgroups.preparePod(pod)
            let config = SandboxConfigBuilder(settings: settings).config(pod, attempt: attempt)
            try Files.makeFolder(config.logDirectory)
            let id = try await services.runtime.runPodSandbox(config, handler: "")
            onOwned(id)
            let status = try await services.runtime.podSandboxStatus(id, verbose: false).status
            if settings.cgroups.driver == .systemd { try settings.cgroups.preparePod(pod) }
            noteSuccess(.createSandbox)
            send(.sandbox(SandboxRecord(status)))
            send(.finished(.createSandbox))
        } catch {
            if Task.isCancelled { return }
            event(true, "FailedCreatePodSandBox", "Failed to create pod sandbox: \(error)")
            send(
                .failed(
                    .createSandbox, reason: "FailedCreatePodSandBox", message: "\(error)",
                    retryAfter: retryDelay(.createSandbox, from: .seconds(1), to: .seconds(10))))
        }
    }

    func stopSandbox(_ id: String) async {
        do {
            try await services.runtime.stopPodSandbox(id)
            let known = withMachine { $0.sandboxes.first { $0.id == id } }
            if var known {
                known.isReady = false
                send(.sandbox(known))
            }
            noteSuccess(.stopSandbox(id: id))
            send(.finished(.stopSandbox(id: id)))
        } catch {
            if Task.isCancelled { return }
            event(true, "FailedKillPod", "error killing pod: failed to \"KillPodSandbox\": \(error)")
            failLater(.stopSandbox(id: id), error)
        }
    }

    func removeSandbox(_ id: String) async {
        do {
            try await services.runtime.removePodSandbox(id)
            send(.sandboxGone(id: id))
            send(.finished(.removeSandbox(id: id)))
        } catch {
            if Task.isCancelled { return }
            failLater(.removeSandbox(id: id), error)
        }
    }

    func finalize() async {
        do {
            try await services.api.finalize(pod)
            send(.finalized)
        } catch {
            if Task.isCancelled { return }
            failLater(.finalize, error)
        }
    }

    /// Removes what the pod leaves behind: records of the runtime, folders, groups, logs.
    func cleanUp() async {
        let (sandboxes, containers) = withMachine { machine in
            (machine.sandboxes.map(\.id), machine.containers.values.flatMap { $0.map(\.id) })
        }
        services.images.forget(pod: uid)
        services.objects.release(uid: uid)
        let timers = state.withLock { [$0.renewTimer, $0.wakeTimer?.id].compactMap { $0 } }
        for timer in timers { services.timers.cancel(timer) }
        do {
            for id in containers { try await services.runtime.removeContainer(id) }
            for id in sandboxes { try await services.runtime.removePodSandbox(id) }
            try await services.imageVolumes.remove(pod: uid)
            try services.volumes.remove(uid: uid)
            services.settings.cgroups.removePod(uid: uid)
            try Files.removeTree(
                services.settings.paths.logFolder(namespace: key.namespace, name: key.name, uid: uid))
            send(.cleanedUp)
        } catch {
            if Task.isCancelled { return }
            failLater(.cleanUp, error)
        }
    }
}

import CRI
import Glibc
import KubeAPI
import Machinery

extension PodWorker {
    /// Brings a container up, from its image to its hook.
    func start(_ name: String, kind: ContainerKind, restartCount: Int32, sandboxID: String) async {
        let operation = PodOperation.start(container: name)
        let pod = pod
        guard let (container, _) = pod.container(named: name) else { return send(.finished(operation)) }
        switch await ensureImageVolumes(of: container, pod: pod) {
        case .ready: break
        case .pulling: return send(.pulling(container: name))
        case .failed(let error, let retryAfter):
            if error.reason == "CreateContainerError" {
                event(true, "Failed", "Error: \(error.message)", container: name)
            }
            return send(.failed(operation, reason: error.reason, message: error.message, retryAfter: retryAfter))
        }
        let outcome = await services.images.ensure(
            container.image ?? "", policy: container.imagePullPolicy, pod: pod
        ) { [weak self] isWarning, reason, message in
            self?.event(isWarning, reason, message, container: name)
        } onEnd: { [weak self] in
            self?.send(.pullEnded(container: name))
        }
        let image: RuntimeV1.Image
        switch outcome {
        case .present(let found): image = found
        case .pulling: return send(.pulling(container: name))
        case .failed(let error, let retryAfter):
            return send(.failed(operation, reason: error.reason, message: error.message, retryAfter: retryAfter))
        }
        do {
            let id = try await create(
                container, pod: pod, image: image, restartCount: restartCount, sandboxID: sandboxID)
            guard let id else { return send(.finished(operation)) }
            try await launch(id, container, sandboxID: sandboxID)
            noteSuccess(operation)
            await runPostStart(id, container, sandboxID: sandboxID)
            send(.finished(operation))
        } catch {
            if Task.isCancelled { return }
            let failure =
                error as? ContainerStartError
                ?? ContainerStartError("CreateContainerError", (error as? StatusError)?.message ?? "\(error)")
            event(true, "Failed", "Error: \(failure.message)", container: name)
            send(
                .failed(
                    operation, reason: failure.reason, message: failure.message,
                    retryAfter: retryDelay(operation, from: .seconds(1), to: .seconds(10))))
        }
    }

    /// Makes the container; `nil` when the pod is on its way out meanwhile.
    private func create(
        _ container: Container, pod: Pod, image: RuntimeV1.Image, restartCount: Int32, sandboxID: String
    ) async throws -> String? {
        let addresses = podAddresses
        let fields = DownwardFields(
            pod: pod, podAddresses: addresses, hostAddresses: services.settings.hostAddresses,
            allocatable: services.settings.allocatable)
        var parts = ContainerConfigBuilder.Parts()
        parts.image = image
        parts.restartCount = restartCount
        do {
            parts.variables = try await EnvironmentBuilder(fields: fields, objects: services.objects).variables(
                container)
        } catch let error as StatusError {
            throw ContainerStartError.configuration(error.message)
        }
        parts.devices = try services.volumes.devices(container, pod: pod)
        parts.mounts = try services.volumes.mounts(
            container, pod: pod, podAddresses: addresses, variables: parts.variables)
        if let target = pod.spec.ephemeralContainers.first(where: { $0.name == container.name })?.targetContainerName,
            !target.isEmpty
        {
            guard let record = withMachine({ $0.newest(target) }), record.isRunning else {
                throw ContainerStartError.configuration("unable to find target container \(target)")
            }
            parts.targetID = record.id
        }
        let attempt = withMachine { $0.sandboxes.first { $0.id == sandboxID }?.attempt ?? 0 }
        let sandboxConfig = SandboxConfigBuilder(settings: services.settings).config(pod, attempt: attempt)
        var config = try ContainerConfigBuilder(settings: services.settings).config(container, pod: pod, parts: parts)
        guard try await addDevices(container, pod: pod, to: &config) else { return nil }
        try Files.makeFolder("\(sandboxConfig.logDirectory)/\(container.name)")
        guard withMachine({ $0.lifecycle == .active }) else { return nil }
        let id: String
        do {
            id = try await services.runtime.createContainer(config, sandbox: sandboxID, sandboxConfig: sandboxConfig)
        } catch {
            throw ContainerStartError("CreateContainerError", error.message)
        }
        onOwned(id)
        event(false, "Created", "Created container: \(container.name)", container: container.name)
        guard withMachine({ $0.lifecycle == .active }) else {
            try await services.runtime.removeContainer(id)
            return nil
        }
        return id
    }

    /// False where the pod cannot have them and ends.
    private func addDevices(
        _ container: Container, pod: Pod, to config: inout RuntimeV1.ContainerConfig
    ) async throws -> Bool {
        do {
            try await services.devices.add(container, pod: pod, to: &config)
            return true
        } catch {
            if Task.isCancelled { throw error }
            guard let rejection = PodDevices.rejection(error) else {
                throw ContainerStartError("CreateContainerError", "devices: \(error)")
            }
            reject(rejection)
            return false
        }
    }

    private func launch(_ id: String, _ container: Container, sandboxID: String) async throws {
        do {
            try await services.runtime.startContainer(id)
        } catch {
            await observe(id, sandboxID: sandboxID)
            throw ContainerStartError("RunContainerError", error.message)
        }
        event(false, "Started", "Started container \(container.name)", container: container.name)
        await observe(id, sandboxID: sandboxID)
    }

    /// Asks the runtime how a container is, and tells the machine.
    func observe(_ id: String, sandboxID: String) async {
        do {
            let status = try await services.runtime.containerStatus(id, verbose: false).status
            send(.container(TerminationMessage.completed(ContainerRecord(status, sandboxID: sandboxID))))
        } catch  where error.code == .notFound {
            send(.containerGone(id: id))
        } catch {
            // The next listing tells.
            services.log.report("node agent", "status of container \(id) of pod \(key): \(error)")
        }
    }

    private func runPostStart(_ id: String, _ container: Container, sandboxID: String) async {
        guard let hook = container.lifecycle?.postStart else { return }
        let target = ProbeTarget(containerID: id, container: container, podAddress: podAddresses.first ?? "")
        let outcome = await run(hook, on: target, timeout: .seconds(3600 * 24))
        guard case .failure(let message) = outcome else { return }
        event(true, "FailedPostStartHook", "PostStartHook failed: \(message)", container: container.name)
        let order = StopOrder(
            containerID: id, name: container.name, graceSeconds: pod.spec.terminationGracePeriodSeconds ?? 30,
            message: "FailedPostStartHook", runsPreStop: true)
        await stop(order)
    }

    private func run(_ hook: LifecycleHandler, on target: ProbeTarget, timeout: Duration) async -> ProbeOutcome {
        if let sleep = hook.sleep {
            // Ends early only when the agent does.
            _ = try? await services.clock.sleep(for: min(.seconds(max(sleep.seconds, 0)), timeout))
            return .success
        }
        return await services.prober.run(hook, on: target, timeout: timeout)
    }

    // MARK: Stopping

    /// The least time a container gets after its hook, as with the kubelet.
    private static let minimumGrace: Int64 = 2

    func stop(_ order: StopOrder) async {
        let operation = PodOperation.stop(containerID: order.containerID)
        if let message = order.message { event(false, "Killing", message, container: order.name) }
        services.probes.stop(order.containerID)
        var grace = order.graceSeconds
        let container = pod.container(named: order.name)?.container
        if order.runsPreStop, grace > 0, let container, let hook = container.lifecycle?.preStop {
            let start = services.clock.now
            let target = ProbeTarget(
                containerID: order.containerID, container: container, podAddress: podAddresses.first ?? "")
            if case .failure(let message) = await run(hook, on: target, timeout: .seconds(grace)) {
                event(true, "FailedPreStopHook", "PreStopHook failed: \(message)", container: order.name)
            }
            grace = max(grace - (services.clock.now - start).components.seconds, Self.minimumGrace)
        } else if grace > 0 {
            grace = max(grace, Self.minimumGrace)
        }
        do {
            try await services.runtime.stopContainer(order.containerID, timeout: grace)
            let sandboxID = withMachine { machine in
                machine.containers[order.name]?.first { $0.id == order.containerID }?.sandboxID
            }
            await observe(order.containerID, sandboxID: sandboxID ?? "")
            noteSuccess(operation)
            send(.finished(operation))
        } catch {
            if Task.isCancelled { return }
            failLater(operation, error)
        }
    }

    func removeContainer(_ id: String, name: String, isKnown: Bool) async {
        let record = withMachine { $0.containers[name]?.first { $0.id == id } }
        do {
            if !isKnown { try await services.runtime.stopContainer(id, timeout: 0) }
            try await services.runtime.removeContainer(id)
            for path in [record?.logPath, record?.terminationMessageFile].compactMap({ $0 }) where !path.isEmpty {
                try Files.removeTree(path)
            }
            for file in rotated(record?.logPath) { try Files.removeTree(file) }
            send(.containerGone(id: id))
            send(.finished(.removeContainer(id: id)))
        } catch {
            if Task.isCancelled { return }
            failLater(.removeContainer(id: id), error)
        }
    }

    /// Earlier pieces of a log that rotation made.
    private func rotated(_ path: String?) -> [String] {
        guard let path, let slash = path.lastIndex(of: "/") else { return [] }
        let folder = String(path[..<slash])
        let name = path[path.index(after: slash)...]
        guard !name.isEmpty else { return [] }
        return Files.list(folder).filter { $0.hasPrefix(name + ".") }.map { folder + "/" + $0 }
    }
}

extension FakeRuntime {
    package func createContainer(
        _ config: RuntimeV1.ContainerConfig, sandbox: String, sandboxConfig: RuntimeV1.PodSandboxConfig
    ) async throws(CRIError) -> String {
        try note("CreateContainer", config.metadata.name)
        let now = nanoseconds
        let id = state.withLock { state -> String? in
            guard state.sandboxes[sandbox]?.isReady == true else { return nil }
            var status = RuntimeV1.ContainerStatus()
            status.id = "container-\(state.nextNumber)"
            state.nextNumber += 1
            status.metadata = config.metadata
            status.state = RuntimeV1.ContainerState.created.rawValue
            status.createdAt = now
            status.image = config.image
            status.imageRef = "sha256:" + (config.image?.image ?? "")
            status.labels = config.labels
            status.annotations = config.annotations
            status.mounts = config.mounts
            status.logPath = sandboxConfig.logDirectory + "/" + config.logPath
            state.containers[status.id] = FakeContainer(status: status, sandbox: sandbox, config: config)
            return status.id
        }
        guard let id else { throw Self.notFound("sandbox", sandbox) }
        return id
    }

    package func startContainer(_ id: String) async throws(CRIError) {
        let name = state.withLock { $0.containers[id]?.status.metadata.name } ?? id
        try note("StartContainer", name)
        let now = nanoseconds
        let exitCode = try state.withLock { state throws(CRIError) -> Int32? in
            guard var container = state.containers[id] else { throw Self.notFound("container", id) }
            guard container.status.containerState == .created else {
                throw CRIError(code: .unknown, message: "container is in \(container.status.containerState) state")
            }
            container.status.state = RuntimeV1.ContainerState.running.rawValue
            container.status.startedAt = now
            state.containers[id] = container
            return state.exitCodes[name]
        }
        if let exitCode { end(id, code: exitCode) }
    }

    package func stopContainer(_ id: String, timeout: Int64) async throws(CRIError) {
        let name = state.withLock { $0.containers[id]?.status.metadata.name } ?? id
        try note("StopContainer", name)
        let waits = state.withLock { state in
            state.stubborn.contains(name) && timeout > 0 && state.containers[id]?.status.containerState == .running
        }
        guard waits else { return end(id, code: timeout > 0 ? 143 : 137) }
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                guard state.containers[id]?.status.containerState == .running else { return true }
                state.stopWaiters[id, default: []].append(continuation)
                return false
            }
            if isOver { continuation.resume() }
        }
    }

    package func removeContainer(_ id: String) async throws(CRIError) {
        try note("RemoveContainer", id)
        state.withLock { _ = $0.containers.removeValue(forKey: id) }
    }

    package func listContainers(
        _ filter: RuntimeV1.ContainerFilter?
    ) async throws(CRIError) -> [RuntimeV1.Container] {
        try note("ListContainers")
        return state.withLock { state in
            state.containers.values.filter { container in
                guard let filter else { return true }
                return (filter.id.isEmpty || filter.id == container.status.id)
                    && (filter.podSandboxId.isEmpty || filter.podSandboxId == container.sandbox)
                    && filter.labelSelector.allSatisfy { container.status.labels[$0.key] == $0.value }
            }.map { record in
                var container = RuntimeV1.Container()
                container.id = record.status.id
                container.podSandboxId = record.sandbox
                container.metadata = record.status.metadata
                container.image = record.status.image
                container.imageRef = record.status.imageRef
                container.state = record.status.state
                container.createdAt = record.status.createdAt
                container.labels = record.status.labels
                container.annotations = record.status.annotations
                return container
            }
        }
    }

    package func containerStatus(
        _ id: String, verbose: Bool
    ) async throws(CRIError) -> RuntimeV1.ContainerStatusResponse {
        try note("ContainerStatus", id)
        guard let container = state.withLock({ $0.containers[id] }) else { throw Self.notFound("container", id) }
        var response = RuntimeV1.ContainerStatusResponse()
        response.status = container.status
        return response
    }

    package func updateContainerResources(
        _ id: String, _ resources: RuntimeV1.LinuxContainerResources
    ) async throws(CRIError) {
        try note("UpdateContainerResources", id)
    }

    package func reopenContainerLog(_ id: String) async throws(CRIError) {
        try note("ReopenContainerLog", id)
    }

    package func execSync(
        _ id: String, command: [String], timeout: Int64
    ) async throws(CRIError) -> RuntimeV1.ExecSyncResponse {
        let name = state.withLock { $0.containers[id]?.status.metadata.name } ?? id
        try note("ExecSync", name + " " + command.joined(separator: " "))
        return state.withLock { $0.execResults[name] } ?? RuntimeV1.ExecSyncResponse()
    }

    package func exec(_ request: RuntimeV1.ExecRequest) async throws(CRIError) -> String {
        try note("Exec", request.containerId)
        throw CRIError(code: .unimplemented, message: "the fake runtime runs no commands")
    }

    package func attach(_ request: RuntimeV1.AttachRequest) async throws(CRIError) -> String {
        try note("Attach", request.containerId)
        throw CRIError(code: .unimplemented, message: "the fake runtime has no streams")
    }

    package func containerStats(_ id: String) async throws(CRIError) -> RuntimeV1.ContainerStats {
        try note("ContainerStats", id)
        return RuntimeV1.ContainerStats()
    }

    package func listContainerStats(
        _ filter: RuntimeV1.ContainerStatsFilter?
    ) async throws(CRIError) -> [RuntimeV1.ContainerStats] {
        try note("ListContainerStats")
        return []
    }
}

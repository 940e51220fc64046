extension FakeRuntime {
    package func version() async throws(CRIError) -> RuntimeV1.VersionResponse {
        try note("Version")
        var response = RuntimeV1.VersionResponse()
        response.version = "0.1.0"
        response.runtimeName = "fake"
        response.runtimeVersion = "1.0.0"
        response.runtimeApiVersion = "v1"
        return response
    }

    package func status(verbose: Bool) async throws(CRIError) -> RuntimeV1.StatusResponse {
        try note("Status")
        var response = RuntimeV1.StatusResponse()
        var status = RuntimeV1.RuntimeStatus()
        status.conditions = ["RuntimeReady", "NetworkReady"].map { type in
            var condition = RuntimeV1.RuntimeCondition()
            condition.type = type
            condition.status = true
            return condition
        }
        response.status = status
        return response
    }

    package func updateRuntimeConfig(podCIDR: String) async throws(CRIError) {
        try note("UpdateRuntimeConfig", podCIDR)
    }

    package func runPodSandbox(
        _ config: RuntimeV1.PodSandboxConfig, handler: String
    ) async throws(CRIError) -> String {
        let metadata = config.metadata
        try note("RunPodSandbox", metadata.namespace + "/" + metadata.name)
        let now = nanoseconds
        return state.withLock { state in
            let number = state.nextNumber
            state.nextNumber += 1
            var status = RuntimeV1.PodSandboxStatus()
            status.id = "sandbox-\(number)"
            status.metadata = metadata
            status.state = RuntimeV1.PodSandboxState.ready.rawValue
            status.createdAt = now
            status.labels = config.labels
            status.annotations = config.annotations
            let options = config.linux?.securityContext?.namespaceOptions
            if options?.network != RuntimeV1.NamespaceMode.node.rawValue {
                var network = RuntimeV1.PodSandboxNetworkStatus()
                network.ip = "10.88.\(number / 250 % 250).\(number % 250 + 2)"
                status.network = network
            }
            if let options {
                var linux = RuntimeV1.LinuxPodSandboxStatus()
                var namespaces = RuntimeV1.Namespace()
                namespaces.options = options
                linux.namespaces = namespaces
                status.linux = linux
            }
            state.sandboxes[status.id] = status
            return status.id
        }
    }

    package func stopPodSandbox(_ id: String) async throws(CRIError) {
        try note("StopPodSandbox", id)
        let running = state.withLock { state in
            state.sandboxes[id]?.state = RuntimeV1.PodSandboxState.notReady.rawValue
            return state.containers.values.filter { $0.sandbox == id }.map(\.status.id)
        }
        for container in running { end(container, code: 137) }
    }

    package func removePodSandbox(_ id: String) async throws(CRIError) {
        try note("RemovePodSandbox", id)
        state.withLock { state in
            state.sandboxes[id] = nil
            state.containers = state.containers.filter { $0.value.sandbox != id }
        }
    }

    package func podSandboxStatus(
        _ id: String, verbose: Bool
    ) async throws(CRIError) -> RuntimeV1.PodSandboxStatusResponse {
        try note("PodSandboxStatus", id)
        guard let status = state.withLock({ $0.sandboxes[id] }) else { throw Self.notFound("sandbox", id) }
        var response = RuntimeV1.PodSandboxStatusResponse()
        response.status = status
        return response
    }

    package func listPodSandboxes(
        _ filter: RuntimeV1.PodSandboxFilter?
    ) async throws(CRIError) -> [RuntimeV1.PodSandbox] {
        try note("ListPodSandbox")
        return state.withLock { state in
            state.sandboxes.values.filter { sandbox in
                guard let filter else { return true }
                return (filter.id.isEmpty || filter.id == sandbox.id)
                    && filter.labelSelector.allSatisfy { sandbox.labels[$0.key] == $0.value }
            }.map { status in
                var sandbox = RuntimeV1.PodSandbox()
                sandbox.id = status.id
                sandbox.metadata = status.metadata
                sandbox.state = status.state
                sandbox.createdAt = status.createdAt
                sandbox.labels = status.labels
                sandbox.annotations = status.annotations
                return sandbox
            }
        }
    }

    package func podSandboxStats(_ id: String) async throws(CRIError) -> RuntimeV1.PodSandboxStats {
        try note("PodSandboxStats", id)
        return RuntimeV1.PodSandboxStats()
    }

    package func watchEvents(
        onConnected: @escaping @Sendable () -> Void, _ handler: @escaping @Sendable (RuntimeEvent) -> Void
    ) async throws(CRIError) {
        try note("WatchEvents")
        let (stream, continuation) = AsyncStream.makeStream(
            of: RuntimeEvent.self, bufferingPolicy: .bufferingOldest(4096))
        let number = state.withLock { state in
            state.nextSubscriber += 1
            state.subscribers[state.nextSubscriber] = continuation
            return state.nextSubscriber
        }
        onConnected()
        for await event in stream { handler(event) }
        state.withLock { _ = $0.subscribers.removeValue(forKey: number) }
    }
}

extension ContainerdRuntime {
    package func createContainer(
        _ config: RuntimeV1.ContainerConfig, sandbox: String, sandboxConfig: RuntimeV1.PodSandboxConfig
    ) async throws(CRIError) -> String {
        var request = RuntimeV1.CreateContainerRequest()
        request.podSandboxId = sandbox
        request.config = config
        request.sandboxConfig = sandboxConfig
        let response: RuntimeV1.CreateContainerResponse = try await runtime("CreateContainer", request)
        return response.containerId
    }

    package func startContainer(_ id: String) async throws(CRIError) {
        var request = RuntimeV1.StartContainerRequest()
        request.containerId = id
        let _: RuntimeV1.StartContainerResponse = try await runtime("StartContainer", request)
    }

    package func stopContainer(_ id: String, timeout: Int64) async throws(CRIError) {
        var request = RuntimeV1.StopContainerRequest()
        request.containerId = id
        request.timeout = timeout
        do {
            let _: RuntimeV1.StopContainerResponse = try await runtime(
                "StopContainer", request, timeout: Self.timeout + .seconds(min(max(timeout, 0), 1 << 31)))
        } catch  where error.code == .notFound {
            return
        }
    }

    package func removeContainer(_ id: String) async throws(CRIError) {
        var request = RuntimeV1.RemoveContainerRequest()
        request.containerId = id
        do {
            let _: RuntimeV1.RemoveContainerResponse = try await runtime("RemoveContainer", request)
        } catch  where error.code == .notFound {
            return
        }
    }

    package func listContainers(
        _ filter: RuntimeV1.ContainerFilter?
    ) async throws(CRIError) -> [RuntimeV1.Container] {
        var request = RuntimeV1.ListContainersRequest()
        request.filter = filter
        let response: RuntimeV1.ListContainersResponse = try await runtime("ListContainers", request)
        return response.containers
    }

    package func containerStatus(
        _ id: String, verbose: Bool
    ) async throws(CRIError) -> RuntimeV1.ContainerStatusResponse {
        var request = RuntimeV1.ContainerStatusRequest()
        request.containerId = id
        request.verbose = verbose
        return try await runtime("ContainerStatus", request)
    }

    package func updateContainerResources(
        _ id: String, _ resources: RuntimeV1.LinuxContainerResources
    ) async throws(CRIError) {
        var request = RuntimeV1.UpdateContainerResourcesRequest()
        request.containerId = id
        request.linux = resources
        let _: RuntimeV1.UpdateContainerResourcesResponse = try await runtime("UpdateContainerResources", request)
    }

    package func reopenContainerLog(_ id: String) async throws(CRIError) {
        var request = RuntimeV1.ReopenContainerLogRequest()
        request.containerId = id
        let _: RuntimeV1.ReopenContainerLogResponse = try await runtime("ReopenContainerLog", request)
    }

    package func execSync(
        _ id: String, command: [String], timeout: Int64
    ) async throws(CRIError) -> RuntimeV1.ExecSyncResponse {
        var request = RuntimeV1.ExecSyncRequest()
        request.containerId = id
        request.cmd = command
        request.timeout = timeout
        return try await runtime(
            "ExecSync", request, timeout: timeout > 0 ? .seconds(min(timeout, 1 << 31) + 30) : .seconds(86_400))
    }

    package func exec(_ request: RuntimeV1.ExecRequest) async throws(CRIError) -> String {
        let response: RuntimeV1.ExecResponse = try await runtime("Exec", request)
        return response.url
    }

    package func attach(_ request: RuntimeV1.AttachRequest) async throws(CRIError) -> String {
        let response: RuntimeV1.AttachResponse = try await runtime("Attach", request)
        return response.url
    }

    package func containerStats(_ id: String) async throws(CRIError) -> RuntimeV1.ContainerStats {
        var request = RuntimeV1.ContainerStatsRequest()
        request.containerId = id
        let response: RuntimeV1.ContainerStatsResponse = try await runtime("ContainerStats", request)
        return response.stats ?? RuntimeV1.ContainerStats()
    }

    package func listContainerStats(
        _ filter: RuntimeV1.ContainerStatsFilter?
    ) async throws(CRIError) -> [RuntimeV1.ContainerStats] {
        var request = RuntimeV1.ListContainerStatsRequest()
        request.filter = filter
        let response: RuntimeV1.ListContainerStatsResponse = try await runtime("ListContainerStats", request)
        return response.stats
    }
}

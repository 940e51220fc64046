extension ContainerdRuntime {
    package func version() async throws(CRIError) -> RuntimeV1.VersionResponse {
        var request = RuntimeV1.VersionRequest()
        request.version = "v1"
        return try await runtime("Version", request)
    }

    package func status(verbose: Bool) async throws(CRIError) -> RuntimeV1.StatusResponse {
        var request = RuntimeV1.StatusRequest()
        request.verbose = verbose
        return try await runtime("Status", request)
    }

    package func updateRuntimeConfig(podCIDR: String) async throws(CRIError) {
        var network = RuntimeV1.NetworkConfig()
        network.podCidr = podCIDR
        var config = RuntimeV1.RuntimeConfig()
        config.networkConfig = network
        var request = RuntimeV1.UpdateRuntimeConfigRequest()
        request.runtimeConfig = config
        let _: RuntimeV1.UpdateRuntimeConfigResponse = try await runtime("UpdateRuntimeConfig", request)
    }

    package func runPodSandbox(
        _ config: RuntimeV1.PodSandboxConfig, handler: String
    ) async throws(CRIError) -> String {
        var request = RuntimeV1.RunPodSandboxRequest()
        request.config = config
        request.runtimeHandler = handler
        let response: RuntimeV1.RunPodSandboxResponse = try await runtime(
            "RunPodSandbox", request, timeout: Self.sandboxTimeout)
        return response.podSandboxId
    }

    package func stopPodSandbox(_ id: String) async throws(CRIError) {
        var request = RuntimeV1.StopPodSandboxRequest()
        request.podSandboxId = id
        do {
            let _: RuntimeV1.StopPodSandboxResponse = try await runtime("StopPodSandbox", request)
        } catch  where error.code == .notFound {
            return
        }
    }

    package func removePodSandbox(_ id: String) async throws(CRIError) {
        var request = RuntimeV1.RemovePodSandboxRequest()
        request.podSandboxId = id
        do {
            let _: RuntimeV1.RemovePodSandboxResponse = try await runtime("RemovePodSandbox", request)
        } catch  where error.code == .notFound {
            return
        }
    }

    package func podSandboxStatus(
        _ id: String, verbose: Bool
    ) async throws(CRIError) -> RuntimeV1.PodSandboxStatusResponse {
        var request = RuntimeV1.PodSandboxStatusRequest()
        request.podSandboxId = id
        request.verbose = verbose
        return try await runtime("PodSandboxStatus", request)
    }

    package func listPodSandboxes(
        _ filter: RuntimeV1.PodSandboxFilter?
    ) async throws(CRIError) -> [RuntimeV1.PodSandbox] {
        var request = RuntimeV1.ListPodSandboxRequest()
        request.filter = filter
        let response: RuntimeV1.ListPodSandboxResponse = try await runtime("ListPodSandbox", request)
        return response.items
    }

    package func podSandboxStats(_ id: String) async throws(CRIError) -> RuntimeV1.PodSandboxStats {
        var request = RuntimeV1.PodSandboxStatsRequest()
        request.podSandboxId = id
        let response: RuntimeV1.PodSandboxStatsResponse = try await runtime("PodSandboxStats", request)
        return response.stats ?? RuntimeV1.PodSandboxStats()
    }
}

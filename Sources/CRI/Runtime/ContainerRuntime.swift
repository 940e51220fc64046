/// What happened in the runtime without being asked for.
package enum RuntimeEvent: Hashable, Sendable {
    /// The main process of a container or sandbox has ended and was reaped.
    case stopped(id: String)
    /// Images were added, removed or retagged.
    case imagesChanged
}

/// Pods' sandboxes and containers: CRI's RuntimeService.
///
/// Calls may be made concurrently. What is named by an id and is gone gives `CRIError` with `.notFound`, except that
/// stopping and removing succeed then. Times are nanoseconds since 1970, durations whole seconds, as CRI has them.
package protocol RuntimeService: Sendable {
    func version() async throws(CRIError) -> RuntimeV1.VersionResponse
    func status(verbose: Bool) async throws(CRIError) -> RuntimeV1.StatusResponse
    func updateRuntimeConfig(podCIDR: String) async throws(CRIError)

    func runPodSandbox(_ config: RuntimeV1.PodSandboxConfig, handler: String) async throws(CRIError) -> String
    /// Kills what runs in the sandbox and gives its network back; may be repeated.
    func stopPodSandbox(_ id: String) async throws(CRIError)
    func removePodSandbox(_ id: String) async throws(CRIError)
    func podSandboxStatus(
        _ id: String, verbose: Bool
    ) async throws(CRIError) -> RuntimeV1.PodSandboxStatusResponse
    func listPodSandboxes(_ filter: RuntimeV1.PodSandboxFilter?) async throws(CRIError) -> [RuntimeV1.PodSandbox]
    func podSandboxStats(_ id: String) async throws(CRIError) -> RuntimeV1.PodSandboxStats

    func createContainer(
        _ config: RuntimeV1.ContainerConfig, sandbox: String, sandboxConfig: RuntimeV1.PodSandboxConfig
    ) async throws(CRIError) -> String
    func startContainer(_ id: String) async throws(CRIError)
    /// Asks the main process to end, and kills it after `timeout` seconds; returns when it has ended.
    func stopContainer(_ id: String, timeout: Int64) async throws(CRIError)
    func removeContainer(_ id: String) async throws(CRIError)
    func listContainers(_ filter: RuntimeV1.ContainerFilter?) async throws(CRIError) -> [RuntimeV1.Container]
    func containerStatus(
        _ id: String, verbose: Bool
    ) async throws(CRIError) -> RuntimeV1.ContainerStatusResponse
    func updateContainerResources(
        _ id: String, _ resources: RuntimeV1.LinuxContainerResources
    ) async throws(CRIError)
    func reopenContainerLog(_ id: String) async throws(CRIError)
    /// Runs a command in a container; fails with `.deadlineExceeded` after `timeout` seconds, 0 for none.
    func execSync(_ id: String, command: [String], timeout: Int64) async throws(CRIError) -> RuntimeV1.ExecSyncResponse
    /// Prepares a streaming session and tells the address at which it waits.
    func exec(_ request: RuntimeV1.ExecRequest) async throws(CRIError) -> String
    func attach(_ request: RuntimeV1.AttachRequest) async throws(CRIError) -> String
    func containerStats(_ id: String) async throws(CRIError) -> RuntimeV1.ContainerStats
    func listContainerStats(
        _ filter: RuntimeV1.ContainerStatsFilter?
    ) async throws(CRIError) -> [RuntimeV1.ContainerStats]

    /// Delivers events until the connection ends or the task is cancelled.
    ///
    /// - Parameter onConnected: called once events flow; what happened before must be learnt by listing.
    func watchEvents(
        onConnected: @escaping @Sendable () -> Void, _ handler: @escaping @Sendable (RuntimeEvent) -> Void
    ) async throws(CRIError)
}

/// The images on the node: CRI's ImageService.
package protocol ImageService: Sendable {
    func listImages() async throws(CRIError) -> [RuntimeV1.Image]
    /// The image that a reference means, or `nil` when it is not on the node.
    func imageStatus(_ image: String) async throws(CRIError) -> RuntimeV1.Image?
    /// Fetches an image and tells its id.
    func pullImage(
        _ image: String, credentials: RuntimeV1.AuthConfig?, sandboxConfig: RuntimeV1.PodSandboxConfig?
    ) async throws(CRIError) -> String
    func removeImage(_ image: String) async throws(CRIError)
    func imageFilesystems() async throws(CRIError) -> [RuntimeV1.FilesystemUsage]
}

/// The seam between the node agent and whatever runs containers: containerd by CRI v1, or the fake one.
package protocol ContainerRuntime: RuntimeService, ImageService, ImageViewService {}

import CRI
import Machinery
import Node

/// Records as the runtime would tell them.
enum Records {
    static func sandbox(_ id: String, attempt: Int64 = 0, isReady: Bool = true, createdAt: Int64 = 1) -> SandboxRecord {
        var metadata = RuntimeV1.PodSandboxMetadata()
        metadata.attempt = attempt
        var network = RuntimeV1.PodSandboxNetworkStatus()
        network.ip = "10.244.0.7"
        var status = RuntimeV1.PodSandboxStatus()
        status.id = id
        status.metadata = metadata
        status.createdAt = createdAt
        status.network = network
        status.state = (isReady ? RuntimeV1.PodSandboxState.ready : .notReady).rawValue
        return SandboxRecord(status)
    }

    static func container(
        _ id: String, name: String, restartCount: Int32 = 0, startedAt: Timestamp = noon, sandbox: String = "s-1"
    ) -> ContainerRecord {
        var metadata = RuntimeV1.ContainerMetadata()
        metadata.name = name
        metadata.attempt = Int64(restartCount)
        var status = RuntimeV1.ContainerStatus()
        status.id = id
        status.metadata = metadata
        status.state = RuntimeV1.ContainerState.running.rawValue
        status.startedAt = startedAt.seconds * 1_000_000_000
        status.createdAt = startedAt.seconds * 1_000_000_000
        status.imageRef = "sha256:1"
        return ContainerRecord(status, sandboxID: sandbox)
    }
}

import CRI
import Machinery

/// A pod's sandbox as the runtime last told it.
package struct SandboxRecord: Hashable, Sendable {
    package let id: String
    package let attempt: Int64
    package let createdAt: Int64
    package var isReady: Bool
    package var addresses: [String]
    package var usesHostNetwork: Bool

    package init(_ status: RuntimeV1.PodSandboxStatus) {
        id = status.id
        attempt = status.metadata.attempt
        createdAt = status.createdAt
        isReady = status.isReady
        addresses = status.addresses
        usesHostNetwork =
            status.linux?.namespaces?.options?.network == RuntimeV1.NamespaceMode.node.rawValue
    }
}

/// A container as the runtime last told it.
package struct ContainerRecord: Hashable, Sendable {
    package enum State: Hashable, Sendable {
        case created
        case running
        case exited
        /// The runtime lost track of it.
        case unknown
    }

    package let id: String
    package let name: String
    package let sandboxID: String
    /// How often a container of this name was started before.
    package let restartCount: Int32
    package let createdAt: Timestamp
    package var state: State
    package var startedAt: Timestamp
    package var finishedAt: Timestamp
    package var exitCode: Int32
    package var reason: String
    package var message: String
    /// As the specification named it.
    package var image: String
    package var imageRef: String
    package var imageID: String
    package var specHash: String
    /// The file on the host whose text is the termination message, and how to read it.
    package var terminationMessageFile: String?
    package var terminationMessagePolicy: String
    package var logPath: String
    /// Whether `message` already holds the termination message.
    package var hasTerminationMessage = false

    package init(_ status: RuntimeV1.ContainerStatus, sandboxID: String) {
        id = status.id
        name = status.labels[RuntimeLabels.containerName] ?? status.metadata.name
        self.sandboxID = sandboxID
        restartCount =
            status.annotations[RuntimeLabels.restartCount].flatMap { Int32($0) }
            ?? Int32(clamping: status.metadata.attempt)
        createdAt = Timestamp(runtimeNanoseconds: status.createdAt)
        switch status.containerState {
        case .created: state = .created
        case .running: state = .running
        case .exited: state = .exited
        case .unknown: state = .unknown
        }
        startedAt = Timestamp(runtimeNanoseconds: status.startedAt)
        finishedAt = Timestamp(runtimeNanoseconds: status.finishedAt)
        exitCode = status.exitCode
        reason = status.reason
        message = status.message
        image = status.image?.image ?? ""
        imageRef = status.imageRef
        imageID = status.imageId.isEmpty ? status.imageRef : status.imageId
        specHash = status.annotations[RuntimeLabels.hash] ?? ""
        terminationMessagePolicy = status.annotations[RuntimeLabels.terminationMessagePolicy] ?? "File"
        logPath = status.logPath
        if let path = status.annotations[RuntimeLabels.terminationMessagePath] {
            terminationMessageFile = status.mounts.first { $0.containerPath == path }?.hostPath
        }
    }

    package var isRunning: Bool { state == .running }
    package var hasEnded: Bool { state == .exited || state == .unknown }
}

extension Timestamp {
    /// A moment of the container runtime: nanoseconds since 1970.
    package init(runtimeNanoseconds nanoseconds: Int64) {
        let (seconds, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
        self.init(seconds: seconds, nanoseconds: Int32(max(rest, 0)))
    }
}

/// The labels and annotations that tie sandboxes and containers to their pods: the kubelet's own names, so that the
/// tools that read them (crictl, log shippers) work.
package enum RuntimeLabels {
    package static let podName = "io.kubernetes.pod.name"
    package static let podNamespace = "io.kubernetes.pod.namespace"
    package static let podUID = "io.kubernetes.pod.uid"
    package static let containerName = "io.kubernetes.container.name"
    package static let hash = "io.kubernetes.container.hash"
    package static let restartCount = "io.kubernetes.container.restartCount"
    package static let terminationMessagePath = "io.kubernetes.container.terminationMessagePath"
    package static let terminationMessagePolicy = "io.kubernetes.container.terminationMessagePolicy"
    package static let podTerminationGracePeriod = "io.kubernetes.pod.terminationGracePeriod"
}

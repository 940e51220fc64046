import KubeAPI
import Machinery

/// A container with all that rules ask of it.
struct ContainerFacts: Sendable {
    /// Lines of a log that are quoted.
    private static let quotedLines = 3

    let pod: Pod
    let status: ContainerStatus
    let isInit: Bool
    let picture: ClusterPicture

    init(_ pod: Pod, _ status: ContainerStatus, isInit: Bool, _ picture: ClusterPicture) {
        self.pod = pod
        self.status = status
        self.isInit = isInit
        self.picture = picture
    }

    var name: String { status.name }
    var subject: ObjectName { pod.objectName }

    var container: Container? {
        (pod.spec.containers + pod.spec.initContainers).first { $0.name == status.name }
    }

    /// How it ended last.
    var end: ContainerStateTerminated? { status.state?.terminated ?? status.lastState?.terminated }

    var hasFailed: Bool { status.state?.terminated.map { $0.exitCode != 0 } ?? false }

    var isOutOfMemory: Bool { end?.reason == "OOMKilled" }

    var endText: String {
        guard let end else { return "\(status.restartCount) restarts" }
        let message = end.message.map { ": \($0.prefix(300))" } ?? ""
        return "exit code \(end.exitCode), \(end.reason ?? "Error"), \(status.restartCount) restarts\(message)"
    }

    var log: [String] { picture.log(pod, status.name) }

    var lastLines: [Evidence] {
        log.filter { !$0.isEmpty }.suffix(Self.quotedLines).map { Evidence("log of \(name)", $0) }
    }
}

import HTTPCore
import Machinery
import Metrics

/// Which container of this node a request is about.
package struct ContainerReference: Hashable, Sendable {
    package let namespace: String
    package let pod: String
    /// Where a request names it, the pod's; a pod of another one is not meant.
    package let uid: String?
    package let container: String

    package init(namespace: String, pod: String, uid: String? = nil, container: String) {
        self.namespace = namespace
        self.pod = pod
        self.uid = uid
        self.container = container
    }
}

/// Where a container's log is, and how to know that nothing will be added to it.
package struct ContainerLogLocation: Sendable {
    /// The file the container runtime writes now; rotation moves it away and makes a new one of the same name.
    package let path: String
    /// Returns when the container has ended, at once when it had before. It must notice cancellation.
    package let ending: ContainerLogReader.Ending

    package init(path: String, ending: @escaping ContainerLogReader.Ending) {
        self.path = path
        self.ending = ending
    }
}

/// What a command that was run to its end said.
package struct CommandOutput: Hashable, Sendable {
    /// Standard output and standard error.
    package let output: [UInt8]
    package let exitCode: Int32

    package init(output: [UInt8], exitCode: Int32) {
        self.output = output
        self.exitCode = exitCode
    }
}

/// What the node's HTTPS API needs of the node agent.
///
/// Every call may be made by any number of requests at once and must notice cancellation. Failures that are the
/// caller's to hear are `NodeServerError`; any other error is answered with 500 and its description.
package protocol NodeServerBackend: Sendable {
    /// Nil while the agent is healthy, else what is wrong.
    func healthProblem() async -> String?

    /// The node's pods, as a canonical `v1.PodList`.
    func podList() async throws -> [UInt8]

    /// - Parameter previous: the log of the container's last ended run before the present one.
    /// - Throws: `NodeServerError`: 404 for an unknown pod or container, 400 for a container without such a log.
    func logLocation(of container: ContainerReference, previous: Bool) async throws -> ContainerLogLocation

    /// The address of the runtime's streaming server for a command in a running container (CRI `Exec`).
    /// - Throws: `NodeServerError`: 404 for an unknown pod or container.
    func execURL(
        _ container: ContainerReference, command: [String], stdin: Bool, stdout: Bool, stderr: Bool, tty: Bool
    ) async throws -> String

    /// The address of the runtime's streaming server for a running container's own streams (CRI `Attach`).
    /// - Throws: `NodeServerError`: 404 for an unknown pod or container.
    func attachURL(
        _ container: ContainerReference, stdin: Bool, stdout: Bool, stderr: Bool, tty: Bool
    ) async throws -> String

    /// Runs a command to its end (CRI `ExecSync`).
    func run(_ container: ContainerReference, command: [String]) async throws -> CommandOutput

    /// Says whether a pod is there to forward ports to.
    /// - Throws: `NodeServerError` 404 for an unknown pod.
    func checkPod(namespace: String, pod: String, uid: String?) async throws

    /// Connects to a port on the loopback interface of a pod's network namespace.
    func dial(namespace: String, pod: String, port: UInt16) async throws -> any ByteDuplex

    /// The node's and its pods' usage, as a `stats.k8s.io` Summary.
    /// - Parameter onlyCPUAndMemory: leave the rest out.
    func statsSummary(onlyCPUAndMemory: Bool) async throws -> [UInt8]

    /// The agent's own metrics.
    func agentMetrics(_ format: MetricFormat) async throws -> [UInt8]

    /// What containers use, by cAdvisor's names.
    func containerMetrics(_ format: MetricFormat) async throws -> [UInt8]

    /// The resource metrics in Prometheus' text format.
    func resourceMetrics() async throws -> [UInt8]
}

/// A failure that the caller of the node's API hears: an HTTP status and a line of text.
package struct NodeServerError: Error, Hashable, Sendable, CustomStringConvertible {
    package let status: HTTPStatus
    package let message: String

    package init(_ status: HTTPStatus, _ message: String) {
        self.status = status
        self.message = message
    }

    package var description: String { message }

    static let undecodableQuery = NodeServerError(.badRequest, #"{"message": "Unable to decode query."}"#)

    package static func podNotFound(_ pod: String) -> NodeServerError {
        NodeServerError(.notFound, "pod \"\(pod)\" does not exist")
    }

    package static func containerNotFound(_ container: String, pod: String) -> NodeServerError {
        NodeServerError(.notFound, "container \"\(container)\" not found in pod \"\(pod)\"")
    }
}

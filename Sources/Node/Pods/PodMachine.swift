import KubeAPI
import Machinery

/// The life of one pod on this node as a state machine without I/O: inputs go in, `step` tells what to do.
///
/// The runtime's records and the API's object are the only memory; a machine made anew from them goes on where the
/// last one stopped.
package struct PodMachine: Sendable {
    /// Why a pod is brought down.
    package enum Cause: Hashable, Sendable {
        case deleted
        /// Every container has ended and none will be started again.
        case completed
        /// The node gives up on the pod: it fails with this reason.
        case failed(reason: String, message: String)
    }

    package enum Lifecycle: Hashable, Sendable {
        /// Containers are kept as the specification wants them.
        case active
        /// Containers are asked to end, the sandbox after them.
        case terminating(Cause, graceSeconds: Int64)
        /// Nothing runs any more.
        case terminated(Cause)
        /// The API has forgotten the pod; its remains are being removed.
        case leaving
        case gone
    }

    /// Why a container does not run.
    package struct Waiting: Hashable, Sendable {
        package var reason: String
        package var message: String
        /// No attempt before this moment.
        package var retryAt: Timestamp?
    }

    package struct ProbeState: Hashable, Sendable {
        package var started = false
        package var ready: Bool?
        package var failing: ProbeKind?
        package var failingGraceSeconds: Int64?
    }

    package enum Volumes: Hashable, Sendable {
        case unprepared(retryAt: Timestamp?)
        case ready
    }

    package internal(set) var pod: Pod
    package internal(set) var lifecycle: Lifecycle = .active
    /// Newest first.
    package internal(set) var sandboxes: [SandboxRecord] = []
    /// By container name, newest first.
    package internal(set) var containers: [String: [ContainerRecord]] = [:]
    package internal(set) var waiting: [String: Waiting] = [:]
    package internal(set) var probes: [String: ProbeState] = [:]
    package internal(set) var inFlight: Set<PodOperation> = []
    package internal(set) var volumes: Volumes = .unprepared(retryAt: nil)
    /// When the node first saw the pod.
    package let startTime: Timestamp
    /// Set once the status with every container's end is written.
    package internal(set) var finalStatusIsWritten = false
    var backoff = CrashBackoff()
    /// By container name, the ended container after which a start was tried.
    var restartedAfter: [String: String] = [:]
    var sandboxRetryAt: Timestamp?
    /// Sandboxes that were stopped as a whole, their network given back: more than that their process has ended.
    var stoppedSandboxes: Set<String> = []
    var finalizeRetryAt: Timestamp?
    var pulls: Set<String> = []
    /// The grace with which containers are being stopped.
    var stopGrace: [String: Int64] = [:]
    var isGoneFromAPI = false
    var terminationStart: Timestamp?

    package init(
        pod: Pod, sandboxes: [SandboxRecord] = [], containers: [ContainerRecord] = [], now: Timestamp
    ) {
        self.pod = pod
        startTime = pod.status.startTime ?? now.inSeconds
        self.sandboxes = sandboxes.sorted { $0.createdAt > $1.createdAt }
        for record in containers { insert(record) }
        restoreProbes()
        for (name, records) in self.containers {
            guard let newest = records.first else { continue }
            backoff.restore(name, restartCount: newest.restartCount, startedAt: newest.startedAt)
        }
        if pod.hasTerminalPhase { lifecycle = .terminating(.completed, graceSeconds: pod.gracePeriodSeconds) }
    }

    /// The pod that the node refused.
    package mutating func reject(reason: String, message: String) {
        guard case .active = lifecycle else { return }
        lifecycle = .terminating(.failed(reason: reason, message: message), graceSeconds: 0)
    }

    /// What a pod's status gives as the reason of its eviction.
    static let evictionReason = "Evicted"
    /// How long containers get to end when the node runs dry: hardly any time, as what they hold is needed.
    private static let evictionGrace: Int64 = 1

    /// The pod that has to make room.
    mutating func evict(message: String) {
        guard case .active = lifecycle else { return }
        lifecycle = .terminating(
            .failed(reason: Self.evictionReason, message: message), graceSeconds: Self.evictionGrace)
    }

    package func newest(_ name: String) -> ContainerRecord? { containers[name]?.first }

    /// The sandbox that containers live in; `nil` when there is none that can be used.
    package var currentSandbox: SandboxRecord? {
        guard let newest = sandboxes.first, newest.isReady, newest.usesHostNetwork == pod.usesHostNetwork,
            pod.usesHostNetwork || !newest.addresses.isEmpty
        else { return nil }
        return newest
    }

    package var isGone: Bool { lifecycle == .gone }

    /// Whether anything of the pod may still run.
    var hasLiveContainers: Bool {
        containers.values.contains { $0.contains { $0.state == .running || $0.state == .created } }
    }

    mutating func insert(_ record: ContainerRecord) {
        var records = containers[record.name] ?? []
        if let index = records.firstIndex(where: { $0.id == record.id }) {
            records[index] = record
        } else {
            records.append(record)
            records.sort { ($0.restartCount, $0.createdAt) > ($1.restartCount, $1.createdAt) }
        }
        containers[record.name] = records
    }

    /// After the agent's own restart containers stay as ready as the API last said.
    private mutating func restoreProbes() {
        let statuses = pod.status.initContainerStatuses + pod.status.containerStatuses
        for status in statuses {
            guard let record = newest(status.name), record.isRunning,
                status.containerID?.hasSuffix("://" + record.id) == true
            else { continue }
            probes[record.id] = ProbeState(started: status.started ?? false, ready: status.ready)
        }
    }
}

import KubeAPI
import Machinery

/// A pod's row in a Table.
struct PodCells {
    static let columns = [
        TableColumn.name,
        TableColumn("Ready", description: "Containers that are ready, of all."),
        TableColumn("Status", description: "The state of the pod as a whole."),
        TableColumn("Restarts", description: "How often its containers were restarted, and when last."),
        TableColumn.age,
        TableColumn("IP", description: "The pod's address.", priority: 1),
        TableColumn("Node", description: "The node it runs on.", priority: 1),
        TableColumn("Nominated Node", description: "The node on which room is being made for it.", priority: 1),
        TableColumn("Readiness Gates", description: "Conditions that hold, of those it waits for.", priority: 1),
    ]

    private let pod: Pod
    private let status: PodStatus
    private let now: Timestamp
    private var ready = 0
    private var total: Int
    private var restarts: Int64 = 0
    private var lastRestart: Timestamp?
    private var reason: String

    init(_ pod: Pod, now: Timestamp) {
        self.pod = pod
        self.now = now
        status = pod.status
        total = pod.spec.containers.count
        reason = status.phase ?? ""
        if let given = status.reason, !given.isEmpty { reason = given }
        if status.conditions.contains(where: { $0.type == "PodScheduled" && $0.reason == "SchedulingGated" }) {
            reason = "SchedulingGated"
        }
        readContainers()
        if pod.isBeingDeleted {
            if status.reason == "NodeLost" {
                reason = "Unknown"
            } else if status.phase != "Failed", status.phase != "Succeeded" {
                reason = "Terminating"
            }
        }
    }

    var cells: [JSON] {
        var restartText = "\(restarts)"
        if restarts != 0, let lastRestart {
            restartText += " (\(TableCell.humanDuration(now.seconds - lastRestart.seconds)) ago)"
        }
        return [
            .string(pod.name), .string("\(ready)/\(total)"), .string(reason), .string(restartText),
            TableCell.age(pod.metadata.creationTimestamp, now: now),
            TableCell.text(status.podIPs.first?.ip ?? status.podIP), TableCell.text(pod.spec.nodeName),
            TableCell.text(status.nominatedNodeName), .string(readinessGates),
        ]
    }

    private var readinessGates: String {
        let gates = pod.spec.readinessGates
        if gates.isEmpty { return "<none>" }
        let held = gates.filter { gate in
            status.conditions.contains { $0.type == gate.conditionType && $0.status == "True" }
        }
        return "\(held.count)/\(gates.count)"
    }

    private mutating func readContainers() {
        let sidecars = Set(pod.spec.initContainers.filter { $0.restartPolicy == "Always" }.map(\.name))
        total += sidecars.count
        var sidecarRestarts = Counter()
        let isInitializing = readInitContainers(sidecars: sidecars, sidecarRestarts: &sidecarRestarts)
        let isInitialized = status.conditions.contains { $0.type == "Initialized" && $0.status == "True" }
        guard !isInitializing || isInitialized else { return }
        restarts = sidecarRestarts.restarts
        lastRestart = sidecarRestarts.last
        readMainContainers()
    }

    private struct Counter {
        var restarts: Int64 = 0
        var last: Timestamp?
    }

    /// Tells whether init containers are still to finish.
    private mutating func readInitContainers(sidecars: Set<String>, sidecarRestarts: inout Counter) -> Bool {
        for (index, container) in status.initContainerStatuses.enumerated() {
            count(container)
            let isSidecar = sidecars.contains(container.name)
            if isSidecar {
                sidecarRestarts.restarts += Int64(container.restartCount)
                sidecarRestarts.last = later(sidecarRestarts.last, container.lastState?.terminated?.finishedAt)
            }
            let state = container.state
            if let ended = state?.terminated, ended.exitCode == 0 { continue }
            if isSidecar, container.started == true {
                if container.ready { ready += 1 }
                continue
            }
            if let ended = state?.terminated {
                reason = "Init:" + Self.reason(of: ended)
            } else if let waiting = state?.waiting?.reason, !waiting.isEmpty, waiting != "PodInitializing" {
                reason = "Init:" + waiting
            } else {
                reason = "Init:\(index)/\(pod.spec.initContainers.count)"
            }
            return true
        }
        return false
    }

    private mutating func readMainContainers() {
        var hasRunning = false
        for container in status.containerStatuses.reversed() {
            count(container)
            let state = container.state
            if let waiting = state?.waiting?.reason, !waiting.isEmpty {
                reason = waiting
            } else if let ended = state?.terminated {
                reason = Self.reason(of: ended)
            } else if container.ready, state?.running != nil {
                hasRunning = true
                ready += 1
            }
        }
        if reason == "Completed", hasRunning {
            let isReady = status.conditions.contains { $0.type == "Ready" && $0.status == "True" }
            reason = isReady ? "Running" : "NotReady"
        }
    }

    private mutating func count(_ container: ContainerStatus) {
        restarts += Int64(container.restartCount)
        lastRestart = later(lastRestart, container.lastState?.terminated?.finishedAt)
    }

    private func later(_ left: Timestamp?, _ right: Timestamp?) -> Timestamp? {
        guard let left, let right else { return left ?? right }
        return left < right ? right : left
    }

    private static func reason(of ended: ContainerStateTerminated) -> String {
        if let reason = ended.reason, !reason.isEmpty { return reason }
        if let signal = ended.signal, signal != 0 { return "Signal:\(signal)" }
        return "ExitCode:\(ended.exitCode)"
    }
}

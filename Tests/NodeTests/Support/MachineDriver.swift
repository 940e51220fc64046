import KubeAPI
import Machinery
import Node

/// Drives a pod's machine by hand: time stands still until a test moves it, and operations end when a test says so.
struct MachineDriver {
    var machine: PodMachine
    var now = noon
    private(set) var actions: [PodAction] = []
    private var number = 0

    init(_ pod: Pod, sandboxes: [SandboxRecord] = [], containers: [ContainerRecord] = []) {
        machine = PodMachine(pod: pod, sandboxes: sandboxes, containers: containers, now: noon)
    }

    /// Lets the machine decide; what it wants is in `actions`.
    @discardableResult
    mutating func step() -> [PodAction] {
        actions = machine.step(now: now)
        return actions
    }

    @discardableResult
    mutating func apply(_ inputs: PodInput...) -> [PodAction] {
        for input in inputs { machine.apply(input, now: now) }
        return step()
    }

    /// Brings the pod to where its first container is to be started.
    @discardableResult
    mutating func prepare() -> [PodAction] {
        step()
        return apply(.volumesPrepared, .sandbox(Records.sandbox("s-1")), .finished(.createSandbox))
    }

    /// Has the start of a container succeed; the record's id is returned.
    @discardableResult
    mutating func run(_ name: String, restartCount: Int32 = 0) -> String {
        number += 1
        let id = "id-\(number)-\(name)"
        apply(
            .container(Records.container(id, name: name, restartCount: restartCount, startedAt: now)),
            .finished(.start(container: name)))
        return id
    }

    /// Has a running container end.
    @discardableResult
    mutating func end(_ id: String, name: String, code: Int32, restartCount: Int32 = 0) -> [PodAction] {
        var record = Records.container(id, name: name, restartCount: restartCount, startedAt: now)
        record.state = .exited
        record.exitCode = code
        record.finishedAt = now
        return apply(.container(record), .finished(.stop(containerID: id)))
    }

    /// The containers that are to be started.
    var starts: [String] {
        actions.compactMap { if case .start(let name, _, _, _) = $0 { name } else { nil } }
    }

    var stops: [String] {
        actions.compactMap { if case .stop(let order) = $0 { order.name } else { nil } }
    }

    var wakes: [Duration] {
        actions.compactMap { if case .wake(let after) = $0 { after } else { nil } }
    }

    func status() -> PodStatus {
        PodStatusBuilder(hostAddresses: ["192.0.2.10"], runtimeName: "containerd")
            .status(of: machine, previous: machine.pod.status, now: now)
    }
}

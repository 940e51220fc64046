import KubeAPI
import Machinery

/// Where the time went between a pod's creation and its being ready.
package struct StartupTimes: Hashable, Sendable {
    /// From its creation until a node was found. The API has whole seconds for it.
    package var queue: Duration
    /// While images were on their way.
    package var pull: Duration
    /// What else the node did before its last container started: network, volumes, init containers.
    package var prepare: Duration
    /// From then on until startup probes had passed; until it was ready where it has none.
    package var load: Duration
    /// From then on until it was ready.
    package var warm: Duration

    package init(queue: Duration, pull: Duration, prepare: Duration, load: Duration, warm: Duration) {
        self.queue = queue
        self.pull = pull
        self.prepare = prepare
        self.load = load
        self.warm = warm
    }

    package var phases: [(name: String, time: Duration)] {
        [("queue", queue), ("pull", pull), ("prepare", prepare), ("load", load), ("warm", warm)]
    }

    /// As users read it in an event.
    package var text: String {
        let total = phases.reduce(Duration.zero) { $0 + $1.time }
        return "Ready \(Self.text(total)) after its creation: "
            + phases.map { "\($0.name) \(Self.text($0.time))" }.joined(separator: ", ")
    }

    private static func text(_ time: Duration) -> String {
        let milliseconds = time.components.seconds * 1000 + time.components.attoseconds / 1_000_000_000_000_000
        return "\(milliseconds / 1000).\(milliseconds % 1000 / 100)s"
    }
}

/// Watches one pod come up. A pod that ran before the agent looked is not measured.
package struct PodStartup: Sendable {
    private var isOver: Bool
    private var pullingSince: Timestamp?
    private var pull: Duration = .zero
    private var loadedAt: Timestamp?

    package init(_ machine: PodMachine) {
        isOver = !machine.containers.isEmpty || machine.lifecycle != .active
    }

    /// Takes how the pod is now. Gives the times once, when it is ready for the first time.
    package mutating func observe(_ machine: PodMachine, now: Timestamp) -> StartupTimes? {
        guard !isOver else { return nil }
        guard machine.lifecycle == .active else {
            isOver = true
            return nil
        }
        if machine.pulls.isEmpty {
            if let since = pullingSince { pull += max(now.since(since), .zero) }
            pullingSince = nil
        } else {
            pullingSince = pullingSince ?? now
        }
        let containers = machine.pod.spec.containers
        let records = containers.compactMap { container in machine.newest(container.name).map { (container, $0) } }
        guard records.count == containers.count, let startedAt = records.map(\.1.startedAt).max() else { return nil }
        guard records.allSatisfy({ machine.isStarted($0.1, $0.0) }) else { return nil }
        let hasStartup = containers.contains { $0.startupProbe != nil }
        if hasStartup { loadedAt = loadedAt ?? now }
        guard records.allSatisfy({ machine.isReady($0.1, $0.0) }) else { return nil }
        isOver = true
        return times(machine.pod, startedAt: startedAt, readyAt: now)
    }

    private func times(_ pod: Pod, startedAt: Timestamp, readyAt: Timestamp) -> StartupTimes? {
        guard let created = pod.metadata.creationTimestamp else { return nil }
        let scheduled = pod.status.conditions.first { $0.type == "PodScheduled" && $0.status == "True" }
        let queued = max((scheduled?.lastTransitionTime ?? created).since(created), .zero)
        let loaded = max(loadedAt ?? readyAt, startedAt)
        let before = max(startedAt.since(created) - queued, .zero)
        return StartupTimes(
            queue: queued, pull: min(pull, before), prepare: before - min(pull, before),
            load: loaded.since(startedAt), warm: max(readyAt.since(loaded), .zero))
    }
}

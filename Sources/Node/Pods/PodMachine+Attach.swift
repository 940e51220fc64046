import KubeAPI
import Machinery

extension PodMachine {
    /// How long a container that waits for one client's input may run before the API hears of it.
    ///
    /// `kubectl run -i` attaches as soon as it sees its pod run. What a command said before that is in the log only, and
    /// kubectl asks for the log only when it finds the pod ended. The usual node agent looks once a second and so never
    /// tells of such a moment; here an end within this time is told instead of the start. A terminal is for people, who
    /// talk to what lasts.
    private static let unheardOf = Duration.milliseconds(500)
    private static let unheardOfOnTerminal = Duration.milliseconds(200)

    /// How long the status is to wait; `nil` when it may be told.
    ///
    /// - Parameter told: the status the API has.
    package func statusDelay(told: PodStatus, now: Timestamp) -> Duration? {
        guard lifecycle == .active else { return nil }
        return pod.spec.containers.compactMap { container -> Duration? in
            guard container.stdin == true, container.stdinOnce == true, let record = newest(container.name),
                record.isRunning,
                told.containerStatuses.first(where: { $0.name == container.name })?.state?.running == nil
            else { return nil }
            let limit = container.tty == true ? Self.unheardOfOnTerminal : Self.unheardOf
            let age = now.since(record.startedAt)
            // A start in the future is another clock's; it is not waited for.
            return age >= .zero && age < limit ? limit - age : nil
        }.max()
    }
}

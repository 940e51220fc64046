import Client
import KubeAPI
import Machinery

/// The `leaderElection` part of a scheduler's configuration, with kube-scheduler's defaults.
package struct LeaderElection: Sendable {
    package var isOn = true
    package var lease = ObjectKey(namespace: "kube-system", name: "kube-scheduler")
    package var timing = LeaderElectionTiming()

    init() {}

    init(_ object: JSONObject) throws(SchedulerConfigurationError) {
        isOn = object.bool("leaderElect") ?? true
        guard isOn else { return }
        let lock = object.string("resourceLock") ?? "leases"
        guard lock == "leases" else {
            throw SchedulerConfigurationError(
                "leaderElection.resourceLock: Invalid value: \"\(lock)\": resourceLock value must be \"leases\"")
        }
        lease = ObjectKey(
            namespace: object.string("resourceNamespace") ?? "kube-system",
            name: object.string("resourceName") ?? "kube-scheduler")
        let duration = try Self.duration(object, "leaseDuration") ?? .seconds(15)
        let deadline = try Self.duration(object, "renewDeadline") ?? .seconds(10)
        let retry = try Self.duration(object, "retryPeriod") ?? .seconds(2)
        guard duration > deadline else {
            throw SchedulerConfigurationError(
                "leaderElection.leaseDuration: Invalid value: LeaseDuration must be greater than RenewDeadline")
        }
        guard deadline > retry, retry > .zero else {
            throw SchedulerConfigurationError(
                "leaderElection.renewDeadline: Invalid value: RenewDeadline must be greater than RetryPeriod")
        }
        timing = LeaderElectionTiming(leaseDuration: duration, renewDeadline: deadline, retryPeriod: retry)
    }

    private static func duration(
        _ object: JSONObject, _ key: String
    ) throws(SchedulerConfigurationError) -> Duration? {
        guard let text = object.string(key) else { return nil }
        do {
            return try GoDuration(parsing: text).duration
        } catch {
            throw SchedulerConfigurationError("leaderElection.\(key): Invalid value: \"\(text)\": \(error)")
        }
    }
}

import KubeAPI
import Machinery

/// Sets Deployment conditions with the times Kubernetes gives them.
enum ProgressConditions {
    struct Setting: Hashable, Sendable {
        let type: String
        let status: String
        let reason: String
        let message: String

        init(type: String, status: Bool?, reason: String, message: String) {
            self.type = type
            self.status = status.map { $0 ? "True" : "False" } ?? "Unknown"
            self.reason = reason
            self.message = message
        }
    }

    /// The conditions with one set; unchanged when its status and reason are what they were.
    ///
    /// The condition goes to the end, as if it were new; the time of transition stays while the status does.
    static func setting(
        _ setting: Setting, in present: [DeploymentCondition], now: Timestamp
    ) -> [DeploymentCondition] {
        let known = present.first { $0.type == setting.type }
        if let known, known.status == setting.status, known.reason == setting.reason { return present }
        return removing(setting.type, from: present) + [condition(setting, known, now: now)]
    }

    /// The same, but renews the time of update even if nothing else changed: progress was made.
    static func renewing(
        _ setting: Setting, in present: [DeploymentCondition], now: Timestamp
    ) -> [DeploymentCondition] {
        let known = present.first { $0.type == setting.type }
        return removing(setting.type, from: present) + [condition(setting, known, now: now)]
    }

    static func removing(_ type: String, from present: [DeploymentCondition]) -> [DeploymentCondition] {
        present.filter { $0.type != type }
    }

    private static func condition(
        _ setting: Setting, _ known: DeploymentCondition?, now: Timestamp
    ) -> DeploymentCondition {
        var condition = DeploymentCondition()
        condition.type = setting.type
        condition.status = setting.status
        condition.reason = setting.reason
        condition.message = setting.message
        condition.lastUpdateTime = now
        condition.lastTransitionTime = known?.status == setting.status ? known?.lastTransitionTime ?? now : now
        return condition
    }
}

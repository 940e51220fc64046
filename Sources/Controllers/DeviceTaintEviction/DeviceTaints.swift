import KubeAPI
import Machinery

/// When the taints of a device drive away those who use it.
enum DeviceTaints {
    /// One allocated device and the taints it has.
    struct Tainted {
        let result: DeviceRequestAllocationResult
        let taints: [DeviceTaint]
    }

    /// The moment when the first NoExecute taint is tolerated no more; `nil` when all of them are for good.
    static func evictionTime(_ devices: [Tainted], now: Timestamp) -> Timestamp? {
        devices.flatMap { device in
            device.taints.compactMap { evictionTime($0, device.result.tolerations, now: now) }
        }.min()
    }

    private static func evictionTime(
        _ taint: DeviceTaint, _ tolerations: [DeviceToleration], now: Timestamp
    ) -> Timestamp? {
        guard taint.effect == "NoExecute" else { return nil }
        let since = taint.timeAdded ?? now
        let matching = tolerations.filter { $0.tolerates(taint) }
        guard !matching.isEmpty else { return since }
        // As upstream: whoever tolerates a taint without end tolerates it whatever else is said.
        guard matching.allSatisfy({ $0.tolerationSeconds != nil }) else { return nil }
        let seconds = matching.compactMap(\.tolerationSeconds).min() ?? 0
        return since + .seconds(max(seconds, 0))
    }
}

extension DeviceToleration {
    /// An empty key or effect stands for every one.
    func tolerates(_ taint: DeviceTaint) -> Bool {
        if let effect, !effect.isEmpty, effect != taint.effect { return false }
        if let key, !key.isEmpty, key != taint.key { return false }
        switch self.operator ?? "Equal" {
        case "Exists": return true
        case "Equal", "": return (value ?? "") == (taint.value ?? "")
        default: return false
        }
    }
}

extension DeviceTaintSelector {
    /// What a selector does not name, it leaves open.
    func matches(_ result: DeviceRequestAllocationResult) -> Bool {
        (driver == nil || driver == result.driver) && (pool == nil || pool == result.pool)
            && (device == nil || device == result.device)
    }
}

import KubeAPI
import Machinery

/// Names and readings of StatefulSets and their pods.
enum StatefulSetNames {
    static let podName = "statefulset.kubernetes.io/pod-name"
    static let podIndex = "apps.kubernetes.io/pod-index"
    /// On pods the name of the ControllerRevision they were made from.
    static let revision = "controller-revision-hash"
}

extension StatefulSet: SelectingOwner {
    var replicas: Int { Int(spec.replicas ?? 1) }
    var startOrdinal: Int { Int(spec.ordinals?.start ?? 0) }
    /// The ordinals that are to have a pod.
    var ordinals: Range<Int> { startOrdinal..<(startOrdinal + max(replicas, 0)) }
    /// Pods come and go one after the other, each waiting for those before it.
    var isOrdered: Bool { spec.podManagementPolicy != "Parallel" }
    var updatesByRolling: Bool { spec.updateStrategy?.type != "OnDelete" }
    var minReadySeconds: Int32 { spec.minReadySeconds ?? 0 }
    /// How many of the first pods an update leaves alone.
    var partition: Int { Int(spec.updateStrategy?.rollingUpdate?.partition ?? 0) }

    func podName(_ ordinal: Int) -> String { "\(name)-\(ordinal)" }

    func claimName(_ template: PersistentVolumeClaim, _ ordinal: Int) -> String {
        "\(template.name)-\(name)-\(ordinal)"
    }

    /// The ordinal that a pod's name gives it in this set; `nil` for pods that can be none of its.
    func ordinal(of pod: Pod) -> Int? {
        let name = pod.name
        guard let dash = name.lastIndex(of: "-"), name[..<dash] == self.name,
            let ordinal = Int32(name[name.index(after: dash)...]), ordinal >= 0, podName(Int(ordinal)) == name
        else { return nil }
        return Int(ordinal)
    }

    func childSelector() throws -> Selector { try Selector(labelSelector: spec.selector.json) }

    /// How many pods may be away during an update, at least one.
    func maxUnavailable() throws(IntOrStringError) -> Int {
        let share = spec.updateStrategy?.rollingUpdate?.maxUnavailable ?? 1
        return max(try share.scaled(total: replicas, roundUp: false), 1)
    }
}

extension Pod {
    /// The name of the revision it was made from.
    var revisionName: String {
        json["metadata"]?["labels"]?[StatefulSetNames.revision]?.stringValue ?? ""
    }
}

/// The plugins there are, in kube-scheduler's default order; their names are part of its configuration and of the
/// texts that tell why a pod waits.
package enum PluginName: UInt32, CaseIterable, Sendable {
    case schedulingGates
    case prioritySort
    case nodeUnschedulable
    case nodeName
    case taintToleration
    case nodeAffinity
    case nodePorts
    case nodeResourcesFit
    case volumeRestrictions
    case nodeVolumeLimits
    case volumeBinding
    case volumeZone
    case podTopologySpread
    case interPodAffinity
    case dynamicResources
    case defaultPreemption
    case nodeResourcesBalancedAllocation
    case imageLocality
    case defaultBinder
    case nodeDeclaredFeatures
    case gangScheduling
    /// Not a plugin: stands for the webhooks among those that refused a pod.
    case extender

    private static let texts = [
        "SchedulingGates",
        "PrioritySort",
        "NodeUnschedulable",
        "NodeName",
        "TaintToleration",
        "NodeAffinity",
        "NodePorts",
        "NodeResourcesFit",
        "VolumeRestrictions",
        "NodeVolumeLimits",
        "VolumeBinding",
        "VolumeZone",
        "PodTopologySpread",
        "InterPodAffinity",
        "DynamicResources",
        "DefaultPreemption",
        "NodeResourcesBalancedAllocation",
        "ImageLocality",
        "DefaultBinder",
        "NodeDeclaredFeatures",
        "GangScheduling",
        "Extender",
    ]

    package init?(_ text: String) {
        guard let index = Self.texts.firstIndex(of: text) else { return nil }
        self.init(rawValue: UInt32(index))
    }

    package var text: String { Self.texts[Int(rawValue)] }

    /// The weight of its score where the configuration gives none.
    package var defaultWeight: Int64 {
        switch self {
        case .taintToleration: 3
        case .nodeAffinity, .podTopologySpread, .interPodAffinity, .dynamicResources: 2
        default: 1
        }
    }
}

/// A set of plugins, as a word.
package struct PluginSet: OptionSet, Hashable, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    package init(_ name: PluginName) {
        rawValue = 1 << name.rawValue
    }

    package var names: [PluginName] { PluginName.allCases.filter { contains(PluginSet($0)) } }
}

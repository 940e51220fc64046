import KubeAPI
import Machinery

/// The plugins there are, made from their arguments.
enum PluginRegistry {
    /// What a profile has without being told, in order.
    static let multiPoint = PluginName.allCases.filter { $0 != .extender }

    static let standard: [PluginName: any Plugin] = [
        .schedulingGates: SchedulingGates(), .prioritySort: PrioritySort(), .nodeUnschedulable: NodeUnschedulable(),
        .nodeName: NodeName(), .taintToleration: TaintToleration(), .nodeAffinity: NodeAffinityPlugin(),
        .nodePorts: NodePorts(), .nodeResourcesFit: NodeResourcesFit(), .volumeRestrictions: VolumeRestrictions(),
        .nodeVolumeLimits: NodeVolumeLimits(), .volumeBinding: VolumeBinding(), .volumeZone: VolumeZone(),
        .podTopologySpread: PodTopologySpread(), .interPodAffinity: InterPodAffinity(),
        .dynamicResources: DynamicResources(),
        .defaultPreemption: DefaultPreemption(), .nodeResourcesBalancedAllocation: BalancedAllocation(),
        .imageLocality: ImageLocality(), .defaultBinder: DefaultBinder(),
        .nodeDeclaredFeatures: NodeDeclaredFeatures(), .gangScheduling: GangScheduling(),
    ]

    /// The plugin with the arguments of a configuration.
    static func make(
        _ name: PluginName, _ arguments: JSONObject, at path: String
    ) throws(SchedulerConfigurationError) -> (any Plugin)? {
        switch name {
        case .nodeAffinity:
            var plugin = NodeAffinityPlugin()
            if let affinity: NodeAffinity = arguments.view("addedAffinity") {
                plugin.added = NodeRequirement(affinity: affinity)
            }
            return plugin
        case .nodeResourcesFit: return try fit(arguments, at: path)
        case .nodeResourcesBalancedAllocation:
            var plugin = BalancedAllocation()
            if arguments.contains("resources") { plugin.resources = try resources(arguments, at: path) }
            return plugin
        case .interPodAffinity:
            var plugin = InterPodAffinity()
            if let weight = arguments.int64("hardPodAffinityWeight") {
                guard (0...100).contains(weight) else {
                    throw SchedulerConfigurationError(
                        "\(path).hardPodAffinityWeight: Invalid value: \(weight): not in valid range [0-100]")
                }
                plugin.hardWeight = weight
            }
            plugin.ignoresPreferencesOfOthers = arguments.bool("ignorePreferredTermsOfExistingPods") ?? false
            return plugin
        case .podTopologySpread: return try spread(arguments, at: path)
        case .defaultPreemption:
            var plugin = DefaultPreemption()
            if let percentage = arguments.int64("minCandidateNodesPercentage") {
                guard (0...100).contains(percentage) else {
                    throw SchedulerConfigurationError(
                        "\(path).minCandidateNodesPercentage: Invalid value: \(percentage): not in valid range [0, 100]"
                    )
                }
                plugin.minimumCandidatePercentage = Int(percentage)
            }
            if let count = arguments.int64("minCandidateNodesAbsolute") {
                guard count >= 0 else {
                    throw SchedulerConfigurationError(
                        "\(path).minCandidateNodesAbsolute: Invalid value: \(count): not in valid range [0, inf)")
                }
                plugin.minimumCandidates = Int(count)
            }
            return plugin
        case .volumeBinding:
            var plugin = VolumeBinding()
            if let seconds = arguments.int64("bindTimeoutSeconds") { plugin.bindTimeout = .seconds(seconds) }
            return plugin
        case .dynamicResources:
            var plugin = DynamicResources()
            guard let text = arguments.string("bindingTimeout") else { return plugin }
            guard let timeout = try? GoDuration(parsing: text).duration, timeout >= .seconds(1) else {
                throw SchedulerConfigurationError(
                    "\(path).bindingTimeout: Invalid value: \"\(text)\": must be at least 1 second")
            }
            plugin.bindingTimeout = timeout
            return plugin
        default: return standard[name]
        }
    }

    private static func fit(
        _ arguments: JSONObject, at path: String
    ) throws(SchedulerConfigurationError) -> NodeResourcesFit {
        var plugin = NodeResourcesFit()
        plugin.ignored = Set(arguments.strings("ignoredResources"))
        plugin.ignoredGroups = Set(arguments.strings("ignoredResourceGroups"))
        guard let strategy = arguments["scoringStrategy"]?.objectValue else { return plugin }
        let path = path + ".scoringStrategy"
        let resources =
            strategy.contains("resources") ? try resources(strategy, at: path) : WeightedResource.standard
        switch strategy.string("type") ?? "LeastAllocated" {
        case "LeastAllocated": plugin.strategy = .leastAllocated(resources)
        case "MostAllocated": plugin.strategy = .mostAllocated(resources)
        case "RequestedToCapacityRatio":
            let points = (strategy["requestedToCapacityRatio"]?.objectValue ?? JSONObject()).values("shape")
                .compactMap(\.objectValue).map { point in
                    UtilizationShape.Point(
                        utilization: point.int64("utilization") ?? 0, score: (point.int64("score") ?? 0) * 10)
                }
            guard let shape = UtilizationShape(points),
                points.allSatisfy({ (0...100).contains($0.utilization) && (0...100).contains($0.score) })
            else {
                throw SchedulerConfigurationError(
                    "\(path).requestedToCapacityRatio.shape: Invalid value: points must rise in utilization from 0 to 100 with scores from 0 to 10"
                )
            }
            plugin.strategy = .requestedToCapacityRatio(resources, shape: shape)
        case let other:
            throw SchedulerConfigurationError(
                "\(path).type: Unsupported value: \"\(other)\": supported values: \"LeastAllocated\", \"MostAllocated\", \"RequestedToCapacityRatio\""
            )
        }
        return plugin
    }

    private static func resources(
        _ object: JSONObject, at path: String
    ) throws(SchedulerConfigurationError) -> [WeightedResource] {
        var resources: [WeightedResource] = []
        for (index, entry) in object.values("resources").enumerated() {
            let entry = entry.objectValue ?? JSONObject()
            let weight = entry.int64("weight") ?? 1
            guard (1...100).contains(weight) else {
                throw SchedulerConfigurationError(
                    "\(path).resources[\(index)].weight: Invalid value: \(weight): resource weight of \(entry.string("name") ?? "") not in valid range [1-100]"
                )
            }
            resources.append(WeightedResource(entry.string("name") ?? "", weight: weight))
        }
        return resources
    }

    private static func spread(
        _ arguments: JSONObject, at path: String
    ) throws(SchedulerConfigurationError) -> PodTopologySpread {
        var plugin = PodTopologySpread()
        let type = arguments.string("defaultingType") ?? "System"
        let constraints: [TopologySpreadConstraint] = arguments.views("defaultConstraints")
        switch type {
        case "System":
            guard constraints.isEmpty else {
                throw SchedulerConfigurationError(
                    "\(path).defaultingType: Invalid value: \"System\": when .defaultConstraints are not empty")
            }
        case "List":
            plugin.usesSystemDefaults = false
            plugin.defaults = constraints.map { SpreadConstraint($0) }
        default:
            throw SchedulerConfigurationError(
                "\(path).defaultingType: Unsupported value: \"\(type)\": supported values: \"System\", \"List\"")
        }
        return plugin
    }
}

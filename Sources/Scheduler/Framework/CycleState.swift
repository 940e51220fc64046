/// What plugins hand from one extension point to the next within one pod's cycle.
package struct CycleState: Sendable {
    package var nodeRequirement: CompiledNodeRequirement?
    package var enforcedNodeRequirement: CompiledNodeRequirement?
    package var nodePreferences: [NodeAffinityPreference] = []
    package var softTolerations: [PodToleration] = []
    package var spreading: SpreadFilterState?
    package var spreadScores: SpreadScoreState?
    package var podAffinity: PodAffinityFilterState?
    package var podAffinityScores: [TopologyScores] = []
    package var volumes: VolumeDecision?
    package var volumeZones: [VolumeZoneTopology] = []
    /// Claims that only one pod may use, and how many others do.
    package var exclusiveClaims: [String] = []
    package var exclusiveClaimUsers = 0
    package var volumeLimits: VolumeLimitState?
    package var devices: DeviceDecision?
    /// Plugins whose PreFilter had nothing to look for.
    package var skippedFilters: PluginSet = []
    /// Whether the trial of a whole group is under way.
    package var isGroupTrial = false

    package init() {}
}

/// Numbers per value of a node label.
package struct TopologyScores: Sendable {
    let column: Int
    var scores: [Int64]
}

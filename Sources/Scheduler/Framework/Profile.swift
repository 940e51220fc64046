/// The plugins of a scheduler by extension point, as its configuration puts them.
package struct Profile: Sendable {
    package struct Scorer: Sendable {
        package let plugin: any ScorePlugin
        package let weight: Int64
    }

    package internal(set) var schedulerName: String
    /// Of all nodes that fit, how many are rated; 0 adapts to the size of the cluster.
    package internal(set) var percentageOfNodesToScore: Int
    package internal(set) var preEnqueue: [any PreEnqueuePlugin] = []
    package internal(set) var preFilter: [any PreFilterPlugin] = []
    package internal(set) var filter: [any FilterPlugin] = []
    package internal(set) var postFilter: [any PostFilterPlugin] = []
    package internal(set) var preScore: [any PreScorePlugin] = []
    package internal(set) var score: [Scorer] = []
    package internal(set) var reserve: [any ReservePlugin] = []
    package internal(set) var permit: [any PermitPlugin] = []
    package internal(set) var preBind: [any PreBindPlugin] = []
    package internal(set) var bind: [any BindPlugin] = []
    package internal(set) var postBind: [any PostBindPlugin] = []
    /// All plugins, once each.
    package internal(set) var plugins: [any Plugin] = []

    package init(schedulerName: String, percentageOfNodesToScore: Int = 0) {
        self.schedulerName = schedulerName
        self.percentageOfNodesToScore = percentageOfNodesToScore
    }

    /// What kube-scheduler does without a configuration.
    package static let standard = Profile(configuration: ProfileConfiguration())

    private static let minimumFeasibleNodes = 100
    private static let minimumPercentage = 5

    /// How many nodes that fit are enough to choose from.
    package func feasibleNodesToFind(of nodes: Int) -> Int {
        guard nodes >= Self.minimumFeasibleNodes else { return nodes }
        var percentage = percentageOfNodesToScore
        if percentage == 0 { percentage = max(50 - nodes / 125, Self.minimumPercentage) }
        return percentage >= 100 ? nodes : max(nodes * percentage / 100, Self.minimumFeasibleNodes)
    }

    /// The events after which a pod that was refused by these plugins may fit.
    func wakers(of refusers: PluginSet) -> ClusterEvents {
        // What an extender looks at, nobody knows.
        if refusers.contains(PluginSet(.extender)) { return ClusterEvents(rawValue: .max) }
        var events: ClusterEvents = []
        for plugin in plugins where refusers.contains(PluginSet(plugin.name)) { events.formUnion(plugin.events) }
        return events
    }

    /// Whether one of the plugins that refused the pod thinks that the change may help.
    func mayHelp(
        _ change: ClusterChange, _ pod: PodInfo, refusers: PluginSet, in cluster: borrowing ClusterState
    ) -> Bool {
        if refusers.contains(PluginSet(.extender)) { return true }
        for plugin in plugins
        where refusers.contains(PluginSet(plugin.name)) && !plugin.events.isDisjoint(with: change.events) {
            if plugin.mayHelp(change, pod, in: cluster) { return true }
        }
        return false
    }
}

/// Which plugins a profile has at which extension point, with their arguments worked in.
package struct ProfileConfiguration: Sendable {
    package enum ExtensionPoint: String, CaseIterable, Sendable {
        case preEnqueue, queueSort, preFilter, filter, postFilter, preScore, score, reserve, permit, preBind, bind
        case postBind
    }

    package struct Enabled: Sendable {
        package let plugin: PluginName
        /// 0 where the configuration says nothing.
        package let weight: Int64
    }

    package var schedulerName = Scheduler.name
    package var percentageOfNodesToScore = 0
    package var plugins: [PluginName: any Plugin]
    /// In order.
    package var enabled: [ExtensionPoint: [Enabled]]

    /// kube-scheduler's default.
    package init() {
        plugins = PluginRegistry.standard
        let all = PluginRegistry.multiPoint.map { Enabled(plugin: $0, weight: $0.defaultWeight) }
        enabled = Dictionary(uniqueKeysWithValues: ExtensionPoint.allCases.map { ($0, all) })
    }

    /// Leaves resources to extenders.
    mutating func leave(_ resources: Set<String>) {
        guard var fit = plugins[.nodeResourcesFit] as? NodeResourcesFit else { return }
        fit.ignored.formUnion(resources)
        plugins[.nodeResourcesFit] = fit
    }
}

extension Profile {
    package init(configuration: ProfileConfiguration) {
        self.init(
            schedulerName: configuration.schedulerName,
            percentageOfNodesToScore: configuration.percentageOfNodesToScore)
        func plugins<T>(_ point: ProfileConfiguration.ExtensionPoint, _: T.Type) -> [T] {
            (configuration.enabled[point] ?? []).compactMap { configuration.plugins[$0.plugin] as? T }
        }
        preEnqueue = plugins(.preEnqueue, (any PreEnqueuePlugin).self)
        preFilter = plugins(.preFilter, (any PreFilterPlugin).self)
        filter = plugins(.filter, (any FilterPlugin).self)
        postFilter = plugins(.postFilter, (any PostFilterPlugin).self)
        preScore = plugins(.preScore, (any PreScorePlugin).self)
        score = (configuration.enabled[.score] ?? []).compactMap { entry in
            guard let plugin = configuration.plugins[entry.plugin] as? any ScorePlugin else { return nil }
            return Scorer(plugin: plugin, weight: entry.weight == 0 ? 1 : entry.weight)
        }
        reserve = plugins(.reserve, (any ReservePlugin).self)
        permit = plugins(.permit, (any PermitPlugin).self)
        preBind = plugins(.preBind, (any PreBindPlugin).self)
        bind = plugins(.bind, (any BindPlugin).self)
        postBind = plugins(.postBind, (any PostBindPlugin).self)
        let used = Set(configuration.enabled.values.joined().map(\.plugin))
        self.plugins = PluginName.allCases.filter(used.contains).compactMap { configuration.plugins[$0] }
    }
}

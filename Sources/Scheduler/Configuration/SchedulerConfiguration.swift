import Machinery

/// Why a scheduler's configuration cannot be used.
package struct SchedulerConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// What `kubescheduler.config.k8s.io/v1` `KubeSchedulerConfiguration` says: profiles with their plugins, back-off and
/// how many nodes are rated; leader election and the kubeconfig for a scheduler that runs alone. What concerns serving
/// is not read.
package struct SchedulerConfiguration: Sendable {
    package var profiles: [Profile] = [.standard]
    package var initialBackoff = Duration.seconds(1)
    package var maximumBackoff = Duration.seconds(10)
    package var leaderElection = LeaderElection()
    package var extenders: [ExtenderSettings] = []
    /// The file that `clientConnection` names.
    package var kubeconfig: String?

    package init() {}

    /// Reads YAML or JSON.
    package init(text: String) throws(SchedulerConfigurationError) {
        let object: JSON
        do {
            object = try YAMLParser.parse(Array(text.utf8)).value
        } catch {
            throw SchedulerConfigurationError("\(error)")
        }
        guard let object = object.objectValue else { throw SchedulerConfigurationError("not an object") }
        try self.init(object)
    }

    package init(_ object: JSONObject) throws(SchedulerConfigurationError) {
        let version = object.string("apiVersion") ?? ""
        let kind = object.string("kind") ?? ""
        guard version == "kubescheduler.config.k8s.io/v1", kind == "KubeSchedulerConfiguration" else {
            throw SchedulerConfigurationError(
                "no kind \"\(kind)\" is registered for version \"\(version)\" of the scheduler's configuration")
        }
        extenders = try Self.extenders(object)
        initialBackoff = .seconds(object.int64("podInitialBackoffSeconds") ?? 1)
        maximumBackoff = .seconds(object.int64("podMaxBackoffSeconds") ?? 10)
        guard initialBackoff > .zero else {
            throw SchedulerConfigurationError("podInitialBackoffSeconds: Invalid value: must be greater than 0")
        }
        guard maximumBackoff >= initialBackoff else {
            throw SchedulerConfigurationError(
                "podMaxBackoffSeconds: Invalid value: must be greater than or equal to PodInitialBackoffSeconds")
        }
        leaderElection = try LeaderElection(object["leaderElection"]?.objectValue ?? JSONObject())
        kubeconfig = object["clientConnection"]?.objectValue?.string("kubeconfig").flatMap { $0.isEmpty ? nil : $0 }
        let percentage = try Self.percentage(object, "percentageOfNodesToScore") ?? 0
        let list = object.values("profiles").compactMap(\.objectValue)
        let unchecked = extenders.reduce(into: Set<String>()) { $0.formUnion($1.unchecked) }
        guard !list.isEmpty else {
            profiles[0].percentageOfNodesToScore = percentage
            if !unchecked.isEmpty {
                var configuration = ProfileConfiguration()
                configuration.percentageOfNodesToScore = percentage
                configuration.leave(unchecked)
                profiles = [Profile(configuration: configuration)]
            }
            return
        }
        profiles = []
        for (index, entry) in list.enumerated() {
            let path = "profiles[\(index)]"
            let reader = ProfileReader(path: path)
            var configuration = try reader.read(entry, isOnly: list.count == 1)
            configuration.percentageOfNodesToScore =
                try Self.percentage(entry, "percentageOfNodesToScore", at: path + ".") ?? percentage
            configuration.leave(unchecked)
            guard !profiles.contains(where: { $0.schedulerName == configuration.schedulerName }) else {
                throw SchedulerConfigurationError(
                    "\(path).schedulerName: Duplicate value: \"\(configuration.schedulerName)\"")
            }
            profiles.append(Profile(configuration: configuration))
        }
    }

    private static func extenders(_ object: JSONObject) throws(SchedulerConfigurationError) -> [ExtenderSettings] {
        var extenders: [ExtenderSettings] = []
        for (index, entry) in object.values("extenders").enumerated() {
            extenders.append(try ExtenderSettings(entry.objectValue ?? JSONObject(), at: "extenders[\(index)]"))
        }
        let binders = extenders.count { !$0.bindVerb.isEmpty }
        guard binders < 2 else {
            throw SchedulerConfigurationError(
                "extenders: Invalid value: found \(binders) extenders implementing bind: only one extender may implement bind"
            )
        }
        return extenders
    }

    private static func percentage(
        _ object: JSONObject, _ key: String, at path: String = ""
    ) throws(SchedulerConfigurationError) -> Int? {
        guard let value = object.int64(key) else { return nil }
        guard (0...100).contains(value) else {
            throw SchedulerConfigurationError("\(path)\(key): Invalid value: \(value): not in valid range [0-100]")
        }
        return Int(value)
    }
}

/// Reads one profile.
private struct ProfileReader {
    private struct PluginList {
        var enabled: [ProfileConfiguration.Enabled] = []
        var disabled: Set<String> = []
    }

    let path: String

    func read(_ object: JSONObject, isOnly: Bool) throws(SchedulerConfigurationError) -> ProfileConfiguration {
        var configuration = ProfileConfiguration()
        if let name = object.string("schedulerName") {
            configuration.schedulerName = name
        } else if !isOnly {
            throw SchedulerConfigurationError("\(path).schedulerName: Required value")
        }
        try arguments(object, &configuration)
        let plugins = object["plugins"]?.objectValue ?? JSONObject()
        let multiPoint = merge(
            PluginRegistry.multiPoint.map { .init(plugin: $0, weight: $0.defaultWeight) },
            try list(plugins, "multiPoint"))
        for point in ProfileConfiguration.ExtensionPoint.allCases {
            configuration.enabled[point] = expand(multiPoint, try list(plugins, point.rawValue))
        }
        guard configuration.enabled[.queueSort]?.contains(where: { $0.plugin == .prioritySort }) ?? false else {
            throw SchedulerConfigurationError(
                "\(path).plugins.queueSort: Required value: no queue sort plugin is enabled")
        }
        guard configuration.enabled[.bind]?.contains(where: { $0.plugin == .defaultBinder }) ?? false else {
            throw SchedulerConfigurationError(
                "\(path).plugins.bind: Required value: at least one bind plugin is needed")
        }
        return configuration
    }

    private func arguments(
        _ object: JSONObject, _ configuration: inout ProfileConfiguration
    ) throws(SchedulerConfigurationError) {
        for (index, entry) in object.values("pluginConfig").enumerated() {
            let path = "\(path).pluginConfig[\(index)]"
            let entry = entry.objectValue ?? JSONObject()
            let name = try plugin(entry.string("name") ?? "", at: path + ".name")
            configuration.plugins[name] = try PluginRegistry.make(
                name, entry["args"]?.objectValue ?? JSONObject(), at: path + ".args")
        }
    }

    private func plugin(_ name: String, at path: String) throws(SchedulerConfigurationError) -> PluginName {
        guard let plugin = PluginName(name), plugin != .extender else {
            throw SchedulerConfigurationError("\(path): Invalid value: \"\(name)\": there is no such plugin")
        }
        return plugin
    }

    private func list(_ plugins: JSONObject, _ key: String) throws(SchedulerConfigurationError) -> PluginList {
        var list = PluginList()
        let object = plugins[key]?.objectValue ?? JSONObject()
        for (index, entry) in object.values("enabled").enumerated() {
            let entry = entry.objectValue ?? JSONObject()
            let name = try plugin(
                entry.string("name") ?? "", at: "\(path).plugins.\(key).enabled[\(index)].name")
            guard !list.enabled.contains(where: { $0.plugin == name }) else {
                throw SchedulerConfigurationError(
                    "\(path).plugins.\(key).enabled[\(index)]: Duplicate value: \"\(name.text)\"")
            }
            list.enabled.append(.init(plugin: name, weight: entry.int64("weight") ?? 0))
        }
        list.disabled = Set(object.values("disabled").compactMap { $0.objectValue?.string("name") })
        return list
    }

    /// The defaults as the configuration changes them: what it names again keeps its place.
    private func merge(
        _ defaults: [ProfileConfiguration.Enabled], _ custom: PluginList
    ) -> [ProfileConfiguration.Enabled] {
        var result: [ProfileConfiguration.Enabled] = []
        if !custom.disabled.contains("*") {
            for entry in defaults where !custom.disabled.contains(entry.plugin.text) {
                result.append(custom.enabled.first { $0.plugin == entry.plugin } ?? entry)
            }
        }
        for entry in custom.enabled where !result.contains(where: { $0.plugin == entry.plugin }) {
            result.append(entry)
        }
        return result
    }

    /// What a point has: what it names itself and all points have too, the rest of those, and what it names besides.
    private func expand(
        _ multiPoint: [ProfileConfiguration.Enabled], _ own: PluginList
    ) -> [ProfileConfiguration.Enabled] {
        func isNamed(_ plugin: PluginName) -> Bool { own.enabled.contains { $0.plugin == plugin } }
        let both = own.enabled.filter { entry in multiPoint.contains { $0.plugin == entry.plugin } }
        let others =
            own.disabled.contains("*")
            ? [] : multiPoint.filter { !own.disabled.contains($0.plugin.text) && !isNamed($0.plugin) }
        let besides = own.enabled.filter { entry in !multiPoint.contains { $0.plugin == entry.plugin } }
        return both + others + besides
    }
}

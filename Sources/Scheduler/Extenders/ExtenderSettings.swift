import KubeAPI
import Machinery

/// A webhook that filters and rates nodes beside the plugins, or binds pods, as the configuration describes it.
package struct ExtenderSettings: Hashable, Sendable {
    /// How the webhook proves itself, and the scheduler to it.
    package struct Security: Hashable, Sendable {
        package var isInsecure = false
        package var serverName: String?
        /// PEM text, or the file it is in.
        package var authority: Material?
        package var certificate: Material?
        package var key: Material?
    }

    package enum Material: Hashable, Sendable {
        case file(String)
        /// In base64.
        case data(String)
    }

    /// Without a slash at its end.
    package var url: String
    package var filterVerb: String
    package var prioritizeVerb: String
    package var bindVerb: String
    package var weight: Int64
    package var timeout: Duration
    /// Whether it knows the nodes itself and is only told names.
    package var knowsNodes: Bool
    /// It is only asked about pods that want one of these; about all when there are none.
    package var managed: Set<String>
    /// Resources that are its business alone: NodeResourcesFit does not look at them.
    package var unchecked: Set<String>
    /// Whether pods may be placed without it when it fails.
    package var isIgnorable: Bool
    /// `nil` without TLS.
    package var security: Security?

    package func concerns(_ pod: PodInfo) -> Bool {
        managed.isEmpty || pod.requests.others.contains { managed.contains($0.key) }
    }

    /// Whether there is anything to ask it before the decision.
    var decides: Bool { !filterVerb.isEmpty || !prioritizeVerb.isEmpty }
}

extension ExtenderSettings {
    init(_ object: JSONObject, at path: String) throws(SchedulerConfigurationError) {
        let prefix = object.string("urlPrefix") ?? ""
        url = prefix.hasSuffix("/") ? String(prefix.dropLast()) : prefix
        filterVerb = object.string("filterVerb") ?? ""
        prioritizeVerb = object.string("prioritizeVerb") ?? ""
        bindVerb = object.string("bindVerb") ?? ""
        weight = object.int64("weight") ?? 0
        knowsNodes = object.bool("nodeCacheCapable") ?? false
        isIgnorable = object.bool("ignorable") ?? false
        guard !prefix.isEmpty else { throw SchedulerConfigurationError("\(path).urlPrefix: Required value") }
        guard prioritizeVerb.isEmpty || weight > 0 else {
            throw SchedulerConfigurationError(
                "\(path).weight: Invalid value: \(weight): must have a positive weight applied to it")
        }
        guard (object.string("preemptVerb") ?? "").isEmpty else {
            throw SchedulerConfigurationError(
                "\(path).preemptVerb: Forbidden: extenders are not asked about preemption")
        }
        do {
            timeout = try object.string("httpTimeout").map { try GoDuration(parsing: $0).duration } ?? .seconds(5)
        } catch {
            throw SchedulerConfigurationError("\(path).httpTimeout: Invalid value: \(error)")
        }
        managed = []
        unchecked = []
        for (index, entry) in object.values("managedResources").enumerated() {
            let name = entry.objectValue?.string("name") ?? ""
            guard managed.insert(name).inserted else {
                throw SchedulerConfigurationError(
                    "\(path).managedResources[\(index)].name: Duplicate value: \"\(name)\"")
            }
            if entry.objectValue?.bool("ignoredByScheduler") ?? false { unchecked.insert(name) }
        }
        let isTLS = object.bool("enableHTTPS") ?? prefix.hasPrefix("https:")
        security = isTLS ? Security(object["tlsConfig"]?.objectValue ?? JSONObject()) : nil
    }
}

extension ExtenderSettings.Security {
    fileprivate init(_ object: JSONObject) {
        func material(_ name: String) -> ExtenderSettings.Material? {
            if let data = object.string(name + "Data"), !data.isEmpty { return .data(data) }
            return object.string(name + "File").flatMap { $0.isEmpty ? nil : .file($0) }
        }
        self.init(
            isInsecure: object.bool("insecure") ?? false, serverName: object.string("serverName"),
            authority: material("ca"), certificate: material("cert"), key: material("key"))
    }
}

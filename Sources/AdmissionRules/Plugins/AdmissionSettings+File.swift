import KubeAPI
import Machinery

/// Reading Kubernetes' `--admission-control-config-file`: an `AdmissionConfiguration` with a document for each plugin,
/// within it or in a file of its own.
extension AdmissionSettings {
    /// Why a configuration cannot be used.
    package struct FileFlaw: Error, Hashable, Sendable, CustomStringConvertible {
        package let description: String
    }

    /// - Parameter read: gives the bytes of a file that the configuration names.
    package mutating func apply(
        _ bytes: [UInt8], read: (_ path: String) throws -> [UInt8]
    ) throws {
        let document = try Self.document(bytes)
        try Self.check(document, "AdmissionConfiguration", groups: ["apiserver.config.k8s.io"])
        let plugins: [JSON] = document.values("plugins")
        for plugin in plugins {
            guard let name = plugin["name"]?.stringValue else { throw FileFlaw(description: "a plugin has no name") }
            if let inline = plugin["configuration"]?.objectValue {
                try apply(inline, to: name)
            } else if let path = plugin["path"]?.stringValue, !path.isEmpty {
                try apply(Self.document(read(path)), to: name)
            }
        }
    }

    private static func document(_ bytes: [UInt8]) throws(FileFlaw) -> JSONObject {
        do {
            if let object = try YAMLParser.parse(bytes).value.objectValue { return object }
        } catch {
            throw FileFlaw(description: "\(error)")
        }
        throw FileFlaw(description: "the document is not an object")
    }

    private static func check(_ document: JSONObject, _ kind: String, groups: [String]) throws(FileFlaw) {
        let group = (document.string("apiVersion") ?? "").prefix { $0 != "/" }
        guard document.string("kind") == kind, groups.contains(String(group)) else {
            throw FileFlaw(
                description: "no kind \"\(document.string("kind") ?? "")\" is registered for version "
                    + "\"\(document.string("apiVersion") ?? "")\"")
        }
    }

    private mutating func apply(_ document: JSONObject, to plugin: String) throws(FileFlaw) {
        switch plugin {
        case "PodSecurity": podSecurity = try Self.podSecurity(document)
        case "EventRateLimit": eventRates = try Self.eventRates(document)
        case "ResourceQuota": limitedResources = try Self.limitedResources(document)
        case "PodTolerationRestriction":
            try Self.check(document, "Configuration", groups: ["podtolerationrestriction.admission.k8s.io"])
            defaultTolerations = document.views("default")
            allowedTolerations = document.views("whitelist")
        default: throw FileFlaw(description: "plugin \"\(plugin)\" takes no configuration")
        }
    }

    private static func podSecurity(_ document: JSONObject) throws(FileFlaw) -> PodSecurityConfiguration {
        try check(document, "PodSecurityConfiguration", groups: ["pod-security.admission.config.k8s.io"])
        var configuration = PodSecurityConfiguration()
        let defaults = document["defaults"]?.objectValue ?? JSONObject()
        // The members are named as the labels are.
        let prefix = "pod-security.kubernetes.io/"
        let labels = defaults.members.compactMap { member in
            member.value.stringValue.flatMap { $0.isEmpty ? nil : (prefix + member.key, $0) }
        }
        let parsed = PodSecurityPolicy.parse(
            labels: Dictionary(labels) { $1 }, defaults: PodSecurityPolicy())
        guard parsed.errors.isEmpty else {
            throw FileFlaw(
                description:
                    "PodSecurityConfiguration: defaults: \(parsed.errors.map(\.detail).joined(separator: "; "))")
        }
        configuration.defaults = parsed.policy
        // Only labels make who is refused be warned.
        if labels.allSatisfy({ $0.0 != prefix + "warn" }) {
            configuration.defaults.warn = PodSecurityStandard(
                .privileged, PodSecurityVersion(defaults.string("warn-version") ?? "") ?? .latest)
        }
        let exemptions = document["exemptions"]?.objectValue ?? JSONObject()
        configuration.exemptUsers = Set(exemptions.strings("usernames"))
        configuration.exemptNamespaces = Set(exemptions.strings("namespaces"))
        configuration.exemptRuntimeClasses = Set(exemptions.strings("runtimeClasses"))
        return configuration
    }

    private static func eventRates(_ document: JSONObject) throws(FileFlaw) -> [EventRateLimit] {
        try check(document, "Configuration", groups: ["eventratelimit.admission.k8s.io"])
        var limits: [EventRateLimit] = []
        for limit in document.values("limits") {
            guard let kind = limit["type"]?.stringValue.flatMap(EventRateLimit.Kind.init(rawValue:)),
                let perSecond = limit["qps"]?.intValue, perSecond > 0, let burst = limit["burst"]?.intValue, burst > 0,
                let capacity = limit["cacheSize"].map(\.intValue) ?? 0, capacity >= 0,
                !limits.contains(where: { $0.kind == kind })
            else {
                throw FileFlaw(
                    description: "limits: each needs a type of its own (Server, Namespace, User, SourceAndObject), a "
                        + "qps and a burst above zero")
            }
            limits.append(
                EventRateLimit(
                    kind, perSecond: Int(clamping: perSecond), burst: Int(clamping: burst),
                    capacity: Int(clamping: capacity)))
        }
        guard !limits.isEmpty else { throw FileFlaw(description: "limits: Required value") }
        return limits
    }

    private static func limitedResources(_ document: JSONObject) throws(FileFlaw) -> [LimitedResource] {
        let groups = ["apiserver.config.k8s.io", "resourcequota.admission.k8s.io"]
        try check(
            document, document.string("kind") == "Configuration" ? "Configuration" : "ResourceQuotaConfiguration",
            groups: groups)
        var result: [LimitedResource] = []
        for limited in document.values("limitedResources") {
            guard let resource = limited["resource"]?.stringValue, !resource.isEmpty else {
                throw FileFlaw(description: "limitedResources: resource: Required value")
            }
            let scopes: [ScopedResourceSelectorRequirement] = limited.objectValue?.views("matchScopes") ?? []
            result.append(
                LimitedResource(
                    resource: GroupResource(group: limited["apiGroup"]?.stringValue ?? "", resource: resource),
                    matchContains: limited.objectValue?.strings("matchContains") ?? [],
                    matchScopes: scopes.map { QuotaScope($0) }))
        }
        return result
    }
}

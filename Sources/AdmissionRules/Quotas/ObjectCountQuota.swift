import Machinery

/// Objects of which only their number counts: `count/deployments.apps`, and a few older names.
struct ObjectCountQuota: QuotaEvaluator {
    private let names: Set<String>

    init(_ resource: GroupResource, alias: String? = nil) {
        names = Set([Self.name(for: resource), alias].compactMap { $0 })
    }

    private static let prefix = "count/"

    static func name(for resource: GroupResource) -> String {
        resource.group.isEmpty ? prefix + resource.resource : "\(prefix)\(resource.resource).\(resource.group)"
    }

    /// The resource that `count/…` counts.
    static func resource(countedBy name: String) -> GroupResource? {
        guard name.hasPrefix(prefix) else { return nil }
        let parts = name.dropFirst(prefix.count).split(separator: ".", maxSplits: 1)
        guard let resource = parts.first else { return nil }
        return GroupResource(group: parts.count > 1 ? String(parts[1]) : "", resource: String(resource))
    }

    func handles(_ request: QuotaRequest) -> Bool { request.isCreation && request.subresource.isEmpty }
    func counts(_ name: String) -> Bool { names.contains(name) }
    func usage(of object: JSONObject) -> ResourceAmounts {
        ResourceAmounts(uniqueKeysWithValues: names.map { ($0, 1) })
    }
    func isWithin(_ scope: QuotaScope, _ object: JSONObject) -> Bool { false }
    func omission(in object: JSONObject, required: Set<String>) -> String? { nil }
}

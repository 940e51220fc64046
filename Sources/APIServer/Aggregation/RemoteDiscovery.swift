import Machinery

/// What an extension server told of the resources of a group version.
struct RemoteDiscovery: Hashable, Sendable {
    /// As aggregated discovery tells them.
    private(set) var resources: [JSON] = []
    /// Whether the server was reached when it was last asked.
    var isCurrent = false
    /// What the resources were read from.
    private var source: [UInt8] = []

    init() {}

    /// Takes an `APIResourceList` over, unless it is the one of before.
    mutating func take(_ bytes: [UInt8], _ groupVersion: GroupVersion) throws(WebhookCallError) {
        isCurrent = true
        guard bytes != source else { return }
        let list: JSON
        do {
            list = try JSON(parsing: bytes)
        } catch {
            throw WebhookCallError("the answer is no APIResourceList: \(error)")
        }
        resources = Self.resources(list["resources"]?.arrayValue ?? [], groupVersion)
        source = bytes
    }

    /// The version's entry in its group of aggregated discovery.
    func entry(_ version: String) -> JSON {
        [
            "version": .string(version), "freshness": isCurrent ? "Current" : "Stale", "resources": .array(resources),
        ]
    }

    /// Subresources go below their resources.
    private static func resources(_ listed: [JSON], _ groupVersion: GroupVersion) -> [JSON] {
        var entries: [JSONObject] = []
        var places: [String: Int] = [:]
        var below: [Int: [JSON]] = [:]
        func place(_ name: String) -> Int {
            if let known = places[name] { return known }
            places[name] = entries.count
            entries.append(["resource": .string(name), "verbs": .array([])])
            return entries.count - 1
        }
        for case .object(let resource) in listed {
            let name = resource.string("name") ?? ""
            let parts = name.split(separator: "/", maxSplits: 1).map(String.init)
            guard let first = parts.first else { continue }
            let index = place(first)
            var entry: JSONObject = [
                "responseKind": [
                    "group": .string(filled(resource, "group", groupVersion.group)),
                    "version": .string(filled(resource, "version", groupVersion.version)),
                    "kind": resource["kind"] ?? "",
                ],
                "verbs": .array(resource.values("verbs")),
            ]
            if parts.count > 1 {
                entry["subresource"] = .string(parts[1])
                below[index, default: []].append(.object(entry))
                continue
            }
            entry["resource"] = .string(name)
            entry["singularResource"] = .string(resource.string("singularName") ?? "")
            entry["scope"] = resource.bool("namespaced") == true ? "Namespaced" : "Cluster"
            entry.set("shortNames", resource.strings("shortNames"))
            entry.set("categories", resource.strings("categories"))
            entries[index] = entry
        }
        for (index, subresources) in below { entries[index]["subresources"] = .array(subresources) }
        return entries.map(JSON.object)
    }

    private static func filled(_ resource: JSONObject, _ key: String, _ otherwise: String) -> String {
        resource.string(key).flatMap { $0.isEmpty ? nil : $0 } ?? otherwise
    }
}

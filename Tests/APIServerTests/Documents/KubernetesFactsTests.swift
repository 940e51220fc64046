import APIServer
import Machinery
import Testing

/// What Kubernetes 1.36 serves, Gantry serves: all resources with their names and verbs, all types with their fields.
@Suite("Kubernetes' API", .timeLimit(.minutes(2)))
struct KubernetesFactsTests {
    /// Types that are defined otherwise, and why. Nothing else may differ, and no resource may be missing.
    private static let exceptions: [String: String] = [
        "io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceSpec":
            "Kubernetes calls the text caBundle an atomic list",
        "io.k8s.apimachinery.pkg.apis.meta.v1.APIResource":
            "Kubernetes leaves out that the list of verbs is atomic",
        "io.k8s.apimachinery.pkg.apis.meta.v1.WatchEvent":
            "apiVersion and kind, which it has in its protobuf envelope alone, are fields here",
    ]

    /// Types of discovery itself, and of `/version`: no resource has them, so no group's document of version 3 does.
    private static let discovery: Set<String> = Set(
        [
            "meta.v1.APIGroup", "meta.v1.APIGroupList", "meta.v1.APIResourceList", "meta.v1.APIVersions",
            "meta.v1.GroupVersionForDiscovery", "meta.v1.Patch", "meta.v1.ServerAddressByClientCIDR",
        ].map { "io.k8s.apimachinery.pkg.apis.\($0)" } + ["io.k8s.apimachinery.pkg.version.Info"])

    private static func everything() throws -> ServedAPIs {
        try ServedAPIs(runtimeConfig: "api/all=true", gates: FeatureGates(parsing: "AllAlpha=true,AllBeta=true"))
    }

    @Test("every resource is served, with its kind, scope, verbs, short names and categories")
    func resources() async throws {
        try await TestCluster.run(apis: try Self.everything()) { cluster in
            let accept = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"
            var served: Set<String> = []
            for path in ["/api", "/apis"] {
                let answer = try await cluster.send("GET", path, accept: accept).expect(200)
                for group in answer.items { served.formUnion(Self.lines(of: group)) }
            }
            let expected = Self.expected()
            #expect(expected.count == 150)
            #expect(expected.subtracting(served).sorted() == [])
        }
    }

    @Test("every type is defined, with its fields, their types, merge keys and list semantics")
    func types() async throws {
        try await TestCluster.run(apis: try Self.everything()) { cluster in
            let document = try await cluster.send("GET", "/openapi/v2").expect(200).json
            let definitions = try #require(document["definitions"]?.objectValue)
            let types = Self.types()
            #expect(types.count == 771)
            var different: [String] = []
            for (name, digest) in types where Self.exceptions[name] == nil {
                if definitions[name].map(Self.digest) != digest { different.append(name) }
            }
            #expect(different == [])
        }
    }

    @Test("OpenAPI v3 says the same of every type as v2")
    func thirdVersion() async throws {
        try await TestCluster.run(apis: try Self.everything()) { cluster in
            let index = try await cluster.send("GET", "/openapi/v3").expect(200).json
            var schemas: [String: JSON] = [:]
            for (_, entry) in index["paths"]?.objectValue ?? JSONObject() {
                let url = try #require(entry["serverRelativeURL"]?.stringValue)
                let document = try await cluster.send("GET", url).expect(200).json
                for (name, schema) in document.at("components")["schemas"]?.objectValue ?? JSONObject() {
                    schemas[name] = schema
                }
            }
            var different: [String] = []
            for (name, digest) in Self.types() where Self.exceptions[name] == nil && !Self.discovery.contains(name) {
                if schemas[name].map(Self.digest) != digest { different.append(name) }
            }
            #expect(different == [])
        }
    }

    @Test("every group version has an OpenAPI v3 document that says what its lists merge by")
    func mergeKeys() async throws {
        try await TestCluster.run(apis: try Self.everything()) { cluster in
            let index = try await cluster.send("GET", "/openapi/v3").expect(200).json
            let versions = Set(
                KubernetesResources.text.split(separator: "\n").filter { !$0.hasPrefix(" ") }
                    .map { $0 == "v1:" ? "api/v1" : "apis/\($0.dropLast())" })
            let paths = Set((index["paths"]?.objectValue ?? JSONObject()).members.map(\.key))
            #expect(versions.subtracting(paths).sorted() == [])
            let core = try await cluster.send("GET", "/openapi/v3/api/v1").expect(200).json
            let ports = core["components"]?["schemas"]?["io.k8s.api.core.v1.ServiceSpec"]?["properties"]?["ports"]
            #expect(ports?["x-kubernetes-patch-merge-key"] == "port")
            #expect(ports?["x-kubernetes-list-map-keys"] == ["port", "protocol"])
        }
    }

    // MARK: Facts

    /// The digest of each type, by its definition's name.
    private static func types() -> [(name: String, digest: String)] {
        var types: [(name: String, digest: String)] = []
        var package = ""
        for line in KubernetesTypes.text.split(separator: "\n") {
            guard line.hasPrefix(" ") else {
                package = String(line.dropLast())
                continue
            }
            for entry in line.split(separator: " ") {
                let parts = entry.split(separator: "=").map(String.init)
                types.append(("\(package).\(parts[0])", parts[1]))
            }
        }
        return types
    }

    private static let abbreviations = [
        "*": "create,delete,deletecollection,get,list,patch,update,watch", "~": "get,patch,update",
    ]

    /// A line a resource: group version, name, kind, scope, verbs, short names, categories.
    private static func expected() -> Set<String> {
        var lines: Set<String> = []
        var version = ""
        for line in KubernetesResources.text.split(separator: "\n") {
            guard line.hasPrefix(" ") else {
                version = String(line.dropLast())
                continue
            }
            var words = line.split(separator: " ").map(String.init)
            words[3] = abbreviations[words[3]] ?? words[3]
            while words.count < 6 { words.append("-") }
            lines.insert("\(version) \(words.joined(separator: " "))")
        }
        return lines
    }

    private static func lines(of group: JSON) -> [String] {
        let name = group.at("metadata.name").stringValue ?? ""
        return (group["versions"]?.arrayValue ?? []).flatMap { version -> [String] in
            let label = version["version"]?.stringValue ?? ""
            let groupVersion = name.isEmpty ? label : "\(name)/\(label)"
            return (version["resources"]?.arrayValue ?? []).flatMap { resource -> [String] in
                let plural = resource["resource"]?.stringValue ?? ""
                let scope = resource["scope"] == "Namespaced" ? "namespaced" : "cluster"
                let main = line(groupVersion, plural, scope, resource)
                let parts = resource["subresources"]?.arrayValue ?? []
                return [main]
                    + parts.map { line(groupVersion, "\(plural)/\($0["subresource"]?.stringValue ?? "")", scope, $0) }
            }
        }
    }

    private static func line(_ version: String, _ name: String, _ scope: String, _ resource: JSON) -> String {
        let kind = resource["responseKind"] ?? .null
        let group = kind["group"]?.stringValue ?? ""
        let label = kind["version"]?.stringValue ?? ""
        let own = group.isEmpty ? label : "\(group)/\(label)"
        let shown = (own.isEmpty || own == version ? "" : own + "/") + (kind["kind"]?.stringValue ?? "")
        func list(_ key: String) -> String {
            let values = (resource[key]?.arrayValue ?? []).compactMap(\.stringValue)
            return values.isEmpty ? "-" : values.joined(separator: ",")
        }
        let verbs = (resource["verbs"]?.arrayValue ?? []).compactMap(\.stringValue).sorted().joined(separator: ",")
        return "\(version) \(name) \(shown) \(scope) \(verbs) \(list("shortNames")) \(list("categories"))"
    }

    // MARK: Digests

    private static func digest(of definition: JSON) -> String {
        var lines: [(name: String, text: String)] = []
        for (name, field) in definition["properties"]?.objectValue ?? JSONObject() {
            let keys = (field["x-kubernetes-list-map-keys"]?.arrayValue ?? []).compactMap(\.stringValue)
            let text =
                [
                    name, type(of: field), field["x-kubernetes-patch-merge-key"]?.stringValue ?? "",
                    field["x-kubernetes-patch-strategy"]?.stringValue ?? "",
                    field["x-kubernetes-list-type"]?.stringValue ?? "", keys.joined(separator: ","),
                ].joined(separator: "|")
            lines.append((name, text))
        }
        let required = (definition["required"]?.arrayValue ?? []).compactMap(\.stringValue).sorted()
        let fields = lines.sorted { $0.name < $1.name }.map(\.text)
        let text = (fields + ["required=" + required.joined(separator: ",")]).joined(separator: "\n")
        // FNV-1a.
        let hash = text.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        let digits = String(hash & 0xFF_FFFF, radix: 16)
        return String(repeating: "0", count: 6 - digits.count) + digits
    }

    private static func type(of field: JSON) -> String {
        // Version 3 puts a reference with a default or a description in a list of one.
        if let reference = (field["allOf"]?.arrayValue?.first ?? field)["$ref"]?.stringValue {
            return String(reference.split(separator: "/").last ?? "")
        }
        let type = field["type"]?.stringValue ?? ""
        if type == "array" { return "[\(self.type(of: field["items"] ?? .null))]" }
        if type == "object", let values = field["additionalProperties"] { return "{\(self.type(of: values))}" }
        return type
    }
}

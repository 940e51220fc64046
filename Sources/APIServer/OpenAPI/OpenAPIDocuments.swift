import KubeSchemas
import Machinery
import PKI
import Synchronization

/// `/openapi/v2` and `/openapi/v3`: made when first asked for, kept as bytes.
///
/// Documents of version 3 belong to their group and live as long as that stays the same. The one document of version 2
/// is put together of the built-in part, which never changes, and of what each custom resource adds.
package final class OpenAPIDocuments: Sendable {
    private let catalog: ResourceCatalog
    private let version: String
    private let builtin: BuiltinDefinitions
    private let aggregated: AggregatedAPIs
    private let made = Mutex<[String: [UInt8]]>([:])
    private let tag = AtomicLazyReference<Tag>()

    private final class Tag: Sendable {
        let text: String
        init(_ text: String) { self.text = text }
    }

    package convenience init(_ catalog: ResourceCatalog, version: String) {
        self.init(catalog, AggregatedAPIs(), version: version, builtin: BuiltinDefinitions(catalog))
    }

    private init(
        _ catalog: ResourceCatalog, _ aggregated: AggregatedAPIs, version: String, builtin: BuiltinDefinitions
    ) {
        self.catalog = catalog
        self.aggregated = aggregated
        self.version = version
        self.builtin = builtin
    }

    /// The documents of a later catalog; what did not change is not made again.
    func following(_ catalog: ResourceCatalog, _ aggregated: AggregatedAPIs) -> OpenAPIDocuments {
        OpenAPIDocuments(catalog, aggregated, version: version, builtin: builtin)
    }

    /// What extension servers tell, in an order that stays.
    private var remotes: [AggregatedAPIs.Version] {
        aggregated.versions.values.sorted { $0.service.name < $1.service.name }
    }

    /// - Parameter known: the entity tags a client has (`If-None-Match`).
    func response(
        path: String, query: QueryParameters, accept: String, known: String = ""
    ) throws(StatusError) -> ServerResponse? {
        switch path {
        case "/openapi/v2":
            if accept.contains("proto"), !accept.contains("json") {
                throw StatusError.notAcceptable(accepted: ["application/json"])
            }
            let tag = (tag.load() ?? tag.storeIfNil(Tag("\"\(fingerprint())\""))).text
            // Whoever has the document is spared of it, and of its making.
            var response = ServerResponse.json(known.contains(tag) ? [] : document("v2") { self.v2() })
            if known.contains(tag) { response.status = 304 }
            response.headers = [("ETag", tag), ("Vary", "Accept")]
            return response
        case "/openapi/v3", "/openapi/v3/":
            return .json(document("v3") { self.index().encoded() })
        default:
            guard path.hasPrefix("/openapi/v3/"), let (group, version) = place(path.dropFirst("/openapi/v3/".count))
            else { return nil }
            var response = ServerResponse.json(group.document("v3/\(version)") { self.v3(group, version).encoded() })
            if query["hash"] != nil {
                response.headers.append(("Cache-Control", "public, immutable"))
            }
            return response
        }
    }

    /// The group version of `api/v1` or `apis/apps/v1`.
    private func place(_ path: Substring) -> (CatalogGroup, String)? {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let name: String
        switch (parts.first, parts.count) {
        case ("api", 2): name = ""
        case ("apis", 3): name = parts[1]
        default: return nil
        }
        guard let group = catalog.group(name), group.versions.contains(parts[parts.count - 1]) else { return nil }
        return (group, parts[parts.count - 1])
    }

    private func document(_ name: String, make: () -> [UInt8]) -> [UInt8] {
        if let bytes = made.withLock({ $0[name] }) { return bytes }
        let bytes = make()
        made.withLock { $0[name] = bytes }
        return bytes
    }

    private var info: JSON { ["title": "Kubernetes", "version": .string(version)] }

    private func index() -> JSONObject {
        var paths: [(String, JSON)] = []
        for group in catalog.groups {
            for version in group.versions {
                let path = String(group.path(version).dropFirst())
                let hash = String(
                    decoding: group.document("hash/\(version)") { Array(fingerprint(group, version).utf8) },
                    as: UTF8.self)
                paths.append((path, ["serverRelativeURL": .string("/openapi/v3/\(path)?hash=\(hash)")]))
            }
        }
        for remote in remotes {
            let path = String(remote.service.path.dropFirst())
            guard let hash = remote.openAPI.hash else { continue }
            paths.removeAll { $0.0 == path }
            paths.append((path, ["serverRelativeURL": .string("/openapi/v3/\(path)?hash=\(hash)")]))
        }
        return ["paths": .object(JSONObject(paths))]
    }

    /// Names what is served, without making every document for the index.
    private func fingerprint(_ group: CatalogGroup, _ version: String) -> String {
        var text = Array((self.version + String(BuiltinSchemas.fingerprint) + group.path(version)).utf8)
        for entry in group.served(in: version) {
            text += Array(entry.resource.gvr.resource.utf8)
            if let custom = entry.custom {
                text += Array(entry.resource.gvk.kind.utf8) + custom.schema.json.encoded()
                text += Array(entry.discovered.map(\.name).joined().utf8)
                text += Array(custom.selectableFields.map(\.name).joined(separator: ",").utf8)
            }
        }
        return Digest.sha256(text).prefix(16).map { String(UInt16($0) + 256, radix: 16).dropFirst() }.joined()
    }

    /// Names everything that is served.
    private func fingerprint() -> String {
        let all =
            catalog.groups.flatMap { group in group.versions.map { fingerprint(group, $0) } }
            + remotes.map { RemoteOpenAPI.digest($0.openAPI.fingerprint) }
        return Digest.sha256(Array(all.joined().utf8)).prefix(16).map {
            String(UInt16($0) + 256, radix: 16).dropFirst()
        }.joined()
    }

    private func v3(_ group: CatalogGroup, _ version: String) -> JSONObject {
        let served = group.served(in: version)
        var paths = JSONObject()
        for entry in served {
            for (path, item) in OpenAPIPaths(version: .v3).paths(of: entry) { paths[path] = item }
        }
        var schemas = OpenAPISchema(version: .v3).definitions(
            reachableFrom: served.flatMap(OpenAPIPaths.roots), kinds: builtin.kinds(in: served))
        for entry in served {
            for (name, schema) in CustomDefinitions.definitions(entry, .v3) { schemas[name] = schema }
        }
        return [
            "openapi": "3.0.0", "info": info, "paths": .object(paths),
            "components": ["schemas": .object(schemas)],
        ]
    }

    private func v2() -> [UInt8] {
        let (paths, definitions) = builtin.v2
        var pathParts = [paths]
        var definitionParts = [definitions]
        for group in catalog.groups {
            let custom = group.served.filter { $0.custom != nil }
            guard !custom.isEmpty else { continue }
            pathParts.append(group.document("v2/paths") { Self.members(Self.paths(custom)) })
            definitionParts.append(
                group.document("v2/definitions") {
                    var definitions = JSONObject()
                    for entry in custom {
                        for (name, schema) in CustomDefinitions.definitions(entry, .v2) { definitions[name] = schema }
                    }
                    return Self.members(definitions)
                })
        }
        if !aggregated.versions.isEmpty {
            let merged = SwaggerDefinitions.merge(remotes.map(\.openAPI))
            pathParts.append(Self.members(merged.paths))
            definitionParts.append(Self.members(merged.definitions))
        }
        var bytes = Array("{\"swagger\":\"2.0\",\"info\":".utf8) + info.encoded()
        bytes += Array(",\"paths\":{".utf8) + Self.join(pathParts)
        bytes += Array("},\"definitions\":{".utf8) + Self.join(definitionParts)
        return bytes + Array("}}".utf8)
    }

    private static func paths(_ served: [ResourceCatalog.Served]) -> JSONObject {
        var paths = JSONObject()
        for entry in served {
            for (path, item) in OpenAPIPaths(version: .v2).paths(of: entry) { paths[path] = item }
        }
        return paths
    }

    private static func join(_ parts: [[UInt8]]) -> [UInt8] {
        Array(parts.filter { !$0.isEmpty }.joined(separator: [UInt8(ascii: ",")]))
    }

    /// The members of an object without the braces around them.
    static func members(_ object: JSONObject) -> [UInt8] { Array(object.encoded().dropFirst().dropLast()) }
}

/// What the program itself contributes to the documents.
final class BuiltinDefinitions: Sendable {
    private final class Parts: Sendable {
        let paths: [UInt8]
        let definitions: [UInt8]

        init(paths: [UInt8], definitions: [UInt8]) {
            self.paths = paths
            self.definitions = definitions
        }
    }

    private let served: [ResourceCatalog.Served]
    private let groupVersions: [GroupVersion]
    private let parts = AtomicLazyReference<Parts>()

    init(_ catalog: ResourceCatalog) {
        served = catalog.groups.flatMap(\.builtin)
        groupVersions = catalog.groupVersions
    }

    /// Paths and definitions of version 2, each without the braces around them.
    var v2: (paths: [UInt8], definitions: [UInt8]) {
        let parts = self.parts.load() ?? self.parts.storeIfNil(make())
        return (parts.paths, parts.definitions)
    }

    private func make() -> Parts {
        var paths = JSONObject()
        for entry in served {
            for (path, item) in OpenAPIPaths(version: .v2).paths(of: entry) { paths[path] = item }
        }
        var definitions = OpenAPISchema(version: .v2).definitions(
            reachableFrom: served.flatMap(OpenAPIPaths.roots) + OpenAPISchema.protocolTypes, kinds: kinds(in: served))
        for name in OpenAPISchema.protocolDefinitions {
            definitions[name] = OpenAPISchema.opaque[name].map(JSON.object)
        }
        return Parts(
            paths: OpenAPIDocuments.members(paths), definitions: OpenAPIDocuments.members(definitions))
    }

    /// Which kinds each definition stands for; option kinds stand for themselves in every group.
    func kinds(in served: [ResourceCatalog.Served]) -> [String: [GroupVersionKind]] {
        var result: [String: [GroupVersionKind]] = [:]
        for entry in served {
            let subresources = entry.discovered.map(\.kind)
            for kind in [entry.resource.gvk, entry.resource.listKind] + subresources {
                guard let schema = BuiltinSchemas.schema(kind: kind) else { continue }
                if result[schema.definition]?.contains(kind) != true {
                    result[schema.definition, default: []].append(kind)
                }
            }
        }
        result["io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions"] = groupVersions.map {
            GroupVersionKind(group: $0.group, version: $0.version, kind: "DeleteOptions")
        }
        return result
    }
}

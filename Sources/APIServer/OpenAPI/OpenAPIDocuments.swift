import KubeSchemas
import Machinery
import PKI
import Synchronization

/// `/openapi/v2` and `/openapi/v3`: made when first asked for, kept as bytes.
package final class OpenAPIDocuments: Sendable {
    private let catalog: ResourceCatalog
    private let version: String
    private let made = Mutex<[String: [UInt8]]>([:])
    private let v3Paths: [String: GroupVersion]

    package init(_ catalog: ResourceCatalog, version: String) {
        self.catalog = catalog
        self.version = version
        v3Paths = Dictionary(
            catalog.groupVersions.map { ($0.group.isEmpty ? "api/\($0.version)" : "apis/\($0.apiVersion)", $0) },
            uniquingKeysWith: { first, _ in first })
    }

    func response(path: String, query: QueryParameters, accept: String) throws(StatusError) -> ServerResponse? {
        switch path {
        case "/openapi/v2":
            if accept.contains("proto"), !accept.contains("json") {
                throw StatusError.notAcceptable(accepted: ["application/json"])
            }
            return .json(document("v2") { self.v2() })
        case "/openapi/v3", "/openapi/v3/":
            return .json(document("v3") { self.index() })
        default:
            guard path.hasPrefix("/openapi/v3/"),
                let groupVersion = v3Paths[String(path.dropFirst("/openapi/v3/".count))]
            else { return nil }
            var response = ServerResponse.json(document(path) { self.v3(groupVersion) })
            if query["hash"] != nil {
                response.headers.append(("Cache-Control", "public, immutable"))
            }
            return response
        }
    }

    private func document(_ name: String, make: () -> JSONObject) -> [UInt8] {
        if let bytes = made.withLock({ $0[name] }) { return bytes }
        let bytes = make().encoded()
        made.withLock { $0[name] = bytes }
        return bytes
    }

    private var info: JSON { ["title": "Kubernetes", "version": .string(version)] }

    private func index() -> JSONObject {
        var paths = JSONObject()
        for (path, groupVersion) in v3Paths {
            // The hash names what is served, without making every document for the index.
            let text =
                version + String(BuiltinSchemas.fingerprint) + groupVersion.apiVersion
                + catalog.all.filter { $0.resource.gvr.groupVersion == groupVersion }.map(\.resource.gvr.resource)
                .joined()
            let hash = Digest.sha256(Array(text.utf8)).prefix(16).map { String($0, radix: 16) }.joined()
            paths[path] = ["serverRelativeURL": .string("/openapi/v3/\(path)?hash=\(hash)")]
        }
        return ["paths": .object(paths)]
    }

    /// Which kinds each definition stands for; option kinds stand for themselves in every group.
    private func kinds(in served: [ResourceCatalog.Served]) -> [String: [GroupVersionKind]] {
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
        result["io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions"] = catalog.groupVersions.map {
            GroupVersionKind(group: $0.group, version: $0.version, kind: "DeleteOptions")
        }
        return result
    }

    private func v3(_ groupVersion: GroupVersion) -> JSONObject {
        let served = catalog.all.filter { $0.resource.gvr.groupVersion == groupVersion }
        var paths = JSONObject()
        for entry in served {
            for (path, item) in OpenAPIPaths(version: .v3).paths(of: entry) { paths[path] = item }
        }
        let schemas = OpenAPISchema(version: .v3).definitions(
            reachableFrom: served.flatMap(OpenAPIPaths.roots), kinds: kinds(in: served))
        return [
            "openapi": "3.0.0", "info": info, "paths": .object(paths),
            "components": ["schemas": .object(schemas)],
        ]
    }

    private func v2() -> JSONObject {
        var paths = JSONObject()
        for entry in catalog.all {
            for (path, item) in OpenAPIPaths(version: .v2).paths(of: entry) { paths[path] = item }
        }
        let definitions = OpenAPISchema(version: .v2).definitions(
            reachableFrom: catalog.all.flatMap(OpenAPIPaths.roots), kinds: kinds(in: catalog.all))
        return ["swagger": "2.0", "info": info, "paths": .object(paths), "definitions": .object(definitions)]
    }
}

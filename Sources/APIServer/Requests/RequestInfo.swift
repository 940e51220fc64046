import HTTPCore
import Machinery

/// What a request's path and method ask for: the terms of authorization, admission and routing.
///
/// Paths have the shapes of the Kubernetes API convention: `/api/v1/namespaces/NS/RESOURCE/NAME/SUBRESOURCE/…` and
/// `/apis/GROUP/VERSION/…`; anything else is a non-resource request.
package struct RequestInfo: Sendable, Hashable {
    package var isResourceRequest: Bool
    package var path: String
    package var verb: String
    package var apiGroup = ""
    package var apiVersion = ""
    package var namespace = ""
    package var resource = ""
    package var subresource = ""
    package var name = ""
    /// The selectors of a list, a watch or a deletion of many, as sent.
    package var fieldSelector = ""
    package var labelSelector = ""
    /// Segments after the subresource: the path of a proxied request.
    package var trailing: [String] = []

    package var gvr: GroupVersionResource {
        GroupVersionResource(group: apiGroup, version: apiVersion, resource: resource)
    }

    private static let specialVerbs: Set<String> = ["proxy", "watch"]
    /// Children of a namespace's own path that are subresources of the namespace itself.
    private static let namespaceSubresources: Set<String> = ["status", "finalize"]

    /// - Parameter path: the raw path; a segment with bad percent-encoding gives `nil`.
    package init?(method: String, path: String, query: QueryParameters) {
        self.path = path
        isResourceRequest = false
        verb = method.lowercased()
        var segments: [String] = []
        for raw in path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: true) {
            guard let segment = PercentEncoding.decode(Substring(raw), plusIsSpace: false) else { return nil }
            segments.append(segment)
        }
        guard let root = segments.first else { return }
        var rest: ArraySlice<String>
        switch root {
        case "api" where segments.count >= 3:
            apiVersion = segments[1]
            rest = segments[2...]
        case "apis" where segments.count >= 4:
            apiGroup = segments[1]
            apiVersion = segments[2]
            rest = segments[3...]
        default:
            return
        }
        isResourceRequest = true
        verb = Self.verb(of: method)
        if let special = rest.first, Self.specialVerbs.contains(special), rest.count > 1 {
            verb = special
            rest = rest.dropFirst()
        }
        if rest.first == "namespaces", rest.count >= 2 {
            let after = rest.dropFirst(2)
            namespace = rest[rest.startIndex + 1]
            if let child = after.first, !Self.namespaceSubresources.contains(child) {
                rest = after
            }
        }
        let parts = Array(rest)
        resource = parts[0]
        if parts.count > 1 { name = parts[1] }
        if parts.count > 2 { subresource = parts[2] }
        if parts.count > 3 { trailing = Array(parts[3...]) }
        adjustVerb(query: query)
    }

    private static func verb(of method: String) -> String {
        switch method {
        case "POST": "create"
        case "GET", "HEAD": "get"
        case "PUT": "update"
        case "PATCH": "patch"
        case "DELETE": "delete"
        default: ""
        }
    }

    /// Collections are listed or watched rather than got, and deleted as collections.
    private mutating func adjustVerb(query: QueryParameters) {
        guard name.isEmpty || verb == "watch" else { return }
        switch verb {
        case "get":
            let watch = query["watch"].map { !["", "0", "false"].contains($0) || $0.isEmpty } ?? false
            verb = watch ? "watch" : "list"
        case "delete":
            verb = "deletecollection"
        default:
            break
        }
        fieldSelector = query["fieldSelector"] ?? ""
        labelSelector = query["labelSelector"] ?? ""
        // A list or watch of one object by name is authorized by that name.
        if verb == "list" || verb == "watch", name.isEmpty,
            let selector = query["fieldSelector"]
        {
            for term in selector.split(separator: ",") where term.hasPrefix("metadata.name=") {
                let value = term.dropFirst("metadata.name=".count)
                name = String(value.first == "=" ? value.dropFirst() : value)
            }
        }
    }

    /// `pods/log`: the resource as authorization rules write it.
    package var resourceAndSubresource: String {
        subresource.isEmpty ? resource : "\(resource)/\(subresource)"
    }
}

import KubeAPI
import Machinery
import Store

/// Reads the objects that bindings give to policies: of any kind the server serves, built in or custom.
struct PolicyParameters: Sendable {
    /// The registry of a kind; `nil` when nothing of the kind is served.
    let registry: @Sendable (GroupVersionKind) -> Registry?

    /// Why parameters cannot be had: a mistake in the configuration, which the failure policy judges.
    enum Problem: Error, Sendable {
        case policy(String)
        case binding(String)
    }

    /// An object, or `nil` in the place of one where there are none to give.
    typealias Found = [JSONObject?]

    /// - Parameter namespace: that of the request.
    func find(
        _ kind: ParameterKind?, _ reference: ParameterReference?, namespace: String
    ) async throws(StatusError) -> Result<Found, Problem> {
        guard let kind else { return .success([nil]) }
        guard let registry = registry(kind.gvk) else {
            return .failure(.policy("failed to find resource referenced by paramKind: '\(kind.gvk)'"))
        }
        guard let reference else { return .success([nil]) }
        let place: String
        if registry.resource.isNamespaced {
            place = reference.namespace.isEmpty ? namespace : reference.namespace
            guard !place.isEmpty else {
                return .failure(
                    .binding("cannot use namespaced paramRef in policy binding that matches cluster-scoped resources"))
            }
        } else {
            place = ""
            guard reference.namespace.isEmpty else {
                return .failure(.binding("paramRef.namespace must not be provided for a cluster-scoped `paramKind`"))
            }
        }
        let stored: [StoredObject]
        switch reference.selector {
        case nil: stored = registry.find(place, reference.name).map { [$0] } ?? []
        case .failure(let error)?: return .failure(.binding(error.description))
        case .success(let selector)?:
            stored = registry.cache.snapshot(registry.bucket).objects(namespace: place).filter { object in
                selector.matches { object.header.label($0) }
            }
        }
        if stored.isEmpty, reference.deniesWhenMissing {
            return .failure(.binding("no params found for policy binding with `Deny` parameterNotFoundAction"))
        }
        var found: Found = []
        for object in stored { found.append(try await registry.servedForm(registry.tree(of: object))) }
        return .success(found)
    }
}

/// The kind of a policy's parameters.
struct ParameterKind: Sendable {
    let gvk: GroupVersionKind

    init?(_ kind: ParamKind?) {
        guard let kind, let version = GroupVersion(apiVersion: kind.apiVersion ?? "") else { return nil }
        gvk = GroupVersionKind(group: version.group, version: version.version, kind: kind.kind ?? "")
    }
}

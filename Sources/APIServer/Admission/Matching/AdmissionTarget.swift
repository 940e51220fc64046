import KubeAPI
import Machinery

/// A request as the rules of webhooks and policies see it.
struct AdmissionTarget: Hashable, Sendable {
    let operation: AdmissionOperation
    var resource: GroupVersionResource
    let subresource: String
    /// Of requests for a namespace itself, that namespace.
    let namespace: String
    let name: String

    var isNamespaceItself: Bool { Self.isNamespaces(resource) }

    static func isNamespaces(_ resource: GroupVersionResource) -> Bool {
        resource.group.isEmpty && resource.resource == "namespaces"
    }
}

/// As what a request is shown to a webhook or policy: itself, or the same in another version that its rules name.
struct AdmissionMatch: Hashable, Sendable {
    let resource: GroupVersionResource
    let kind: GroupVersionKind
}

extension AdmissionAttributes {
    var target: AdmissionTarget {
        AdmissionTarget(
            operation: operation, resource: resource, subresource: subresource, namespace: reviewedNamespace,
            name: name)
    }

    /// What selectors and reviews take for the namespace: a Namespace is in itself.
    var reviewedNamespace: String { AdmissionTarget.isNamespaces(resource) ? name : namespace }

    /// The request as itself.
    var itself: AdmissionMatch { AdmissionMatch(resource: resource, kind: kind) }

    /// The same request in the other versions of its resource.
    var equivalents: [AdmissionMatch] {
        (versions?.versions ?? []).filter { $0 != resource.groupVersion }.map { version in
            AdmissionMatch(
                resource: GroupVersionResource(
                    group: version.group, version: version.version, resource: resource.resource),
                kind: isWholeObject
                    ? GroupVersionKind(group: version.group, version: version.version, kind: kind.kind) : kind)
        }
    }

    /// An object of this request in the version of a match.
    func form(_ object: JSONObject?, as match: AdmissionMatch) async throws(StatusError) -> JSONObject? {
        guard let object, isWholeObject, let versions else { return object }
        return try await versions.convert(object, to: match.kind.groupVersion)
    }

    /// Takes over what the object became in the version of a match: what its kind does not know is dropped, defaults
    /// are set.
    mutating func take(_ changed: JSONObject, as match: AdmissionMatch) async throws(StatusError) {
        var changed = changed
        changed["apiVersion"] = .string(match.kind.apiVersion)
        changed["kind"] = .string(match.kind.kind)
        isChanged = true
        let admitted = try registry.admitted(changed, as: match.kind, isWholeObject: isWholeObject)
        guard isWholeObject, let versions else {
            object = admitted
            return
        }
        object = try await versions.convert(admitted, to: objectVersion)
    }

    /// The kinds that configure dynamic admission are not subject to it: a mistake there must be possible to undo.
    var isAdmissionConfiguration: Bool {
        kind.group == "admissionregistration.k8s.io" && Self.configurationKinds.contains(kind.kind)
    }

    private static let configurationKinds: Set<String> = [
        "ValidatingWebhookConfiguration", "MutatingWebhookConfiguration", "ValidatingAdmissionPolicy",
        "ValidatingAdmissionPolicyBinding", "MutatingAdmissionPolicy", "MutatingAdmissionPolicyBinding",
    ]

    /// `admission.k8s.io`'s options of the request: `CreateOptions` and the like; `nil` for connections.
    var operationOptions: JSONObject? {
        switch operation {
        case .create: write.reviewed(as: "CreateOptions")
        case .update: write.reviewed(as: "UpdateOptions")
        case .delete:
            {
                var options = deletion?.json ?? JSONObject()
                options["apiVersion"] = "meta.k8s.io/v1"
                options["kind"] = "DeleteOptions"
                if isDryRun { options["dryRun"] = ["All"] }
                return options
            }()
        case .connect: nil
        }
    }
}

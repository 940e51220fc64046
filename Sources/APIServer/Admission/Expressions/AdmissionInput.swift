import CEL
import KubeAPI
import Machinery

/// A request in the version in which a webhook or policy sees it: the values of its expressions' variables.
struct AdmissionInput: Sendable {
    let attributes: AdmissionAttributes
    let match: AdmissionMatch
    let object: JSONObject?
    let oldObject: JSONObject?

    init(_ attributes: AdmissionAttributes, as match: AdmissionMatch) async throws(StatusError) {
        self.attributes = attributes
        self.match = match
        object = try await attributes.form(attributes.object, as: match)
        oldObject = try await attributes.form(attributes.oldObject, as: match)
    }

    /// What an expression may read.
    enum Parameters: Sendable {
        /// There is no variable of that name.
        case undeclared
        /// `params` is null.
        case absent
        case object(JSONObject)
    }

    /// - Parameter namespace: the request's Namespace; `nil` for what is in none.
    func activation(
        _ use: VariableUse, parameters: Parameters = .undeclared, namespace: JSONObject? = nil,
        variables: CELVariables.Instance? = nil
    ) -> CELActivation {
        var activation = CELActivation()
        activation["object"] = Self.value(object)
        activation["oldObject"] = Self.value(oldObject)
        switch parameters {
        case .undeclared: break
        case .absent: activation["params"] = .null
        case .object(let object): activation["params"] = Self.value(object)
        }
        if use.request { activation["request"] = .object(.json(request, AdmissionVariables.request)) }
        if use.namespace {
            activation["namespaceObject"] =
                namespace.map { .object(.json(Self.shown($0), AdmissionVariables.namespace)) } ?? .null
        }
        if use.authorizer {
            activation["authorizer"] = .opaque(AuthorizerValue())
            activation["authorizer.requestResource"] = .opaque(
                ResourceCheckValue(
                    group: attributes.resource.group, resource: attributes.resource.resource,
                    subresource: attributes.subresource, namespace: attributes.reviewedNamespace,
                    name: attributes.name))
        }
        activation.variables = variables
        return activation
    }

    private static func value(_ object: JSONObject?) -> CELValue {
        object.map { .map(.json($0, .dyn)) } ?? .null
    }

    /// A Namespace's uid goes by another name in expressions.
    private static func shown(_ namespace: JSONObject) -> JSONObject {
        guard var metadata = namespace["metadata"]?.objectValue else { return namespace }
        metadata["UID"] = metadata["uid"]
        var shown = namespace
        shown["metadata"] = .object(metadata)
        return shown
    }

    /// `AdmissionRequest` without the objects, as webhooks are sent it too.
    var request: JSONObject {
        var request: JSONObject = [
            "kind": match.kind.triple, "resource": match.resource.triple, "requestKind": attributes.kind.triple,
            "requestResource": attributes.resource.triple, "operation": .string(attributes.operation.rawValue),
            "userInfo": .object(attributes.user.reviewed), "dryRun": .bool(attributes.isDryRun),
        ]
        func set(_ key: String, _ value: String) { request.set(key, value.isEmpty ? nil : value) }
        set("subResource", attributes.subresource)
        set("requestSubResource", attributes.subresource)
        set("name", attributes.name)
        set("namespace", attributes.reviewedNamespace)
        request["options"] = attributes.operationOptions.map(JSON.object)
        return request
    }
}

extension GroupVersionKind {
    fileprivate var triple: JSON {
        ["group": .string(group), "version": .string(version), "kind": .string(kind)]
    }
}

extension GroupVersionResource {
    fileprivate var triple: JSON {
        ["group": .string(group), "version": .string(version), "resource": .string(resource)]
    }
}

extension User {
    /// `authentication.k8s.io`'s `UserInfo`.
    fileprivate var reviewed: JSONObject {
        var info = JSONObject()
        info.set("username", name.isEmpty ? nil : name)
        info.set("uid", uid.isEmpty ? nil : uid)
        info.set("groups", groups)
        if !extra.isEmpty {
            info["extra"] = .object(JSONObject(extra.map { ($0.key, JSON.array($0.value.map(JSON.string))) }))
        }
        return info
    }
}

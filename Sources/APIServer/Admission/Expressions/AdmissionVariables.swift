import CEL

/// What expressions of webhooks and policies may speak of.
///
/// Source: k8s.io/apiserver/pkg/admission/plugin/cel/compile.go. What is not declared there (managed fields, owners of a
/// namespace) is not to be seen on purpose.
enum AdmissionVariables {
    /// - Parameters:
    ///   - object: the type of `object` and `oldObject`, known only where types are checked.
    ///   - parameters: the type of `params`; `nil` when there are none.
    static func environment(
        _ version: CELEnvironment.Version, object: DeclaredType = .dyn, parameters: DeclaredType? = nil,
        hasAuthorizer: Bool = true, buildsObjects: Bool = false
    ) -> CELEnvironment {
        var environment = CELEnvironment.kubernetes(version)
            .declaring("object", object).declaring("oldObject", object)
            .declaring("namespaceObject", namespace).declaring("request", request)
        if let parameters { environment = environment.declaring("params", parameters) }
        if hasAuthorizer {
            environment =
                environment
                .declaring("authorizer", opaque: AuthorizerValue.type)
                .declaring("authorizer.requestResource", opaque: ResourceCheckValue.type)
        }
        return buildsObjects ? environment.enabling(.jsonPatch) : environment
    }

    private static func object(
        _ name: String, required: KeyValuePairs<String, DeclaredType>,
        optional: KeyValuePairs<String, DeclaredType> = [:]
    ) -> DeclaredType {
        .object(
            named: "kubernetes.\(name)",
            required.map { DeclaredType.Field(name: $0.key, type: $0.value, isRequired: true) }
                + optional.map { DeclaredType.Field(name: $0.key, type: $0.value) })
    }

    private static let kind = object(
        "GroupVersionKind", required: ["group": .string, "version": .string, "kind": .string])
    private static let resource = object(
        "GroupVersionResource", required: ["group": .string, "version": .string, "resource": .string])
    private static let user = object(
        "UserInfo", required: [:],
        optional: [
            "username": .string, "uid": .string, "groups": .list(of: .string), "extra": .map(of: .list(of: .string)),
        ])

    static let request = object(
        "AdmissionRequest",
        required: [
            "kind": kind, "resource": resource, "requestKind": kind, "requestResource": resource, "name": .string,
            "operation": .string, "userInfo": user,
        ],
        optional: [
            "subResource": .string, "requestSubResource": .string, "namespace": .string, "dryRun": .bool,
            "options": .dyn,
        ])

    private static let condition = object(
        "NamespaceCondition",
        required: [
            "status": .string, "type": .string, "lastTransitionTime": .timestamp, "message": .string, "reason": .string,
        ])

    static let namespace = object(
        "Namespace",
        required: [
            "metadata": object(
                "NamespaceMetadata",
                required: [
                    "name": .string, "generateName": .string, "namespace": .string, "labels": .map(of: .string),
                    "annotations": .map(of: .string), "UID": .string, "creationTimestamp": .timestamp,
                    "deletionGracePeriodSeconds": .int, "deletionTimestamp": .timestamp, "generation": .int,
                    "resourceVersion": .string, "finalizers": .list(of: .string),
                ]),
            "spec": object("NamespaceSpec", required: ["finalizers": .list(of: .string)]),
            "status": object(
                "NamespaceStatus", required: ["conditions": .list(of: condition), "phase": .string]),
        ])
}

import APIServer
import Machinery
import Testing

/// Policies and bindings that tests write.
enum Policies {
    static let group = "/apis/admissionregistration.k8s.io/v1"

    static func policy(_ kind: String, _ name: String, _ spec: JSONObject) -> String {
        var all: JSONObject = [
            "matchConstraints": ["resourceRules": Hooks.rules(["configmaps"])],
            "reinvocationPolicy": kind == "MutatingAdmissionPolicy" ? "Never" : .null,
        ]
        for member in spec.members { all[member.key] = member.value }
        let policy: JSON = [
            "apiVersion": "admissionregistration.k8s.io/v1", "kind": .string(kind), "metadata": ["name": .string(name)],
            "spec": .object(JSONObject(all.members.filter { !$0.value.isNull }.map { ($0.key, $0.value) })),
        ]
        return policy.description
    }
}

extension TestCluster {
    /// A validating policy with a binding `NAME-binding`.
    func policy(_ name: String, _ spec: JSONObject, binding: JSONObject = ["validationActions": ["Deny"]]) async throws
    {
        try await send(
            "POST", Policies.group + "/validatingadmissionpolicies",
            Policies.policy("ValidatingAdmissionPolicy", name, spec)
        ).expect(201)
        try await bind("ValidatingAdmissionPolicyBinding", "\(name)-binding", name, binding)
    }

    /// A mutating policy with a binding `NAME-binding`.
    func mutation(_ name: String, _ spec: JSONObject, binding: JSONObject = [:]) async throws {
        try await send(
            "POST", Policies.group + "/mutatingadmissionpolicies",
            Policies.policy("MutatingAdmissionPolicy", name, spec)
        ).expect(201)
        try await bind("MutatingAdmissionPolicyBinding", "\(name)-binding", name, binding)
    }

    func bind(_ kind: String, _ name: String, _ policy: String, _ spec: JSONObject) async throws {
        var spec = spec
        spec["policyName"] = .string(policy)
        let binding: JSON = [
            "apiVersion": "admissionregistration.k8s.io/v1", "kind": .string(kind), "metadata": ["name": .string(name)],
            "spec": .object(spec),
        ]
        try await send("POST", "\(Policies.group)/\(kind.lowercased())s", binding.description).expect(201)
    }
}

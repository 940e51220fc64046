import KubeAPI
import Machinery

/// A ConfigMap that the server writes at every start, readable by somebody who may read no other.
package struct PublishedDocument: Sendable {
    package enum Reader: Sendable {
        case user(String)
        case group(String)
    }

    let map: ConfigMap
    private let reader: Reader?

    /// - Parameter reader: `nil` where a default role says who may read it.
    package init(_ map: ConfigMap, reader: Reader? = nil) {
        self.map = map
        self.reader = reader
    }

    private var name: String { "gantry:\(map.name)" }

    var role: Role? {
        guard reader != nil else { return nil }
        var role = Role(name: name, namespace: map.namespace)
        var rule = PolicyRule()
        rule.verbs = ["get"]
        rule.apiGroups = [""]
        rule.resources = ["configmaps"]
        rule.resourceNames = [map.name]
        role.rules = [rule]
        return role
    }

    var binding: RoleBinding? {
        guard let reader else { return nil }
        var binding = RoleBinding(name: name, namespace: map.namespace)
        binding.roleRef = RoleRef(
            json: ["apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": .string(name)])
        var subject = Subject()
        subject.apiGroup = "rbac.authorization.k8s.io"
        switch reader {
        case .user(let name): (subject.kind, subject.name) = ("User", name)
        case .group(let name): (subject.kind, subject.name) = ("Group", name)
        }
        binding.subjects = [subject]
        return binding
    }
}

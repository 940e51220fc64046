/// Bodies that tests send.
enum Manifest {
    static func configMap(_ name: String, labels: String = "{}", data: String = #"{"k":"v"}"#) -> String {
        #"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"\#(name)","labels":\#(labels)},"data":\#(data)}"#
    }

    static func namespace(_ name: String) -> String {
        #"{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"\#(name)"}}"#
    }

    static func pod(_ name: String, labels: String = "{}", metadata: String = "", spec: String = "") -> String {
        #"{"apiVersion":"v1","kind":"Pod","metadata":{"name":"\#(name)","labels":\#(labels)\#(metadata)},"#
            + #""spec":{"containers":[{"name":"c","image":"busybox"}]\#(spec)}}"#
    }

    static func deployment(_ name: String, replicas: Int = 1, image: String = "nginx") -> String {
        #"{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"\#(name)"},"spec":{"replicas":\#(replicas),"#
            + #""selector":{"matchLabels":{"app":"\#(name)"}},"template":{"metadata":{"labels":{"app":"\#(name)"}},"#
            + #""spec":{"containers":[{"name":"c","image":"\#(image)"}]}}}}"#
    }

    static func service(_ name: String, spec: String = #""ports":[{"port":80}]"#) -> String {
        #"{"apiVersion":"v1","kind":"Service","metadata":{"name":"\#(name)"},"spec":{\#(spec)}}"#
    }

    static func role(_ name: String, rules: String, kind: String = "Role") -> String {
        #"{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"\#(kind)","metadata":{"name":"\#(name)"},"#
            + #""rules":\#(rules)}"#
    }

    static func binding(
        _ name: String, role: String, roleKind: String = "Role", user: String, kind: String = "RoleBinding"
    )
        -> String
    {
        #"{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"\#(kind)","metadata":{"name":"\#(name)"},"#
            + #""roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"\#(roleKind)","name":"\#(role)"},"#
            + #""subjects":[{"kind":"User","name":"\#(user)","apiGroup":"rbac.authorization.k8s.io"}]}"#
    }
}

/// Collections by path.
enum Path {
    static let configMaps = "/api/v1/namespaces/default/configmaps"
    static let pods = "/api/v1/namespaces/default/pods"
    static let services = "/api/v1/namespaces/default/services"
    static let namespaces = "/api/v1/namespaces"
    static let deployments = "/apis/apps/v1/namespaces/default/deployments"
    static let rbac = "/apis/rbac.authorization.k8s.io/v1"
}

import APIServer
import KubeAPI
import Machinery
import Testing

@Suite("Access rules")
struct RBACRuleTests {
    private static let user = User(name: "jane", groups: ["developers"])

    private func authorizer(_ rules: String, bound kind: String = "RoleBinding") throws -> RBACAuthorizer {
        let rbac = RBACAuthorizer()
        let role = try #require(
            try JSON(parsing: Array(Manifest.role("r", rules: rules, kind: "ClusterRole").utf8)).objectValue)
        rbac.update(.clusterRole, ObjectKey(namespace: "", name: "r"), role)
        let binding = try #require(
            try JSON(
                parsing: Array(
                    Manifest.binding("b", role: "r", roleKind: "ClusterRole", user: "jane", kind: kind)
                        .replacing(#""name":"b""#, with: #""name":"b","namespace":"here""#).utf8)
            ).objectValue)
        if kind == "RoleBinding" {
            rbac.update(.roleBinding, ObjectKey(namespace: "here", name: "b"), binding)
        } else {
            rbac.update(.clusterRoleBinding, ObjectKey(namespace: "", name: "b"), binding)
        }
        return rbac
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let rules: String
        let verb: String
        let resource: String
        var subresource = ""
        var name = ""
        var namespace = "here"
        var group = ""
        let allowed: Bool
        var testDescription: String {
            "\(rules) → \(verb) \(group)/\(resource)/\(subresource) \(name) in \(namespace): \(allowed)"
        }
    }

    @Test(
        "allow what they say and nothing else",
        arguments: [
            Case(
                rules: #"[{"verbs":["get"],"apiGroups":[""],"resources":["pods"]}]"#, verb: "get", resource: "pods",
                allowed: true),
            Case(
                rules: #"[{"verbs":["get"],"apiGroups":[""],"resources":["pods"]}]"#, verb: "list", resource: "pods",
                allowed: false),
            Case(
                rules: #"[{"verbs":["get"],"apiGroups":[""],"resources":["pods"]}]"#, verb: "get", resource: "pods",
                namespace: "there", allowed: false),
            Case(
                rules: #"[{"verbs":["get"],"apiGroups":[""],"resources":["pods"]}]"#, verb: "get", resource: "pods",
                namespace: "", allowed: false),
            Case(
                rules: #"[{"verbs":["get"],"apiGroups":[""],"resources":["pods"]}]"#, verb: "get", resource: "pods",
                subresource: "log", allowed: false),
            Case(
                rules: #"[{"verbs":["get"],"apiGroups":[""],"resources":["pods"]}]"#, verb: "get", resource: "pods",
                group: "apps", allowed: false),
            Case(
                rules: #"[{"verbs":["get"],"apiGroups":[""],"resources":["pods/log"]}]"#, verb: "get", resource: "pods",
                subresource: "log", allowed: true),
            Case(
                rules: #"[{"verbs":["get"],"apiGroups":[""],"resources":["pods/log"]}]"#, verb: "get", resource: "pods",
                allowed: false),
            Case(
                rules: #"[{"verbs":["update"],"apiGroups":["apps"],"resources":["*/scale"]}]"#, verb: "update",
                resource: "deployments", subresource: "scale", group: "apps", allowed: true),
            Case(
                rules: #"[{"verbs":["update"],"apiGroups":["apps"],"resources":["*/scale"]}]"#, verb: "update",
                resource: "deployments", group: "apps", allowed: false),
            Case(
                rules: #"[{"verbs":["*"],"apiGroups":["*"],"resources":["*"]}]"#, verb: "delete", resource: "anything",
                subresource: "part", group: "x", allowed: true),
            Case(
                rules: #"[{"verbs":["get"],"apiGroups":[""],"resources":["secrets"],"resourceNames":["one"]}]"#,
                verb: "get", resource: "secrets", name: "one", allowed: true),
            Case(
                rules: #"[{"verbs":["get"],"apiGroups":[""],"resources":["secrets"],"resourceNames":["one"]}]"#,
                verb: "get", resource: "secrets", name: "two", allowed: false),
            Case(
                rules: #"[{"verbs":["list"],"apiGroups":[""],"resources":["secrets"],"resourceNames":["one"]}]"#,
                verb: "list", resource: "secrets", allowed: false),
            Case(rules: "[]", verb: "get", resource: "pods", allowed: false),
        ])
    func resources(test: Case) throws {
        let decision = try authorizer(test.rules).authorize(
            AccessAttributes(
                user: Self.user, verb: test.verb, group: test.group, resource: test.resource,
                subresource: test.subresource, namespace: test.namespace, name: test.name))
        if case .allow = decision { #expect(test.allowed) } else { #expect(!test.allowed) }
    }

    @Test(
        "paths, with a star at the end only",
        arguments: [
            ("/healthz", "/healthz", true), ("/healthz", "/healthz/x", false), ("/api/*", "/api/v1", true),
            ("/api/*", "/apis", false), ("*", "/anything", true), ("/a*b", "/axb", false),
        ])
    func paths(rule: String, path: String, allowed: Bool) throws {
        let rbac = try authorizer(#"[{"verbs":["get"],"nonResourceURLs":["\#(rule)"]}]"#, bound: "ClusterRoleBinding")
        let decision = rbac.authorize(AccessAttributes(user: Self.user, verb: "get", path: path))
        if case .allow = decision { #expect(allowed) } else { #expect(!allowed) }
    }

    @Test("a binding of a namespace gives no path")
    func pathsInNamespace() throws {
        let rbac = try authorizer(#"[{"verbs":["get"],"nonResourceURLs":["*"]}]"#)
        let decision = rbac.authorize(AccessAttributes(user: Self.user, verb: "get", path: "/x"))
        #expect(decision == .noOpinion(reason: ""))
    }
}

@Suite("Access to the server", .timeLimit(.minutes(1)))
struct AccessTests {
    static let jane = User(name: "jane")

    /// Lets jane do what `rules` say in the default namespace.
    static func grant(_ cluster: TestCluster, _ rules: String, everywhere: Bool = false) async throws {
        let place = everywhere ? Path.rbac + "/" : Path.rbac + "/namespaces/default/"
        let (roles, bindings) = everywhere ? ("clusterroles", "clusterrolebindings") : ("roles", "rolebindings")
        let (role, binding) = everywhere ? ("ClusterRole", "ClusterRoleBinding") : ("Role", "RoleBinding")
        try await cluster.send("POST", place + roles, Manifest.role("jane", rules: rules, kind: role)).expect(201)
        try await cluster.send(
            "POST", place + bindings,
            Manifest.binding("jane", role: "jane", roleKind: role, user: "jane", kind: binding)
        ).expect(201)
    }

    @Test("is refused in Kubernetes' words", arguments: Route.allCases)
    func refusals(route: Route) async throws {
        try await TestCluster.run(route) { cluster in
            try await cluster.send("GET", Path.pods, as: Self.jane).expect(
                403, "Forbidden",
                #"pods is forbidden: User "jane" cannot list resource "pods" in API group "" in the "#
                    + #"namespace "default""#
            )
            try await cluster.send("GET", "/apis/apps/v1/deployments", as: Self.jane).expect(
                403, "Forbidden",
                #"deployments.apps is forbidden: User "jane" cannot list resource "deployments" in API group "#
                    + #""apps" at the cluster scope"#
            )
            try await cluster.send("GET", Path.pods + "/p/log", as: Self.jane).expect(
                403, "Forbidden",
                #"pods "p" is forbidden: User "jane" cannot get resource "pods/log" in API group "" in the "#
                    + #"namespace "default""#
            )
            try await cluster.send("GET", "/metrics", as: Self.jane).expect(
                403, "Forbidden", #"forbidden: User "jane" cannot get path "/metrics""#)
        }
    }

    @Test("everybody may ask about health and version, and who they are", arguments: Route.allCases)
    func everybody(route: Route) async throws {
        try await TestCluster.run(route) { cluster in
            for path in ["/readyz", "/livez", "/healthz", "/version"] {
                try await cluster.send("GET", path, as: .anonymous).expect(200)
            }
            try await cluster.send("GET", "/api", as: .anonymous).expect(403, "Forbidden")
            try await cluster.send("GET", "/api", as: Self.jane).expect(200)
            let answer = try await cluster.send(
                "POST", "/apis/authentication.k8s.io/v1/selfsubjectreviews",
                #"{"kind":"SelfSubjectReview","apiVersion":"authentication.k8s.io/v1"}"#, as: Self.jane)
            #expect(answer.expect(201).json.at("status.userInfo.username").stringValue == "jane")
            #expect(answer.json.at("status.userInfo.groups").arrayValue?.contains("system:authenticated") == true)
        }
    }

    @Test("rights in one namespace lead nowhere else")
    func confinement() async throws {
        try await TestCluster.run { cluster in
            try await Self.grant(cluster, #"[{"verbs":["*"],"apiGroups":["*"],"resources":["*"]}]"#)
            try await eventually { try await cluster.send("GET", Path.pods, as: Self.jane).status == 200 }
            try await cluster.send("GET", Path.namespaces + "/default", as: Self.jane).expect(200)
            for (method, path) in [
                ("GET", "/api/v1/namespaces/default/namespaces"),
                ("DELETE", "/api/v1/namespaces/default/namespaces/kube-public"),
                ("GET", "/api/v1/namespaces/default/nodes"), ("PUT", "/api/v1/namespaces/default/nodes/n/status"),
                ("GET", "/apis/rbac.authorization.k8s.io/v1/namespaces/default/clusterroles"),
            ] {
                try await cluster.send(method, path, "{}", as: Self.jane).expect(404, "NotFound")
            }
            try await cluster.send("GET", Path.namespaces, as: Self.jane).expect(403, "Forbidden")
            try await cluster.send("GET", Path.namespaces + "/kube-system", as: Self.jane).expect(403, "Forbidden")
        }
    }

    @Test("a right to one name allows a list and a watch of that name only")
    func names() async throws {
        try await TestCluster.run { cluster in
            try await Self.grant(
                cluster,
                #"[{"verbs":["list","watch"],"apiGroups":[""],"resources":["configmaps"],"resourceNames":["mine"]}]"#)
            for name in ["mine", "other"] {
                try await cluster.send("POST", Path.configMaps, Manifest.configMap(name)).expect(201)
            }
            let mine = Path.configMaps + "?fieldSelector=metadata.name%3Dmine"
            try await eventually { try await cluster.send("GET", mine, as: Self.jane).status == 200 }
            #expect(try await cluster.send("GET", mine, as: Self.jane).itemNames == ["mine"])
            try await cluster.send("GET", Path.configMaps, as: Self.jane).expect(403)
            try await cluster.send("GET", Path.configMaps + "?fieldSelector=metadata.name%3Dother", as: Self.jane)
                .expect(403)
            try await cluster.send("GET", Path.configMaps + "?fieldSelector=metadata.name%21%3Dmine", as: Self.jane)
                .expect(403)
            let watch = try await cluster.watch("/api/v1/watch/namespaces/default/configmaps/mine", as: Self.jane)
            try await cluster.send("DELETE", Path.configMaps + "/other").expect(200)
            try await cluster.send("DELETE", Path.configMaps + "/mine").expect(200)
            #expect(try await watch.summaries(2) == ["ADDED mine", "DELETED mine"])
            watch.cancel()
        }
    }

    @Test("who may patch may not therefore create")
    func createByPatch() async throws {
        try await TestCluster.run { cluster in
            try await Self.grant(
                cluster,
                #"[{"verbs":["patch","update"],"apiGroups":["","coordination.k8s.io"],"#
                    + #""resources":["configmaps","leases"]}]"#
            )
            let body = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n"
            let path = Path.configMaps + "/a?fieldManager=me"
            try await eventually {
                try await cluster.send("PATCH", path, "x", type: PatchTests.merge, as: Self.jane).status != 403
            }
            try await cluster.send("PATCH", path, body, type: PatchTests.apply, as: Self.jane).expect(
                403, "Forbidden", "cannot create resource")
            let lease = "/apis/coordination.k8s.io/v1/namespaces/default/leases/l"
            try await cluster.send("PUT", lease, #"{"metadata":{"name":"l"}}"#, as: Self.jane).expect(403, "Forbidden")
            try await cluster.send("POST", Path.configMaps, Manifest.configMap("a")).expect(201)
            try await cluster.send("PATCH", path, body, type: PatchTests.apply, as: Self.jane).expect(200)
        }
    }

    @Test("nobody grants more than they have")
    func escalation() async throws {
        try await TestCluster.run { cluster in
            try await Self.grant(
                cluster,
                #"[{"verbs":["*"],"apiGroups":["rbac.authorization.k8s.io"],"resources":["roles","#
                    + #""rolebindings"],"resourceNames":["x"]},"#
                    + #"{"verbs":["create","get"],"apiGroups":["rbac.authorization.k8s.io"],"#
                    + #""resources":["roles","rolebindings"]},"#
                    + #"{"verbs":["get"],"apiGroups":[""],"resources":["pods"]}]"#)
            let roles = Path.rbac + "/namespaces/default/roles"
            let bindings = Path.rbac + "/namespaces/default/rolebindings"
            try await eventually { try await cluster.send("GET", roles + "/jane", as: Self.jane).status == 200 }
            let more = #"[{"verbs":["get"],"apiGroups":[""],"resources":["pods","secrets"]}]"#
            try await cluster.send("POST", roles, Manifest.role("more", rules: more), as: Self.jane).expect(
                403, "Forbidden", "is attempting to grant RBAC permissions not currently held")
            let same = #"[{"verbs":["get"],"apiGroups":[""],"resources":["pods"]}]"#
            try await cluster.send("POST", roles, Manifest.role("same", rules: same), as: Self.jane).expect(201)
            let admin = Manifest.binding("admin", role: "cluster-admin", roleKind: "ClusterRole", user: "jane")
            try await cluster.send("POST", bindings, admin, as: Self.jane).expect(403, "Forbidden")
            try await cluster.send(
                "POST", bindings, Manifest.binding("none", role: "none", user: "jane"), as: Self.jane
            )
            .expect(404, "NotFound")
            try await cluster.send(
                "POST", bindings, Manifest.binding("same", role: "same", user: "jane"), as: Self.jane
            )
            .expect(201)
        }
    }

    @Test("reviews tell what somebody may do")
    func reviews() async throws {
        try await TestCluster.run { cluster in
            try await Self.grant(cluster, #"[{"verbs":["get"],"apiGroups":[""],"resources":["pods"]}]"#)
            let path = "/apis/authorization.k8s.io/v1/"
            func ask(_ attributes: String, as user: User) async throws -> JSON {
                try await cluster.send(
                    "POST", path + "selfsubjectaccessreviews", #"{"spec":{"resourceAttributes":\#(attributes)}}"#,
                    as: user
                ).expect(201).json.at("status.allowed")
            }
            try await eventually {
                try await ask(#"{"verb":"get","resource":"pods","namespace":"default"}"#, as: Self.jane) == true
            }
            #expect(try await ask(#"{"verb":"get","resource":"pods","namespace":"other"}"#, as: Self.jane) == false)
            #expect(try await ask(#"{"verb":"get","resource":"pods"}"#, as: Self.jane) == false)
            #expect(try await ask(#"{"verb":"*","resource":"*","group":"*"}"#, as: TestCluster.admin) == true)
            let other =
                #"{"spec":{"user":"jane","resourceAttributes":{"verb":"get","resource":"pods","namespace":"default"}}}"#
            try await cluster.send("POST", path + "subjectaccessreviews", other, as: Self.jane).expect(403, "Forbidden")
            let answer = try await cluster.send("POST", path + "subjectaccessreviews", other).expect(201)
            #expect(answer.json.at("status.reason").stringValue?.hasPrefix("RBAC: allowed by RoleBinding") == true)
            try await cluster.send("POST", path + "selfsubjectaccessreviews", #"{"spec":{}}"#, as: Self.jane).expect(
                422, "Invalid")
            try await cluster.send(
                "POST", path + "subjectaccessreviews", #"{"spec":{"nonResourceAttributes":{"path":"/x","verb":"get"}}}"#
            )
            .expect(422, "Invalid")
            let rules = try await cluster.send(
                "POST", path + "selfsubjectrulesreviews", #"{"spec":{"namespace":"default"}}"#, as: Self.jane)
            #expect(rules.expect(201).text.contains(#""resources":["pods"]"#))
            try await cluster.send("GET", path + "selfsubjectaccessreviews").expect(405, "MethodNotAllowed")
            let table = "application/json;as=Table;v=v1;g=meta.k8s.io"
            let asked = #"{"spec":{"nonResourceAttributes":{"path":"/","verb":"get"}}}"#
            try await cluster.send("POST", path + "selfsubjectaccessreviews", asked, accept: table).expect(
                406, "NotAcceptable")
            try await cluster.send(
                "POST", path + "selfsubjectaccessreviews", asked, accept: table + ",application/json"
            )
            .expect(201)
        }
    }
}

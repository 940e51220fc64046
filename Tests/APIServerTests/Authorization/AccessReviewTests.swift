import APIServer
import HTTPCore
import Machinery
import Testing

@Suite("Access reviews with selectors", .timeLimit(.minutes(1)))
struct AccessReviewTests {
    private static let path = "/apis/authorization.k8s.io/v1/subjectaccessreviews"

    private static func review(_ resource: String) -> String {
        #"{"spec":{"user":"jane","resourceAttributes":{"verb":"list","resource":"pods"\#(resource)}}}"#
    }

    @Test("what of a selector is not understood widens the question, and is told")
    func partial() async throws {
        try await TestCluster.run { cluster in
            func ask(_ resource: String) async throws -> Answer {
                try await cluster.send("POST", Self.path, Self.review(resource)).expect(201)
            }
            let whole = try await ask(#","labelSelector":{"rawSelector":"a=b"},"fieldSelector":{"rawSelector":"c=d"}"#)
            #expect(whole.json.at("status") == ["allowed": false])
            let bad = try await ask(#","fieldSelector":{"rawSelector":"&"}"#)
            #expect(
                bad.json.at("status.evaluationError")
                    == "spec.resourceAttributes.fieldSelector ignored due to parse error")
            let requirements =
                #"[{"key":"a","operator":"In","values":["b"]},{"key":"a","operator":"Near","values":["c"]}]"#
            let part = try await ask(#","labelSelector":{"requirements":\#(requirements)}"#)
            #expect(
                part.json.at("status.evaluationError")
                    == "spec.resourceAttributes.labelSelector partially ignored due to parse error")
        }
    }

    @Test(
        "selectors have one form, and requirements what they need",
        arguments: [
            (#","fieldSelector":{}"#, "requirements or rawSelector is required"),
            (
                #","fieldSelector":{"rawSelector":"a=b","requirements":[{"key":"a","operator":"Exists"}]}"#,
                "may not specified at the same time as requirements"
            ),
            (
                #","labelSelector":{"requirements":[{"key":"a","operator":"In"}]}"#,
                "must be specified when `operator` is"
            ),
            (
                #","labelSelector":{"requirements":[{"key":"a","operator":"Exists","values":["b"]}]}"#,
                "may not be specified when `operator` is"
            ),
            (#","fieldSelector":{"requirements":[{"operator":"Exists"}]}"#, "key: Required value: must be specified"),
            (#","labelSelector":{"requirements":[{"key":"/","operator":"Exists"}]}"#, "requirements[0].key: Invalid"),
        ])
    func invalid(resource: String, part: String) async throws {
        try await TestCluster.run { cluster in
            try await cluster.send("POST", Self.path, Self.review(resource)).expect(422, "Invalid", part)
        }
    }

    @Test("a review of somebody else sees their uid and extra values; without anybody it is none")
    func users() async throws {
        try await TestCluster.run { cluster in
            let both = #"{"spec":{"user":"x","resourceAttributes":{},"nonResourceAttributes":{}}}"#
            try await cluster.send("POST", Self.path, both).expect(422, "Invalid", "cannot be specified in combination")
            try await cluster.send("POST", Self.path, #"{"spec":{}}"#).expect(422, "Invalid", "exactly one of")
            try await cluster.send("POST", Self.path, #"{"spec":{"resourceAttributes":{}}}"#)
                .expect(422, "Invalid", "at least one of user or group must be specified")
        }
    }

    @Test("what a role would grant too much is listed in its refusal")
    func escalation() async throws {
        try await TestCluster.run { cluster in
            let own =
                #"[{"verbs":["*"],"apiGroups":["rbac.authorization.k8s.io"],"resources":["roles","clusterroles"]},"#
                + #"{"verbs":["get"],"apiGroups":[""],"resources":["pods"]}]"#
            try await AccessTests.grant(cluster, own, everywhere: true)
            let roles = "/apis/rbac.authorization.k8s.io/v1/namespaces/default/roles"
            let jane = User(name: "jane")
            let role =
                #"{"metadata":{"name":"r"},"rules":[{"verbs":["get","list","watch"],"apiGroups":[""],"#
                + #""resources":["pods","secrets"]}]}"#
            // "*" in the roles' verbs holds the right to escalate.
            try await eventually { try await cluster.send("POST", roles, role, as: jane).status == 201 }
            let some = own.replacing(#""verbs":["*"]"#, with: #""verbs":["create"]"#)
            let other = User(name: "joe")
            try await cluster.send(
                "POST", "/apis/rbac.authorization.k8s.io/v1/clusterroles",
                #"{"metadata":{"name":"joe"},"rules":\#(some)}"#
            ).expect(201)
            let binding =
                #"{"metadata":{"name":"joe"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","#
                + #""name":"joe"},"subjects":[{"apiGroup":"rbac.authorization.k8s.io","kind":"User","name":"joe"}]}"#
            try await cluster.send("POST", "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings", binding).expect(
                201)
            let wanted = role.replacing(#""name":"r""#, with: #""name":"s""#)
            try await eventually {
                try await cluster.send("POST", roles, wanted, as: other).message.contains("not currently held")
            }
            let answer = try await cluster.send("POST", roles, wanted, as: other)
            answer.expect(
                403, "Forbidden",
                "user \"joe\" (groups=[\"system:authenticated\"]) is attempting to grant RBAC permissions not "
                    + "currently held:\n{APIGroups:[\"\"], Resources:[\"pods\"], Verbs:[\"list\" \"watch\"]}\n"
                    + "{APIGroups:[\"\"], Resources:[\"secrets\"], Verbs:[\"get\" \"list\" \"watch\"]}")
            let aggregated =
                #"{"metadata":{"name":"all"},"aggregationRule":{"clusterRoleSelectors":[{"matchLabels":{"a":"b"}}]}}"#
            try await cluster.send(
                "POST", "/apis/rbac.authorization.k8s.io/v1/clusterroles", aggregated, as: other
            ).expect(403, "Forbidden", "must have cluster-admin privileges to use the aggregationRule")
        }
    }
}

@Suite("Constrained impersonation", .timeLimit(.minutes(1)))
struct ConstrainedImpersonationTests {
    private static let group = #""apiGroups":["authentication.k8s.io"]"#

    private func act(
        _ cluster: TestCluster, _ fields: (String, String)..., path: String = Path.pods
    ) async throws -> Answer {
        let token = try cluster.plane.tokens.issue(user: "jane", groups: [], seconds: 600).token
        var headers: HTTPHeaders = ["authorization": "Bearer \(token)"]
        for (name, value) in fields { headers.append(name, value) }
        return try await cluster.raw("GET", path, headers: headers)
    }

    @Test("a user is acted as for what is allowed in their name, and for nothing else")
    func users() async throws {
        try await TestCluster.run(.socket) { cluster in
            try await AccessTests.grant(
                cluster,
                #"[{"verbs":["impersonate:user-info"],\#(Self.group),"resources":["users"],"resourceNames":["bob"]},"#
                    + #"{"verbs":["impersonate:user-info"],\#(Self.group),"resources":["groups"],"#
                    + #""resourceNames":["system:masters","team"]},"#
                    + #"{"verbs":["impersonate-on:user-info:list"],"apiGroups":[""],"resources":["pods"]}]"#,
                everywhere: true)
            try await eventually {
                try await act(cluster, ("impersonate-user", "bob")).message.contains(#"User "bob""#)
            }
            // Allowed to act; bob himself may not list.
            try await act(cluster, ("impersonate-user", "bob")).expect(403, "Forbidden", #"User "bob" cannot list"#)
            try await act(cluster, ("impersonate-user", "eve")).expect(
                403, "Forbidden",
                #"users.authentication.k8s.io "eve" is forbidden: User "jane" cannot impersonate:user-info"#)
            try await act(cluster, ("impersonate-user", "bob"), path: Path.pods + "/x").expect(
                403, "Forbidden", #"User "jane" cannot impersonate-on:user-info:get resource "pods""#)
            try await act(cluster, ("impersonate-user", "bob"), ("impersonate-group", "system:masters")).expect(
                403, "Forbidden", "impersonating the system:masters group is not allowed")
        }
    }

    @Test("service accounts and nodes are acted as by their names only")
    func others() async throws {
        try await TestCluster.run(.socket) { cluster in
            try await AccessTests.grant(
                cluster,
                #"[{"verbs":["impersonate:serviceaccount"],\#(Self.group),"resources":["serviceaccounts"]},"#
                    + #"{"verbs":["impersonate:arbitrary-node"],\#(Self.group),"resources":["nodes"]},"#
                    + #"{"verbs":["impersonate-on:serviceaccount:list","impersonate-on:arbitrary-node:list"],"#
                    + #""apiGroups":[""],"resources":["pods"]}]"#,
                everywhere: true)
            let account = ("impersonate-user", "system:serviceaccount:default:default")
            try await eventually {
                try await act(cluster, account).message.contains(#"User "system:serviceaccount:default:default""#)
            }
            try await act(cluster, ("impersonate-user", "system:node:n1")).expect(
                403, "Forbidden", #"User "system:node:n1" cannot list"#)
            try await act(cluster, account, ("impersonate-group", "x")).expect(
                403, "Forbidden", #"User "jane" cannot impersonate resource "serviceaccounts""#)
        }
    }
}

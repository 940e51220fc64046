import APIServer
import KubeAPI
import Machinery
import Testing

@Suite("Default roles")
struct DefaultRolesTests {
    @Test("every binding's role exists, and no two roles have a name")
    func references() {
        let names = DefaultRoles.clusterRoles.map(\.name)
        #expect(Set(names).count == names.count)
        for binding in DefaultRoles.clusterRoleBindings { #expect(names.contains(binding.role), "\(binding.role)") }
    }

    @Test("every rule was read, and says what is allowed and on what")
    func rules() {
        for role in DefaultRoles.clusterRoles {
            let object = role.object
            #expect(RBACValidation.validate(object).isEmpty, "\(role.name)")
            #expect(!object.rules.isEmpty, "\(role.name)")
        }
    }

    @Test("admin has what edit has, and edit what view has", arguments: [("admin", "edit"), ("edit", "view")])
    func aggregation(_ pair: (String, String)) throws {
        let greater = try #require(DefaultRoles.clusterRoles.first { $0.name == pair.0 }).object
        let lesser = try #require(DefaultRoles.clusterRoles.first { $0.name == pair.1 }).object
        #expect(greater.aggregationRule?.clusterRoleSelectors.count == 1)
        for rule in lesser.rules { #expect(greater.rules.contains(rule)) }
        #expect(greater.rules.count > lesser.rules.count)
    }

    @Test("each controller's role belongs to its account")
    func controllers() throws {
        let bindings = DefaultRoles.clusterRoleBindings.filter { $0.name.hasPrefix("system:controller:") }
        #expect(bindings.count > 30)
        let deployment = try #require(bindings.first { $0.name == "system:controller:deployment-controller" }).object
        #expect(deployment.subjects.map(\.name) == ["deployment-controller"])
        #expect(deployment.subjects.map(\.namespace) == ["kube-system"])
    }

    @Test("the system's namespaces have roles of their own")
    func namespaced() async throws {
        try await TestCluster.run { cluster in
            let place = "/apis/rbac.authorization.k8s.io/v1/namespaces/kube-system"
            let reader = try await cluster.send(
                "GET", place + "/roles/extension-apiserver-authentication-reader"
            ).expect(200).json
            #expect(reader.at("rules.0.resourceNames.0").stringValue == "extension-apiserver-authentication")
            let binding = try await cluster.send(
                "GET", place + "/rolebindings/system::extension-apiserver-authentication-reader"
            ).expect(200).json
            #expect(binding.at("roleRef.kind").stringValue == "Role")
            #expect(binding.at("subjects").arrayValue?.count == 2)
            try await cluster.send("GET", place + "/rolebindings/system::leader-locking-kube-scheduler").expect(200)
        }
    }

    @Test("a role that lost rules gets them back at the next start, and what was added stays")
    func reconciliation() async throws {
        try await TestCluster.run { cluster in
            let path = Path.rbac + "/clusterroles/system:basic-user"
            let own = #"{"rules":[{"apiGroups":["x.io"],"resources":["things"],"verbs":["get"]}]}"#
            try await cluster.send("PATCH", path, own, type: PatchTests.merge).expect(200)
            try await ClusterBootstrap(
                client: cluster.client(), serviceAddress: "10.96.0.1", dnsAddress: "10.96.0.10",
                serverAddress: "192.0.2.1", serverPort: 6443, served: cluster.plane.servedVersions
            ).run()
            let rules = try await cluster.send("GET", path).expect(200).json.at("rules").arrayValue ?? []
            #expect(rules.count == 3)
            #expect(rules.first?.at("apiGroups.0").stringValue == "x.io")
        }
    }
}

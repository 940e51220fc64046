import Client
import KubeAPI
import Machinery
import Testing

@Suite("Aggregated cluster roles")
struct ClusterRoleAggregationTests {
    private static func role(_ name: String, labels: [String: String], verbs: [String]) -> ClusterRole {
        var role = ClusterRole(name: name)
        role.metadata.labels = labels
        var rule = PolicyRule()
        rule.verbs = verbs
        rule.apiGroups = ["x.io"]
        rule.resources = ["things"]
        role.rules = [rule]
        return role
    }

    @Test("have the rules of the roles they name, as those come and change")
    func follows() async throws {
        let cluster = TestCluster(["clusterrole-aggregation"])
        try await cluster.run { cluster in
            let client = cluster.server.client()
            var whole = ClusterRole(name: "whole")
            var aggregation = AggregationRule()
            var selector = LabelSelector()
            selector.matchLabels = ["part": "yes"]
            aggregation.clusterRoleSelectors = [selector]
            whole.aggregationRule = aggregation
            _ = try await client.create(whole)
            _ = try await client.create(Self.role("b", labels: ["part": "yes"], verbs: ["list"]))
            _ = try await client.create(Self.role("a", labels: ["part": "yes"], verbs: ["get"]))
            _ = try await client.create(Self.role("c", labels: ["part": "no"], verbs: ["delete"]))
            try await cluster.until("aggregated") { server in
                server.get(ClusterRole.self, "whole")?.rules.map(\.verbs) == [["get"], ["list"]]
            }
            cluster.server.edit(ClusterRole.self, "a") { $0.rules[0].verbs = ["watch"] }
            try await cluster.until("followed") { server in
                server.get(ClusterRole.self, "whole")?.rules.map(\.verbs) == [["watch"], ["list"]]
            }
        }
    }
}

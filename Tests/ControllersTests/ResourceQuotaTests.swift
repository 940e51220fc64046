import Client
import ClientTestSupport
import KubeAPI
import Machinery
import Testing

@Suite("A resource quota")
struct ResourceQuotaTests {
    private func quota(_ name: String, _ hard: [String: Quantity], scopes: [String] = []) -> ResourceQuota {
        var quota = ResourceQuota(name: name, namespace: "team")
        quota.spec.hard = hard
        quota.spec.scopes = scopes
        return quota
    }

    private func pod(_ name: String, cpu: String) -> Pod {
        var pod = Pod(name: name, namespace: "team")
        pod.spec.containers = [Container(json: ["name": "c", "resources": ["requests": ["cpu": .string(cpu)]]])]
        return pod
    }

    private static func used(_ server: FakeAPIServer, _ name: String) -> [String: Quantity]? {
        server.get(ResourceQuota.self, name, namespace: "team")?.status.used
    }

    @Test("is counted when it is made, and when its limits change")
    func counting() async throws {
        let cluster = TestCluster(["resourcequota"])
        try await cluster.run { cluster in
            let client = cluster.server.client()
            _ = try await client.create(ConfigMap(name: "a", namespace: "team"))
            _ = try await client.create(ConfigMap(name: "b", namespace: "other"))
            _ = try await client.create(self.quota("q", ["configmaps": 5, "pods": 1]))
            try await cluster.until("counted") { Self.used($0, "q") == ["configmaps": 1, "pods": 0] }
            cluster.server.edit(ResourceQuota.self, "q", namespace: "team") {
                $0.spec.hard = ["count/configmaps": 9]
            }
            try await cluster.until("counted anew") { server in
                let status = server.get(ResourceQuota.self, "q", namespace: "team")?.status
                return status?.used == ["count/configmaps": 1] && status?.hard == ["count/configmaps": 9]
            }
        }
    }

    @Test("gets back what is deleted and what pods that ended used")
    func releasing() async throws {
        let cluster = TestCluster(["resourcequota"])
        try await cluster.run { cluster in
            let client = cluster.server.client()
            _ = try await client.create(self.pod("a", cpu: "1"))
            _ = try await client.create(self.pod("b", cpu: "2"))
            _ = try await client.create(Service(name: "s", namespace: "team"))
            _ = try await client.create(
                self.quota("q", ["pods": 5, "requests.cpu": 10, "services": 2, "count/pods": 9]))
            try await cluster.until("counted") {
                Self.used($0, "q") == ["pods": 2, "requests.cpu": 3, "services": 1, "count/pods": 2]
            }
            cluster.server.edit(Pod.self, "b", namespace: "team") { $0.status.phase = "Succeeded" }
            cluster.server.erase(Service.self, "s", namespace: "team")
            try await cluster.until("released") {
                Self.used($0, "q") == ["pods": 1, "requests.cpu": 1, "services": 0, "count/pods": 2]
            }
            cluster.server.erase(Pod.self, "a", namespace: "team")
            try await cluster.until("released again") {
                Self.used($0, "q") == ["pods": 0, "requests.cpu": 0, "services": 0, "count/pods": 1]
            }
        }
    }

    @Test("counts only what is within its scopes")
    func scopes() async throws {
        let cluster = TestCluster(["resourcequota"])
        try await cluster.run { cluster in
            let client = cluster.server.client()
            _ = try await client.create(self.pod("a", cpu: "1"))
            _ = try await client.create(self.quota("best", ["pods": 5], scopes: ["BestEffort"]))
            _ = try await client.create(self.quota("other", ["pods": 5], scopes: ["NotBestEffort"]))
            try await cluster.until("counted") {
                Self.used($0, "best") == ["pods": 0] && Self.used($0, "other") == ["pods": 1]
            }
        }
    }

    @Test("has nothing used of what nobody serves")
    func unserved() async throws {
        let cluster = TestCluster(["resourcequota"])
        try await cluster.run { cluster in
            _ = try await cluster.server.client().create(self.quota("q", ["count/moons.example.com": 1]))
            try await cluster.until("counted") { Self.used($0, "q") == ["count/moons.example.com": 0] }
        }
    }
}

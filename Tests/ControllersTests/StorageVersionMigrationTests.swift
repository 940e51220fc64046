import Client
import ClientTestSupport
import KubeAPI
import Machinery
import Testing

@Suite("Storage version migration")
struct StorageVersionMigrationTests {
    private let cluster = TestCluster(["storage-version-migrator"])

    private func migration(_ name: String, group: String, resource: String) -> StorageVersionMigration {
        var migration = StorageVersionMigration(name: name)
        var wanted = MetaGroupResource()
        wanted.group = group
        wanted.resource = resource
        migration.spec.resource = wanted
        migration.metadata.creationTimestamp = cluster.time.wall.now
        return migration
    }

    private static func condition(_ server: FakeAPIServer, _ name: String) -> Condition? {
        server.get(StorageVersionMigration.self, name)?.status.conditions.first
    }

    @Test("has every object written once, whatever its namespace, and says that it is done")
    func rewrites() async throws {
        for index in 0..<3 {
            cluster.server.seed(Secret(name: "s\(index)", namespace: "ns\(index)"))
        }
        cluster.server.seed(ConfigMap(name: "other", namespace: "default"))
        cluster.server.seed(migration("secrets", group: "", resource: "secrets"))
        try await cluster.run { cluster in
            try await cluster.until("done") { server in
                Self.condition(server, "secrets")?.type == "Succeeded"
            }
            #expect(Self.condition(cluster.server, "secrets")?.reason == "StorageVersionMigrationSucceeded")
            let patches = cluster.server.requests.filter { $0.method == "PATCH" }.map(\.path).sorted()
            #expect(
                patches == (0..<3).map { "/api/v1/namespaces/ns\($0)/secrets/s\($0)" })
        }
    }

    @Test("of a resource that nobody serves fails, after it had time to come")
    func missing() async throws {
        cluster.server.seed(migration("none", group: "example.com", resource: "widgets"))
        try await cluster.run { cluster in
            await cluster.settle()
            #expect(Self.condition(cluster.server, "none") == nil)
            try await cluster.advance(.seconds(5), upTo: .seconds(120), "failed") { server in
                Self.condition(server, "none")?.type == "Failed"
            }
            #expect(
                Self.condition(cluster.server, "none")?.message
                    == "migration encountered unhandled error: unable to obtain GVR from discovery")
        }
    }
}

import Client
import ClientTestSupport
import KubeAPI
import Machinery
import Testing

@Suite("The client")
struct ClientVerbTests {
    let server = FakeAPIServer()

    @Test("creates, reads, changes and deletes typed objects")
    func verbs() async throws {
        let client = server.client("gantry-test/1")
        var map = ConfigMap(name: "settings", namespace: "default")
        map.data = ["a": "1"]
        let created = try await client.create(map)
        #expect(created.uid != "")
        var changed = created
        changed.data["b"] = "2"
        let updated = try await client.update(changed)
        #expect(updated.data == ["a": "1", "b": "2"])
        let patched = try await client.patch(
            ConfigMap.self, created.key, .merge(["data": ["a": .null]]))
        #expect(patched.data == ["b": "2"])
        let names = try await client.list(ConfigMap.self).items.map(\.name)
        #expect(names == ["settings"])
        try await client.delete(ConfigMap.self, created.key)
        await #expect(throws: StatusError.self) { _ = try await client.get(ConfigMap.self, created.key) }
    }

    @Test("tells a conflict, a missing and an existing object apart")
    func errors() async throws {
        let client = server.client()
        let map = try await client.create(ConfigMap(name: "a", namespace: "default"))
        var newer = map
        newer.data = ["x": "y"]
        _ = try await client.update(newer)
        newer.data = ["x": "z"]
        await #expect { _ = try await client.update(newer) } throws: { ($0 as? StatusError)?.isConflict == true }
        await #expect { _ = try await client.create(map) } throws: { ($0 as? StatusError)?.isAlreadyExists == true }
        await #expect {
            _ = try await client.get(Pod.self, ObjectKey(namespace: "default", name: "none"))
        } throws: { ($0 as? StatusError)?.isNotFound == true }
    }

    @Test("never sends a request that lacks the object's name")
    func emptyName() async throws {
        let client = server.client()
        await #expect(throws: StatusError.self) {
            try await client.delete(Pod.self, ObjectKey(namespace: "default", name: ""))
        }
        #expect(server.requests.isEmpty)
    }

    @Test("writes names of any spelling into paths")
    func escaping() async throws {
        let client = server.client()
        _ = try? await client.get(Pod.self, ObjectKey(namespace: "a b", name: "x/../y?z%é"))
        #expect(server.requests.map(\.path) == ["/api/v1/namespaces/a%20b/pods/x%2F..%2Fy%3Fz%25%C3%A9"])
    }

    @Test("learns what is served, in preferred versions and without subresources")
    func discovery() async throws {
        let served = try await server.client().servedResources()
        #expect(served.failures.isEmpty)
        let pods = try #require(served.resources.first { $0.kind.kind == "Pod" })
        #expect(pods.isNamespaced)
        #expect(pods.verbs.contains("deletecollection"))
        #expect(served.resources.contains { $0.resource == Deployment.resource })
        #expect(!served.resources.contains { $0.resource.resource.contains("/") })
    }
}

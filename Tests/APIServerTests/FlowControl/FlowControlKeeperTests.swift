import APIServer
import Client
import KubeAPI
import Machinery
import Testing

@Suite("The configuration of flow control")
struct FlowControlKeeperTests {
    private static let autoUpdate = "apf.kubernetes.io/autoupdate-spec"

    /// The object once it satisfies the condition.
    private func object<Object: KubeObject>(
        _ client: Client, _ name: String, where condition: (Object) -> Bool
    ) async throws -> Object {
        let key = ObjectKey(namespace: "", name: name)
        while true {
            do throws(StatusError) {
                let object = try await client.get(Object.self, key)
                if condition(object) { return object }
            } catch {
                guard error.reason == .notFound else { throw error }
            }
            await Task.yield()
        }
    }

    private func dangling(_ schema: FlowSchema) -> String? {
        schema.status.conditions.first { $0.type == "Dangling" }?.status
    }

    @Test("Every schema says that its level is there, or that it is not")
    func danglingSchemas() async throws {
        try await TestCluster.run { cluster in
            let client = cluster.client()
            for schema in FlowControlDefaults.mandatorySchemas + FlowControlDefaults.suggestedSchemas {
                let found: FlowSchema = try await object(client, schema.name) { self.dangling($0) == "False" }
                // What is put in at the start is as it should be: nobody has to correct it.
                #expect(found.metadata.generation == 1)
            }
            var own = FlowControlDefaults.suggestedSchemas[0]
            own.metadata.name = "own"
            own.metadata.annotations = [:]
            own.spec.priorityLevelConfiguration.name = "own"
            _ = try await client.create(own)
            let lost: FlowSchema = try await object(client, "own") { self.dangling($0) == "True" }
            #expect(
                lost.status.conditions.first?.message
                    == "This FlowSchema references the PriorityLevelConfiguration object named \"own\" "
                    + "but there is no such object")
            var level = FlowControlDefaults.suggestedLevels[0]
            level.metadata.name = "own"
            level.metadata.annotations = [:]
            _ = try await client.create(level)
            let found: FlowSchema = try await object(client, "own") { self.dangling($0) == "False" }
            #expect(found.status.conditions.first?.reason == "Found")
        }
    }

    @Test("What was deleted comes back, and so does a spec that an administrator did not take over")
    func restoring() async throws {
        try await TestCluster.run { cluster in
            let client = cluster.client()
            let before = try await client.get(FlowSchema.self, ObjectKey(namespace: "", name: "global-default"))
            try await client.delete(FlowSchema.self, before.key)
            let back: FlowSchema = try await object(client, before.name) { $0.uid != before.uid }
            #expect(back.spec == before.spec)

            var level = try await client.get(
                PriorityLevelConfiguration.self, ObjectKey(namespace: "", name: "workload-low"))
            level.spec.limited?.nominalConcurrencyShares = 7
            _ = try await client.update(level)
            let restored: PriorityLevelConfiguration = try await object(client, level.name) {
                $0.spec.limited?.nominalConcurrencyShares == 100
            }
            #expect(restored.metadata.generation == 3)
        }
    }

    @Test("A spec that an administrator took over stays; without a word about it, a changed one counts as taken over")
    func takenOver() async throws {
        try await TestCluster.run { cluster in
            let client = cluster.client()
            for (name, annotations) in [("workload-low", [Self.autoUpdate: "false"]), ("system", [:])] {
                var level = try await client.get(
                    PriorityLevelConfiguration.self, ObjectKey(namespace: "", name: name))
                level.metadata.annotations = annotations
                level.spec.limited?.nominalConcurrencyShares = 7
                _ = try await client.update(level)
                let kept: PriorityLevelConfiguration = try await object(client, name) {
                    $0.annotations[Self.autoUpdate] == "false"
                }
                #expect(kept.spec.limited?.nominalConcurrencyShares == 7)
            }
            // How many seats exempt requests count for is an administrator's to say.
            var exempt = try await client.get(
                PriorityLevelConfiguration.self, ObjectKey(namespace: "", name: "exempt"))
            exempt.spec.exempt?.lendablePercent = 50
            exempt.metadata.annotations = [:]
            _ = try await client.update(exempt)
            let kept: PriorityLevelConfiguration = try await object(client, "exempt") {
                $0.annotations[Self.autoUpdate] == "true"
            }
            #expect(kept.spec.exempt?.lendablePercent == 50)
        }
    }

    @Test("What another release left behind goes")
    func leftOver() async throws {
        try await TestCluster.run { cluster in
            let client = cluster.client()
            var old = FlowControlDefaults.suggestedLevels[0]
            old.metadata.name = "of-old"
            _ = try await client.create(old)
            try await eventually {
                do throws(StatusError) {
                    _ = try await client.get(PriorityLevelConfiguration.self, old.key)
                    return false
                } catch {
                    return error.reason == .notFound
                }
            }
        }
    }

    @Test("Requests follow a schema as soon as it is written")
    func atOnce() async throws {
        try await TestCluster.run { cluster in
            let client = cluster.client()
            let jane = User(name: "jane")
            let path = "/api/v1/namespaces/default/pods"
            let header = "X-Kubernetes-PF-FlowSchema-UID"
            let before = try await cluster.send("GET", path, as: jane).headers[header]
            var own = try await client.get(FlowSchema.self, ObjectKey(namespace: "", name: "global-default"))
            own = FlowSchema(json: ["spec": own.json["spec"] ?? .null])
            own.metadata.name = "first"
            own.spec.matchingPrecedence = 3
            let created = try await client.create(own)
            #expect(before != created.uid)
            #expect(try await cluster.send("GET", path, as: jane).headers[header] == created.uid)
            try await client.delete(FlowSchema.self, created.key)
            #expect(try await cluster.send("GET", path, as: jane).headers[header] == before)
        }
    }
}

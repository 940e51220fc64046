import APIServer
import Machinery
import Testing

/// Every kind by the same body: created, read, listed, shown, changed, deleted; wrong ones refused.
@Suite("Kinds", .timeLimit(.minutes(2)))
struct KindTests {
    private static let all =
        KindCase.storage + KindCase.classes + KindCase.admission + KindCase.server + KindCase.devices + KindCase.betas

    private static func everything() throws -> ServedAPIs {
        try ServedAPIs(runtimeConfig: "api/all=true", gates: FeatureGates(parsing: "AllAlpha=true,AllBeta=true"))
    }

    @Test("an object lives through create, get, list, table, update and delete", arguments: all)
    func life(kind: KindCase) async throws {
        try await TestCluster.run(apis: try Self.everything()) { cluster in
            let name = try #require(kind.good.at("metadata.name").stringValue)
            let created = try await cluster.send("POST", kind.path, kind.good.description)
            created.expect(201)
            #expect(try await cluster.send("GET", "\(kind.path)/\(name)").expect(200).body == created.body)
            #expect(try await cluster.send("GET", kind.path).expect(200).itemNames.contains(name))
            let table = try await cluster.send(
                "GET", "\(kind.path)/\(name)", accept: "application/json;as=Table;v=v1;g=meta.k8s.io")
            let cells = try #require(table.expect(200).json.at("rows.0.cells").arrayValue)
            #expect(table.json.at("columnDefinitions").arrayValue?.count == cells.count)
            #expect(Array(cells.prefix(kind.cells.count)) == kind.cells)
            let labelled = created.json.setting("metadata.labels", ["a": "b"])
            let updated = try await cluster.send("PUT", "\(kind.path)/\(name)", labelled.description).expect(200)
            #expect(updated.json.at("metadata.labels.a") == "b")
            #expect(updated.json["spec"] == created.json["spec"])
            try await cluster.send("DELETE", "\(kind.path)/\(name)").expect(200)
        }
    }

    @Test("what makes no sense is refused, in Kubernetes' words", arguments: all)
    func refused(kind: KindCase) async throws {
        try await TestCluster.run(apis: try Self.everything()) { cluster in
            for wrong in kind.wrong {
                let body = wrong.changes.reduce(kind.good) { $0.setting($1.path, $1.value) }
                try await cluster.send("POST", kind.path, body.description).expect(422, "Invalid", wrong.text)
            }
            let name = try #require(kind.good.at("metadata.name").stringValue)
            let created = try await cluster.send("POST", kind.path, kind.good.description).expect(201)
            for wrong in kind.wrongUpdates {
                let body = wrong.changes.reduce(created.json) { $0.setting($1.path, $1.value) }
                try await cluster.send("PUT", "\(kind.path)/\(name)", body.description)
                    .expect(422, "Invalid", wrong.text)
            }
        }
    }

    @Test(
        "kinds that must be read before they are written refuse updates without a resourceVersion",
        arguments: [KindCase.storage[3], KindCase.admission[0], KindCase.server[0]])
    func conditional(kind: KindCase) async throws {
        try await TestCluster.run(apis: try Self.everything()) { cluster in
            let name = try #require(kind.good.at("metadata.name").stringValue)
            try await cluster.send("POST", kind.path, kind.good.description).expect(201)
            try await cluster.send("PUT", "\(kind.path)/\(name)", kind.good.description).expect(
                422, "Invalid", "metadata.resourceVersion: Invalid value: 0x0: must be specified for an update")
        }
    }
}

import APIServer
import Machinery
import Testing

/// What may be written through `…/status`, and what not.
@Suite("Status of kinds", .timeLimit(.minutes(1)))
struct KindStatusTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let kind: KindCase
        let good: JSON
        let wrong: [(status: JSON, text: String)]

        var testDescription: String { kind.path }
    }

    private static let time: JSON = "2026-01-01T00:00:00Z"
    private static let allocation: JSON = [
        "devices": ["results": [["request": "gpu", "driver": "d.example.com", "pool": "p", "device": "d0"]]]
    ]
    private static let server: JSON = [
        "apiServerID": "a", "encodingVersion": "apps/v1", "decodableVersions": ["apps/v1"],
    ]

    private static let cases: [Case] = [
        Case(
            kind: KindCase.storage[1], good: ["attached": true, "attachmentMetadata": ["dev": "sda"]],
            wrong: [
                (
                    ["attached": false, "attachError": ["errorCode": -1]],
                    "status.attachError.errorCode: Invalid value: -1: must be between 0 and 2147483647, inclusive"
                )
            ]),
        Case(
            kind: KindCase.devices[1],
            good: ["allocation": allocation, "reservedFor": [["resource": "pods", "name": "p", "uid": "1"]]],
            wrong: [
                (
                    ["reservedFor": [["resource": "pods", "name": "p", "uid": "1"]]],
                    "status.reservedFor: Forbidden: may not be specified when `allocated` is not set"
                ),
                (
                    ["allocation": allocation.setting("devices.results.0.request", "other")],
                    "status.allocation.devices.results[0].request: Invalid value: \"other\""
                ),
                (
                    [
                        "allocation": allocation,
                        "devices": [["driver": "d.example.com", "pool": "p", "device": "d1"]],
                    ], "must be an allocated device in the claim"
                ),
            ]),
        Case(
            kind: KindCase.admission[2],
            good: ["observedGeneration": 1, "typeChecking": ["expressionWarnings": []]],
            wrong: [
                (
                    ["typeChecking": ["expressionWarnings": [["fieldRef": "spec.x", "warning": ""]]]],
                    "status.typeChecking.expressionWarnings[0].warning: Required value"
                ),
                (
                    ["conditions": [["type": "Ready", "status": "Maybe", "lastTransitionTime": time, "reason": "r"]]],
                    "status.conditions[0].status: Unsupported value: \"Maybe\""
                ),
            ]),
        Case(
            kind: KindCase.server[0], good: ["conditions": [["type": "Available", "status": "False", "reason": "x"]]],
            wrong: [(["conditions": [["type": "Available", "status": "No"]]], "Unsupported value: \"No\"")]),
        Case(
            kind: KindCase.server[1], good: ["conditions": [["type": "Dangling", "status": "False"]]],
            wrong: [(["conditions": [["status": "True"]]], "status.conditions[0].type: Required value")]),
        Case(
            kind: KindCase.betas[2], good: ["storageVersions": [server], "commonEncodingVersion": "apps/v1"],
            wrong: [
                (["storageVersions": [server]], "the common encoding version is apps/v1"),
                (
                    [
                        "storageVersions": [server.setting("decodableVersions", ["v2"])],
                        "commonEncodingVersion": "apps/v1",
                    ], "decodableVersions must include encodingVersion apps/v1"
                ),
            ]),
        Case(
            kind: KindCase.betas[1], good: ["resourceVersion": "5"],
            wrong: [(["resourceVersion": "x"], "status.resourceVersion: Invalid value: \"x\"")]),
    ]

    private static func everything() throws -> ServedAPIs {
        try ServedAPIs(runtimeConfig: "api/all=true", gates: FeatureGates(parsing: "AllAlpha=true,AllBeta=true"))
    }

    @Test("a status is written alone, when it makes sense", arguments: cases)
    func status(of item: Case) async throws {
        try await TestCluster.run(apis: try Self.everything()) { cluster in
            let name = try #require(item.kind.good.at("metadata.name").stringValue)
            let path = "\(item.kind.path)/\(name)"
            let made = try await cluster.send("POST", item.kind.path, item.kind.good.description).expect(201)
            for (status, text) in item.wrong {
                let body = made.json.setting("status", status)
                try await cluster.send("PUT", path + "/status", body.description).expect(422, "Invalid", text)
            }
            let body = made.json.setting("status", item.good).setting("metadata.labels", ["x": "y"])
            let written = try await cluster.send("PUT", path + "/status", body.description).expect(200)
            for (key, value) in try #require(item.good.objectValue) where value != [:] {
                #expect(written.json.at("status")[key] != nil, "\(key)")
            }
            #expect(written.json.at("metadata.labels") == .null)
            #expect(written.json["spec"] == made.json["spec"])
            let plain = written.json.setting("status", nil)
            let kept = try await cluster.send("PUT", path, plain.description).expect(200)
            #expect(kept.json["status"] == written.json["status"])
        }
    }
}

import Machinery
import Testing

@Suite("Fields that patches replace", .timeLimit(.minutes(1)))
struct ReplacedFieldTests {
    @Test("a strategic patch of a disruption budget's selector takes its place")
    func selector() async throws {
        try await TestCluster.run { cluster in
            let path = "/apis/policy/v1/namespaces/default/poddisruptionbudgets"
            try await cluster.send(
                "POST", path,
                #"{"metadata":{"name":"b"},"spec":{"minAvailable":1,"selector":{"matchLabels":{"a":"1","b":"2"}}}}"#
            ).expect(201)
            let patched = try await cluster.send(
                "PATCH", path + "/b", #"{"spec":{"selector":{"matchLabels":{"c":"3"}}}}"#,
                type: "application/strategic-merge-patch+json"
            ).expect(200)
            #expect(patched.json.at("spec.selector") == ["matchLabels": ["c": "3"]])
            #expect(patched.json.at("spec.minAvailable") == 1)
        }
    }
}

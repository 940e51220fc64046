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

    @Test("what a strategic patch says of version and kind is the path's to say")
    func kind() async throws {
        try await TestCluster.run { cluster in
            let path = "/apis/apps/v1/namespaces/default/deployments"
            let template = #"{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i"}]}}"#
            try await cluster.send(
                "POST", path,
                #"{"metadata":{"name":"d"},"spec":{"selector":{"matchLabels":{"a":"b"}},"template":\#(template)}}"#
            ).expect(201)
            // As Ansible's k8s_scale does it.
            let scale = try await cluster.send(
                "PATCH", path + "/d/scale", #"{"apiVersion":"apps/v1","kind":"Deployment","spec":{"replicas":3}}"#,
                type: "application/strategic-merge-patch+json"
            ).expect(200)
            #expect(scale.json.at("kind") == "Scale")
            #expect(scale.json.at("spec.replicas") == 3)
            let patched = try await cluster.send(
                "PATCH", path + "/d", #"{"kind":"Pod","spec":{"replicas":2}}"#,
                type: "application/strategic-merge-patch+json"
            ).expect(200)
            #expect(patched.json.at("kind") == "Deployment")
            #expect(patched.json.at("spec.replicas") == 2)
        }
    }
}

import APIServer
import Machinery
import Testing

/// Documents made to cost the server more than their sender: refused, and the server goes on.
///
/// The parsers' own tests have the exact bounds; these show that the API keeps to them, whatever the form.
@Suite("Hostile documents", .timeLimit(.minutes(2)))
struct DocumentSecurityTests {
    private func refused(
        _ cluster: TestCluster, _ body: [UInt8], type: String, path: String = Path.configMaps
    ) async throws {
        let answer = try await cluster.send("POST", path, body, type: type)
        #expect((400..<500).contains(answer.status), "\(type): \(answer.status) \(answer.text.prefix(200))")
        #expect(answer.body.count < 16 * 1024, "the refusal repeats what was sent")
        try await cluster.send("GET", Path.configMaps).expect(200)
    }

    @Test("a small YAML document that aliases make huge is refused")
    func aliases() async throws {
        try await TestCluster.run { cluster in
            var text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: bomb}\na0: &a0 [x,x,x,x,x,x,x,x,x,x]\n"
            for level in 1...9 {
                let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ",")
                text += "a\(level): &a\(level) [\(aliases)]\n"
            }
            try await refused(cluster, Array(text.utf8), type: "application/yaml")
            let loop = "apiVersion: v1\nkind: ConfigMap\nmetadata: &m\n  name: loop\n  labels: *m\n"
            try await refused(cluster, Array(loop.utf8), type: "application/yaml")
        }
    }

    private static let levels = 100_000
    private static let deep: [(type: String, body: [UInt8])] = [
        (
            "application/json",
            Array((String(repeating: "{\"a\":", count: levels) + "1" + String(repeating: "}", count: levels)).utf8)
        ),
        ("application/json", Array(String(repeating: "[", count: levels).utf8)),
        ("application/yaml", Array(String(repeating: "[", count: levels).utf8)),
        ("application/yaml", Array(String(repeating: "{a: ", count: levels).utf8)),
        ("application/yaml", Array(String(repeating: "- ", count: levels).utf8)),
        ("application/cbor", [0xd9, 0xd9, 0xf7] + [UInt8](repeating: 0x81, count: levels)),
        ("application/cbor", [0xd9, 0xd9, 0xf7] + [UInt8](repeating: 0xd8, count: levels)),
    ]

    @Test("deep nesting is refused", arguments: deep.indices)
    func nesting(_ index: Int) async throws {
        try await TestCluster.run { cluster in
            try await refused(cluster, Self.deep[index].body, type: Self.deep[index].type)
        }
    }

    /// JSON's schema is the one message of a built-in kind that nests in itself: `not` is its field 24.
    @Test("deep nesting in protobuf is refused")
    func protobufNesting() async throws {
        func field(_ number: UInt8, _ content: [UInt8]) -> [UInt8] {
            var bytes: [UInt8] = number < 16 ? [number << 3 | 2] : [number << 3 & 0x7f | 0x82, number >> 4]
            var length = content.count
            repeat {
                bytes.append(UInt8(length & 0x7f) | (length > 0x7f ? 0x80 : 0))
                length >>= 7
            } while length > 0
            return bytes + content
        }
        var schema: [UInt8] = []
        for _ in 0..<3000 { schema = field(24, schema) }
        let version = field(7, field(1, Array("v1".utf8)) + field(4, field(1, schema)))
        let raw = field(2, version)
        let type =
            field(1, Array("apiextensions.k8s.io/v1".utf8)) + field(2, Array("CustomResourceDefinition".utf8))
        let body = Array("k8s\0".utf8) + field(1, type) + field(2, raw)
        try await TestCluster.run { cluster in
            try await refused(
                cluster, body, type: "application/vnd.kubernetes.protobuf",
                path: "/apis/apiextensions.k8s.io/v1/customresourcedefinitions")
        }
    }

    private static let expressions = [
        String(repeating: "(", count: 5000) + "true" + String(repeating: ")", count: 5000),
        String(repeating: "!", count: 5000) + "true",
        String(repeating: "[", count: 5000) + String(repeating: "]", count: 5000) + " == []",
        Array(repeating: "true", count: 3000).joined(separator: " ? true : "),
        "object" + String(repeating: ".a", count: 5000) + " == 1",
        Array(repeating: "[1,2,3].all(x, ", count: 60).joined() + "true" + String(repeating: ")", count: 60),
    ]

    @Test("deeply nested expressions are refused", arguments: expressions.indices)
    func expressionNesting(_ index: Int) async throws {
        let policy: JSON = [
            "apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingAdmissionPolicy",
            "metadata": ["name": "deep"],
            "spec": [
                "matchConstraints": ["resourceRules": Hooks.rules(["configmaps"])],
                "validations": [["expression": .string(Self.expressions[index])]],
            ],
        ]
        try await TestCluster.run { cluster in
            let answer = try await cluster.send(
                "POST", "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies", policy.description)
            // A long chain may be fine; what matters is that there is an answer, and the server goes on.
            #expect([201, 422].contains(answer.status), "\(answer.text.prefix(300))")
            if [0, 2].contains(index) { #expect(answer.status == 422) }
            try await cluster.send("GET", Path.configMaps).expect(200)
        }
    }

    @Test("a JSON patch whose copies double the document again and again is refused")
    func patchGrowth() async throws {
        try await TestCluster.run { cluster in
            let data = #"{"a":"\#(String(repeating: "x", count: 10_000))"}"#
            try await cluster.send("POST", Path.configMaps, Manifest.configMap("c", data: data)).expect(201)
            let copies = (0..<40).map { #"{"op":"copy","from":"/data","path":"/data/k\#($0)"}"# }
            let answer = try await cluster.send(
                "PATCH", Path.configMaps + "/c", "[\(copies.joined(separator: ","))]",
                type: "application/json-patch+json")
            #expect((400..<500).contains(answer.status))
            let many = (0..<10_001).map { _ in #"{"op":"test","path":"/data/a","value":"x"}"# }
            let long = try await cluster.send(
                "PATCH", Path.configMaps + "/c", "[\(many.joined(separator: ","))]",
                type: "application/json-patch+json")
            #expect(long.status == 413, "\(long.text.prefix(200))")
            #expect(try await cluster.send("GET", Path.configMaps + "/c").json.at("data").objectValue?.count == 1)
        }
    }
}

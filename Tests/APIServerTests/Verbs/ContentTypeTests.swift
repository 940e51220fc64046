import KubeSchemas
import Machinery
import Testing

/// Objects in protobuf and CBOR, both ways, as clients of Go send and read them.
@Suite("Content types", .timeLimit(.minutes(1)))
struct ContentTypeTests {
    private static let protobuf = "application/vnd.kubernetes.protobuf"
    private static let goAccept = "application/vnd.kubernetes.protobuf,application/json"

    /// The object within a protobuf envelope, with its kind.
    private func read(_ bytes: [UInt8]) throws -> (kind: String, object: JSON) {
        let envelope = try ProtobufEnvelope(parsing: bytes)
        let groupVersion = try #require(GroupVersion(apiVersion: envelope.apiVersion))
        let schema = try #require(
            BuiltinSchemas.schema(
                kind: GroupVersionKind(
                    group: groupVersion.group, version: groupVersion.version, kind: envelope.kind))
                ?? BuiltinSchemas.schema(definition: "io.k8s.apimachinery.pkg.apis.meta.v1.\(envelope.kind)"))
        return (envelope.kind, .object(try JSONObject(protobuf: envelope.raw, schema: schema)))
    }

    private func pod(_ name: String) throws -> [UInt8] {
        guard case .object(let object) = try JSON(parsing: Array(Manifest.pod(name).utf8)) else { return [] }
        let schema = try #require(
            BuiltinSchemas.schema(kind: GroupVersionKind(group: "", version: "v1", kind: "Pod")))
        return ProtobufEnvelope(apiVersion: "v1", kind: "Pod", raw: try object.protobuf(schema)).encoded
    }

    @Test("protobuf goes in and comes out, object, list and error", arguments: Route.allCases)
    func bothWays(route: Route) async throws {
        try await TestCluster.run(route) { cluster in
            let created = try await cluster.send(
                "POST", Path.pods, try pod("a"), type: Self.protobuf, accept: Self.goAccept
            ).expect(201)
            #expect(created.headers["content-type"] == Self.protobuf)
            let (kind, object) = try read(created.body)
            #expect(kind == "Pod")
            #expect(object.at("metadata.name") == "a")
            #expect(object.at("spec.containers.0.image") == "busybox")
            #expect(object.at("spec.restartPolicy") == "Always")

            try await cluster.send("POST", Path.pods, Manifest.pod("b")).expect(201)
            let list = try read(try await cluster.send("GET", Path.pods, accept: Self.goAccept).expect(200).body)
            #expect(list.kind == "PodList")
            #expect(list.object.at("items.0.metadata.name") == "a")
            #expect(list.object.at("items.1.metadata.name") == "b")
            #expect(list.object.at("metadata.resourceVersion") != .null)

            let missing = try await cluster.send("GET", Path.pods + "/none", accept: Self.goAccept).expect(404)
            #expect(missing.headers["content-type"] == Self.protobuf)
            let status = try read(missing.body)
            #expect(status.kind == "Status")
            #expect(status.object.at("reason") == "NotFound")
            #expect(status.object.at("message") == #"pods "none" not found"#)
        }
    }

    @Test("what JSON shows and what protobuf shows are the same object", arguments: [Path.pods + "/a", Path.pods])
    func sameObject(path: String) async throws {
        try await TestCluster.run { cluster in
            try await cluster.send("POST", Path.pods, Manifest.pod("a")).expect(201)
            var plain = try #require(try await cluster.send("GET", path).expect(200).json.objectValue)
            plain["kind"] = nil
            plain["apiVersion"] = nil
            if case .array(let items)? = plain["items"] {
                plain["items"] = .array(
                    items.map { item in
                        var item = item.objectValue ?? JSONObject()
                        item["kind"] = nil
                        item["apiVersion"] = nil
                        return .object(item)
                    })
            }
            let other = try read(try await cluster.send("GET", path, accept: Self.protobuf).expect(200).body).object
            // An empty message is written nowhere; `status: {}` of a list's items and `fieldsV1` stay.
            #expect(try #require(other.objectValue).canonical == plain.canonical)
        }
    }

    @Test("only the metadata, as protobuf")
    func partial() async throws {
        try await TestCluster.run { cluster in
            try await cluster.send("POST", Path.configMaps, Manifest.configMap("a")).expect(201)
            let answer = try await cluster.send(
                "GET", Path.configMaps + "/a",
                accept: "application/vnd.kubernetes.protobuf;as=PartialObjectMetadata;g=meta.k8s.io;v=v1"
            ).expect(200)
            let envelope = try ProtobufEnvelope(parsing: answer.body)
            #expect(envelope.kind == "PartialObjectMetadata")
            #expect(envelope.apiVersion == "meta.k8s.io/v1")
        }
    }

    @Test("CBOR goes in and comes out")
    func cbor() async throws {
        try await TestCluster.run { cluster in
            let body = try JSON(parsing: Array(Manifest.configMap("a").utf8))
            let created = try await cluster.send(
                "POST", Path.configMaps, CBORWriter.document(body), type: "application/cbor",
                accept: "application/cbor"
            ).expect(201)
            #expect(created.headers["content-type"] == "application/cbor")
            #expect(try CBORReader.parse(created.body).at("data.k") == "v")
            try await cluster.send(
                "POST", Path.configMaps, [0x9F], type: "application/cbor"
            ).expect(400, "BadRequest", "cbor")
        }
    }

    @Test(
        "the best of what a client takes is chosen",
        arguments: [
            ("application/json;q=0.5, application/yaml", "application/yaml"),
            ("text/html, */*;q=0.1", "application/json"),
            (goAccept, protobuf), ("application/json,application/vnd.kubernetes.protobuf", "application/json"),
            ("application/vnd.kubernetes.protobuf;as=Table;g=meta.k8s.io;v=v1,application/json", "application/json"),
        ])
    func choice(accept: String, type: String) async throws {
        try await TestCluster.run { cluster in
            let answer = try await cluster.send("GET", Path.configMaps, accept: accept).expect(200)
            #expect(answer.headers["content-type"] == type)
        }
    }

    @Test("a form nobody has is not acceptable", arguments: ["text/html", "application/json;as=Chart;g=x;v=y"])
    func none(accept: String) async throws {
        try await TestCluster.run { cluster in
            try await cluster.send("GET", Path.configMaps, accept: accept).expect(406, "NotAcceptable")
        }
    }
}

extension JSONObject {
    /// Without empty texts, which protobuf does not tell from absent ones.
    fileprivate var canonical: JSON { Self.canonical(.object(self)) ?? .null }

    private static func canonical(_ value: JSON) -> JSON? {
        switch value {
        case .string(""), .null: return nil
        case .array(let elements): return .array(elements.compactMap(canonical))
        case .object(let object):
            var result = JSONObject()
            for member in object.members { result[member.key] = canonical(member.value) }
            return .object(result)
        default: return value
        }
    }
}

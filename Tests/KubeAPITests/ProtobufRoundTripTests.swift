import KubeSchemas
import Machinery
import Testing

/// Objects of every built-in kind, made at random from its schema, keep everything through protobuf and CBOR.
struct ProtobufRoundTripTests {
    @Test("Every built-in kind goes through protobuf unchanged", arguments: BuiltinSchemas.resources.map(\.gvk))
    func roundTrip(_ kind: GroupVersionKind) throws {
        let schema = try #require(BuiltinSchemas.schema(kind: kind))
        var source = RandomObject(seed: UInt64(kind.description.utf8.reduce(7) { $0 &* 31 &+ Int($1) }.magnitude))
        for _ in 0..<20 {
            let object = source.object(schema, depth: 0)
            let bytes = try object.protobuf(schema)
            let back = try JSONObject(protobuf: bytes, schema: schema)
            #expect(back == object, "\(JSON.object(object)) became \(JSON.object(back))")
        }
    }

    @Test(
        "A definition's schema says in protobuf what it says in JSON",
        arguments: [
            // By hand after generated.proto: tags, lengths, and the messages around schemas, flags and lists.
            ([0xB0, 0x02, 0x01], #"{"x-kubernetes-preserve-unknown-fields":true}"#),
            (
                [0xB8, 0x02, 0x01, 0xC0, 0x02, 0x01],
                #"{"x-kubernetes-embedded-resource":true,"x-kubernetes-int-or-string":true}"#
            ),
            (
                [0xCA, 0x02, 0x01, 0x6B, 0xD2, 0x02, 0x03, 0x6D, 0x61, 0x70],
                #"{"x-kubernetes-list-map-keys":["k"],"x-kubernetes-list-type":"map"}"#
            ),
            (
                [0xDA, 0x02, 0x01, 0x61, 0xE2, 0x02, 0x03, 0x0A, 0x01, 0x72],
                #"{"x-kubernetes-map-type":"a","x-kubernetes-validations":[{"rule":"r"}]}"#
            ),
            ([0xC2, 0x01, 0x05, 0x0A, 0x03, 0x2A, 0x01, 0x73], #"{"items":{"type":"s"}}"#),
            ([0xC2, 0x01, 0x07, 0x12, 0x03, 0x2A, 0x01, 0x73, 0x12, 0x00], #"{"items":[{"type":"s"},{}]}"#),
            ([0xF2, 0x01, 0x02, 0x08, 0x00], #"{"additionalProperties":false}"#),
            ([0xF2, 0x01, 0x07, 0x08, 0x01, 0x12, 0x03, 0x2A, 0x01, 0x73], #"{"additionalProperties":{"type":"s"}}"#),
            ([0x82, 0x02, 0x08, 0x0A, 0x01, 0x64, 0x12, 0x03, 0x12, 0x01, 0x65], #"{"dependencies":{"d":["e"]}}"#),
            ([0x42, 0x03, 0x0A, 0x01, 0x37], #"{"default":7}"#),
        ] as [([UInt8], String)])
    func definitionSchemas(bytes: [UInt8], text: String) throws {
        let schema = try #require(
            BuiltinSchemas.schema(
                definition: "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps"))
        let object = try #require(try JSON(parsing: text).objectValue)
        #expect(try JSONObject(protobuf: bytes, schema: schema) == object)
        #expect(try object.protobuf(schema) == bytes)
    }

    @Test(
        "What a client did not set is absent, what it set to zero or nothing is not",
        arguments: [
            ("io.k8s.api.core.v1.PodSpec", [0x58, 0x00], "{}"),
            ("io.k8s.api.core.v1.ServiceSpec", [0x1A, 0x00], "{}"),
            ("io.k8s.api.core.v1.ContainerPort", [0x10, 0x00, 0x18, 0x00], #"{"containerPort":0}"#),
            ("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps", [0xA8, 0x02, 0x00], "{}"),
            ("io.k8s.api.apps.v1.DeploymentSpec", [0x08, 0x00], #"{"replicas":0}"#),
            ("io.k8s.api.core.v1.PersistentVolumeClaimSpec", [0x2A, 0x00], #"{"storageClassName":""}"#),
            ("io.k8s.api.core.v1.SecurityContext", [0x28, 0x00], #"{"runAsNonRoot":false}"#),
            ("io.k8s.api.policy.v1.PodDisruptionBudgetStatus", [0x18, 0x00], #"{"disruptionsAllowed":0}"#),
        ] as [(String, [UInt8], String)])
    func zeros(definition: String, bytes: [UInt8], text: String) throws {
        let schema = try #require(BuiltinSchemas.schema(definition: definition))
        #expect(try JSON.object(JSONObject(protobuf: bytes, schema: schema)) == JSON(parsing: text))
    }

    @Test("Every built-in kind goes through CBOR unchanged", arguments: BuiltinSchemas.resources.map(\.gvk))
    func cbor(_ kind: GroupVersionKind) throws {
        let schema = try #require(BuiltinSchemas.schema(kind: kind))
        var source = RandomObject(seed: 11)
        let object = JSON.object(source.object(schema, depth: 0))
        #expect(try CBORReader.parse(CBORWriter.document(object)) == object)
    }
}

/// Makes objects that fit a schema, in canonical form, from a seed.
private struct RandomObject {
    private static let maximumDepth = 7
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// SplitMix64: small, and the same everywhere.
    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }

    private mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

    private mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }

    mutating func object(_ schema: Schema, depth: Int) -> JSONObject {
        var object = JSONObject()
        for field in schema.fields where !field.protobufPath.isEmpty {
            // Deep objects are sparse, or a pod would never end.
            guard below(10) < max(1, 8 - depth), let value = value(of: field, in: schema, depth: depth + 1) else {
                continue
            }
            object[field.name] = value
        }
        return object
    }

    private mutating func value(of field: SchemaField, in schema: Schema, depth: Int) -> JSON? {
        guard let choice = field.protobufChoice else {
            let value = value(field.type, depth: depth)
            let isZero = value == 0 || value == false
            return isZero && !field.isRequired && !field.distinguishesZero ? nil : value
        }
        guard depth <= Self.maximumDepth else { return nil }
        let chosen = value(choice, schema, depth: depth)
        if case .map = field.type { return ["key": chosen] }
        return chosen
    }

    private mutating func value(_ choice: ProtobufChoice, _ schema: Schema, depth: Int) -> JSON {
        let object = JSON.object(object(schema, depth: depth))
        guard below(2) == 0 else { return object }
        return switch choice {
        case .orFlag: .bool(below(2) == 0)
        case .orList: [object, [:]]
        case .orTexts: ["a", "b"]
        }
    }

    private mutating func value(_ type: SchemaType, depth: Int) -> JSON? {
        switch type {
        case .string: .string(pick(["a", "nginx:1.27", "Grüße", "🎈", " ", "line\nbreak", "x\u{0}y"]))
        case .int32: .int(pick([0, 1, -1, Int64(Int32.max), Int64(Int32.min)]))
        case .int64: .int(pick([0, 1, -1, Int64.max, Int64.min]))
        case .bool: .bool(below(2) == 0)
        case .double: .double(pick([0.5, -1.25, 1e300, 3.141592653589793]))
        case .bytes: .string(pick(["AA==", "aGVsbG8=", "/+8="]))
        case .quantity: .string(pick(["1", "100m", "2Gi", "1500m", "12e6", "-3"])).canonicalQuantity
        case .time: .string(pick(["2026-11-21T12:00:00Z", "1969-12-31T23:59:59Z"]))
        case .microTime: .string(pick(["2026-11-21T12:00:00.123456Z", "2026-11-21T12:00:00.000000Z"]))
        case .intOrString: below(2) == 0 ? .int(pick([0, 8080, -5])) : .string(pick(["25%", "http"]))
        case .duration: .string(pick(["1m30s", "0s", "250ms", "48h0m0s"]))
        case .any: pick([["a": [1, 2.5, "x", .null, true]], ["f:spec": ["f:replicas": .object(JSONObject())]]])
        case .list(let element, _): list(element, depth: depth)
        case .map(let element, _): map(element, depth: depth)
        case .object(let reference):
            depth > Self.maximumDepth ? nil : .object(object(reference.schema, depth: depth))
        }
    }

    private mutating func list(_ element: SchemaType, depth: Int) -> JSON? {
        var elements: [JSON] = []
        for _ in 0...below(3) { if let value = value(element, depth: depth) { elements.append(value) } }
        return elements.isEmpty ? nil : .array(elements)
    }

    private mutating func map(_ element: SchemaType, depth: Int) -> JSON? {
        var object = JSONObject()
        for key in ["", "app.kubernetes.io/name", "é"].prefix(1 + below(3)) {
            if let value = value(element, depth: depth) { object[key] = value }
        }
        return object.isEmpty ? nil : .object(object)
    }
}

extension JSON {
    fileprivate var canonicalQuantity: JSON { Quantity(json: self)?.json ?? self }
}

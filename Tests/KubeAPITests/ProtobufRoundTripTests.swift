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
            guard below(10) < max(1, 8 - depth), let value = value(field.type, depth: depth + 1) else { continue }
            object[field.name] = value
        }
        return object
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

import Machinery
import Testing

@Suite("Protobuf")
struct ProtobufTests {
    private static let full = #"""
        {"metadata":{"name":"web","labels":{"a":"b","c":""},"finalizers":["x","y"],"generation":-1,
          "creationTimestamp":"2026-11-21T09:30:05Z"},
         "spec":{"replicas":3,"containers":[{"name":"c","requests":{"cpu":"100m"},"ports":[{"containerPort":80}],
           "livenessProbe":{"command":["a","b"],"httpPort":"http","periodSeconds":10}}],"strategy":{"maxSurge":-5},
           "timeout":"1m30s","paused":true,"weight":1.5,"extra":{"any":[1,"x",null]},"groups":[1,-2,9223372036854775807],
           "users":{"u":["a","b"]},"zones":[]},
         "status":{"renewTime":"2026-11-21T09:30:05.123456Z","blob":"aGk="}}
        """#

    @Test("An object comes back from its message")
    func roundTrip() throws {
        var object = try #require(try JSON(parsing: Self.full).objectValue)
        let bytes = try object.protobuf(TestSchemas.app)
        // An empty list is no bytes at all.
        var spec = try #require(object["spec"]?.objectValue)
        spec["zones"] = nil
        object["spec"] = .object(spec)
        #expect(try JSONObject(protobuf: bytes, schema: TestSchemas.app) == object)
    }

    @Test(
        "Bytes are those of the wire format",
        arguments: [
            (#"{"metadata":{"name":"ab"}}"#, [0x0A, 4, 0x0A, 2, 0x61, 0x62]),
            (#"{"spec":{"replicas":300}}"#, [0x12, 3, 0x08, 0xAC, 0x02]),
            (#"{"spec":{"replicas":-1}}"#, [0x12, 11, 0x08] + Array(repeating: 0xFF, count: 9) + [0x01]),
            (#"{"spec":{"weight":1}}"#, [0x12, 9, 0x39, 0, 0, 0, 0, 0, 0, 0xF0, 0x3F]),
            (#"{"spec":{"strategy":{"maxSurge":"5%"}}}"#, [0x12, 10, 0x22, 8, 0x12, 6, 0x08, 1, 0x1A, 2, 0x35, 0x25]),
            (#"{"metadata":{"labels":{"k":"v"}}}"#, [0x0A, 8, 0x5A, 6, 0x0A, 1, 0x6B, 0x12, 1, 0x76]),
            (
                #"{"spec":{"containers":[{"livenessProbe":{"command":["x"]}}]}}"#,
                [0x12, 9, 0x1A, 7, 0x52, 5, 0x0A, 3, 0x0A, 1, 0x78]
            ),
            (#"{"apiVersion":"v1","kind":"App"}"#, []),
        ] as [(String, [UInt8])])
    func wire(text: String, bytes: [UInt8]) throws {
        let object = try #require(try JSON(parsing: text).objectValue)
        #expect(try object.protobuf(TestSchemas.app) == bytes)
    }

    @Test("Long messages have long lengths")
    func longLength() throws {
        let name = String(repeating: "n", count: 20_000)
        let object: JSONObject = ["metadata": ["name": .string(name), "uid": "u"]]
        let bytes = try object.protobuf(TestSchemas.app)
        #expect(bytes.count == 20_000 + 3 + 4 + 4 - 0)
        #expect(try JSONObject(protobuf: bytes, schema: TestSchemas.app) == object)
    }

    @Test("Unknown fields are passed over, packed lists are read, messages in pieces are put together")
    func lenient() throws {
        let unknown: [UInt8] = [
            0xF8, 0x7F, 5, 0xF9, 0x7F, 1, 2, 3, 4, 5, 6, 7, 8, 0xFD, 0x7F, 1, 2, 3, 4, 0xFA, 0x7F, 1, 9,
        ]
        #expect(try JSONObject(protobuf: unknown, schema: TestSchemas.app) == [:])
        let packed: [UInt8] = [0x12, 5, 0x4A, 3, 1, 0xAC, 0x02]
        #expect(try JSONObject(protobuf: packed, schema: TestSchemas.app) == ["spec": ["groups": [1, 300]]])
        let pieces: [UInt8] = [0x12, 2, 0x08, 1, 0x12, 2, 0x30, 1]
        #expect(try JSONObject(protobuf: pieces, schema: TestSchemas.app) == ["spec": ["replicas": 1, "paused": true]])
    }

    @Test("Empty texts and times are absent")
    func empties() throws {
        let bytes: [UInt8] = [0x0A, 6, 0x0A, 0, 0x1A, 0, 0x42, 0]
        #expect(try JSONObject(protobuf: bytes, schema: TestSchemas.app) == ["metadata": [:]])
    }

    @Test(
        "Malformed bytes are refused",
        arguments: [
            ([0x0A], .truncated), ([0x0A, 5, 1], .truncated), ([0x12, 2, 0x08], .truncated),
            ([0x12, 9, 0x39, 0], .truncated),
            ([0x00], .malformed), ([0x0B], .malformed),
            ([0x12, 11, 0x08] + Array(repeating: 0xFF, count: 10), .malformed),
            (Array(repeating: 0xFF, count: 11), .malformed),
            ([0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F], .truncated),
            ([0x0A, 3, 0x0A, 1, 0xFF], .malformed), ([0x0A, 2, 0x08, 1], .malformed), ([0x08, 1], .malformed),
            ([0x12, 9, 0x39, 0, 0, 0, 0, 0, 0, 0xF0, 0x7F], .malformed),
            ([0x12, 5, 0x42, 3, 0x0A, 1, 0x7B], .malformed),
        ] as [([UInt8], ProtobufError.Code)])
    func malformed(bytes: [UInt8], code: ProtobufError.Code) {
        #expect { try JSONObject(protobuf: bytes, schema: TestSchemas.app) } throws: {
            ($0 as? ProtobufError)?.code == code
        }
    }

    @Test(
        "Values that do not fit their schema are refused",
        arguments: [
            #"{"metadata":{"name":1}}"#, #"{"spec":{"replicas":"1"}}"#, #"{"spec":[]}"#, #"{"spec":{"containers":{}}}"#,
            #"{"status":{"blob":"*"}}"#, #"{"metadata":{"creationTimestamp":"x"}}"#, #"{"spec":{"timeout":"x"}}"#,
        ])
    func unfit(text: String) throws {
        let object = try #require(try JSON(parsing: text).objectValue)
        #expect { try object.protobuf(TestSchemas.app) } throws: { ($0 as? ProtobufError)?.code == .unfit }
    }

    @Test("Random and altered bytes never crash the reader", arguments: 0..<300)
    func random(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let object = try #require(try JSON(parsing: Self.full).objectValue)
        var bytes = try object.protobuf(TestSchemas.app)
        for _ in 0..<3 {
            bytes[Int.random(in: bytes.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
        }
        _ = try? JSONObject(protobuf: bytes, schema: TestSchemas.app)
        let noise = (0..<100).map { _ in UInt8.random(in: 0...255, using: &generator) }
        _ = try? JSONObject(protobuf: noise, schema: TestSchemas.app)
        _ = try? ProtobufEnvelope(parsing: ProtobufEnvelope.magic + noise)
    }

    @Test("The envelope names what is inside")
    func envelope() throws {
        let envelope = ProtobufEnvelope(apiVersion: "v1", kind: "Pod", raw: [1, 2, 3])
        #expect(
            envelope.encoded
                == Array("k8s\0".utf8) + [0x0A, 9, 0x0A, 2] + Array("v1".utf8) + [0x12, 3] + Array("Pod".utf8)
                + [0x12, 3, 1, 2, 3, 0x1A, 0, 0x22, 0])
        let parsed = try ProtobufEnvelope(parsing: envelope.encoded)
        #expect(parsed.apiVersion == "v1" && parsed.kind == "Pod" && parsed.raw == [1, 2, 3])
        #expect(throws: ProtobufError.self) { try ProtobufEnvelope(parsing: [1, 2, 3, 4, 5]) }
        #expect(
            ProtobufEnvelope.watchFrame(type: "ADDED", object: [9]) == [0, 0, 0, 12, 0x0A, 5] + Array("ADDED".utf8) + [
                0x12, 3, 0x0A, 1, 9,
            ])
    }
}

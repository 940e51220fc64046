import Machinery
import Synchronization
import Testing

@Suite("Decoding by schema")
struct SchemaDecoderTests {
    private func decode(_ text: String) throws -> SchemaDecoder.Outcome {
        try SchemaDecoder.decode(try TestSchemas.app(text), as: TestSchemas.app)
    }

    @Test("What fits stays as it is")
    func unchanged() throws {
        let object = try TestSchemas.app(
            #"""
            {"metadata":{"name":"a","labels":{"x":"y"},"creationTimestamp":"2026-11-21T09:30:05Z"},
             "spec":{"replicas":0,"containers":[{"name":"c","ports":[{"containerPort":80}],"requests":{"cpu":"100m"}}],
             "extra":{"any":[1,null]},"users":{"a":["b"]},"timeout":"1m0s","weight":1.5,"paused":false},
             "status":{"blob":"aGk=","renewTime":"2026-11-21T09:30:05.000001Z"}}
            """#)
        let outcome = try SchemaDecoder.decode(object, as: TestSchemas.app)
        #expect(outcome.object == object)
        #expect(outcome.unknownFields == [])
    }

    @Test("Unknown fields are dropped and named, nulls and empty lists go, scalars get their canonical text")
    func changed() throws {
        let outcome = try decode(
            #"""
            {"zzz":1,"metadata":{"name":null,"labels":{},"foo":{"deep":1},"creationTimestamp":null},
             "spec":{"containers":[{"name":"c","imag":"x"},{"name":"d","ports":[{"containerPort":8.0,"x":1}],
             "requests":{"cpu":0.5,"memory":"1024Mi","other":null},"env":[]}],"timeout":"90s","zones":["a",null]},
             "status":{"blob":"aG\nk="}}
            """#)
        #expect(
            outcome.unknownFields == [
                "metadata.foo", "spec.containers[0].imag", "spec.containers[1].ports[0].x", "zzz",
            ])
        #expect(
            JSON.object(outcome.object).description
                == #"{"apiVersion":"apps/v1","kind":"App","metadata":{},"spec":{"containers":[{"name":"c"},{"name":"d","ports":[{"containerPort":8}],"requests":{"cpu":"500m","memory":"1Gi","other":"0"}}],"timeout":"1m30s","zones":["a",""]},"status":{"blob":"aGk="}}"#
        )
    }

    @Test(
        "Values of the wrong type are refused in Kubernetes' words",
        arguments: [
            (
                #"{"spec":{"replicas":"1"}}"#,
                "json: cannot unmarshal string into Go struct field AppSpec.spec.replicas of type int32"
            ),
            (
                #"{"spec":{"replicas":1.5}}"#,
                "json: cannot unmarshal number 1.5 into Go struct field AppSpec.spec.replicas of type int32"
            ),
            (
                #"{"spec":{"replicas":3000000000}}"#,
                "json: cannot unmarshal number 3000000000 into Go struct field AppSpec.spec.replicas of type int32"
            ),
            (
                #"{"spec":{"containers":"x"}}"#,
                "json: cannot unmarshal string into Go struct field AppSpec.spec.containers of type []v1.Container"
            ),
            (
                #"{"spec":{"containers":[1]}}"#,
                "json: cannot unmarshal number into Go struct field AppSpec.spec.containers of type v1.Container"
            ),
            (
                #"{"spec":{"containers":[{"name":1}]}}"#,
                "json: cannot unmarshal number into Go struct field Container.spec.containers.name of type string"
            ),
            (#"{"spec":[]}"#, "json: cannot unmarshal array into Go struct field App.spec of type v1.AppSpec"),
            (
                #"{"metadata":{"labels":["x"]}}"#,
                "json: cannot unmarshal array into Go struct field ObjectMeta.metadata.labels of type map[string]string"
            ),
            (
                #"{"metadata":{"labels":{"a":1}}}"#,
                "json: cannot unmarshal number into Go struct field ObjectMeta.metadata.labels of type string"
            ),
            (
                #"{"spec":{"paused":"yes"}}"#,
                "json: cannot unmarshal string into Go struct field AppSpec.spec.paused of type bool"
            ),
            (
                #"{"metadata":{"creationTimestamp":"now"}}"#,
                #"parsing time "now" as "2006-01-02T15:04:05Z07:00": cannot parse "now" as "2006""#
            ),
            (
                #"{"status":{"renewTime":"2026-11-21T09:30:05Z"}}"#,
                #"parsing time "2026-11-21T09:30:05Z" as "2006-01-02T15:04:05.000000Z07:00": cannot parse "Z" as ".000000""#
            ),
            (
                #"{"spec":{"containers":[{"requests":{"cpu":"1x"}}]}}"#,
                "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"
            ),
            (#"{"status":{"blob":"a"}}"#, "illegal base64 data at input byte 1"),
            (#"{"status":{"blob":"a*=="}}"#, "illegal base64 data at input byte 1"),
            (#"{"spec":{"timeout":"5"}}"#, #"time: missing unit in duration "5""#),
            (
                #"{"spec":{"strategy":{"maxSurge":true}}}"#,
                "json: cannot unmarshal bool into Go struct field Strategy.spec.strategy.maxSurge of type int32"
            ),
        ])
    func mismatches(text: String, message: String) {
        #expect { try decode(text) } throws: { "\($0)" == message }
    }

    @Test("Validation levels: strict refuses, warn tells, ignore is silent")
    func validation() throws {
        let object = try TestSchemas.app(#"{"spec":{"containers":[],"foo":1}}"#)
        func admit(_ validation: FieldValidation) throws -> SchemaDecoder.Admission {
            try SchemaDecoder.admit(
                object, duplicates: ["spec.bar"], as: TestSchemas.app, kind: TestSchemas.kind, validation: validation)
        }
        #expect { try admit(.strict) } throws: { error in
            guard let error = error as? StatusError else { return false }
            return error.code == 400 && error.reason == .badRequest
                && error.message
                    == #"App in version "v1" cannot be handled as a App: strict decoding error: unknown field "spec.foo", duplicate field "spec.bar""#
        }
        #expect(try admit(.warn).warnings == [#"unknown field "spec.foo""#, #"duplicate field "spec.bar""#])
        #expect(try admit(.ignore).warnings == [])
        #expect(try admit(.ignore).object["spec"] == ["containers": []])
    }

    @Test("A type mismatch is a bad request that names the kind")
    func badRequest() {
        #expect {
            try SchemaDecoder.admit(
                try TestSchemas.app(#"{"spec":1}"#), as: TestSchemas.app, kind: TestSchemas.kind, validation: .ignore)
        } throws: { error in
            (error as? StatusError)?.message
                == #"App in version "v1" cannot be handled as a App: json: cannot unmarshal number into Go struct field App.spec of type v1.AppSpec"#
        }
    }

    @Test("At most a hundred unknown fields are remembered")
    func manyUnknown() throws {
        let fields = (0..<1000).map { "\"u\($0)\":1" }.joined(separator: ",")
        #expect(try decode("{\(fields)}").unknownFields.count == 100)
    }

    @Test("Custom resources keep unknown fields where their schema says so, and empty lists")
    func custom() throws {
        let open = Schema(name: "Open", definition: "x.Open", fields: [], preservesUnknownFields: true)
        let schema = Schema(
            name: "Root", definition: "x.Root",
            fields: [
                SchemaField(name: "open", type: .object(SchemaReference(open))),
                SchemaField(name: "list", type: .list(of: .string, ListSemantics())),
            ])
        let object: JSONObject = ["open": ["a": ["b": .null]], "list": []]
        let outcome = try SchemaDecoder.decode(object, as: schema, options: .custom)
        #expect(outcome.object == object)
    }

    @Test("Random trees never crash it", arguments: 0..<200)
    func random(seed: Int) {
        var random = RandomJSON(seed: UInt64(seed))
        var object = random.object()
        for key in ["metadata", "spec", "status"] { object[key] = random.value() }
        if let outcome = try? SchemaDecoder.decode(object, as: TestSchemas.app) {
            #expect((try? SchemaDecoder.decode(outcome.object, as: TestSchemas.app))?.object == outcome.object)
        }
    }
}

@Suite("Defaults")
struct SchemaDefaulterTests {
    @Test("Absent members are filled at every depth, present ones stay")
    func fills() throws {
        var object = try TestSchemas.app(
            #"{"spec":{"containers":[{"name":"a","ports":[{"containerPort":1},{"containerPort":2,"protocol":"UDP"}],"livenessProbe":{}},{"name":"b"}]}}"#
        )
        SchemaDefaulter.apply(to: &object, schema: TestSchemas.app)
        #expect(
            object["spec"]
                == [
                    "replicas": 1,
                    "containers": [
                        [
                            "name": "a", "livenessProbe": ["periodSeconds": 10],
                            "ports": [
                                ["containerPort": 1, "protocol": "TCP"], ["containerPort": 2, "protocol": "UDP"],
                            ],
                        ], ["name": "b"],
                    ],
                ])
    }

    @Test("Defaults take their sorted places before, between and behind what is there; null counts as absent")
    func places() {
        func field(_ name: String, _ value: JSON?) -> SchemaField {
            SchemaField(name: name, type: .string, defaultValue: value)
        }
        let schema = Schema(
            name: "Row", definition: "x.Row",
            fields: [field("b", "1"), field("d", "2"), field("e", nil), field("f", "3"), field("h", "4")])
        let cases: [(JSONObject, JSONObject)] = [
            ([:], ["b": "1", "d": "2", "f": "3", "h": "4"]),
            (["a": "x", "c": "x", "z": "x"], ["a": "x", "b": "1", "c": "x", "d": "2", "f": "3", "h": "4", "z": "x"]),
            (["d": "x", "e": .null, "f": .null], ["b": "1", "d": "x", "e": .null, "f": "3", "h": "4"]),
            (["b": "x", "d": "x", "f": "x", "h": "x"], ["b": "x", "d": "x", "f": "x", "h": "x"]),
            (["h": .null, "i": "x"], ["b": "1", "d": "2", "f": "3", "h": "4", "i": "x"]),
        ]
        for (before, after) in cases {
            var object = before
            SchemaDefaulter.apply(to: &object, schema: schema)
            #expect(object == after)
            #expect(object.keys == object.keys.sorted())
            SchemaDefaulter.apply(to: &object, schema: schema)
            #expect(object == after)
        }
    }

    @Test("Types that refer to themselves do not keep it busy for ever")
    func recursion() throws {
        final class Known: Sendable {
            let schema = AtomicLazyReference<Schema>()
        }
        let known = Known()
        let reference = SchemaReference(definition: "x.Tree") { _ in known.schema.load() }
        let tree = Schema(
            name: "Tree", definition: "x.Tree",
            fields: [
                SchemaField(name: "child", type: .object(reference)),
                SchemaField(name: "size", type: .int32, defaultValue: 3),
            ])
        _ = known.schema.storeIfNil(tree)
        var object: JSONObject = ["child": ["child": [:]]]
        SchemaDefaulter.apply(to: &object, schema: tree)
        #expect(object == ["size": 3, "child": ["size": 3, "child": ["size": 3]]])
    }

    @Test(
        "Base64",
        arguments: [
            ([], ""), ([0x66], "Zg=="), ([0x66, 0x6F], "Zm8="), ([0x66, 0x6F, 0x6F], "Zm9v"),
            ([0xFF, 0xFE, 0xFD, 0xFC], "//79/A=="),
        ] as [([UInt8], String)])
    func base64(bytes: [UInt8], text: String) {
        #expect(Base64.encode(bytes) == text)
        #expect(Base64.decode(text) == bytes)
    }

    @Test(
        "What is not base64",
        arguments: ["Z", "Zg", "Zg=", "Zg===", "Z===", "====", "=Zg=", "Zm9v=", "Zm9v====", "Z!9v", "Zg==Zg=="])
    func notBase64(text: String) {
        #expect(Base64.decode(text) == nil)
    }
}

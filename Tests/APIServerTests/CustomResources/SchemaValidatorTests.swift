import APIServer
import Machinery
import Testing

@Suite("Values of custom resources against their schema")
struct SchemaValidatorTests {
    private func json(_ text: String) throws -> JSON { try JSON(parsing: Array(text.utf8)) }

    private func errors(_ schema: String, _ value: String, from old: String? = nil) throws -> [String] {
        let schema = try #require(try json(schema).objectValue)
        let root = StructuralSchema(["type": "object", "properties": ["f": .object(schema)]])
        let former: SchemaValidator.Former = try old.map { .value(["f": try json($0)]) } ?? .unknown
        return SchemaValidator(root).validate(["f": try json(value)], former: former).map(\.description)
    }

    @Test(
        "what is wrong is told in Kubernetes' words",
        arguments: [
            (
                #"{"type":"string"}"#, "3",
                [#"f: Invalid value: "integer": f in body must be of type string: "integer""#]
            ),
            (
                #"{"type":"integer"}"#, "1.5",
                [
                    #"f: Invalid value: "number": f in body must be of type integer: "number""#,
                    #"<nil>: Invalid value: "": Checked value must be of type integer (default format) in f"#,
                ]
            ),
            (#"{"type":"object"}"#, "[]", [#"f: Invalid value: "array": f in body must be of type object: "array""#]),
            (#"{"type":"string"}"#, "null", [#"f: Invalid value: "null": f in body must be of type string: "null""#]),
            (
                #"{"x-kubernetes-int-or-string":true}"#, "true",
                [#"f: Invalid value: "boolean": f in body must be of type integer,string: "boolean""#]
            ),
            (#"{"type":"string","maxLength":2}"#, #""abc""#, ["f: Too long: may not be more than 2 bytes"]),
            (
                #"{"type":"string","minLength":2}"#, #""a""#,
                [#"f: Invalid value: "a": f in body should be at least 2 chars long"#]
            ),
            (
                #"{"type":"string","pattern":"^[a-z]+$"}"#, #""A""#,
                [#"f: Invalid value: "A": f in body should match '^[a-z]+$'"#]
            ),
            (
                #"{"type":"string","enum":["a","b"]}"#, #""c""#,
                [#"f: Unsupported value: "c": supported values: "a", "b""#]
            ),
            (
                #"{"type":"integer","minimum":1}"#, "0",
                ["f: Invalid value: 0: f in body should be greater than or equal to 1"]
            ),
            (
                #"{"type":"integer","maximum":5,"exclusiveMaximum":true}"#, "5",
                ["f: Invalid value: 5: f in body should be less than 5"]
            ),
            (
                #"{"type":"number","multipleOf":0.5}"#, "1.2",
                ["f: Invalid value: 1.2: f in body should be a multiple of 0.5"]
            ),
            (
                #"{"type":"integer","format":"int32"}"#, "3000000000",
                [#"<nil>: Invalid value: "": Checked value must be of type integer with format int32 in f"#]
            ),
            (
                #"{"type":"array","items":{"type":"string"},"maxItems":1}"#, #"["a","b"]"#,
                ["f: Too many: 2: must have at most 1 item"]
            ),
            (
                #"{"type":"array","items":{"type":"string"},"minItems":1}"#, "[]",
                ["f: Invalid value: 0: f in body should have at least 1 items"]
            ),
            (
                #"{"type":"array","items":{"type":"string"}}"#, #"["a",1]"#,
                [#"f[1]: Invalid value: "integer": f[1] in body must be of type string: "integer""#]
            ),
            (#"{"type":"object","required":["a"]}"#, "{}", ["f.a: Required value"]),
            (
                #"{"type":"object","additionalProperties":{"type":"integer"}}"#, #"{"k":"v"}"#,
                [#"f.k: Invalid value: "string": f.k in body must be of type integer: "string""#]
            ),
            (
                #"{"type":"object","maxProperties":1,"additionalProperties":true}"#, #"{"a":1,"b":2}"#,
                ["f: Too many: 2: must have at most 1 item"]
            ),
            (
                #"{"type":"object","additionalProperties":false}"#, #"{"a":1}"#,
                [#"f: Invalid value: "a": f.a in body is a forbidden property"#]
            ),
            (
                #"{"type":"integer","not":{"minimum":3}}"#, "4",
                [#"<nil>: Invalid value: "": "f" must not validate the schema (not)"#]
            ),
            (
                #"{"type":"integer","anyOf":[{"maximum":1},{"minimum":5}]}"#, "3",
                [
                    #"<nil>: Invalid value: "": "f" must validate at least one schema (anyOf)"#,
                    "f: Invalid value: 3: f in body should be less than or equal to 1",
                ]
            ),
            (
                #"{"type":"integer","oneOf":[{"minimum":1},{"minimum":2}]}"#, "3",
                [
                    #"<nil>: Invalid value: "": "f" must validate one and only one schema (oneOf). Found 2 valid alternatives"#
                ]
            ),
            (
                #"{"type":"integer","allOf":[{"minimum":5}]}"#, "3",
                [
                    "f: Invalid value: 3: f in body should be greater than or equal to 5",
                    #"<nil>: Invalid value: "": "f" must validate all the schemas (allOf). None validated"#,
                ]
            ),
            (
                #"{"type":"string","format":"date-time"}"#, #""yesterday""#,
                [#"f: Invalid value: "yesterday": f in body must be of type date-time: "yesterday""#]
            ),
        ] as [(String, String, [String])])
    func messages(schema: String, value: String, expected: [String]) throws {
        #expect(try errors(schema, value) == expected)
    }

    @Test(
        "what fits is accepted",
        arguments: [
            (#"{"type":"integer"}"#, "2.0"), (#"{"type":"number"}"#, "2"),
            (#"{"type":"string","nullable":true}"#, "null"), (#"{"x-kubernetes-int-or-string":true}"#, #""50%""#),
            (#"{"type":"string","format":"no-such-format"}"#, #""x""#), (#"{}"#, #"{"anything":[1]}"#),
            (#"{"type":"integer","enum":[1,2]}"#, "2"),
            (#"{"type":"integer","oneOf":[{"maximum":1},{"minimum":2}]}"#, "3"),
            (#"{"type":"integer","minimum":-9223372036854775807}"#, "-9223372036854775807"),
        ])
    func accepted(schema: String, value: String) throws {
        #expect(try errors(schema, value).isEmpty)
    }

    @Test("what was wrong before may stay, unless something in it changes")
    func ratcheting() throws {
        let list =
            #"{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["k"],"items":"#
            + #"{"type":"object","properties":{"k":{"type":"string"},"v":{"type":"integer","maximum":3}}}}"#
        #expect(try errors(#"{"type":"integer","maximum":3}"#, "5", from: "5").isEmpty)
        #expect(try errors(#"{"type":"integer","maximum":3}"#, "6", from: "5").count == 1)
        let bad = #"[{"k":"a","v":9}]"#
        #expect(try errors(list, #"[{"k":"b","v":1},{"k":"a","v":9}]"#, from: bad).isEmpty)
        #expect(try errors(list, #"[{"k":"b","v":8},{"k":"a","v":9}]"#, from: bad).count == 1)
        let plain = #"{"type":"array","items":{"type":"integer","maximum":3}}"#
        #expect(try errors(plain, "[9]", from: "[9]").isEmpty)
        #expect(try errors(plain, "[9,1]", from: "[9]").count == 1, "elements of plain lists cannot be told apart")
        let object =
            #"{"type":"object","properties":{"a":{"type":"integer","maximum":3},"b":{"type":"string"}},"required":["c"]}"#
        #expect(try errors(object, #"{"a":9,"b":"y"}"#, from: #"{"a":9,"b":"x"}"#) == ["f.c: Required value"])
    }

    @Test(
        "formats",
        arguments: [
            ("uuid", "123e4567-e89b-12d3-a456-426614174000", "123e4567"), ("ipv4", "10.0.0.1", "10.0.0.256"),
            ("ipv6", "fe80::1", "10.0.0.1"), ("cidr", "10.0.0.0/8", "10.0.0.0"), ("email", "a@b.example", "a.example"),
            ("hostname", "a.example.com", "a_b"), ("uri", "https://example.com/x", "not a uri"),
            ("byte", "YWJj", "YW Jj"),
            ("date", "2020-02-29", "2021-02-29"), ("date-time", "2020-01-01T00:00:00Z", "2020-01-01"),
            ("duration", "1h30m", "soon"), ("mac", "00:1b:44:11:3a:b7", "00:1b"), ("hexcolor", "#ff00aa", "#ggg"),
            ("rgbcolor", "rgb(1, 2, 255)", "rgb(1,2,256)"), ("isbn", "978-0321751041", "978-0321751042"),
            ("isbn10", "0321751043", "0321751044"), ("creditcard", "4111 1111 1111 1111", "4111 1111 1111 1112"),
            ("ssn", "111-22-3333", "1-2-3"), ("bsonobjectid", "507f1f77bcf86cd799439011", "507f"),
            ("k8s-short-name", "a-b", "a.b"), ("k8s-long-name", "a.b", "A.b"),
            (
                "uuid4", "9f1b4dcd-f1e5-4e1e-8a1e-1f4d7c6a9b01",
                "9f1b4dcd-f1e5-3e1e-8a1e-1f4d7c6a9b01"
            ),
        ])
    func formats(name: String, good: String, bad: String) {
        #expect(ValueFormat.isKnown(name, types: ["string"]))
        #expect(ValueFormat.matches(good, name), "\(good)")
        #expect(!ValueFormat.matches(bad, name), "\(bad)")
    }

    @Test("lists with identity: repeated elements are told at their second place")
    func listTypes() throws {
        let schema = StructuralSchema(
            try #require(
                try json(
                    #"{"type":"object","properties":{"s":{"type":"array","x-kubernetes-list-type":"set","items":{"type":"string"}},"#
                        + #""m":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["a","b"],"items":"#
                        + #"{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"integer"}}}}}}"#
                ).objectValue))
        let value = try #require(
            try json(#"{"s":["x","y","x","x"],"m":[{"a":"1","b":2},{"a":"1"},{"a":"1","b":2}]}"#).objectValue)
        #expect(
            ListTypeRules.validate(value, schema).map(\.description) == [
                #"m[2]: Duplicate value: {"a":"1","b":2}"#, #"s[2]: Duplicate value: "x""#,
            ])
    }
}

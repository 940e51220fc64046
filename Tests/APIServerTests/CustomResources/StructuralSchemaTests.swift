import APIServer
import Machinery
import Testing

@Suite("Structural schemas")
struct StructuralSchemaTests {
    private func object(_ text: String) throws -> JSONObject {
        try #require(try JSON(parsing: Array(text.utf8)).objectValue)
    }

    private func schema(_ properties: String) throws -> StructuralSchema {
        StructuralSchema(try object(#"{"type":"object","properties":\#(properties)}"#))
    }

    @Test(
        "pruning leaves out what the schema does not know, and tells where it was",
        arguments: [
            (
                #"{"spec":{"type":"object","properties":{"a":{"type":"string"}}}}"#, #"{"spec":{"a":"x","b":1}}"#,
                #"{"spec":{"a":"x"}}"#, ["spec.b"]
            ),
            (
                #"{"l":{"type":"array","items":{"type":"object","properties":{"a":{"type":"string"}}}}}"#,
                #"{"l":[{"a":"x"},{"b":1}],"m":2}"#, #"{"l":[{"a":"x"},{}]}"#, ["l[1].b", "m"]
            ),
            (
                #"{"m":{"type":"object","additionalProperties":{"type":"object","properties":{"a":{"type":"string"}}}}}"#,
                #"{"m":{"k":{"a":"x","z":1}}}"#, #"{"m":{"k":{"a":"x"}}}"#, ["m.k.z"]
            ),
            (
                #"{"o":{"type":"object","x-kubernetes-preserve-unknown-fields":true,"properties":{"a":{"type":"object"}}}}"#,
                #"{"o":{"b":{"c":1},"a":{"d":1}}}"#, #"{"o":{"b":{"c":1},"a":{}}}"#, ["o.a.d"]
            ),
            (
                #"{"t":{"type":"object","x-kubernetes-embedded-resource":true,"properties":{"spec":{"type":"object"}}}}"#,
                #"{"t":{"apiVersion":"v1","kind":"Pod","metadata":{"name":"x"},"data":{}}}"#,
                #"{"t":{"apiVersion":"v1","kind":"Pod","metadata":{"name":"x"}}}"#, ["t.data"]
            ),
        ] as [(String, String, String, [String])])
    func pruning(properties: String, given: String, pruned: String, unknown: [String]) throws {
        var pruner = Pruner()
        let result = pruner.prune(try object(given), try schema(properties))
        #expect(try result == object(pruned))
        #expect(pruner.unknownFields == unknown)
    }

    @Test("identity and metadata of the whole object are never pruned")
    func identity() throws {
        var pruner = Pruner()
        let whole = try object(#"{"apiVersion":"a/v1","kind":"K","metadata":{"name":"n","odd":1}}"#)
        #expect(try pruner.prune(whole, schema("{}")) == whole)
        #expect(pruner.unknownFields.isEmpty)
    }

    @Test(
        "defaults fill absent members, and null ones that may not be null",
        arguments: [
            (#"{"a":{"type":"integer","default":3}}"#, "{}", #"{"a":3}"#),
            (#"{"a":{"type":"integer","default":3}}"#, #"{"a":null}"#, #"{"a":3}"#),
            (#"{"a":{"type":"integer","default":3,"nullable":true}}"#, #"{"a":null}"#, #"{"a":null}"#),
            (
                #"{"a":{"type":"object","default":{},"properties":{"b":{"type":"string","default":"x"}}}}"#, "{}",
                #"{"a":{"b":"x"}}"#
            ),
            (#"{"a":{"type":"object","properties":{"b":{"type":"string","default":"x"}}}}"#, "{}", "{}"),
            (
                #"{"l":{"type":"array","items":{"type":"object","properties":{"b":{"type":"integer","default":1}}}}}"#,
                #"{"l":[{},{"b":2}]}"#, #"{"l":[{"b":1},{"b":2}]}"#
            ),
            (
                #"{"m":{"type":"object","additionalProperties":{"type":"string","default":"d"}}}"#,
                #"{"m":{"k":null,"l":"x"}}"#, #"{"m":{"k":"d","l":"x"}}"#
            ),
        ])
    func defaulting(properties: String, given: String, filled: String) throws {
        #expect(try schema(properties).defaulted(object(given)) == object(filled))
    }

    @Test("a null that may not be one, and has no default, is left out")
    func nulls() throws {
        let schema = try schema(
            #"{"a":{"type":"string"},"b":{"type":"string","nullable":true},"c":{"type":"string","default":"d"}}"#)
        let result = schema.withoutForbiddenNulls(try object(#"{"a":null,"b":null,"c":null,"z":null}"#))
        #expect(try result == object(#"{"b":null,"c":null,"z":null}"#))
    }

    @Test(
        "metadata is read as what it is, also in embedded objects",
        arguments: [
            (#"{"metadata":{"labels":{"a":1}}}"#, "cannot unmarshal number into Go struct field"),
            (#"{"metadata":"x"}"#, "cannot unmarshal string into Go struct field"),
            (#"{"t":{"metadata":{"name":7}}}"#, "cannot unmarshal number into Go struct field"),
        ])
    func malformedMetadata(given: String, message: String) throws {
        let schema = try schema(
            #"{"t":{"type":"object","x-kubernetes-embedded-resource":true,"x-kubernetes-preserve-unknown-fields":true}}"#
        )
        var metadata = EmbeddedMetadata()
        let error = #expect(throws: SchemaDecodingError.self) { try metadata.coerce(try object(given), schema) }
        #expect("\(error.map(String.init(describing:)) ?? "")".contains(message))
    }

    @Test("unknown members of metadata are told with their place")
    func unknownMetadata() throws {
        let schema = try schema(
            #"{"t":{"type":"object","x-kubernetes-embedded-resource":true,"x-kubernetes-preserve-unknown-fields":true}}"#
        )
        var metadata = EmbeddedMetadata()
        let result = try metadata.coerce(
            try object(#"{"metadata":{"name":"a","odd":1},"t":{"metadata":{"odder":2}}}"#), schema)
        #expect(metadata.unknownFields == ["metadata.odd", "t.metadata.odder"])
        #expect(try result == object(#"{"metadata":{"name":"a"},"t":{"metadata":{}}}"#))
    }

    @Test("schemas that prune and default alike have one mark, others another")
    func marks() throws {
        let plain = try schema(#"{"a":{"type":"string"}}"#)
        let described = try schema(#"{"a":{"type":"string","description":"words","maxLength":3}}"#)
        let defaulted = try schema(#"{"a":{"type":"string","default":"x"}}"#)
        #expect(SchemaMark.text(plain) == SchemaMark.text(described))
        #expect(SchemaMark.text(plain) != SchemaMark.text(defaulted))
    }
}

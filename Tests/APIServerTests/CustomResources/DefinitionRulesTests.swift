import APIServer
import Machinery
import Testing

@Suite("The rules of definitions")
struct DefinitionRulesTests {
    private func definition(_ text: String) throws -> CustomResourceDefinition {
        var definition = CustomResourceDefinition(json: try #require(try JSON(parsing: Array(text.utf8)).objectValue))
        let strategy = CustomResourceDefinitionStrategy()
        strategy.applyDefaults(&definition)
        strategy.prepareForCreate(&definition)
        return definition
    }

    /// The errors of a definition with one version.
    private func errors(schema: String, version: String = "") throws -> [String] {
        let versions =
            #"[{"name":"v1","served":true,"storage":true\#(version),"schema":{"openAPIV3Schema":\#(schema)}}]"#
        return DefinitionValidation(try definition(Custom.definition(versions: versions))).errors.map(\.description)
    }

    private func errors(spec properties: String) throws -> [String] {
        try errors(schema: #"{"type":"object","properties":{"spec":\#(properties)}}"#)
    }

    @Test("a plain definition has nothing wrong with it")
    func plain() throws {
        #expect(try errors(spec: #"{"type":"object","properties":{"a":{"type":"string"}}}"#).isEmpty)
    }

    private static let spec = "spec.validation.openAPIV3Schema.properties[spec]"

    @Test(
        "schemas",
        arguments: [
            (#"{"properties":{}}"#, "\(spec).type: Required value: must not be empty for specified object fields"),
            (
                #"{"type":"text"}"#,
                #"Unsupported value: "text": supported values: "array", "boolean", "integer", "number", "object", "string""#
            ),
            (#"{"type":"array"}"#, "\(spec).items: Required value: must be specified"),
            (
                #"{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":{"type":"string"}}"#,
                "\(spec).additionalProperties: Forbidden: additionalProperties and properties are mutual exclusive"
            ),
            (
                #"{"type":"array","items":{"type":"string"},"uniqueItems":true}"#,
                "\(spec).uniqueItems: Forbidden: uniqueItems cannot be set to true since the runtime complexity becomes quadratic"
            ),
            (
                #"{"type":"string","pattern":"("}"#,
                "must be a valid regular expression, but isn't: error parsing regexp: missing closing ): `(`"
            ),
            (#"{"type":"string","$ref":"other"}"#, "\(spec).$ref: Forbidden: $ref is not supported"),
            (
                #"{"type":"string","anyOf":[{"type":"string"}]}"#,
                "\(spec).anyOf[0].type: Forbidden: must be empty to be structural"
            ),
            (
                #"{"type":"integer","default":"x"}"#,
                #"\#(spec).default: Invalid value: "string":  in body must be of type integer"#
            ),
            (
                #"{"type":"object","default":{"odd":1}}"#,
                #"\#(spec).default: Invalid value: {"odd":1}: must not have unknown fields"#
            ),
            (
                #"{"type":"array","items":{"type":"string"},"x-kubernetes-list-type":"bag"}"#,
                #"\#(spec).x-kubernetes-list-type: Unsupported value: "bag": supported values: "atomic", "set", "map""#
            ),
            (
                #"{"type":"array","items":{"type":"object"},"x-kubernetes-list-type":"map"}"#,
                "\(spec).x-kubernetes-list-map-keys: Required value: must not be empty if x-kubernetes-list-type is map"
            ),
            (
                #"{"type":"array","items":{"type":"object","properties":{"k":{"type":"string"}}},"x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["k"]}"#,
                "so it must have a default or be a required property"
            ),
            (
                #"{"type":"object","x-kubernetes-preserve-unknown-fields":false}"#,
                "\(spec).x-kubernetes-preserve-unknown-fields: Invalid value: false: must be true or undefined"
            ),
            (
                #"{"type":"object","x-kubernetes-map-type":"odd"}"#,
                #"\#(spec).x-kubernetes-map-type: Unsupported value: "odd": supported values: "atomic", "granular""#
            ),
            (
                #"{"type":"object","x-kubernetes-validations":[{"rule":"self.a > 1"}]}"#,
                "compilation failed: ERROR: <input>:1:5: undefined field 'a'"
            ),
            (
                #"{"type":"object","x-kubernetes-validations":[{"rule":""}]}"#,
                "\(spec).x-kubernetes-validations[0].rule: Required value: rule is not specified"
            ),
            (#"{"type":"object","x-kubernetes-validations":[{"rule":"'x'"}]}"#, "must evaluate to a bool"),
            (
                #"{"type":"object","x-kubernetes-validations":[{"rule":"true","messageExpression":"1"}]}"#,
                "messageExpression must evaluate to a string"
            ),
            (
                #"{"type":"object","x-kubernetes-validations":[{"rule":"true","optionalOldSelf":true}]}"#,
                "may not be set if oldSelf is not used in rule"
            ),
            (
                #"{"type":"array","items":{"type":"string","maxLength":10,"x-kubernetes-validations":[{"rule":"self == oldSelf"}]},"maxItems":10}"#,
                "oldSelf cannot be used on the uncorrelatable portion of the schema within \(spec)"
            ),
            (
                #"{"type":"array","items":{"type":"string","x-kubernetes-validations":[{"rule":"self.contains('x')"}]}}"#,
                "estimated rule cost exceeds budget by factor of"
            ),
            (
                #"{"type":"object","x-kubernetes-validations":[{"rule":"true","fieldPath":".nothing"}]}"#,
                #"fieldPath: Invalid value: ".nothing": must be a valid path"#
            ),
            (
                #"{"type":"object","x-kubernetes-validations":[{"rule":"true","reason":"Odd"}]}"#,
                #"reason: Unsupported value: "Odd""#
            ),
        ])
    func schemas(properties: String, expected: String) throws {
        let errors = try errors(spec: properties)
        #expect(errors.contains { $0.contains(expected) }, "\(errors)")
    }

    @Test(
        "the root of a schema",
        arguments: [
            (
                #"{"type":"array","items":{"type":"string"}}"#,
                "spec.validation.openAPIV3Schema.type: Invalid value: \"array\": must be object at the root"
            ),
            (
                #"{"type":"object","anyOf":[{"properties":{"a":{"minLength":1}}}]}"#,
                "openAPIV3Schema.properties[a]: Required value: because it is defined in spec.validation.openAPIV3Schema.anyOf[0].properties[a]"
            ),
            (
                #"{"type":"object","nullable":true}"#,
                "spec.validation.openAPIV3Schema.nullable: Forbidden: nullable cannot be true at the root"
            ),
            (#"{"type":"object","additionalProperties":{"type":"string"}}"#, "must not be used at the root"),
            (
                #"{"type":"object","properties":{"metadata":{"type":"object","properties":{"labels":{"type":"object"}}}}}"#,
                "must not specify anything other than name and generateName, but metadata is implicitly specified"
            ),
            (#"{"type":"object","properties":{"kind":{"type":"integer"}}}"#, "must be string"),
        ])
    func root(schema: String, expected: String) throws {
        let errors = try errors(schema: schema)
        #expect(errors.contains { $0.contains(expected) }, "\(errors)")
    }

    @Test("metadata may be limited by its names")
    func metadata() throws {
        #expect(
            try errors(
                schema:
                    #"{"type":"object","properties":{"metadata":{"type":"object","properties":{"name":{"type":"string","maxLength":5}}}}}"#
            )
            .isEmpty)
    }

    @Test(
        "names, versions and the rest of a definition",
        arguments: [
            (
                #""scope":"Namespaced""#, #""scope":"Odd""#,
                #"spec.scope: Unsupported value: "Odd": supported values: "Cluster", "Namespaced""#
            ),
            (
                #""group":"example.com""#, #""group":"example""#,
                "spec.group: Invalid value: \"example\": should be a domain with at least one dot"
            ),
            (
                #""group":"example.com""#, #""group":"example.com""#.replacing("example", with: "other"),
                #"metadata.name: Invalid value: "widgets.example.com": must be spec.names.plural+"."+spec.group"#
            ),
            (#""storage":true"#, #""storage":false"#, "must have exactly one version marked as storage version"),
            (
                #""name":"v1","served""#, #""name":"V1","served""#,
                "spec.versions[0].name: Invalid value: \"V1\": a DNS-1035 label"
            ),
            (
                #""kind":"Widget""#, #""kind":"WidgetList","listKind":"WidgetList""#,
                "kind and listKind may not be the same"
            ),
            (#""served":true"#, #""served":true,"deprecationWarning":"x""#, "can only be set for deprecated versions"),
            (
                #""served":true"#,
                #""served":true,"additionalPrinterColumns":[{"name":"a","type":"odd","jsonPath":".a"}]"#,
                #"spec.additionalPrinterColumns[0].type: Invalid value: "odd": must be one of boolean,date,integer,number,string"#
            ),
            (
                #""served":true"#,
                #""served":true,"subresources":{"scale":{"specReplicasPath":".x","statusReplicasPath":".status.y"}}"#,
                #"spec.subresources.scale.specReplicasPath: Invalid value: ".x": should be a json path under .spec"#
            ),
            (
                #""served":true"#, #""served":true,"selectableFields":[{"jsonPath":".spec.none"}]"#,
                #"spec.selectableFields[0].jsonPath: Invalid value: ".spec.none": is an invalid path: does not refer to a valid field"#
            ),
            (
                #""scope":"Namespaced""#, #""scope":"Namespaced","preserveUnknownFields":true"#,
                "spec.preserveUnknownFields: Invalid value: true: cannot set to true"
            ),
            (
                #""scope":"Namespaced""#, #""scope":"Namespaced","conversion":{"strategy":"Webhook"}"#,
                "spec.conversion.webhookClientConfig: Required value: required when strategy is set to Webhook"
            ),
            (
                #""scope":"Namespaced""#,
                #""scope":"Namespaced","conversion":{"strategy":"Webhook","webhook":{"conversionReviewVersions":["v2"],"clientConfig":{"url":"https://a.example"}}}"#,
                "must include at least one of v1, v1beta1"
            ),
        ])
    func definitions(from: String, to: String, expected: String) throws {
        let text = Custom.definition().replacing(from, with: to)
        let errors = DefinitionValidation(try definition(text)).errors.map(\.description)
        #expect(errors.contains { $0.contains(expected) }, "\(errors)")
    }

    @Test("groups of the Kubernetes community need an approval")
    func approval() throws {
        let text = Custom.definition().replacing("example.com", with: "example.k8s.io")
        let errors = DefinitionValidation(try definition(text)).errors.map(\.description)
        #expect(errors.contains { $0.contains("protected groups must have approval annotation") }, "\(errors)")
        let approved = text.replacing(
            #""metadata":{"#,
            with: #""metadata":{"annotations":{"api-approved.kubernetes.io":"https://example.com/1"},"#)
        #expect(DefinitionValidation(try definition(approved)).errors.isEmpty)
    }

    @Test("names and scope of an established definition stay; a stored version may not vanish")
    func updates() throws {
        var old = try definition(Custom.definition())
        old.setCondition(.established, true, reason: "r", message: "m", now: Timestamp(seconds: 0))
        var new = try definition(
            Custom.definition().replacing("Namespaced", with: "Cluster").replacing("v1", with: "v2"))
        new.json["status"] = old.json["status"]
        let errors = DefinitionValidation(new, from: old).errors.map(\.description)
        #expect(errors.contains(#"spec.scope: Invalid value: "Cluster": field is immutable"#))
        #expect(
            errors.contains { $0.contains("v1 was previously a storage version, and must remain in spec.versions") })
    }

    @Test("what was wrong before does not count again")
    func ratcheting() throws {
        let schema =
            #"{"type":"object","properties":{"spec":{"type":"array","x-kubernetes-list-type":"map","#
            + #""x-kubernetes-list-map-keys":["k"],"items":{"type":"object","properties":{"k":{"type":"string"}}}}}}"#
        let versions = #"[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":\#(schema)}}]"#
        let both = try definition(Custom.definition(versions: versions))
        #expect(!DefinitionValidation(both).errors.isEmpty)
        #expect(DefinitionValidation(both, from: both).errors.isEmpty)
    }
}

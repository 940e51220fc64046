import Machinery
import Testing

@Suite("Custom resources", .timeLimit(.minutes(2)))
struct CustomResourceTests {
    private static let status = #","subresources":{"status":{}}"#

    @Test(
        "an established definition is served as any resource: created, read, listed, patched, deleted",
        arguments: Route.allCases)
    func lifecycle(route: Route) async throws {
        try await TestCluster.run(route) { cluster in
            try await cluster.establish(Custom.definition())
            let made = try await cluster.send("POST", Custom.widgets, Custom.widget("a", spec: #"{"size":3}"#)).expect(
                201)
            #expect(made.json.at("metadata.generation") == 1)
            #expect(made.json.at("spec.size") == 3)
            try await cluster.send("POST", Custom.widgets, Custom.widget("a")).expect(409, "AlreadyExists")
            #expect(try await cluster.send("GET", Custom.widgets).expect(200).itemNames == ["a"])
            #expect(try await cluster.send("GET", Custom.widgets).json["kind"] == "WidgetList")
            let patched = try await cluster.send(
                "PATCH", Custom.widgets + "/a", #"{"spec":{"size":4}}"#, type: "application/merge-patch+json"
            ).expect(200)
            #expect(patched.json.at("spec.size") == 4)
            #expect(patched.json.at("metadata.generation") == 2)
            try await cluster.send(
                "PATCH", Custom.widgets + "/a", #"[{"op":"replace","path":"/spec/size","value":5}]"#,
                type: "application/json-patch+json"
            ).expect(200)
            let refused = try await cluster.send(
                "PATCH", Custom.widgets + "/a", "{}", type: "application/strategic-merge-patch+json"
            ).expect(415, "UnsupportedMediaType")
            #expect(
                refused.message
                    == "the body of the request was in an unknown format - accepted media types include: "
                    + "application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml")
            try await cluster.send("DELETE", Custom.widgets + "/a").expect(200)
            try await cluster.send("GET", Custom.widgets + "/a").expect(404, "NotFound")
        }
    }

    @Test("a watch shows the changes of custom objects", arguments: Route.allCases)
    func watch(route: Route) async throws {
        try await TestCluster.run(route) { cluster in
            try await cluster.establish(Custom.definition())
            let list = try await cluster.send("GET", Custom.widgets).expect(200)
            let watch = try await cluster.watch(
                Custom.widgets + "?watch=true&resourceVersion="
                    + (list.json.at("metadata.resourceVersion").stringValue ?? ""))
            try await cluster.send("POST", Custom.widgets, Custom.widget("a")).expect(201)
            try await cluster.send(
                "PATCH", Custom.widgets + "/a", #"{"spec":{"size":1}}"#, type: "application/merge-patch+json"
            ).expect(200)
            try await cluster.send("DELETE", Custom.widgets + "/a").expect(200)
            #expect(try await watch.summaries(3) == ["ADDED a", "MODIFIED a", "DELETED a"])
            watch.cancel()
        }
    }

    @Test("unknown fields are pruned, told, or refused, as the client asks")
    func fieldValidation() async throws {
        try await TestCluster.run { cluster in
            try await cluster.establish(Custom.definition())
            let body = Custom.widget("a", spec: #"{"size":1,"odd":2}"#, more: #","extra":true"#)
            let strict = try await cluster.send("POST", Custom.widgets + "?fieldValidation=Strict", body)
                .expect(400, "BadRequest")
            #expect(
                strict.message
                    == #"Widget in version "v1" cannot be handled as a Widget: strict decoding error: unknown field "extra", unknown field "spec.odd""#
            )
            let warned = try await cluster.send("POST", Custom.widgets, body).expect(201)
            #expect(warned.warnings.count == 2)
            #expect(warned.json.at("spec.odd") == .null)
            #expect(warned.json["extra"] == nil)
            let metadata = #"{"apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":"b","odd":1}}"#
            let refused = try await cluster.send("POST", Custom.widgets + "?fieldValidation=Strict", metadata)
            refused.expect(400, "BadRequest", #"unknown field "metadata.odd""#)
            let doubled =
                #"{"apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":"b"},"spec":{"size":1,"size":2}}"#
            try await cluster.send("POST", Custom.widgets + "?fieldValidation=Strict", doubled)
                .expect(400, "BadRequest", #"duplicate field "spec.size""#)
            let ignored = try await cluster.send(
                "POST", Custom.widgets + "?fieldValidation=Ignore", Custom.widget("c", spec: #"{"odd":2}"#)
            ).expect(201)
            #expect(ignored.warnings.isEmpty)
        }
    }

    @Test("an object of another kind, or of none, is refused")
    func identity() async throws {
        try await TestCluster.run { cluster in
            try await cluster.establish(Custom.definition())
            try await cluster.send("POST", Custom.widgets, #"{"apiVersion":"example.com/v1","metadata":{"name":"a"}}"#)
                .expect(400, "BadRequest", "Object 'Kind' is missing")
            try await cluster.send(
                "POST", Custom.widgets, #"{"apiVersion":"example.com/v2","kind":"Widget","metadata":{"name":"a"}}"#
            ).expect(400, "BadRequest", "does not match the expected API version")
            try await cluster.send("POST", Custom.widgets, "[]").expect(400, "BadRequest")
        }
    }

    @Test("server-side apply knows the schema: owners, conflicts, what is not declared")
    func apply() async throws {
        try await TestCluster.run { cluster in
            try await cluster.establish(
                Custom.definition(
                    properties: #"{"size":{"type":"integer"},"ports":{"type":"array","x-kubernetes-list-type":"map","#
                        + #""x-kubernetes-list-map-keys":["name"],"items":{"type":"object","required":["name"],"#
                        + #""properties":{"name":{"type":"string"},"port":{"type":"integer"}}}}}"#))
            let target = Custom.widgets + "/a?fieldManager="
            let type = "application/apply-patch+yaml"
            try await cluster.send(
                "PATCH", target + "one", Custom.widget("a", spec: #"{"size":1,"ports":[{"name":"x","port":1}]}"#),
                type: type
            ).expect(201)
            let both = try await cluster.send(
                "PATCH", target + "two", Custom.widget("a", spec: #"{"ports":[{"name":"y","port":2}]}"#), type: type
            ).expect(200)
            #expect(both.json.at("spec.ports").arrayValue?.count == 2)
            try await cluster.send("PATCH", target + "two", Custom.widget("a", spec: #"{"size":2}"#), type: type)
                .expect(409, "Conflict", #"conflict with "one": .spec.size"#)
            let undeclared = try await cluster.send(
                "PATCH", target + "two", Custom.widget("a", spec: "{}", more: #","unknownField":1"#), type: type)
            #expect(undeclared.status == 500)
            #expect(undeclared.message.contains(".unknownField: field not declared in schema"))
        }
    }

    @Test("a repeated key of an applied configuration is refused with its line")
    func applyDuplicates() async throws {
        try await TestCluster.run { cluster in
            try await cluster.establish(Custom.definition())
            let yaml = "apiVersion: example.com/v1\nkind: Widget\nmetadata:\n  name: a\nspec:\n  size: 1\n  size: 2\n"
            try await cluster.send(
                "PATCH", Custom.widgets + "/a?fieldManager=m&fieldValidation=Strict", yaml,
                type: "application/apply-patch+yaml"
            ).expect(400, "BadRequest", #"line 7: key "size" already set in map"#)
        }
    }

    @Test("with the subresource, status and spec are written apart; without, status is data like all else")
    func status() async throws {
        try await TestCluster.run { cluster in
            try await cluster.establish(Custom.definition(version: Self.status))
            let made = try await cluster.send(
                "POST", Custom.widgets, Custom.widget("a", spec: #"{"size":1}"#, more: #","status":{"x":1}"#)
            ).expect(201)
            #expect(made.json["status"] == nil)
            let updated = try await cluster.send(
                "PATCH", Custom.widgets + "/a/status", #"{"spec":{"size":9},"status":{"x":2}}"#,
                type: "application/merge-patch+json"
            ).expect(200)
            #expect(updated.json.at("spec.size") == 1)
            #expect(updated.json.at("status.x") == 2)
            #expect(updated.json.at("metadata.generation") == 1)
            let plain = try await cluster.send(
                "PATCH", Custom.widgets + "/a", #"{"status":{"x":3}}"#, type: "application/merge-patch+json"
            ).expect(200)
            #expect(plain.json.at("status.x") == 2)
            #expect(plain.json.at("metadata.generation") == 1)
        }
        try await TestCluster.run { cluster in
            try await cluster.establish(Custom.definition())
            try await cluster.send("POST", Custom.widgets, Custom.widget("a", more: #","status":{"x":1}"#)).expect(201)
            let patched = try await cluster.send(
                "PATCH", Custom.widgets + "/a", #"{"status":{"x":3}}"#, type: "application/merge-patch+json"
            ).expect(200)
            #expect(patched.json.at("metadata.generation") == 2)
            try await cluster.send("GET", Custom.widgets + "/a/status").expect(404)
        }
    }

    @Test("scale reads and writes the paths that the definition names")
    func scale() async throws {
        try await TestCluster.run { cluster in
            let scale =
                #","subresources":{"status":{},"scale":{"specReplicasPath":".spec.size","#
                + #""statusReplicasPath":".status.count","labelSelectorPath":".status.selector"}}"#
            try await cluster.establish(Custom.definition(version: scale))
            try await cluster.send("POST", Custom.widgets, Custom.widget("a")).expect(201)
            try await cluster.send("GET", Custom.widgets + "/a/scale").expect(500, "InternalError", "does not exist")
            try await cluster.send(
                "PATCH", Custom.widgets + "/a/scale", #"{"spec":{"replicas":3}}"#, type: "application/merge-patch+json"
            ).expect(200)
            try await cluster.send(
                "PATCH", Custom.widgets + "/a/status", #"{"status":{"count":2,"selector":"app=a"}}"#,
                type: "application/merge-patch+json"
            ).expect(200)
            let answer = try await cluster.send("GET", Custom.widgets + "/a/scale").expect(200)
            #expect(answer.json["kind"] == "Scale")
            #expect(answer.json.at("spec.replicas") == 3)
            #expect(answer.json.at("status.replicas") == 2)
            #expect(answer.json.at("status.selector") == "app=a")
            #expect(try await cluster.send("GET", Custom.widgets + "/a").json.at("spec.size") == 3)
            try await cluster.send("POST", Custom.widgets, Custom.widget("b", spec: #"{"size":-1}"#))
                .expect(422, "Invalid", "should be a non-negative integer")
        }
    }

    @Test("field selectors know the selectable fields, in lists and watches")
    func selectableFields() async throws {
        try await TestCluster.run { cluster in
            try await cluster.establish(
                Custom.definition(
                    properties: #"{"color":{"type":"string"}}"#,
                    version: #","selectableFields":[{"jsonPath":".spec.color"}]"#))
            let watch = try await cluster.watch(Custom.widgets + "?watch=true&fieldSelector=spec.color%3Dred")
            for (name, color) in [("a", "red"), ("b", "blue"), ("c", "red")] {
                try await cluster.send("POST", Custom.widgets, Custom.widget(name, spec: #"{"color":"\#(color)"}"#))
                    .expect(201)
            }
            let list = try await cluster.send("GET", Custom.widgets + "?fieldSelector=spec.color%3Dred").expect(200)
            #expect(list.itemNames == ["a", "c"])
            try await cluster.send(
                "PATCH", Custom.widgets + "/a", #"{"spec":{"color":"green"}}"#, type: "application/merge-patch+json"
            ).expect(200)
            #expect(try await watch.summaries(3) == ["ADDED a", "ADDED c", "DELETED a"])
            watch.cancel()
            try await cluster.send("GET", Custom.widgets + "?fieldSelector=spec.size%3D1")
                .expect(400, "BadRequest", "field label not supported: spec.size")
        }
    }

    @Test("tables have the definition's columns")
    func columns() async throws {
        try await TestCluster.run { cluster in
            let columns =
                #","additionalPrinterColumns":[{"name":"Size","type":"integer","jsonPath":".spec.size"},"#
                + #"{"name":"Missing","type":"string","jsonPath":".spec.none","priority":1}]"#
            try await cluster.establish(Custom.definition(version: columns))
            try await cluster.send("POST", Custom.widgets, Custom.widget("a", spec: #"{"size":3}"#)).expect(201)
            let table = try await cluster.send(
                "GET", Custom.widgets, accept: "application/json;as=Table;v=v1;g=meta.k8s.io"
            ).expect(200)
            let names = (table.json["columnDefinitions"]?.arrayValue ?? []).compactMap { $0["name"]?.stringValue }
            #expect(names == ["Name", "Size", "Missing"])
            #expect(table.json.at("rows.0.cells") == ["a", 3, .null])
        }
    }

    @Test("rules of the schema judge objects, changes by what was before")
    func rules() async throws {
        try await TestCluster.run { cluster in
            let rules =
                #","x-kubernetes-validations":[{"rule":"self.size < 10","message":"too big"},"#
                + #"{"rule":"self.size >= oldSelf.size","messageExpression":"oldSelf.size == 5 ? 'was five' : 'was other'","#
                + #""fieldPath":".size","reason":"FieldValueForbidden"}]"#
            try await cluster.establish(Custom.definition(spec: rules))
            let refused = try await cluster.send("POST", Custom.widgets, Custom.widget("a", spec: #"{"size":10}"#))
                .expect(422, "Invalid", "spec: Invalid value: too big")
            #expect(refused.causes == ["spec"])
            try await cluster.send("POST", Custom.widgets, Custom.widget("a", spec: #"{"size":5}"#)).expect(201)
            try await cluster.send(
                "PATCH", Custom.widgets + "/a", #"{"spec":{"size":4}}"#, type: "application/merge-patch+json"
            ).expect(422, "Invalid", "spec.size: Forbidden: was five")
        }
    }

    @Test("a deprecated version says so with every answer")
    func deprecation() async throws {
        try await TestCluster.run { cluster in
            try await cluster.establish(Custom.definition(version: #","deprecated":true"#))
            let answer = try await cluster.send("GET", Custom.widgets).expect(200)
            #expect(answer.warnings == [#"299 - "example.com/v1 Widget is deprecated""#])
        }
    }
}

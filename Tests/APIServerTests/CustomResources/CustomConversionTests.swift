import Machinery
import Testing

@Suite("Versions of custom resources", .timeLimit(.minutes(2)))
struct CustomConversionTests {
    /// A definition whose first version has `hostPort` and whose second has `host` and `port`.
    private static func definition(_ client: JSON?, storage: String = "v1", selectable: Bool = false) -> String {
        func version(_ name: String, _ fields: String, _ field: String) -> String {
            #"{"name":"\#(name)","served":true,"storage":\#(name == storage),"schema":{"openAPIV3Schema":{"type":"object","#
                + #""properties":{"spec":{"type":"object","properties":\#(fields)}}}}"#
                + (selectable ? #","selectableFields":[{"jsonPath":".spec.\#(field)"}]}"# : "}")
        }
        let versions =
            "[" + version("v1", #"{"hostPort":{"type":"string"}}"#, "hostPort") + ","
            + version("v2", #"{"host":{"type":"string"},"port":{"type":"string"}}"#, "host") + "]"
        let conversion = client.map {
            #","conversion":{"strategy":"Webhook","webhook":{"conversionReviewVersions":["v1","v1beta1"],"clientConfig":\#($0)}}"#
        }
        return Custom.definition(versions: versions, conversion: conversion ?? "")
    }

    /// What the webhook makes of an object.
    private static func convert(_ object: JSON, to version: String) -> JSON {
        var spec = object["spec"]?.objectValue ?? JSONObject()
        if version.hasSuffix("v2"), let text = spec.string("hostPort") {
            let parts = text.split(separator: ":").map(String.init)
            spec = ["host": .string(parts[0]), "port": .string(parts.count > 1 ? parts[1] : "")]
        } else if version.hasSuffix("v1"), let host = spec.string("host") {
            spec = ["hostPort": .string("\(host):\(spec.string("port") ?? "")")]
        }
        var result = object
        result.setMember("apiVersion", .string(version))
        result.setMember("spec", .object(spec))
        return result
    }

    private static func answer(_ request: JSON, _ change: (JSON) -> JSON = { $0 }) -> HookServer.Reply {
        let target = request.at("desiredAPIVersion").stringValue ?? ""
        let objects = (request.at("objects").arrayValue ?? []).map { change(convert($0, to: target)) }
        let review: JSON = [
            "apiVersion": "apiextensions.k8s.io/v1", "kind": "ConversionReview",
            "response": [
                "uid": request.at("uid"), "result": ["status": "Success"], "convertedObjects": .array(objects),
            ],
        ]
        return .raw(200, review.description)
    }

    @Test("a webhook converts what is read, listed, watched and written")
    func webhook() async throws {
        try await HookServer.run({ _, request in Self.answer(request) }) { hook in
            try await TestCluster.run(.socket) { cluster in
                try await cluster.establish(Self.definition(hook.config("/convert")))
                try await cluster.send(
                    "POST", Custom.widgets("v1"), Custom.widget("a", spec: #"{"hostPort":"h:1"}"#)
                ).expect(201)
                let other = try await cluster.send("GET", Custom.widgets("v2") + "/a").expect(200)
                #expect(other.json.at("spec") == ["host": "h", "port": "1"])
                #expect(other.json["apiVersion"] == "example.com/v2")
                let watch = try await cluster.watch(Custom.widgets("v2") + "?watch=true")
                #expect(try await watch.next()?.object.at("spec.host") == "h")
                let made = try await cluster.send(
                    "POST", Custom.widgets("v2"), Custom.widget("b", spec: #"{"host":"i","port":"2"}"#, version: "v2")
                ).expect(201)
                #expect(made.json.at("spec.host") == "i")
                #expect(try await watch.next()?.object.at("spec.port") == "2")
                watch.cancel()
                let list = try await cluster.send("GET", Custom.widgets("v1")).expect(200)
                #expect(list.items.map { $0.at("spec.hostPort") } == ["h:1", "i:2"])
                let patched = try await cluster.send(
                    "PATCH", Custom.widgets("v2") + "/a", #"{"spec":{"port":"9"}}"#,
                    type: "application/merge-patch+json"
                ).expect(200)
                #expect(patched.json.at("spec") == ["host": "h", "port": "9"])
                #expect(try await cluster.send("GET", Custom.widgets("v1") + "/a").json.at("spec.hostPort") == "h:9")
                #expect(hook.paths.allSatisfy { $0.hasPrefix("/convert") })
            }
        }
    }

    @Test("after the storage version changed, a list has objects of both, in one call of the webhook")
    func storageChange() async throws {
        try await HookServer.run({ _, request in Self.answer(request) }) { hook in
            try await TestCluster.run { cluster in
                let config = hook.config("/convert")
                let made = try await cluster.establish(Self.definition(config))
                for name in ["a", "b"] {
                    try await cluster.send(
                        "POST", Custom.widgets("v1"), Custom.widget(name, spec: #"{"hostPort":"h:1"}"#)
                    ).expect(201)
                }
                var next = try JSON(parsing: Array(Self.definition(config, storage: "v2").utf8))
                var metadata = next.at("metadata")
                metadata.setMember("resourceVersion", .string(made.version))
                next.setMember("metadata", metadata)
                let changed = try await cluster.send(
                    "PUT", Custom.definitions + "/widgets.example.com", next.description
                ).expect(200)
                #expect(changed.json.at("status.storedVersions") == ["v1", "v2"])
                // What is written from the change on is stored in the new version.
                var name = 0
                try await eventually {
                    name += 1
                    _ = try await cluster.send(
                        "POST", Custom.widgets("v2"),
                        Custom.widget("c\(name)", spec: #"{"host":"i","port":"2"}"#, version: "v2")
                    ).expect(201)
                    let calls = hook.reviews.count
                    _ = try await cluster.send("GET", Custom.widgets("v2") + "/c\(name)")
                    return hook.reviews.count == calls
                }
                let calls = hook.reviews.count
                let list = try await cluster.send("GET", Custom.widgets("v2")).expect(200)
                #expect(
                    list.items.allSatisfy { $0.at("apiVersion") == "example.com/v2" && $0.at("spec.host") != .null })
                #expect(hook.reviews.count == calls + 1)
            }
        }
    }

    @Test("each version is selected by its own fields")
    func selectableFields() async throws {
        try await HookServer.run({ _, request in Self.answer(request) }) { hook in
            try await TestCluster.run { cluster in
                try await cluster.establish(Self.definition(hook.config("/convert"), selectable: true))
                try await cluster.send(
                    "POST", Custom.widgets("v1"), Custom.widget("a", spec: #"{"hostPort":"h:1"}"#)
                ).expect(201)
                try await cluster.send(
                    "POST", Custom.widgets("v2"), Custom.widget("b", spec: #"{"host":"i","port":"2"}"#, version: "v2")
                ).expect(201)
                let first = try await cluster.send("GET", Custom.widgets("v1") + "?fieldSelector=spec.hostPort%3Di:2")
                #expect(first.expect(200).itemNames == ["b"])
                let second = try await cluster.send("GET", Custom.widgets("v2") + "?fieldSelector=spec.host%3Dh")
                #expect(second.expect(200).itemNames == ["a"])
                try await cluster.send("GET", Custom.widgets("v2") + "?fieldSelector=spec.hostPort%3Dh")
                    .expect(400, "BadRequest", "field label not supported: spec.hostPort")
            }
        }
    }

    @Test(
        "what a webhook may not do fails the request with the reason",
        arguments: [
            ("name", "returned invalid converted object in object at index 0: must have the same name: a != z"),
            ("kind", "invalid kind (expected Widget, received Odd)"),
            ("version", "invalid groupVersion (expected example.com/v2, received example.com/v3)"),
            ("label", "metadata.labels[x] must be a string"),
            ("none", "returned 0 objects, expected 1"), ("refusal", "failed: no way"),
        ])
    func failures(fault: String, message: String) async throws {
        let reply: @Sendable (String, JSON) -> HookServer.Reply = { _, request in
            switch fault {
            case "none", "refusal":
                let result: JSON =
                    fault == "none" ? ["status": "Success"] : ["status": "Failure", "message": "no way"]
                let review: JSON = [
                    "apiVersion": "apiextensions.k8s.io/v1", "kind": "ConversionReview",
                    "response": ["uid": request.at("uid"), "result": result, "convertedObjects": []],
                ]
                return .raw(200, review.description)
            default:
                return Self.answer(request) { object in
                    var object = object
                    var metadata = object.at("metadata")
                    if fault == "name" { metadata.setMember("name", "z") }
                    if fault == "label" { metadata.setMember("labels", ["x": 1]) }
                    object.setMember("metadata", metadata)
                    if fault == "kind" { object.setMember("kind", "Odd") }
                    if fault == "version" { object.setMember("apiVersion", "example.com/v3") }
                    return object
                }
            }
        }
        try await HookServer.run(reply) { hook in
            try await TestCluster.run { cluster in
                try await cluster.establish(Self.definition(hook.config("/convert")))
                try await cluster.send("POST", Custom.widgets("v1"), Custom.widget("a")).expect(201)
                let answer = try await cluster.send("GET", Custom.widgets("v2") + "/a")
                #expect(answer.status == 500)
                #expect(
                    answer.message.hasPrefix("conversion webhook for example.com/v1, Kind=Widget")
                        && answer.message.contains(message), "\(answer.message)")
            }
        }
    }

    @Test("without a webhook another version is the same object, less what it does not know")
    func none() async throws {
        try await TestCluster.run { cluster in
            try await cluster.establish(Self.definition(nil))
            try await cluster.send(
                "POST", Custom.widgets("v1"), Custom.widget("a", spec: #"{"hostPort":"h:1"}"#)
            ).expect(201)
            let other = try await cluster.send("GET", Custom.widgets("v2") + "/a").expect(200)
            #expect(other.json["apiVersion"] == "example.com/v2")
            #expect(other.json.at("spec") == .object(JSONObject()))
            #expect(try await cluster.send("GET", Custom.widgets("v1") + "/a").json.at("spec.hostPort") == "h:1")
        }
    }
}

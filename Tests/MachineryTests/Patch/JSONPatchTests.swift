import Machinery
import Testing

@Suite("JSON Patch")
struct JSONPatchTests {
    private func apply(_ patch: String, to document: String) throws -> String {
        let object = try #require(try JSON(parsing: document).objectValue)
        let patch = try JSONPatchDocument(json: try JSON(parsing: patch))
        return JSON.object(try patch.applied(to: object)).description
    }

    @Test(
        "Operations, as RFC 6902 has them",
        arguments: [
            (#"{"foo":"bar"}"#, #"[{"op":"add","path":"/baz","value":"qux"}]"#, #"{"baz":"qux","foo":"bar"}"#),
            (
                #"{"foo":["bar","baz"]}"#, #"[{"op":"add","path":"/foo/1","value":"qux"}]"#,
                #"{"foo":["bar","qux","baz"]}"#
            ),
            (#"{"foo":["a"]}"#, #"[{"op":"add","path":"/foo/-","value":["b"]}]"#, #"{"foo":["a",["b"]]}"#),
            (#"{"foo":["a"]}"#, #"[{"op":"add","path":"/foo/1","value":"b"}]"#, #"{"foo":["a","b"]}"#),
            (#"{"baz":1,"foo":2}"#, #"[{"op":"remove","path":"/baz"}]"#, #"{"foo":2}"#),
            (#"{"foo":["a","b","c"]}"#, #"[{"op":"remove","path":"/foo/1"}]"#, #"{"foo":["a","c"]}"#),
            (#"{"foo":{"a":1}}"#, #"[{"op":"replace","path":"/foo/a","value":null}]"#, #"{"foo":{"a":null}}"#),
            (#"{"a":{"b":1},"c":{}}"#, #"[{"op":"move","from":"/a/b","path":"/c/d"}]"#, #"{"a":{},"c":{"d":1}}"#),
            (#"{"a":["x","y","z"]}"#, #"[{"op":"move","from":"/a/0","path":"/a/2"}]"#, #"{"a":["y","z","x"]}"#),
            (#"{"a":{"b":1}}"#, #"[{"op":"copy","from":"/a","path":"/c"}]"#, #"{"a":{"b":1},"c":{"b":1}}"#),
            (#"{"a":[1,{"b":2}]}"#, #"[{"op":"test","path":"/a","value":[1,{"b":2}]}]"#, #"{"a":[1,{"b":2}]}"#),
            (#"{"a":1}"#, #"[{"op":"test","path":"/b","value":null}]"#, #"{"a":1}"#),
            (
                #"{"a/b":1,"m~n":2}"#, #"[{"op":"replace","path":"/a~1b","value":3},{"op":"remove","path":"/m~0n"}]"#,
                #"{"a/b":3}"#
            ),
            (#"{"":1}"#, #"[{"op":"replace","path":"/","value":2}]"#, #"{"":2}"#),
            (#"{"a":1}"#, #"[{"op":"replace","path":"","value":{"b":2}}]"#, #"{"b":2}"#),
            (#"{"a":{"x":1}}"#, #"[{"op":"move","from":"/a","path":"/a"}]"#, #"{"a":{"x":1}}"#),
            (#"{"a":1}"#, "[]", #"{"a":1}"#),
        ])
    func operations(document: String, patch: String, expected: String) throws {
        #expect(try apply(patch, to: document) == expected)
    }

    @Test(
        "Operations that do not apply are refused, and change nothing",
        arguments: [
            #"[{"op":"remove","path":"/nope"}]"#, #"[{"op":"replace","path":"/nope","value":1}]"#,
            #"[{"op":"add","path":"/no/pe","value":1}]"#, #"[{"op":"add","path":"/list/5","value":1}]"#,
            #"[{"op":"add","path":"/list/01","value":1}]"#, #"[{"op":"add","path":"/list/-1","value":1}]"#,
            #"[{"op":"remove","path":"/list/-"}]"#, #"[{"op":"remove","path":""}]"#,
            #"[{"op":"add","path":"/list/x","value":1}]"#,
            #"[{"op":"add","path":"/text/x","value":1}]"#, #"[{"op":"test","path":"/text","value":"y"}]"#,
            #"[{"op":"copy","from":"/nope","path":"/x"}]"#, #"[{"op":"move","from":"/nope","path":"/x"}]"#,
            #"[{"op":"move","from":"/map","path":"/map/x"}]"#, #"[{"op":"replace","path":"","value":1}]"#,
            #"[{"op":"jump","path":"/x"}]"#, #"[{"path":"/x"}]"#, #"[{"op":"add","path":"/x"}]"#,
            #"[{"op":"add","value":1}]"#,
            #"[{"op":"add","path":"x","value":1}]"#, #"[{"op":"copy","path":"/x"}]"#,
            #"[{"op":"remove","path":"/list/99999999999999999999"}]"#,
        ])
    func refused(patch: String) {
        #expect { try apply(patch, to: #"{"list":[1],"map":{"a":1},"text":"x"}"#) } throws: { error in
            guard let error = error as? StatusError else { return false }
            return error.code == 422 && error.reason == .invalid
                && error.message == "the server rejected our request due to an error in our request"
                && error.details?.causes.isEmpty == false
        }
    }

    @Test("What is no list of operations is a bad request", arguments: ["{}", "1", "[1]", #""x""#])
    func malformed(patch: String) {
        #expect { try apply(patch, to: "{}") } throws: { ($0 as? StatusError)?.code == 400 }
    }

    @Test("Too many operations, and copies that grow without bound, are refused")
    func bounds() throws {
        let many = "[" + Array(repeating: #"{"op":"test","path":"/x"}"#, count: 10_001).joined(separator: ",") + "]"
        #expect { try apply(many, to: "{}") } throws: { error in
            (error as? StatusError)?.code == 413
                && (error as? StatusError)?.message
                    == "Request entity too large: The allowed maximum operations in a JSON patch is 10000, got 10001"
        }
        let doubling = (0..<40).map { #"{"op":"copy","from":"/a","path":"/a/x\#($0)"}"# }.joined(separator: ",")
        let big = #"{"a":{"t":"\#(String(repeating: "x", count: 100_000))"}}"#
        #expect { try apply("[\(doubling)]", to: big) } throws: { error in
            (error as? StatusError)?.details?.causes.first?.message.hasPrefix("Unable to copy, the accumulated size")
                == true
        }
    }

    @Test("A patch cannot nest a document deeper than a parser takes")
    func depth() throws {
        func chain(_ name: String, _ levels: Int) -> String {
            String(repeating: "{\"\(name)\":", count: levels) + "1" + String(repeating: "}", count: levels)
        }
        let path = String(repeating: "/x", count: 400)
        let document = #"{"a":\#(chain("a", 300)),"x":\#(chain("x", 400))}"#
        for operation in [
            #"{"op":"copy","from":"/a","path":"\#(path)"}"#, #"{"op":"move","from":"/a","path":"\#(path)"}"#,
            #"{"op":"add","path":"\#(path)","value":\#(chain("b", 200))}"#,
        ] {
            #expect { try apply("[\(operation)]", to: document) } throws: { error in
                (error as? StatusError)?.details?.causes.first?.message == "exceeded max depth of 512"
            }
        }
        #expect(throws: StatusError.self) {
            try apply(#"[{"op":"test","path":"\#(String(repeating: "/x", count: 600))"}]"#, to: document)
        }
        _ = try apply(#"[{"op":"move","from":"\#(path)","path":"/b"}]"#, to: document)
    }

    @Test("Lists and objects of many elements merge in little time")
    func large() throws {
        let count = 50_000
        let names = (0..<count).map { #"{"name":"n\#($0)"}"# }
        let odd = (0..<count).map { #"{"name":"n\#($0 * 2)","image":"x"}"# }
        let object: JSONObject = ["spec": ["containers": try JSON(parsing: "[\(names.joined(separator: ","))]")]]
        let patch: JSON = ["spec": ["containers": try JSON(parsing: "[\(odd.joined(separator: ","))]")]]
        let merged = try StrategicMergePatch.apply(patch, to: object, schema: TestSchemas.app)
        #expect(merged["spec"]?["containers"]?.arrayValue?.count == count + count / 2)
        let even = JSONObject((0..<count).map { ("k\($0 * 2)", .int(0)) })
        let all = JSONObject((0..<count * 2).map { ("k\($0)", .int(1)) })
        #expect(try MergePatch.apply(.object(even), to: all).count == count * 2)
    }

    @Test(
        "Merge patches, as RFC 7386 has them",
        arguments: [
            (#"{"a":"b"}"#, #"{"a":"c"}"#, #"{"a":"c"}"#), (#"{"a":"b"}"#, #"{"b":"c"}"#, #"{"a":"b","b":"c"}"#),
            (#"{"a":"b","b":"c"}"#, #"{"a":null}"#, #"{"b":"c"}"#), (#"{"a":["b"]}"#, #"{"a":"c"}"#, #"{"a":"c"}"#),
            (#"{"a":"c"}"#, #"{"a":["b"]}"#, #"{"a":["b"]}"#),
            (#"{"a":{"b":"c"}}"#, #"{"a":{"b":"d","c":null}}"#, #"{"a":{"b":"d"}}"#),
            (#"{"a":[{"b":"c"}]}"#, #"{"a":[1]}"#, #"{"a":[1]}"#),
            ("{}", #"{"a":{"bb":{"ccc":null}}}"#, #"{"a":{"bb":{}}}"#),
            (#"{"a":1}"#, #"{"a":{"b":null,"c":2}}"#, #"{"a":{"c":2}}"#), (#"{"e":1}"#, "{}", #"{"e":1}"#),
        ])
    func mergePatch(document: String, patch: String, expected: String) throws {
        let object = try #require(try JSON(parsing: document).objectValue)
        #expect(JSON.object(try MergePatch.apply(try JSON(parsing: patch), to: object)).description == expected)
    }

    @Test("A merge patch must be an object", arguments: [JSON.null, 1, "x", []])
    func mergePatchShape(patch: JSON) {
        #expect { try MergePatch.apply(patch, to: [:]) } throws: { ($0 as? StatusError)?.code == 400 }
    }

    @Test("Random patches never crash", arguments: 0..<200)
    func random(seed: Int) {
        var random = RandomJSON(seed: UInt64(seed))
        let object = random.object()
        let operations = ["add", "remove", "replace", "move", "copy", "test"]
        let paths = object.keys.map { JSONPointer(tokens: [$0]).description } + ["", "/0", "/a/b", "/-"]
        let patch = (0..<5).map { _ -> JSON in
            [
                "op": .string(operations.randomElement(using: &random.generator) ?? "add"), "value": random.value(),
                "path": .string(paths.randomElement(using: &random.generator) ?? ""),
                "from": .string(paths.randomElement(using: &random.generator) ?? ""),
            ]
        }
        _ = try? JSONPatchDocument(json: .array(patch)).applied(to: object)
        _ = try? MergePatch.apply(random.value(), to: object)
        _ = try? StrategicMergePatch.apply(random.value(), to: object, schema: TestSchemas.app)
    }
}

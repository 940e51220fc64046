import Machinery
import Testing

@Suite("Strategic merge patch")
struct StrategicMergePatchTests {
    /// Applies a patch to the `spec` of an object, and gives the `spec` back.
    private func patch(_ spec: String, _ patch: String) throws -> String {
        let object: JSONObject = ["spec": try JSON(parsing: spec)]
        let result = try StrategicMergePatch.apply(
            ["spec": try JSON(parsing: patch)], to: object, schema: TestSchemas.app)
        return result["spec"]?.description ?? "nothing"
    }

    @Test(
        "Objects, maps and scalars merge as in a merge patch",
        arguments: [
            (#"{"replicas":1,"paused":true}"#, #"{"replicas":2}"#, #"{"paused":true,"replicas":2}"#),
            (#"{"replicas":1,"paused":true}"#, #"{"paused":null}"#, #"{"replicas":1}"#),
            (
                #"{"strategy":{"type":"a"}}"#, #"{"strategy":{"maxSurge":1}}"#,
                #"{"strategy":{"maxSurge":1,"type":"a"}}"#
            ),
            (
                #"{"strategy":{"type":"a","maxSurge":1}}"#, #"{"strategy":{"$patch":"replace","type":"b"}}"#,
                #"{"strategy":{"type":"b"}}"#
            ),
            (#"{"strategy":{"type":"a"}}"#, #"{"strategy":{"$patch":"delete"}}"#, #"{"strategy":{}}"#),
            (
                #"{"strategy":{"type":"a","maxSurge":1}}"#, #"{"strategy":{"$retainKeys":["type"],"type":"b"}}"#,
                #"{"strategy":{"type":"b"}}"#
            ),
            (
                "{}", #"{"strategy":{"type":"b","maxSurge":null,"$retainKeys":["type","maxSurge"]}}"#,
                #"{"strategy":{"type":"b"}}"#
            ),
            (#"{"unknown":{"a":1,"l":[1]}}"#, #"{"unknown":{"b":2,"l":[2]}}"#, #"{"unknown":{"a":1,"b":2,"l":[2]}}"#),
            (#"{"groups":[1,2]}"#, #"{"groups":[3]}"#, #"{"groups":[3]}"#),
        ])
    func objects(spec: String, change: String, expected: String) throws {
        #expect(try patch(spec, change) == expected)
    }

    @Test(
        "Lists of objects merge by their key",
        arguments: [
            (
                #"{"containers":[{"name":"a","image":"1"},{"name":"b"}]}"#,
                #"{"containers":[{"name":"a","image":"2"}]}"#,
                #"{"containers":[{"image":"2","name":"a"},{"name":"b"}]}"#
            ),
            (
                #"{"containers":[{"name":"a"}]}"#, #"{"containers":[{"name":"b","image":null}]}"#,
                #"{"containers":[{"name":"b"},{"name":"a"}]}"#
            ),
            (
                #"{"containers":[{"name":"a"},{"name":"b"}]}"#, #"{"containers":[{"name":"a","$patch":"delete"}]}"#,
                #"{"containers":[{"name":"b"}]}"#
            ),
            (
                #"{"containers":[{"name":"a"}]}"#, #"{"containers":[{"$patch":"replace"},{"name":"c"}]}"#,
                #"{"containers":[{"name":"c"}]}"#
            ),
            (
                #"{"containers":[{"name":"a","env":[{"name":"X","value":"1"}]}]}"#,
                #"{"containers":[{"name":"a","env":[{"name":"Y","value":"2"},{"name":"X","value":null}]}]}"#,
                #"{"containers":[{"env":[{"name":"Y","value":"2"},{"name":"X"}],"name":"a"}]}"#
            ),
            (
                "{}",
                #"{"containers":[{"name":"a","ports":[{"containerPort":53},{"containerPort":53,"protocol":"UDP"}]}]}"#,
                #"{"containers":[{"name":"a","ports":[{"containerPort":53},{"containerPort":53,"protocol":"UDP"}]}]}"#
            ),
            (#"{"containers":[{"name":"a"}]}"#, #"{"containers":null}"#, "{}"),
            (#"{"containers":[{"name":"a"}]}"#, #"{"containers":[]}"#, #"{"containers":[{"name":"a"}]}"#),
        ])
    func lists(spec: String, change: String, expected: String) throws {
        #expect(try patch(spec, change) == expected)
    }

    @Test(
        "The order the patch asks for is kept, what it does not name stays between",
        arguments: [
            (
                #"{"containers":[{"name":"a"},{"name":"b"},{"name":"c"}]}"#,
                #"{"$setElementOrder/containers":[{"name":"c"},{"name":"a"}],"containers":[{"name":"a","image":"x"}]}"#,
                #"{"containers":[{"name":"b"},{"name":"c"},{"image":"x","name":"a"}]}"#
            ),
            (
                #"{"containers":[{"name":"a"},{"name":"b"}]}"#,
                #"{"$setElementOrder/containers":[{"name":"b"},{"name":"a"}]}"#,
                #"{"containers":[{"name":"b"},{"name":"a"}]}"#
            ),
            (
                #"{"containers":[{"name":"x"},{"name":"a"}]}"#,
                #"{"$setElementOrder/containers":[{"name":"a"},{"name":"n"}],"containers":[{"name":"n"}]}"#,
                #"{"containers":[{"name":"x"},{"name":"a"},{"name":"n"}]}"#
            ),
            (
                #"{"zones":["a","b"]}"#, #"{"$setElementOrder/zones":["c","b","a"],"zones":["c"]}"#,
                #"{"zones":["c","b","a"]}"#
            ),
        ])
    func order(spec: String, change: String, expected: String) throws {
        #expect(try patch(spec, change) == expected)
    }

    @Test(
        "Lists of scalars merge as sets",
        arguments: [
            (#"{"zones":["a","b"]}"#, #"{"zones":["c","a"]}"#, #"{"zones":["c","a","b"]}"#),
            (#"{"zones":["a","b","a"]}"#, #"{"$deleteFromPrimitiveList/zones":["a"]}"#, #"{"zones":["b"]}"#),
            (
                #"{"zones":["a","b"]}"#, #"{"$deleteFromPrimitiveList/zones":["a"],"zones":["c"]}"#,
                #"{"zones":["c","b"]}"#
            ),
            ("{}", #"{"zones":["c"],"$deleteFromPrimitiveList/zones":["a"]}"#, #"{"zones":["c"]}"#),
        ])
    func sets(spec: String, change: String, expected: String) throws {
        #expect(try patch(spec, change) == expected)
    }

    @Test(
        "Malformed patches are refused",
        arguments: [
            (#"{"containers":[{"image":"x"}]}"#, "does not contain declared merge key: name"),
            (#"{"containers":[1]}"#, "expected a map in the list"),
            (#"{"strategy":{"$patch":"explode"}}"#, "unknown patch type 'explode' in map"),
            (#"{"containers":[{"name":"a","$patch":"merge"}]}"#, "merging lists cannot yet be specified in the patch"),
            (#"{"strategy":{"$retainKeys":["type"],"maxSurge":1}}"#, "invalid patch format of retainKeys"),
            (#"{"strategy":{"$retainKeys":"type"}}"#, "invalid patch format of retainKeys"),
            (#"{"$setElementOrder/containers":{}}"#, "invalid patch format of setElementOrder list"),
            (#"{"$deleteFromPrimitiveList/zones":"a"}"#, "invalid patch format of primitive list"),
            (
                #"{"$setElementOrder/containers":[{"name":"b"},{"name":"a"}],"containers":[{"name":"a"},{"name":"b"}]}"#,
                "The order in patch list"
            ),
        ])
    func malformed(change: String, message: String) {
        #expect { try patch(#"{"containers":[{"name":"a"}],"strategy":{"type":"x"}}"#, change) } throws: { error in
            guard let error = error as? StatusError else { return false }
            return error.code == 400 && error.message.contains(message)
        }
    }

    @Test("Lists of lists, and patches that are no objects")
    func shapes() {
        #expect { try patch(#"{"zones":["a"]}"#, #"{"zones":[["b"]]}"#) } throws: { ($0 as? StatusError)?.code == 422 }
        #expect { try StrategicMergePatch.apply([], to: [:], schema: TestSchemas.app) } throws: {
            ($0 as? StatusError)?.message == "Invalid JSON document"
        }
    }
}

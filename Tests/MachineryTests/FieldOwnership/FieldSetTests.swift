import Machinery
import Testing

@Suite("Sets of fields")
struct FieldSetTests {
    private func set(_ text: String) throws -> FieldSet {
        let object = try #require(try JSON(parsing: text).objectValue)
        return try #require(FieldSet(fieldsV1: object))
    }

    @Test("Union, difference and intersection", arguments: 0..<200)
    func algebra(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        func paths() -> Set<[String]> {
            Set(
                (0..<8).map { _ in
                    (0...Int.random(in: 0..<3, using: &generator)).map { _ in
                        ["a", "b", "c"].randomElement(using: &generator) ?? "a"
                    }
                })
        }
        let left = paths()
        let right = paths()
        func texts(_ paths: Set<[String]>) -> [String] { paths.map { $0.map { "." + $0 }.joined() }.sorted() }
        let leftSet = FieldSet(fields: Array(left))
        let rightSet = FieldSet(fields: Array(right))
        #expect(leftSet.paths.sorted() == texts(left))
        #expect(leftSet.union(rightSet).paths.sorted() == texts(left.union(right)))
        #expect(leftSet.subtracting(rightSet).paths.sorted() == texts(left.subtracting(right)))
        #expect(leftSet.intersection(rightSet).paths.sorted() == texts(left.intersection(right)))
        let outside = left.filter { path in !right.contains { path.starts(with: $0) } }
        #expect(leftSet.subtractingRecursively(rightSet).paths.sorted() == texts(outside))
        for path in left { #expect(leftSet.contains(path.map(FieldSet.Step.field))) }
    }

    @Test("FieldsV1 is read, and its steps get their canonical text")
    func fieldsV1() throws {
        let fields = try set(
            #"{"f:spec":{"f:list":{"k:{\"protocol\":\"TCP\", \"port\":80}":{".":{},"f:name":{}},"v:\"x\"":{},"i:3":{}}}}"#
        )
        #expect(
            fields.paths == [
                ".spec.list[3]", #".spec.list[port=80,protocol="TCP"]"#, #".spec.list[port=80,protocol="TCP"].name"#,
                #".spec.list[="x"]"#,
            ])
    }

    @Test(
        "What is no FieldsV1",
        arguments: [
            #"{"f:a":1}"#, #"{"x":{}}"#, #"{"k:[]":{}}"#, #"{"v:":{}}"#, #"{"i:x":{}}"#, #"{"f:a":{"f:b":[]}}"#,
        ])
    func malformed(text: String) throws {
        #expect(FieldSet(fieldsV1: try #require(try JSON(parsing: text).objectValue)) == nil)
    }

    @Test("What an applied configuration claims")
    func claimed() throws {
        let object = try TestSchemas.app(
            #"{"metadata":{"name":"a","labels":{"x":"y"}},"spec":{"replicas":1,"selector":{"matchLabels":{"a":"b"}},"containers":[{"name":"c","ports":[{"containerPort":80}],"env":[]}],"zones":["z"],"groups":[1],"strategy":{}}}"#
        )
        #expect(
            JSON.object(FieldSet(applied: object, schema: TestSchemas.app).json).description
                == #"{"f:apiVersion":{},"f:kind":{},"f:metadata":{"f:labels":{"f:x":{}},"f:name":{}},"f:spec":{"f:containers":{"k:{\"name\":\"c\"}":{".":{},"f:name":{},"f:ports":{"k:{\"containerPort\":80,\"protocol\":\"TCP\"}":{".":{},"f:containerPort":{}}}}},"f:groups":{},"f:replicas":{},"f:selector":{},"f:strategy":{},"f:zones":{"v:\"z\"":{}}}}"#
        )
    }

    @Test("What changed between two versions")
    func comparison() throws {
        let before = try TestSchemas.app(
            #"{"spec":{"replicas":1,"paused":true,"containers":[{"name":"a","image":"1"},{"name":"b"}],"groups":[1],"zones":["x"]}}"#
        )
        let after = try TestSchemas.app(
            #"{"spec":{"replicas":2,"timeout":"1s","containers":[{"name":"c","env":[{"name":"E"}]},{"name":"a","image":"1"}],"groups":[2],"zones":["y"]}}"#
        )
        let changes = FieldComparison(before, after, schema: TestSchemas.app)
        #expect(
            changes.added.paths == [
                #".spec.containers[name="c"]"#, #".spec.containers[name="c"].env"#,
                #".spec.containers[name="c"].env[name="E"]"#, #".spec.containers[name="c"].env[name="E"].name"#,
                #".spec.containers[name="c"].name"#, ".spec.timeout", #".spec.zones[="y"]"#,
            ])
        #expect(changes.modified.paths == [".spec.groups", ".spec.replicas"])
        #expect(
            changes.removed.paths == [
                #".spec.containers[name="b"]"#, #".spec.containers[name="b"].name"#, ".spec.paused",
                #".spec.zones[="x"]"#,
            ])
        #expect(FieldComparison(before, before, schema: TestSchemas.app).isSame)
    }
}

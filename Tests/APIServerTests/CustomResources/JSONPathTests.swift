import APIServer
import Machinery
import Testing

@Suite("Paths of printer columns")
struct JSONPathTests {
    private static let object = #"""
        {"spec":{"replicas":3,"list":[{"name":"a","v":1},{"name":"b","v":2}],"a.b":"dotted"},
         "metadata":{"labels":{"app.kubernetes.io/name":"x"}},
         "status":{"conditions":[{"type":"Ready","status":"True"},{"type":"Other","status":"False"}]}}
        """#

    @Test(
        "a path finds its values",
        arguments: [
            (".spec.replicas", ["3"]), (".spec.list[*].name", [#""a""#, #""b""#]), (".spec.list[0].name", [#""a""#]),
            (".spec.list[-1].v", ["2"]), (".spec.list[0:1].v", ["1"]), (".spec['a.b']", [#""dotted""#]),
            (#".spec.a\.b"#, [#""dotted""#]), (#".metadata.labels.app\.kubernetes\.io/name"#, [#""x""#]),
            (#".status.conditions[?(@.type=="Ready")].status"#, [#""True""#]),
            (#".status.conditions[?(@.type!='Ready')].status"#, [#""False""#]),
            (".spec.list[?(@.v>1)].name", [#""b""#]),
            (".spec.missing.deeper", []), (".spec.replicas.x", []), ("..name", [#""a""#, #""b""#]),
            (".spec.list[?(@.v)].v", ["1", "2"]),
        ] as [(String, [String])])
    func values(path: String, expected: [String]) throws {
        let object = try JSON(parsing: Array(Self.object.utf8))
        #expect(try JSONPath(path).values(in: object).map(\.description) == expected)
    }

    @Test("a malformed path is refused", arguments: [".spec[", ".spec[x]", ".a[?(@.b==)]", "spec", ".a[?(@.b]"])
    func malformed(path: String) {
        #expect(throws: JSONPath.Failure.self) { try JSONPath(path) }
    }
}

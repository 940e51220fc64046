import CEL
import Machinery
import Testing

@Suite("Values with a schema")
struct SchemaValueTests {
    private static let schema: JSON = [
        "type": "object",
        "properties": [
            "replicas": ["type": "integer"], "ratio": ["type": "number"], "name": ["type": "string"],
            "enabled": ["type": "boolean"], "when": ["type": "string", "format": "date-time"],
            "day": ["type": "string", "format": "date"], "span": ["type": "string", "format": "duration"],
            "data": ["type": "string", "format": "byte"], "port": ["x-kubernetes-int-or-string": true],
            "dash-ed": ["type": "string"], "dot.ted": ["type": "string"], "a/b": ["type": "string"],
            "under__score": ["type": "string"], "namespace": ["type": "string"],
            "tags": ["type": "array", "x-kubernetes-list-type": "set", "items": ["type": "string"]],
            "maybe": ["type": "string", "nullable": true],
            "ports": [
                "type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["name"],
                "items": ["type": "object", "properties": ["name": ["type": "string"], "port": ["type": "integer"]]],
            ],
            "labels": ["type": "object", "additionalProperties": ["type": "string"]],
            "any": ["x-kubernetes-preserve-unknown-fields": true],
            "template": [
                "type": "object", "x-kubernetes-embedded-resource": true, "x-kubernetes-preserve-unknown-fields": true,
            ],
        ],
    ]

    private static let object: JSON = [
        "replicas": 3, "ratio": 1, "name": "web", "enabled": true, "when": "2026-01-02T03:04:05Z", "day": "2026-01-02",
        "span": "90s", "data": "aGk=", "port": "http", "dash-ed": "d", "dot.ted": "t", "a/b": "s",
        "under__score": "u", "namespace": "default", "tags": ["x", "y"], "maybe": .null,
        "ports": [["name": "a", "port": 1], ["name": "b", "port": 2]], "labels": ["k": "v", "a.b/c": "w"],
        "any": ["x": 1], "apiVersion": "v1", "kind": "Web", "metadata": ["name": "n", "labels": ["a": "b"]],
        "template": ["kind": "Pod", "metadata": ["name": "p"]],
    ]

    private func run(_ text: String, _ object: JSON = object) throws -> String {
        let type = try #require(DeclaredType(structural: Self.schema, isResourceRoot: true))
        let environment = CELEnvironment.kubernetes().declaring("self", type).declaring("oldSelf", type)
        let activation = CELActivation([
            "self": try .json(object, as: type), "oldSelf": try .json(Self.object, as: type),
        ])
        return outcome(of: text, in: environment, activation)
    }

    @Test(
        "A field has the type of its schema",
        arguments: Case.table(
            """
            self.replicas + 1 => 4
            self.ratio * 2.0 => 2.0
            self.name.startsWith('w') => true
            self.enabled => true
            self.when.getFullYear() => 2026
            self.day.getDayOfMonth() => 1
            self.span.getSeconds() => 90
            self.data == b'hi' => true
            type(self.port) == string ? self.port == 'http' : self.port > 0 => true
            self.dash__dash__ed => 'd'
            self.dot__dot__ted => 't'
            self.a__slash__b => 's'
            self.under__underscores__score => 'u'
            self.__namespace__ => 'default'
            self.namespace => 'default'
            self.labels.k => 'v'
            self.labels['a.b/c'] => 'w'
            self.labels.all(k, self.labels[k] != '') => true
            self.labels.map(k, k) => ['a.b/c', 'k']
            self.metadata.name => 'n'
            self.kind => 'Web'
            self.metadata.labels => !! undefined field 'labels'
            self.any => !! undefined field 'any'
            self.template.kind => 'Pod'
            self.template.metadata.name => 'p'
            self.template.spec => !! undefined field 'spec'
            self.nope => !! undefined field 'nope'
            has(self.name) => true
            has(self.maybe) => false
            self.?maybe => none
            self.?name => optional('web')
            self.ports[0].port => 1
            self.ports.exists(p, p.name == 'b' && p.port == 2) => true
            self.tags == ['y', 'x'] => true
            ['y', 'x'] == self.tags => false
            self.tags + ['x', 'z'] => ['x', 'y', 'z']
            self.ports == [self.ports[1], self.ports[0]] => true
            self.ports + self.ports == self.ports => true
            size(self.tags) => 2
            'x' in self.tags => true
            self.replicas == 'a' => !! found no matching overload for '_==_' applied to '(int, string)'
            self == oldSelf => true
            self.ports == oldSelf.ports => true
            """))
    func field(_ entry: Case) throws {
        #expect(try run(entry.expression) == entry.expected)
    }

    @Test("A field that is not set is no such key, and asked for with has")
    func absent() throws {
        #expect(try run("self.name", [:]) == "! no such key: name")
        #expect(try run("has(self.name)", [:]) == "false")
        #expect(try run("has(self.name) && self.name == 'web'", [:]) == "false")
        #expect(try run("!has(self.labels) || self.labels.k == 'v'", [:]) == "true")
    }

    @Test("Values that do not have the schema's form are errors where they are read")
    func misfit() throws {
        #expect(try run("self.when.getFullYear()", ["when": "yesterday"]).hasPrefix("! Invalid date-time formatted"))
        #expect(try run("self.span.getHours()", ["span": "x"]).hasPrefix("! Invalid duration x"))
        #expect(try run("self.data == b''", ["data": "%"]).hasPrefix("! Invalid byte formatted"))
        #expect(try run("self.replicas > 1", ["replicas": "3"]) == "! invalid data, expected int, got string")
        #expect(try run("self.name == ''", ["name": ["a"]]) == "! invalid data, expected string, got []interface {}")
        #expect(try run("self.replicas > 1 || true", ["replicas": "3"]) == "true")
    }

    @Test("A set added to keeps its kind, a list keyed by members is merged")
    func merging() throws {
        let later: JSON = ["ports": [["name": "b", "port": 9], ["name": "c", "port": 3]], "tags": ["q", "x"]]
        #expect(try run("(oldSelf.ports + self.ports).map(p, p.name)", later) == "['a', 'b', 'c']")
        #expect(try run("(oldSelf.ports + self.ports).map(p, p.port)", later) == "[1, 9, 3]")
        #expect(try run("oldSelf.tags + self.tags", later) == "['x', 'y', 'q']")
        #expect(try run("oldSelf.tags + self.tags + ['q'] == ['q', 'y', 'x']", later) == "true")
    }

    @Test("Without a schema a tree is read as it is, and checked when evaluated")
    func dynamic() throws {
        let environment = CELEnvironment.kubernetes().declaring("object", .dyn)
        let activation = CELActivation(["object": try .json(Self.object)])
        for entry in Case.table(
            """
            object.replicas + 1 => 4
            object.metadata.labels.a => 'b'
            object['dash-ed'] => 'd'
            object.labels['a.b/c'] => 'w'
            object.ports[1].port => 2
            object.nope => ! no such key: nope
            object.maybe => null
            has(object.maybe) => true
            object.name + 1 => ! no such overload
            object.ports.all(p, p.port > 0) => true
            object.ports.map(p, p.name) => ['a', 'b']
            object.?spec.?replicas.orValue(7) => 7
            type(object) => map
            """)
        {
            #expect(outcome(of: entry.expression, in: environment, activation) == entry.expected, "\(entry.expression)")
        }
    }

    @Test("A field name is escaped and read back")
    func escaping() {
        let pairs = [
            ("a", "a"), ("a-b", "a__dash__b"), ("a.b", "a__dot__b"), ("a/b", "a__slash__b"),
            ("a__b", "a__underscores__b"), ("in", "__in__"), ("namespace", "__namespace__"), ("a_b", "a_b"),
            ("___", "__underscores___"),
        ]
        for (plain, escaped) in pairs {
            #expect(FieldEscaping.escape(plain) == escaped)
            #expect(FieldEscaping.unescape(escaped) == plain)
        }
        for name in ["", "1a", "a b", "é", "a$"] { #expect(FieldEscaping.escape(name) == nil) }
        for name in ["__nope__", "a__in__"] { #expect(FieldEscaping.unescape(name) == nil) }
    }

    @Test("Schemas that expressions cannot see have no type")
    func invisible() {
        #expect(DeclaredType(structural: ["type": "array"]) == nil)
        #expect(DeclaredType(structural: ["x-kubernetes-preserve-unknown-fields": true]) == nil)
        let open: JSON = ["type": "array", "items": ["x-kubernetes-preserve-unknown-fields": true]]
        #expect(DeclaredType(structural: open) == nil)
    }

    @Test("A built-in schema is a type, also where it refers to itself")
    func builtIn() throws {
        let rule = SelfReferring.schema
        let type = DeclaredType(rule)
        let environment = CELEnvironment.kubernetes().declaring("object", type)
        let object: JSON = [
            "name": "a", "count": 2, "when": "2026-01-02T03:04:05Z", "limit": "100m", "port": 80,
            "inner": ["name": "b", "inner": ["count": 7]], "names": ["x", "y"], "labels": ["k": "v"],
        ]
        let activation = CELActivation(["object": try .json(object, as: type)])
        for entry in Case.table(
            """
            object.inner.inner.count + object.count => 9
            object.when.getFullYear() => 2026
            quantity(object.limit).isLessThan(quantity('1')) => true
            object.port == 80 => true
            object.names == ['y', 'x'] => true
            object.labels.k => 'v'
            has(object.inner.inner.inner) => false
            object.nope => !! undefined field 'nope'
            object.count + 'a' => !! found no matching overload for '_+_' applied to '(int, string)'
            """)
        {
            #expect(outcome(of: entry.expression, in: environment, activation) == entry.expected, "\(entry.expression)")
        }
    }
}

/// A schema one of whose fields is of the schema's own type.
private enum SelfReferring {
    static let schema: Schema = Schema(
        name: "Rule", definition: "test.Rule",
        fields: [
            SchemaField(name: "name", type: .string), SchemaField(name: "count", type: .int32),
            SchemaField(name: "when", type: .time), SchemaField(name: "limit", type: .quantity),
            SchemaField(name: "port", type: .intOrString),
            SchemaField(name: "inner", type: .object(SchemaReference(definition: "test.Rule") { _ in schema })),
            SchemaField(name: "names", type: .list(of: .string, ListSemantics(kind: .set))),
            SchemaField(name: "labels", type: .map(of: .string, isAtomic: false)),
        ])
}

import Machinery
import Testing

@Suite("Server-side apply and field managers")
struct FieldManagerTests {
    private let clock = ManualWallClock(Timestamp(seconds: 1_000_000_000))
    private let manager: FieldManager

    init() {
        manager = FieldManager(kind: TestSchemas.kind, schema: TestSchemas.app, clock: clock)
    }

    private func apply(
        _ text: String, by name: String, to live: JSONObject?, force: Bool = false
    ) throws -> JSONObject {
        clock.advance(by: .seconds(1))
        return try manager.apply(live: live, applied: try TestSchemas.app(text), manager: name, force: force)
    }

    private func update(_ text: String, by name: String, to live: JSONObject?) throws -> JSONObject {
        clock.advance(by: .seconds(1))
        var object = try TestSchemas.app(text)
        manager.update(live: live, object: &object, manager: name)
        return object
    }

    /// `manager operation[/subresource]: paths` for each entry.
    private func owners(of object: JSONObject) throws -> [String] {
        try (object["metadata"]?["managedFields"]?.arrayValue ?? []).map { entry in
            let tree = try #require(entry["fieldsV1"]?.objectValue)
            let fields = try #require(FieldSet(fieldsV1: tree))
            let subresource = entry["subresource"]?.stringValue.map { "/\($0)" } ?? ""
            return "\(entry["manager"]?.stringValue ?? "") \(entry["operation"]?.stringValue ?? "")\(subresource): "
                + fields.paths.joined(separator: " ")
        }
    }

    private func spec(of object: JSONObject) -> String { object["spec"]?.description ?? "nothing" }

    @Test("Applying creates an object whose fields are the applier's")
    func create() throws {
        let object = try apply(#"{"spec":{"replicas":2,"containers":[{"name":"a","image":"x"}]}}"#, by: "me", to: nil)
        #expect(
            try owners(of: object) == [
                #"me Apply: .spec.containers[name="a"] .spec.containers[name="a"].image .spec.containers[name="a"].name .spec.replicas"#
            ])
        #expect(object["metadata"]?["managedFields"]?[0]?["apiVersion"] == "apps/v1")
        #expect(object["metadata"]?["managedFields"]?[0]?["fieldsType"] == "FieldsV1")
        #expect(object["metadata"]?["managedFields"]?[0]?["time"] == "2001-09-09T01:46:41Z")
    }

    @Test("Fields that are no longer applied go, unless someone else owns them too")
    func removal() throws {
        var object = try apply(
            #"{"metadata":{"name":"web","labels":{"a":"1","b":"2"}},"spec":{"replicas":2,"paused":true,"strategy":{"type":"x"}}}"#,
            by: "me", to: nil)
        object = try apply(
            #"{"metadata":{"name":"web","labels":{"b":"2"}},"spec":{"paused":true}}"#, by: "other", to: object)
        object = try apply(#"{"metadata":{"name":"web","labels":{"c":"3"}},"spec":{}}"#, by: "me", to: object)
        #expect(object["metadata"]?["labels"] == ["b": "2", "c": "3"])
        #expect(spec(of: object) == #"{"paused":true}"#)
        #expect(
            try owners(of: object) == [
                "other Apply: .metadata.labels.b .spec.paused", "me Apply: .metadata.labels.c .spec",
            ])
    }

    @Test("List elements go and stay like other fields, in the order of the configuration")
    func lists() throws {
        var object = try apply(
            #"{"spec":{"containers":[{"name":"a"},{"name":"b"},{"name":"c"}],"zones":["x","y"]}}"#, by: "me", to: nil)
        object = try apply(
            #"{"spec":{"containers":[{"name":"d"},{"name":"b","image":"i"}],"zones":["z"]}}"#, by: "other", to: object)
        #expect(
            spec(of: object)
                == #"{"containers":[{"name":"a"},{"name":"d"},{"image":"i","name":"b"},{"name":"c"}],"zones":["x","y","z"]}"#
        )
        object = try apply(#"{"spec":{"containers":[{"name":"c"},{"name":"a"}],"zones":["y"]}}"#, by: "me", to: object)
        #expect(
            spec(of: object)
                == #"{"containers":[{"name":"d"},{"image":"i","name":"b"},{"name":"c"},{"name":"a"}],"zones":["y","z"]}"#
        )
    }

    @Test("Atomic values are replaced as a whole")
    func atomics() throws {
        var object = try apply(#"{"spec":{"selector":{"matchLabels":{"a":"b"}},"groups":[1,2]}}"#, by: "me", to: nil)
        object = try apply(#"{"spec":{"selector":{"matchLabels":{"c":"d"}},"groups":[3]}}"#, by: "me", to: object)
        #expect(spec(of: object) == #"{"groups":[3],"selector":{"matchLabels":{"c":"d"}}}"#)
    }

    @Test("A conflict names who owns what")
    func conflict() throws {
        let object = try update(#"{"spec":{"replicas":1,"paused":false}}"#, by: "kubectl-edit", to: nil)
        #expect { try apply(#"{"spec":{"replicas":2}}"#, by: "me", to: object) } throws: { error in
            guard let error = error as? StatusError else { return false }
            return error.code == 409 && error.reason == .conflict
                && error.message
                    == #"Apply failed with 1 conflict: conflict with "kubectl-edit" using apps/v1: .spec.replicas"#
                && error.details?.causes == [
                    .init(
                        reason: "FieldManagerConflict", message: #"conflict with "kubectl-edit" using apps/v1"#,
                        field: ".spec.replicas")
                ]
        }
        #expect { try apply(#"{"spec":{"replicas":2,"paused":true}}"#, by: "me", to: object) } throws: { error in
            (error as? StatusError)?.message
                == "Apply failed with 2 conflicts: conflicts with \"kubectl-edit\" using apps/v1:\n- .spec.paused\n- .spec.replicas"
        }
    }

    @Test("Agreeing is no conflict: both own the field; force takes it over")
    func sharedAndForced() throws {
        var object = try apply(#"{"spec":{"replicas":1}}"#, by: "a", to: nil)
        object = try apply(#"{"spec":{"replicas":1}}"#, by: "b", to: object)
        #expect(try owners(of: object) == ["a Apply: .spec.replicas", "b Apply: .spec.replicas"])
        #expect(throws: StatusError.self) { try apply(#"{"spec":{"replicas":2}}"#, by: "b", to: object) }
        object = try apply(#"{"spec":{"replicas":2}}"#, by: "b", to: object, force: true)
        #expect(try owners(of: object) == ["b Apply: .spec.replicas"])
        #expect(spec(of: object) == #"{"replicas":2}"#)
        object = try apply(#"{"spec":{}}"#, by: "b", to: object)
        #expect(spec(of: object) == "{}")
    }

    @Test("An apply that changes nothing leaves the object as it is, even its times")
    func noop() throws {
        let text = #"{"metadata":{"name":"web","labels":{"a":"b"}},"spec":{"replicas":1,"containers":[{"name":"c"}]}}"#
        let object = try apply(text, by: "me", to: nil)
        #expect(try apply(text, by: "me", to: object) == object)
        #expect(try apply(text, by: "me", to: object, force: true) == object)
    }

    @Test("A create is the manager's, an update takes over what it changes")
    func updates() throws {
        var object = try update(#"{"spec":{"replicas":1,"containers":[{"name":"a"}]}}"#, by: "one", to: nil)
        #expect(
            try owners(of: object) == [
                #"one Update: .spec.containers[name="a"] .spec.containers[name="a"].name .spec.replicas"#
            ])
        object = try update(#"{"spec":{"replicas":2,"containers":[{"name":"a","image":"x"}]}}"#, by: "two", to: object)
        #expect(
            try owners(of: object) == [
                #"one Update: .spec.containers[name="a"] .spec.containers[name="a"].name"#,
                #"two Update: .spec.containers[name="a"].image .spec.replicas"#,
            ])
        object = try update(#"{"spec":{"replicas":2,"containers":[]}}"#, by: "one", to: object)
        #expect(try owners(of: object) == ["two Update: .spec.replicas"])
    }

    @Test("An update takes fields from appliers too")
    func updateTakesFromApplier() throws {
        var object = try apply(#"{"spec":{"replicas":1,"paused":true}}"#, by: "me", to: nil)
        object = try update(#"{"spec":{"replicas":5,"paused":true}}"#, by: "scaler", to: object)
        #expect(try owners(of: object) == ["me Apply: .spec.paused", "scaler Update: .spec.replicas"])
        #expect(throws: StatusError.self) { try apply(#"{"spec":{"replicas":1,"paused":true}}"#, by: "me", to: object) }
    }

    @Test("An update that changes nothing changes no owner and no time")
    func updateNoop() throws {
        let object = try update(#"{"spec":{"replicas":1}}"#, by: "one", to: nil)
        let again = try update(#"{"spec":{"replicas":1}}"#, by: "two", to: object)
        #expect(again == object)
    }

    @Test("Identity and bookkeeping belong to nobody")
    func unowned() throws {
        let object = try update(
            #"{"metadata":{"name":"web","namespace":"d","uid":"u","resourceVersion":"1","generation":1,"creationTimestamp":"2026-11-21T09:30:05Z"},"spec":{}}"#,
            by: "one", to: nil)
        #expect(try owners(of: object) == ["one Update: .spec"])
    }

    @Test("Sending an empty list stops the tracking; a client that leaves it out does not")
    func reset() throws {
        let object = try update(#"{"spec":{"replicas":1}}"#, by: "one", to: nil)
        let kept = try update(#"{"spec":{"replicas":2}}"#, by: "one", to: object)
        #expect(try owners(of: kept).count == 1)
        for empty in ["[]", "[{}]"] {
            let text =
                #"{"metadata":{"name":"web","namespace":"default","managedFields":\#(empty)},"spec":{"replicas":2}}"#
            let cleared = try update(text, by: "one", to: object)
            #expect(cleared["metadata"]?["managedFields"] == nil)
            let untracked = try update(#"{"spec":{"replicas":3}}"#, by: "one", to: cleared)
            #expect(untracked["metadata"]?["managedFields"] == nil)
            let applied = try apply(#"{"spec":{"replicas":3,"paused":true}}"#, by: "me", to: untracked)
            #expect(
                try owners(of: applied) == [
                    "me Apply: .spec.paused .spec.replicas", "before-first-apply Update: .spec.replicas",
                ])
        }
    }

    @Test("A malformed list in an update counts as none")
    func malformedList() throws {
        let object = try update(#"{"spec":{"replicas":1}}"#, by: "one", to: nil)
        let text =
            #"{"metadata":{"name":"web","namespace":"default","managedFields":[{"operation":"Dance","apiVersion":"v1"}]},"spec":{"replicas":1}}"#
        #expect(try owners(of: try update(text, by: "two", to: object)) == ["one Update: .spec.replicas"])
    }

    @Test("Subresources own by themselves, and reset fields are nobody's there")
    func subresources() throws {
        let main = FieldManager(
            kind: TestSchemas.kind, schema: TestSchemas.app, resetFields: FieldSet(fields: [["status"]]), clock: clock)
        let status = FieldManager(
            kind: TestSchemas.kind, schema: TestSchemas.app, subresource: "status",
            resetFields: FieldSet(fields: [["spec"]]), clock: clock)
        var object = try TestSchemas.app(#"{"spec":{"replicas":1},"status":{"phase":"ignored"}}"#)
        main.update(live: nil, object: &object, manager: "one")
        #expect(try owners(of: object) == ["one Update: .spec.replicas"])
        var changed = object
        changed["status"] = ["phase": "Running"]
        changed["spec"] = ["replicas": 7]
        status.update(live: object, object: &changed, manager: "one")
        #expect(try owners(of: changed) == ["one Update: .spec.replicas", "one Update/status: .status.phase"])
        let applied = try TestSchemas.app(#"{"status":{"phase":"Done"}}"#)
        #expect { try status.apply(live: changed, applied: applied, manager: "me", force: false) } throws: { error in
            (error as? StatusError)?.message
                == #"Apply failed with 1 conflict: conflict with "one" with subresource "status" using apps/v1: .status.phase"#
        }
    }

    @Test("Updaters beyond ten become one")
    func cap() throws {
        var live: JSONObject?
        for index in 0..<15 {
            let labels = (0...index).map { #""l\#($0)":"x""# }.joined(separator: ",")
            let text = #"{"metadata":{"name":"web","namespace":"default","labels":{\#(labels)}}}"#
            live = try update(text, by: "m\(index)", to: live)
        }
        let owners = try owners(of: try #require(live))
        #expect(owners.count == 10)
        let oldest = (0..<6).map { " .metadata.labels.l\($0)" }.joined()
        #expect(owners.first == "ancient-changes Update: .metadata.labels" + oldest)
        #expect(owners.last == "m14 Update: .metadata.labels.l14")
    }

    @Test("kubectl takes over what client-side apply set, and keeps its annotation in step")
    func clientSideApply() throws {
        let last =
            #"{\"apiVersion\":\"apps/v1\",\"kind\":\"App\",\"metadata\":{\"name\":\"web\",\"namespace\":\"default\"},\"spec\":{\"replicas\":1}}"#
        let metadata =
            #"{"name":"web","namespace":"default","annotations":{"kubectl.kubernetes.io/last-applied-configuration":"\#(last)"}}"#
        let object = try update(
            #"{"metadata":\#(metadata),"spec":{"replicas":1,"paused":true}}"#, by: "kubectl-client-side-apply", to: nil)
        let applied = try apply(#"{"spec":{"replicas":2}}"#, by: "kubectl", to: object)
        #expect(spec(of: applied) == #"{"paused":true,"replicas":2}"#)
        #expect(
            applied["metadata"]?["annotations"]?["kubectl.kubernetes.io/last-applied-configuration"]
                == .string(
                    #"{"apiVersion":"apps/v1","kind":"App","metadata":{"name":"web","namespace":"default"},"spec":{"replicas":2}}"#
                        + "\n"))
        #expect(throws: StatusError.self) { try apply(#"{"spec":{"replicas":2}}"#, by: "other", to: object) }
        #expect { try apply(#"{"spec":{"replicas":2,"paused":false}}"#, by: "kubectl", to: object) } throws: { error in
            (error as? StatusError)?.details?.causes.map(\.field) == [".spec.paused"]
        }
    }

    @Test(
        "Configurations that do not fit the schema are refused",
        arguments: [
            (#"{"spec":{"foo":1}}"#, ".spec.foo: field not declared in schema"),
            (
                #"{"spec":{"containers":[{"name":"a","imag":1}]}}"#,
                #".spec.containers[name="a"].imag: field not declared in schema"#
            ),
            (#"{"spec":{"replicas":"1"}}"#, ".spec.replicas: expected numeric (int or float), got string"),
            (
                #"{"spec":{"containers":[{"name":"a"},{"name":"a"}]}}"#,
                #".spec.containers: duplicate entries for key [name="a"]"#
            ),
            (
                #"{"spec":{"containers":[{"image":"x"}]}}"#,
                #".spec.containers: element 0: associative list with keys has an element that omits all key fields ["name"] (and doesn't have default values for any key fields)"#
            ),
            (
                #"{"spec":{"a":1,"b":2}}"#,
                "errors:\n  .spec.a: field not declared in schema\n  .spec.b: field not declared in schema"
            ),
        ])
    func refused(text: String, problem: String) {
        #expect { try apply(text, by: "me", to: nil) } throws: { error in
            (error as? StatusError)?.message
                == "failed to create typed patch object (default/web; apps/v1, Kind=App): \(problem)"
        }
    }

    @Test("A configuration of another kind, or with managed fields, is a bad request")
    func badRequests() {
        #expect { try apply(#"{"kind":"Other"}"#, by: "me", to: nil) } throws: { ($0 as? StatusError)?.code == 400 }
        #expect { try apply(#"{"metadata":{"name":"a","managedFields":[]}}"#, by: "me", to: nil) } throws: {
            ($0 as? StatusError)?.message == "metadata.managedFields must be nil"
        }
    }

    @Test("Names of managers")
    func names() {
        #expect(FieldManager.name(requested: "x", userAgent: "kubectl/v1.32 (linux)") == "x")
        #expect(FieldManager.name(requested: nil, userAgent: "kubectl/v1.32 (linux)") == "kubectl")
        #expect(FieldManager.name(requested: "", userAgent: nil) == "unknown")
        #expect(FieldManager.name(requested: nil, userAgent: String(repeating: "é", count: 100)).utf8.count == 128)
        #expect(FieldManager.validate(name: "ok", at: "fieldManager") == [])
        #expect(FieldManager.validate(name: String(repeating: "x", count: 129), at: "fieldManager").count == 1)
        #expect(
            FieldManager.validate(name: "a\nb", at: "fieldManager").first?.detail
                == "invalid character U+000A (at position 1)")
    }

    @Test("However managers apply, every field of the object has the value of one who owns it", arguments: 0..<100)
    func property(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        var live: JSONObject?
        var applied: [String: JSONObject] = [:]
        for _ in 0..<12 {
            let name = ["a", "b", "c"].randomElement(using: &generator) ?? "a"
            var labels = JSONObject()
            var containers: [JSON] = []
            for key in ["k", "l", "m"] where Bool.random(using: &generator) {
                labels[key] = .string(["1", "2"].randomElement(using: &generator) ?? "1")
                containers.append(["name": .string(key), "image": labels[key] ?? "1"])
            }
            let configuration: JSONObject = [
                "apiVersion": "apps/v1", "kind": "App",
                "metadata": ["name": "web", "namespace": "default", "labels": .object(labels)],
                "spec": ["containers": .array(containers)],
            ]
            live = try manager.apply(live: live, applied: configuration, manager: name, force: true)
            applied[name] = configuration
            let object = try #require(live)
            for (key, value) in try #require(object["metadata"]?["labels"]?.objectValue) {
                #expect(applied.values.contains { $0["metadata"]?["labels"]?[key] == value })
            }
            for (key, value) in labels { #expect(object["metadata"]?["labels"]?[key] == value) }
            let names = object["spec"]?["containers"]?.arrayValue?.compactMap { $0["name"]?.stringValue } ?? []
            #expect(Set(names).count == names.count)
            for container in containers {
                #expect(object["spec"]?["containers"]?.arrayValue?.contains(container) == true)
            }
        }
    }
}

import Machinery
import Testing

/// The text that is written for new objects is the set that an update from nothing gives.
@Suite("Ownership of new objects")
struct NewObjectOwnershipTests {
    private let clock = ManualWallClock(Timestamp(seconds: 1_000_000_000))

    private func check(_ object: JSONObject, resetFields: FieldSet = FieldSet(), subresource: String = "") {
        let manager = FieldManager(
            kind: TestSchemas.kind, schema: TestSchemas.app, subresource: subresource, resetFields: resetFields,
            clock: clock)
        var updated = object
        manager.update(live: nil, object: &updated, manager: "me")
        let expected = updated["metadata"]?["managedFields"]?.encoded()
        let text = manager.ownership(ofNew: object, manager: "me")
        #expect(
            text.map { String(decoding: $0, as: UTF8.self) } == expected.map { String(decoding: $0, as: UTF8.self) })
    }

    private static let identity: JSONObject = [
        "apiVersion": "apps/v1", "kind": "App", "metadata": ["name": "web", "namespace": "n", "uid": "u"],
    ]

    @Test(
        "Typed, untyped, empty and null members are owned alike",
        arguments: [
            [:],
            ["spec": ["replicas": 3]],
            ["spec": [:]],
            ["spec": .null],
            ["metadata": ["name": "web", "labels": ["app.kubernetes.io/name": "x", "b": ""], "annotations": [:]]],
            ["metadata": ["name": "web", "finalizers": ["a/b", "c/d"], "generation": 1]],
            ["metadata": ["uid": "u", "creationTimestamp": "2001-09-09T01:46:41Z"]],
            [
                "spec": [
                    "containers": [
                        [
                            "name": "b", "image": "x", "command": ["a", "b"],
                            "ports": [
                                ["containerPort": 80, "protocol": "UDP"], ["containerPort": 80],
                                ["containerPort": 80, "protocol": "TCP", "name": "again"],
                            ],
                        ],
                        ["name": "a\"quoted"],
                    ]
                ]
            ],
            ["status": ["phase": "Running"], "unknown": ["deep": ["er": [1, ["x": 2]]], "list": [1, 2]]],
        ] as [JSONObject])
    func sameAsUpdate(members: JSONObject) {
        let object = Self.identity.merging(members)
        check(object)
        check(object, resetFields: FieldSet(fields: [["status"]]))
        check(object, subresource: "status")
        check(members)
    }

    @Test("Random objects", arguments: 0..<200)
    func random(seed: Int) {
        var random = RandomJSON(seed: UInt64(seed))
        var object = random.object()
        object["spec"] = .object(random.object())
        object["metadata"] = .object(random.object())
        check(Self.identity.merging(object))
        check(object)
    }

    @Test("A list that the client sent is left to the update")
    func sentList() throws {
        let manager = FieldManager(kind: TestSchemas.kind, schema: TestSchemas.app, clock: clock)
        var object = Self.identity
        object["metadata"] = ["name": "web", "managedFields": []]
        #expect(manager.ownership(ofNew: object, manager: "me") == nil)
    }
}

extension JSONObject {
    fileprivate func merging(_ others: JSONObject) -> JSONObject {
        var result = self
        for (key, value) in others { result[key] = value }
        return result
    }
}

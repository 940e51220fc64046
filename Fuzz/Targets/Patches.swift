import KubeSchemas
import Machinery

/// An object and a patch, with a zero byte between them; either in JSON.
enum Patches {
    private static let kind = GroupVersionKind(group: "apps", version: "v1", kind: "Deployment")
    private static let schema = BuiltinSchemas.schema(kind: kind)

    private static func parts(_ bytes: [UInt8]) -> (object: JSONObject, patch: JSON)? {
        let (first, second) = bytes.halves
        guard case .object(let object)? = accepted({ () throws(JSONError) in try JSON(parsing: first) }),
            let patch = accepted({ () throws(JSONError) in try JSON(parsing: second) })
        else { return nil }
        return (object, patch)
    }

    static func json(_ bytes: [UInt8]) {
        guard let (object, patch) = parts(bytes) else { return }
        let result = accepted { () throws(StatusError) in try JSONPatchDocument(json: patch).applied(to: object) }
        if let result { readable(result) }
    }

    static func merge(_ bytes: [UInt8]) {
        guard let (object, patch) = parts(bytes) else { return }
        let result = accepted { () throws(StatusError) in try MergePatch.apply(patch, to: object) }
        guard let result else { return }
        readable(result)
        let again = accepted { () throws(StatusError) in try MergePatch.apply(patch, to: result) }
        promise(again == result, "a merge patch changes something when applied again: \(JSON.object(result))")
    }

    static func strategic(_ bytes: [UInt8]) {
        guard let (object, patch) = parts(bytes), let schema else { return }
        let result = accepted { () throws(StatusError) in
            try StrategicMergePatch.apply(patch, to: object, schema: schema)
        }
        if let result { readable(result) }
    }

    static func apply(_ bytes: [UInt8]) {
        guard let (live, patch) = parts(bytes), case .object(var applied) = patch, let schema else { return }
        // Of the right kind, or nothing else would be looked at.
        applied["apiVersion"] = .string(kind.apiVersion)
        applied["kind"] = .string(kind.kind)
        let manager = FieldManager(kind: kind, schema: schema)
        let first = accepted { () throws(StatusError) in
            try manager.apply(live: live, applied: applied, manager: "one", force: true)
        }
        guard let first else { return }
        readable(first)
        let second = accepted { () throws(StatusError) in
            try manager.apply(live: first, applied: applied, manager: "two", force: false)
        }
        if let second { readable(second) }
    }

    /// What comes out is no deeper than what may go in.
    private static func readable(_ object: JSONObject) {
        let written = object.encoded()
        promise(
            accepted { () throws(JSONError) in try JSON(parsing: written) } != nil,
            "the result cannot be read: \(String(decoding: written.prefix(2000), as: UTF8.self))")
    }
}

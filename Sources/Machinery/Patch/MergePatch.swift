/// JSON Merge Patch (RFC 7386): objects merge, null removes, everything else replaces.
package enum MergePatch {
    package static func apply(_ patch: JSON, to object: JSONObject) throws(StatusError) -> JSONObject {
        guard case .object(let patch) = patch else { throw .badRequest("Invalid JSON Patch") }
        return merge(object, patch)
    }

    private static func merge(_ original: JSONObject, _ patch: JSONObject) -> JSONObject {
        original.applying(patch) { _, present, change in
            switch change {
            case .null: nil
            case .object(let change): .object(merge(present?.objectValue ?? JSONObject(), change))
            case .bool, .int, .double, .string, .array: change
            }
        }
    }
}

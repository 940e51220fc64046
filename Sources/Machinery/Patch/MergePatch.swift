/// JSON Merge Patch (RFC 7386): objects merge, null removes, everything else replaces.
package enum MergePatch {
    package static func apply(_ patch: JSON, to object: JSONObject) throws(StatusError) -> JSONObject {
        guard case .object(let patch) = patch else { throw .badRequest("Invalid JSON Patch") }
        return merge(object, patch)
    }

    private static func merge(_ original: JSONObject, _ patch: JSONObject) -> JSONObject {
        var result = original
        for member in patch.members {
            switch member.value {
            case .null: result.removeValue(forKey: member.key)
            case .object(let change):
                let present = result[member.key]?.objectValue ?? JSONObject()
                result[member.key] = .object(merge(present, change))
            case .bool, .int, .double, .string, .array: result[member.key] = member.value
            }
        }
        return result
    }
}

import KubeSchemas
import Machinery

extension StrategicMergePatch {
    /// Applies a patch to an object whose type is settled by the request's path.
    ///
    /// Kubernetes merges into the fields of that type and drops what the patch says of `apiVersion` and `kind`; Ansible's
    /// `k8s_scale` relies on it when it patches a Scale with the kind of what is scaled.
    static func applyToFields(
        _ patch: JSON, of object: JSONObject, schema: Schema
    ) throws(StatusError) -> JSONObject {
        var result = try apply(patch, to: object, schema: schema)
        for name in ["apiVersion", "kind"] {
            result[name] = object[name]
        }
        return result
    }
}

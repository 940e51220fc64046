import Machinery

/// What Secrets of Kubernetes' own types have to hold; other types hold what they like.
///
/// Source: k8s.io/kubernetes/pkg/apis/core/validation, ValidateSecret.
enum SecretTypeRules {
    private static let data = FieldPath("data")
    /// What a Secret holds is never part of an error.
    private static let redacted: JSON = "<secret contents redacted>"

    static func validate(_ secret: Secret, _ values: JSONObject) -> [FieldError] {
        func missing(_ keys: String...) -> [FieldError] {
            keys.filter { values[$0] == nil }.map { .required(data.key($0)) }
        }
        switch secret.type {
        case "kubernetes.io/service-account-token":
            return account(secret)
        case "kubernetes.io/dockercfg":
            return registryDocument(values, ".dockercfg")
        case "kubernetes.io/dockerconfigjson":
            return registryDocument(values, ".dockerconfigjson")
        case "kubernetes.io/basic-auth":
            // Either alone will do, even empty.
            let both = missing("username", "password")
            return both.count == 2 ? both : []
        case "kubernetes.io/ssh-auth":
            return (values.string("ssh-privatekey") ?? "").isEmpty ? [.required(data.key("ssh-privatekey"))] : []
        case "kubernetes.io/tls":
            return missing("tls.crt", "tls.key")
        default:
            return []
        }
    }

    private static func account(_ secret: Secret) -> [FieldError] {
        let key = "kubernetes.io/service-account.name"
        guard (secret.annotations[key] ?? "").isEmpty else { return [] }
        return [.required(FieldPath("metadata").child("annotations").key(key))]
    }

    /// Credentials of image registries, which the node agent reads: a JSON object.
    private static func registryDocument(_ values: JSONObject, _ key: String) -> [FieldError] {
        guard values.contains(key) else { return [.required(data.key(key))] }
        let problem: String
        do throws(JSONError) {
            switch try JSON(parsing: Base64.decode(values.string(key) ?? "") ?? []) {
            case .object, .null: return []
            case .array: problem = mismatch("array")
            case .string: problem = mismatch("string")
            case .bool: problem = mismatch("bool")
            default: problem = mismatch("number")
            }
        } catch {
            problem = error.message
        }
        return [.invalid(data.key(key), redacted, problem)]
    }

    /// In the words of Go's decoder, as clients know them.
    private static func mismatch(_ found: String) -> String {
        "json: cannot unmarshal \(found) into Go value of type map[string]interface {}"
    }
}

import Machinery

/// ConfigMaps and Secrets: keys fit for file names, a bounded size, no change once immutable.
package enum ConfigurationValidation {
    private static let maximumBytes = 1024 * 1024
    private static let immutableText = "field is immutable when `immutable` is set"

    package static func validate(_ map: ConfigMap) -> [FieldError] {
        let data = map.json["data"]?.objectValue ?? JSONObject()
        let binary = map.json["binaryData"]?.objectValue ?? JSONObject()
        var errors = validateKeys(data, at: FieldPath("data"))
        for key in data.keys where binary[key] != nil {
            errors.append(
                .invalid(FieldPath("data").key(key), key, "duplicate of key present in binaryData"))
        }
        errors += validateKeys(binary, at: FieldPath("binaryData"))
        let size = data.members.reduce(0) { $0 + ($1.value.stringValue?.utf8.count ?? 0) } + decodedBytes(binary)
        if size > maximumBytes { errors.append(.tooLong(FieldPath(""), maximumBytes: maximumBytes)) }
        return errors
    }

    package static func validateUpdate(_ map: ConfigMap, from old: ConfigMap) -> [FieldError] {
        guard old.immutable == true else { return [] }
        return validateKept(map.json, from: old.json, ["data", "binaryData"], isImmutable: map.immutable == true)
    }

    package static func validate(_ secret: Secret) -> [FieldError] {
        let data = secret.json["data"]?.objectValue ?? JSONObject()
        var errors = validateKeys(data, at: FieldPath("data"))
        if decodedBytes(data) > maximumBytes {
            errors.append(.tooLong(FieldPath("data"), maximumBytes: maximumBytes))
        }
        errors += SecretTypeRules.validate(secret, data)
        return errors
    }

    package static func validateUpdate(_ secret: Secret, from old: Secret) -> [FieldError] {
        var errors = Check.unchanged(secret.json["type"], from: old.json["type"], at: FieldPath("type"))
        if old.immutable == true {
            errors += validateKept(secret.json, from: old.json, ["data"], isImmutable: secret.immutable == true)
        }
        return errors
    }

    private static func validateKeys(_ data: JSONObject, at path: FieldPath) -> [FieldError] {
        data.keys.flatMap { key in Names.configMapKey(key).map { .invalid(path.key(key), key, $0) } }
    }

    private static func validateKept(
        _ object: JSONObject, from old: JSONObject, _ fields: [String], isImmutable: Bool
    ) -> [FieldError] {
        var errors: [FieldError] = []
        if !isImmutable { errors.append(.forbidden(FieldPath("immutable"), immutableText)) }
        for field in fields where object[field] != old[field] {
            errors.append(.forbidden(FieldPath(field), immutableText))
        }
        return errors
    }

    /// The size of base64 values once decoded.
    private static func decodedBytes(_ data: JSONObject) -> Int {
        data.members.reduce(0) { total, member in
            let text = member.value.stringValue ?? ""
            let padding = text.utf8.reversed().prefix { $0 == UInt8(ascii: "=") }.count
            return total + max(0, text.utf8.count / 4 * 3 - padding)
        }
    }
}

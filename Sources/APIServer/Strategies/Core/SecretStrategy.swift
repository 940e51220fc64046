import Foundation
import KubeAPI
import Machinery

/// Secrets: what is written as plain text is kept as data only.
struct SecretStrategy: Strategy {
    func applyDefaults(_ secret: inout Secret) {
        let plain = secret.stringData
        guard secret.json["stringData"] != nil else { return }
        var data = secret.json["data"]?.objectValue ?? JSONObject()
        for (key, value) in plain { data[key] = .string(Data(value.utf8).base64EncodedString()) }
        if !data.isEmpty { secret.json["data"] = .object(data) }
        secret.json["stringData"] = nil
    }

    func prepareForUpdate(_ secret: inout Secret, from old: Secret) {
        // The type cannot change, so those who leave it out mean the one there is.
        if (secret.type ?? "").isEmpty { secret.type = old.type }
    }

    func validate(_ secret: Secret) -> [FieldError] { ConfigurationValidation.validate(secret) }
    func validateUpdate(_ secret: Secret, from old: Secret) -> [FieldError] {
        ConfigurationValidation.validateUpdate(secret, from: old)
    }

    var selectableFieldNames: [String] { ["type"] }
    func selectableFields(_ secret: Secret) -> [(name: String, value: String)] { [("type", secret.type ?? "")] }

    var columns: [TableColumn] {
        [.name, TableColumn("Type", description: "What it is for."), .number("Data", "How many entries it has."), .age]
    }
    func cells(_ secret: Secret, now: Timestamp) -> [JSON] {
        [
            .string(secret.name), .string(secret.type ?? ""), .int(Int64(secret.json["data"]?.objectValue?.count ?? 0)),
            TableCell.age(secret.metadata.creationTimestamp, now: now),
        ]
    }
}

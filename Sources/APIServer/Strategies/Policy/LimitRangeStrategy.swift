import KubeAPI
import Machinery

struct LimitRangeStrategy: Strategy {
    func applyDefaults(_ range: inout LimitRange) {
        guard !range.spec.limits.isEmpty else { return }
        range.spec.limits = range.spec.limits.map(Self.withDefaults)
    }

    /// Of containers, the greatest amount is the normal one, and the normal one what is asked for.
    private static func withDefaults(_ limit: LimitRangeItem) -> LimitRangeItem {
        guard limit.type == "Container" else { return limit }
        var limit = limit
        var normal = limit.json["default"]?.objectValue ?? JSONObject()
        var request = limit.json["defaultRequest"]?.objectValue ?? JSONObject()
        func fill(_ amounts: inout JSONObject, from other: JSON?) {
            for (name, amount) in other?.objectValue ?? JSONObject() where amounts[name] == nil {
                amounts[name] = amount
            }
        }
        fill(&normal, from: limit.json["max"])
        fill(&request, from: .object(normal))
        fill(&request, from: limit.json["min"])
        if !normal.isEmpty { limit.json["default"] = .object(normal) }
        if !request.isEmpty { limit.json["defaultRequest"] = .object(request) }
        return limit
    }

    func prepareForCreate(_ range: inout LimitRange) {}
    func prepareForUpdate(_ range: inout LimitRange, from old: LimitRange) {}
    func validate(_ range: LimitRange) -> [FieldError] { LimitRangeValidation.validate(range) }
    var allowsCreateOnUpdate: Bool { true }

    var columns: [TableColumn] {
        [.name, TableColumn("Created At", type: "date", description: "When it was made.")]
    }

    func cells(_ range: LimitRange, now: Timestamp) -> [JSON] {
        [.string(range.name), range.metadata.json["creationTimestamp"] ?? "<unknown>"]
    }
}

struct ResourceQuotaStrategy: Strategy {
    func prepareForCreate(_ quota: inout ResourceQuota) {
        quota.json["status"] = .object(JSONObject())
    }

    func validate(_ quota: ResourceQuota) -> [FieldError] { ResourceQuotaValidation.validate(quota) }
    func validateUpdate(_ quota: ResourceQuota, from old: ResourceQuota) -> [FieldError] {
        ResourceQuotaValidation.validateUpdate(quota, from: old)
    }
    func validateStatusUpdate(_ quota: ResourceQuota, from old: ResourceQuota) -> [FieldError] {
        ResourceQuotaValidation.validateStatus(quota)
    }

    var returnsDeletedObject: Bool { true }

    var columns: [TableColumn] {
        [
            .name, TableColumn("Request", description: "What is used and allowed."),
            TableColumn("Limit", description: "The same of limits."), .age,
        ]
    }

    func cells(_ quota: ResourceQuota, now: Timestamp) -> [JSON] {
        var requests: [String] = []
        var limits: [String] = []
        for (name, hard) in quota.status.hard.sorted(by: { $0.key < $1.key }) {
            let text = "\(name): \(quota.status.used[name] ?? .zero)/\(hard)"
            if name.hasPrefix("limits.") { limits.append(text) } else { requests.append(text) }
        }
        return [
            .string(quota.name), .string(requests.joined(separator: ", ")),
            .string(limits.joined(separator: ", ")), TableCell.age(quota.metadata.creationTimestamp, now: now),
        ]
    }
}

import KubeAPI
import Machinery

/// Defaults of requests for devices.
enum DeviceRequestDefaults {
    static func apply(to claim: inout ResourceClaimSpec) {
        guard var devices = claim.devices else { return }
        devices.requests = devices.requests.map { request in
            var request = request
            if let exactly = request.exactly { request.exactly = ExactDeviceRequest(json: filled(exactly.json)) }
            request.firstAvailable = request.firstAvailable.map { DeviceSubRequest(json: filled($0.json)) }
            return request
        }
        claim.devices = devices
    }

    private static func filled(_ request: JSONObject) -> JSONObject {
        var request = ExactDeviceRequest(json: request)
        if (request.allocationMode ?? "").isEmpty { request.allocationMode = "ExactCount" }
        if request.allocationMode == "ExactCount", (request.count ?? 0) == 0 { request.count = 1 }
        return request.json
    }
}

struct ResourceClaimStrategy: Strategy {
    private let rules = ResourceClaimValidation(expressions: Expressions.shared)

    func applyDefaults(_ claim: inout ResourceResourceClaim) {
        var spec = claim.spec
        DeviceRequestDefaults.apply(to: &spec)
        claim.spec = spec
    }

    func prepareForCreate(_ claim: inout ResourceResourceClaim) { claim.json["status"] = [:] }
    func validate(_ claim: ResourceResourceClaim) -> [FieldError] { rules.validate(claim) }
    func validateChange(_ claim: ResourceResourceClaim, from old: ResourceResourceClaim) -> [FieldError] {
        ResourceClaimValidation.validateUpdate(claim.json, from: old.json)
    }

    /// The devices of a claim that is no longer allocated have no status.
    func prepareForStatusUpdate(_ claim: inout ResourceResourceClaim, from old: ResourceResourceClaim) {
        restoreAllButStatus(&claim, from: old)
        guard old.status.allocation != nil, claim.status.allocation == nil else { return }
        claim.status.devices = []
    }

    func validateStatusUpdate(_ claim: ResourceResourceClaim, from old: ResourceResourceClaim) -> [FieldError] {
        ResourceClaimStatusValidation.validateUpdate(claim, from: old)
    }

    var columns: [TableColumn] {
        [.name, TableColumn("State", description: "Whether it has devices, and users."), .age]
    }

    func cells(_ claim: ResourceResourceClaim, now: Timestamp) -> [JSON] {
        var states = claim.isBeingDeleted ? ["deleted"] : []
        if claim.status.allocation != nil {
            states.append("allocated")
            if !claim.status.reservedFor.isEmpty { states.append("reserved") }
        } else if !claim.isBeingDeleted {
            states.append("pending")
        }
        return [
            .string(claim.name), .string(states.joined(separator: ",")),
            TableCell.age(claim.metadata.creationTimestamp, now: now),
        ]
    }
}

struct ResourceClaimTemplateStrategy: Strategy {
    private let rules = ResourceClaimValidation(expressions: Expressions.shared)

    func applyDefaults(_ template: inout ResourceClaimTemplate) {
        var spec = template.spec.spec
        DeviceRequestDefaults.apply(to: &spec)
        template.spec.spec = spec
    }

    func validate(_ template: ResourceClaimTemplate) -> [FieldError] { rules.validate(template) }
    func validateChange(_ template: ResourceClaimTemplate, from old: ResourceClaimTemplate) -> [FieldError] {
        ResourceClaimValidation.validateUpdate(template.json, from: old.json)
    }
}

import KubeAPI
import Machinery

/// Group versions of the API: those this server serves itself, and those it passes on.
struct APIServiceStrategy: Strategy {
    let clock: any WallClock = SystemWallClock()

    var allowsUnconditionalUpdate: Bool { false }

    func validateName(_ name: String, isPrefix: Bool) -> [String] { Names.pathSegment(name) }

    func applyDefaults(_ service: inout APIService) {
        guard var reference = service.spec.service, reference.port == nil else { return }
        reference.port = 443
        service.spec.service = reference
    }

    /// What this server serves itself is there at once.
    func prepareForCreate(_ service: inout APIService) {
        service.json["status"] = [:]
        guard service.spec.service == nil else { return }
        service.json["status"] = ["conditions": [Self.localAvailable(clock.now)]]
    }

    static func localAvailable(_ now: Timestamp) -> JSON {
        [
            "type": "Available", "status": "True", "reason": "Local",
            "message": "Local APIServices are always available", "lastTransitionTime": now.inSeconds.json,
        ]
    }

    func validate(_ service: APIService) -> [FieldError] { APIServiceValidation.validate(service) }
    func validateStatusUpdate(_ service: APIService, from old: APIService) -> [FieldError] {
        APIServiceValidation.validateStatus(service)
    }

    var columns: [TableColumn] {
        [
            .name, TableColumn("Service", description: "The Service that serves it."),
            TableColumn("Available", description: "Whether it answers."), .age,
        ]
    }

    func cells(_ service: APIService, now: Timestamp) -> [JSON] {
        let reference = service.spec.service.map { "\($0.namespace ?? "")/\($0.name ?? "")" }
        return [
            .string(service.name), .string(reference ?? "Local"), .string(availability(of: service)),
            TableCell.age(service.metadata.creationTimestamp, now: now),
        ]
    }

    private func availability(of service: APIService) -> String {
        guard let condition = service.status.conditions.first(where: { $0.type == "Available" }) else {
            return "Unknown"
        }
        let reason = condition.reason ?? ""
        return condition.status == "True" || reason.isEmpty ? condition.status : "\(condition.status) (\(reason))"
    }
}

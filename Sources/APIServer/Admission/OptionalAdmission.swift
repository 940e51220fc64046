import AdmissionRules
import KubeAPI
import Machinery

/// Keeps traffic of others from being led elsewhere: no Service gets new external addresses (CVE-2020-8554).
struct DenyServiceExternalIPs: ValidatingAdmission {
    let name = "DenyServiceExternalIPs"

    func validate(_ attributes: AdmissionAttributes) async throws(StatusError) {
        guard attributes.resource == Service.resource, attributes.subresource.isEmpty,
            attributes.operation == .create || attributes.operation == .update,
            let service = attributes.object.map(Service.init(json:))
        else { return }
        let old = attributes.oldObject.map { Service(json: $0).spec.externalIPs } ?? []
        guard !Set(service.spec.externalIPs).isSubset(of: old) else { return }
        throw StatusError.forbidden(
            attributes.resource.groupResource, name: attributes.name,
            "Use of external IPs is denied by admission control")
    }
}

/// Keeps masses of events from the store.
struct EventRateLimitAdmission: ValidatingAdmission {
    let name = "EventRateLimit"
    private let limiter: EventRateLimiter

    init(_ limits: [EventRateLimit]) {
        let clock = ContinuousClock()
        let start = clock.now
        limiter = EventRateLimiter(limits) { clock.now - start }
    }

    func validate(_ attributes: AdmissionAttributes) async throws(StatusError) {
        guard attributes.resource.resource == "events",
            attributes.resource.group.isEmpty
                || attributes.resource.group == "events.k8s.io",
            attributes.operation == .create || attributes.operation == .update, !attributes.isDryRun
        else { return }
        let exceeded = limiter.take { kind in
            switch kind {
            case .server: ""
            case .namespace: attributes.namespace
            case .user: attributes.user.name
            case .sourceAndObject: Self.sourceAndObject(attributes.object ?? JSONObject())
            }
        }
        guard !exceeded.isEmpty else { return }
        let text = exceeded.count == 1 ? exceeded[0] : "[\(exceeded.joined(separator: ", "))]"
        throw StatusError.tooManyRequests("Too many requests: \(text)")
    }

    private static func sourceAndObject(_ object: JSONObject) -> String {
        let event = Event(json: object)
        let regarding = event.involvedObject
        return [
            event.source?.component, event.source?.host, regarding.kind, regarding.namespace, regarding.name,
            regarding.uid, regarding.apiVersion,
        ].map { $0 ?? "" }.joined()
    }
}

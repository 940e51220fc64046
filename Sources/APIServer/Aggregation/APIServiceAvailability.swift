import KubeAPI
import Machinery
import Store

/// Whether an extension server can be reached: the checks behind the condition `Available`.
///
/// Source: k8s.io/kube-aggregator/pkg/controllers/status
struct APIServiceAvailability: Sendable {
    struct Verdict: Hashable, Sendable {
        let isAvailable: Bool
        let reason: String
        let message: String

        static let local = Verdict(
            isAvailable: true, reason: "Local", message: "Local APIServices are always available")
        static let passed = Verdict(isAvailable: true, reason: "Passed", message: "all checks passed")
    }

    private static let slices = EndpointSlice.resource.groupResource.description
    private static let serviceLabel = "kubernetes.io/service-name"

    let lookup: ObjectLookup

    /// What can be told without asking the server; `nil` when nothing is in the way of that.
    func obstacle(_ service: AggregatedService) -> Verdict? {
        let place = "service/\(service.service) in \(GoQuote.quote(service.namespace))"
        func failed(_ reason: String, _ message: String) -> Verdict {
            Verdict(isAvailable: false, reason: reason, message: message)
        }
        guard let object = lookup.object("services", service.namespace, service.service).map(Service.init(json:)) else {
            return failed("ServiceNotFound", "\(place) is not present")
        }
        guard ["", "ClusterIP"].contains(object.spec.type ?? "") else { return nil }
        guard let port = object.spec.ports.first(where: { Int($0.port) == service.port }) else {
            return failed("ServicePortError", "\(place) is not listening on port \(service.port)")
        }
        let slices = lookup.cache.snapshot(Self.slices).objects(namespace: service.namespace).filter {
            $0.header.label(Self.serviceLabel) == service.service
        }.compactMap { lookup.object(Self.slices, $0.key.namespace, $0.key.name).map(EndpointSlice.init(json:)) }
        guard !slices.isEmpty else {
            return failed("EndpointsNotFound", "cannot find endpointslices for \(place)")
        }
        let portName = port.name ?? ""
        guard slices.contains(where: { Self.isReady($0, portName) }) else {
            return failed(
                "MissingEndpoints",
                "endpointslices for \(place) have no addresses with port name \(GoQuote.quote(portName))")
        }
        return nil
    }

    private static func isReady(_ slice: EndpointSlice, _ portName: String) -> Bool {
        slice.endpoints.contains { $0.conditions?.ready != false }
            && slice.ports.contains { ($0.name ?? "") == portName && $0.port != nil }
    }
}

extension APIService {
    /// The condition `Available` as a verdict has it; others stay.
    mutating func setAvailable(_ verdict: APIServiceAvailability.Verdict, now: Timestamp) {
        var conditions = status.conditions
        let status = verdict.isAvailable ? "True" : "False"
        if let index = conditions.firstIndex(where: { $0.type == "Available" }) {
            if conditions[index].status != status { conditions[index].lastTransitionTime = now.inSeconds }
            conditions[index].status = status
            conditions[index].reason = verdict.reason
            conditions[index].message = verdict.message
        } else {
            var condition = APIServiceCondition()
            condition.type = "Available"
            condition.status = status
            condition.reason = verdict.reason
            condition.message = verdict.message
            condition.lastTransitionTime = now.inSeconds
            conditions.append(condition)
        }
        self.status.conditions = conditions
    }
}

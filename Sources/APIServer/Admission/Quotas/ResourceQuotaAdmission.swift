import AdmissionRules
import KubeAPI
import Machinery

/// Refuses what the quotas of a namespace do not allow, and charges to them what they do.
///
/// It must be the last plugin: what is refused after it was charged stays charged until the quota is counted anew.
struct ResourceQuotaAdmission: ValidatingAdmission {
    let name = "ResourceQuota"
    let ledger: QuotaLedger
    let evaluators: QuotaEvaluators
    let limited: [LimitedResource]

    init(_ settings: AdmissionSettings, lookup: ObjectLookup, ledger: QuotaLedger, clock: any WallClock) {
        self.ledger = ledger
        limited = settings.limitedResources
        evaluators = QuotaEvaluators(clock: clock) { name in
            lookup.object("deviceclasses.resource.k8s.io", "", name)?["spec"]?["extendedResourceName"]?.stringValue
        }
    }

    func validate(_ attributes: AdmissionAttributes) async throws(StatusError) {
        guard attributes.isWholeObject, !attributes.namespace.isEmpty, attributes.resource != Namespace.resource,
            attributes.operation == .create || attributes.operation == .update, let object = attributes.object
        else { return }
        let resource = attributes.resource.groupResource
        guard ledger.hasQuotas(in: attributes.namespace) || limited.contains(where: { $0.resource == resource }),
            let evaluator = evaluators.evaluator(for: resource)
        else { return }
        let request = QuotaRequest(
            resource: resource, subresource: attributes.subresource, object: object,
            old: attributes.operation == .update ? attributes.oldObject : nil)
        guard evaluator.handles(request) else { return }
        let refusal = try await ledger.charge(
            QuotaLedger.Charge(
                request: request, decision: QuotaDecision(evaluator, limited: limited), isDryRun: attributes.isDryRun),
            in: attributes.namespace)
        if let refusal {
            throw StatusError.forbidden(resource, name: attributes.name, refusal.message)
        }
    }
}

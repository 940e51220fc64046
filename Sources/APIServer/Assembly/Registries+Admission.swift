import AdmissionRules
import Machinery
import Store

extension Registries {
    /// The plugins that are on, in Kubernetes' order: first what is built in, then what the cluster's own policies and
    /// webhooks say, and last what counts objects, for nothing may be refused once it is counted.
    static func chain(
        _ configuration: ControlPlane.Configuration, store: any Store, lookup: ObjectLookup, rbac: RBACAuthorizer,
        authorizer: any Authorizer, dynamic: DynamicAdmission, metrics: AdmissionMetrics
    ) -> AdmissionChain {
        let settings = configuration.admission
        let lifecycle = NamespaceLifecycle(namespaces: lookup.namespace)
        let limits = LimitRangerAdmission(lookup: lookup)
        let nodeRestriction = NodeRestriction(authorizer: authorizer, objects: lookup.object)
        let alwaysPull = AlwaysPullImages()
        let priority = PriorityAdmission(lookup: lookup)
        let tolerations = PodTolerationRestriction(settings: settings, lookup: lookup)
        let runtimeClass = RuntimeClassAdmission(lookup: lookup)
        let quota = ResourceQuotaAdmission(
            settings, lookup: lookup, ledger: QuotaLedger(QuotaBooks(store: store, cache: lookup.cache)),
            clock: configuration.clock)
        let mutating: [any MutatingAdmission] =
            [
                lifecycle, limits, ServiceAccountAdmission(account: lookup.account), nodeRestriction,
                TaintNodesByCondition(), alwaysPull, priority, DefaultTolerationSeconds(), tolerations,
                ExtendedResourceToleration(), DefaultStorageClass(lookup: lookup), StorageObjectInUseProtection(),
                runtimeClass, CertificateRequester(),
            ] + dynamic.mutating
        let validating: [any ValidatingAdmission] =
            [
                lifecycle, limits, nodeRestriction, alwaysPull,
                PodSecurityAdmission(settings.podSecurity, lookup: lookup), priority, tolerations,
                EventRateLimitAdmission(settings.eventRates), PersistentVolumeClaimResize(lookup: lookup), runtimeClass,
                CreateByOtherVerb(authorizer: authorizer), RBACEscalation(rbac: rbac, authorizer: authorizer),
                CertificateApproval(authorizer: authorizer), CertificateSubjects(), DenyServiceExternalIPs(),
            ] + dynamic.validating + [quota]
        return AdmissionChain(
            mutating: mutating.filter { !settings.plugins.isSwitchedOff($0.name) },
            validating: validating.filter { !settings.plugins.isSwitchedOff($0.name) }, metrics: metrics)
    }
}

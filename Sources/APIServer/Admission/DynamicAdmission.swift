import KubeAPI
import KubeSchemas
import Machinery
import Store
import Synchronization

/// Admission by what is configured in the cluster: policies and webhooks.
///
/// Configurations are followed in the watch cache, so one is at work as soon as its write is acknowledged. Without any,
/// a request costs a few short locks.
final class DynamicAdmission: Sendable {
    private let feeds: Feeds
    private let setting: PolicySetting
    private let selection: WebhookSelection
    private let caller: WebhookCaller
    private let changesByPolicy: Bool
    private let catalog: Catalog

    private struct Feeds: Sendable {
        let mutatingWebhooks = AdmissionFeed<[CompiledWebhook]>(compile: CompiledWebhook.webhooks(of:))
        let validatingWebhooks = AdmissionFeed<[CompiledWebhook]>(compile: CompiledWebhook.webhooks(of:))
        let mutatingPolicies = PolicyFeeds<CompiledMutatingPolicy>(
            name: { $0.core.name }, compile: CompiledMutatingPolicy.init)
        let validatingPolicies = PolicyFeeds<CompiledValidatingPolicy>(
            name: { $0.core.name }, compile: CompiledValidatingPolicy.init)
    }

    /// What is served, known only once everything is put together.
    private final class Catalog: Sendable {
        let live = AtomicLazyReference<LiveCatalog>()
    }

    init(
        features: FeatureGates, lookup: ObjectLookup, authorizer: any Authorizer, webhooks: WebhookClient
    ) throws(StatusError) {
        let catalog = Catalog()
        self.catalog = catalog
        let namespaces = NamespaceLabels { namespace in
            lookup.cache.snapshot("namespaces").get(namespace: "", name: namespace).map { stored in
                { stored.header.label($0) }
            }
        }
        setting = PolicySetting(
            namespaces: namespaces, namespace: { lookup.object("namespaces", "", $0) },
            parameters: PolicyParameters { catalog.live.load()?.current.resources.served($0)?.registry },
            authorizer: authorizer)
        selection = WebhookSelection(namespaces: namespaces, authorizer: authorizer)
        caller = WebhookCaller(client: webhooks)
        changesByPolicy = features.isEnabled("MutatingAdmissionPolicy")
        feeds = Feeds()
        try follow(lookup.cache)
    }

    private func follow(_ cache: WatchCache) throws(StatusError) {
        func bucket(_ resource: GroupVersionResource) -> String { resource.groupResource.description }
        try feeds.mutatingWebhooks.follow(bucket(MutatingWebhookConfiguration.resource), of: cache)
        try feeds.validatingWebhooks.follow(bucket(ValidatingWebhookConfiguration.resource), of: cache)
        try feeds.mutatingPolicies.follow(
            policies: bucket(MutatingAdmissionPolicy.resource),
            bindings: bucket(MutatingAdmissionPolicyBinding.resource), of: cache)
        try feeds.validatingPolicies.follow(
            policies: bucket(ValidatingAdmissionPolicy.resource),
            bindings: bucket(ValidatingAdmissionPolicyBinding.resource), of: cache)
    }

    /// Says where the kinds of policies' parameters are to be found.
    func resolveKinds(in live: LiveCatalog) { _ = catalog.live.storeIfNil(live) }

    /// In their order: behind all built-in plugins.
    var mutating: [any MutatingAdmission] {
        let webhooks = MutatingWebhooks(feed: feeds.mutatingWebhooks, selection: selection, caller: caller)
        guard changesByPolicy else { return [webhooks] }
        return [MutatingPolicies(feeds: feeds.mutatingPolicies, setting: setting), webhooks]
    }

    /// In their order: behind all built-in plugins but those that count what is really created (quotas).
    var validating: [any ValidatingAdmission] {
        [
            ValidatingPolicies(feeds: feeds.validatingPolicies, setting: setting),
            ValidatingWebhooks(feed: feeds.validatingWebhooks, selection: selection, caller: caller),
        ]
    }
}

extension ResourceCatalog {
    /// The resource of a kind; `nil` when nothing serves it.
    func served(_ kind: GroupVersionKind) -> Served? { group(kind.group)?.served.first { $0.resource.gvk == kind } }
}

extension ResourceCatalog.Served {
    /// `nil` for what is not stored.
    var registry: Registry? {
        if case .stored(let registry) = serving { return registry }
        return nil
    }
}

import Machinery

/// Finds what objects of a resource count for.
package struct QuotaEvaluators: Sendable {
    private let special: [GroupResource: any QuotaEvaluator]
    /// Events come in masses and go by themselves; the others are never stored.
    private static let ignored: Set<GroupResource> = Set(
        [
            ("", "events"), ("events.k8s.io", "events"), ("", "bindings"), ("", "componentstatuses"),
            ("authentication.k8s.io", "tokenreviews"), ("authentication.k8s.io", "selfsubjectreviews"),
            ("authorization.k8s.io", "subjectaccessreviews"), ("authorization.k8s.io", "selfsubjectaccessreviews"),
            ("authorization.k8s.io", "localsubjectaccessreviews"),
            ("authorization.k8s.io", "selfsubjectrulesreviews"),
        ].map { GroupResource(group: $0.0, resource: $0.1) })

    /// Resources that quotas also know by a name without `count/`.
    private static let aliases = ["configmaps", "resourcequotas", "replicationcontrollers", "secrets"]

    /// - Parameter extendedResource: the extended resource that a device class stands behind.
    package init(
        clock: any WallClock,
        extendedResource: @escaping @Sendable (_ deviceClass: String) -> String? = { _ in nil }
    ) {
        func core(_ resource: String) -> GroupResource { GroupResource(group: "", resource: resource) }
        var special: [GroupResource: any QuotaEvaluator] = [
            core("pods"): PodQuota(clock: clock), core("services"): ServiceQuota(),
            core("persistentvolumeclaims"): VolumeClaimQuota(),
            GroupResource(group: "resource.k8s.io", resource: "resourceclaims"): DeviceClaimQuota(
                extendedResource: extendedResource),
        ]
        for alias in Self.aliases { special[core(alias)] = ObjectCountQuota(core(alias), alias: alias) }
        self.special = special
    }

    /// `nil` for resources that no quota limits.
    package func evaluator(for resource: GroupResource) -> (any QuotaEvaluator)? {
        if let evaluator = special[resource] { return evaluator }
        return Self.ignored.contains(resource) ? nil : ObjectCountQuota(resource)
    }

    /// The resources whose objects count for a name in a quota.
    package func resources(countingFor name: String) -> Set<GroupResource> {
        var resources = Set(special.filter { $0.value.counts(name) }.keys)
        if let counted = ObjectCountQuota.resource(countedBy: name), !Self.ignored.contains(counted) {
            resources.insert(counted)
        }
        return resources
    }
}

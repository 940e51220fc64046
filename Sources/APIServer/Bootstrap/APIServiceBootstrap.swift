import Client
import KubeAPI
import Machinery

/// Lists the group versions that this server serves itself as APIServices, as kube-aggregator does.
struct APIServiceBootstrap: Sendable {
    private static let label = "kube-aggregator.kubernetes.io/automanaged"
    private static let managed = "onstart"

    let client: Client
    /// All group versions that are served now.
    let served: [GroupVersion]

    func run() async throws(StatusError) {
        let wanted = Set(served.map(Self.name))
        let listed = try await client.list(
            APIService.self, ListOptions(labelSelector: "\(Self.label)=\(Self.managed)"))
        for service in listed.items where service.spec.service == nil && !wanted.contains(service.name) {
            try await delete(service)
        }
        let present = Set(listed.items.map(\.name))
        for version in served where !present.contains(Self.name(version)) { try await create(version) }
    }

    private static func name(_ version: GroupVersion) -> String { "\(version.version).\(version.group)" }

    private func create(_ version: GroupVersion) async throws(StatusError) {
        var service = APIService(name: Self.name(version))
        service.metadata.labels = [Self.label: Self.managed]
        service.spec.group = version.group.isEmpty ? nil : version.group
        service.spec.version = version.version
        let priority = APIPriority.of(version)
        service.spec.groupPriorityMinimum = priority.group
        service.spec.versionPriority = priority.version
        do throws(StatusError) {
            _ = try await client.create(service)
        } catch {
            guard error.reason == .alreadyExists else { throw error }
        }
    }

    /// A version that is not served any more.
    private func delete(_ service: APIService) async throws(StatusError) {
        do throws(StatusError) {
            try await client.delete(APIService.self, service.key)
        } catch {
            guard error.reason == .notFound else { throw error }
        }
    }
}

/// In which order clients prefer groups and versions: Kubernetes' numbers.
enum APIPriority {
    private static let groups: [String: Int32] = [
        "": 18000, "apps": 17800, "events.k8s.io": 17750, "authentication.k8s.io": 17700,
        "authorization.k8s.io": 17600, "autoscaling": 17500, "batch": 17400, "certificates.k8s.io": 17300,
        "networking.k8s.io": 17200, "policy": 17100, "rbac.authorization.k8s.io": 17000, "storage.k8s.io": 16800,
        "apiextensions.k8s.io": 16700, "admissionregistration.k8s.io": 16700, "scheduling.k8s.io": 16600,
        "coordination.k8s.io": 16500, "node.k8s.io": 16300, "discovery.k8s.io": 16200, "resource.k8s.io": 16200,
        "flowcontrol.apiserver.k8s.io": 16100, "internal.apiserver.k8s.io": 16000, "storagemigration.k8s.io": 15800,
        "metrics.k8s.io": 100,
    ]

    private static let versions: [String: Int32] = [
        "/v1": 1, "autoscaling/v2": 30, "flowcontrol.apiserver.k8s.io/v1": 21, "resource.k8s.io/v1": 21,
        "resource.k8s.io/v1beta2": 15, "resource.k8s.io/v1alpha3": 1, "admissionregistration.k8s.io/v1beta1": 12,
        "admissionregistration.k8s.io/v1alpha1": 9, "coordination.k8s.io/v1beta1": 13,
        "coordination.k8s.io/v1alpha2": 12, "scheduling.k8s.io/v1alpha2": 2, "internal.apiserver.k8s.io/v1alpha1": 9,
        "metrics.k8s.io/v1beta1": 100,
    ]

    /// Whether the group is one of Kubernetes' own.
    static func isKnown(_ group: String) -> Bool { groups[group] != nil }

    static func of(_ version: GroupVersion) -> (group: Int32, version: Int32) {
        let stage: Int32 = version.version.contains("alpha") ? 1 : version.version.contains("beta") ? 9 : 15
        return (groups[version.group] ?? 1000, versions["\(version.group)/\(version.version)"] ?? stage)
    }
}

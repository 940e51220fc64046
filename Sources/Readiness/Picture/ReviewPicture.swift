import Inference
import KubeAPI
import Machinery

/// The objects of a namespace that a launch review looks at, as they were at one moment.
package struct ReviewPicture: Sendable {
    package var now: Timestamp
    package var name: String
    package var namespace: Namespace?
    package var nodes: [Node] = []
    package var deployments: [Deployment] = []
    package var statefulSets: [StatefulSet] = []
    package var quotas: [ResourceQuota] = []
    package var limitRanges: [LimitRange] = []
    package var policies: [NetworkPolicy] = []
    package var accounts: [ServiceAccount] = []
    package var roles: [Role] = []
    package var roleBindings: [RoleBinding] = []
    package var clusterRoles: [ClusterRole] = []
    package var clusterRoleBindings: [ClusterRoleBinding] = []
    /// Their metadata; what is in them nobody reads.
    package var secrets: [ObjectMeta] = []
    package var services: [ReviewedService] = []
    package var exceptions: [ReadinessException] = []
    /// What the books say of the namespace, by how they are grouped; a grouping that could not be had is missing.
    package var costs: [String: JSONObject] = [:]
    /// What signals said before and after the probe load; empty where none was sent.
    package var signals: [SignalReading] = []
    /// Nil where no drill was asked for.
    package var drill: DrillResult?
    /// What could not be read, and why.
    package var gaps: [String] = []

    package init(namespace: String, now: Timestamp) {
        name = namespace
        self.now = now
    }

    /// What runs in the namespace: of ModelServices the revision that serves, everything else as it is.
    var workloads: [Workload] {
        var workloads: [Workload] = []
        for deployment in deployments where isServing(deployment) {
            workloads.append(Workload("deployment/\(deployment.name)", deployment.spec.template.spec))
        }
        for set in statefulSets { workloads.append(Workload("statefulset/\(set.name)", set.spec.template.spec)) }
        return workloads
    }

    private func isServing(_ deployment: Deployment) -> Bool {
        guard let owner = deployment.labels[InferenceNames.serviceLabel] else { return true }
        guard let service = services.first(where: { $0.name == owner }) else { return true }
        return service.currentRevision == nil || service.currentRevision == deployment.name
    }

    /// The service accounts that workloads run under.
    var accountsInUse: [String] { Array(Set(workloads.map(\.account))).sorted() }
}

/// Pods as something makes them.
struct Workload: Sendable {
    let name: String
    let pod: PodSpec

    init(_ name: String, _ pod: PodSpec) {
        self.name = name
        self.pod = pod
    }

    var account: String { pod.serviceAccountName ?? pod.serviceAccount ?? "default" }
    var containers: [Container] { pod.containers + pod.initContainers }

    /// GPUs that its containers are given.
    var asksForGPUs: Bool {
        containers.contains { container in
            let resources = container.resources ?? ResourceRequirements()
            return (Array(resources.limits.keys) + resources.requests.keys).contains(where: Self.isGPU)
        }
    }

    static func isGPU(_ resource: String) -> Bool { resource.hasSuffix("/gpu") }

    /// The Secrets that it reads.
    var secrets: Set<String> {
        var names = Set(pod.imagePullSecrets.compactMap(\.name))
        for volume in pod.volumes {
            if let name = volume.secret?.secretName { names.insert(name) }
            for source in volume.projected?.sources ?? [] { if let name = source.secret?.name { names.insert(name) } }
        }
        for container in containers {
            for variable in container.env {
                if let name = variable.valueFrom?.secretKeyRef?.name { names.insert(name) }
            }
            for source in container.envFrom { if let name = source.secretRef?.name { names.insert(name) } }
        }
        return names
    }
}

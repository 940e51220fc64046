import KubeAPI
import Machinery

/// Which resources are served, each with the strategy of its kind.
package enum StrategyCatalog {
    package static let all: [GroupVersionResource: any Strategy] = [
        Namespace.resource: PlainStrategy<Namespace>(),
        Node.resource: PlainStrategy<Node>(),
        Pod.resource: PlainStrategy<Pod>(),
        Service.resource: PlainStrategy<Service>(),
        Endpoints.resource: PlainStrategy<Endpoints>(),
        ConfigMap.resource: PlainStrategy<ConfigMap>(),
        Secret.resource: PlainStrategy<Secret>(),
        ServiceAccount.resource: PlainStrategy<ServiceAccount>(),
        Event.resource: PlainStrategy<Event>(),
        Lease.resource: PlainStrategy<Lease>(),
        ReplicaSet.resource: PlainStrategy<ReplicaSet>(),
        Deployment.resource: PlainStrategy<Deployment>(),
        DaemonSet.resource: PlainStrategy<DaemonSet>(),
        ControllerRevision.resource: PlainStrategy<ControllerRevision>(),
        Job.resource: PlainStrategy<Job>(),
        EndpointSlice.resource: PlainStrategy<EndpointSlice>(),
        Role.resource: PlainStrategy<Role>(),
        RoleBinding.resource: PlainStrategy<RoleBinding>(),
        ClusterRole.resource: PlainStrategy<ClusterRole>(),
        ClusterRoleBinding.resource: PlainStrategy<ClusterRoleBinding>(),
        CertificateSigningRequest.resource: PlainStrategy<CertificateSigningRequest>(),
    ]
}

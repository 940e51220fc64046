import KubeAPI
import Machinery

/// Which resources are served, each with the strategy of its kind.
package enum StrategyCatalog {
    package static let all: [GroupVersionResource: any Strategy] = [
        Namespace.resource: NamespaceStrategy(),
        Node.resource: NodeStrategy(),
        Pod.resource: PodStrategy(),
        Service.resource: ServiceStrategy(),
        Endpoints.resource: EndpointsStrategy(),
        ConfigMap.resource: ConfigMapStrategy(),
        Secret.resource: SecretStrategy(),
        ServiceAccount.resource: ServiceAccountStrategy(),
        Event.resource: EventStrategy(),
        Lease.resource: LeaseStrategy(),
        ReplicaSet.resource: ReplicaSetStrategy(),
        Deployment.resource: DeploymentStrategy(),
        DaemonSet.resource: DaemonSetStrategy(),
        ControllerRevision.resource: ControllerRevisionStrategy(),
        Job.resource: JobStrategy(),
        EndpointSlice.resource: EndpointSliceStrategy(),
        Role.resource: RoleStrategy(),
        RoleBinding.resource: RoleBindingStrategy(),
        ClusterRole.resource: ClusterRoleStrategy(),
        ClusterRoleBinding.resource: ClusterRoleBindingStrategy(),
        CertificateSigningRequest.resource: CertificateSigningRequestStrategy(),
    ]
}

import KubeAPI
import Machinery

/// Which resources are served, each with the strategy of its kind.
///
/// A kind with several versions stands here once for each: under the version its strategy works on, which is the one
/// stored (`Object.resource`), and under the others with `version`. How objects get from one to the other is said in
/// BuiltinVersions.
package enum StrategyCatalog {
    package static let all: [GroupVersionResource: any Strategy] = [
        CustomResourceDefinition.resource: CustomResourceDefinitionStrategy(),
        Namespace.resource: NamespaceStrategy(),
        Node.resource: NodeStrategy(),
        Pod.resource: PodStrategy(),
        Service.resource: ServiceStrategy(),
        Endpoints.resource: EndpointsStrategy(),
        ConfigMap.resource: ConfigMapStrategy(),
        Secret.resource: SecretStrategy(),
        ServiceAccount.resource: ServiceAccountStrategy(),
        Event.resource: EventStrategy(),
        version("events.k8s.io", "v1", Event.resource): EventStrategy(form: .events),
        Lease.resource: LeaseStrategy(),
        PersistentVolume.resource: PersistentVolumeStrategy(),
        PersistentVolumeClaim.resource: PersistentVolumeClaimStrategy(),
        PodTemplate.resource: PodTemplateStrategy(),
        LimitRange.resource: LimitRangeStrategy(),
        ResourceQuota.resource: ResourceQuotaStrategy(),
        ReplicationController.resource: ReplicationControllerStrategy(),
        ReplicaSet.resource: ReplicaSetStrategy(),
        Deployment.resource: DeploymentStrategy(),
        DaemonSet.resource: DaemonSetStrategy(),
        StatefulSet.resource: StatefulSetStrategy(),
        ControllerRevision.resource: ControllerRevisionStrategy(),
        Job.resource: JobStrategy(),
        CronJob.resource: CronJobStrategy(),
        HorizontalPodAutoscaler.resource: HorizontalPodAutoscalerStrategy(),
        version("autoscaling", "v1", HorizontalPodAutoscaler.resource): HorizontalPodAutoscalerStrategy(),
        PodDisruptionBudget.resource: PodDisruptionBudgetStrategy(),
        Ingress.resource: IngressStrategy(),
        IngressClass.resource: IngressClassStrategy(),
        NetworkPolicy.resource: NetworkPolicyStrategy(),
        NetworkingIPAddress.resource: IPAddressStrategy(),
        version("networking.k8s.io", "v1beta1", NetworkingIPAddress.resource): IPAddressStrategy(),
        ServiceCIDR.resource: ServiceCIDRStrategy(),
        version("networking.k8s.io", "v1beta1", ServiceCIDR.resource): ServiceCIDRStrategy(),
        EndpointSlice.resource: EndpointSliceStrategy(),
        Role.resource: RoleStrategy(),
        RoleBinding.resource: RoleBindingStrategy(),
        ClusterRole.resource: ClusterRoleStrategy(),
        ClusterRoleBinding.resource: ClusterRoleBindingStrategy(),
        CertificateSigningRequest.resource: CertificateSigningRequestStrategy(),
    ].merging(storageAndClasses) { first, _ in first }.merging(devices) { first, _ in first }
        .merging(system) { first, _ in first }

    /// The same resource in another group or version.
    private static func version(
        _ group: String, _ version: String, _ stored: GroupVersionResource
    ) -> GroupVersionResource {
        GroupVersionResource(group: group, version: version, resource: stored.resource)
    }
}

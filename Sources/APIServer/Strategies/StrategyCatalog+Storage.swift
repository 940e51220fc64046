import KubeAPI
import Machinery

extension StrategyCatalog {
    /// Storage, classes of scheduling and runtimes, and groups of pods.
    static let storageAndClasses: [GroupVersionResource: any Strategy] = [
        StorageClass.resource: StorageClassStrategy(),
        VolumeAttachment.resource: VolumeAttachmentStrategy(),
        CSINode.resource: CSINodeStrategy(),
        CSIDriver.resource: CSIDriverStrategy(),
        CSIStorageCapacity.resource: CSIStorageCapacityStrategy(),
        VolumeAttributesClass.resource: VolumeAttributesClassStrategy(),
        VolumeAttributesClass.resource.in("v1beta1"): VolumeAttributesClassStrategy(),
        PriorityClass.resource: PriorityClassStrategy(),
        RuntimeClass.resource: RuntimeClassStrategy(),
        Workload.resource: WorkloadStrategy(),
        PodGroup.resource: PodGroupStrategy(),
    ]

    /// Devices, by dynamic resource allocation.
    static let devices: [GroupVersionResource: any Strategy] = [
        DeviceClass.resource: DeviceClassStrategy(),
        DeviceClass.resource.in("v1beta2"): DeviceClassStrategy(),
        DeviceClass.resource.in("v1beta1"): DeviceClassStrategy(),
        ResourceResourceClaim.resource: ResourceClaimStrategy(),
        ResourceResourceClaim.resource.in("v1beta2"): ResourceClaimStrategy(),
        ResourceResourceClaim.resource.in("v1beta1"): ResourceClaimStrategy(),
        ResourceClaimTemplate.resource: ResourceClaimTemplateStrategy(),
        ResourceClaimTemplate.resource.in("v1beta2"): ResourceClaimTemplateStrategy(),
        ResourceClaimTemplate.resource.in("v1beta1"): ResourceClaimTemplateStrategy(),
        ResourceSlice.resource: ResourceSliceStrategy(),
        ResourceSlice.resource.in("v1beta2"): ResourceSliceStrategy(),
        ResourceSlice.resource.in("v1beta1"): ResourceSliceStrategy(),
        DeviceTaintRule.resource: DeviceTaintRuleStrategy(),
        DeviceTaintRule.resource.in("v1beta2"): DeviceTaintRuleStrategy(),
        ResourcePoolStatusRequest.resource: ResourcePoolStatusRequestStrategy(),
    ]

    /// What the API server is made of itself: admission, aggregation, certificates, priorities, versions.
    static let system: [GroupVersionResource: any Strategy] = [
        ValidatingWebhookConfiguration.resource: ValidatingWebhookConfigurationStrategy(),
        MutatingWebhookConfiguration.resource: MutatingWebhookConfigurationStrategy(),
        ValidatingAdmissionPolicy.resource: ValidatingAdmissionPolicyStrategy(),
        ValidatingAdmissionPolicyBinding.resource: ValidatingAdmissionPolicyBindingStrategy(),
        MutatingAdmissionPolicy.resource: MutatingAdmissionPolicyStrategy(),
        MutatingAdmissionPolicy.resource.in("v1beta1"): MutatingAdmissionPolicyStrategy(),
        MutatingAdmissionPolicy.resource.in("v1alpha1"): MutatingAdmissionPolicyStrategy(),
        MutatingAdmissionPolicyBinding.resource: MutatingAdmissionPolicyBindingStrategy(),
        MutatingAdmissionPolicyBinding.resource.in("v1beta1"): MutatingAdmissionPolicyBindingStrategy(),
        MutatingAdmissionPolicyBinding.resource.in("v1alpha1"): MutatingAdmissionPolicyBindingStrategy(),
        APIService.resource: APIServiceStrategy(),
        ClusterTrustBundle.resource: ClusterTrustBundleStrategy(),
        ClusterTrustBundle.resource.in("v1alpha1"): ClusterTrustBundleStrategy(),
        PodCertificateRequest.resource: PodCertificateRequestStrategy(),
        FlowSchema.resource: FlowSchemaStrategy(),
        PriorityLevelConfiguration.resource: PriorityLevelStrategy(),
        LeaseCandidate.resource: LeaseCandidateStrategy(),
        LeaseCandidate.resource.in("v1alpha2"): LeaseCandidateStrategy(),
        StorageVersion.resource: StorageVersionStrategy(),
        StorageVersionMigration.resource: StorageVersionMigrationStrategy(),
    ]
}

extension GroupVersionResource {
    /// The same resource in another version of its group.
    fileprivate func `in`(_ version: String) -> GroupVersionResource {
        GroupVersionResource(group: group, version: version, resource: resource)
    }
}

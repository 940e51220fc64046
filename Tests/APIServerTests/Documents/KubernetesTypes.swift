/// The types of Kubernetes 1.36 as its OpenAPI v2 document defines them, for tests to compare with.
///
/// Below each package: type=digest. The digest is of the type's fields with their types, merge keys, patch strategies and
/// list semantics, and of which are required; see `OpenAPIFactsTests`.
enum KubernetesTypes {
    static let text = """
        io.k8s.api.admissionregistration.v1:
            ApplyConfiguration=1227c6 AuditAnnotation=ae88dd ExpressionWarning=f0214b JSONPatch=1227c6
            MatchCondition=859959 MatchResources=e91ed5 MutatingAdmissionPolicy=7ffd70
            MutatingAdmissionPolicyBinding=c228d7 MutatingAdmissionPolicyBindingList=280166
            MutatingAdmissionPolicyBindingSpec=4a5d0b MutatingAdmissionPolicyList=1eb619
            MutatingAdmissionPolicySpec=4351c7 MutatingWebhook=24ad4a MutatingWebhookConfiguration=6ccca4
            MutatingWebhookConfigurationList=c0ba95 Mutation=5cb8b0 NamedRuleWithOperations=38669a ParamKind=9b8a51
            ParamRef=b00ec3 RuleWithOperations=a9f864 ServiceReference=4e5a22 TypeChecking=21998e
            ValidatingAdmissionPolicy=86fb75 ValidatingAdmissionPolicyBinding=f76f4c
            ValidatingAdmissionPolicyBindingList=f68a7a ValidatingAdmissionPolicyBindingSpec=dbd8c5
            ValidatingAdmissionPolicyList=598005 ValidatingAdmissionPolicySpec=2adc8b
            ValidatingAdmissionPolicyStatus=7acf5a ValidatingWebhook=629ac2 ValidatingWebhookConfiguration=b85a90
            ValidatingWebhookConfigurationList=7152f9 Validation=660959 Variable=859959 WebhookClientConfig=09af26
        io.k8s.api.admissionregistration.v1alpha1:
            ApplyConfiguration=1227c6 JSONPatch=1227c6 MatchCondition=859959 MatchResources=257c41
            MutatingAdmissionPolicy=4a2a67 MutatingAdmissionPolicyBinding=55ee6e
            MutatingAdmissionPolicyBindingList=e19565 MutatingAdmissionPolicyBindingSpec=db2447
            MutatingAdmissionPolicyList=ef9764 MutatingAdmissionPolicySpec=9f89b6 Mutation=485b06
            NamedRuleWithOperations=38669a ParamKind=9b8a51 ParamRef=b00ec3 Variable=859959
        io.k8s.api.admissionregistration.v1beta1:
            ApplyConfiguration=1227c6 JSONPatch=1227c6 MatchCondition=859959 MatchResources=83472f
            MutatingAdmissionPolicy=5b368b MutatingAdmissionPolicyBinding=1ad86a
            MutatingAdmissionPolicyBindingList=ffe3eb MutatingAdmissionPolicyBindingSpec=ee71f3
            MutatingAdmissionPolicyList=f84c7e MutatingAdmissionPolicySpec=3c2f7a Mutation=826c5a
            NamedRuleWithOperations=38669a ParamKind=9b8a51 ParamRef=b00ec3 Variable=859959
        io.k8s.api.apiserverinternal.v1alpha1:
            ServerStorageVersion=a6216f StorageVersion=a4cc4c StorageVersionCondition=3052c3
            StorageVersionList=e716a5 StorageVersionSpec=dd24a7 StorageVersionStatus=d42364
        io.k8s.api.apps.v1:
            ControllerRevision=bfc2ac ControllerRevisionList=76316c DaemonSet=b19e85 DaemonSetCondition=aad6ee
            DaemonSetList=6da58b DaemonSetSpec=fdf528 DaemonSetStatus=855a18 DaemonSetUpdateStrategy=e6e237
            Deployment=42465f DeploymentCondition=9f07aa DeploymentList=1ac36e DeploymentSpec=d3969b
            DeploymentStatus=1004ba DeploymentStrategy=d040a8 ReplicaSet=9d0835 ReplicaSetCondition=aad6ee
            ReplicaSetList=54ab37 ReplicaSetSpec=172ab0 ReplicaSetStatus=9f79e0 RollingUpdateDaemonSet=fd9901
            RollingUpdateDeployment=fd9901 RollingUpdateStatefulSetStrategy=a05e9e StatefulSet=7c9e65
            StatefulSetCondition=aad6ee StatefulSetList=92323f StatefulSetOrdinals=62eeeb
            StatefulSetPersistentVolumeClaimRetentionPolicy=6f06b8 StatefulSetSpec=090ff4 StatefulSetStatus=65d016
            StatefulSetUpdateStrategy=de641a
        io.k8s.api.authentication.v1:
            BoundObjectReference=8ada38 SelfSubjectReview=bc4b40 SelfSubjectReviewStatus=1f907a TokenRequest=e9b245
            TokenRequestSpec=d2158b TokenRequestStatus=d5a43e TokenReview=2961f2 TokenReviewSpec=e56dbb
            TokenReviewStatus=a3f32b UserInfo=2112f4
        io.k8s.api.authorization.v1:
            FieldSelectorAttributes=d16611 LabelSelectorAttributes=0200e7 LocalSubjectAccessReview=c70800
            NonResourceAttributes=154f6d NonResourceRule=cf46aa ResourceAttributes=2cba78 ResourceRule=cc8926
            SelfSubjectAccessReview=23be32 SelfSubjectAccessReviewSpec=d07e79 SelfSubjectRulesReview=469c50
            SelfSubjectRulesReviewSpec=10607f SubjectAccessReview=c70800 SubjectAccessReviewSpec=0019eb
            SubjectAccessReviewStatus=7f6d3a SubjectRulesReviewStatus=392ea9
        io.k8s.api.autoscaling.v1:
            CrossVersionObjectReference=ce0e30 HorizontalPodAutoscaler=6977ee HorizontalPodAutoscalerList=87d8a9
            HorizontalPodAutoscalerSpec=5621a4 HorizontalPodAutoscalerStatus=24536f Scale=2017a9 ScaleSpec=b20aec
            ScaleStatus=6a56b5
        io.k8s.api.autoscaling.v2:
            ContainerResourceMetricSource=63235a ContainerResourceMetricStatus=dc3caa
            CrossVersionObjectReference=ce0e30 ExternalMetricSource=0c32af ExternalMetricStatus=0700e9
            HPAScalingPolicy=f9b140 HPAScalingRules=0fdad5 HorizontalPodAutoscaler=557910
            HorizontalPodAutoscalerBehavior=12f3de HorizontalPodAutoscalerCondition=aad6ee
            HorizontalPodAutoscalerList=1703ba HorizontalPodAutoscalerSpec=b84613
            HorizontalPodAutoscalerStatus=bea534 MetricIdentifier=74b39f MetricSpec=54fddd MetricStatus=39e3ee
            MetricTarget=236c2a MetricValueStatus=860f1d ObjectMetricSource=53fa47 ObjectMetricStatus=f1b975
            PodsMetricSource=0c32af PodsMetricStatus=0700e9 ResourceMetricSource=bec481 ResourceMetricStatus=6c577b
        io.k8s.api.batch.v1:
            CronJob=30cfa4 CronJobList=99bcfc CronJobSpec=164cf1 CronJobStatus=ffe649 Job=98e9b3 JobCondition=a53a71
            JobList=4c5848 JobSpec=aa501f JobStatus=0774c1 JobTemplateSpec=2e7541 PodFailurePolicy=b2006e
            PodFailurePolicyOnExitCodesRequirement=afe6d9 PodFailurePolicyOnPodConditionsPattern=2760c1
            PodFailurePolicyRule=3e22e8 SuccessPolicy=9705f6 SuccessPolicyRule=0ae5eb UncountedTerminatedPods=0754d1
        io.k8s.api.certificates.v1:
            CertificateSigningRequest=205cd2 CertificateSigningRequestCondition=9f07aa
            CertificateSigningRequestList=a95c06 CertificateSigningRequestSpec=32f776
            CertificateSigningRequestStatus=7b7b92
        io.k8s.api.certificates.v1alpha1:
            ClusterTrustBundle=085960 ClusterTrustBundleList=1764ac ClusterTrustBundleSpec=3f5b9a
        io.k8s.api.certificates.v1beta1:
            ClusterTrustBundle=571434 ClusterTrustBundleList=09e91e ClusterTrustBundleSpec=3f5b9a
            PodCertificateRequest=5263ee PodCertificateRequestList=5b0ff1 PodCertificateRequestSpec=d79127
            PodCertificateRequestStatus=bfa2dc
        io.k8s.api.coordination.v1:
            Lease=c65bdb LeaseList=9744de LeaseSpec=cd8d78
        io.k8s.api.coordination.v1alpha2:
            LeaseCandidate=565267 LeaseCandidateList=8901d9 LeaseCandidateSpec=69995a
        io.k8s.api.coordination.v1beta1:
            LeaseCandidate=ad876a LeaseCandidateList=491bb0 LeaseCandidateSpec=69995a
        io.k8s.api.core.v1:
            AWSElasticBlockStoreVolumeSource=ac4a74 Affinity=6c0329 AppArmorProfile=72a299 AttachedVolume=b5951f
            AzureDiskVolumeSource=505ff3 AzureFilePersistentVolumeSource=75d60d AzureFileVolumeSource=a31fb1
            Binding=63622d CSIPersistentVolumeSource=637b53 CSIVolumeSource=a490d9 Capabilities=06dccb
            CephFSPersistentVolumeSource=27b3fa CephFSVolumeSource=fe1716 CinderPersistentVolumeSource=61c75a
            CinderVolumeSource=33980e ClientIPConfig=c173a9 ClusterTrustBundleProjection=edbc03
            ComponentCondition=3681ee ComponentStatus=8dcab5 ComponentStatusList=b61c0b ConfigMap=74224c
            ConfigMapEnvSource=c1f6c9 ConfigMapKeySelector=92a3ec ConfigMapList=6746f4
            ConfigMapNodeConfigSource=a52c68 ConfigMapProjection=7210ef ConfigMapVolumeSource=9e3ab5
            Container=82deb0 ContainerExtendedResourceRequest=c30898 ContainerImage=111997 ContainerPort=e2f4f9
            ContainerResizePolicy=c59779 ContainerRestartRule=948eb7 ContainerRestartRuleOnExitCodes=efbd94
            ContainerState=259621 ContainerStateRunning=4b8fed ContainerStateTerminated=c48c96
            ContainerStateWaiting=005050 ContainerStatus=6f5761 ContainerUser=bf0c47 DaemonEndpoint=5709f1
            DownwardAPIProjection=1019a4 DownwardAPIVolumeFile=ff91bc DownwardAPIVolumeSource=eb12ee
            EmptyDirVolumeSource=3dfd88 EndpointAddress=472c7c EndpointPort=693bf8 EndpointSubset=00b780
            Endpoints=88734c EndpointsList=34ef0e EnvFromSource=4930ca EnvVar=740ac0 EnvVarSource=aed6c8
            EphemeralContainer=4b429e EphemeralVolumeSource=259242 Event=1b415a EventList=ecd92c EventSeries=86383f
            EventSource=720f92 ExecAction=3a79ac FCVolumeSource=7d3b92 FileKeySelector=97acd0
            FlexPersistentVolumeSource=509983 FlexVolumeSource=f7f52f FlockerVolumeSource=cb7a5f
            GCEPersistentDiskVolumeSource=d20328 GRPCAction=9c77eb GitRepoVolumeSource=7d3738
            GlusterfsPersistentVolumeSource=c56337 GlusterfsVolumeSource=e9eab3 HTTPGetAction=e2cf7f
            HTTPHeader=d37935 HostAlias=22a7fc HostIP=0a7bb2 HostPathVolumeSource=c5f981
            ISCSIPersistentVolumeSource=a34e98 ISCSIVolumeSource=ac936e ImageVolumeSource=018ec1
            ImageVolumeStatus=42486c KeyToPath=66d952 Lifecycle=3b90a3 LifecycleHandler=3f4379 LimitRange=d3dfc5
            LimitRangeItem=2e8799 LimitRangeList=c829da LimitRangeSpec=07ae61 LinuxContainerUser=d6ce72
            LoadBalancerIngress=286eb8 LoadBalancerStatus=211858 LocalObjectReference=31d785
            LocalVolumeSource=0704a8 ModifyVolumeStatus=cb4e1c NFSVolumeSource=c12a29 Namespace=36f7a1
            NamespaceCondition=aad6ee NamespaceList=92fefd NamespaceSpec=3668c2 NamespaceStatus=516983 Node=9fde23
            NodeAddress=f1992d NodeAffinity=3564d6 NodeAllocatableResourceClaimStatus=443c62 NodeCondition=da72df
            NodeConfigSource=b39302 NodeConfigStatus=573d31 NodeDaemonEndpoints=eadc19 NodeFeatures=292c6f
            NodeList=9f0156 NodeRuntimeHandler=b40e1f NodeRuntimeHandlerFeatures=17751e NodeSelector=f9d6e9
            NodeSelectorRequirement=e83359 NodeSelectorTerm=2939cb NodeSpec=dfe4ed NodeStatus=3db07a
            NodeSwapStatus=2b5485 NodeSystemInfo=c5c5e3 ObjectFieldSelector=62a131 ObjectReference=e01261
            PersistentVolume=4eea29 PersistentVolumeClaim=0f1125 PersistentVolumeClaimCondition=a53a71
            PersistentVolumeClaimList=071be7 PersistentVolumeClaimSpec=478a79 PersistentVolumeClaimStatus=0c79b7
            PersistentVolumeClaimTemplate=30991d PersistentVolumeClaimVolumeSource=bc8174
            PersistentVolumeList=25970b PersistentVolumeSpec=6b7e9f PersistentVolumeStatus=be74e3
            PhotonPersistentDiskVolumeSource=f0244c Pod=c8c731 PodAffinity=a5d420 PodAffinityTerm=e22f34
            PodAntiAffinity=a5d420 PodCertificateProjection=075be7 PodCondition=ca1073 PodDNSConfig=2585ee
            PodDNSConfigOption=72ae93 PodExtendedResourceClaimStatus=a7cfc2 PodIP=0a7bb2 PodList=81ba21 PodOS=c518e6
            PodReadinessGate=1484c6 PodResourceClaim=74e1ec PodResourceClaimStatus=1cb206 PodSchedulingGate=c518e6
            PodSchedulingGroup=88c0db PodSecurityContext=1df0ba PodSpec=4f3791 PodStatus=eb70e8 PodTemplate=80a31b
            PodTemplateList=431907 PodTemplateSpec=6b7b40 PortStatus=962acd PortworxVolumeSource=e4f7ea
            PreferredSchedulingTerm=af6494 Probe=55a26e ProjectedVolumeSource=4de1bf QuobyteVolumeSource=c7949a
            RBDPersistentVolumeSource=99692f RBDVolumeSource=2b2d2b ReplicationController=42d769
            ReplicationControllerCondition=aad6ee ReplicationControllerList=10696e ReplicationControllerSpec=f763fa
            ReplicationControllerStatus=ea59ca ResourceClaim=54eb8c ResourceFieldSelector=81c29a
            ResourceHealth=9db715 ResourceQuota=12bd59 ResourceQuotaList=992610 ResourceQuotaSpec=5cf6c0
            ResourceQuotaStatus=1127d7 ResourceRequirements=ef3b9d ResourceStatus=068bf4 SELinuxOptions=a62436
            ScaleIOPersistentVolumeSource=d42d06 ScaleIOVolumeSource=63f114 ScopeSelector=0e96e4
            ScopedResourceSelectorRequirement=291f25 SeccompProfile=72a299 Secret=9101e3 SecretEnvSource=c1f6c9
            SecretKeySelector=92a3ec SecretList=ef29da SecretProjection=7210ef SecretReference=3546b1
            SecretVolumeSource=18fb4d SecurityContext=6c767f Service=982085 ServiceAccount=a5b788
            ServiceAccountList=acc7a8 ServiceAccountTokenProjection=843a21 ServiceList=39a1d1 ServicePort=a717c0
            ServiceSpec=e71ce9 ServiceStatus=c1d4ab SessionAffinityConfig=5dc383 SleepAction=dd7667
            StorageOSPersistentVolumeSource=23446e StorageOSVolumeSource=7cc5f5 Sysctl=d37935 TCPSocketAction=4065ff
            Taint=8b1f1a Toleration=df7c6e TopologySelectorLabelRequirement=3fe3e0 TopologySelectorTerm=a1599d
            TopologySpreadConstraint=227f6f TypedLocalObjectReference=f75133 TypedObjectReference=e78a9d
            Volume=1d8c7c VolumeDevice=b5951f VolumeMount=1955fb VolumeMountStatus=c09c40 VolumeNodeAffinity=50be05
            VolumeProjection=5d708f VolumeResourceRequirements=086433 VolumeStatus=07551b
            VsphereVirtualDiskVolumeSource=f5a40c WeightedPodAffinityTerm=1b3b6e
            WindowsSecurityContextOptions=d54691
        io.k8s.api.discovery.v1:
            Endpoint=a0f6c2 EndpointConditions=388b02 EndpointHints=692cf9 EndpointPort=a4480f EndpointSlice=707a4f
            EndpointSliceList=dfcdc8 ForNode=c518e6 ForZone=c518e6
        io.k8s.api.events.v1:
            Event=a353b1 EventList=f3a78e EventSeries=462977
        io.k8s.api.flowcontrol.v1:
            ExemptPriorityLevelConfiguration=afe2c0 FlowDistinguisherMethod=8eeb18 FlowSchema=0bf455
            FlowSchemaCondition=05db6c FlowSchemaList=f202ef FlowSchemaSpec=c66657 FlowSchemaStatus=34028d
            GroupSubject=c518e6 LimitResponse=b81ebe LimitedPriorityLevelConfiguration=3459af
            NonResourcePolicyRule=f708c7 PolicyRulesWithSubjects=3797fe PriorityLevelConfiguration=a82019
            PriorityLevelConfigurationCondition=05db6c PriorityLevelConfigurationList=6fd53e
            PriorityLevelConfigurationReference=c518e6 PriorityLevelConfigurationSpec=1cac1e
            PriorityLevelConfigurationStatus=1ab27a QueuingConfiguration=2d5ccb ResourcePolicyRule=6dada3
            ServiceAccountSubject=851d49 Subject=29a02e UserSubject=c518e6
        io.k8s.api.networking.v1:
            HTTPIngressPath=d438f8 HTTPIngressRuleValue=5dbf31 IPAddress=c6de82 IPAddressList=eadd14
            IPAddressSpec=585629 IPBlock=97dfb5 Ingress=f3579d IngressBackend=d32416 IngressClass=bb9bb5
            IngressClassList=985c9a IngressClassParametersReference=c73474 IngressClassSpec=51950d
            IngressList=61e1c4 IngressLoadBalancerIngress=651b6d IngressLoadBalancerStatus=26c8ae
            IngressPortStatus=962acd IngressRule=8c760d IngressServiceBackend=5f2cf4 IngressSpec=dd39d2
            IngressStatus=dac749 IngressTLS=7f4094 NetworkPolicy=26c0a2 NetworkPolicyEgressRule=9417ef
            NetworkPolicyIngressRule=a3ab50 NetworkPolicyList=0a1b25 NetworkPolicyPeer=7ad0c6
            NetworkPolicyPort=06f1c6 NetworkPolicySpec=03dbc6 ParentReference=f69337 ServiceBackendPort=e1582e
            ServiceCIDR=73d4f1 ServiceCIDRList=c18b86 ServiceCIDRSpec=71bda2 ServiceCIDRStatus=2f1013
        io.k8s.api.networking.v1beta1:
            IPAddress=843efd IPAddressList=1b1b0b IPAddressSpec=67d760 ParentReference=f69337 ServiceCIDR=1c0c2d
            ServiceCIDRList=b18725 ServiceCIDRSpec=71bda2 ServiceCIDRStatus=2f1013
        io.k8s.api.node.v1:
            Overhead=6e1ee7 RuntimeClass=3da5e4 RuntimeClassList=664b4f Scheduling=08d7b5
        io.k8s.api.policy.v1:
            Eviction=31fd26 PodDisruptionBudget=32abc1 PodDisruptionBudgetList=b1e36c PodDisruptionBudgetSpec=ba9b4e
            PodDisruptionBudgetStatus=e0d8d2
        io.k8s.api.rbac.v1:
            AggregationRule=e2493e ClusterRole=e83d7d ClusterRoleBinding=0c540a ClusterRoleBindingList=f8be12
            ClusterRoleList=ef7d8d PolicyRule=afd225 Role=b72b34 RoleBinding=0c540a RoleBindingList=2162f0
            RoleList=d487a7 RoleRef=f75133 Subject=e78a9d
        io.k8s.api.resource.v1:
            AllocatedDeviceStatus=2c7599 AllocationResult=d78a8e CELDeviceSelector=97ec84
            CapacityRequestPolicy=f059c7 CapacityRequestPolicyRange=8f797c CapacityRequirements=4714ce
            Counter=b6775c CounterSet=835dcb Device=79355e DeviceAllocationConfiguration=36ded7
            DeviceAllocationResult=c13083 DeviceAttribute=335bad DeviceCapacity=bc1dff DeviceClaim=bb8143
            DeviceClaimConfiguration=be0c32 DeviceClass=5b9379 DeviceClassConfiguration=7ea84a
            DeviceClassList=88aa35 DeviceClassSpec=23efd1 DeviceConstraint=5b5850 DeviceCounterConsumption=a07101
            DeviceRequest=647041 DeviceRequestAllocationResult=9f986b DeviceSelector=0760c7 DeviceSubRequest=a85db5
            DeviceTaint=8b1f1a DeviceToleration=df7c6e ExactDeviceRequest=8737c5 NetworkDeviceData=51827f
            NodeAllocatableResourceMapping=73f449 OpaqueDeviceConfiguration=ead4c7 ResourceClaim=92767e
            ResourceClaimConsumerReference=427338 ResourceClaimList=0cc60b ResourceClaimSpec=0cc643
            ResourceClaimStatus=f812bf ResourceClaimTemplate=168cbd ResourceClaimTemplateList=ae1a19
            ResourceClaimTemplateSpec=126b21 ResourcePool=0381e4 ResourceSlice=797bd5 ResourceSliceList=53b031
            ResourceSliceSpec=518ecd
        io.k8s.api.resource.v1alpha3:
            DeviceTaint=8b1f1a DeviceTaintRule=5c3fb6 DeviceTaintRuleList=ede2f8 DeviceTaintRuleSpec=85367f
            DeviceTaintRuleStatus=2f1013 DeviceTaintSelector=bdf116 PoolStatus=064496
            ResourcePoolStatusRequest=5d2887 ResourcePoolStatusRequestList=5c5193
            ResourcePoolStatusRequestSpec=0382ef ResourcePoolStatusRequestStatus=61c299
        io.k8s.api.resource.v1beta1:
            AllocatedDeviceStatus=f27494 AllocationResult=0e3a29 BasicDevice=25f224 CELDeviceSelector=97ec84
            CapacityRequestPolicy=5890c6 CapacityRequestPolicyRange=8f797c CapacityRequirements=4714ce
            Counter=b6775c CounterSet=c84556 Device=45eff2 DeviceAllocationConfiguration=668180
            DeviceAllocationResult=ad3567 DeviceAttribute=335bad DeviceCapacity=a62442 DeviceClaim=93ffaa
            DeviceClaimConfiguration=6238b1 DeviceClass=98a40e DeviceClassConfiguration=d5a335
            DeviceClassList=e16cf2 DeviceClassSpec=e7cf69 DeviceConstraint=5b5850 DeviceCounterConsumption=76ebc2
            DeviceRequest=e92a1b DeviceRequestAllocationResult=2146ac DeviceSelector=4fbd8a DeviceSubRequest=20a3e8
            DeviceTaint=8b1f1a DeviceToleration=df7c6e NetworkDeviceData=51827f
            NodeAllocatableResourceMapping=73f449 OpaqueDeviceConfiguration=ead4c7 ResourceClaim=743c08
            ResourceClaimConsumerReference=427338 ResourceClaimList=93f5a0 ResourceClaimSpec=757d44
            ResourceClaimStatus=9ccfa8 ResourceClaimTemplate=aa0d62 ResourceClaimTemplateList=5a286a
            ResourceClaimTemplateSpec=7ae032 ResourcePool=0381e4 ResourceSlice=f0239a ResourceSliceList=e624e6
            ResourceSliceSpec=1fb750
        io.k8s.api.resource.v1beta2:
            AllocatedDeviceStatus=84e22b AllocationResult=d085e4 CELDeviceSelector=97ec84
            CapacityRequestPolicy=cd37c9 CapacityRequestPolicyRange=8f797c CapacityRequirements=4714ce
            Counter=b6775c CounterSet=da6c13 Device=5a3e9c DeviceAllocationConfiguration=f7fdf9
            DeviceAllocationResult=e6deb7 DeviceAttribute=335bad DeviceCapacity=56eeb9 DeviceClaim=911517
            DeviceClaimConfiguration=047e38 DeviceClass=4332eb DeviceClassConfiguration=3c53e4
            DeviceClassList=38d4a5 DeviceClassSpec=8a2b2b DeviceConstraint=5b5850 DeviceCounterConsumption=dacb23
            DeviceRequest=bc0aa3 DeviceRequestAllocationResult=fefde1 DeviceSelector=9ce63f DeviceSubRequest=4deeeb
            DeviceTaint=8b1f1a DeviceTaintRule=96a012 DeviceTaintRuleList=230eaf DeviceTaintRuleSpec=01bf19
            DeviceTaintRuleStatus=2f1013 DeviceTaintSelector=bdf116 DeviceToleration=df7c6e
            ExactDeviceRequest=acaf05 NetworkDeviceData=51827f NodeAllocatableResourceMapping=73f449
            OpaqueDeviceConfiguration=ead4c7 ResourceClaim=7a72b2 ResourceClaimConsumerReference=427338
            ResourceClaimList=8dcfdb ResourceClaimSpec=5b9119 ResourceClaimStatus=414a99
            ResourceClaimTemplate=920e73 ResourceClaimTemplateList=edc289 ResourceClaimTemplateSpec=33d8e3
            ResourcePool=0381e4 ResourceSlice=434c3f ResourceSliceList=a85421 ResourceSliceSpec=332a41
        io.k8s.api.scheduling.v1:
            PriorityClass=0857cb PriorityClassList=2c5989
        io.k8s.api.scheduling.v1alpha2:
            BasicSchedulingPolicy=dd24a7 GangSchedulingPolicy=8cf071 PodGroup=19c15e PodGroupList=e3e599
            PodGroupResourceClaim=74e1ec PodGroupResourceClaimStatus=1cb206 PodGroupSchedulingConstraints=c64f6e
            PodGroupSchedulingPolicy=3264ff PodGroupSpec=cb0506 PodGroupStatus=b42181 PodGroupTemplate=b538e6
            PodGroupTemplateReference=5890db TopologyConstraint=3451b2 TypedLocalObjectReference=f75133
            Workload=e08d24 WorkloadList=87d8f4 WorkloadPodGroupTemplateReference=7cda1f WorkloadSpec=6098e6
        io.k8s.api.storage.v1:
            CSIDriver=9efb7f CSIDriverList=3e65e5 CSIDriverSpec=17dca0 CSINode=555885 CSINodeDriver=7e7517
            CSINodeList=17b683 CSINodeSpec=0e1a18 CSIStorageCapacity=aba7b6 CSIStorageCapacityList=ab03e4
            StorageClass=f1f8c5 StorageClassList=bb8747 TokenRequest=ca0e62 VolumeAttachment=f1c8c6
            VolumeAttachmentList=e569bb VolumeAttachmentSource=254e2e VolumeAttachmentSpec=ba495d
            VolumeAttachmentStatus=62043a VolumeAttributesClass=8c24cf VolumeAttributesClassList=526f5b
            VolumeError=90b321 VolumeNodeResources=cbaa64
        io.k8s.api.storage.v1beta1:
            VolumeAttributesClass=8c24cf VolumeAttributesClassList=ac9f7a
        io.k8s.api.storagemigration.v1beta1:
            StorageVersionMigration=ec59d3 StorageVersionMigrationList=ffc6ae StorageVersionMigrationSpec=93e079
            StorageVersionMigrationStatus=dfe2a6
        io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1:
            CustomResourceColumnDefinition=3a8d67 CustomResourceConversion=f2c890 CustomResourceDefinition=2a1aa8
            CustomResourceDefinitionCondition=e3a8da CustomResourceDefinitionList=f4f07a
            CustomResourceDefinitionNames=dd01ac CustomResourceDefinitionSpec=5bca32
            CustomResourceDefinitionStatus=e86709 CustomResourceDefinitionVersion=a65ce3
            CustomResourceSubresourceScale=a73bcc CustomResourceSubresourceStatus=dd24a7
            CustomResourceSubresources=e36989 CustomResourceValidation=888096 ExternalDocumentation=5f5f74
            JSON=dd24a7 JSONSchemaProps=87b75a JSONSchemaPropsOrArray=dd24a7 JSONSchemaPropsOrBool=dd24a7
            JSONSchemaPropsOrStringArray=dd24a7 SelectableField=cec9da ServiceReference=4e5a22 ValidationRule=dbceb0
            WebhookClientConfig=b913b7 WebhookConversion=f0b91a
        io.k8s.apimachinery.pkg.api.resource:
            Quantity=dd24a7
        io.k8s.apimachinery.pkg.apis.meta.v1:
            APIGroup=c67dcf APIGroupList=36d624 APIResource=74713e APIResourceList=3ca1dc APIVersions=223cfc
            Condition=056d31 DeleteOptions=6cc685 FieldSelectorRequirement=e83359 FieldsV1=dd24a7
            GroupResource=98eb29 GroupVersionForDiscovery=fafd43 LabelSelector=0574e6
            LabelSelectorRequirement=e83359 ListMeta=225e90 ManagedFieldsEntry=a28aa1 MicroTime=dd24a7
            ObjectMeta=456601 OwnerReference=7a45b1 Patch=dd24a7 Preconditions=f17cdf
            ServerAddressByClientCIDR=0fcb01 ShardInfo=640f4a Status=e53576 StatusCause=44637b StatusDetails=10b755
            Time=dd24a7 WatchEvent=f0af55
        io.k8s.apimachinery.pkg.runtime:
            RawExtension=dd24a7
        io.k8s.apimachinery.pkg.util.intstr:
            IntOrString=dd24a7
        io.k8s.apimachinery.pkg.version:
            Info=6baca0
        io.k8s.kube-aggregator.pkg.apis.apiregistration.v1:
            APIService=b9ad7d APIServiceCondition=aad6ee APIServiceList=cb3d91 APIServiceSpec=8104e2
            APIServiceStatus=7c0021 ServiceReference=e31244
        """
}

/// The feature gates of Kubernetes 1.36: names, stages and defaults, as its components list them.
extension FeatureGates {
    /// A line a stage and default, its gates after it; `locked` ones cannot be set to anything else.
    static let table = """
        GA true locked:
          APIServerTracing AnonymousAuthConfigurableEndpoints AnyVolumeDataSource AuthorizeNodeWithSelectors
          AuthorizeWithSelectors BtreeWatchCache CPUManagerPolicyOptions CSIServiceAccountTokenSecrets
          ConsistentListFromCache DRAAdminAccess DeclarativeValidation DisableAllocatorDualWrite
          DynamicResourceAllocation ExecProbeTimeout ExternalServiceAccountTokenSigner ImageMaximumGCAge
          ImageVolume InOrderInformers InPlacePodVerticalScaling JobBackoffLimitPerIndex JobManagedBy
          JobPodReplacementPolicy JobSuccessPolicy KubeletCgroupDriverFromCRI KubeletFineGrainedAuthz
          KubeletPSI KubeletPodResourcesDynamicResources KubeletPodResourcesGet KubeletTracing
          LogarithmicScaleDown MatchLabelKeysInPodAffinity MultiCIDRServiceAllocator
          MutableCSINodeAllocatableCount NFTablesProxyMode NodeInclusionPolicyInPodTopologySpread
          NodeLogQuery NodeSwap OrderedNamespaceDeletion PodLifecycleSleepAction
          PodLifecycleSleepActionAllowZero PodObservedGenerationTracking PodSchedulingReadiness
          PreferSameTrafficDistribution ProcMountType RecoverVolumeExpansionFailure RecursiveReadOnlyMounts
          RelaxedDNSSearchValidation RelaxedEnvironmentVariableValidation ResilientWatchCacheInitialization
          SELinuxChangePolicy SELinuxMountReadWriteOncePod SchedulerQueueingHints
          SeparateTaintEvictionController ServiceAccountTokenJTI ServiceAccountTokenNodeBinding
          ServiceAccountTokenNodeBindingValidation ServiceAccountTokenPodNodeInfo
          StreamingCollectionEncodingToJSON StreamingCollectionEncodingToProtobuf
          StructuredAuthenticationConfiguration SupplementalGroupsPolicy TopologyManagerPolicyOptions
          UserNamespacesSupport VolumeAttributesClass WinDSR WinOverlay
        GA true:
          AllowServiceExternalIPs CustomCPUCFSQuotaPeriod DRAPrioritizedList InformerResourceVersion
          MutatingAdmissionPolicy
        Beta true:
          APIResponseCompression APIServerIdentity AllowParsingUserUIDFromCertAuth AtomicFIFO
          AuthorizePodWebsocketUpgradeCreatePermission CPUManagerPolicyBetaOptions CRDValidationRatcheting
          ClearingNominatedNodeNameAfterBinding ClientsAllowCARotation ClientsAllowTLSCacheGC
          ConstrainedImpersonation ContainerCheckpoint ContainerRestartRules CustomResourceFieldSelectors
          DRAConsumableCapacity DRADeviceBindingConditions DRADeviceTaints DRAExtendedResource
          DRAPartitionableDevices DRAResourceClaimDeviceStatus DRAResourceClaimGranularStatusAuthorization
          DRASchedulerFilterTimeout DeclarativeValidationBeta DeploymentReplicaSetTerminatingReplicas
          DetectCacheInconsistency EnvFiles ExtendWebSocketsToKubelet GracefulNodeShutdown
          GracefulNodeShutdownBasedOnPodPriority HPAConfigurableTolerance HostnameOverride
          InOrderInformersBatchProcess InPlacePodLevelResourcesVerticalScaling
          InPlacePodVerticalScalingInitContainers KubeletCrashLoopBackOffMax KubeletEnsureSecretPulledImages
          KubeletSeparateDiskGC KubeletServiceAccountTokenForCredentialProviders ListFromCacheSnapshot
          MatchLabelKeysInPodTopologySpread MatchLabelKeysInPodTopologySpreadSelectorMerge
          MutablePodResourcesForSuspendedJobs MutableSchedulingDirectivesForSuspendedJobs
          NodeDeclaredFeatures NominatedNodeNameForExpectation OpenAPIEnums OpportunisticBatching
          PLEGOnDemandRelist PodDeletionCost PodLevelResources PodReadyToStartContainersCondition
          PodTopologyLabelsAdmission PortForwardWebsockets PreventStaticPodAPIReferences
          RelaxedServiceNameValidation ReloadKubeletServerCertificateFile RemoteRequestHeaderUID
          ResourceHealthStatus ResourceHealthStatusMessage RestartAllContainersOnContainerExits
          RetryGenerateName RotateKubeletServerCertificate SchedulerAsyncPreemption SchedulerPopFromBackoffQ
          ServiceAccountNodeAudienceRestriction SidecarContainers SizeBasedListCostEstimate
          StaleControllerConsistencyDaemonSet StaleControllerConsistencyJob
          StaleControllerConsistencyReplicaSet StaleControllerConsistencyStatefulSet
          StatefulSetSemanticRevisionComparison StorageVersionHash StrictIPCIDRValidation
          StructuredAuthenticationConfigurationEgressSelector
          StructuredAuthenticationConfigurationJWKSMetrics TokenRequestServiceAccountUIDValidation
          TopologyManagerPolicyBetaOptions TranslateStreamCloseWebsocketRequests
          UnauthenticatedHTTP2DOSMitigation UnknownVersionInteroperabilityProxy UnlockWhileProcessingFIFO
          WatchCacheInitializationPostStartHook WatchList WatchListClient WindowsGracefulNodeShutdown
        Beta false:
          ClusterTrustBundle ClusterTrustBundleProjection ConcurrentWatchObjectDecode
          CoordinatedLeaderElection DRADeviceTaintRules LocalStorageCapacityIsolationFSQuotaMonitoring
          MaxUnavailableStatefulSet PodCertificateRequest SELinuxMount SchedulerAsyncAPICalls
          StorageVersionMigrator
        Alpha false:
          APIServingWithRoutine AllowUnsafeMalformedObjectDeletion CBORServingAndStorage
          CPUManagerPolicyAlphaOptions CRIListStreaming CSIVolumeHealth ClientsAllowCBOR ClientsPreferCBOR
          CloudControllerManagerWatchBasedRoutesReconciliation CloudControllerManagerWebhook
          ContainerStopSignals ControllerManagerReleaseLeaderElectionLockOnExit
          CrossNamespaceVolumeDataSource DRAListTypeAttributes DRANodeAllocatableResources
          DRAResourcePoolStatus DRAWorkloadResourceClaims EventedPLEG GangScheduling GenericWorkload
          HPAScaleToZero ImageVolumeWithDigest InPlacePodVerticalScalingExclusiveCPUs
          InPlacePodVerticalScalingExclusiveMemory KubeletInUserNamespace
          ManifestBasedAdmissionControlConfig MemoryQoS MutablePVNodeAffinity
          PersistentVolumeClaimUnusedSinceTime PodAndContainerStatsFromCRI PodLevelResourceManagers
          PodLogsQuerySplitStreams PodsAPI QOSReserved ReduceDefaultCrashLoopBackOffDecay
          RuntimeClassInImageCriApi ShardedListAndWatch StorageCapacityScoring StorageVersionAPI
          TaintTolerationComparisonOperators TopologyAwareWorkloadScheduling
          TopologyManagerPolicyAlphaOptions UserNamespacesHostNetworkSupport VolumeLimitScaling
          WindowsCPUAndMemoryAffinity WorkloadAwarePreemption WorkloadWithJob
        Deprecated true:
          DisableCPUQuotaWithExclusiveCPUs KubeletPodResourcesListUseActivePods ServiceCIDRStatusFieldWiping
          StorageNamespaceIndex
        Deprecated false:
          AllowDNSOnlyNodeCSR AllowInsecureKubeletCertificateSigningRequests
          ChangeContainerStatusOnKubeletRestart DeclarativeValidationTakeover KMSv1
          KubeletRegistrationGetOnExistsOnly SeparateCacheWatchRPC WindowsHostNetwork
        Deprecated false locked:
          AllowOverwriteTerminationGracePeriodSeconds GitRepoVolumeDriver
        Deprecated true locked:
          AggregatedDiscoveryRemoveBetaType DisableNodeKubeProxyVersion
        """
}

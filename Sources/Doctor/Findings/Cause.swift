/// What can be wrong, by the name that scripts see.
package enum Cause: String, Hashable, Sendable, CaseIterable {
    // Placing a pod.
    case insufficientCPU = "InsufficientCPU"
    case insufficientMemory = "InsufficientMemory"
    case insufficientStorage = "InsufficientEphemeralStorage"
    case insufficientGPU = "InsufficientGPU"
    case insufficientResource = "InsufficientResource"
    case tooManyPods = "TooManyPods"
    case untoleratedTaint = "UntoleratedTaint"
    case nodeSelector = "NodeSelectorMismatch"
    case cordonedNodes = "NodesCordoned"
    case podAffinity = "PodAffinity"
    case podAntiAffinity = "PodAntiAffinity"
    case topologySpread = "TopologySpread"
    case hostPort = "HostPortTaken"
    case volumePlacement = "VolumeElsewhere"
    case noNodes = "NoNodes"
    case unschedulable = "Unschedulable"
    case schedulingGate = "SchedulingGated"
    case noScheduler = "NoScheduler"
    // Storage.
    case unboundClaim = "UnboundClaim"
    case missingClaim = "MissingClaim"
    case missingStorageClass = "MissingStorageClass"
    case provisioningFailed = "ProvisioningFailed"
    case lostClaim = "LostClaim"
    case volumeMount = "VolumeMountFailed"
    // Images.
    case imageNotFound = "ImageNotFound"
    case imageUnauthorized = "ImageUnauthorized"
    case registryUnreachable = "RegistryUnreachable"
    case registryLimit = "RegistryRateLimit"
    case imagePull = "ImagePullFailed"
    case invalidImage = "InvalidImageName"
    case imageNeverPulled = "ImageNeverPulled"
    // Containers.
    case outOfMemory = "OOMKilled"
    case crashLoop = "CrashLoop"
    case initContainer = "InitContainerFailing"
    case commandNotFound = "CommandNotFound"
    case containerStart = "ContainerCannotStart"
    case runAsRoot = "ImageRunsAsRoot"
    case missingConfigMap = "MissingConfigMap"
    case missingSecret = "MissingSecret"
    case missingKey = "MissingKey"
    case readiness = "ReadinessFailing"
    case liveness = "LivenessFailing"
    case startupProbe = "StartupProbeFailing"
    case sandbox = "PodSandboxFailed"
    case nameResolution = "NameResolution"
    case forbidden = "Forbidden"
    // GPUs and models.
    case gpuUnhealthy = "GPUUnhealthy"
    case gpuDriverAway = "GPUDriverAway"
    case gpuLost = "GPUFailedUnderPod"
    case gpuMemory = "GPUOutOfMemory"
    case gpuRuntime = "GPURuntimeError"
    case deviceAllocation = "DeviceAllocationFailed"
    case modelNotFound = "ModelNotFound"
    case modelUnauthorized = "ModelUnauthorized"
    // Pods.
    case evicted = "Evicted"
    case preempted = "Preempted"
    case rejectedByNode = "RejectedByNode"
    case lostNode = "TerminatingOnLostNode"
    // Nodes.
    case nodeNotReady = "NodeNotReady"
    case nodeUnreachable = "NodeUnreachable"
    case memoryPressure = "NodeMemoryPressure"
    case diskPressure = "NodeDiskPressure"
    case processPressure = "NodePIDPressure"
    case nodeNetwork = "NodeNetworkUnavailable"
    // Workloads.
    case rolloutStuck = "RolloutStuck"
    case rolloutPaused = "RolloutPaused"
    case quotaExceeded = "QuotaExceeded"
    case limitRange = "LimitRangeViolated"
    case podSecurity = "PodSecurityViolated"
    case webhookFailed = "WebhookFailed"
    case webhookDenied = "WebhookDenied"
    case policyDenied = "PolicyDenied"
    case missingServiceAccount = "MissingServiceAccount"
    case podsRejected = "PodsRejected"
    case jobFailed = "JobFailed"
    case jobDeadline = "JobDeadlineExceeded"
    case autoscaler = "AutoscalerBlind"
    // Services.
    case selectorMismatch = "ServiceSelectorMismatch"
    case portMismatch = "ServicePortMismatch"
    case noReadyEndpoints = "NoReadyEndpoints"
    case loadBalancer = "LoadBalancerPending"
    case missingBackend = "IngressBackendMissing"
    // Taking down.
    case budgetBlocks = "DisruptionBudgetBlocks"
    case budgetNeverAllows = "DisruptionBudgetNeverAllows"
    case finalizer = "FinalizerStuck"
    case namespaceStuck = "NamespaceStuck"

    /// Whether it follows from something else more often than not, and is told of after that.
    var isConsequence: Bool {
        switch self {
        case .rolloutStuck, .noReadyEndpoints, .readiness, .loadBalancer: true
        default: false
        }
    }
}

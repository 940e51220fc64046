import Doctor

extension Fault {
    /// Pods that no node takes.
    static let scheduling = [
        Fault(
            .insufficientCPU, "pod/web", says: "more than any node has",
            pending(
                "0/1 nodes are available: 1 Insufficient cpu. preemption: 0/1 nodes are available: 1 No preemption "
                    + "victims found for incoming pod.",
                container: "{name: c, resources: {requests: {cpu: \"8\"}}}"),
            node(more: "allocatable: {cpu: \"4\"}")),
        Fault(
            .insufficientCPU, "pod/web", says: "3 requested by its pods",
            pending(
                "0/1 nodes are available: 1 Insufficient cpu.",
                container: "{name: c, resources: {requests: {cpu: \"2\"}}}"),
            pod(
                "other", container: "{name: c, resources: {requests: {cpu: \"3\"}}}", spec: "nodeName: n1",
                "phase: Running"),
            node(more: "allocatable: {cpu: \"4\"}")),
        Fault(
            .insufficientMemory, "pod/web", says: "64Gi",
            pending(
                "0/2 nodes are available: 1 Insufficient memory, 1 node(s) had untolerated taint(s).",
                container: "{name: c, resources: {requests: {memory: 64Gi}}}"),
            node(more: "allocatable: {memory: 16Gi}")),
        Fault(
            .insufficientGPU, "pod/web", says: "nvidia.com/gpu: 2 allocatable, 2 requested by its pods",
            pending(
                "0/2 nodes are available: 1 Insufficient nvidia.com/gpu, 1 node(s) had untolerated taint(s).",
                container: "{name: c, resources: {limits: {nvidia.com/gpu: \"1\"}}}"),
            pod(
                "other", container: "{name: c, resources: {limits: {nvidia.com/gpu: \"2\"}}}", spec: "nodeName: n1",
                "phase: Running"),
            node(more: "capacity: {nvidia.com/gpu: \"2\"}, allocatable: {nvidia.com/gpu: \"2\"}")),
        Fault(
            .insufficientResource, "pod/web", says: "example.com/fpga",
            pending(
                "0/1 nodes are available: 1 Insufficient example.com/fpga.",
                container: "{name: c, resources: {limits: {example.com/fpga: \"1\"}}}")),
        Fault(
            .insufficientStorage, "pod/web",
            pending("0/1 nodes are available: 1 Insufficient ephemeral-storage.")),
        Fault(.tooManyPods, "pod/web", pending("0/1 nodes are available: 1 Too many pods.")),
        Fault(
            .untoleratedTaint, "pod/web", says: "taint nvidia.com/gpu=present:NoSchedule",
            pending("0/1 nodes are available: 1 node(s) had untolerated taint(s)."),
            node(spec: "taints: [{key: nvidia.com/gpu, value: present, effect: NoSchedule}]")),
        Fault(
            .untoleratedTaint, "pod/web",
            pending("0/1 nodes are available: 1 node(s) had untolerated taint {dedicated: db}.")),
        Fault(
            .nodeSelector, "pod/web", says: "disk=ssd",
            pending(
                "0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector.",
                spec: "nodeSelector: {disk: ssd}")),
        Fault(.cordonedNodes, "pod/web", pending("0/1 nodes are available: 1 node(s) were unschedulable.")),
        Fault(
            .podAffinity, "pod/web",
            pending("0/1 nodes are available: 1 node(s) didn't match pod affinity rules.")),
        Fault(
            .podAntiAffinity, "pod/web",
            pending("0/1 nodes are available: 1 node(s) didn't match pod anti-affinity rules.")),
        Fault(
            .topologySpread, "pod/web",
            pending("0/1 nodes are available: 1 node(s) didn't match pod topology spread constraints.")),
        Fault(
            .hostPort, "pod/web",
            pending("0/1 nodes are available: 1 node(s) didn't have free ports for the requested pod ports.")),
        Fault(
            .volumePlacement, "pod/web",
            pending("0/1 nodes are available: 1 node(s) didn't match PersistentVolume's node affinity.")),
        Fault(
            .unboundClaim, "pod/web", says: "data",
            pending(
                "0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims.",
                spec: "volumes: [{name: v, persistentVolumeClaim: {claimName: data}}]")),
        Fault(
            .missingClaim, "pod/web",
            pending(
                "0/1 nodes are available: persistentvolumeclaim \"data\" not found.",
                spec: "volumes: [{name: v, persistentVolumeClaim: {claimName: data}}]")),
        Fault(.noNodes, "pod/web", pending("no nodes available to schedule pods")),
        Fault(.unschedulable, "pod/web", pending("0/1 nodes are available: 1 node(s) are haunted.")),
        Fault(
            .schedulingGate, "pod/web", says: "example.com/wait",
            pending(
                "Scheduling is blocked due to non-empty scheduling gates",
                spec: "schedulingGates: [{name: example.com/wait}]", reason: "SchedulingGated")),
        Fault(
            .noScheduler, "pod/web", says: "my-scheduler", pod(spec: "schedulerName: my-scheduler", "phase: Pending")),
    ]

    /// Containers that do not start, stay up or get ready.
    static let containers = [
        Fault(
            .crashLoop, "pod/web", says: "panic: no config", logs: ["default/web/c": ["start", "panic: no config"]],
            waiting("CrashLoopBackOff", "back-off 5m0s", last: "exitCode: 2, reason: Error")),
        Fault(
            .outOfMemory, "pod/web", says: "24Mi",
            waiting(
                "CrashLoopBackOff", last: "exitCode: 137, reason: OOMKilled",
                container: "{name: c, image: app:1, resources: {limits: {memory: 24Mi}}}")),
        Fault(
            .outOfMemory, "pod/web",
            pod(
                spec: "nodeName: n1",
                "phase: Running, containerStatuses: [{name: c, ready: true, restartCount: 2, state: {running: {}}, "
                    + "lastState: {terminated: {exitCode: 137, reason: OOMKilled}}}]")),
        Fault(
            .outOfMemory, "pod/web",
            pod(
                "phase: Failed, containerStatuses: [{name: c, ready: false, restartCount: 0, "
                    + "state: {terminated: {exitCode: 137, reason: OOMKilled}}}]")),
        Fault(
            .initContainer, "pod/web",
            waiting(
                "CrashLoopBackOff", last: "exitCode: 1", spec: "initContainers: [{name: c, image: app:1}]", isInit: true
            )),
        Fault(
            .commandNotFound, "pod/web",
            waiting(
                "RunContainerError",
                "runc create failed: exec: \"srver\": executable file not found in $PATH: unknown")),
        Fault(.commandNotFound, "pod/web", waiting("CrashLoopBackOff", last: "exitCode: 127")),
        Fault(.containerStart, "pod/web", waiting("CreateContainerError", "failed to reserve container name")),
        Fault(
            .deviceAllocation, "pod/web",
            waiting("CreateContainerError", "devices: rpc error: code = Unavailable desc = no driver")),
        Fault(
            .runAsRoot, "pod/web",
            waiting("CreateContainerConfigError", "container has runAsNonRoot and image will run as root")),
        Fault(
            .missingConfigMap, "pod/web", says: "settings",
            waiting("CreateContainerConfigError", "configmap \"settings\" not found")),
        Fault(
            .missingSecret, "pod/web", says: "password",
            waiting("CreateContainerConfigError", "secret \"password\" not found")),
        Fault(
            .missingKey, "pod/web", says: "color",
            waiting("CreateContainerConfigError", "couldn't find key color in ConfigMap default/settings")),
        Fault(
            .missingConfigMap, "pod/web", says: "files",
            waiting("ContainerCreating"),
            event(
                "Pod", "web", "FailedMount", "MountVolume.SetUp failed for volume \"v\" : configmap \"files\" not found"
            )
        ),
        Fault(
            .volumeMount, "pod/web", waiting("ContainerCreating"),
            event("Pod", "web", "FailedMount", "MountVolume.SetUp failed for volume \"v\" : hostPath type check failed")
        ),
        Fault(
            .sandbox, "pod/web", waiting("ContainerCreating"),
            event("Pod", "web", "FailedCreatePodSandBox", "plugin type=\"bridge\" failed (add): no addresses left")),
        Fault(
            .readiness, "pod/web", unready("{name: c, image: app:1, readinessProbe: {httpGet: {port: 80}}}"),
            event("Pod", "web", "Unhealthy", "Readiness probe failed: HTTP probe failed with statuscode: 503")),
        Fault(
            .startupProbe, "pod/web",
            unready("{name: c, image: app:1, startupProbe: {httpGet: {port: 80}}}", started: false),
            event("Pod", "web", "Unhealthy", "Startup probe failed: connection refused")),
        Fault(
            .liveness, "pod/web", unready("{name: c, image: app:1, livenessProbe: {httpGet: {port: 80}}}", restarts: 4),
            event("Pod", "web", "Unhealthy", "Liveness probe failed: Get \"http://10.0.0.1\": timeout")),
        Fault(
            .liveness, "pod/web", waiting("CrashLoopBackOff", last: "exitCode: 137, reason: Error"),
            event("Pod", "web", "Unhealthy", "Liveness probe failed: Get \"http://10.0.0.1\": timeout")),
        Fault(
            .nameResolution, "pod/web", says: "db.wrong",
            logs: ["default/web/c": ["dial tcp: lookup db.wrong on 10.96.0.10:53: no such host"]],
            waiting("CrashLoopBackOff", last: "exitCode: 1")),
        Fault(
            .forbidden, "pod/web",
            logs: [
                "default/web/c": [
                    "pods is forbidden: User \"system:serviceaccount:default:web\" cannot list resource \"pods\""
                ]
            ],
            waiting("CrashLoopBackOff", last: "exitCode: 1")),
    ]

    static let images = [
        Fault(
            .imageNotFound, "pod/web", says: "app:1", waiting("ImagePullBackOff", "Back-off pulling image \"app:1\""),
            event(
                "Pod", "web", "Failed",
                "Failed to pull image \"app:1\": rpc error: code = NotFound desc = app:1: not found")
        ),
        Fault(
            .imageUnauthorized, "pod/web",
            waiting("ErrImagePull", "pull access denied, repository does not exist or may require authorization")),
        Fault(
            .registryUnreachable, "pod/web",
            waiting("ErrImagePull", "dial tcp 127.0.0.1:1: connect: connection refused")),
        Fault(
            .registryLimit, "pod/web", waiting("ErrImagePull", "toomanyrequests: You have reached your pull rate limit")
        ),
        Fault(.imagePull, "pod/web", waiting("ErrImagePull", "archive/tar: invalid tar header")),
        Fault(.invalidImage, "pod/web", waiting("InvalidImageName", "couldn't parse image reference \"App:1\"")),
        Fault(
            .imageNeverPulled, "pod/web",
            waiting("ErrImageNeverPull", "Container image \"app:1\" is not present with pull policy of Never")),
    ]

    /// What model servers and their GPUs die of.
    static let models = [
        Fault(
            .gpuMemory, "pod/web", says: "Tried to allocate",
            logs: ["default/web/c": ["torch.cuda.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB"]],
            waiting("CrashLoopBackOff", last: "exitCode: 1")),
        Fault(
            .gpuRuntime, "pod/web",
            logs: ["default/web/c": ["RuntimeError: CUDA error: uncorrectable ECC error encountered"]],
            waiting("CrashLoopBackOff", last: "exitCode: 1")),
        Fault(
            .modelNotFound, "pod/web",
            logs: ["default/web/c": ["OSError: /models/x does not appear to have a file named config.json."]],
            waiting("CrashLoopBackOff", last: "exitCode: 1")),
        Fault(
            .modelUnauthorized, "pod/web",
            logs: ["default/web/c": ["Access to model meta/llama is restricted. You must be authenticated"]],
            waiting("CrashLoopBackOff", last: "exitCode: 1")),
        Fault(
            .gpuLost, "pod/web", says: "GPU-1",
            pod(
                spec: "nodeName: n1",
                "phase: Failed, reason: Evicted, message: \"The pod's device is unhealthy: nvidia.com/gpu GPU-1. \"")),
        Fault(
            .gpuLost, "pod/web", says: "GPU-2",
            pod(
                spec: "nodeName: n1",
                "phase: Running, containerStatuses: [{name: c, ready: true, restartCount: 0, state: {running: {}}, "
                    + "allocatedResourcesStatus: [{name: nvidia.com/gpu, resources: [{resourceID: GPU-2, "
                    + "health: Unhealthy}]}]}]")),
    ]
}

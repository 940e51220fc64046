import Doctor

private let deleted = "deletionTimestamp: \"2026-11-21T13:30:00Z\""

/// A workload whose pods the API server does not take.
private func refused(_ cause: Cause, _ message: String, more: String...) -> Fault {
    Fault(
        cause, "replicaset/web",
        objects: [
            "{kind: ReplicaSet, metadata: \(meta("web")), spec: {replicas: 2}, status: {replicas: 0}}",
            event("ReplicaSet", "web", "FailedCreate", "Error creating: " + message),
        ] + more)
}

extension Fault {
    init(_ cause: Cause, _ subject: String, says: String = "", objects: [String]) {
        self.cause = cause
        self.subject = subject
        self.objects = objects
        self.says = says
    }

    static let nodes = [
        Fault(.nodeNotReady, "node/n1", says: "the agent says so", node(ready: "\"False\"")),
        Fault(.nodeUnreachable, "node/n1", node(ready: "Unknown")),
        Fault(.memoryPressure, "node/n1", node(conditions: ", {type: MemoryPressure, status: \"True\"}")),
        Fault(.diskPressure, "node/n1", node(conditions: ", {type: DiskPressure, status: \"True\"}")),
        Fault(.processPressure, "node/n1", node(conditions: ", {type: PIDPressure, status: \"True\"}")),
        Fault(.nodeNetwork, "node/n1", node(conditions: ", {type: NetworkUnavailable, status: \"True\"}")),
        Fault(
            .gpuUnhealthy, "node/n1", says: "capacity 8, allocatable 7",
            node(more: "capacity: {nvidia.com/gpu: \"8\"}, allocatable: {nvidia.com/gpu: \"7\"}")),
        Fault(
            .gpuDriverAway, "node/n1",
            node(more: "capacity: {nvidia.com/gpu: \"8\"}, allocatable: {nvidia.com/gpu: \"0\"}")),
        Fault(
            .evicted, "pod/web",
            pod(
                spec: "nodeName: n1",
                "phase: Failed, reason: Evicted, message: \"The node was low on resource: memory. \"")),
        Fault(.preempted, "pod/web", pod("phase: Failed, reason: Preempted, message: by a pod")),
        Fault(
            .rejectedByNode, "pod/web",
            pod(
                spec: "nodeName: n1",
                "phase: Failed, reason: UnexpectedAdmissionError, message: \"Pod was rejected: Allocate failed\"")),
        Fault(
            .rejectedByNode, "pod/web",
            pod(spec: "nodeName: n1", "phase: Failed, reason: OutOfnvidia.com/gpu, message: \"not enough\"")),
    ]

    static let storage = [
        Fault(
            .missingStorageClass, "persistentvolumeclaim/data", says: "fast",
            "{kind: PersistentVolumeClaim, metadata: \(meta("data")), spec: {storageClassName: fast}, "
                + "status: {phase: Pending}}"),
        Fault(
            .missingStorageClass, "persistentvolumeclaim/data", says: "no default",
            "{kind: PersistentVolumeClaim, metadata: \(meta("data")), spec: {}, status: {phase: Pending}}"),
        Fault(
            .provisioningFailed, "persistentvolumeclaim/data", says: "quota of the array",
            "{kind: PersistentVolumeClaim, metadata: \(meta("data")), spec: {storageClassName: fast}, "
                + "status: {phase: Pending}}",
            "{kind: StorageClass, metadata: \(meta("fast", "")), provisioner: x, volumeBindingMode: Immediate}",
            event("PersistentVolumeClaim", "data", "ProvisioningFailed", "over the quota of the array")),
        Fault(
            .lostClaim, "persistentvolumeclaim/data",
            "{kind: PersistentVolumeClaim, metadata: \(meta("data")), spec: {volumeName: pv-1}, status: {phase: Lost}}"),
    ]

    static let workloads = [
        Fault(
            .rolloutStuck, "deployment/web", says: "has timed out progressing",
            "{kind: Deployment, metadata: \(meta("web")), spec: {replicas: 3}, status: {replicas: 4, readyReplicas: 2, "
                + "updatedReplicas: 1, conditions: [{type: Progressing, status: \"False\", "
                + "reason: ProgressDeadlineExceeded, message: ReplicaSet web-2 has timed out progressing.}]}}"),
        Fault(
            .rolloutPaused, "deployment/web",
            "{kind: Deployment, metadata: \(meta("web")), spec: {replicas: 3, paused: true}, "
                + "status: {replicas: 3, updatedReplicas: 0}}"),
        Fault(
            .quotaExceeded, "replicaset/web", says: "pods: 5 of 5 used",
            "{kind: ReplicaSet, metadata: \(meta("web")), spec: {replicas: 2}, status: {replicas: 0}}",
            event(
                "ReplicaSet", "web", "FailedCreate",
                "Error creating: pods \"web-x\" is forbidden: exceeded quota: q, requested: pods=1, used: pods=5, "
                    + "limited: pods=5"),
            "{kind: ResourceQuota, metadata: \(meta("q")), status: {hard: {pods: \"5\"}, used: {pods: \"5\"}}}"),
        refused(.quotaExceeded, "pods \"web-x\" is forbidden: failed quota: q: must specify limits.memory for: c"),
        refused(.limitRange, "pods \"web-x\" is forbidden: maximum cpu usage per Container is 1, but limit is 4"),
        refused(
            .podSecurity,
            "pods \"web-x\" is forbidden: violates PodSecurity \"restricted:latest\": allowPrivilegeEscalation != false"
        ),
        refused(
            .webhookFailed,
            "Internal error occurred: failed calling webhook \"check.example.com\": no endpoints available"),
        refused(.webhookDenied, "admission webhook \"check.example.com\" denied the request: no owner label"),
        refused(
            .policyDenied,
            "pods \"web-x\" is forbidden: ValidatingAdmissionPolicy 'owners' with binding 'all' denied request: no owner"
        ),
        refused(
            .missingServiceAccount,
            "pods \"web-x\" is forbidden: error looking up service account default/web: serviceaccount \"web\" not found"
        ),
        refused(.forbidden, "pods is forbidden: User \"system:serviceaccount:kube-system:x\" cannot create resource"),
        refused(.podsRejected, "Pod \"web-x\" is invalid: spec.containers[0].image: Required value"),
        Fault(
            .webhookFailed, "validatingwebhookconfiguration/check", says: "is not there",
            "{kind: ValidatingWebhookConfiguration, metadata: \(meta("check", "")), webhooks: [{name: check.example.com, "
                + "failurePolicy: Fail, clientConfig: {service: {namespace: tools, name: check}}}]}"),
        Fault(
            .webhookFailed, "mutatingwebhookconfiguration/inject", says: "no pod that is ready",
            "{kind: MutatingWebhookConfiguration, metadata: \(meta("inject", "")), webhooks: [{name: i.example.com, "
                + "failurePolicy: Fail, clientConfig: {service: {namespace: tools, name: inject}}}]}",
            "{kind: Service, metadata: \(meta("inject", "tools")), spec: {ports: [{port: 443}]}}"),
        Fault(
            .jobFailed, "job/load", says: "BackoffLimitExceeded",
            "{kind: Job, metadata: \(meta("load")), spec: {}, status: {conditions: [{type: Failed, status: \"True\", "
                + "reason: BackoffLimitExceeded, message: Job has reached the specified backoff limit}]}}"),
        Fault(
            .jobDeadline, "job/load",
            "{kind: Job, metadata: \(meta("load")), spec: {}, status: {conditions: [{type: Failed, status: \"True\", "
                + "reason: DeadlineExceeded, message: Job was active longer than specified deadline}]}}"),
        Fault(
            .autoscaler, "horizontalpodautoscaler/web", says: "FailedGetResourceMetric",
            "{kind: HorizontalPodAutoscaler, metadata: \(meta("web")), spec: {}, status: {conditions: "
                + "[{type: ScalingActive, status: \"False\", reason: FailedGetResourceMetric, message: no metrics}]}}"),
    ]

    static let services = [
        Fault(
            .selectorMismatch, "service/web", says: "app=web",
            "{kind: Service, metadata: \(meta("web")), spec: {selector: {app: wbe}, ports: [{port: 80}]}}", running()),
        Fault(
            .portMismatch, "service/web", says: "http 8080",
            "{kind: Service, metadata: \(meta("web")), spec: {selector: {app: web}, ports: [{port: 80, targetPort: 80}]}}",
            running(ports: "{name: http, containerPort: 8080}")),
        Fault(
            .portMismatch, "service/web", says: "www",
            "{kind: Service, metadata: \(meta("web")), spec: {selector: {app: web}, ports: [{port: 80, targetPort: www}]}}",
            running(ports: "{name: http, containerPort: 8080}")),
        Fault(
            .noReadyEndpoints, "service/web", says: "nobody answers",
            "{kind: Service, metadata: \(meta("web")), spec: {selector: {app: web}, ports: [{port: 80}]}}",
            pod(
                more: "labels: {app: web}",
                "phase: Running, conditions: [{type: PodScheduled, status: \"True\"}, {type: Ready, status: \"False\"}]"
            )),
        Fault(
            .loadBalancer, "service/web",
            "{kind: Service, metadata: \(meta("web")), spec: {type: LoadBalancer, selector: {app: web}, "
                + "ports: [{port: 80}]}, status: {loadBalancer: {}}}", running()),
        Fault(
            .missingBackend, "ingress/web", says: "is not there",
            "{kind: Ingress, metadata: \(meta("web")), spec: {rules: [{http: {paths: [{path: /, pathType: Prefix, "
                + "backend: {service: {name: web, port: {number: 80}}}}]}}]}}"),
        Fault(
            .missingBackend, "ingress/web", says: "no such port",
            "{kind: Ingress, metadata: \(meta("web")), spec: {defaultBackend: {service: {name: web, "
                + "port: {name: http}}}}}",
            "{kind: Service, metadata: \(meta("web")), spec: {ports: [{port: 80}]}}"),
    ]

    static let removals = [
        Fault(
            .budgetBlocks, "poddisruptionbudget/web", says: "n1",
            "{kind: PodDisruptionBudget, metadata: \(meta("web")), spec: {selector: {matchLabels: {app: web}}}, "
                + "status: {disruptionsAllowed: 0, currentHealthy: 1, desiredHealthy: 1, expectedPods: 2}}",
            running(), node(spec: "unschedulable: true")),
        Fault(
            .budgetNeverAllows, "poddisruptionbudget/web",
            "{kind: PodDisruptionBudget, metadata: \(meta("web")), spec: {selector: {matchLabels: {app: web}}}, "
                + "status: {disruptionsAllowed: 0, currentHealthy: 2, desiredHealthy: 2, expectedPods: 2}}"),
        Fault(
            .finalizer, "pod/web", says: "example.com/hold",
            pod(spec: "nodeName: n1", more: "\(deleted), finalizers: [example.com/hold]", "phase: Running"), node()),
        Fault(
            .finalizer, "persistentvolumeclaim/data", says: "no pod uses it",
            "{kind: PersistentVolumeClaim, metadata: "
                + "\(meta("data", "default", "\(deleted), finalizers: [kubernetes.io/pvc-protection]")), spec: {}, "
                + "status: {phase: Bound}}"),
        Fault(
            .namespaceStuck, "namespace/old", says: "widgets.example.com",
            "{kind: Namespace, metadata: \(meta("old", "", deleted)), status: {phase: Terminating, conditions: "
                + "[{type: NamespaceContentRemaining, status: \"True\", message: widgets.example.com has 1 resource}]}}"
        ),
        Fault(
            .lostNode, "pod/web",
            objects: [
                pod(spec: "nodeName: n1", more: deleted, "phase: Running"),
                node(ready: "Unknown"),
            ]),
    ]

    /// Clusters in which nothing is wrong.
    static let healthy: [[String]] = [
        [],
        [node(more: "capacity: {cpu: \"4\", nvidia.com/gpu: \"2\"}, allocatable: {cpu: \"4\", nvidia.com/gpu: \"2\"}")],
        [running(), "{kind: Service, metadata: \(meta("web")), spec: {selector: {app: web}, ports: [{port: 80}]}}"],
        // Comes up: no event says that something fails.
        [waiting("ContainerCreating"), unready("{name: c, readinessProbe: {}}")],
        [waiting("PodInitializing")],
        // Ended well, and one whose place another has taken.
        [pod("phase: Succeeded, containerStatuses: [{name: c, state: {terminated: {exitCode: 0}}}]")],
        [
            pod(
                more: "ownerReferences: [{kind: ReplicaSet, name: web, uid: web, controller: true}]",
                "phase: Failed, reason: Evicted, message: low"),
            "{kind: ReplicaSet, metadata: \(meta("web")), spec: {replicas: 1}, status: {replicas: 1, readyReplicas: 1}}",
        ],
        // What served before a rollout: no pods are wanted, though those of the new version share a label.
        [
            "{kind: Service, metadata: \(meta("web-1")), spec: {selector: {app: web, version: \"1\"}, ports: [{port: 80}]}}",
            "{kind: Deployment, metadata: \(meta("web-1")), spec: {replicas: 0, template: {metadata: {labels: "
                + "{app: web, version: \"1\"}}, spec: {}}}}",
            running(),
        ],
        // Waits for a pod on purpose.
        [
            "{kind: PersistentVolumeClaim, metadata: \(meta("data")), spec: {storageClassName: local}, "
                + "status: {phase: Pending}}",
            "{kind: StorageClass, metadata: \(meta("local", "")), volumeBindingMode: WaitForFirstConsumer}",
        ],
        // Old refusals, when all pods are there.
        [
            "{kind: ReplicaSet, metadata: \(meta("web")), spec: {replicas: 1}, status: {replicas: 1}}",
            event("ReplicaSet", "web", "FailedCreate", "exceeded quota: q"),
        ],
        // Scaled to nothing, without a selector, elsewhere.
        [
            "{kind: Service, metadata: \(meta("web")), spec: {selector: {app: web}, ports: [{port: 80}]}}",
            "{kind: Deployment, metadata: \(meta("web")), spec: {replicas: 0, "
                + "template: {metadata: {labels: {app: web}}}}}",
        ],
        ["{kind: Service, metadata: \(meta("kubernetes")), spec: {ports: [{port: 443}]}}"],
        ["{kind: Service, metadata: \(meta("out")), spec: {type: ExternalName, externalName: example.com}}"],
        [
            "{kind: PodDisruptionBudget, metadata: \(meta("web")), "
                + "status: {disruptionsAllowed: 1, currentHealthy: 2, desiredHealthy: 1, expectedPods: 2}}"
        ],
        // Just deleted: it has its time.
        [
            pod(
                more: "deletionTimestamp: \"2026-11-21T13:59:30Z\", finalizers: [example.com/hold]", "phase: Running")
        ],
        [
            "{kind: ValidatingWebhookConfiguration, metadata: \(meta("check", "")), webhooks: [{name: c.example.com, "
                + "failurePolicy: Ignore, clientConfig: {service: {namespace: tools, name: check}}}]}"
        ],
    ]
}

import KubeAPI
import Machinery
import Readiness
import Testing

/// A namespace that is ready for its launch, object by object, so that a test can take one away or change it.
struct Launch {
    /// By what tests call them.
    var objects: [String: String] = [
        "namespace":
            "{kind: Namespace, metadata: {name: llm, labels: {pod-security.kubernetes.io/enforce: restricted}}}",
        "policy": """
        {kind: NetworkPolicy, metadata: {name: default-deny}, spec: {podSelector: {}, policyTypes: [Ingress]}}
        """,
        "account": "{kind: ServiceAccount, metadata: {name: chat}, automountServiceAccountToken: false}",
        "role": """
        {kind: Role, metadata: {name: own-key}, rules: [{apiGroups: [""], resources: [secrets], verbs: [get],
          resourceNames: [key]}]}
        """,
        "binding": """
        {kind: RoleBinding, metadata: {name: own-key}, roleRef: {kind: Role, name: own-key},
          subjects: [{kind: ServiceAccount, name: chat, namespace: llm}]}
        """,
        "secret": "{kind: Secret, metadata: {name: key, labels: {gantry.dev/team: search}}}",
        "node": """
        {kind: Node, metadata: {name: gpu-1}, spec: {taints: [{key: nvidia.com/gpu, value: present,
          effect: NoSchedule}]}, status: {capacity: {nvidia.com/gpu: 2}}}
        """,
        "quota": "{kind: ResourceQuota, metadata: {name: all}, spec: {hard: {requests.nvidia.com/gpu: 2, pods: 10}}}",
        "range": """
        {kind: LimitRange, metadata: {name: all}, spec: {limits: [{type: Container, default: {memory: 1Gi}}]}}
        """,
        "serving": Launch.deployment("chat-v2"),
        "previous": Launch.deployment("chat-v1"),
        "service": """
        {kind: ModelService, metadata: {name: chat}, spec: {model: {version: v2}, gpus: {count: 1},
          owner: {team: search, sloOwner: ada, rollbackOwner: grace},
          objectives: {timeToFirstTokenP95: 500ms, tokensPerSecond: 20, queueWaitP95: 1s, gpuMemory: 20Gi,
            costPerRequest: "0.01"}},
          status: {currentRevision: chat-v2, history: [
            {revision: chat-v2, version: v2, outcome: Promoted}, {revision: chat-v1, version: v1, outcome: Promoted}]}}
        """,
    ]
    var costs = ["model": "chat", "route": "llm/chat", "tenant": "shop", "class": "interactive"]
    var signals = SignalReading.Signal.allCases.map {
        SignalReading($0, metric: "m_\($0.rawValue)", before: 10, after: 25)
    }
    var drill: DrillResult? = {
        var drill = DrillResult(service: "chat")
        drill.requests = 120
        drill.steps = ["rolled back after 40 s"]
        return drill
    }()

    static func deployment(
        _ name: String,
        resources: String = "{requests: {cpu: 1, memory: 1Gi}, limits: {memory: 2Gi, nvidia.com/gpu: 1}}",
        more: String = ""
    ) -> String {
        """
        {kind: Deployment, metadata: {name: \(name), labels: {gantry.dev/model-service: chat}}, spec: {template: {spec: {
          serviceAccountName: chat, \(more)
          containers: [{name: server, resources: \(resources), env: [{name: KEY, valueFrom: {secretKeyRef: {name: key}}}]}]}}}}
        """
    }

    func picture() throws -> ReviewPicture {
        var picture = ReviewPicture(namespace: "llm", now: try Timestamp(rfc3339: "2026-11-22T12:00:00Z"))
        for (_, text) in objects.sorted(by: { $0.key < $1.key }) {
            add(try #require(try YAMLParser.parse(Array(text.utf8)).value.objectValue), to: &picture)
        }
        for (grouping, name) in costs {
            picture.costs[grouping] = ["rows": [["name": .string(name), "requests": 3]]]
        }
        picture.signals = signals
        picture.drill = drill
        return picture
    }

    private func add(_ json: JSONObject, to picture: inout ReviewPicture) {
        switch json.string("kind") ?? "" {
        case "Namespace": picture.namespace = Namespace(json: json)
        case "NetworkPolicy": picture.policies.append(NetworkPolicy(json: json))
        case "ServiceAccount": picture.accounts.append(ServiceAccount(json: json))
        case "Role": picture.roles.append(Role(json: json))
        case "RoleBinding": picture.roleBindings.append(RoleBinding(json: json))
        case "ClusterRole": picture.clusterRoles.append(ClusterRole(json: json))
        case "ClusterRoleBinding": picture.clusterRoleBindings.append(ClusterRoleBinding(json: json))
        case "Secret": picture.secrets.append(ObjectMeta(json["metadata"]))
        case "Node": picture.nodes.append(Node(json: json))
        case "ResourceQuota": picture.quotas.append(ResourceQuota(json: json))
        case "LimitRange": picture.limitRanges.append(LimitRange(json: json))
        case "Deployment": picture.deployments.append(Deployment(json: json))
        case "StatefulSet": picture.statefulSets.append(StatefulSet(json: json))
        case "ModelService": picture.services.append(ReviewedService(json: json))
        case "ReadinessException": picture.exceptions.append(ReadinessException(json: json))
        default: Issue.record("no such kind: \(json)")
        }
    }
}

/// One thing that is missing, and the row that must fail for it.
struct Lack: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let row: String
    /// Words of the evidence.
    let says: String
    let change: @Sendable (inout Launch) -> Void

    init(_ description: String, _ row: String, says: String, _ change: @escaping @Sendable (inout Launch) -> Void) {
        testDescription = description
        self.row = row
        self.says = says
        self.change = change
    }

    static func without(_ object: String, _ row: String, says: String) -> Lack {
        Lack("without \(object)", row, says: says) { $0.objects[object] = nil }
    }

    static func edit(_ object: String, _ old: String, _ new: String, _ row: String, says: String) -> Lack {
        Lack("\(object): \"\(new)\" for \"\(old)\"", row, says: says) { launch in
            launch.objects[object] = launch.objects[object]?.replacing(old, with: new)
        }
    }

    static func grant(_ rule: String, says: String) -> Lack {
        Lack("the account may \(rule)", "ServiceAccountReach", says: says) { launch in
            launch.objects["extra role"] = "{kind: ClusterRole, metadata: {name: much}, rules: [\(rule)]}"
            launch.objects["extra binding"] = """
                {kind: ClusterRoleBinding, metadata: {name: much}, roleRef: {kind: ClusterRole, name: much},
                  subjects: [{kind: Group, name: "system:serviceaccounts:llm"}]}
                """
        }
    }

    static let all: [Lack] = [
        .edit("namespace", "enforce: restricted", "warn: restricted", "PodSecurity", says: "has no label"),
        .edit("namespace", "enforce: restricted", "enforce: privileged", "PodSecurity", says: "enforces nothing"),
        .without("policy", "NetworkPolicy", says: "policies: none"),
        .edit(
            "policy", "podSelector: {}", "podSelector: {matchLabels: {app: a}}", "NetworkPolicy", says: "default-deny"),
        .edit("policy", "[Ingress]", "[Ingress], ingress: [{}]", "NetworkPolicy", says: "no policy denies"),
        .edit("policy", "[Ingress]", "[Egress]", "NetworkPolicy", says: "no policy denies"),
        .grant("{apiGroups: [\"\"], resources: [secrets], verbs: [list]}", says: "may read all secrets"),
        .grant("{apiGroups: [\"*\"], resources: [\"*\"], verbs: [get]}", says: "may get every resource"),
        .grant("{apiGroups: [\"\"], resources: [configmaps], verbs: [\"*\"]}", says: "may do anything with configmaps"),
        .grant("{apiGroups: [\"\"], resources: [pods], verbs: [create]}", says: "may make pods"),
        .grant("{apiGroups: [apps], resources: [deployments], verbs: [patch]}", says: "may make pods by deployments"),
        .grant("{apiGroups: [\"\"], resources: [pods/exec], verbs: [create]}", says: "may run commands"),
        .grant("{apiGroups: [rbac.authorization.k8s.io], resources: [roles], verbs: [bind]}", says: "may bind roles"),
        .edit("role", "resourceNames: [key]", "resourceNames: []", "ServiceAccountReach", says: "rolebinding/own-key"),
        .edit("account", "false", "true", "ServiceAccountToken", says: "mounts a token of chat"),
        .without("account", "ServiceAccountToken", says: "mounts a token of chat"),
        .edit("secret", "gantry.dev/team: search", "app: chat", "SecretOwnership", says: "secret/key has no owner"),
        .without("secret", "SecretOwnership", says: "which is not there"),
        .edit("serving", "memory: 2Gi, ", "", "RequestsAndLimits", says: "has no limits.memory"),
        .edit("serving", "cpu: 1, ", "", "RequestsAndLimits", says: "has no requests.cpu"),
        Lack("no limit of GPUs", "GPULimits", says: "no container has a limit of GPUs") { launch in
            launch.objects["serving"] = Launch.deployment(
                "chat-v2", resources: "{requests: {cpu: 1}, limits: {memory: 2Gi, cpu: 1}}",
                more: "nodeSelector: {pool: gpu}, ")
        },
        Lack("on CPUs, on any node", "NodePlacement", says: "any node may get it") { launch in
            launch.objects["serving"] = Launch.deployment(
                "chat-v2", resources: "{requests: {cpu: 1}, limits: {memory: 2Gi, cpu: 1}}")
            launch.objects["service"] = launch.objects["service"]?.replacing("count: 1", with: "count: 0")
        },
        .without("quota", "ResourceQuota", says: "has no ResourceQuota"),
        .edit("quota", "requests.nvidia.com/gpu: 2, ", "", "ResourceQuota", says: "requests.nvidia.com/gpu"),
        .without("range", "LimitRange", says: "no LimitRange"),
        .without("previous", "PreviousRevision", says: "no revision is kept"),
        .edit("service", "v1, outcome: Promoted", "v1, outcome: RolledBack", "PreviousRevision", says: "served before"),
        Lack("requests failed in the drill", "RollbackDrill", says: "3 failed") { $0.drill?.failed = 3 },
        Lack("no request was sent in the drill", "RollbackDrill", says: "0 requests") { $0.drill?.requests = 0 },
        Lack("the drill went wrong", "RollbackDrill", says: "never rolled back") {
            $0.drill?.problem = "never rolled back"
        },
        Lack("a signal is missing", "Signals", says: "QueueWait: there is no such metric") { launch in
            launch.signals.removeAll { $0.signal == .queueWait }
        },
        Lack("a signal stands still", "Signals", says: "TTFT: m_TTFT 10 to 10: it does not move") { launch in
            launch.signals[0].after = 10
        },
        Lack("no GPU memory", "Signals", says: "GPUMemory") { launch in
            for index in launch.signals.indices where launch.signals[index].signal == .gpuMemory {
                launch.signals[index].after = 0
            }
        },
        Lack("no tenant is known", "CostGroups", says: "tenant: no request was charged") {
            $0.costs["tenant"] = "__idle__"
        },
        Lack("no books", "CostGroups", says: "route: the books could not be read") { $0.costs["route"] = nil },
        .edit("service", ", sloOwner: ada", "", "Ownership", says: "spec.owner.sloOwner is not set"),
        .edit("service", "owner: {team: search, sloOwner: ada, rollbackOwner: grace},", "", "Ownership", says: "team"),
        .edit("service", "gpuMemory: 20Gi,", "", "Objectives", says: "has no gpuMemory"),
        .edit("service", ", queueWaitP95: 1s", "", "Objectives", says: "has no queueWaitP95"),
    ]
}

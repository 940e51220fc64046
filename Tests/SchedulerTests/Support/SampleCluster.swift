import KubeAPI
import Machinery
import Scheduler

/// Numbers that look random and are the same every time.
struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number below the bound.
    mutating func roll(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

    /// True once in so many times.
    mutating func oneIn(_ count: Int) -> Bool { roll(count) == 0 }

    mutating func pick<T>(_ values: [T]) -> T { values[roll(values.count)] }
}

/// A condition on a label, as nodes' and pods' selectors have them.
struct SampleExpression {
    var key: String
    var operation: String
    var values: [String]

    var json: JSON {
        var object: JSONObject = ["key": .string(key), "operator": .string(operation)]
        if !values.isEmpty { object["values"] = .array(values.map(JSON.string)) }
        return .object(object)
    }

    func holds(_ labels: [String: String]) -> Bool {
        let value = labels[key]
        switch operation {
        case "In": return value != nil && values.contains(value ?? "")
        case "NotIn": return value == nil || !values.contains(value ?? "")
        case "Exists": return value != nil
        case "DoesNotExist": return value == nil
        case "Gt": return (Int(value ?? "") ?? .min) > (Int(values[0]) ?? 0) && Int(value ?? "") != nil
        default: return (Int(value ?? "") ?? .max) < (Int(values[0]) ?? 0) && Int(value ?? "") != nil
        }
    }
}

/// A term of affinity between pods.
struct SampleTerm {
    var expressions: [SampleExpression]
    var topology: String
    var namespaces: [String] = []
    /// Selects namespaces by the label `team`.
    var team: String?

    var json: JSONObject {
        var object: JSONObject = [
            "labelSelector": ["matchExpressions": .array(expressions.map(\.json))], "topologyKey": .string(topology),
        ]
        if !namespaces.isEmpty { object["namespaces"] = .array(namespaces.map(JSON.string)) }
        if let team { object["namespaceSelector"] = ["matchLabels": ["team": .string(team)]] }
        return object
    }

    func covers(_ pod: SamplePod, of owner: SamplePod, teams: [String: String]) -> Bool {
        let own = namespaces.isEmpty && team == nil
        let isInReach =
            own
            ? pod.namespace == owner.namespace
            : namespaces.contains(pod.namespace) || (team != nil && teams[pod.namespace] == team)
        return isInReach && expressions.allSatisfy { $0.holds(pod.labels) }
    }
}

struct SampleConstraint {
    var topology: String
    var skew: Int
    var isRequired: Bool
    var expression: SampleExpression
    var minDomains: Int?
    var ignoresAffinity = false
    var honorsTaints = false

    var json: JSON {
        var object: JSONObject = [
            "topologyKey": .string(topology), "maxSkew": .int(Int64(skew)),
            "whenUnsatisfiable": isRequired ? "DoNotSchedule" : "ScheduleAnyway",
            "labelSelector": ["matchExpressions": [expression.json]],
        ]
        if let minDomains { object["minDomains"] = .int(Int64(minDomains)) }
        if ignoresAffinity { object["nodeAffinityPolicy"] = "Ignore" }
        if honorsTaints { object["nodeTaintsPolicy"] = "Honor" }
        return .object(object)
    }
}

struct SampleTaint {
    var key: String
    var value: String
    var effect: String
}

struct SampleToleration {
    var key: String
    var operation: String
    var value: String
    var effect: String

    func bears(_ taint: SampleTaint) -> Bool {
        if !effect.isEmpty, effect != taint.effect { return false }
        if !key.isEmpty, key != taint.key { return false }
        return operation == "Exists" || value == taint.value
    }
}

struct SampleNode {
    var name: String
    var labels: [String: String]
    var taints: [SampleTaint]
    var isCordoned: Bool
    var cpu: Int
    var memory: Int
    var pods: Int
    var gadgets: Int
    var images: [String: Int]

    var node: Node {
        var node = Node(name: name)
        node.metadata.labels = labels
        node.json["spec"] = [
            "unschedulable": .bool(isCordoned),
            "taints": .array(
                taints.map { ["key": .string($0.key), "value": .string($0.value), "effect": .string($0.effect)] }),
        ]
        node.json["status"] = [
            "allocatable": [
                "cpu": .string("\(cpu)m"), "memory": .string("\(memory)"), "pods": .string("\(pods)"),
                "example.com/gadget": .string("\(gadgets)"),
            ],
            "images": .array(
                images.map { ["names": [.string($0.key)], "sizeBytes": .int(Int64($0.value))] }),
        ]
        return node
    }
}

struct SamplePod {
    var name: String
    var namespace: String
    var labels: [String: String]
    /// `nil` where the container says nothing.
    var cpu: Int?
    var memory: Int?
    var gadgets = 0
    var port: Int?
    var address: String?
    var image = "a:1"
    var priority = 0
    var isBeingDeleted = false
    var selector: [String: String] = [:]
    var required: [[SampleExpression]] = []
    var preferred: [(weight: Int, terms: [SampleExpression])] = []
    var tolerations: [SampleToleration] = []
    var near: [SampleTerm] = []
    var far: [SampleTerm] = []
    /// Negative weights are aversions.
    var wishes: [(weight: Int, term: SampleTerm)] = []
    var constraints: [SampleConstraint] = []

    var pod: Pod {
        var pod = Pod(name: name, namespace: namespace)
        pod.metadata.uid = "uid-\(name)"
        pod.metadata.labels = labels
        if isBeingDeleted { pod.metadata.json["deletionTimestamp"] = "2026-01-01T00:00:00Z" }
        var requests: JSONObject = [:]
        if let cpu { requests["cpu"] = .string("\(cpu)m") }
        if let memory { requests["memory"] = .string("\(memory)") }
        if gadgets > 0 { requests["example.com/gadget"] = .string("\(gadgets)") }
        var container: JSONObject = [
            "name": "c", "image": .string(image), "resources": ["requests": .object(requests)],
        ]
        if let port {
            var entry: JSONObject = ["containerPort": .int(Int64(port)), "hostPort": .int(Int64(port))]
            if let address { entry["hostIP"] = .string(address) }
            container["ports"] = [.object(entry)]
        }
        pod.json["spec"] = .object(spec(container))
        return pod
    }

    private func spec(_ container: JSONObject) -> JSONObject {
        var spec: JSONObject = [
            "containers": [.object(container)], "priority": .int(Int64(priority)),
            "nodeSelector": .object(JSONObject(selector.map { ($0.key, JSON.string($0.value)) })),
            "tolerations": .array(
                tolerations.map {
                    [
                        "key": .string($0.key), "operator": .string($0.operation), "value": .string($0.value),
                        "effect": .string($0.effect),
                    ]
                }),
            "topologySpreadConstraints": .array(constraints.map(\.json)),
        ]
        var affinity: JSONObject = [:]
        var nodeAffinity: JSONObject = [:]
        if !required.isEmpty {
            nodeAffinity["requiredDuringSchedulingIgnoredDuringExecution"] = [
                "nodeSelectorTerms": .array(required.map { ["matchExpressions": .array($0.map(\.json))] })
            ]
        }
        if !preferred.isEmpty {
            nodeAffinity["preferredDuringSchedulingIgnoredDuringExecution"] = .array(
                preferred.map {
                    [
                        "weight": .int(Int64($0.weight)),
                        "preference": ["matchExpressions": .array($0.terms.map(\.json))],
                    ]
                })
        }
        if !nodeAffinity.isEmpty { affinity["nodeAffinity"] = .object(nodeAffinity) }
        func between(_ required: [SampleTerm], _ wishes: [(weight: Int, term: SampleTerm)]) -> JSON {
            [
                "requiredDuringSchedulingIgnoredDuringExecution": .array(required.map { .object($0.json) }),
                "preferredDuringSchedulingIgnoredDuringExecution": .array(
                    wishes.map {
                        ["weight": .int(Int64(abs($0.weight))), "podAffinityTerm": .object($0.term.json)]
                    }),
            ]
        }
        if !near.isEmpty || !far.isEmpty || !wishes.isEmpty {
            affinity["podAffinity"] = between(near, wishes.filter { $0.weight > 0 })
            affinity["podAntiAffinity"] = between(far, wishes.filter { $0.weight < 0 })
        }
        if !affinity.isEmpty { spec["affinity"] = .object(affinity) }
        return spec
    }
}

/// A small cluster with pods on its nodes.
struct SampleCluster {
    var nodes: [SampleNode]
    var placed: [(pod: SamplePod, node: Int)]
    /// By namespace: its label `team`.
    var teams: [String: String]

    /// The scheduler's view of it; slots are the nodes' places.
    func state() -> ClusterState {
        var state = ClusterState()
        for node in nodes { state.updateNode(node.node) }
        for (name, team) in teams { state.namespaces[name] = ["team": team] }
        for (pod, node) in placed { state.confirm(state.info(pod.pod), on: nodes[node].name) }
        return state
    }

    func pods(on node: Int) -> [SamplePod] { placed.filter { $0.node == node }.map(\.pod) }
}

extension Dice {
    private static let mebibyte = 1024 * 1024

    mutating func expression() -> SampleExpression {
        let key = pick(["app", "tier"])
        switch roll(6) {
        case 0: return SampleExpression(key: key, operation: "NotIn", values: [pick(["a", "b"])])
        case 1: return SampleExpression(key: key, operation: "Exists", values: [])
        case 2: return SampleExpression(key: key, operation: "DoesNotExist", values: [])
        default:
            return SampleExpression(
                key: key, operation: "In", values: oneIn(3) ? ["a", "b"] : [pick(["a", "b", "c"])])
        }
    }

    mutating func nodeExpression() -> SampleExpression {
        switch roll(7) {
        case 0: SampleExpression(key: "disk", operation: "NotIn", values: ["ssd"])
        case 1: SampleExpression(key: "disk", operation: "Exists", values: [])
        case 2: SampleExpression(key: "disk", operation: "DoesNotExist", values: [])
        case 3: SampleExpression(key: "rank", operation: "Gt", values: ["\(roll(4))"])
        case 4: SampleExpression(key: "rank", operation: "Lt", values: ["\(roll(4))"])
        case 5: SampleExpression(key: "zone", operation: "In", values: [pick(["z1", "z2"]), "z3"])
        default: SampleExpression(key: "disk", operation: "In", values: [pick(["ssd", "hdd", "tape"])])
        }
    }

    mutating func term() -> SampleTerm {
        var term = SampleTerm(
            expressions: oneIn(4) ? [expression(), expression()] : [expression()],
            topology: pick(["zone", "kubernetes.io/hostname", "rack"]))
        if oneIn(4) { term.namespaces = [pick(["one", "two"])] }
        if oneIn(5) { term.team = pick(["red", "blue"]) }
        return term
    }

    mutating func constraint() -> SampleConstraint {
        SampleConstraint(
            topology: pick(["zone", "kubernetes.io/hostname", "rack"]), skew: 1 + roll(3), isRequired: oneIn(2),
            expression: expression(), minDomains: nil, ignoresAffinity: oneIn(4), honorsTaints: oneIn(4))
    }

    mutating func node(_ number: Int) -> SampleNode {
        var labels = ["kubernetes.io/hostname": "n\(number)"]
        if !oneIn(8) { labels["zone"] = pick(["z1", "z2", "z3"]) }
        if oneIn(2) { labels["rack"] = pick(["r1", "r2"]) }
        if oneIn(2) { labels["disk"] = pick(["ssd", "hdd"]) }
        if oneIn(2) { labels["rank"] = oneIn(9) ? "high" : "\(roll(5))" }
        var taints: [SampleTaint] = []
        for _ in 0..<(oneIn(2) ? roll(3) : 0) {
            taints.append(
                SampleTaint(
                    key: pick(["k", "l"]), value: pick(["", "v", "w"]),
                    effect: pick(["NoSchedule", "PreferNoSchedule", "NoExecute"])))
        }
        var images: [String: Int] = [:]
        for image in ["a:1", "b:latest"] where oneIn(3) { images[image] = roll(1200) * Self.mebibyte }
        return SampleNode(
            name: "n\(number)", labels: labels, taints: taints, isCordoned: oneIn(9),
            cpu: oneIn(20) ? 0 : 500 + roll(3500),
            memory: (256 + roll(4096)) * Self.mebibyte, pods: 1 + roll(8), gadgets: oneIn(2) ? 0 : roll(4),
            images: images)
    }

    mutating func pod(_ name: String) -> SamplePod {
        var pod = SamplePod(
            name: name, namespace: pick(["one", "one", "two"]),
            labels: ["app": pick(["a", "b", "c"])], cpu: oneIn(3) ? nil : roll(1500),
            memory: oneIn(3) ? nil : roll(1024) * Self.mebibyte)
        if oneIn(3) { pod.labels["tier"] = pick(["a", "b"]) }
        if oneIn(5) { pod.gadgets = roll(3) }
        if oneIn(5) {
            pod.port = 8000 + roll(2)
            pod.address = pick([nil, "10.0.0.1", "10.0.0.2", "0.0.0.0"])
        }
        pod.image = pick(["a", "a:1", "b", "registry:5000/b", "c:2"])
        pod.priority = roll(3) * 10
        pod.isBeingDeleted = oneIn(10)
        if oneIn(4) { pod.selector = ["disk": pick(["ssd", "hdd"])] }
        if oneIn(3) {
            for _ in 0...roll(2) {
                pod.required.append(oneIn(3) ? [nodeExpression(), nodeExpression()] : [nodeExpression()])
            }
        }
        for _ in 0..<(oneIn(3) ? 1 + roll(2) : 0) { pod.preferred.append((1 + roll(100), [nodeExpression()])) }
        for _ in 0..<roll(3) {
            pod.tolerations.append(
                SampleToleration(
                    key: pick(["k", "l", "node.kubernetes.io/unschedulable"]), operation: pick(["Exists", "Equal"]),
                    value: pick(["", "v"]), effect: pick(["", "NoSchedule", "PreferNoSchedule"])))
        }
        if oneIn(3) { pod.near = oneIn(4) ? [term(), term()] : [term()] }
        if oneIn(3) { pod.far = oneIn(4) ? [term(), term()] : [term()] }
        for _ in 0..<(oneIn(3) ? 1 + roll(2) : 0) { pod.wishes.append(((1 + roll(100)) * (oneIn(2) ? 1 : -1), term())) }
        if oneIn(2) {
            for _ in 0...roll(2) { pod.constraints.append(constraint()) }
            for index in pod.constraints.indices where pod.constraints[index].isRequired && oneIn(3) {
                pod.constraints[index].minDomains = 1 + roll(4)
            }
        }
        return pod
    }

    mutating func cluster() -> SampleCluster {
        var nodes: [SampleNode] = []
        for number in 0...(1 + roll(6)) { nodes.append(node(number)) }
        var placed: [(pod: SamplePod, node: Int)] = []
        for number in 0..<roll(10) { placed.append((pod("p\(number)"), roll(nodes.count))) }
        return SampleCluster(nodes: nodes, placed: placed, teams: ["one": "red", "two": "blue"])
    }
}

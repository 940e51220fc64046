import Foundation
import Scheduler

extension Reference {
    func scores(_ plugin: PluginName) -> [Int64]? {
        switch plugin {
        case .taintToleration: scaled(nodes.map(softTaints), reversed: true)
        case .nodeAffinity:
            pod.preferred.isEmpty ? nodes.map { _ in 0 } : scaled(nodes.map(preference), reversed: false)
        case .nodeResourcesFit: nodes.indices.map(leastAllocated)
        case .nodeResourcesBalancedAllocation: nodes.indices.map(balance)
        case .imageLocality: nodes.map(images)
        case .interPodAffinity: podAffinityScores()
        case .podTopologySpread: spreadScores()
        default: nil
        }
    }

    private func scaled(_ raw: [Int], reversed: Bool) -> [Int64] {
        let most = raw.max() ?? 0
        return raw.map { score in
            let part = most == 0 ? 0 : score * 100 / most
            return Int64(reversed ? 100 - part : part)
        }
    }

    private func softTaints(_ node: SampleNode) -> Int {
        node.taints.filter { taint in
            taint.effect == "PreferNoSchedule" && !pod.tolerations.contains { $0.bears(taint) }
        }.count
    }

    private func preference(_ node: SampleNode) -> Int {
        pod.preferred.filter { wish in wish.terms.allSatisfy { $0.holds(node.labels) } }.reduce(0) { $0 + $1.weight }
    }

    private func leastAllocated(_ node: Int) -> Int64 {
        let others = cluster.pods(on: node) + [pod]
        let cpu = others.reduce(0) { $0 + ($1.cpu ?? Self.defaultCPU) }
        let memory = others.reduce(0) { $0 + ($1.memory ?? Self.defaultMemory) }
        var parts: [Int] = []
        for (used, capacity) in [(cpu, nodes[node].cpu), (memory, nodes[node].memory)] where capacity > 0 {
            parts.append(used > capacity ? 0 : (capacity - used) * 100 / capacity)
        }
        return parts.isEmpty ? 0 : Int64(parts.reduce(0, +) / parts.count)
    }

    private func balance(_ node: Int) -> Int64 {
        if (pod.cpu ?? 0) == 0, (pod.memory ?? 0) == 0 { return 0 }
        func evenness(_ pods: [SamplePod]) -> Int {
            var shares: [Double] = []
            if nodes[node].cpu > 0 {
                shares.append(min(1, Double(pods.reduce(0) { $0 + ($1.cpu ?? 0) }) / Double(nodes[node].cpu)))
            }
            if nodes[node].memory > 0 {
                shares.append(min(1, Double(pods.reduce(0) { $0 + ($1.memory ?? 0) }) / Double(nodes[node].memory)))
            }
            let deviation = shares.count == 2 ? abs((shares[0] - shares[1]) / 2) : 0
            return Int((1 - deviation) * 100)
        }
        let others = cluster.pods(on: node)
        return Int64(50 + (50 + evenness(others + [pod]) - evenness(others)) / 2)
    }

    private func images(_ node: SampleNode) -> Int64 {
        let tagged = pod.image.split(separator: "/").last?.contains(":") ?? false
        let name = tagged ? pod.image : pod.image + ":latest"
        let holders = nodes.filter { $0.images[name] != nil }.count
        let size = node.images[name].map { Int(Double($0) * (Double(holders) / Double(nodes.count))) } ?? 0
        let (least, most) = (23 * 1024 * 1024, 1000 * 1024 * 1024)
        return Int64(100 * (max(least, min(size, most)) - least) / (most - least))
    }

    private func podAffinityScores() -> [Int64] {
        var sums = [Int](repeating: 0, count: nodes.count)
        func add(_ weight: Int, _ topology: String, near place: Int) {
            guard let domain = nodes[place].labels[topology] else { return }
            for index in nodes.indices where nodes[index].labels[topology] == domain { sums[index] += weight }
        }
        for (other, place) in cluster.placed {
            for wish in pod.wishes where wish.term.covers(other, of: pod, teams: cluster.teams) {
                add(wish.weight, wish.term.topology, near: place)
            }
            for term in other.near where term.covers(pod, of: other, teams: cluster.teams) {
                add(1, term.topology, near: place)
            }
            for wish in other.wishes where wish.term.covers(pod, of: other, teams: cluster.teams) {
                add(wish.weight, wish.term.topology, near: place)
            }
        }
        guard let most = sums.max(), let least = sums.min(), most > least else { return nodes.map { _ in 0 } }
        return sums.map { Int64(100 * (Double($0 - least) / Double(most - least))) }
    }

    private func spreadScores() -> [Int64] {
        let soft = pod.constraints.filter { !$0.isRequired }
        if soft.isEmpty { return nodes.map { _ in 0 } }
        let usable = nodes.indices.filter { node in soft.allSatisfy { nodes[node].labels[$0.topology] != nil } }
        var raw: [Int: Int] = [:]
        for node in usable {
            var sum = 0.0
            for constraint in soft {
                let isHost = constraint.topology == "kubernetes.io/hostname"
                let domain = nodes[node].labels[constraint.topology]
                let domains = Set(usable.map { nodes[$0].labels[constraint.topology] }).count
                let size = isHost ? usable.count : domains
                var count = 0
                for other in nodes.indices where nodes[other].labels[constraint.topology] == domain {
                    guard isHost ? other == node : isEligible(nodes[other], constraint, among: soft) else { continue }
                    count += cluster.pods(on: other).filter { isCounted($0, constraint) }.count
                }
                sum += Double(count) * log(Double(size + 2)) + Double(constraint.skew - 1)
            }
            raw[node] = Int(sum.rounded())
        }
        let most = raw.values.max() ?? 0
        let least = raw.values.min() ?? 0
        return nodes.indices.map { node in
            guard let score = raw[node] else { return 0 }
            return most == 0 ? 100 : Int64(100 * (most + least - score) / most)
        }
    }
}

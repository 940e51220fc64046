import Foundation
import KubeAPI
import Scheduler
import Testing

@Suite("Plugins on random clusters")
struct PluginPropertyTests {
    /// `GANTRY_PROPERTY_CLUSTERS=10000` makes a hundred thousand cases of it.
    static let clusters =
        ProcessInfo.processInfo.environment["GANTRY_PROPERTY_CLUSTERS"].flatMap { Int($0) } ?? 200
    static let podsPerCluster = 10

    @Test("say what a straightforward reading of the rules says")
    func agreeWithReference() {
        var failures = 0
        for seed in 0..<Self.clusters where failures < 5 {
            var dice = Dice(seed: UInt64(seed))
            let sample = dice.cluster()
            var state = sample.state()
            let nodes = sample.nodes.compactMap { state.slot(of: $0.name) }
            for number in 0..<Self.podsPerCluster {
                let pod = dice.pod("new\(number)")
                let info = state.info(pod.pod)
                let reference = Reference(cluster: sample, pod: pod)
                for (plugin, verdicts) in Profile.standard.verdicts(info, nodes, in: &state) {
                    guard let expected = reference.verdicts(plugin), expected != verdicts else { continue }
                    failures += 1
                    Issue.record("seed \(seed), pod \(number), filter of \(plugin.text): \(verdicts), not \(expected)")
                }
                for (plugin, scores) in Profile.standard.scores(info, nodes, in: &state) {
                    guard let expected = reference.scores(plugin), expected != scores else { continue }
                    failures += 1
                    Issue.record("seed \(seed), pod \(number), score of \(plugin.text): \(scores), not \(expected)")
                }
            }
        }
        #expect(failures == 0)
    }

    @Test("keep their counts right while pods come and go")
    func countsFollow() {
        for seed in 0..<(Self.clusters / 10) {
            var dice = Dice(seed: UInt64(seed) + 1_000_000)
            var sample = dice.cluster()
            var state = sample.state()
            let nodes = sample.nodes.compactMap { state.slot(of: $0.name) }
            let pod = dice.pod("new")
            let info = state.info(pod.pod)
            for step in 0..<12 {
                if dice.oneIn(3), !sample.placed.isEmpty {
                    let gone = sample.placed.remove(at: dice.roll(sample.placed.count))
                    state.removePod(uid: "uid-\(gone.pod.name)")
                } else {
                    let (new, node) = (dice.pod("s\(step)"), dice.roll(sample.nodes.count))
                    sample.placed.append((new, node))
                    state.assume(state.info(new.pod), on: nodes[node])
                }
                if dice.oneIn(4) {
                    let index = dice.roll(sample.nodes.count)
                    sample.nodes[index] = dice.node(index)
                    state.updateNode(sample.nodes[index].node)
                }
                let reference = Reference(cluster: sample, pod: pod)
                for (plugin, verdicts) in Profile.standard.verdicts(info, nodes, in: &state) {
                    guard let expected = reference.verdicts(plugin) else { continue }
                    #expect(expected == verdicts, "seed \(seed), step \(step), \(plugin.text)")
                }
                for (plugin, scores) in Profile.standard.scores(info, nodes, in: &state) {
                    guard let expected = reference.scores(plugin) else { continue }
                    #expect(expected == scores, "seed \(seed), step \(step), \(plugin.text)")
                }
            }
        }
    }

    @Test("together bind only what fits when recomputed from nothing")
    func boundFits() {
        for seed in 0..<(Self.clusters / 5) {
            var dice = Dice(seed: UInt64(seed) + 2_000_000)
            var sample = dice.cluster()
            var state = sample.state()
            var search = Profile.Search()
            var template = dice.pod("template")
            for number in 0..<18 {
                // Pods of one template come in bursts: what was kept of the last one must still be right.
                if number % 4 == 0 { template = dice.pod("template") }
                var pod = template
                pod.name = "new\(number)"
                let info = state.info(pod.pod)
                let reference = Reference(cluster: sample, pod: pod)
                let plugins: [PluginName] = [
                    .nodeUnschedulable, .taintToleration, .nodeAffinity, .nodePorts, .nodeResourcesFit,
                    .interPodAffinity, .podTopologySpread,
                ]
                let fitting = sample.nodes.indices.filter { node in
                    plugins.allSatisfy { reference.verdicts($0)?[node].isSuccess ?? false }
                }
                switch Profile.standard.decide(info, in: &state, &search) {
                case .node(let placement):
                    let node = sample.nodes.firstIndex { $0.name == state.nodes[placement.node].name } ?? -1
                    #expect(fitting.contains(node), "seed \(seed), pod \(number)")
                    state.assume(info, on: placement.node)
                    sample.placed.append((pod, node))
                case .unschedulable: #expect(fitting.isEmpty, "seed \(seed), pod \(number)")
                case .failed(let message): Issue.record("\(message)")
                }
            }
        }
    }
}

import KubeAPI
import Machinery

extension Scheduler {
    /// Asks the extenders of a pod about the nodes that fit, and has the decision made.
    /// - Returns: the binding to be seen to, where there is one.
    func consult(_ consultation: SchedulerCore.Consultation) async -> SchedulerCore.PendingBinding? {
        let advice = await advice(consultation)
        var outcome = SchedulerCore.Outcome.skipped
        wake { outcome = $0.core.consulted(consultation, advice, now: .now) }
        return settle(outcome)
    }

    private func advice(_ consultation: SchedulerCore.Consultation) async -> SchedulerCore.Advice {
        var advice = SchedulerCore.Advice(nodes: consultation.nodes)
        guard var pod = informers.pods.get(consultation.pod.info.key)?.json else { return advice }
        pod["apiVersion"] = "v1"
        pod["kind"] = "Pod"
        var objects: [String: Node] = [:]
        if consultation.extenders.contains(where: { !$0.knowsNodes }) {
            for name in consultation.nodes { objects[name] = informers.nodes.get(ObjectKey(namespace: "", name: name)) }
        }
        for extender in consultation.extenders where !extender.filterVerb.isEmpty && !advice.nodes.isEmpty {
            do {
                let verdict = try await extenders.filter(extender, pod, advice.nodes, objects)
                advice.nodes = verdict.nodes
                advice.refused += verdict.refused
            } catch {
                if extender.isIgnorable {
                    log.report("scheduler", "extender \(extender.url) is ignored: \(error)")
                } else {
                    advice.failure = "extender \(extender.url): \(error)"
                    return advice
                }
            }
        }
        for extender in consultation.extenders where !extender.prioritizeVerb.isEmpty && advice.nodes.count > 1 {
            do {
                for (node, score) in try await extenders.prioritize(extender, pod, advice.nodes, objects) {
                    advice.scores[node, default: 0] += score * extender.weight * Self.extenderScale
                }
            } catch {
                // As in kube-scheduler: without an opinion nodes are rated by the plugins alone.
                log.report("scheduler", "priorities of extender \(extender.url): \(error)")
            }
        }
        return advice
    }

    /// Extenders rate from 0 to 10, plugins to 100.
    private static let extenderScale: Int64 = 10
}

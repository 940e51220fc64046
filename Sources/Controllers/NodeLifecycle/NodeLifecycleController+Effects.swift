import Client
import KubeAPI
import Machinery

extension NodeLifecycleController {
    /// Brings a node's taints in line with its conditions.
    /// - Returns: how long until a NoExecute taint that has to wait for its turn may be set.
    func updateTaints(_ node: Node) async throws -> Duration? {
        var noExecute = NodeTaints.noExecute(for: node)
        var wait: Duration?
        let isTainted = node.spec.taints.contains { $0.effect == "NoExecute" && $0.key == noExecute }
        if noExecute != nil, !isTainted {
            switch mayEvict(node) {
            case .now: break
            case .later(let delay):
                wait = delay
                noExecute = present(node)
            case .never:
                // Nobody is well: more likely this side is cut off than that every node is ill.
                noExecute = nil
            }
        }
        let taints = NodeTaints.applying(
            noSchedule: NodeTaints.noSchedule(for: node), noExecute: noExecute, to: node.spec.taints,
            now: context.now)
        guard taints != node.spec.taints else { return wait }
        let patch: JSON = [
            "metadata": ["resourceVersion": .string(node.resourceVersion), "uid": .string(node.uid)],
            "spec": ["taints": taints.isEmpty ? .null : .array(taints.map { .object($0.json) })],
        ]
        _ = try await context.client.patch(Node.self, node.key, .merge(patch))
        return wait
    }

    /// The NoExecute taint of ours that the node has, which stays until the other may be set.
    private func present(_ node: Node) -> String? {
        node.spec.taints.first {
            $0.effect == "NoExecute" && [NodeTaints.notReady, NodeTaints.unreachable].contains($0.key)
        }?.key
    }

    private enum Permission {
        case now
        case later(Duration)
        case never
    }

    private func mayEvict(_ node: Node) -> Permission {
        let zone = ZoneHealth.zone(of: node)
        let (isEverythingDown, state, size) = memory.zones.withLock { zones in
            (zones.isEverythingDown, zones.state(of: zone, unhealthy: timing.unhealthyFraction), zones.size(of: zone))
        }
        guard !isEverythingDown else { return .never }
        let interval: Duration
        switch state {
        case .normal, .down: interval = timing.evictionInterval
        case .partial:
            interval = timing.secondaryEvictionInterval
            if size <= timing.largeClusterSize { return .later(interval) }
        }
        let now = clock.now
        return memory.lastEvictions.withLock { last in
            if let last = last[zone], now - last < interval { return .later(interval - (now - last)) }
            last[zone] = now
            return .now
        }
    }

    /// Takes back the readiness of a silent node's pods, so that no Service sends anything there.
    func updatePods(of node: Node, isReady: Bool) async throws {
        guard !isReady, node.condition("Ready") != nil else {
            memory.silenced.withLock { _ = $0.remove(node.name) }
            return
        }
        guard !memory.silenced.withLock({ $0.contains(node.name) }) else { return }
        for pod in PodsByNode.pods(on: node.name, in: pods) where pod.isReady && !pod.isBeingDeleted {
            guard var condition = pod.condition("Ready") else { continue }
            condition.status = "False"
            condition.lastTransitionTime = context.now
            try await PodDisruption.patch(pod, ["conditions": [.object(condition.json)]], context)
            recorder.event(pod, type: .warning, reason: "NodeNotReady", message: "Node is not ready")
        }
        memory.silenced.withLock { _ = $0.insert(node.name) }
    }
}

/// The informer index of pods by the node they are on.
enum PodsByNode {
    private static let index = "node"

    static func addIndex(to pods: Informer<Pod>) {
        pods.addIndex(index) { pod in pod.nodeName.isEmpty ? [] : [pod.nodeName] }
    }

    static func pods(on node: String, in pods: Informer<Pod>) -> [Pod] {
        pods.byIndex(index, node)
    }

    static func nodes(in pods: Informer<Pod>) -> [String] {
        pods.indexValues(index)
    }
}

import KubeAPI
import Machinery

/// What is known of a pod's claims before nodes are looked at, and what was chosen for it.
package struct VolumeDecision: Sendable {
    /// A claim that waits for its pod to be placed.
    struct Unbound: Sendable {
        let key: ObjectKey
        let claim: PersistentVolumeClaim
        /// Volumes that it could have, the smallest first.
        let candidates: [Candidate]
        /// How a volume would be made; `nil` where none can be.
        let provisioning: Provisioning?
        let selectedNode: String?
    }

    struct Candidate: Sendable {
        let name: String
        let topology: [NodeTerm]?
    }

    struct Provisioning: Sendable {
        /// All expressions of one must hold; empty for everywhere.
        let topologies: [[(key: String, values: [String])]]
        /// Where there is room, for classes whose driver tells.
        let capacities: [(nodes: Selector, size: Int64)]?
        let size: Int64
    }

    /// What will be done before the pod is bound.
    struct Step: Sendable {
        let claim: ObjectKey
        /// The volume; `nil` when one will be made.
        let volume: String?
    }

    /// The topologies of volumes that claims have already.
    var bound: [[NodeTerm]] = []
    var unbound: [Unbound] = []
    /// Some claim has a volume that does not exist.
    var lacksVolume = false
    var steps: [Step] = []

    /// What would be done on a node, or why it cannot be.
    func steps(
        _ node: NodeInfo, assumed: [String: ObjectKey]
    ) -> Result<[Step], VolumeConflict> {
        var conflict = VolumeConflict()
        if !bound.allSatisfy({ terms in terms.contains { $0.matches(name: node.name, labels: node.labels) } }) {
            conflict.reasons.append("node(s) didn't match PersistentVolume's node affinity")
        }
        var steps: [Step] = []
        var taken: Set<String> = []
        var isUnmatched = false
        var isTooSmall = false
        for claim in unbound {
            if let selected = claim.selectedNode {
                if selected != node.name {
                    isUnmatched = true
                } else {
                    steps.append(Step(claim: claim.key, volume: nil))
                }
                continue
            }
            let volume = claim.candidates.first { candidate in
                !taken.contains(candidate.name) && (assumed[candidate.name].map { $0 == claim.key } ?? true)
                    && (candidate.topology?.contains { $0.matches(name: node.name, labels: node.labels) } ?? true)
            }
            if let volume {
                taken.insert(volume.name)
                steps.append(Step(claim: claim.key, volume: volume.name))
            } else if let provisioning = claim.provisioning, provisioning.reaches(node) {
                if !provisioning.hasRoom(node) { isTooSmall = true }
                steps.append(Step(claim: claim.key, volume: nil))
            } else {
                isUnmatched = true
            }
        }
        if isUnmatched { conflict.reasons.append("node(s) didn't find available persistent volumes to bind") }
        if isTooSmall { conflict.reasons.append("node(s) did not have enough free storage") }
        if lacksVolume {
            conflict.reasons.append("node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)")
        }
        return conflict.reasons.isEmpty ? .success(steps) : .failure(conflict)
    }
}

/// Why a pod's volumes cannot be had on a node.
struct VolumeConflict: Error {
    var reasons: [String] = []
}

extension VolumeDecision.Provisioning {
    func reaches(_ node: NodeInfo) -> Bool {
        topologies.isEmpty
            || topologies.contains { term in
                term.allSatisfy { expression in node.labels[expression.key].map(expression.values.contains) ?? false }
            }
    }

    func hasRoom(_ node: NodeInfo) -> Bool {
        guard let capacities else { return true }
        return capacities.contains { $0.size >= size && $0.nodes.matches(node.labels) }
    }
}

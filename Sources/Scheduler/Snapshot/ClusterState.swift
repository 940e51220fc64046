import KubeAPI
import Machinery

/// What the scheduler knows of the cluster, kept up to date by informers and by its own decisions.
///
/// A pod that was placed counts at once (it is assumed), before the API has heard of it; the informer confirms it, or
/// a failed binding takes it back.
struct ClusterState: Sendable {
    private var indices: [String: Int] = [:]
    private var nodes: [NodeInfo] = []
    /// Where each pod counts, by uid.
    private var places: [String: String] = [:]
    private var assumed: Set<String> = []

    var snapshot: NodeSnapshot { NodeSnapshot(nodes: nodes.filter(\.exists)) }

    mutating func updateNode(_ node: Node) {
        nodes[index(of: node.name)].update(node)
    }

    mutating func removeNode(_ name: String) {
        nodes[index(of: name)].update(nil)
        if nodes[index(of: name)].pods.isEmpty { drop(name) }
    }

    mutating func addPod(_ pod: PodInfo, to node: String) {
        if let place = places[pod.uid], place != node { nodes[index(of: place)].remove(uid: pod.uid) }
        places[pod.uid] = node
        nodes[index(of: node)].add(pod.atRest())
    }

    mutating func confirm(_ pod: PodInfo, on node: String) {
        assumed.remove(pod.uid)
        addPod(pod, to: node)
    }

    mutating func assume(_ pod: PodInfo, on node: String) {
        assumed.insert(pod.uid)
        addPod(pod, to: node)
    }

    mutating func forget(uid: String) {
        guard assumed.remove(uid) != nil else { return }
        removePod(uid: uid)
    }

    mutating func removePod(uid: String) {
        assumed.remove(uid)
        guard let place = places.removeValue(forKey: uid), let index = indices[place] else { return }
        nodes[index].remove(uid: uid)
        if !nodes[index].exists, nodes[index].pods.isEmpty { drop(place) }
    }

    func isPlaced(uid: String) -> Bool { places[uid] != nil }

    private mutating func index(of name: String) -> Int {
        if let index = indices[name] { return index }
        nodes.append(NodeInfo(name: name))
        indices[name] = nodes.count - 1
        return nodes.count - 1
    }

    private mutating func drop(_ name: String) {
        guard let index = indices.removeValue(forKey: name) else { return }
        let last = nodes.count - 1
        if index != last {
            nodes[index] = nodes[last]
            indices[nodes[index].name] = index
        }
        nodes.removeLast()
    }
}

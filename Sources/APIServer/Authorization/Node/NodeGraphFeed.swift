import Glibc
import KubeAPI
import KubeSchemas
import Machinery
import Store
import Synchronization

/// The graph as the store has it.
///
/// A commit only notes what changed; objects are read when a node next asks for something. Most changes of pods are of
/// their status, which is seen without parsing: references of a bound pod can only grow by what `growsBy` names.
final class NodeGraphFeed: Sendable {
    private enum Change: Sendable {
        case present(StoredObject)
        case gone
    }

    private struct State {
        var graph = NodeGraph()
        /// At most one entry per object.
        var pending: [StoreKey: Change] = [:]
    }

    /// What can add a reference to a pod that is bound already.
    private static let growsBy = [
        (before: Array("\"ephemeral".utf8), after: Array("Containers\"".utf8)),
        (before: [], after: Array("ClaimStatus".utf8)),
    ]

    private static let kinds: [String: NodeGraph.Kind] = [
        "pods": .pod, "persistentvolumes": .volume, "volumeattachments.storage.k8s.io": .attachment,
        "resourceslices.resource.k8s.io": .resourceSlice,
        "podcertificaterequests.certificates.k8s.io": .podCertificateRequest,
    ]

    private let state = Mutex(State())
    private let subscriptions = Mutex<[Subscription]>([])

    init() {}

    func follow(_ cache: WatchCache) throws(StatusError) {
        for bucket in Self.kinds.keys.sorted() {
            let group = WatchGroup { [self] deliveries in for delivery in deliveries { note(delivery.event) } }
            do {
                let opening = try cache.subscribe(bucket, WatchSelection(), from: .currentState, group: group)
                for object in opening.snapshot?.objects() ?? cache.snapshot(bucket).objects() {
                    // A change that came meanwhile is newer.
                    state.withLock { state in
                        if state.pending[object.key] == nil { state.pending[object.key] = .present(object) }
                    }
                }
                subscriptions.withLock { $0.append(opening.subscription) }
            } catch {
                throw StatusError.internalError("reading \(bucket) for the node authorizer: \(error)")
            }
        }
    }

    private func note(_ event: StoreEvent) {
        state.withLock { $0.pending[event.key] = event.type == .deleted ? .gone : .present(event.object) }
    }

    func relates(_ vertex: NodeGraph.Vertex, to node: String) -> Bool {
        state.withLock { state in
            if !state.pending.isEmpty {
                let pending = state.pending
                state.pending = [:]
                for (key, change) in pending { Self.apply(key, change, &state.graph) }
            }
            return state.graph.relates(vertex, to: node)
        }
    }

    private static func apply(_ key: StoreKey, _ change: Change, _ graph: inout NodeGraph) {
        guard let kind = kinds[key.bucket] else { return }
        let vertex = NodeGraph.Vertex(kind: kind, namespace: key.namespace, name: key.name)
        switch (kind, change) {
        case (.pod, .present(let object)):
            let node = object.field("spec.nodeName") ?? ""
            if graph.knows(pod: vertex, uid: object.header.uid, node: node), !canHaveGrown(object) { return }
            // An object at rest that cannot be read relates to nothing.
            guard !node.isEmpty, let pod = parse(object).map(Pod.init(json:)) else { return graph.removePod(vertex) }
            graph.setPod(pod)
        case (.pod, .gone):
            graph.removePod(vertex)
        case (.volume, .present(let object)):
            if let volume = parse(object) { graph.setVolume(volume) } else { graph.removeVolume(vertex) }
        case (.volume, .gone):
            graph.removeVolume(vertex)
        case (_, .present(let object)):
            graph.setOwner(of: vertex, parse(object)?["spec"]?["nodeName"]?.stringValue)
        case (_, .gone):
            graph.setOwner(of: vertex, nil)
        }
    }

    /// Looks for the members named in `growsBy`, from one capital C to the next.
    private static func canHaveGrown(_ object: StoredObject) -> Bool {
        object.bytes.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while let base = UnsafeRawBufferPointer(rebasing: rest).baseAddress,
                let found = memchr(base, Int32(UInt8(ascii: "C")), rest.count)
            {
                let place = rest.startIndex + (UnsafeRawPointer(found) - base)
                if growsBy.contains(where: {
                    bytes[..<place].reversed().starts(with: $0.before.reversed())
                        && bytes[place...].starts(with: $0.after)
                }) {
                    return true
                }
                rest = bytes[(place + 1)...]
            }
            return false
        }
    }

    private static func parse(_ object: StoredObject) -> JSONObject? {
        (try? JSON(parsing: object.bytes, keys: BuiltinSchemas.keys))?.objectValue
    }
}

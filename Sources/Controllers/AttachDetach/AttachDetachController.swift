import Client
import KubeAPI
import Machinery
import Synchronization

/// Has volumes of storage drivers attached to the nodes whose pods need them, and detached when none does any more.
///
/// It asks by VolumeAttachment objects, which each driver's external attacher acts on, and tells nodes in
/// `status.volumesAttached`. The objects are all that is remembered.
struct AttachDetachController: QueueController {
    /// Attachments of one volume are looked at together: most volumes may be attached to one node only.
    enum Work: Hashable, Sendable {
        case volume(String)
        case node(String)
    }

    final class Memory: Sendable {
        /// Since when an attachment is not needed any more, and still mounted.
        let unwanted = Mutex<[String: Timestamp]>([:])
        /// Attachments that are being given up: nodes are not told of them any more.
        let detaching = Mutex<Set<String>>([])
        /// What was told in an event, by attachment, or by pod and volume: each is told once.
        let told = Mutex<[String: String]>([:])
    }

    /// Nodes on which the agent leaves attaching to this controller.
    static let managedAnnotation = "volumes.kubernetes.io/controller-managed-attach-detach"
    /// Whoever set it vouches that the node is down and writes nothing any more.
    static let outOfServiceTaint = "node.kubernetes.io/out-of-service"
    /// A node that is not ready may keep a volume mounted for this long.
    static let unmountLimit = Duration.seconds(360)

    let context: ControllerContext
    let queue: WorkQueue<Work>
    let pods: Informer<Pod>
    let nodes: Informer<Node>
    let claims: Informer<PersistentVolumeClaim>
    let volumes: Informer<PersistentVolume>
    let attachments: Informer<VolumeAttachment>
    let drivers: Informer<CSIDriver>
    let recorder: EventRecorder
    let memory = Memory()

    enum Index {
        static let volume = "attached volume"
        static let node = "attached node"
    }

    init(_ context: ControllerContext) {
        self.context = context
        queue = context.queue(Work.self, backoff: Backoff(initial: .milliseconds(500), limit: .seconds(122)))
        pods = context.informers.informer(Pod.self)
        nodes = context.informers.informer(Node.self)
        claims = context.informers.informer(PersistentVolumeClaim.self)
        volumes = context.informers.informer(PersistentVolume.self)
        attachments = context.informers.informer(VolumeAttachment.self)
        drivers = context.informers.informer(CSIDriver.self)
        recorder = context.recorder.named("attachdetach-controller")
        PodsByNode.addIndex(to: pods)
        PodsByClaim.addIndex(to: pods)
        attachments.addIndex(Index.volume) { $0.spec.source.persistentVolumeName.map { [$0] } ?? [] }
        attachments.addIndex(Index.node) { [$0.spec.nodeName] }
        followPods()
        followNodes()
    }

    private func followPods() {
        pods.onChange { [queue, claims, memory] change in
            let pod = change.object
            if case .updated(let old, let new) = change, old.nodeName == new.nodeName,
                old.isBeingDeleted == new.isBeingDeleted, VolumeUsers.isEnded(old) == VolumeUsers.isEnded(new)
            {
                return
            }
            guard !pod.nodeName.isEmpty else { return }
            for key in PodsByClaim.claims(of: pod) {
                guard let volume = claims.get(key)?.volumeName, !volume.isEmpty else { continue }
                if case .deleted = change { memory.told.withLock { $0["\(pod.uid)/\(volume)"] = nil } }
                queue.add(.volume(volume))
            }
        }
        claims.onChange { [queue] change in
            if case .deleted = change { return }
            if !change.object.volumeName.isEmpty { queue.add(.volume(change.object.volumeName)) }
        }
        volumes.onChange { [queue] change in
            if case .deleted = change { return }
            if change.object.spec.csi != nil { queue.add(.volume(change.object.name)) }
        }
    }

    private func followNodes() {
        attachments.onChange { [queue, memory] change in
            let attachment = change.object
            if case .deleted = change {
                memory.unwanted.withLock { $0[attachment.name] = nil }
                memory.detaching.withLock { _ = $0.remove(attachment.name) }
                memory.told.withLock { $0[attachment.name] = nil }
            }
            if let volume = attachment.spec.source.persistentVolumeName { queue.add(.volume(volume)) }
            queue.add(.node(attachment.spec.nodeName))
        }
        nodes.onChange { [queue, attachments, pods, claims] change in
            let node = change.object
            var isArrival = true
            if case .updated(let old, let new) = change {
                guard Self.facts(old) != Self.facts(new) else { return }
                isArrival = !Self.isManaged(old) && Self.isManaged(new)
            }
            for attachment in attachments.byIndex(Index.node, node.name) {
                if let volume = attachment.spec.source.persistentVolumeName { queue.add(.volume(volume)) }
            }
            queue.add(.node(node.name))
            guard isArrival else { return }
            for key in PodsByNode.pods(on: node.name, in: pods).flatMap(PodsByClaim.claims) {
                if let volume = claims.get(key)?.volumeName, !volume.isEmpty { queue.add(.volume(volume)) }
            }
        }
    }

    /// What of a node decides about attachments; its heartbeats do not.
    private static func facts(_ node: Node) -> [String] {
        node.status.volumesInUse + node.status.volumesAttached.map(\.name) + node.spec.taints.map(\.key)
            + [node.readyStatus, String(isManaged(node))]
    }

    static func isManaged(_ node: Node) -> Bool { node.annotations[managedAnnotation] == "true" }

    var name: String { "persistentvolume-attach-detach" }

    var sources: [any InformerSource] { [nodes, volumes, claims, drivers, attachments, pods] }

    func reconcile(_ key: Work) async throws -> ReconcileOutcome {
        switch key {
        case .volume(let name):
            guard let volume = volumes.get(ObjectKey(namespace: "", name: name)), let source = volume.spec.csi else {
                return .done
            }
            return try await attachAndDetach(AttachableVolume(name: name, source: source, volume: volume))
        case .node(let name):
            try await tell(name)
            return .done
        }
    }
}

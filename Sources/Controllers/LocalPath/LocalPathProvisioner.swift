import Client
import KubeAPI
import Machinery
import Synchronization

/// Makes volumes that are folders on a node, so that claims work on a cluster that has no other storage.
///
/// The class `local-path` is made when there is none of the name, as the default one; it waits for the first pod, and
/// the volume is on that pod's node from then on. Sizes are not enforced. Nodes make the folders when they are first
/// mounted, and remove them when their volumes are released and are to be deleted.
struct LocalPathProvisioner: QueueController {
    enum Work: Hashable, Sendable {
        case storageClass
        case claim(ObjectKey)
        case volume(String)
    }

    /// Shared with no handler: when the removals that nodes failed at are asked for again.
    final class Memory: Sendable {
        let retries = Mutex<[String: Timestamp]>([:])
    }

    static let retryInterval = Duration.seconds(60)

    let context: ControllerContext
    let queue: WorkQueue<Work>
    let claims: Informer<PersistentVolumeClaim>
    let volumes: Informer<PersistentVolume>
    let classes: Informer<StorageClass>
    let nodes: Informer<Node>
    let recorder: EventRecorder
    let memory = Memory()

    enum Index {
        static let selected = "local-path node"
        static let onNode = "local-path host"
        static let host = "local-path host"
        static let removal = "local-path removal"
    }

    static let hostLabel = "kubernetes.io/hostname"

    init(_ context: ControllerContext) {
        self.context = context
        queue = context.queue(Work.self)
        claims = context.informers.informer(PersistentVolumeClaim.self)
        volumes = context.informers.informer(PersistentVolume.self)
        classes = context.informers.informer(StorageClass.self)
        nodes = context.informers.informer(Node.self)
        recorder = context.recorder.named(LocalPath.provisioner)
        claims.addIndex(Index.selected) { claim in
            guard Self.isOurs(claim), let node = claim.annotations[VolumeMarks.selectedNode] else { return [] }
            return [node]
        }
        volumes.addIndex(Index.onNode) { volume in Self.isOurs(volume) ? [Self.host(of: volume) ?? ""] : [] }
        nodes.addIndex(Index.host) { [$0.labels[Self.hostLabel] ?? ""] }
        nodes.addIndex(Index.removal) { Array(LocalPath.removals($0.annotations).keys) }
        follow()
    }

    private func follow() {
        claims.onChange { [queue] change in
            if case .deleted = change { return }
            if Self.isOurs(change.object) { queue.add(.claim(change.object.key)) }
        }
        volumes.onChange { [queue] change in
            if Self.isOurs(change.object) { queue.add(.volume(change.object.name)) }
        }
        nodes.onChange { [queue, claims, volumes] change in
            let node = change.object
            if case .updated(let old, let new) = change, old.annotations == new.annotations { return }
            for volume in LocalPath.removals(node.annotations).keys { queue.add(.volume(volume)) }
            if case .deleted = change {
                for volume in volumes.byIndex(Index.onNode, node.labels[Self.hostLabel] ?? "") {
                    queue.add(.volume(volume.name))
                }
            }
            for claim in claims.byIndex(Index.selected, node.name) { queue.add(.claim(claim.key)) }
        }
        queue.add(.storageClass)
    }

    /// Whether a claim waits for this provisioner.
    private static func isOurs(_ claim: PersistentVolumeClaim) -> Bool {
        claim.annotations[VolumeMarks.provisioner] == LocalPath.provisioner && claim.volumeName.isEmpty
    }

    static func isOurs(_ volume: PersistentVolume) -> Bool {
        volume.annotations[VolumeMarks.provisionedBy] == LocalPath.provisioner
    }

    var name: String { "local-path-provisioner" }

    var sources: [any InformerSource] { [classes, nodes, volumes, claims] }

    func reconcile(_ key: Work) async throws -> ReconcileOutcome {
        switch key {
        case .storageClass: try await provideClass()
        case .claim(let key):
            guard let claim = claims.get(key), Self.isOurs(claim), !claim.isBeingDeleted else { return .done }
            try await provision(claim)
        case .volume(let name): return try await clean(name)
        }
        return .done
    }

    /// One that is there is its owner's business, whatever it says.
    private func provideClass() async throws(StatusError) {
        guard classes.get(ObjectKey(namespace: "", name: LocalPath.className)) == nil else { return }
        var storageClass = StorageClass(name: LocalPath.className)
        storageClass.metadata.annotations[VolumeMarks.isDefaultClass] = "true"
        storageClass.provisioner = LocalPath.provisioner
        storageClass.reclaimPolicy = "Delete"
        storageClass.volumeBindingMode = "WaitForFirstConsumer"
        do throws(StatusError) {
            _ = try await context.client.create(storageClass)
        } catch {
            if !error.isAlreadyExists { throw error }
        }
    }
}

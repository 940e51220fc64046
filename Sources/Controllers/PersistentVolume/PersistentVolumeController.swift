import Client
import KubeAPI
import Machinery

/// Binds claims to volumes, asks for volumes where none fits, and gives back those whose claim is gone.
///
/// A binding is written on the volume first and then on the claim; each write names the version it was decided on, so
/// two claims never get one volume. Whatever is interrupted is found half done and completed.
struct PersistentVolumeController: QueueController {
    enum Work: Hashable, Sendable {
        case claim(ObjectKey)
        case volume(String)
    }

    /// A claim that waits for somebody is told so again after a while: events do not live forever.
    static let reminder = ReconcileOutcome.requeue(after: .seconds(300))

    let context: ControllerContext
    let queue: WorkQueue<Work>
    let claims: Informer<PersistentVolumeClaim>
    let volumes: Informer<PersistentVolume>
    let classes: Informer<StorageClass>
    let pods: Informer<Pod>
    let recorder: EventRecorder
    let writtenClaims: LatestCopies<PersistentVolumeClaim>
    let writtenVolumes: LatestCopies<PersistentVolume>

    /// Volumes by the claim they are for, and free ones by class; claims by the volume they name, and unbound ones by
    /// class.
    enum Index {
        static let ofClaim = "claim"
        static let free = "free"
        static let ofVolume = "volume"
        static let unbound = "unbound"
        static let classless = "classless"
    }

    init(_ context: ControllerContext) {
        self.context = context
        queue = context.queue(Work.self)
        claims = context.informers.informer(PersistentVolumeClaim.self)
        volumes = context.informers.informer(PersistentVolume.self)
        classes = context.informers.informer(StorageClass.self)
        pods = context.informers.informer(Pod.self)
        recorder = context.recorder.named("persistentvolume-controller")
        writtenClaims = LatestCopies(claims)
        writtenVolumes = LatestCopies(volumes)
        PodsByClaim.addIndex(to: pods)
        addIndexes()
        follow()
    }

    private func addIndexes() {
        volumes.addIndex(Index.ofClaim) { $0.claimKey.map { [$0.description] } ?? [] }
        volumes.addIndex(Index.free) { volume in
            volume.spec.claimRef == nil && volume.phase == "Available" ? [volume.className] : []
        }
        claims.addIndex(Index.ofVolume) { $0.volumeName.isEmpty ? [] : [$0.volumeName] }
        claims.addIndex(Index.unbound) { $0.isBindingComplete ? [] : [$0.className] }
        claims.addIndex(Index.classless) { !$0.isBindingComplete && !$0.namesClass ? ["claim"] : [] }
    }

    private func follow() {
        claims.onChange { [queue, volumes] change in
            let claim = change.object
            guard case .deleted = change else { return queue.add(.claim(claim.key)) }
            if !claim.volumeName.isEmpty { queue.add(.volume(claim.volumeName)) }
            for volume in volumes.byIndex(Index.ofClaim, claim.key.description) { queue.add(.volume(volume.name)) }
        }
        volumes.onChange { [queue, claims] change in
            let volume = change.object
            if let claim = volume.claimKey { queue.add(.claim(claim)) }
            for claim in claims.byIndex(Index.ofVolume, volume.name) { queue.add(.claim(claim.key)) }
            if case .deleted = change { return }
            queue.add(.volume(volume.name))
            guard volume.spec.claimRef == nil, volume.phase == "Available" else { return }
            for claim in claims.byIndex(Index.unbound, volume.className)
            where claim.volumeName.isEmpty && VolumeMatching.objection(volume, claim) == nil {
                queue.add(.claim(claim.key))
            }
        }
        pods.onChange { [queue, claims] change in
            let pod = change.object
            if case .deleted = change { return }
            if case .updated(let old, _) = change, old.nodeName == pod.nodeName { return }
            guard !pod.nodeName.isEmpty else { return }
            for key in PodsByClaim.claims(of: pod) where claims.get(key)?.isBindingComplete == false {
                queue.add(.claim(key))
            }
        }
        classes.onChange { [queue, claims] change in
            if case .deleted = change { return }
            for claim in claims.byIndex(Index.unbound, change.object.name) { queue.add(.claim(claim.key)) }
            guard change.object.isDefault else { return }
            for claim in claims.byIndex(Index.classless, "claim") { queue.add(.claim(claim.key)) }
        }
    }

    var name: String { "persistentvolume-binder" }

    var sources: [any InformerSource] { [classes, volumes, claims, pods] }

    func reconcile(_ key: Work) async throws -> ReconcileOutcome {
        switch key {
        case .claim(let key):
            guard let claim = writtenClaims.get(key) else { return .done }
            return claim.isBindingComplete ? try await keepBound(claim) : try await bindOrWait(claim)
        case .volume(let name):
            guard let volume = writtenVolumes.get(ObjectKey(namespace: "", name: name)) else { return .done }
            return try await settle(volume)
        }
    }
}

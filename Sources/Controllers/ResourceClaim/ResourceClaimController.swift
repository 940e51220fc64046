import Client
import KubeAPI
import Machinery
import Synchronization

/// Makes the ResourceClaims that pods ask for by template, and frees claims of pods that are done.
///
/// The scheduler allocates and reserves; a pod that was put on a node without it has its claims reserved here.
struct ResourceClaimController: QueueController {
    enum Work: Hashable, Sendable {
        case pod(ObjectKey)
        case claim(ObjectKey)
    }

    /// Claims that were made and that the informer may not have yet, so that none is made twice.
    final class Memory: Sendable {
        struct Entry: Hashable {
            let pod: String
            let claim: String
        }

        let made = Mutex<[Entry: String]>([:])
    }

    /// Keeps an allocated claim; the scheduler sets it.
    static let finalizer = "resource.kubernetes.io/delete-protection"
    /// On a claim made from a template: for which of its pod's claims.
    static let podClaimAnnotation = "resource.kubernetes.io/pod-claim-name"
    static let maximumConsumers = 256

    let context: ControllerContext
    let queue: WorkQueue<Work>
    let pods: Informer<Pod>
    let claims: Informer<ResourceResourceClaim>
    let templates: Informer<ResourceClaimTemplate>
    let recorder: EventRecorder
    let memory = Memory()

    enum Index {
        static let claim = "resource claim"
        static let template = "resource claim template"
        static let owner = "owning pod"
    }

    init(_ context: ControllerContext) {
        self.context = context
        queue = context.queue(Work.self)
        pods = context.informers.informer(Pod.self)
        claims = context.informers.informer(ResourceResourceClaim.self)
        templates = context.informers.informer(ResourceClaimTemplate.self)
        recorder = context.recorder.named("resource_claim")
        pods.addIndex(Index.claim) { pod in PodClaims.keys(of: pod).map(\.description) }
        pods.addIndex(Index.template) { pod in
            PodClaims.wanted(by: pod).compactMap(\.resourceClaimTemplateName).map { "\(pod.namespace)/\($0)" }
        }
        claims.addIndex(Index.owner) { PodClaims.owner(of: $0).map { [$0.uid] } ?? [] }
        follow()
    }

    private func follow() {
        pods.onChange { [queue, memory] change in
            let pod = change.object
            guard PodClaims.concerns(pod) else { return }
            if case .deleted = change {
                for wanted in PodClaims.wanted(by: pod) {
                    memory.made.withLock { $0[Memory.Entry(pod: pod.uid, claim: wanted.name)] = nil }
                }
                for key in PodClaims.keys(of: pod) { queue.add(.claim(key)) }
                return
            }
            if PodClaims.isDone(pod) {
                for key in PodClaims.keys(of: pod) { queue.add(.claim(key)) }
            }
            queue.add(.pod(pod.key))
        }
        claims.onChange { [queue, pods, memory] change in
            let claim = change.object
            if let owner = PodClaims.owner(of: claim), let name = claim.annotations[Self.podClaimAnnotation] {
                memory.made.withLock { $0[Memory.Entry(pod: owner.uid, claim: name)] = nil }
            }
            if case .deleted = change {} else { queue.add(.claim(claim.key)) }
            for pod in pods.byIndex(Index.claim, claim.key.description) { queue.add(.pod(pod.key)) }
        }
        templates.onChange { [queue, pods] change in
            if case .deleted = change { return }
            for pod in pods.byIndex(Index.template, change.object.key.description) { queue.add(.pod(pod.key)) }
        }
    }

    var name: String { "resourceclaim" }

    var sources: [any InformerSource] { [templates, claims, pods] }

    func reconcile(_ key: Work) async throws -> ReconcileOutcome {
        switch key {
        case .pod(let key):
            guard let pod = pods.get(key), !pod.isBeingDeleted, !pod.isTerminal else { return .done }
            try await provide(for: pod)
        case .claim(let key):
            guard let claim = claims.get(key) else { return .done }
            try await free(claim)
        }
        return .done
    }
}

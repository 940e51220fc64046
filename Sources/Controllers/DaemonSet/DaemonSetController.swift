import Client
import KubeAPI
import Machinery

/// Keeps one pod of a template on every node it fits.
struct DaemonSetController: QueueController {
    static let generationLabel = "pod-template-generation"
    static let hashLabel = "controller-revision-hash"

    let context: ControllerContext
    let queue: WorkQueue<ObjectKey>
    let daemonSets: Informer<DaemonSet>
    let pods: Informer<Pod>
    let nodes: Informer<Node>
    let controllerRevisions: Informer<ControllerRevision>
    let recorder: EventRecorder
    let expectations: Expectations
    let writer: PodWriter
    private let failures = DaemonFailures()

    init(_ context: ControllerContext) {
        self.context = context
        queue = context.queue()
        daemonSets = context.informers.informer(DaemonSet.self)
        pods = context.informers.informer(Pod.self)
        nodes = context.informers.informer(Node.self)
        controllerRevisions = context.informers.informer(ControllerRevision.self)
        recorder = context.recorder.named("daemonset-controller")
        expectations = Expectations(clock: context.clock)
        writer = PodWriter(client: context.client, recorder: recorder, expectations: expectations)
        daemonSets.wake(queue)
        daemonSets.wake(queue, by: pods, expectations: expectations)
        daemonSets.wake(queue, by: controllerRevisions)
        // A heartbeat changes nothing here; only labels, taints and the node itself decide.
        nodes.onChange { [queue, daemonSets] change in
            if case .updated(let old, let new) = change, old.placementFacts == new.placementFacts { return }
            for daemonSet in daemonSets.list() { queue.add(daemonSet.key) }
        }
    }

    var name: String { "daemonset" }

    var sources: [any InformerSource] { [daemonSets, pods, nodes, controllerRevisions] }

    func reconcile(_ key: ObjectKey) async throws -> ReconcileOutcome {
        guard let daemonSet = daemonSets.get(key) else {
            expectations.forget(key)
            return .done
        }
        guard !daemonSet.spec.selector.json.isEmpty else {
            recorder.event(
                daemonSet, type: .warning, reason: "SelectingAll",
                message: "This daemon set is selecting all pods. A non-empty selector is required.")
            return .done
        }
        guard !daemonSet.isBeingDeleted else { return .done }
        let history = try await DaemonSetHistory.construct(self, daemonSet)
        let selector = try daemonSet.childSelector()
        let claim = ChildClaim<DaemonSet, Pod>(client: context.client, owner: daemonSet, selector: selector)
        let claimed = try await claim.claim(
            owned: OwnerIndex.children(of: daemonSet, in: pods),
            orphans: OwnerIndex.orphans(namespace: key.namespace, in: pods))
        let placement = DaemonPlacement(
            daemonSet: daemonSet, nodes: nodes.list(), pods: claimed, hash: history.hash, now: context.now)

        var failure: StatusError?
        var untilReplaced: Duration?
        if expectations.isSatisfied(key) {
            var manage = placement.managed()
            for pod in manage.failed {
                if pod.isFailed, let wait = failures.wait(daemonSet, node: pod.targetNode, now: context.now) {
                    manage.delete.removeAll { $0.uid == pod.uid }
                    untilReplaced = min(untilReplaced ?? wait, wait)
                } else {
                    noteFailed(pod, daemonSet)
                }
            }
            failure = await apply(manage.create, manage.delete, daemonSet, history.hash)
            // Updating waits until the placement stands: expectations hold back the next pass until it does.
            if failure == nil, expectations.isSatisfied(key), daemonSet.updatesByRolling {
                let update = try placement.rollingUpdate()
                failure = await apply(update.create, update.delete, daemonSet, history.hash)
            }
            if failure == nil { try await history.cleanUp(self, daemonSet, pods: claimed) }
        }
        try await updateStatus(of: daemonSet, placement)
        if let failure { throw failure }
        if let wait = [placement.untilAvailable, untilReplaced].compactMap({ $0 }).min() {
            return .requeue(after: wait)
        }
        return expectations.isSatisfied(key) ? .done : .requeue(after: Expectations.patience)
    }

    private func noteFailed(_ pod: Pod, _ daemonSet: DaemonSet) {
        recorder.event(
            daemonSet, type: pod.isFailed ? .warning : .normal,
            reason: pod.isFailed ? "FailedDaemonPod" : "SucceededDaemonPod",
            message: "Found \(pod.isFailed ? "failed" : "succeeded") daemon pod \(pod.namespace)/\(pod.name) on node "
                + "\(pod.nodeName), will try to \(pod.isFailed ? "kill" : "delete") it")
    }

    private func apply(
        _ create: [String], _ delete: [Pod], _ daemonSet: DaemonSet, _ hash: String
    ) async -> StatusError? {
        var template = daemonSet.spec.template
        template.metadata.labels[Self.hashLabel] = hash
        if let generation = daemonSet.templateGeneration {
            template.metadata.labels[Self.generationLabel] = generation
        }
        let labelled = template
        let created = await SlowStart.run(Array(create.prefix(SlowStart.burst))) {
            (node) async throws(StatusError) -> Bool in
            try await writer.create(
                PodWriter.pod(from: DaemonScheduling.bind(labelled, to: node), owner: daemonSet), owner: daemonSet)
        }
        let deleted = await SlowStart.run(Array(delete.prefix(SlowStart.burst))) {
            (pod) async throws(StatusError) -> Bool in
            try await writer.delete(pod, owner: daemonSet)
            return true
        }
        return created.firstError ?? deleted.firstError
    }
}

extension DaemonSet: SelectingOwner {
    func childSelector() throws -> Selector {
        // An empty one would take everything.
        try Selector(labelSelector: spec.selector.json.isEmpty ? nil : spec.selector.json)
    }

    var updatesByRolling: Bool { spec.updateStrategy?.type != "OnDelete" }

    var templateGeneration: String? { metadata.annotations["deprecated.daemonset.template.generation"] }
}

extension Node {
    /// What decides which daemons run on a node.
    var placementFacts: [JSON?] {
        [
            json["metadata"]?["labels"], json["metadata"]?["name"], json["spec"]?["taints"],
            json["spec"]?["unschedulable"],
        ]
    }
}

import Client
import KubeAPI
import Machinery
import Synchronization

/// Deletes pods whose devices have NoExecute taints that their claims do not tolerate, or tolerate no longer.
///
/// Taints come from ResourceSlices, where drivers put them, and, where the server has them, from DeviceTaintRules.
struct DeviceTaintEvictionController: QueueController {
    final class Memory: Sendable {
        /// Pods whose eviction is planned, by their uid.
        let planned = Mutex<Set<String>>([])
        let rules = Mutex<Informer<DeviceTaintRule>?>(nil)
    }

    let context: ControllerContext
    let queue: WorkQueue<ObjectKey>
    let pods: Informer<Pod>
    let claims: Informer<ResourceResourceClaim>
    let slices: Informer<ResourceSlice>
    let recorder: EventRecorder
    let memory = Memory()

    private static let poolIndex = "pool"

    init(_ context: ControllerContext) {
        self.context = context
        queue = context.queue()
        pods = context.informers.informer(Pod.self)
        claims = context.informers.informer(ResourceResourceClaim.self)
        slices = context.informers.informer(ResourceSlice.self)
        recorder = context.recorder.named("device-taint-eviction")
        slices.addIndex(Self.poolIndex) { [Self.pool($0.spec.driver, $0.spec.pool.name)] }
        claims.addIndex(Self.poolIndex) { claim in
            Array(Set(Self.devices(of: claim).map { Self.pool($0.driver, $0.pool) }))
        }
        follow()
    }

    private func follow() {
        pods.onChange { [queue, memory] change in
            let pod = change.object
            guard pod.json["spec"]?["resourceClaims"] != nil else { return }
            if case .deleted = change {
                memory.planned.withLock { _ = $0.remove(pod.uid) }
                return
            }
            if case .updated(let old, let new) = change, old.nodeName == new.nodeName,
                old.json["status"]?["resourceClaimStatuses"] == new.json["status"]?["resourceClaimStatuses"]
            {
                return
            }
            queue.add(pod.key)
        }
        claims.onChange { [queue] change in
            for key in Self.users(of: change.object) { queue.add(key) }
            if case .updated(let old, _) = change {
                for key in Self.users(of: old) { queue.add(key) }
            }
        }
        slices.onChange { [queue, claims] change in
            let slice = change.object
            var isTainted = Self.isTainted(slice)
            if case .updated(let old, _) = change { isTainted = isTainted || Self.isTainted(old) }
            guard isTainted else { return }
            for claim in claims.byIndex(Self.poolIndex, Self.pool(slice.spec.driver, slice.spec.pool.name)) {
                for key in Self.users(of: claim) { queue.add(key) }
            }
        }
    }

    private static func pool(_ driver: String, _ pool: String) -> String { "\(driver)/\(pool)" }

    private static func devices(of claim: ResourceResourceClaim) -> [DeviceRequestAllocationResult] {
        claim.status.allocation?.devices?.results ?? []
    }

    private static func users(of claim: ResourceResourceClaim) -> [ObjectKey] {
        claim.status.reservedFor.filter { $0.resource == "pods" && ($0.apiGroup ?? "").isEmpty }
            .map { ObjectKey(namespace: claim.namespace, name: $0.name) }
    }

    private static func isTainted(_ slice: ResourceSlice) -> Bool {
        slice.spec.devices.contains { !$0.taints.isEmpty }
    }

    var name: String { "device-taint-eviction" }

    var sources: [any InformerSource] { [slices, claims, pods] }

    func prepare() async throws {
        if try await context.serves(DeviceTaintRule.resource) { try await followRules() }
    }

    private func followRules() async throws {
        let rules = context.informers.informer(DeviceTaintRule.self)
        let isNew = memory.rules.withLock { known in
            defer { known = rules }
            return known == nil
        }
        if isNew {
            rules.onChange { [queue, claims] change in
                for claim in claims.list() {
                    let isMeant = Self.devices(of: claim).contains { device in
                        if case .updated(let old, _) = change, old.spec.matches(device) { return true }
                        return change.object.spec.matches(device)
                    }
                    guard isMeant else { continue }
                    for key in Self.users(of: claim) { queue.add(key) }
                }
            }
        }
        try await rules.waitForSync()
    }

    func reconcile(_ key: ObjectKey) async throws -> ReconcileOutcome {
        guard let pod = pods.get(key), !pod.isBeingDeleted, !pod.isTerminal, !pod.nodeName.isEmpty else {
            return .done
        }
        let now = context.now
        guard let time = DeviceTaints.evictionTime(tainted(pod), now: now) else {
            if memory.planned.withLock({ $0.remove(pod.uid) != nil }) {
                recorder.event(pod, reason: "DeviceTaintManagerEviction", message: "Cancelling deletion")
            }
            return .done
        }
        memory.planned.withLock { _ = $0.insert(pod.uid) }
        guard time <= now else { return .requeue(after: time - now) }
        try await evict(pod)
        return .done
    }

    /// The devices that the pod has by claims reserved for it.
    private func tainted(_ pod: Pod) -> [DeviceTaints.Tainted] {
        PodClaims.keys(of: pod).compactMap { claims.get($0) }
            .filter { claim in
                // A claim made for a pod is that pod's, whatever name a status tells.
                let isForeign = PodClaims.owner(of: claim).map { $0.uid != pod.uid } ?? false
                return !isForeign && claim.status.reservedFor.contains { $0.uid == pod.uid }
            }
            .flatMap(Self.devices)
            .map { DeviceTaints.Tainted(result: $0, taints: taints(of: $0)) }
    }

    private func taints(of result: DeviceRequestAllocationResult) -> [DeviceTaint] {
        let all = slices.byIndex(Self.poolIndex, Self.pool(result.driver, result.pool))
        let generation = all.map(\.spec.pool.generation).max()
        let device = all.lazy.filter { $0.spec.pool.generation == generation }
            .compactMap { $0.spec.devices.first { $0.name == result.device } }.first
        let rules = memory.rules.withLock { $0 }?.list() ?? []
        return (device?.taints ?? [])
            + rules.filter { $0.spec.matches(result) }.map { DeviceTaint(json: $0.spec.taint.json) }
    }

    private func evict(_ pod: Pod) async throws {
        recorder.event(pod, reason: "DeviceTaintManagerEviction", message: "Marking for deletion")
        try await PodDisruption.mark(
            pod, reason: "DeletionByDeviceTaintManager",
            message: "Device Taint manager: deleting due to NoExecute taint", failing: false, context)
        var options = DeleteOptions()
        var preconditions = Preconditions()
        preconditions.uid = pod.uid
        options.preconditions = preconditions
        do throws(StatusError) {
            try await context.client.delete(Pod.self, pod.key, options)
        } catch {
            if !error.isNotFound, !error.isConflict { throw error }
        }
    }
}

extension DeviceTaintRuleSpec {
    /// A rule without a selector is meant for nothing.
    fileprivate func matches(_ result: DeviceRequestAllocationResult) -> Bool {
        deviceSelector?.matches(result) ?? false
    }
}

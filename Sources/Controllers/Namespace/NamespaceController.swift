import Client
import KubeAPI
import Machinery

/// Empties namespaces that are being deleted, then lets them go.
struct NamespaceController: QueueController {
    static let finalizer = "kubernetes"

    let context: ControllerContext
    let queue: WorkQueue<String>
    let namespaces: Informer<Namespace>
    let pods: Informer<Pod>

    init(_ context: ControllerContext) {
        self.context = context
        queue = context.queue(String.self)
        namespaces = context.informers.informer(Namespace.self)
        pods = context.informers.informer(Pod.self)
        namespaces.onChange { [queue] change in
            if case .deleted = change { return }
            if change.object.isBeingDeleted { queue.add(change.object.name) }
        }
        // Pods are what takes time: look again as soon as the last one is gone.
        pods.onChange { [queue, namespaces, pods] change in
            guard case .deleted(let pod) = change,
                namespaces.get(ObjectKey(namespace: "", name: pod.namespace))?.isBeingDeleted == true,
                pods.isEmpty(namespace: pod.namespace)
            else { return }
            queue.add(pod.namespace)
        }
    }

    var name: String { "namespace" }

    var sources: [any InformerSource] { [namespaces, pods] }

    func reconcile(_ key: String) async throws -> ReconcileOutcome {
        guard let copy = namespaces.get(ObjectKey(namespace: "", name: key)), copy.isBeingDeleted else { return .done }
        var namespace: Namespace
        do throws(StatusError) {
            namespace = try await context.client.get(Namespace.self, copy.key)
        } catch {
            if error.isNotFound { return .done }
            throw error
        }
        guard namespace.uid == copy.uid, namespace.isBeingDeleted else { return .done }
        guard namespace.spec.finalizers.contains(Self.finalizer) else { return .done }
        if namespace.status.phase != "Terminating" {
            namespace.status.phase = "Terminating"
            namespace = try await context.client.updateStatus(namespace)
        }
        let sweep = await NamespaceSweep.run(context.client, namespace: key)
        var conditions = namespace.status.conditions
        for finding in sweep.conditions {
            conditions = NamespaceConditions.setting(finding, in: conditions, now: context.now)
        }
        if conditions != namespace.status.conditions {
            namespace.status.conditions = conditions
            namespace = try await context.client.updateStatus(namespace)
        }
        if let wait = sweep.remainingWait { return .requeue(after: wait) }
        if let error = sweep.error { throw error }
        namespace.spec.finalizers.removeAll { $0 == Self.finalizer }
        do throws(StatusError) {
            _ = try await context.client.updateSubresource(namespace, "finalize")
        } catch {
            if !error.isNotFound { throw error }
        }
        return .done
    }
}

/// Sets Namespace conditions; the time of transition stays while the status does.
enum NamespaceConditions {
    struct Finding: Hashable, Sendable {
        let type: String
        let isTrue: Bool
        let reason: String
        let message: String
    }

    static func setting(
        _ finding: Finding, in present: [NamespaceCondition], now: Timestamp
    ) -> [NamespaceCondition] {
        var condition = NamespaceCondition()
        condition.type = finding.type
        condition.status = finding.isTrue ? "True" : "False"
        condition.reason = finding.reason
        condition.message = finding.message
        condition.lastTransitionTime = now.inSeconds
        guard let index = present.firstIndex(where: { $0.type == finding.type }) else { return present + [condition] }
        var conditions = present
        if present[index].status == condition.status {
            condition.lastTransitionTime = present[index].lastTransitionTime
        }
        conditions[index] = condition
        return conditions
    }
}

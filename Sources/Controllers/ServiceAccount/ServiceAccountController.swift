import Client
import KubeAPI
import Machinery

/// Gives every namespace its `default` ServiceAccount.
struct ServiceAccountController: QueueController {
    static let accountName = "default"

    let context: ControllerContext
    let queue: WorkQueue<String>
    let namespaces: Informer<Namespace>
    let accounts: Informer<ServiceAccount>

    init(_ context: ControllerContext) {
        self.context = context
        queue = context.queue(String.self)
        namespaces = context.informers.informer(Namespace.self)
        accounts = context.informers.informer(ServiceAccount.self)
        namespaces.onChange { [queue] change in
            if case .deleted = change { return }
            queue.add(change.object.name)
        }
        accounts.onChange { [queue] change in
            if case .deleted(let account) = change, account.name == Self.accountName { queue.add(account.namespace) }
        }
    }

    var name: String { "serviceaccount" }
    var workers: Int { 1 }

    var sources: [any InformerSource] { [namespaces, accounts] }

    func reconcile(_ key: String) async throws -> ReconcileOutcome {
        guard let namespace = namespaces.get(ObjectKey(namespace: "", name: key)), !namespace.isBeingDeleted,
            namespace.status.phase != "Terminating"
        else { return .done }
        guard accounts.get(ObjectKey(namespace: key, name: Self.accountName)) == nil else { return .done }
        do throws(StatusError) {
            _ = try await context.client.create(ServiceAccount(name: Self.accountName, namespace: key))
        } catch {
            if error.isAlreadyExists || error.isNamespaceTerminating || error.isNotFound { return .done }
            throw error
        }
        return .done
    }
}

import Client
import KubeAPI
import Machinery

/// Makes the tokens of service accounts that lie in Secrets, which is done by a key outside this module.
package struct AccountTokenIssuer: Sendable {
    package let issue: @Sendable (_ account: ServiceAccount, _ secret: Secret) throws -> String

    package init(_ issue: @escaping @Sendable (_ account: ServiceAccount, _ secret: Secret) throws -> String) {
        self.issue = issue
    }
}

/// Fills Secrets of type `kubernetes.io/service-account-token` that people make for an account: token, namespace, the
/// cluster's certificates. When the account goes, they go.
struct TokenSecretController: QueueController {
    static let secretType = "kubernetes.io/service-account-token"
    static let nameAnnotation = "kubernetes.io/service-account.name"
    static let uidAnnotation = "kubernetes.io/service-account.uid"

    let context: ControllerContext
    let queue: WorkQueue<ObjectKey>
    let secrets: Informer<Secret>
    let accounts: Informer<ServiceAccount>
    let issuer: AccountTokenIssuer
    /// PEM text.
    let bundle: String?

    init(_ context: ControllerContext, issuer: AccountTokenIssuer, bundle: String?) {
        self.context = context
        self.issuer = issuer
        self.bundle = bundle
        queue = context.queue()
        secrets = context.informers.informer(Secret.self, fieldSelector: "type=\(Self.secretType)")
        accounts = context.informers.informer(ServiceAccount.self)
        secrets.onChange { [queue] change in
            if case .deleted = change { return }
            queue.add(change.object.key)
        }
        accounts.onChange { [queue, secrets] change in
            let account = change.object
            for secret in secrets.list(namespace: account.namespace)
            where secret.metadata.annotations[Self.nameAnnotation] == account.name {
                queue.add(secret.key)
            }
        }
    }

    var name: String { "serviceaccount-token" }
    var workers: Int { 1 }

    var sources: [any InformerSource] { [secrets, accounts] }

    func reconcile(_ key: ObjectKey) async throws -> ReconcileOutcome {
        guard let secret = secrets.get(key), secret.type == Self.secretType, !secret.isBeingDeleted,
            let name = secret.metadata.annotations[Self.nameAnnotation], !name.isEmpty
        else { return .done }
        let uid = secret.metadata.annotations[Self.uidAnnotation] ?? ""
        guard let account = try await account(ObjectKey(namespace: key.namespace, name: name), uid: uid) else {
            try await delete(secret)
            return .done
        }
        let filled = try filled(secret, account)
        guard filled != secret else { return .done }
        do throws(StatusError) {
            _ = try await context.client.update(filled)
        } catch {
            // Somebody else changed it, which is heard of.
            guard error.isConflict || error.isNotFound else { throw error }
        }
        return .done
    }

    /// The account with that uid; the cache may not know it yet.
    private func account(_ key: ObjectKey, uid: String) async throws(StatusError) -> ServiceAccount? {
        if let known = accounts.get(key), uid.isEmpty || known.uid == uid { return known }
        do throws(StatusError) {
            let live = try await context.client.get(ServiceAccount.self, key)
            return uid.isEmpty || live.uid == uid ? live : nil
        } catch {
            guard error.isNotFound else { throw error }
            return nil
        }
    }

    private func filled(_ secret: Secret, _ account: ServiceAccount) throws -> Secret {
        var result = secret
        if let bundle { result.data["ca.crt"] = Self.encoded(bundle) }
        result.data["namespace"] = Self.encoded(secret.namespace)
        if (secret.data["token"] ?? "").isEmpty {
            result.data["token"] = Self.encoded(try issuer.issue(account, secret))
        }
        result.metadata.annotations[Self.uidAnnotation] = account.uid
        return result
    }

    private static func encoded(_ text: String) -> String { Base64.encode(Array(text.utf8)) }

    private func delete(_ secret: Secret) async throws(StatusError) {
        var options = DeleteOptions()
        var preconditions = Preconditions()
        preconditions.uid = secret.uid
        options.preconditions = preconditions
        do throws(StatusError) {
            try await context.client.delete(Secret.self, secret.key, options)
        } catch {
            guard error.isConflict || error.isNotFound else { throw error }
        }
    }
}

import Client
import KubeAPI
import Machinery

/// Deletes requests that nobody will ask about any more.
struct CertificateCleaningController: QueueController {
    static let pendingLife = Duration.seconds(24 * 3600)
    static let settledLife = Duration.seconds(3600)

    let context: ControllerContext
    let queue: WorkQueue<String>
    let requests: Informer<CertificateSigningRequest>

    init(_ context: ControllerContext) {
        self.context = context
        queue = context.queue(String.self, name: "certificate")
        requests = context.informers.informer(CertificateSigningRequest.self)
        requests.onChange { [queue] change in
            if case .deleted = change { return }
            queue.add(change.object.name)
        }
    }

    var name: String { "csrcleaner" }
    var workers: Int { 1 }

    var sources: [any InformerSource] { [requests] }

    func reconcile(_ key: String) async throws -> ReconcileOutcome {
        guard let request = requests.get(ObjectKey(namespace: "", name: key)), !request.isBeingDeleted else {
            return .done
        }
        let left = expiry(of: request) - context.now
        if left > .zero { return .requeue(after: left) }
        do throws(StatusError) {
            try await context.client.delete(CertificateSigningRequest.self, request.key)
        } catch {
            if !error.isNotFound { throw error }
        }
        return .done
    }

    private func expiry(of request: CertificateSigningRequest) -> Timestamp {
        let settled = request.status.conditions.compactMap { $0.lastUpdateTime ?? $0.lastTransitionTime }.max()
        let isSettled = request.isDenied || request.isFailed || (request.isApproved && request.isIssued)
        if isSettled, let settled { return settled + Self.settledLife }
        return (request.metadata.creationTimestamp ?? context.now) + Self.pendingLife
    }
}

import Client
import KubeAPI
import Machinery

/// Signs approved requests addressed to the cluster's own signers.
struct CertificateSigningController: QueueController {
    let context: ControllerContext
    let queue: WorkQueue<String>
    let requests: Informer<CertificateSigningRequest>
    let authority: CertificateAuthority

    init(_ context: ControllerContext, authority: CertificateAuthority) {
        self.context = context
        self.authority = authority
        queue = context.queue(
            String.self, name: "certificate", backoff: Backoff(initial: .milliseconds(200), limit: .seconds(1000)))
        requests = context.informers.informer(CertificateSigningRequest.self)
        requests.onChange { [queue] change in
            if case .deleted = change { return }
            if Self.isDue(change.object) { queue.add(change.object.name) }
        }
    }

    var name: String { "csrsigning" }
    var workers: Int { 2 }

    var sources: [any InformerSource] { [requests] }

    private static func isDue(_ request: CertificateSigningRequest) -> Bool {
        KubernetesSigner.all.contains(request.spec.signerName) && request.isApproved && !request.isDenied
            && !request.isFailed && !request.isIssued
    }

    func reconcile(_ key: String) async throws -> ReconcileOutcome {
        guard var request = requests.get(ObjectKey(namespace: "", name: key)), Self.isDue(request) else { return .done }
        do {
            try Self.validate(request, try authority.inspect(request))
            let pem = try await authority.sign(request)
            request.status.certificate = Base64.encode(Array(pem.utf8))
        } catch let refusal as CertificateAuthority.Refusal {
            request.addCondition(
                "Failed", reason: refusal.reason, message: refusal.description, at: context.now)
        }
        _ = try await context.client.updateStatus(request)
        return .done
    }

    /// Approval says that the requester may have the certificate; the signer's own rules hold regardless.
    private static func validate(
        _ request: CertificateSigningRequest, _ facts: CertificateRequestFacts
    ) throws(CertificateAuthority.Refusal) {
        switch request.spec.signerName {
        case KubernetesSigner.kubeletClient:
            guard KubeletRequest.isClient(request, facts) else {
                throw CertificateAuthority.Refusal("the request is not one for a kubelet's client certificate")
            }
        case KubernetesSigner.kubeletServing:
            guard KubeletRequest.isServing(request, facts) else {
                throw CertificateAuthority.Refusal("the request is not one for a kubelet's serving certificate")
            }
        case KubernetesSigner.client:
            let allowed: Set<String> = ["digital signature", "key encipherment", "client auth"]
            let usages = Set(request.spec.usages)
            guard allowed.isSuperset(of: usages), usages.contains("client auth") else {
                throw CertificateAuthority.Refusal("the usages asked for are not those of a client certificate")
            }
        default: break
        }
    }
}

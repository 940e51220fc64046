import Client
import KubeAPI
import Machinery

/// Approves certificates that nodes ask for: their client certificate, for those allowed to, and their serving
/// certificate, for addresses the cluster knows as theirs. Everything else is left to people.
struct CertificateApprovalController: QueueController {
    let context: ControllerContext
    let queue: WorkQueue<String>
    let requests: Informer<CertificateSigningRequest>
    let nodes: Informer<Node>
    let authority: CertificateAuthority

    init(_ context: ControllerContext, authority: CertificateAuthority) {
        self.context = context
        self.authority = authority
        queue = context.queue(String.self, name: "certificate")
        requests = context.informers.informer(CertificateSigningRequest.self)
        nodes = context.informers.informer(Node.self)
        requests.onChange { [queue] change in
            if case .deleted = change { return }
            let request = change.object
            if !request.isApproved, !request.isDenied, !request.isIssued { queue.add(request.name) }
        }
        // A node's addresses may come after its request for a certificate for them.
        nodes.onChange { [queue, requests] change in
            if case .updated(let old, let new) = change,
                old.json["status"]?["addresses"] == new.json["status"]?["addresses"]
            {
                return
            }
            let username = KubeletRequest.userPrefix + change.object.name
            for request in requests.list() where request.spec.username == username && !request.isApproved {
                queue.add(request.name)
            }
        }
    }

    var name: String { "csrapproving" }
    var workers: Int { 1 }

    var sources: [any InformerSource] { [requests, nodes] }

    func reconcile(_ key: String) async throws -> ReconcileOutcome {
        guard let request = requests.get(ObjectKey(namespace: "", name: key)), !request.isApproved,
            !request.isDenied, !request.isIssued
        else { return .done }
        switch request.spec.signerName {
        case KubernetesSigner.kubeletClient: try await considerClient(request)
        case KubernetesSigner.kubeletServing: try await considerServing(request)
        default: break
        }
        return .done
    }

    private func considerClient(_ request: CertificateSigningRequest) async throws {
        // A request that cannot be read is not one that nodes make: it is left to people.
        guard let facts = try? authority.inspect(request), KubeletRequest.isClient(request, facts) else { return }
        let isOwn = request.spec.username == facts.commonName
        if isOwn, try await isAllowed(request, subresource: "selfnodeclient") {
            try await approve(request, "Auto approving self kubelet client certificate after SubjectAccessReview.")
        } else if isTakeover(request, facts) {
            context.log.report(
                name,
                "the request \(request.name) of \(request.spec.username ?? "") is for node "
                    + "\(facts.commonName.dropFirst(KubeletRequest.userPrefix.count)), which has joined already; delete "
                    + "the Node first, or approve the request by hand")
        } else if try await isAllowed(request, subresource: "nodeclient") {
            try await approve(request, "Auto approving kubelet client certificate after SubjectAccessReview.")
        } else {
            context.log.report(
                name,
                "the request \(request.name) of \(request.spec.username ?? "") for a node's client certificate "
                    + "was recognized, but the requester may not have it approved")
        }
    }

    /// Whether somebody with a token for joining asks to become a node that is there: tokens make new nodes only.
    private func isTakeover(_ request: CertificateSigningRequest, _ facts: CertificateRequestFacts) -> Bool {
        request.spec.groups.contains("system:bootstrappers")
            && nodes.get(
                ObjectKey(
                    namespace: "", name: String(facts.commonName.dropFirst(KubeletRequest.userPrefix.count)))) != nil
    }

    private func considerServing(_ request: CertificateSigningRequest) async throws {
        // As above: what cannot be read is left to people.
        guard let facts = try? authority.inspect(request), KubeletRequest.isServing(request, facts),
            let username = request.spec.username,
            let node = nodes.get(
                ObjectKey(namespace: "", name: String(username.dropFirst(KubeletRequest.userPrefix.count)))),
            KubeletRequest.addresses(facts, belongTo: node)
        else { return }
        try await approve(request, "Auto approving kubelet serving certificate for the node's own addresses.")
    }

    private func isAllowed(_ request: CertificateSigningRequest, subresource: String) async throws -> Bool {
        var attributes = ResourceAttributes()
        attributes.group = "certificates.k8s.io"
        attributes.resource = "certificatesigningrequests"
        attributes.verb = "create"
        attributes.subresource = subresource
        attributes.version = "*"
        var review = SubjectAccessReview(name: "")
        review.metadata = ObjectMeta()
        review.spec.user = request.spec.username
        review.spec.uid = request.spec.uid
        review.spec.groups = request.spec.groups
        review.spec.extra = request.spec.extra
        review.spec.resourceAttributes = attributes
        return try await context.client.create(review).status.allowed
    }

    private func approve(_ request: CertificateSigningRequest, _ message: String) async throws(StatusError) {
        var approved = request
        approved.addCondition("Approved", reason: "AutoApproved", message: message, at: context.now)
        _ = try await context.client.updateSubresource(approved, "approval")
    }
}

/// The shapes of the requests that kubelets make.
enum KubeletRequest {
    static let userPrefix = "system:node:"
    static let group = "system:nodes"

    static func isClient(_ request: CertificateSigningRequest, _ facts: CertificateRequestFacts) -> Bool {
        facts.organizations == [group] && facts.commonName.hasPrefix(userPrefix)
            && facts.commonName.utf8.count > userPrefix.utf8.count && facts.dnsNames.isEmpty
            && facts.ipAddresses.isEmpty && facts.emailAddresses.isEmpty && facts.uris.isEmpty
            && hasUsages(request, "client auth")
    }

    static func isServing(_ request: CertificateSigningRequest, _ facts: CertificateRequestFacts) -> Bool {
        facts.organizations == [group] && facts.commonName.hasPrefix(userPrefix)
            && facts.commonName == request.spec.username && request.spec.groups.contains(group)
            && !(facts.dnsNames.isEmpty && facts.ipAddresses.isEmpty) && facts.emailAddresses.isEmpty
            && facts.uris.isEmpty && hasUsages(request, "server auth")
    }

    /// Whether all names asked for are addresses of the node.
    static func addresses(_ facts: CertificateRequestFacts, belongTo node: Node) -> Bool {
        let addresses = node.status.addresses
        let names = Set(addresses.filter { !$0.type.hasSuffix("IP") }.map(\.address) + [node.name])
        let numbers = Set(addresses.filter { $0.type.hasSuffix("IP") }.map(\.address))
        return names.isSuperset(of: facts.dnsNames) && numbers.isSuperset(of: facts.ipAddresses)
    }

    /// RSA keys may also encipher keys; nothing else may be asked for.
    private static func hasUsages(_ request: CertificateSigningRequest, _ purpose: String) -> Bool {
        let usages = Set(request.spec.usages)
        return usages == ["digital signature", purpose] || usages == ["key encipherment", "digital signature", purpose]
    }
}

import Client
import KubeAPI
import Machinery
import PKI

/// A certificate to be had from the cluster: what it is to say, and which of the cluster's signers gives it.
package struct CertificateOrder: Sendable {
    private static let userPrefix = "system:node:"
    private static let group = "system:nodes"
    /// As long as kubelets wait.
    private static let patience = Duration.seconds(15 * 60)

    private let signer: String
    private let usage: String
    private let subject: DistinguishedName
    private let names: SubjectAlternativeNames

    private init(signer: String, usage: String, node: String, names: SubjectAlternativeNames) {
        self.signer = signer
        self.usage = usage
        self.names = names
        subject = DistinguishedName(commonName: Self.userPrefix + node, organizations: [Self.group])
    }

    /// What a node proves itself with to the API server.
    package static func client(node: String) -> CertificateOrder {
        CertificateOrder(
            signer: "kubernetes.io/kube-apiserver-client-kubelet", usage: "client auth", node: node, names: .none)
    }

    /// What a node's own server proves itself with, under the node's name and addresses.
    package static func serving(node: String, addresses: [String]) throws -> CertificateOrder {
        CertificateOrder(
            signer: "kubernetes.io/kubelet-serving", usage: "server auth", node: node,
            names: try SubjectAlternativeNames(dnsNames: [node], ipAddresses: addresses))
    }

    /// Whether a certificate is what would be ordered now.
    package func isFilled(by certificate: Certificate) -> Bool {
        certificate.subject == subject && certificate.alternativeNames == names
    }

    /// Makes a key and has a certificate made for it: by a CertificateSigningRequest, which somebody has to approve.
    ///
    /// - Parameter waiting: told the request's name when it is waited for.
    package func place(
        with client: Client, clock: some Clock<Duration> = ContinuousClock(),
        waiting: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws -> CertifiedKey {
        let key = try PrivateKey.generate()
        let request = try PKI.CertificateSigningRequest(key: key, subject: subject, alternativeNames: names)
        var object = KubeAPI.CertificateSigningRequest(json: JSONObject())
        object.metadata.generateName = "node-csr-"
        object.spec.request = Base64.standard.encode(Array(request.pem().utf8))
        object.spec.signerName = signer
        object.spec.usages = ["digital signature", usage]
        let name = try await client.create(object).name
        waiting(name)
        let pem = try await withThrowingTaskGroup(of: [UInt8].self) { group in
            group.addTask { try await Self.answer(to: name, client) }
            group.addTask {
                try await DelayClock(clock).sleep(for: Self.patience)
                throw JoinError(
                    "nobody approved the request \(name) in time; approve one with: kubectl certificate approve")
            }
            defer { group.cancelAll() }
            return try await group.next() ?? []
        }
        return try CertifiedKey(certificates: Certificate.bundle(pem: pem), key: key)
    }

    /// Watches the request until it is decided. A watch that ends is opened again.
    private static func answer(to name: String, _ client: Client) async throws -> [UInt8] {
        while true {
            let events = try await client.watch(
                KubeAPI.CertificateSigningRequest.self, WatchOptions(fieldSelector: "metadata.name=\(name)"))
            for try await event in events {
                switch event {
                case .added(let request), .modified(let request):
                    if let certificate = request.status.certificate, !certificate.isEmpty {
                        return try Base64.standard.decode(certificate)
                    }
                    for condition in request.status.conditions where ["Denied", "Failed"].contains(condition.type) {
                        throw JoinError(
                            "the request \(name) is \(condition.type.lowercased()): \(condition.message ?? "")")
                    }
                case .deleted:
                    throw JoinError("the request \(name) was deleted")
                case .bookmark:
                    continue
                }
            }
        }
    }
}

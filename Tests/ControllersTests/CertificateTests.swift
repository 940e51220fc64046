import Client
import ClientTestSupport
import Controllers
import KubeAPI
import Machinery
import Testing

@Suite("A certificate request")
struct CertificateTests {
    /// Reads facts out of a request that writes them plainly: `CN|O,O|dns,dns|ip,ip`.
    private static let authority = CertificateAuthority(
        inspect: { request in
            let parts = request.spec.request.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 4 else { throw CertificateAuthority.Refusal("unreadable") }
            func list(_ text: String) -> [String] { text.split(separator: ",").map(String.init) }
            return CertificateRequestFacts(
                commonName: parts[0], organizations: list(parts[1]), dnsNames: list(parts[2]),
                ipAddresses: list(parts[3]))
        },
        sign: { request in "certificate of \(request.name)" })

    private func request(
        _ name: String, signer: String, user: String, groups: [String], text: String, usages: [String]
    ) -> CertificateSigningRequest {
        var request = CertificateSigningRequest(name: name)
        request.spec.signerName = signer
        request.spec.username = user
        request.spec.groups = groups
        request.spec.request = text
        request.spec.usages = usages
        return request
    }

    private static let client = "kubernetes.io/kube-apiserver-client-kubelet"
    private static let serving = "kubernetes.io/kubelet-serving"
    private static let bootstrap = ["system:bootstrappers"]
    private static let nodes = ["system:nodes"]

    private func cluster() -> TestCluster {
        let cluster = TestCluster(["csrapproving", "csrsigning", "csrcleaner"]) {
            $0.certificateAuthority = Self.authority
        }
        var n1 = node("n1")
        var address = NodeAddress()
        address.type = "InternalIP"
        address.address = "10.0.0.1"
        n1.status.addresses = [address]
        cluster.server.seed(n1)
        return cluster
    }

    @Test("of a node is approved and signed")
    func approves() async throws {
        let cluster = cluster()
        cluster.server.seed(
            request(
                "join", signer: Self.client, user: "system:bootstrap:abc", groups: Self.bootstrap,
                text: "system:node:n2|system:nodes||", usages: ["digital signature", "client auth"]))
        cluster.server.seed(
            request(
                "serve", signer: Self.serving, user: "system:node:n1", groups: Self.nodes,
                text: "system:node:n1|system:nodes|n1|10.0.0.1", usages: ["digital signature", "server auth"]))
        try await cluster.run { cluster in
            try await cluster.until("signed") { server in
                server.list(CertificateSigningRequest.self).allSatisfy { $0.status.certificate != nil }
            }
            let join = try #require(cluster.server.get(CertificateSigningRequest.self, "join"))
            #expect(join.status.conditions.map(\.type) == ["Approved"])
            #expect(join.status.conditions.first?.reason == "AutoApproved")
            #expect(join.status.certificate.flatMap { Base64.decode($0) } == Array("certificate of join".utf8))
        }
    }

    @Test("by a token for a node that is there is left to a person; the node's own renewal is not")
    func takeover() async throws {
        let cluster = cluster()
        for (name, user, groups) in [
            ("takeover", "system:bootstrap:abc", Self.bootstrap), ("renewal", "system:node:n1", Self.nodes),
        ] {
            cluster.server.seed(
                request(
                    name, signer: Self.client, user: user, groups: groups, text: "system:node:n1|system:nodes||",
                    usages: ["digital signature", "client auth"]))
        }
        try await cluster.run { cluster in
            try await cluster.until("the renewal is signed") { server in
                server.get(CertificateSigningRequest.self, "renewal")?.status.certificate != nil
            }
            await cluster.settle()
            #expect(cluster.server.get(CertificateSigningRequest.self, "takeover")?.status.conditions.isEmpty == true)
        }
    }

    @Test("that is not one of a node, or asks for too much, is left alone")
    func leaves() async throws {
        let cluster = cluster()
        let cases: [(String, String, String, [String], String, [String])] = [
            (
                "admin", Self.client, "u", Self.bootstrap, "admin|system:masters||",
                ["client auth", "digital signature"]
            ),
            (
                "masters", Self.client, "u", Self.bootstrap, "system:node:x|system:nodes,system:masters||",
                ["client auth", "digital signature"]
            ),
            (
                "sans", Self.client, "u", Self.bootstrap, "system:node:x|system:nodes|evil|",
                ["client auth", "digital signature"]
            ),
            (
                "usages", Self.client, "u", Self.bootstrap, "system:node:x|system:nodes||",
                ["server auth", "digital signature"]
            ),
            (
                "foreign", Self.serving, "system:node:n2", Self.nodes, "system:node:n2|system:nodes||10.0.0.1",
                ["server auth", "digital signature"]
            ),
            (
                "address", Self.serving, "system:node:n1", Self.nodes, "system:node:n1|system:nodes||10.0.0.9",
                ["server auth", "digital signature"]
            ),
            ("unreadable", Self.client, "u", Self.bootstrap, "?", ["client auth", "digital signature"]),
            (
                "other", "example.com/signer", "u", Self.bootstrap, "system:node:n1|system:nodes||",
                ["client auth", "digital signature"]
            ),
        ]
        for (name, signer, user, groups, text, usages) in cases {
            cluster.server.seed(request(name, signer: signer, user: user, groups: groups, text: text, usages: usages))
        }
        try await cluster.run { cluster in
            try await cluster.informers.informer(CertificateSigningRequest.self).waitForSync()
            await cluster.settle()
            for request in cluster.server.list(CertificateSigningRequest.self) {
                #expect(request.status.conditions.isEmpty, "\(request.name)")
                #expect(request.status.certificate == nil, "\(request.name)")
            }
        }
    }

    @Test("that breaks its signer's rules fails although it was approved")
    func fails() async throws {
        let cluster = cluster()
        var bad = request(
            "bad", signer: Self.client, user: "u", groups: [], text: "admin|system:masters||",
            usages: ["client auth", "digital signature"])
        var approved = CertificateSigningRequestCondition()
        approved.type = "Approved"
        approved.status = "True"
        bad.status.conditions = [approved]
        cluster.server.seed(bad)
        try await cluster.run { cluster in
            try await cluster.until("failed") { server in
                server.get(CertificateSigningRequest.self, "bad")?.status.conditions.map(\.type) == [
                    "Approved", "Failed",
                ]
            }
            #expect(cluster.server.get(CertificateSigningRequest.self, "bad")?.status.certificate == nil)
        }
    }

    @Test("is deleted an hour after it is settled, a day after it was made otherwise")
    func cleans() async throws {
        let cluster = cluster()
        cluster.server.seed(request("pending", signer: "example.com/x", user: "u", groups: [], text: "", usages: []))
        cluster.server.seed(
            request(
                "join", signer: Self.client, user: "u", groups: Self.bootstrap,
                text: "system:node:n2|system:nodes||", usages: ["digital signature", "client auth"]))
        try await cluster.run { cluster in
            try await cluster.until("signed") {
                $0.get(CertificateSigningRequest.self, "join")?.status.certificate != nil
            }
            try await cluster.advance(.seconds(600), upTo: .seconds(2 * 3600), "settled one goes") { server in
                server.get(CertificateSigningRequest.self, "join") == nil
            }
            #expect(cluster.server.get(CertificateSigningRequest.self, "pending") != nil)
            try await cluster.advance(.seconds(3600), upTo: .seconds(30 * 3600), "pending one goes") { server in
                server.list(CertificateSigningRequest.self).isEmpty
            }
        }
    }
}

import Client
import ClientTestSupport
import Controllers
import KubeAPI
import Machinery
import Testing

@Suite("A Secret for an account's token")
struct TokenSecretTests {
    private static func cluster() -> TestCluster {
        TestCluster(["serviceaccount-token"]) {
            $0.rootCertificates = "PEM"
            $0.accountTokens = AccountTokenIssuer { account, secret in "\(account.uid)/\(secret.name)" }
        }
    }

    private static func secret(_ name: String, account: String) -> Secret {
        var secret = Secret(name: name, namespace: "team")
        secret.type = "kubernetes.io/service-account-token"
        secret.metadata.annotations = ["kubernetes.io/service-account.name": account]
        return secret
    }

    @Test("is filled, and goes with its account")
    func life() async throws {
        try await Self.cluster().run { cluster in
            let client = cluster.server.client()
            let account = try await client.create(ServiceAccount(name: "bot", namespace: "team"))
            _ = try await client.create(Self.secret("bot-token", account: "bot"))
            _ = try await client.create(Secret(name: "other", namespace: "team"))
            try await cluster.until("filled") { server in
                server.get(Secret.self, "bot-token", namespace: "team")?.data == [
                    "ca.crt": Base64.encode(Array("PEM".utf8)), "namespace": Base64.encode(Array("team".utf8)),
                    "token": Base64.encode(Array("\(account.uid)/bot-token".utf8)),
                ]
            }
            let filled = cluster.server.get(Secret.self, "bot-token", namespace: "team")
            #expect(filled?.metadata.annotations["kubernetes.io/service-account.uid"] == account.uid)
            try await client.delete(ServiceAccount.self, ObjectKey(namespace: "team", name: "bot"))
            try await cluster.until("gone") { $0.get(Secret.self, "bot-token", namespace: "team") == nil }
            #expect(cluster.server.get(Secret.self, "other", namespace: "team")?.data == [:])
        }
    }

    @Test("without an account is deleted")
    func orphan() async throws {
        try await Self.cluster().run { cluster in
            _ = try await cluster.server.client().create(Self.secret("lost", account: "nobody"))
            try await cluster.until("gone") { $0.get(Secret.self, "lost", namespace: "team") == nil }
            #expect(cluster.server.writes.contains { $0.method == "DELETE" })
        }
    }
}

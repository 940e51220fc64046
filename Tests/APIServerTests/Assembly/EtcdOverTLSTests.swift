import EtcdStore
import EtcdTestSupport
import Foundation
import HTTPClient
import Machinery
import PKI
import Store
import Testing

@Suite("An etcd behind TLS", .enabled(if: EtcdProcess.isInstalled), .timeLimit(.minutes(2)))
struct EtcdOverTLSTests {
    @Test("is used with a client certificate, and not without one")
    func clientCertificates() async throws {
        try await EtcdSlots.withEtcd { plain in
            let now = SystemWallClock().now.seconds
            let validity = try Validity(now: now, lifetime: .seconds(3600))
            let authority = try CertificateAuthority.create(
                subject: DistinguishedName(commonName: "etcd-ca"), validity: validity)
            func issue(_ name: String, _ usages: KeyUsages) throws -> (certificate: String, key: String) {
                let key = try PrivateKey.generate()
                let certificate = try authority.issue(
                    subject: DistinguishedName(commonName: name),
                    alternativeNames: SubjectAlternativeNames(dnsNames: ["localhost"], ipAddresses: ["127.0.0.1"]),
                    usages: usages, validity: validity, publicKey: key.publicKey)
                return (certificate.pem(), try key.pem())
            }
            let (server, client) = (try issue("etcd", .server), try issue("gantry", .client))
            func file(_ name: String, _ text: String) throws -> String {
                let path = plain.folder + "/" + name
                try text.write(toFile: path, atomically: true, encoding: .utf8)
                return path
            }
            var etcd = plain
            etcd.scheme = "https"
            etcd.arguments = [
                "--cert-file", try file("server.crt", server.certificate),
                "--key-file", try file("server.key", server.key),
                "--trusted-ca-file", try file("ca.crt", authority.certificate.pem()), "--client-cert-auth",
            ]
            let trust = ClientTLS.Trust.authorities(pem: authority.certificate.pem())
            var configuration = etcd.configuration()
            configuration.tls = try ClientTLS(
                .init(trust: trust, certificateChainPEM: client.certificate, privateKeyPEM: client.key))
            let (known, running) = (configuration, etcd)
            try await running.running {
                let store = try await EtcdStore.open(known)
                let key = StoreKey(bucket: "pods", namespace: "default", name: "a")
                let start = Array(#"{"metadata":{"resourceVersion":""#.utf8)
                let write = ObjectWrite(
                    header: ObjectHeader(uid: "u"), bytes: start + Array(#""}}"#.utf8), revisionOffset: start.count)
                let created = try await store.create(key, write)
                let read = try await store.get(key)
                #expect(read === created)
                await store.close()
                var stranger = known
                stranger.attempts = 2
                stranger.tls = try ClientTLS(.init(trust: trust))
                await #expect(throws: StoreError.self) { try await EtcdStore.open(stranger).close() }
            }
        }
    }
}

import HTTPClient
import HTTPCore
import HTTPServing
import HTTPTestSupport
import NIOCore
import NIOSSL
import Testing

/// Who may talk to whom.
@Suite(.timeLimit(.minutes(1)))
struct TLSTests {
    static let who: @Sendable (HTTPRequest) async -> HTTPResponse = { request in
        .bytes(request.peerCertificate ?? [], contentType: "application/pkix-cert")
    }

    @Test("A client certificate is optional, verified where it is shown, and fails the handshake where it is not ours")
    func clientCertificates() async throws {
        let tls = try TestServer.tls(clientCAs: TestCertificates.ca)
        try await TestServer.run([.tcp(host: "127.0.0.1", port: 0)], tls: tls, handler: Self.who) { server in
            let request = HTTPClientRequest(endpoint: server.https, target: "/")
            let anonymous = try HTTPClient.test()
            #expect(try await anonymous.execute(request).body.collect(upTo: 10_000) == [])

            let alice = try HTTPClient.test(
                tls: .test(certificate: TestCertificates.client, key: TestCertificates.clientKey))
            let der = try NIOSSLCertificate(bytes: Array(TestCertificates.client.utf8), format: .pem).toDERBytes()
            #expect(try await alice.execute(request).body.collect(upTo: 10_000) == der)

            let mallory = try HTTPClient.test(
                tls: .test(certificate: TestCertificates.otherClient, key: TestCertificates.otherClientKey))
            await #expect(throws: HTTPClientError.self) { try await mallory.execute(request) }
        }
    }

    @Test("Without client CAs no certificate is asked for or believed")
    func noClientCAs() async throws {
        try await TestServer.run(
            [.tcp(host: "127.0.0.1", port: 0)], tls: TestServer.tls(), handler: Self.who
        ) { server in
            let alice = try HTTPClient.test(
                tls: .test(certificate: TestCertificates.client, key: TestCertificates.clientKey))
            let response = try await alice.execute(HTTPClientRequest(endpoint: server.https, target: "/"))
            #expect(try await response.body.collect(upTo: 10_000) == [])
        }
    }

    @Test("A server certificate is verified: its CA, its name, its address; skipped only when asked")
    func serverCertificate() async throws {
        try await TestServer.run(
            [.tcp(host: "127.0.0.1", port: 0)], tls: TestServer.tls(), handler: Self.who
        ) { server in
            func status(_ tls: ClientTLS, host: String = "localhost") async throws -> HTTPStatus {
                let client = try HTTPClient.test(tls: tls)
                return try await client.execute(
                    HTTPClientRequest(endpoint: .https(host: host, port: server.port), target: "/")
                ).status
            }
            #expect(try await status(.test()) == .ok)
            #expect(try await status(.test(), host: "127.0.0.1") == .ok)
            await #expect(throws: HTTPClientError.self) {
                try await status(.test(trusting: TestCertificates.otherCA))
            }
            let skipping = try ClientTLS(.init(trust: .insecureSkipVerify))
            #expect(try await status(skipping) == .ok)
        }
    }

    @Test("The name asked for must be in the certificate", arguments: [nil, "localhost", "elsewhere.example"])
    func serverName(name: String?) async throws {
        let tls = try ServerTLS(
            .init(certificateChainPEM: TestCertificates.otherServer, privateKeyPEM: TestCertificates.otherServerKey))
        try await TestServer.run([.tcp(host: "127.0.0.1", port: 0)], tls: tls, handler: Self.who) { server in
            let client = try HTTPClient.test(
                tls: ClientTLS(.init(trust: .authorities(pem: TestCertificates.otherCA), serverName: name)))
            // The certificate has no address, so that one must be reached by a name in it.
            let request = HTTPClientRequest(endpoint: .https(host: "127.0.0.1", port: server.port), target: "/")
            if name == "localhost" {
                #expect(try await client.execute(request).status == .ok)
            } else {
                await #expect(throws: HTTPClientError.self) { try await client.execute(request) }
            }
        }
    }

    @Test("A replaced identity serves new connections")
    func hotSwap() async throws {
        let tls = try TestServer.tls()
        try await TestServer.run([.tcp(host: "127.0.0.1", port: 0)], tls: tls, handler: Self.who) { server in
            let request = HTTPClientRequest(endpoint: server.https, target: "/")
            let old = try HTTPClient.test()
            #expect(try await old.execute(request).status == .ok)
            try tls.replace(
                .init(
                    certificateChainPEM: TestCertificates.otherServer,
                    privateKeyPEM: TestCertificates.otherServerKey))
            #expect(throws: (any Error).self) {
                try tls.replace(.init(certificateChainPEM: "no PEM", privateKeyPEM: "none"))
            }
            #expect(try await old.execute(request).status == .ok, "an open connection goes on")
            let new = try HTTPClient.test(tls: .test(trusting: TestCertificates.otherCA))
            #expect(try await new.execute(request).status == .ok)
            old.retireConnections()
            await #expect(throws: HTTPClientError.self) { try await old.execute(request) }
        }
    }

    @Test("A TCP address without TLS settings is refused, unless it is said to be plain")
    func tlsMissing() async throws {
        let server = HTTPServer(
            HTTPServerConfiguration(addresses: [.tcp(host: "127.0.0.1", port: 0)]),
            handler: HTTPClosureHandler(Self.who))
        await #expect(throws: HTTPServerError.self) { try await server.run() }
    }
}

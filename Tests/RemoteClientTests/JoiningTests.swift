import Client
import ClientTestSupport
import HTTPClient
import KubeAPI
import Machinery
import PKI
import RemoteClient
import Synchronization
import Testing

@Suite("Joining a cluster")
struct JoiningTests {
    private static let hash = String(repeating: "0a", count: 32)

    private static func authority(
        _ name: String = "ca", at now: Int64 = SystemWallClock().now.seconds
    ) throws -> PKI.CertificateAuthority {
        try CertificateAuthority.create(
            subject: DistinguishedName(commonName: name), validity: Validity(now: now, lifetime: .seconds(36_000)))
    }

    @Test("a token holds an id, a secret, and the pin of the authority")
    func token() throws {
        let token = try JoinToken("abcdef.0123456789abcdef.\(Self.hash)")
        #expect(token.id == "abcdef")
        #expect(token.bearer == "abcdef.0123456789abcdef")
        #expect(token.pin?.description == "sha256:\(Self.hash)")
        #expect(token.text == "abcdef.0123456789abcdef.\(Self.hash)")
        #expect(!"\(token)".contains("0123456789abcdef"))
        #expect(try JoinToken("abcdef.0123456789abcdef").pin == nil)
    }

    @Test(
        "what is no token is refused",
        arguments: [
            "", "abcdef", "abcde.0123456789abcdef", "abcdef.0123456789abcde", "ABCDEF.0123456789abcdef",
            "abcdef.0123456789abcdef.", "abcdef.0123456789abcdef.00", "abcdef.0123456789abcdef.\(hash).x",
            "abcdef.0123456789abcdef.zz\(String(repeating: "0", count: 62))", "abcdef.0123456789abcdeé",
        ])
    func noToken(text: String) {
        #expect(throws: JoinError.self) { try JoinToken(text) }
    }

    @Test(
        "a pin is written as kubeadm writes it",
        arguments: [
            ("sha256:\(hash)", true), ("sha256:\(hash.uppercased())", true), (hash, false), ("sha512:\(hash)", false),
            ("sha256:00", false), ("", false),
        ])
    func pin(text: String, isGood: Bool) {
        #expect(((try? AuthorityPin(text)) != nil) == isGood)
    }

    @Test("a pin is the hash of the authority's public key, whatever its certificate says")
    func pinOfKey() throws {
        let authority = try Self.authority()
        let expected = Hex.encode(Digest.sha256(try authority.certificate.publicKey().der))
        #expect(try AuthorityPin(authority.certificate).description == "sha256:\(expected)")
    }

    /// A server that claims an authority; it proves itself when that is what the client trusts.
    private static func server(
        claiming claimed: PKI.CertificateAuthority, having own: PKI.CertificateAuthority? = nil,
        asked: @escaping @Sendable () -> Void = {}
    ) -> ClusterDiscovery {
        let map = ClusterInfo.configMap(server: "https://192.0.2.1:6443", authority: claimed.certificate.pem())
        let proof = (own ?? claimed).certificate.pem()
        return ClusterDiscovery { trust in
            asked()
            if case .authorities(let pem) = trust, pem != proof { throw JoinError("handshake failed") }
            return JSON.object(map.json).encoded()
        }
    }

    @Test("a cluster with the pinned authority is believed")
    func discovery() async throws {
        let authority = try Self.authority()
        let count = Mutex(0)
        let found = try await Self.server(claiming: authority) { count.withLock { $0 += 1 } }.authorities(
            pinned: [try AuthorityPin(authority.certificate)])
        #expect(found == authority.certificate.pem())
        #expect(count.withLock { $0 } == 2, "once to hear the claim, once to see it proven")
    }

    @Test("a cluster with another authority is refused, by the first answer alone")
    func wrongAuthority() async throws {
        let (real, impostor) = (try Self.authority(), try Self.authority("impostor"))
        let count = Mutex(0)
        let error = await #expect(throws: JoinError.self) {
            try await Self.server(claiming: impostor) { count.withLock { $0 += 1 } }.authorities(
                pinned: [try AuthorityPin(real.certificate)])
        }
        #expect(error?.description.contains("this is not the cluster the token is for") == true)
        #expect(count.withLock { $0 } == 1)
    }

    @Test("a server that repeats the real authority's certificate but cannot prove it is refused")
    func unproven() async throws {
        let (real, impostor) = (try Self.authority(), try Self.authority("impostor"))
        await #expect(throws: JoinError.self) {
            try await Self.server(claiming: real, having: impostor).authorities(
                pinned: [try AuthorityPin(real.certificate)])
        }
    }

    @Test("without a pin nothing is even asked")
    func unpinned() async throws {
        let authority = try Self.authority()
        let count = Mutex(0)
        await #expect(throws: JoinError.self) {
            try await Self.server(claiming: authority) { count.withLock { $0 += 1 } }.authorities(pinned: [])
        }
        #expect(count.withLock { $0 } == 0)
    }

    @Test(
        "what is no cluster-info is refused",
        arguments: [
            "", "{}", #"{"data":{}}"#, #"{"data":{"kubeconfig":"]"}}"#, #"{"data":{"kubeconfig":"clusters: []"}}"#,
            #"{"data":{"kubeconfig":"clusters:\n- cluster: {certificate-authority-data: bm8=}"}}"#,
        ])
    func malformed(text: String) {
        #expect(throws: JoinError.self) { try ClusterInfo(configMap: Array(text.utf8)) }
    }

    // MARK: Certificates

    private static func certified(_ authority: PKI.CertificateAuthority, at now: Int64) throws -> CertifiedKey {
        let key = try PrivateKey.generate()
        let certificate = try authority.issue(
            subject: DistinguishedName(commonName: "system:node:n1", organizations: ["system:nodes"]),
            usages: .client, validity: Validity(now: now, lifetime: .seconds(1000), backdate: .zero),
            publicKey: key.publicKey)
        return try CertifiedKey(certificates: [certificate], key: key)
    }

    @Test("a certificate is for its own key only, and for the authority that made it")
    func certifiedKey() throws {
        let authority = try Self.authority()
        let now = SystemWallClock().now
        let key = try Self.certified(authority, at: now.seconds)
        #expect(CertificateOrder.client(node: "n1").isFilled(by: key.leaf))
        #expect(!CertificateOrder.client(node: "n2").isFilled(by: key.leaf))
        #expect(try key.isValid(.client, by: authority.certificate.pem(), at: now))
        #expect(try !key.isValid(.client, by: Self.authority("x").certificate.pem(), at: now))
        #expect(try !key.isValid(.client, by: authority.certificate.pem(), at: now.advanced(by: .seconds(1001))))
        #expect(throws: JoinError.self) {
            try CertifiedKey(certificates: key.certificates, key: PrivateKey.generate())
        }
    }

    @Test("a certificate is renewed between 70 and 90 % of its life, and tried again when that fails")
    func renewal() async throws {
        let time = TestTime()
        let start = time.wall.now.seconds
        let authority = try Self.authority(at: start)
        let first = try Self.certified(authority, at: start)
        let (renewals, renewed) = AsyncStream.makeStream(of: (attempt: Int, life: Int64).self)
        // Attempts so far, and when the last certificate was made: the clock runs on while it is taken into use.
        let state = Mutex((attempts: 0, made: start))
        let keeper = CertificateKeeper("test", first, clock: time, wall: time.wall, log: FailureLog { _, _ in }) {
            let now = time.wall.now.seconds
            let (attempt, made) = state.withLock { state in
                state.attempts += 1
                defer { if state.attempts > 1 { state.made = now } }
                return (state.attempts, state.made)
            }
            if attempt == 1 { throw JoinError("the server is away") }
            renewed.yield((attempt, now - made))
            return try Self.certified(authority, at: now)
        } use: { _ in
        }
        let running = Task { try await keeper.run() }
        defer { running.cancel() }
        let moving = Task {
            while !Task.isCancelled {
                time.advance(by: .seconds(1))
                await Task.yield()
            }
        }
        defer { moving.cancel() }
        var seen: [(attempt: Int, life: Int64)] = []
        for await renewal in renewals {
            seen.append(renewal)
            if seen.count == 2 { break }
        }
        let renewal = first.leaf.renewalTime - start
        #expect((700...900).contains(renewal))
        #expect(seen.map(\.attempt) == [2, 3])
        #expect(seen[0].life >= renewal, "not before its time")
        #expect(seen[1].life >= 600, "the second keeps its own time")
    }
}

import APIServer
import AdmissionRules
import Client
import HTTPClient
import HTTPCore
import HTTPServing
import KubeAPI
import Machinery
import NIOCore
import PKI
import Store
import Synchronization
import Testing

/// How a test reaches the server: the same body runs both ways.
enum Route: String, CaseIterable, Sendable {
    case inProcess
    case socket
}

/// Which store is behind the server.
enum Backing: Sendable {
    case memory
    case sqlite(path: String)
    case other(any Store)
}

/// A wall clock that stands where a test puts it.
final class HandClock: WallClock {
    private let moment: Mutex<Timestamp>

    init(_ moment: Timestamp = SystemWallClock().now.inSeconds) { self.moment = Mutex(moment) }

    var now: Timestamp { moment.withLock { $0 } }
    func advance(by duration: Duration) { moment.withLock { $0 = $0.advanced(by: duration) } }
}

/// An API server with the objects every cluster starts with, reached as any user.
final class TestCluster: Sendable {
    static let admin = User(name: "admin", groups: ["system:masters"])

    let plane: ControlPlane
    let store: any Store
    let cache: WatchCache
    let clock: HandClock
    private let socket: Socket?

    private struct Socket: Sendable {
        let client: HTTPClient
        let endpoint: HTTPEndpoint
        let authority: CertificateAuthority
    }

    private init(plane: ControlPlane, store: any Store, cache: WatchCache, clock: HandClock, socket: Socket?) {
        self.plane = plane
        self.store = store
        self.cache = cache
        self.clock = clock
        self.socket = socket
    }

    /// Runs `body` against a fresh cluster and takes that down again.
    static func run(
        _ route: Route = .inProcess, _ backing: Backing = .memory, apis: ServedAPIs = ServedAPIs(),
        admission: AdmissionSettings = AdmissionSettings(),
        adjust: @Sendable (inout ControlPlane.Configuration) -> Void = { _ in },
        _ body: @Sendable @escaping (TestCluster) async throws -> Void
    ) async throws {
        let store: any Store
        switch backing {
        case .memory: store = MemoryStore()
        case .sqlite(let path): store = try SQLiteStore(path: path)
        case .other(let given): store = given
        }
        let cache = WatchCache()
        try await store.attach(cache)
        let clock = HandClock()
        let now = clock.now.seconds
        let authority = try CertificateAuthority.create(
            subject: DistinguishedName(commonName: "test-ca"), validity: Validity(now: now, lifetime: .seconds(3600)))
        let nodeClient = HTTPClient(
            HTTPClientConfiguration(tls: try ClientTLS(.init(trust: .authorities(pem: authority.certificate.pem())))))
        var configuration = ControlPlane.Configuration(serverAddress: "127.0.0.1:6443", clock: clock)
        configuration.apis = apis
        configuration.admission = admission
        adjust(&configuration)
        // Proxies in front of the server have an authority of their own.
        let proxies = configuration.authentication.requestHeaders?.authorities ?? ""
        configuration.authentication.clientAuthorities = authority.certificate.pem()
        let plane = try ControlPlane(
            configuration, store: store, cache: cache,
            accountKey: PrivateKey.generate(), nodeClient: nodeClient)
        let client = Client(
            transport: plane.transport(user: "admin", groups: ["system:masters"], agent: "test"), userAgent: "test")
        try await ClusterBootstrap(
            client: client, serviceAddress: "10.96.0.1", dnsAddress: "10.96.0.10", serverAddress: "192.0.2.1",
            serverPort: 6443, served: plane.servedVersions
        ).run()
        do throws(StatusError) {
            _ = try await client.create(ServiceAccount(name: "default", namespace: "default"))
        } catch {
            // A cluster that was there before has it.
            guard error.reason == .alreadyExists else { throw error }
        }
        plane.health.report("poststarthook/bootstrap", failure: nil)
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                await plane.run()
                return false
            }
            group.addTask {
                switch route {
                case .inProcess:
                    try await body(TestCluster(plane: plane, store: store, cache: cache, clock: clock, socket: nil))
                case .socket:
                    try await serve(plane, authority: authority, proxies: proxies, now: now) { socket in
                        try await body(
                            TestCluster(plane: plane, store: store, cache: cache, clock: clock, socket: socket))
                    }
                }
                return true
            }
            // The server's own work goes on until the test is done.
            while try await group.next() == false {}
            group.cancelAll()
        }
        nodeClient.shutDown()
        await store.close()
    }

    private static func serve(
        _ plane: ControlPlane, authority: CertificateAuthority, proxies: String, now: Int64,
        _ body: @Sendable @escaping (Socket) async throws -> Void
    ) async throws {
        let key = try PrivateKey.generate()
        let certificate = try authority.issue(
            subject: DistinguishedName(commonName: "server"),
            alternativeNames: SubjectAlternativeNames(dnsNames: ["localhost"], ipAddresses: ["127.0.0.1"]),
            usages: .server, validity: Validity(now: now, lifetime: .seconds(3000)), publicKey: key.publicKey)
        let tls = try ServerTLS(
            .init(
                certificateChainPEM: certificate.pem(), privateKeyPEM: key.pem(),
                clientCAsPEM: authority.certificate.pem() + "\n" + proxies))
        var configuration = HTTPServerConfiguration(addresses: [.tcp(host: "127.0.0.1", port: 0)], tls: tls)
        configuration.eventLoops = 1
        let (ports, announce) = AsyncStream.makeStream(of: Int.self)
        configuration.onReady = { addresses in
            announce.yield(addresses.first?.port ?? 0)
            announce.finish()
        }
        configuration.onDrain = { plane.server.drainWatches() }
        let server = HTTPServer(configuration, handler: plane.server)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            group.addTask {
                for await port in ports {
                    let (endpoint, _) = try #require(HTTPEndpoint.parse("https://127.0.0.1:\(port)"))
                    let client = try httpClient(authority, identity: nil)
                    defer { client.shutDown() }
                    try await body(Socket(client: client, endpoint: endpoint, authority: authority))
                }
                throw CancellationError()
            }
            do {
                while try await group.next() != nil {}
            } catch is CancellationError {
                group.cancelAll()
            }
        }
    }

    private static func httpClient(
        _ authority: CertificateAuthority, identity: (certificate: String, key: String)?
    ) throws -> HTTPClient {
        HTTPClient(
            HTTPClientConfiguration(
                tls: try ClientTLS(
                    .init(
                        trust: .authorities(pem: authority.certificate.pem()),
                        certificateChainPEM: identity?.certificate, privateKeyPEM: identity?.key))))
    }

    /// A typed client in process.
    func client(_ user: User = TestCluster.admin) -> Client {
        Client(
            transport: plane.transport(user: user.name, groups: user.groups, agent: "test"), userAgent: "test")
    }

    // MARK: Requests

    /// - Parameter target: path and query, percent-encoded.
    func send(
        _ method: String, _ target: String, _ body: String = "", type: String = "application/json",
        accept: String = "", as user: User = TestCluster.admin
    ) async throws -> Answer {
        try await send(method, target, Array(body.utf8), type: type, accept: accept, as: user)
    }

    func send(
        _ method: String, _ target: String, _ body: [UInt8], type: String, accept: String = "",
        as user: User = TestCluster.admin
    ) async throws -> Answer {
        guard socket != nil else {
            return try await inProcess(method, target, body, type: type, accept: accept, as: user)
        }
        var headers: HTTPHeaders = ["user-agent": "test/1.0"]
        if !accept.isEmpty { headers.append("accept", accept) }
        if !type.isEmpty, !body.isEmpty { headers.append("content-type", type) }
        if user != .anonymous {
            let token = try plane.tokens.issue(user: user.name, groups: user.groups, seconds: 3600).token
            headers.append("authorization", "Bearer \(token)")
        }
        return try await raw(method, target, headers: headers, body: body)
    }

    private func inProcess(
        _ method: String, _ target: String, _ body: [UInt8], type: String, accept: String, as user: User
    ) async throws -> Answer {
        let request = try Self.request(method, target, body, type: type, accept: accept, as: user)
        let response = await plane.server.handle(request)
        var headers: HTTPHeaders = ["content-type": response.contentType]
        for header in response.headers { headers.append(header.name, header.value) }
        let bytes: [UInt8]
        switch response.body {
        case .bytes(let whole): bytes = whole
        case .list(let list): bytes = list.joined()
        case .watch, .stream, .relay, .upgrade: throw Unexpected("\(target) answers with a stream")
        }
        return Answer(status: response.status, headers: headers, body: bytes)
    }

    private static func request(
        _ method: String, _ target: String, _ body: [UInt8] = [], type: String = "", accept: String = "",
        as user: User
    ) throws -> ServerRequest {
        let parts = target.split(separator: "?", maxSplits: 1).map(String.init)
        let query = try #require(QueryParameters(decoding: parts.count > 1 ? parts[1] : nil))
        let info = try #require(RequestInfo(method: method, path: parts[0], query: query))
        var user = user
        if user != .anonymous { user.groups.append(User.authenticatedGroup) }
        return ServerRequest(
            method: method, info: info, query: query, contentType: body.isEmpty ? "" : type, accept: accept,
            userAgent: "test/1.0", body: .bytes(body), user: user)
    }

    /// A request with exactly these fields, over the socket.
    func raw(
        _ method: String, _ target: String, headers: HTTPHeaders = HTTPHeaders(), body: [UInt8] = [],
        certificate: (certificate: String, key: String)? = nil
    ) async throws -> Answer {
        let socket = try #require(socket)
        let own = try certificate.map { try Self.httpClient(socket.authority, identity: $0) }
        defer { own?.shutDown() }
        let response = try await (own ?? socket.client).execute(
            HTTPClientRequest(
                method: HTTPMethod(rawValue: method), endpoint: socket.endpoint, target: target, headers: headers,
                body: body.isEmpty ? .empty : .bytes(ByteBuffer(bytes: body))),
            deadline: .now + .seconds(20))
        return Answer(
            status: response.status.rawValue, headers: response.headers,
            body: try await response.body.collect(upTo: 64 << 20))
    }

    /// A connection that the server switched to another protocol.
    func upgrade(_ target: String, as user: User = TestCluster.admin) async throws -> any ByteDuplex {
        let socket = try #require(socket)
        let token = try plane.tokens.issue(user: user.name, groups: user.groups, seconds: 3600).token
        let request = HTTPClientRequest(
            endpoint: socket.endpoint, target: target,
            headers: ["authorization": "Bearer \(token)", "upgrade": "test.protocol"])
        return try await socket.client.upgrade(request, deadline: .now + .seconds(20)).1
    }

    /// A client certificate of the cluster's authority.
    func certificate(user: String, groups: [String]) throws -> (certificate: String, key: String) {
        let socket = try #require(socket)
        let key = try PrivateKey.generate()
        let certificate = try socket.authority.issue(
            subject: DistinguishedName(commonName: user, organizations: groups), usages: .client,
            validity: Validity(now: SystemWallClock().now.seconds, lifetime: .seconds(600)), publicKey: key.publicKey)
        return (certificate.pem(), try key.pem())
    }

    /// A server's identity under the cluster's authority, good for this machine.
    func servingIdentity(_ name: String) throws -> ServerTLS {
        let socket = try #require(socket)
        let key = try PrivateKey.generate()
        let certificate = try socket.authority.issue(
            subject: DistinguishedName(commonName: name),
            alternativeNames: SubjectAlternativeNames(dnsNames: ["localhost"], ipAddresses: ["127.0.0.1"]),
            usages: .server, validity: Validity(now: clock.now.seconds, lifetime: .seconds(3000)),
            publicKey: key.publicKey)
        return try ServerTLS(.init(certificateChainPEM: certificate.pem(), privateKeyPEM: key.pem()))
    }

    /// Asks to switch protocols, and expects to be refused.
    ///
    /// - Returns: status and fields of the refusal.
    func refusedUpgrade(
        _ method: HTTPMethod, _ target: String, _ fields: HTTPHeaders, as user: User = TestCluster.admin
    ) async throws -> (status: Int, headers: HTTPHeaders) {
        let socket = try #require(socket)
        var headers = fields
        let token = try plane.tokens.issue(user: user.name, groups: user.groups, seconds: 3600).token
        headers.append("authorization", "Bearer \(token)")
        do {
            let (_, duplex) = try await socket.client.upgrade(
                HTTPClientRequest(method: method, endpoint: socket.endpoint, target: target, headers: headers),
                deadline: .now + .seconds(20))
            await duplex.close()
            throw Unexpected("the upgrade \(target) was granted")
        } catch HTTPClientError.upgradeRefused(let status, let headers, _) {
            return (status.rawValue, headers)
        }
    }

    // MARK: Watches

    /// Begins a watch; what it shows is read from the result.
    func watch(
        _ target: String, accept: String = "", as user: User = TestCluster.admin
    ) async throws -> WatchReader {
        if let socket {
            var headers: HTTPHeaders = [:]
            if !accept.isEmpty { headers.append("accept", accept) }
            let token = try plane.tokens.issue(user: user.name, groups: user.groups, seconds: 3600).token
            headers.append("authorization", "Bearer \(token)")
            let response = try await socket.client.execute(
                HTTPClientRequest(method: .get, endpoint: socket.endpoint, target: target, headers: headers),
                deadline: .now + .seconds(20))
            guard response.status.rawValue == 200 else {
                throw Unexpected("the watch \(target) answered \(response.status.rawValue)")
            }
            return WatchReader(BodyChunks(response.body))
        }
        let parts = target.split(separator: "?", maxSplits: 1).map(String.init)
        let query = try #require(QueryParameters(decoding: parts.count > 1 ? parts[1] : nil))
        let stream = try await plane.transport(user: user.name, groups: user.groups, agent: "test").stream(
            APIRequest(
                method: "GET", path: parts[0], query: query.pairs, contentType: nil, body: [], accept: accept))
        return WatchReader(stream)
    }
}

struct Unexpected: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

/// The pieces of a watch that comes over the network.
private final class BodyChunks: ByteStream {
    private let body: HTTPBody

    init(_ body: HTTPBody) { self.body = body }

    func next() async throws -> [UInt8]? {
        var iterator = body.makeAsyncIterator()
        return try await iterator.next().map { Array($0.readableBytesView) }
    }

    func cancel() { body.discard() }
}

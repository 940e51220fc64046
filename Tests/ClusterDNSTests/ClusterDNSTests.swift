import Client
import ClientTestSupport
import ClusterDNS
import Glibc
import KubeAPI
import Machinery
import NIOCore
import NIOPosix
import Synchronization
import Testing

/// Runs a server over a fake API server, and gives its port.
func withDNS(
    _ services: [Service], _ slices: [EndpointSlice] = [], upstreams: UpstreamSource = .fixed([]),
    _ body: (FakeAPIServer, _ port: Int) async throws -> Void
) async throws {
    let server = FakeAPIServer()
    for name in ["default", "bare"] { server.seed(Namespace(name: name)) }
    for service in services { server.seed(service) }
    for slice in slices { server.seed(slice) }
    let informers = InformerFactory(client: server.client())
    let dns = try ClusterDNS(informers: informers, address: "127.0.0.1", port: 0, upstreams: upstreams)
    let (ports, ready) = AsyncStream.makeStream(of: Int.self)
    dns.onReady { ready.yield($0) }
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await informers.run() }
        group.addTask {
            defer { ready.finish() }
            try await dns.run()
        }
        if let port = await ports.first(where: { _ in true }) { try await body(server, port) }
        group.cancelAll()
        while let result = await group.nextResult() {
            if case .failure(let error) = result, !(error is CancellationError) { throw error }
        }
    }
}

func service(_ name: String, _ clusterIP: String?, type: String = "ClusterIP") -> Service {
    var service = Service(name: name, namespace: "default")
    service.spec.type = type
    service.spec.clusterIP = clusterIP
    service.spec.clusterIPs = clusterIP.map { [$0] } ?? []
    service.spec.ports = [ServicePort(json: ["name": "http", "port": 80, "protocol": "TCP"])]
    return service
}

func slice(of service: String, _ endpoints: [(address: String, hostname: String?, ready: Bool)]) -> EndpointSlice {
    var slice = EndpointSlice(name: service + "-1", namespace: "default")
    slice.metadata.labels = ["kubernetes.io/service-name": service]
    slice.addressType = "IPv4"
    slice.ports = [DiscoveryEndpointPort(json: ["name": "http", "port": 8080, "protocol": "TCP"])]
    slice.endpoints = endpoints.map { test in
        var endpoint = Endpoint(json: [:])
        endpoint.addresses = [test.address]
        endpoint.hostname = test.hostname
        endpoint.conditions = EndpointConditions(json: ["ready": .bool(test.ready)])
        return endpoint
    }
    return slice
}

@Suite("The cluster's DNS")
struct ClusterDNSTests {
    struct Case: Sendable, CustomStringConvertible {
        var name: String
        var type: String
        var code = 0
        var answers: [String] = []
        var additionals: [String] = []
        var description: String { "\(name) \(type)" }
    }

    static let cases: [Case] = [
        Case(name: "web.default.svc.cluster.local", type: "A", answers: ["10.96.0.20"]),
        Case(name: "WeB.DEFAULT.svc.Cluster.Local", type: "A", answers: ["10.96.0.20"]),
        Case(name: "web.default.svc.cluster.local", type: "AAAA"),
        Case(name: "web.default.svc.cluster.local", type: "TXT"),
        Case(
            name: "_http._tcp.web.default.svc.cluster.local", type: "SRV",
            answers: ["80 web.default.svc.cluster.local"], additionals: ["10.96.0.20"]),
        Case(name: "_tcp.web.default.svc.cluster.local", type: "SRV"),
        Case(name: "_http._udp.web.default.svc.cluster.local", type: "SRV", code: 3),
        Case(name: "20.0.96.10.in-addr.arpa", type: "PTR", answers: ["web.default.svc.cluster.local"]),
        Case(name: "20.0.96.10.in-addr.arpa", type: "A"),
        Case(name: "db.default.svc.cluster.local", type: "A", answers: ["10.244.0.2", "10.244.0.3"]),
        Case(name: "db-0.db.default.svc.cluster.local", type: "A", answers: ["10.244.0.2"]),
        Case(name: "10-244-0-3.db.default.svc.cluster.local", type: "A", answers: ["10.244.0.3"]),
        Case(name: "db-2.db.default.svc.cluster.local", type: "A", code: 3),
        Case(
            name: "_http._tcp.db.default.svc.cluster.local", type: "SRV",
            answers: [
                "8080 10-244-0-3.db.default.svc.cluster.local", "8080 db-0.db.default.svc.cluster.local",
            ], additionals: ["10.244.0.2", "10.244.0.3"]),
        Case(name: "2.0.244.10.in-addr.arpa", type: "PTR", answers: ["db-0.db.default.svc.cluster.local"]),
        Case(name: "idle.default.svc.cluster.local", type: "A"),
        Case(name: "eager.default.svc.cluster.local", type: "A", answers: ["10.244.0.9"]),
        Case(name: "missing.default.svc.cluster.local", type: "A", code: 3),
        Case(name: "default.svc.cluster.local", type: "A"),
        Case(name: "nowhere.svc.cluster.local", type: "A", code: 3),
        Case(name: "bare.svc.cluster.local", type: "A"),
        Case(name: "web.bare.svc.cluster.local", type: "A", code: 3),
        Case(name: "bare.pod.cluster.local", type: "A"),
        Case(name: "nowhere.pod.cluster.local", type: "A", code: 3),
        Case(name: "10-244-0-77.nowhere.pod.cluster.local", type: "A", code: 3),
        Case(name: "svc.cluster.local", type: "A"),
        Case(name: "pod.cluster.local", type: "A"),
        Case(name: "cluster.local", type: "SOA", answers: ["ns.dns.cluster.local"]),
        Case(name: "cluster.local", type: "NS", answers: ["ns.dns.cluster.local"], additionals: ["127.0.0.1"]),
        Case(name: "dns-version.cluster.local", type: "TXT", answers: ["1.1.0"]),
        Case(name: "10-244-0-77.default.pod.cluster.local", type: "A", answers: ["10.244.0.77"]),
        Case(name: "10-244-0-77.default.pod.cluster.local", type: "AAAA"),
        Case(name: "10-244-0.default.pod.cluster.local", type: "A", code: 3),
        Case(name: "10-244-0-300.default.pod.cluster.local", type: "A", code: 3),
        Case(name: "alias.default.svc.cluster.local", type: "CNAME", answers: ["web.default.svc.cluster.local"]),
        Case(
            name: "alias.default.svc.cluster.local", type: "A",
            answers: ["10.96.0.20", "web.default.svc.cluster.local"]),
        Case(name: "loop.default.svc.cluster.local", type: "A", code: 2),
        Case(name: "outside.default.svc.cluster.local", type: "A", code: 2),
        Case(name: "web.default.svc.cluster.local", type: "ANY", answers: ["9 bytes"]),
        Case(name: "cluster.local", type: "AXFR", code: 5),
        Case(name: "example.org", type: "A", code: 2),
    ]

    static var services: [Service] {
        var alias = service("alias", nil, type: "ExternalName")
        alias.spec.externalName = "web.default.svc.cluster.local"
        var loop = service("loop", nil, type: "ExternalName")
        loop.spec.externalName = "loop.default.svc.cluster.local."
        var outside = service("outside", nil, type: "ExternalName")
        outside.spec.externalName = "db.example.org"
        var eager = service("eager", "None")
        eager.spec.publishNotReadyAddresses = true
        return [
            service("web", "10.96.0.20"), service("db", "None"), service("idle", "None"), eager, alias, loop, outside,
        ]
    }

    static var slices: [EndpointSlice] {
        [
            slice(of: "db", [("10.244.0.2", "db-0", true), ("10.244.0.3", nil, true), ("10.244.0.4", "db-2", false)]),
            slice(of: "eager", [("10.244.0.9", nil, false)]), slice(of: "idle", [("10.244.0.8", nil, false)]),
            slice(of: "web", [("10.244.0.5", nil, true)]),
        ]
    }

    @Test("answers by the specification, by UDP and TCP alike")
    func answers() async throws {
        try await withDNS(Self.services, Self.slices) { _, port in
            for test in Self.cases {
                for isStream in [false, true] {
                    let question = DNSTestClient.question(test.name, test.type, payload: isStream ? nil : 1232)
                    let bytes =
                        isStream
                        ? try await DNSTestClient.stream(question, port: port)
                        : try await DNSTestClient.datagrams([question], port: port)
                    let answer = try #require(DNSAnswer(bytes), "\(test)")
                    #expect(answer.code == test.code, "\(test)")
                    #expect(answer.answers.map(\.text).sorted() == test.answers, "\(test)")
                    #expect(
                        answer.additionals.filter { $0.type != 41 }.map(\.text).sorted() == test.additionals, "\(test)")
                    #expect(
                        Array(bytes[12..<(12 + test.name.utf8.count)])
                            == Array(question[12..<(12 + test.name.utf8.count)]))
                    let denies = test.answers.isEmpty && [0, 3].contains(test.code)
                    #expect(answer.authorities.map(\.type) == (denies ? [6] : []), "\(test)")
                    if [0, 3].contains(test.code) { #expect(answer.isAuthoritative, "\(test)") }
                }
            }
        }
    }

    @Test("follows Services and endpoints as they come and go")
    func follows() async throws {
        try await withDNS([service("db", "None")]) { server, port in
            func ask() async throws -> (code: Int, texts: [String]) {
                let bytes = try await DNSTestClient.datagrams(
                    [DNSTestClient.question("db.default.svc.cluster.local", "A")], port: port)
                let answer = try #require(DNSAnswer(bytes))
                return (answer.code, answer.answers.map(\.text))
            }
            #expect(try await ask() == (0, []))
            server.seed(slice(of: "db", [("10.244.0.2", nil, true)]))
            while try await ask().texts.isEmpty { await Task.yield() }
            #expect(try await ask() == (0, ["10.244.0.2"]))
            server.erase(Service.self, "db", namespace: "default")
            while try await ask().code == 0 { await Task.yield() }
            #expect(try await ask() == (3, []))
        }
    }

    @Test("says when an answer is too long for a datagram, and gives it by TCP")
    func truncates() async throws {
        let many = (0..<200).map { (address: "10.244.1.\($0)", hostname: String?.none, ready: true) }
        try await withDNS([service("db", "None")], [slice(of: "db", many)]) { _, port in
            let question = DNSTestClient.question("db.default.svc.cluster.local", "A")
            let short = try #require(DNSAnswer(try await DNSTestClient.datagrams([question], port: port)))
            #expect(short.isTruncated && short.bytes.count <= 512 && !short.answers.isEmpty)
            let large = try #require(
                DNSAnswer(
                    try await DNSTestClient.datagrams(
                        [DNSTestClient.question("db.default.svc.cluster.local", "A", payload: 4096)], port: port)))
            #expect(large.isTruncated && large.bytes.count <= 1232 && large.answers.count > short.answers.count)
            let whole = try #require(DNSAnswer(try await DNSTestClient.stream(question, port: port)))
            #expect(!whole.isTruncated && whole.answers.count == 200)
        }
    }

    @Test(
        "tells what it cannot take",
        arguments: [
            (bytes: [0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] as [UInt8], code: 1),  // no question
            ([0, 1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1], 1),  // two questions
            ([0, 1, 0x10, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1], 4),  // another operation
            ([0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0xC0, 12, 0, 1, 0, 1], 1),  // a name that points to itself
            ([0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 63, 1], 1),  // a label that is not there
            ([0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 3], 5),  // another class
        ])
    func refuses(_ bytes: [UInt8], _ code: Int) async throws {
        try await withDNS([]) { _, port in
            let answer = try #require(DNSAnswer(try await DNSTestClient.datagrams([bytes], port: port)))
            #expect(answer.code == code)
        }
    }

    @Test("survives noise")
    func survivesNoise() async throws {
        try await withDNS(Self.services, Self.slices) { _, port in
            var random = SystemRandomNumberGenerator()
            let good = DNSTestClient.question("web.default.svc.cluster.local", "A", payload: 512)
            for round in 0..<300 {
                var noise: [UInt8]
                if round.isMultiple(of: 3) {
                    noise = (0..<Int.random(in: 0...80, using: &random)).map { _ in
                        .random(in: 0 ... .max, using: &random)
                    }
                } else {
                    noise = Array(good.prefix(Int.random(in: 0...good.count, using: &random)))
                    for _ in 0..<3 where !noise.isEmpty {
                        noise[Int.random(in: 0..<noise.count, using: &random)] = .random(in: 0 ... .max, using: &random)
                    }
                }
                // Noise may be answered or not; the question after it always is.
                _ = try await DNSTestClient.datagrams([noise, good], port: port)
            }
            let answer = try #require(DNSAnswer(try await DNSTestClient.datagrams([good], port: port)))
            #expect(answer.answers.map(\.text) == ["10.96.0.20"])
        }
    }

    @Test("asks upstream servers for other names, remembers, and falls back to the next one")
    func forwards() async throws {
        let upstream = try await FakeUpstream()
        let troubled = try await FakeUpstream(code: 2)
        let outside = Self.services
        let source = UpstreamSource.fixed([
            UpstreamServer(address: "127.0.0.1", port: troubled.port),
            UpstreamServer(address: "127.0.0.1", port: upstream.port),
        ])
        try await withDNS(outside, upstreams: source) { _, port in
            for spelling in ["example.org", "EXAMPLE.org"] {
                let question = DNSTestClient.question(spelling, "A", id: 77)
                let answer = try #require(DNSAnswer(try await DNSTestClient.datagrams([question], port: port)))
                #expect(answer.answers.map(\.text) == ["198.51.100.1"])
                #expect(answer.answers.map(\.name) == [spelling])
                #expect(Array(answer.bytes[..<2]) == [0, 77])
            }
            #expect(upstream.asked == 1 && troubled.asked == 1)
            let alias = try #require(
                DNSAnswer(
                    try await DNSTestClient.datagrams(
                        [DNSTestClient.question("outside.default.svc.cluster.local", "A")], port: port)))
            #expect(alias.answers.map(\.text) == ["db.example.org", "198.51.100.1"])
            #expect(alias.answers.map(\.name) == ["outside.default.svc.cluster.local", "db.example.org"])
        }
        try await upstream.close()
        try await troubled.close()
    }
}

@Suite("The resolver file")
struct ResolverFileTests {
    @Test("is read at the start and again when a new one takes its place")
    func reloads() async throws {
        let upstream = try await FakeUpstream()
        let folder = "/tmp/gantry-dns-\(UInt64.random(in: 0 ... .max))"
        #expect(mkdir(folder, 0o700) == 0)
        defer { rmdir(folder) }
        let file = folder + "/resolv.conf"
        func write(_ text: String) {
            let new = folder + "/new"
            guard let stream = fopen(new, "w") else { return }
            fputs(text, stream)
            fclose(stream)
            rename(new, file)
        }
        defer { unlink(file) }
        write("# nobody\n")
        try await withDNS([], upstreams: .resolverFile(file)) { _, port in
            func code() async throws -> Int? {
                let question = DNSTestClient.question("example.org", "A")
                return DNSAnswer(try await DNSTestClient.datagrams([question], port: port))?.code
            }
            #expect(try await code() == 2)
            write(
                "search example.org\nnameserver nonsense\nnameserver 127.0.0.1#\(upstream.port)\nnameserver 127.0.0.1\n"
            )
            write("nameserver 127.0.0.2:\(upstream.port)\n")
            write("nameserver\t127.0.0.1:\(upstream.port)\n")
            while try await code() != 0 { await Task.yield() }
        }
        try await upstream.close()
    }
}

/// A server that gives every name the same address, after a wrong answer.
final class FakeUpstream: Sendable {
    private let channel: any Channel
    private let count: Counter

    final class Counter: Sendable {
        let value = Mutex(0)
    }

    init(code: UInt8 = 0) async throws {
        let count = Counter()
        channel = try await DatagramBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { $0.pipeline.addHandler(Answerer(count, code)) }
            .bind(host: "127.0.0.1", port: 0).get()
        self.count = count
    }

    var port: Int { channel.localAddress?.port ?? 0 }
    var asked: Int { count.value.withLock { $0 } }
    func close() async throws { try await channel.close() }

    private final class Answerer: ChannelInboundHandler, Sendable {
        typealias InboundIn = AddressedEnvelope<ByteBuffer>
        typealias OutboundOut = AddressedEnvelope<ByteBuffer>
        private let count: Counter
        private let code: UInt8

        init(_ count: Counter, _ code: UInt8) {
            self.count = count
            self.code = code
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let envelope = unwrapInboundIn(data)
            count.value.withLock { $0 += 1 }
            var bytes = Array(envelope.data.readableBytesView)
            bytes[2] |= 0x80
            bytes[3] |= code
            bytes[7] = 1
            bytes += [0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 198, 51, 100, 1]
            var forged = bytes
            forged[0] ^= 0xFF
            forged[forged.count - 1] = 66
            for message in [forged, bytes] {
                context.writeAndFlush(
                    wrapOutboundOut(
                        AddressedEnvelope(remoteAddress: envelope.remoteAddress, data: ByteBuffer(bytes: message))),
                    promise: nil)
            }
        }
    }
}

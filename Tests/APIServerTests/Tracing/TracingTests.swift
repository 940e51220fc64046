import APIServer
import HTTPCore
import HTTPServing
import Machinery
import NIOCore
import Testing

@Suite("Traces", .timeLimit(.minutes(2)))
struct TracingTests {
    private static let trace = "0af7651916cd43dd8448eb211c80319c"
    private static let parent = "b7ad6b7169203331"

    @Test("a parent is read from its field, and nothing from a malformed one")
    func readsParents() throws {
        let text = "00-\(Self.trace)-\(Self.parent)-01"
        let context = try #require(TraceContext(traceparent: text))
        #expect(context.isSampled)
        #expect(context.trace.first == 0x0A && context.trace.count == 16 && context.span.count == 8)
        #expect(context.traceparent == text)
        #expect(TraceContext(traceparent: "00-\(Self.trace)-\(Self.parent)-00")?.isSampled == false)
        #expect(TraceContext(traceparent: "01-\(Self.trace)-\(Self.parent)-01-more") != nil)
        for malformed in [
            "", "00-\(Self.trace)-\(Self.parent)", "ff-\(Self.trace)-\(Self.parent)-01",
            "00-\(Self.trace.uppercased())-\(Self.parent)-01",
            "00-\(String(repeating: "0", count: 32))-\(Self.parent)-01",
            "00-\(Self.trace)-\(String(repeating: "0", count: 16))-01", "00-\(Self.trace)-\(Self.parent)-01-more",
            "00-\(Self.trace)x-\(Self.parent)-01",
        ] {
            #expect(TraceContext(traceparent: malformed) == nil, "\(malformed)")
        }
    }

    @Test("the configuration is Kubernetes' file")
    func readsConfiguration() throws {
        let good = """
            apiVersion: apiserver.config.k8s.io/v1
            kind: TracingConfiguration
            endpoint: collector.example:4317
            samplingRatePerMillion: 100
            """
        let configuration = try TracingConfiguration(parsing: Array(good.utf8))
        #expect(configuration.endpoint == "collector.example:4317")
        #expect(configuration.samplingRatePerMillion == 100)
        for (replaced, by) in [
            ("100", "1000001"), ("100", "-1"), ("collector.example:4317", "collector.example"),
            ("TracingConfiguration", "Other"), ("endpoint", "endpoints"), ("k8s.io/v1", "k8s.io/v9"),
        ] {
            let bad = good.replacing(replaced, with: by)
            #expect(throws: TracingConfiguration.Flaw.self, "\(by)") {
                try TracingConfiguration(parsing: Array(bad.utf8))
            }
        }
    }

    @Test("a sampled request is told to the collector with its steps, under its client's span")
    func exports() async throws {
        let bodies = Recorder<[UInt8]>()
        let (received, bell) = AsyncStream.makeStream(of: Void.self)
        try await Collector.run(bodies, bell) { port in
            var configuration = TracingConfiguration()
            configuration.endpoint = "127.0.0.1:\(port)"
            let tracing = configuration
            try await TestCluster.run(.socket, adjust: { $0.tracing = tracing }) { cluster in
                let token = try cluster.plane.tokens.issue(
                    user: TestCluster.admin.name, groups: TestCluster.admin.groups, seconds: 600
                ).token
                // Nothing is sampled by itself at a rate of zero.
                try await cluster.raw("GET", Path.services, headers: ["authorization": "Bearer \(token)"]).expect(200)
                try await cluster.raw(
                    "POST", Path.configMaps,
                    headers: [
                        "authorization": "Bearer \(token)", "content-type": "application/json",
                        "traceparent": "00-\(Self.trace)-\(Self.parent)-01",
                    ], body: Array(Manifest.configMap("a").utf8)
                ).expect(201)
                for await _ in received { break }
            }
        }
        let body = try #require(bodies.all.first)
        let text = String(decoding: body, as: UTF8.self)
        #expect(text.contains("POST /api/v1/namespaces/{:namespace}/configmaps"))
        for step in ["Authorization", "Mutating admission", "Validating admission", "Store create"] {
            #expect(text.contains(step), "\(step)")
        }
        #expect(!text.contains("GET /api/v1"))
        #expect(Self.contains(body, Self.bytes(Self.trace)))
        #expect(Self.contains(body, Self.bytes(Self.parent)))
    }

    private static func bytes(_ hexadecimal: String) -> [UInt8] {
        let digits = Array(hexadecimal)
        return stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0...$0 + 1]), radix: 16) }
    }

    private static func contains(_ bytes: [UInt8], _ part: [UInt8]) -> Bool {
        bytes.indices.contains { bytes[$0...].starts(with: part) }
    }
}

/// A collector of spans that takes OTLP over gRPC without TLS.
private enum Collector {
    static func run(
        _ bodies: Recorder<[UInt8]>, _ bell: AsyncStream<Void>.Continuation,
        _ work: @Sendable @escaping (_ port: Int) async throws -> Void
    ) async throws {
        var configuration = HTTPServerConfiguration(addresses: [.plainTCP(host: "127.0.0.1", port: 0)])
        configuration.eventLoops = 1
        configuration.limits.drainDeadline = .milliseconds(100)
        let (ports, announce) = AsyncStream.makeStream(of: Int.self)
        configuration.onReady = { addresses in
            announce.yield(addresses.first?.port ?? 0)
            announce.finish()
        }
        let server = HTTPServer(
            configuration,
            handler: HTTPClosureHandler { request in
                guard request.path == "/opentelemetry.proto.collector.trace.v1.TraceService/Export",
                    let body = try? await request.body.collect(upTo: 1 << 20)
                else { return .text("no such method", status: 404) }
                bodies.add(body)
                bell.yield()
                return HTTPResponse(
                    headers: ["content-type": "application/grpc"],
                    body: .push { stream in
                        // An empty message.
                        stream.write(ByteBuffer(bytes: [0, 0, 0, 0, 0]))
                        stream.finish(trailers: ["grpc-status": "0"])
                    })
            })
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                try await server.run()
                return false
            }
            group.addTask {
                for await port in ports { try await work(port) }
                return true
            }
            while try await group.next() == false {}
            group.cancelAll()
        }
    }
}

import Client
import ClientTestSupport
import Glibc
import HostTestSupport
import KubeAPI
import LinuxHost
import Machinery
import ServiceProxy
import Synchronization
import Testing

/// Datagram flows kept in memory; tells what is left after each look.
private final class RecordingFlows: FlowTable {
    private let flows: Mutex<[TrackedFlow]>
    private let stream: AsyncStream<[TrackedFlow]>
    private let sink: AsyncStream<[TrackedFlow]>.Continuation

    init(_ flows: [TrackedFlow]) {
        self.flows = Mutex(flows)
        (stream, sink) = AsyncStream.makeStream(of: [TrackedFlow].self)
    }

    func forgetDatagrams(where isStale: @Sendable (TrackedFlow) -> Bool) throws(ServiceProxyError) -> Int {
        let (left, count) = flows.withLock { flows in
            let before = flows.count
            flows.removeAll(where: isStale)
            return (flows, before - flows.count)
        }
        sink.yield(left)
        return count
    }

    func next() async -> [TrackedFlow] {
        for await left in stream { return left }
        return []
    }
}

@Suite("Datagrams to endpoints that went away")
struct DatagramTests {
    private static func address(_ text: String) throws -> InternetAddress { try #require(InternetAddress(text)) }

    private static func flow(
        to place: String, _ port: UInt16, answeredBy endpoint: String, _ endpointPort: UInt16 = 8080
    ) throws -> TrackedFlow {
        let client = try address("10.244.0.9")
        return TrackedFlow(
            transport: TrackedFlow.udp,
            original: .init(
                source: client, sourcePort: 40000, destination: try address(place), destinationPort: port),
            reply: .init(
                source: try address(endpoint), sourcePort: endpointPort, destination: client, destinationPort: 40000))
    }

    private static func datagrams(
        _ name: String, _ clusterIP: String, type: String = "ClusterIP", nodePort: Int32? = nil
    ) -> Service {
        service(name, clusterIP, type: type, nodePort: nodePort) { service in
            var ports = service.spec.ports
            ports[0].protocol = "UDP"
            service.spec.ports = ports
        }
    }

    private static func endpoints(_ name: String, _ endpoints: [TestEndpoint]) -> EndpointSlice {
        var slice = slice(of: name, endpoints)
        var ports = slice.ports
        ports[0].protocol = "UDP"
        slice.ports = ports
        return slice
    }

    private func withProxy(
        _ services: [Service], _ slices: [EndpointSlice], _ flows: RecordingFlows,
        _ body: (FakeAPIServer) async throws -> Void
    ) async throws {
        let server = FakeAPIServer()
        for service in services { server.seed(service) }
        for slice in slices { server.seed(slice) }
        let informers = InformerFactory(client: server.client())
        let proxy = try ServiceProxy(
            informers: informers, nodeName: "node-1", clusterNetwork: "10.244.0.0/16", nodeAddresses: ["192.0.2.1"],
            rules: RecordingRules(), flows: flows)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await informers.run() }
            group.addTask { try await proxy.run() }
            try await body(server)
            group.cancelAll()
            while await group.nextResult() != nil {}
        }
    }

    @Test("are forgotten at the start and with each change; others, and all of TCP, are left alone")
    func areForgotten() async throws {
        let kept = try Self.flow(to: "10.96.0.20", 80, answeredBy: "10.244.0.2")
        let moved = try Self.flow(to: "10.96.0.20", 80, answeredBy: "10.244.0.3")
        let stale = try Self.flow(to: "10.96.0.20", 80, answeredBy: "10.244.0.7")
        let unanswered = try Self.flow(to: "10.96.0.20", 80, answeredBy: "10.96.0.20", 80)
        let ofNodePort = try Self.flow(to: "192.0.2.1", 30053, answeredBy: "10.244.0.7")
        let ofLoopback = try Self.flow(to: "127.0.0.1", 30053, answeredBy: "10.244.0.7")
        let elsewhere = try Self.flow(to: "198.51.100.1", 30053, answeredBy: "198.51.100.1", 30053)
        let overTCP = try Self.flow(to: "10.96.0.21", 80, answeredBy: "10.244.0.7")
        let flows = RecordingFlows([
            kept, moved, stale, unanswered, ofNodePort, ofLoopback, elsewhere, overTCP,
        ])
        let services = [
            Self.datagrams("dns", "10.96.0.20", type: "NodePort", nodePort: 30053), service("web", "10.96.0.21"),
        ]
        let (a, b) = (TestEndpoint(address: "10.244.0.2"), TestEndpoint(address: "10.244.0.3"))
        let slices = [Self.endpoints("dns", [a, b]), slice(of: "web", [a])]
        try await withProxy(services, slices, flows) { server in
            #expect(await flows.next() == [kept, moved, elsewhere, overTCP])
            // An endpoint that is ending goes on with whom it serves.
            var ending = b
            ending.ready = false
            ending.serving = true
            ending.terminating = true
            server.seed(Self.endpoints("dns", [a, ending]))
            server.seed(service("web", "10.96.0.21"))
            server.seed(Self.endpoints("dns", [a]))
            #expect(await flows.next() == [kept, elsewhere, overTCP])
            server.erase(Service.self, "dns", namespace: "default")
            #expect(await flows.next() == [elsewhere, overTCP])
        }
    }

    @Test("leave the kernel's table", .enabled(if: getuid() == 0))
    func leaveTheKernel() async throws {
        let table = try await PrivateNetwork.make { try ConnectionTracking() }
        let kept = try Self.flow(to: "10.96.0.20", 80, answeredBy: "10.244.0.2")
        let stale = try Self.flow(to: "10.96.0.20", 80, answeredBy: "10.244.0.7")
        var other = stale
        other.original.sourcePort = 40001
        other.reply.destinationPort = 40001
        try table.add(kept, seconds: 100)
        try table.add(other, seconds: 100)
        let flows = KernelFlowTable { table }
        let gone = stale.reply.source
        #expect(try flows.forgetDatagrams { $0.reply.source == gone } == 1)
        #expect(try table.flows(.v4, transport: TrackedFlow.udp) == [kept])
    }
}

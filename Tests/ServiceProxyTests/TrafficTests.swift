import Client
import ClientTestSupport
import KubeAPI
import Machinery
import ServiceProxy
import Synchronization
import Testing

/// Real packets through real rules, in network namespaces; only where those can be made.
@Suite("Traffic to Services", .serialized, .enabled(if: TestNetwork.isPossible))
struct TrafficTests {
    /// Passes scripts on to the network, and tells when they are in force.
    private final class Rules: RuleApplier {
        private let network: TestNetwork
        private let stream: AsyncStream<String>
        private let sink: AsyncStream<String>.Continuation

        init(_ network: TestNetwork) {
            self.network = network
            (stream, sink) = AsyncStream.makeStream(of: String.self)
        }

        func apply(_ script: String) async throws(ServiceProxyError) {
            try await network.apply(script)
            sink.yield(script)
        }

        func isTablePresent() async -> Bool { true }

        func next() async { for await _ in stream { return } }
    }

    private func withTraffic(
        _ services: [Service], _ slices: [EndpointSlice],
        _ body: (TestNetwork, FakeAPIServer, _ settled: () async -> Void) async throws -> Void
    ) async throws {
        let network = try TestNetwork()
        let rules = Rules(network)
        let server = FakeAPIServer()
        for service in services { server.seed(service) }
        for slice in slices { server.seed(slice) }
        let informers = InformerFactory(client: server.client())
        let proxy = try ServiceProxy(
            informers: informers, nodeName: "node-1", clusterNetwork: "10.244.0.0/16", nodeAddresses: ["192.0.2.1"],
            rules: rules)
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await informers.run() }
                group.addTask { try await proxy.run() }
                await rules.next()
                try await body(network, server) { await rules.next() }
                group.cancelAll()
                while await group.nextResult() != nil {}
            }
        } catch {
            try network.tearDown()
            throw error
        }
        try network.tearDown()
    }

    private static let podA = TestEndpoint(address: "10.244.0.2")
    private static let podB = TestEndpoint(address: "10.244.0.3")

    @Test("reaches pods from everywhere, and comes back")
    func reaches() async throws {
        let services = [
            service("a", "10.96.0.20", type: "NodePort", nodePort: 30080),
            service("both", "10.96.0.21") { $0.spec.externalIPs = ["198.51.100.7"] },
            service("sticky", "10.96.0.22") { $0.spec.sessionAffinity = "ClientIP" },
            service("none", "10.96.0.23", type: "NodePort", nodePort: 30081),
            service("host", "10.96.0.24"),
            service("near", "10.96.0.25", type: "NodePort", nodePort: 30082) {
                $0.spec.externalTrafficPolicy = "Local"
            },
            service("far", "10.96.0.26", type: "NodePort", nodePort: 30083) { $0.spec.externalTrafficPolicy = "Local" },
        ]
        let slices = [
            slice(of: "a", [Self.podA]), slice(of: "both", [Self.podA, Self.podB]),
            slice(of: "sticky", [Self.podA, Self.podB]), slice(of: "host", [TestEndpoint(address: "192.0.2.1")]),
            slice(of: "near", [Self.podA]), slice(of: "far", [TestEndpoint(address: "10.244.0.2", node: "node-2")]),
        ]
        try await withTraffic(services, slices) { network, server, settled in
            // The same bridge, the node, the pod itself (hidden, or it would answer itself), and outside.
            #expect(try network.ask("pod-b", "10.96.0.20", 80) == "pod-a 10.244.0.3")
            #expect(try network.ask("node", "10.96.0.20", 80) == "pod-a 10.244.0.1")
            #expect(try network.ask("pod-a", "10.96.0.20", 80) == "pod-a 10.244.0.1")
            #expect(try network.ask("outside", "192.0.2.1", 30080) == "pod-a 10.244.0.1")
            #expect(try network.ask("pod-b", "192.0.2.1", 30080).hasPrefix("pod-a"))
            #expect(try network.ask("node", "192.0.2.1", 30080) == "pod-a 10.244.0.1")
            #expect(try network.ask("node", "127.0.0.1", 30080) == "pod-a 10.244.0.1")
            #expect(try network.ask("outside", "198.51.100.7", 80).hasPrefix("pod-"))
            #expect(try network.ask("pod-a", "10.96.0.24", 80) == "node 10.244.0.2")

            let spread = try Set((0..<24).map { _ in try network.ask("node", "10.96.0.21", 80) })
            #expect(spread == ["pod-a 10.244.0.1", "pod-b 10.244.0.1"])
            let sticky = try Set((0..<8).map { _ in try network.ask("node", "10.96.0.22", 80) })
            #expect(sticky.count == 1)

            // Nobody there, or no such port.
            #expect(try network.ask("node", "10.96.0.23", 80) == "refused")
            #expect(try network.ask("pod-a", "10.96.0.23", 80) == "refused")
            #expect(try network.ask("outside", "192.0.2.1", 30081) == "refused")
            #expect(try network.ask("node", "127.0.0.1", 30081) == "refused")
            #expect(try network.ask("pod-a", "10.96.0.20", 81) == "refused")

            // Local policy: who asks is seen; where nobody is here, outsiders hear nothing.
            #expect(try network.ask("outside", "192.0.2.1", 30082) == "pod-a 192.0.2.9")
            #expect(try network.ask("outside", "192.0.2.1", 30083) == "timeout")
            #expect(try network.ask("pod-b", "192.0.2.1", 30083) == "pod-a 10.244.0.3")

            // Changes take effect one by one.
            server.seed(slice(of: "none", [Self.podB]))
            await settled()
            #expect(try network.ask("pod-a", "10.96.0.23", 80) == "pod-b 10.244.0.2")
            server.erase(EndpointSlice.self, "sticky-1", namespace: "default")
            await settled()
            #expect(try network.ask("node", "10.96.0.22", 80) == "refused")
            server.erase(Service.self, "a", namespace: "default")
            await settled()
            #expect(try network.ask("outside", "192.0.2.1", 30080) == "refused")
        }
    }
}

import Client
import ClientTestSupport
import KubeAPI
import Machinery
import PodNetwork
import Synchronization
import Testing

@Suite("Routes to other nodes' pods")
struct NodeRoutesTests {
    private static func node(_ name: String, _ ranges: [String], _ addresses: [String], age: Int64 = 0) -> Node {
        var node = Node(name: name)
        node.metadata.creationTimestamp = Timestamp(seconds: 1000 + age)
        node.spec.podCIDR = ranges.first
        node.spec.podCIDRs = ranges
        node.status.addresses = addresses.map {
            var address = NodeAddress()
            address.type = "InternalIP"
            address.address = $0
            return address
        }
        return node
    }

    private static func cidr(_ text: String) throws -> CIDR { try #require(CIDR(text)) }

    private func plan(_ nodes: [Node]) throws -> (routes: [String], refused: [String]) {
        let plan = NodeRoutes.plan(
            nodes, except: "own", subnets: [try Self.cidr("10.244.0.0/24")],
            clusterNetworks: [try Self.cidr("10.244.0.0/16"), try Self.cidr("fd00:1::/48")])
        return (plan.routes.map { "\($0.range) via \($0.node)" }, plan.refused)
    }

    @Test("each other node's ranges go over its address of the same family")
    func routes() throws {
        let plan = try plan([
            Self.node("own", ["10.244.0.0/24"], ["192.0.2.1"]), Self.node("b", ["10.244.1.0/24"], ["192.0.2.2"]),
            Self.node("c", ["10.244.2.0/24", "fd00:1:0:2::/64"], ["192.0.2.3", "2001:db8::3"]),
            Self.node("no-range", [], ["192.0.2.4"]), Self.node("no-address", ["10.244.3.0/24"], []),
        ])
        #expect(
            plan.routes == [
                "10.244.1.0/24 via 192.0.2.2", "10.244.2.0/24 via 192.0.2.3", "fd00:1:0:2::/64 via 2001:db8::3",
            ])
        #expect(plan.refused.isEmpty)
    }

    @Test(
        "a node cannot draw traffic that is not its own",
        arguments: [
            "0.0.0.0/0", "10.0.0.0/8", "10.244.0.0/16", "10.244.0.0/24", "10.244.0.128/25", "192.0.2.0/24",
            "10.96.0.0/16",
            "nonsense", "10.244.1.0/24",
        ])
    func greed(range: String) throws {
        let plan = try plan([
            Self.node("b", ["10.244.1.0/24"], ["192.0.2.2"]), Self.node("greedy", [range], ["192.0.2.66"], age: 5),
        ])
        #expect(plan.routes == ["10.244.1.0/24 via 192.0.2.2"])
        #expect(plan.refused.count == 1 && plan.refused[0].hasPrefix("node greedy: "))
    }

    private final class Table: NodeRouteTable {
        let seen: AsyncStream<[NodeRoute]>
        private let see: AsyncStream<[NodeRoute]>.Continuation
        init() { (seen, see) = AsyncStream.makeStream(of: [NodeRoute].self) }
        func replace(with routes: [NodeRoute]) throws(PodNetworkError) -> [PodNetworkError] {
            see.yield(routes)
            return []
        }
    }

    @Test("routes follow the nodes that come and go")
    func following() async throws {
        let time = TestTime()
        let server = FakeAPIServer(wallClock: time.wall)
        let informers = InformerFactory(client: server.client("routes"), clock: time, log: FailureLog { _, _ in })
        let table = Table()
        let routes = NodeRoutes(
            informers: informers, nodeName: "own", subnets: [try Self.cidr("10.244.0.0/24")],
            clusterNetworks: [try Self.cidr("10.244.0.0/16")], table: table, clock: time, log: FailureLog { _, _ in })
        server.seed(Self.node("b", ["10.244.1.0/24"], ["192.0.2.2"]))
        let running = Task {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await informers.run() }
                group.addTask { try await routes.run() }
                try await group.waitForAll()
            }
        }
        defer { running.cancel() }
        var iterator = table.seen.makeAsyncIterator()
        func next(count: Int) async {
            while let routes = await iterator.next(), routes.count != count {}
        }
        await next(count: 1)
        server.seed(Self.node("c", ["10.244.2.0/24"], ["192.0.2.3"]))
        await next(count: 2)
        server.erase(Node.self, "b")
        await next(count: 1)
        #expect(server.list(Node.self).map(\.name) == ["c"])
    }
}

import Machinery
import Synchronization

/// Routes to other nodes in the kernel's main table, under a protocol number of their own, so that they are told apart
/// from all others after a restart too.
///
/// A node on a network of this machine is the next hop itself. To one behind routers, which know nothing of pods,
/// packets go through a VXLAN tunnel (RFC 7348): one device, whose neighbours are not learned but set. A node's tunnel
/// address and its hardware address follow from its pod range, so nodes need not tell each other anything more.
/// Tunnels are for IPv4.
package final class KernelNodeRoutes: NodeRouteTable {
    /// Free in rt_protos.
    static let routeProtocol: UInt8 = 103

    private let configuration: PodNetworkConfiguration
    /// This node's address: where tunnels end.
    private let address: InternetAddress
    /// The peers whose tunnel is set up.
    private let tunnels = Mutex<[CIDR: InternetAddress]>([:])

    package init(_ configuration: PodNetworkConfiguration, address: InternetAddress) {
        self.configuration = configuration
        self.address = address
    }

    package func replace(with routes: [NodeRoute]) throws(PodNetworkError) -> [PodNetworkError] {
        let socket = try RouteSocket()
        let present = try socket.routes(protocol: Self.routeProtocol)
        let wanted = Set(routes.map(\.range))
        var failures: [PodNetworkError] = []
        func attempt(_ body: () throws(PodNetworkError) -> Void) {
            do throws(PodNetworkError) { try body() } catch { failures.append(error) }
        }
        for route in present where !wanted.contains(route.range) {
            attempt { () throws(PodNetworkError) in try socket.deleteRoute(route) }
        }
        for route in routes { attempt { () throws(PodNetworkError) in try set(route, present, socket) } }
        forgetTunnels(but: routes, socket)
        return failures
    }

    private func set(_ route: NodeRoute, _ present: [KernelRoute], _ socket: RouteSocket) throws(PodNetworkError) {
        let hop = try socket.hop(to: route.node)
        guard !hop.isLocal else {
            throw PodNetworkError("\(route.node), the way to \(route.range), is this machine itself")
        }
        let entry =
            hop.isDirect
            ? KernelRoute(range: route.range, gateway: route.node, interface: hop.interface)
            : try tunnel(route, socket)
        if !present.contains(entry) { try socket.setRoute(entry, protocol: Self.routeProtocol) }
    }

    // MARK: Tunnels

    private func tunnel(_ route: NodeRoute, _ socket: RouteSocket) throws(PodNetworkError) -> KernelRoute {
        guard address.is4, route.node.is4, route.range.address.is4 else {
            throw PodNetworkError("node \(route.node) is behind a router; tunnels are made for IPv4 only")
        }
        try socket.makeTunnel(
            configuration.tunnel, local: address, hardware: Self.hardware(configuration.subnet),
            mtu: configuration.mtu - Self.overhead)
        let index = try socket.index(of: configuration.tunnel)
        if tunnels.withLock({ $0[route.range] }) != route.node {
            try socket.bringUp(interface: index)
            let hardware = Self.hardware(route.range)
            try socket.setNeighbour(route.range.first, hardware: hardware, interface: index)
            try socket.setForwarding(hardware, to: route.node, interface: index)
            tunnels.withLock { $0[route.range] = route.node }
        }
        return KernelRoute(
            range: route.range, gateway: route.range.first, interface: index, source: configuration.gateway,
            isOnLink: true)
    }

    private func forgetTunnels(but routes: [NodeRoute], _ socket: RouteSocket) {
        let gone = tunnels.withLock { tunnels in
            let gone = tunnels.filter { range, node in !routes.contains(NodeRoute(range: range, node: node)) }
            for range in gone.keys { tunnels[range] = nil }
            return gone
        }
        guard !gone.isEmpty, let index = try? socket.index(of: configuration.tunnel) else { return }
        for (range, node) in gone where !routes.contains(where: { $0.range == range }) {
            socket.forgetNeighbour(range.first, hardware: Self.hardware(range), at: node, interface: index)
        }
    }

    /// Outer IPv4, UDP and VXLAN headers and the inner Ethernet header.
    private static let overhead = 50

    /// A locally administered address made of the node's pod range.
    static func hardware(_ range: CIDR) -> [UInt8] { [0x02, 0x67] + range.first.bytes.suffix(4) }
}

/// A route as the kernel has it.
struct KernelRoute: Hashable, Sendable {
    let range: CIDR
    let gateway: InternetAddress
    let interface: Int32
    /// What packets of this machine itself carry as their source; `nil` leaves it to the kernel.
    var source: InternetAddress?
    /// The gateway is reachable although no address says so.
    var isOnLink = false
}

import LinuxHost
import Machinery

/// The network that connects the pods of a node with each other, the node, and the world outside.
///
/// A bridge on the node, an address per pod out of the node's part of the pod network, forwarding between them, and
/// one nftables table that hides pods behind the node's address on their way out. The CNI plugins make each pod's pair
/// of interfaces when the runtime asks them; everything else is set up here, once, and may be set up again at any time.
package struct PodNetwork: Sendable {
    package let configuration: PodNetworkConfiguration

    package init(configuration: PodNetworkConfiguration) {
        self.configuration = configuration
    }

    /// Sets everything up; safe to repeat, with pods running.
    ///
    /// - Throws: `PodNetworkError`.
    package func setUp() async throws {
        try writePluginConfiguration()
        try enableForwarding()
        try setUpBridge()
        try await apply(Nftables.ruleset(configuration))
    }

    /// Writes the file the runtime makes pods' networks from.
    package func writePluginConfiguration() throws(PodNetworkError) {
        try PodNetworkFiles.write(
            configuration.pluginConfiguration, to: configuration.pluginFolder + "/10-gantry.conflist")
    }

    private func enableForwarding() throws(PodNetworkError) {
        try PodNetworkError.wrapping { () throws(KernelSwitchError) in
            try KernelSwitch("net/ipv4/ip_forward").set("1")
            // Answers of pods to a Service's address come back through the node only when bridged packets meet its
            // rules. The switch is there when the kernel has it at all.
            let bridged = KernelSwitch("net/bridge/bridge-nf-call-iptables")
            if bridged.value != nil { try bridged.set("1") }
        }
    }

    private func apply(_ script: String) async throws(PodNetworkError) {
        do {
            try await Nft.apply(script)
        } catch {
            throw PodNetworkError(error.description)
        }
    }

    private func setUpBridge() throws(PodNetworkError) {
        let socket = try RouteSocket()
        try socket.makeBridge(configuration.bridge, mtu: configuration.mtu)
        let index = try socket.index(of: configuration.bridge)
        try socket.addAddress(configuration.gateway, prefix: configuration.subnet.length, interface: index)
        for address in configuration.serviceAddresses {
            try socket.addAddress(address.address, prefix: address.length, interface: index)
        }
        try socket.bringUp(interface: index)
        for range in configuration.localRanges {
            try socket.addRoute(range, source: configuration.gateway, interface: index)
        }
    }

    /// Takes everything down that `setUp` and the plugins made on this node.
    package func tearDown() async throws {
        let socket = try RouteSocket()
        for route in try socket.routes(protocol: KernelNodeRoutes.routeProtocol) { try socket.deleteRoute(route) }
        try socket.deleteInterface(configuration.tunnel)
        // Left alone, pods' ends go when the kernel gets round to their namespaces, some time after all is said to be gone.
        for pod in PodNetworkFiles.names(in: "/sys/class/net/\(configuration.bridge)/brif") {
            try socket.deleteInterface(pod)
        }
        try socket.deleteInterface(configuration.bridge)
        try await apply(Nftables.removal)
        try await HostPortRules(network: PodNetworkConfiguration.name).remove()
        try PodNetworkFiles.remove(configuration.pluginFolder + "/10-gantry.conflist")
        try PodNetworkFiles.removeTree(configuration.leaseFolder)
    }
}

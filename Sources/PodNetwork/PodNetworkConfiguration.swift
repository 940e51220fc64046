import Machinery

/// What a node's pod network is made of.
package struct PodNetworkConfiguration: Sendable {
    /// The network's name for the plugins, which mark with it what they make.
    static let name = "gantry"

    /// The node's part of the pod network; `node.spec.podCIDR`.
    package var subnet: CIDR
    /// Addresses that pods reach without being hidden: the whole cluster's pods.
    package var clusterNetwork: CIDR
    /// Ranges that must never leave the host, used or not: the Services'.
    package var localRanges: [CIDR]
    /// Addresses of the node's own services, such as the cluster's DNS: the bridge has them too.
    package var serviceAddresses: [CIDR]
    package var bridge: String
    /// The device that packets to nodes behind routers go through; made when there is such a node.
    package var tunnel = "gantry-vxlan"
    package var mtu: Int
    /// Where the runtime looks for plugin configurations.
    package var pluginFolder: String
    /// Where the plugins note which addresses are taken.
    package var leaseFolder: String

    package init(
        subnet: CIDR, clusterNetwork: CIDR, localRanges: [CIDR], pluginFolder: String,
        leaseFolder: String, serviceAddresses: [CIDR] = [], bridge: String = "gantry0", mtu: Int = 1500
    ) {
        self.subnet = subnet
        self.clusterNetwork = clusterNetwork
        self.localRanges = localRanges
        self.pluginFolder = pluginFolder
        self.leaseFolder = leaseFolder
        self.serviceAddresses = serviceAddresses
        self.bridge = bridge
        self.mtu = mtu
    }

    /// The node's own address in the pod network: the first that a host may have.
    var gateway: InternetAddress { subnet.address(at: 1) ?? subnet.first }

    /// The CNI configuration list. Masquerading is left out: the node's nftables table does it, for all pods at once.
    package var pluginConfiguration: String {
        let bridge: JSON = [
            "type": "bridge", "bridge": .string(self.bridge), "isGateway": true, "ipMasq": false,
            "hairpinMode": true, "mtu": .int(Int64(mtu)), "forceAddress": false,
            "ipam": [
                "type": "host-local", "dataDir": .string(leaseFolder),
                "ranges": [[["subnet": .string(subnet.masked.description)]]], "routes": [["dst": "0.0.0.0/0"]],
            ],
        ]
        let list: JSON = [
            "cniVersion": "1.0.0", "name": .string(Self.name),
            "plugins": [bridge, ["type": "portmap", "capabilities": ["portMappings": true], "snat": true]],
        ]
        return list.description + "\n"
    }
}

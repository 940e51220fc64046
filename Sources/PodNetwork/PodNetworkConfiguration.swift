import Machinery

/// An IPv4 network.
package struct IPv4Network: Hashable, Sendable, CustomStringConvertible {
    /// The network's address, as a number; bits below the prefix are zero.
    package let address: UInt32
    package let length: Int

    /// Parses `10.244.0.0/24`; `nil` for anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let length = Int(parts[1]), (0...32).contains(length),
            let address = Self.parse(parts[0])
        else { return nil }
        self.length = length
        self.address = length == 0 ? 0 : address & (UInt32.max << UInt32(32 - length))
    }

    /// The first address that a host may have.
    package var first: UInt32 { address | 1 }
    package var description: String { "\(Self.text(address))/\(length)" }

    static func parse(_ text: some StringProtocol) -> UInt32? {
        let bytes = text.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        guard bytes.count == 4 else { return nil }
        var address: UInt32 = 0
        for byte in bytes {
            guard let byte else { return nil }
            address = address << 8 | UInt32(byte)
        }
        return address
    }

    package static func text(_ address: UInt32) -> String {
        "\(address >> 24).\(address >> 16 & 255).\(address >> 8 & 255).\(address & 255)"
    }
}

/// What a node's pod network is made of.
package struct PodNetworkConfiguration: Sendable {
    /// The node's part of the pod network; `node.spec.podCIDR`.
    package var subnet: IPv4Network
    /// Addresses that pods reach without being hidden: the whole cluster's pods.
    package var clusterNetwork: IPv4Network
    /// Ranges that must never leave the host, used or not: the Services'.
    package var localRanges: [IPv4Network]
    /// Addresses of the node's own services, such as the cluster's DNS: the bridge has them too.
    package var serviceAddresses: [IPv4Network]
    package var bridge: String
    package var mtu: Int
    /// Where the runtime looks for plugin configurations.
    package var pluginFolder: String
    /// Where the plugins note which addresses are taken.
    package var leaseFolder: String

    package init(
        subnet: IPv4Network, clusterNetwork: IPv4Network, localRanges: [IPv4Network], pluginFolder: String,
        leaseFolder: String, serviceAddresses: [IPv4Network] = [], bridge: String = "gantry0", mtu: Int = 1500
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

    /// The CNI configuration list. Masquerading is left out: the node's nftables table does it, for all pods at once.
    package var pluginConfiguration: String {
        let bridge: JSON = [
            "type": "bridge", "bridge": .string(self.bridge), "isGateway": true, "ipMasq": false,
            "hairpinMode": true, "mtu": .int(Int64(mtu)), "forceAddress": false,
            "ipam": [
                "type": "host-local", "dataDir": .string(leaseFolder),
                "ranges": [[["subnet": .string(subnet.description)]]], "routes": [["dst": "0.0.0.0/0"]],
            ],
        ]
        let list: JSON = [
            "cniVersion": "1.0.0", "name": "gantry",
            "plugins": [bridge, ["type": "portmap", "capabilities": ["portMappings": true], "snat": true]],
        ]
        return list.description + "\n"
    }
}

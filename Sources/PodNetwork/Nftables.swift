/// The pod network's own nftables table.
enum Nftables {
    static let table = "gantry-network"
    /// Takes the table away, whether or not it is there.
    static let removal = "table ip \(table)\ndelete table ip \(table)\n"

    /// Hides pods behind the node's address when they speak to the world outside the cluster.
    static func ruleset(_ configuration: PodNetworkConfiguration) -> String {
        """
        table ip \(table)
        delete table ip \(table)
        table ip \(table) {
            chain postrouting {
                type nat hook postrouting priority srcnat + 10; policy accept;
                ip saddr \(configuration.subnet.masked) ip daddr != \(configuration.clusterNetwork.masked) \
                oifname != "\(configuration.bridge)" masquerade
            }
        }

        """
    }
}

import Machinery

/// The part of the table that does not depend on Services.
///
/// ```
/// packet of a pod / from outside ─► prerouting ─┐            ┌─► forward / input: reject-new
///                                               ├─ services ─┤
/// packet of this machine ─────────► output ─────┘            └─► postrouting: hide, where answers must come back here
/// ```
///
/// NodePorts answer on the node's addresses and on 127.0.0.1, which the usual proxy does not: on one machine it is
/// what people try first. A packet from 127.0.0.1 may leave towards the pods' bridge only with `route_localnet` there;
/// that would let pods send to the node's loopback services, so the first rule drops every packet that came over a wire
/// with a loopback address. It costs one comparison per packet, and the switch is set for that bridge alone.
struct TableFrame: Sendable {
    static let name = "gantry-services"
    /// The bit of the packet's mark that asks for the node's address as source; the one the usual proxy uses.
    private static let mark = "0x4000"

    /// Where NodePorts answer, beside 127.0.0.1.
    var nodeAddresses: [InternetAddress]
    var bridge: String
    /// Whether answers between two pods of the bridge pass it without meeting any rule, because the kernel has no
    /// bridge filter: then they must be made to come back to the node.
    var bridgeBypassesRules: Bool

    var text: String {
        let triple = "type ipv4_addr . inet_proto . inet_service : verdict;"
        let pair = "type inet_proto . inet_service : verdict;"
        let places = (nodeAddresses.map(\.description) + ["127.0.0.1"]).joined(separator: ", ")
        let sameBridge =
            bridgeBypassesRules
            ? "\n        iifname \"\(bridge)\" oifname \"\(bridge)\" ct status dnat masquerade fully-random" : ""
        return """
            table ip \(Self.name)
            delete table ip \(Self.name)
            table ip \(Self.name) {
                comment "Services of the cluster, kept by gantry"
                map service-ips { \(triple) }
                map service-nodeports { \(pair) }
                map no-endpoint-services { \(triple) }
                map no-endpoint-nodeports { \(pair) }
                map firewall-ips { \(triple) }
                set cluster-ips { type ipv4_addr; }
                set hairpins { type ipv4_addr . ipv4_addr; }
                set nodeport-ips { type ipv4_addr; elements = { \(places) } }

                chain loopback-guard {
                    type filter hook prerouting priority raw; policy accept;
                    iifname != "lo" ip daddr 127.0.0.0/8 drop
                    iifname != "lo" ip saddr 127.0.0.0/8 drop
                }
                chain mark-for-masquerade {
                    meta mark set meta mark or \(Self.mark)
                }
                chain masquerading {
                    meta mark set meta mark xor \(Self.mark)
                    masquerade fully-random
                }
                chain reject-it {
                    meta l4proto tcp reject with tcp reset
                    reject with icmp type port-unreachable
                }
                chain services {
                    ip daddr . meta l4proto . th dport vmap @service-ips
                    ip daddr @nodeport-ips meta l4proto . th dport vmap @service-nodeports
                }
                chain reject-new {
                    ip daddr . meta l4proto . th dport vmap @no-endpoint-services
                    ip daddr @nodeport-ips meta l4proto . th dport vmap @no-endpoint-nodeports
                    ip daddr @cluster-ips goto reject-it
                }
                chain firewall {
                    type filter hook prerouting priority dstnat - 10; policy accept;
                    ct state new ip daddr . meta l4proto . th dport vmap @firewall-ips
                }
                chain nat-prerouting {
                    type nat hook prerouting priority dstnat; policy accept;
                    jump services
                }
                chain nat-output {
                    type nat hook output priority -100; policy accept;
                    jump services
                }
                chain nat-postrouting {
                    type nat hook postrouting priority srcnat; policy accept;
                    meta mark & \(Self.mark) == \(Self.mark) goto masquerading
                    ip saddr . ip daddr @hairpins ct status dnat masquerade fully-random\(sameBridge)
                }
                chain filter-input {
                    type filter hook input priority filter; policy accept;
                    ct state new jump reject-new
                }
                chain filter-forward {
                    type filter hook forward priority filter; policy accept;
                    ct state new jump reject-new
                }
                chain filter-output {
                    type filter hook output priority -90; policy accept;
                    ct state new jump reject-new
                }
            }

            """
    }

    /// Takes the table away, whether or not it is there.
    static let removal = "table ip \(name)\ndelete table ip \(name)\n"
    /// Fails when the table is not there.
    static let probe = "list chain ip \(name) services\n"
}

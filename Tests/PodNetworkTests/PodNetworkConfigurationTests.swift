import Machinery
import PodNetwork
import Testing

@Suite struct PodNetworkConfigurationTests {
    @Test(arguments: [
        ("10.244.0.0/24", "10.244.0.0/24"), ("10.244.3.7/24", "10.244.3.0/24"), ("0.0.0.0/0", "0.0.0.0/0"),
        ("192.0.2.1/32", "192.0.2.1/32"),
    ])
    func networksAreParsed(text: String, network: String) {
        #expect(IPv4Network(text)?.description == network)
    }

    @Test(arguments: [
        "", "10.0.0.0", "10.0.0.0/33", "10.0.0/8", "10.0.0.256/8", "a.b.c.d/8", "10.0.0.0/-1", "10.0.0.0/8/8",
    ])
    func whatIsNoNetworkIsRefused(text: String) {
        #expect(IPv4Network(text) == nil)
    }

    @Test func thePluginsGetTheNodesPartOfTheNetwork() throws {
        let subnet = try #require(IPv4Network("10.244.3.0/24"))
        let cluster = try #require(IPv4Network("10.244.0.0/16"))
        let configuration = PodNetworkConfiguration(
            subnet: subnet, clusterNetwork: cluster, localRanges: [], pluginFolder: "/data/cni/net.d",
            leaseFolder: "/data/cni/leases")
        let list = try JSON(parsing: configuration.pluginConfiguration)
        let bridge = list["plugins"]?[0]
        #expect(bridge?["type"] == "bridge")
        #expect(bridge?["bridge"] == "gantry0")
        #expect(bridge?["ipMasq"] == false)
        #expect(bridge?["ipam"]?["dataDir"] == "/data/cni/leases")
        #expect(bridge?["ipam"]?["ranges"]?[0]?[0]?["subnet"] == "10.244.3.0/24")
        #expect(list["plugins"]?[1]?["capabilities"]?["portMappings"] == true)
    }
}

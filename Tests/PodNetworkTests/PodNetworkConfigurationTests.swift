import Machinery
import PodNetwork
import Testing

@Suite struct PodNetworkConfigurationTests {
    @Test func thePluginsGetTheNodesPartOfTheNetwork() throws {
        let subnet = try #require(CIDR("10.244.3.0/24"))
        let cluster = try #require(CIDR("10.244.0.0/16"))
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

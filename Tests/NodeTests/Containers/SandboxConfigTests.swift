import CRI
import Foundation
import KubeAPI
import Machinery
import Node
import Testing

@Suite struct SandboxConfigTests {
    private var settings: NodeSettings {
        NodeSettings(
            nodeName: "node-1", hostAddresses: ["192.0.2.10"], clusterDomain: "cluster.local",
            clusterDNS: ["10.96.0.10"], paths: NodePaths(dataFolder: "/data"),
            cgroups: CgroupHierarchy(root: "/nonexistent", driver: .cgroupfs), allocatable: [:],
            memoryCapacity: 8 << 30, hostResolver: { "nameserver 192.0.2.53\nsearch example.test\noptions timeout:1\n" }
        )
    }

    private func config(_ change: (inout Pod) -> Void = { _ in }) -> RuntimeV1.PodSandboxConfig {
        SandboxConfigBuilder(settings: settings).config(Pods.pod(change: change), attempt: 2)
    }

    @Test func anOrdinaryPodAsksTheClustersDNS() {
        let dns = config().dnsConfig
        #expect(dns?.servers == ["10.96.0.10"])
        #expect(dns?.searches == ["default.svc.cluster.local", "svc.cluster.local", "cluster.local", "example.test"])
        #expect(dns?.options == ["ndots:5"])
    }

    @Test(arguments: [("Default", false), ("ClusterFirst", true)])
    func hostPodsAskTheHosts(policy: String, hostNetwork: Bool) {
        let dns = config {
            $0.spec.dnsPolicy = policy
            $0.spec.hostNetwork = hostNetwork
        }.dnsConfig
        #expect(dns?.servers == ["192.0.2.53"])
        #expect(dns?.searches == ["example.test"])
    }

    @Test func thePodsOwnConfigurationIsMergedIn() {
        let dns = config { pod in
            pod.spec.dnsPolicy = "None"
            pod.spec.json["dnsConfig"] = [
                "nameservers": ["192.0.2.1"], "searches": ["a.test"], "options": [["name": "ndots", "value": "2"]],
            ]
        }.dnsConfig
        #expect(dns?.servers == ["192.0.2.1"])
        #expect(dns?.searches == ["a.test"])
        #expect(dns?.options == ["ndots:2"])
    }

    @Test func groupsFollowTheQualityOfService() {
        #expect(config().linux?.cgroupParent == "/gantry/kubepods/besteffort/poduid-web")
        let burstable = config { pod in
            var resources = ResourceRequirements()
            resources.requests = ["cpu": Quantity(milli: 100)]
            pod.spec.containers[0].resources = resources
        }
        #expect(burstable.linux?.cgroupParent == "/gantry/kubepods/burstable/poduid-web")
        let systemd = CgroupHierarchy(root: "/nonexistent", driver: .systemd)
        #expect(systemd.parent(.burstable, pod: "a-b") == "gantry-kubepods-burstable-poda_b.slice")
        #expect(
            systemd.path(.guaranteed, pod: "a-b") == "/gantry.slice/gantry-kubepods.slice/gantry-kubepods-poda_b.slice")
    }

    @Test func namesAndNamespacesAreThePods() {
        let plain = config()
        #expect(plain.hostname == "web")
        #expect(plain.metadata.attempt == 2)
        #expect(plain.labels["io.kubernetes.pod.uid"] == "uid-web")
        #expect(plain.logDirectory == "/data/node/logs/default_web_uid-web")
        #expect(plain.linux?.securityContext?.namespaceOptions?.pid == RuntimeV1.NamespaceMode.container.rawValue)
        let host = config {
            $0.spec.hostNetwork = true
            $0.spec.hostPID = true
        }
        #expect(host.hostname == "")
        #expect(host.linux?.securityContext?.namespaceOptions?.network == RuntimeV1.NamespaceMode.node.rawValue)
        #expect(host.linux?.securityContext?.namespaceOptions?.pid == RuntimeV1.NamespaceMode.node.rawValue)
    }

    @Test func theHostsFileNamesThePodAndItsAliases() {
        let pod = Pods.pod { pod in
            pod.spec.hostname = "db-0"
            pod.spec.subdomain = "db"
            var alias = HostAlias()
            alias.ip = "192.0.2.7"
            alias.hostnames = ["one.test", "two.test"]
            pod.spec.hostAliases = [alias]
        }
        let text = PodHosts.file(pod, addresses: ["10.244.0.7"], clusterDomain: "cluster.local", hostFile: "")
        #expect(text.contains("10.244.0.7\tdb-0.db.default.svc.cluster.local\tdb-0\n"))
        #expect(text.hasSuffix("\n# Entries added by HostAliases.\n192.0.2.7\tone.test\ttwo.test\n"))
    }

    @Test(arguments: [
        (Int64?.none, Int64?.none, Int64?.some(0), true), (nil, nil, 1000, false), (0, nil, 1000, true),
        (1000, nil, 0, false), (nil, 0, 1000, true),
    ])
    func rootIsRefusedWhereItMustNotBe(own: Int64?, shared: Int64?, image: Int64?, isRefused: Bool) {
        let pod = Pods.pod { pod in
            var context = PodSecurityContext()
            context.runAsNonRoot = true
            context.runAsUser = shared
            pod.spec.securityContext = context
            var security = SecurityContext()
            security.runAsUser = own
            pod.spec.containers[0].securityContext = security
        }
        var record = RuntimeV1.Image()
        record.uid = image.map { RuntimeV1.Int64Value($0) }
        do {
            _ = try SecurityContextBuilder.context(pod.spec.containers[0], pod: pod, image: record, target: nil)
            #expect(!isRefused)
        } catch {
            #expect(isRefused)
            #expect(error.reason == "CreateContainerConfigError")
        }
    }

    @Test(arguments: [(Int64(0), Int64(2)), (1, 2), (250, 256), (1000, 1024), (.max, 262_144)])
    func sharesFollowTheCPU(milli: Int64, shares: Int64) {
        #expect(CPUShares.shares(milliCPU: milli) == shares)
    }
}

import KubeAPI
import Machinery
import ServiceProxy
import Testing

@Suite("The proxy's table")
struct RulesTests {
    struct Case: Sendable, CustomStringConvertible {
        var description: String
        var service: Service
        var endpoints: [TestEndpoint] = [
            TestEndpoint(address: "10.244.0.2"), TestEndpoint(address: "10.244.1.3", node: "node-2"),
        ]
        var has: [String] = []
        var lacks: [String] = []
    }

    static let cases: [Case] = [
        Case(
            description: "spreads a ClusterIP over its endpoints", service: service("web"),
            has: [
                "service-ips { 10.96.0.20 . tcp . 80 : goto cluster-",
                "dnat to numgen random mod 2 map { 0 : 10.244.0.2 . 8080, 1 : 10.244.1.3 . 8080 }",
                "ip saddr != 10.244.0.0/16 jump mark-for-masquerade",
                "hairpins { 10.244.0.2 . 10.244.0.2, 10.244.1.3 . 10.244.1.3 }",
                "cluster-ips { 10.96.0.20 }",
            ],
            lacks: ["add element ip gantry-services service-nodeports", "add chain ip gantry-services local"]),
        Case(
            description: "needs no dice for one endpoint", service: service("web"),
            endpoints: [TestEndpoint(address: "10.244.0.2")], has: ["meta l4proto tcp dnat to 10.244.0.2:8080"],
            lacks: ["numgen"]),
        Case(
            description: "turns away who asks a Service without endpoints",
            service: service("web", type: "NodePort", nodePort: 30080), endpoints: [],
            has: [
                "no-endpoint-services { 10.96.0.20 . tcp . 80 : goto reject-it }",
                "no-endpoint-nodeports { tcp . 30080 : goto reject-it }",
            ], lacks: ["dnat to"]),
        Case(
            description: "opens a NodePort", service: service("web", type: "NodePort", nodePort: 30080),
            has: ["service-nodeports { tcp . 30080 : goto cluster-", "elements = { 192.0.2.1, 127.0.0.1 }"]),
        Case(
            description: "keeps outsiders on the node and pods free",
            service: service("web", type: "NodePort", nodePort: 30080) { $0.spec.externalTrafficPolicy = "Local" },
            has: [
                "service-nodeports { tcp . 30080 : goto external-", "ip saddr 10.244.0.0/16 goto cluster-",
                "fib saddr type local goto cluster-", "meta l4proto tcp dnat to 10.244.0.2:8080",
                "service-ips { 10.96.0.20 . tcp . 80 : goto cluster-",
            ]),
        Case(
            description: "drops outsiders where a local Service has nobody here",
            service: service("web", type: "NodePort", nodePort: 30080) { $0.spec.externalTrafficPolicy = "Local" },
            endpoints: [TestEndpoint(address: "10.244.1.3", node: "node-2")],
            has: ["no-endpoint-nodeports { tcp . 30080 : drop }"], lacks: ["add chain ip gantry-services local"]),
        Case(
            description: "keeps insiders on the node",
            service: service("web") { $0.spec.internalTrafficPolicy = "Local" },
            has: ["service-ips { 10.96.0.20 . tcp . 80 : goto local-", "dnat to 10.244.0.2:8080"],
            lacks: ["10.244.1.3:8080"]),
        Case(
            description: "drops insiders where nobody is here",
            service: service("web") { $0.spec.internalTrafficPolicy = "Local" },
            endpoints: [TestEndpoint(address: "10.244.1.3", node: "node-2")],
            has: ["no-endpoint-services { 10.96.0.20 . tcp . 80 : drop }"], lacks: ["dnat to"]),
        Case(
            description: "remembers clients",
            service: service("web") { service in
                service.spec.sessionAffinity = "ClientIP"
                service.spec.sessionAffinityConfig = SessionAffinityConfig(json: ["clientIP": ["timeoutSeconds": 60]])
            },
            has: [
                "flags dynamic,timeout; timeout 60s;", "numgen random mod 2 vmap { 0 : goto endpoint-",
                "update @affinity-",
            ]),
        Case(
            description: "serves external addresses and balancers' with their source ranges",
            service: service("web", type: "LoadBalancer") { service in
                service.spec.externalIPs = ["198.51.100.7", "127.0.0.1", "nonsense } drop", "::1"]
                service.spec.loadBalancerSourceRanges = ["203.0.113.0/24", "junk"]
                service.status = ServiceStatus(json: ["loadBalancer": ["ingress": [["ip": "198.51.100.8"]]]])
            },
            has: [
                "198.51.100.7 . tcp . 80 : goto cluster-", "198.51.100.8 . tcp . 80 : goto cluster-",
                "firewall-ips { 198.51.100.8 . tcp . 80 : goto firewall-", "ip saddr 203.0.113.0/24 return",
            ], lacks: ["nonsense", "junk", "127.0.0.1 . tcp"]),
        Case(
            description: "prefers ready endpoints to ending ones", service: service("web"),
            endpoints: [
                TestEndpoint(address: "10.244.0.2"),
                TestEndpoint(address: "10.244.0.3", ready: false, serving: true, terminating: true),
            ], has: ["dnat to 10.244.0.2:8080"], lacks: ["10.244.0.3"]),
        Case(
            description: "falls back to endpoints that end but serve", service: service("web"),
            endpoints: [
                TestEndpoint(address: "10.244.0.2", ready: false, serving: false, terminating: true),
                TestEndpoint(address: "10.244.0.3", ready: false, serving: true, terminating: true),
            ], has: ["dnat to 10.244.0.3:8080"], lacks: ["10.244.0.2"]),
        Case(description: "leaves headless Services alone", service: service("web", "None"), lacks: ["10.244.0.2"]),
        Case(
            description: "leaves other proxies' Services alone",
            service: service("web") { $0.metadata.labels = ["service.kubernetes.io/service-proxy-name": "other"] },
            lacks: ["10.96.0.20"]),
        Case(
            description: "lets no endpoint be loopback or script", service: service("web"),
            endpoints: [TestEndpoint(address: "127.0.0.1"), TestEndpoint(address: "1.2.3.4 }; flush ruleset")],
            has: ["10.96.0.20 . tcp . 80 : goto reject-it"], lacks: ["flush ruleset"]),
    ]

    @Test("holds what a Service asks for", arguments: cases)
    func holds(_ test: Case) async throws {
        try await withProxy([test.service], [slice(of: "web", test.endpoints)]) { _, rules, _ in
            let script = try #require(await rules.next())
            for text in test.has { #expect(script.contains(text), "missing \(text) in\n\(script)") }
            for text in test.lacks { #expect(!script.contains(text), "unexpected \(text)") }
        }
    }

    @Test("starts as one replacement, then changes by what changed only")
    func changesIncrementally() async throws {
        let slices = [
            slice(of: "a", [TestEndpoint(address: "10.244.0.2")]),
            slice(of: "b", [TestEndpoint(address: "10.244.0.3")]),
        ]
        try await withProxy([service("a"), service("b", "10.96.0.21")], slices) { server, rules, _ in
            let first = try #require(await rules.next())
            #expect(first.hasPrefix("table ip gantry-services\ndelete table ip gantry-services\n"))

            server.edit(EndpointSlice.self, "a-1", namespace: "default") { edited in
                edited = slice(of: "a", [TestEndpoint(address: "10.244.0.2"), TestEndpoint(address: "10.244.0.4")])
            }
            let second = try #require(await rules.next())
            #expect(second.contains("flush chain ip gantry-services cluster-"))
            #expect(second.contains("add element ip gantry-services hairpins { 10.244.0.4 . 10.244.0.4 }"))
            #expect(!second.contains("default/b") && !second.contains("10.96.0."))

            server.erase(Service.self, "b", namespace: "default")
            let third = try #require(await rules.next())
            #expect(
                third.contains("delete element ip gantry-services service-ips { 10.96.0.21 . tcp . 80 : goto cluster-"))
            #expect(third.contains("delete chain ip gantry-services cluster-"))
            #expect(!third.contains("default/a"))
        }
    }

    @Test("gives an address two Services claim to the first, and to the other once that is gone")
    func sharesAddresses() async throws {
        func claimant(_ name: String, _ ip: String) -> Service {
            service(name, ip) { $0.spec.externalIPs = ["198.51.100.7"] }
        }
        let slices = [
            slice(of: "a", [TestEndpoint(address: "10.244.0.2")]),
            slice(of: "b", [TestEndpoint(address: "10.244.0.2")]),
        ]
        try await withProxy([claimant("b", "10.96.0.21"), claimant("a", "10.96.0.20")], slices) { server, rules, _ in
            let first = try #require(await rules.next())
            #expect(first.split(separator: "\n").count { $0.contains("198.51.100.7 . tcp . 80 : goto") } == 1)
            server.erase(Service.self, "a", namespace: "default")
            let second = try #require(await rules.next())
            let added = try #require(second.split(separator: "\n").first { $0.hasPrefix("add element") })
            #expect(added.contains("198.51.100.7 . tcp . 80 : goto") && added.contains("default/b"))
            // The other one still needs it.
            #expect(!second.contains("hairpins"))
        }
    }

    @Test("is made anew when the kernel refuses a change")
    func recovers() async throws {
        let rules = RecordingRules()
        try await withProxy([service("a")], [], rules: rules) { server, rules, _ in
            _ = await rules.next()
            rules.refuse(next: 2)
            server.seed(slice(of: "a", [TestEndpoint(address: "10.244.0.2")]))
            let change = try #require(await rules.next())
            #expect(!change.contains("delete table"))
            for _ in 0..<2 {
                let whole = try #require(await rules.next())
                #expect(whole.contains("delete table") && whole.contains("10.244.0.2:8080"))
            }
        }
    }
}

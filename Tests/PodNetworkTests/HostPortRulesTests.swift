import Foundation
import LinuxHost
import PodNetwork
import Testing

@Suite("Host ports' rules")
struct HostPortRulesTests {
    private static let dispatchers = """
        -A PREROUTING -m addrtype --dst-type LOCAL -j CNI-HOSTPORT-DNAT
        -A OUTPUT -m addrtype --dst-type LOCAL -j CNI-HOSTPORT-DNAT
        -A POSTROUTING -m comment --comment "CNI portfwd requiring masquerade" -j CNI-HOSTPORT-MASQ
        """
    private static let insides = """
        -A CNI-HOSTPORT-MASQ -m mark --mark 0x2000/0x2000 -j MASQUERADE
        -A CNI-HOSTPORT-SETMARK -m comment --comment "CNI portfwd masquerade mark" -j MARK --set-xmark 0x2000/0x2000
        """

    /// A table with pods by chain and network, and a rule of somebody else's.
    private static func table(_ pods: [(chain: String, network: String)]) -> String {
        let chains = pods.map { ":CNI-DN-\($0.chain) - [0:0]" }
        let rules = pods.flatMap { pod in
            [
                "-A CNI-DN-\(pod.chain) -s 10.0.0.0/24 -p tcp -m tcp --dport 80 -j CNI-HOSTPORT-SETMARK",
                "-A CNI-DN-\(pod.chain) -p tcp -m tcp --dport 80 -j DNAT --to-destination 10.0.0.5:80",
                "-A CNI-HOSTPORT-DNAT -p tcp -m comment --comment "
                    + #""dnat name: \"\#(pod.network)\" id: \"x\"" -m multiport --dports 80 -j CNI-DN-\#(pod.chain)"#,
            ]
        }
        return """
            # Generated
            *nat
            :PREROUTING ACCEPT [0:0]
            :OUTPUT ACCEPT [0:0]
            :MINE - [0:0]
            \(chains.joined(separator: "\n"))
            :CNI-HOSTPORT-DNAT - [0:0]
            :CNI-HOSTPORT-MASQ - [0:0]
            :CNI-HOSTPORT-SETMARK - [0:0]
            -A PREROUTING -p tcp --dport 9 -j MINE
            \(dispatchers)
            \(rules.joined(separator: "\n"))
            \(insides)
            COMMIT
            """
    }

    @Test("without other networks' pods everything of the plugin goes, and nothing else")
    func removesAll() throws {
        let script = try #require(HostPortRules.removal(of: "gantry", from: Self.table([("a", "gantry")])))
        #expect(script.hasPrefix("*nat\n-D PREROUTING -m addrtype"))
        #expect(script.contains("\n-F CNI-DN-a\n") && script.contains("\n-X CNI-DN-a\n"))
        #expect(script.contains("\n-D PREROUTING -m addrtype --dst-type LOCAL -j CNI-HOSTPORT-DNAT\n"))
        #expect(script.contains("\n-X CNI-HOSTPORT-SETMARK\n"))
        #expect(!script.contains("MINE"))
        #expect(script.hasSuffix("\nCOMMIT\n"))
    }

    @Test("another network's pods keep their chains and the shared ones")
    func sparesOthers() throws {
        let both = Self.table([("a", "gantry"), ("b", "other")])
        let script = try #require(HostPortRules.removal(of: "gantry", from: both))
        #expect(script.hasPrefix("*nat\n-D CNI-HOSTPORT-DNAT -p tcp"))
        #expect(script.contains("-X CNI-DN-a\n"))
        #expect(!script.contains("CNI-DN-b"))
        #expect(!script.contains("-X CNI-HOSTPORT"))
        #expect(!script.contains("PREROUTING"))
    }

    @Test("chains that nothing leads to any more go, unless another's chain is still there")
    func removesSharedOnesAlone() {
        #expect(HostPortRules.removal(of: "gantry", from: Self.table([]))?.contains("-X CNI-HOSTPORT-DNAT\n") == true)
        let orphan = Self.table([]).replacingOccurrences(of: ":MINE - [0:0]", with: ":CNI-DN-z - [0:0]")
        #expect(HostPortRules.removal(of: "gantry", from: orphan) == nil)
        #expect(HostPortRules.removal(of: "gantry", from: "*nat\n:PREROUTING ACCEPT [0:0]\nCOMMIT\n") == nil)
        #expect(HostPortRules.removal(of: "gantry", from: "") == nil)
    }

    @Test("a table is empty when it has only the chains it was made with")
    func knowsEmptyTables() {
        let builtin = #"{"nftables": [{"metainfo": {}}, {"table": {"name": "nat"}}, {"chain": {"name": "OUTPUT"}}]}"#
        #expect(HostPortRules.isEmpty(builtin))
        #expect(!HostPortRules.isEmpty(builtin.replacingOccurrences(of: "OUTPUT", with: "MINE")))
        #expect(!HostPortRules.isEmpty(#"{"nftables": [{"chain": {"name": "OUTPUT"}}, {"rule": {}}]}"#))
        #expect(!HostPortRules.isEmpty("nonsense"))
    }

    private static let plugin = "/usr/lib/cni/portmap"
    private static let canRun =
        getuid() == 0 && FileManager.default.isExecutableFile(atPath: plugin)
        && ["iptables-save", "nft", "ip"].allSatisfy { Executable.path(of: $0) != nil }

    private static func run(_ words: [String], input: String = "") async throws -> String {
        let result = try await Command(words[0], Array(words.dropFirst()), input: Array(input.utf8)).run()
        try #require(result.status == 0, "\(words): \(result.complaint)")
        return result.output
    }

    @Test("what the real plugin made is gone afterwards, and what it made for others is not", .enabled(if: canRun))
    func cleansUpAfterThePlugin() async throws {
        let namespace = "gtports\(getpid())"
        _ = try await Self.run(["ip", "netns", "add", namespace])
        let enter = ["ip", "netns", "exec", namespace]
        func add(_ network: String, _ id: String, _ port: Int) async throws {
            let configuration = """
                {"cniVersion": "1.0.0", "name": "\(network)", "type": "portmap", "snat": true,
                 "capabilities": {"portMappings": true},
                 "runtimeConfig": {"portMappings": [{"hostPort": \(port), "containerPort": 80, "protocol": "tcp"}]},
                 "prevResult": {"cniVersion": "1.0.0", "interfaces": [{"name": "eth0", "sandbox": "/proc/self/ns/net"}],
                 "ips": [{"address": "10.9.0.5/24", "interface": 0}]}}
                """
            let variables = [
                "CNI_COMMAND=ADD", "CNI_CONTAINERID=\(id)", "CNI_NETNS=/proc/self/ns/net", "CNI_IFNAME=eth0",
                "CNI_PATH=/usr/lib/cni",
            ]
            _ = try await Self.run(enter + ["env"] + variables + [Self.plugin], input: configuration)
        }
        let outcome: Result<Void, any Error>
        do {
            try await add("gantry", "one", 8081)
            try await add("other", "two", 8082)
            try await HostPortRules(network: "gantry", launcher: enter).remove()
            let left = try await Self.run(enter + ["iptables-save", "-t", "nat"])
            #expect(!left.contains("8081") && left.contains("8082") && left.contains(":CNI-HOSTPORT-DNAT"))
            try await HostPortRules(network: "other", launcher: enter).remove()
            let tables = try await Self.run(enter + ["nft", "list", "tables"])
            #expect(!tables.contains("table ip nat"), "\(tables)")
            outcome = .success(())
        } catch {
            outcome = .failure(error)
        }
        _ = try await Self.run(["ip", "netns", "del", namespace])
        try outcome.get()
    }
}

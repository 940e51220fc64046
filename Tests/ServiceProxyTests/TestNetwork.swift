import Glibc
import ServiceProxy

/// A node and two pods as network namespaces, with a bridge between them, and somebody outside.
///
/// ```
/// outside 192.0.2.9 ── 192.0.2.1 node ── gantry0 10.244.0.1 ─┬─ 10.244.0.2 pod-a
///                                                            └─ 10.244.0.3 pod-b
/// ```
final class TestNetwork: RuleApplier {
    private let prefix: String
    private let servers: [ChildProcess]

    static var isPossible: Bool {
        guard getuid() == 0, (try? run(["nft", "--version"])) != nil, (try? run(["python3", "--version"])) != nil
        else { return false }
        let probe = "gtprobe\(getpid())"
        guard (try? run(["ip", "netns", "add", probe])) != nil else { return false }
        return (try? run(["ip", "netns", "del", probe])) != nil
    }

    init() throws {
        let prefix = "gt\(getpid())"
        self.prefix = prefix
        for name in ["node", "pod-a", "pod-b", "outside"] {
            try Self.run(["ip", "netns", "add", "\(prefix)-\(name)"])
            try Self.run(["ip", "-n", "\(prefix)-\(name)", "link", "set", "lo", "up"])
        }
        func ip(_ namespace: String, _ words: String) throws {
            try Self.run(["ip", "-n", "\(prefix)-\(namespace)"] + words.split(separator: " ").map { String($0) })
        }
        try ip("node", "link add gantry0 type bridge")
        try ip("node", "addr add 10.244.0.1/24 dev gantry0")
        try ip("node", "link set gantry0 up")
        for (pod, address) in [("pod-a", "10.244.0.2/24"), ("pod-b", "10.244.0.3/24")] {
            try ip("node", "link add \(pod) type veth peer name eth0 netns \(prefix)-\(pod)")
            try ip("node", "link set \(pod) master gantry0 up")
            try ip("node", "link set \(pod) type bridge_slave hairpin on")
            try ip(pod, "addr add \(address) dev eth0")
            try ip(pod, "link set eth0 up")
            try ip(pod, "route add default via 10.244.0.1")
        }
        try ip("node", "link add out type veth peer name eth0 netns \(prefix)-outside")
        try ip("node", "addr add 192.0.2.1/24 dev out")
        try ip("node", "link set out up")
        try ip("outside", "addr add 192.0.2.9/24 dev eth0")
        try ip("outside", "link set eth0 up")
        try ip("outside", "route add default via 192.0.2.1")
        try ip("node", "route add 10.96.0.0/16 dev gantry0 src 10.244.0.1")
        let node = "\(prefix)-node"
        try Self.run(["ip", "netns", "exec", node, "sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward"])
        try Self.run([
            "ip", "netns", "exec", node, "sh", "-c",
            "echo 1 > /proc/sys/net/bridge/bridge-nf-call-iptables; echo 1 > /proc/sys/net/ipv4/conf/gantry0/route_localnet",
        ])
        servers = try ["pod-a", "pod-b", "node"].map { try Self.serve(in: "\(prefix)-\($0)", name: $0) }
    }

    /// Every server tells its name and who asked, by TCP on port 8080 and by UDP on port 5353.
    private static func serve(in namespace: String, name: String) throws -> ChildProcess {
        let script = """
            import socket, threading, sys
            t = socket.socket(); t.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            t.bind(("0.0.0.0", 8080)); t.listen(64)
            u = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); u.bind(("0.0.0.0", 5353))
            def datagrams():
                while True:
                    _, who = u.recvfrom(2000); u.sendto(("\(name) " + who[0]).encode(), who)
            threading.Thread(target=datagrams, daemon=True).start()
            print("up", flush=True)
            while True:
                c, who = t.accept(); c.sendall(("\(name) " + who[0]).encode()); c.close()
            """
        let process = try ChildProcess(["ip", "netns", "exec", namespace, "/usr/bin/env", "python3", "-c", script])
        _ = process.read()
        return process
    }

    func tearDown() throws {
        for server in servers { server.end() }
        for name in ["pod-a", "pod-b", "outside", "node"] { try Self.run(["ip", "netns", "del", "\(prefix)-\(name)"]) }
    }

    /// Connects from a place and gives what the server said, or why there was none: `refused`, `timeout`.
    func ask(_ place: String, _ address: String, _ port: Int, udp: Bool = false) throws -> String {
        let script = """
            import socket, sys
            s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM if sys.argv[3] == "udp" else socket.SOCK_STREAM)
            s.settimeout(1.5)
            try:
                s.connect((sys.argv[1], int(sys.argv[2])))
                if sys.argv[3] == "udp": s.send(b"?")
                print(s.recv(100).decode())
            except ConnectionRefusedError: print("refused")
            except socket.timeout: print("timeout")
            except OSError as e: print(e)
            """
        return try Self.run([
            "ip", "netns", "exec", "\(prefix)-\(place)", "python3", "-c", script, address, String(port),
            udp ? "udp" : "tcp",
        ])
    }

    func apply(_ script: String) async throws(ServiceProxyError) {
        do {
            try Self.run(["ip", "netns", "exec", "\(prefix)-node", "nft", "-f", "-"], input: script)
        } catch {
            throw ServiceProxyError("\(error)")
        }
    }

    func isTablePresent() async -> Bool { true }

    @discardableResult
    private static func run(_ arguments: [String], input: String = "") throws -> String {
        try ChildProcess.run(arguments, input: input)
    }
}

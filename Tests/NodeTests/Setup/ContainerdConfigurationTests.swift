import Foundation
import Node
import Testing

@Suite("containerd's configuration")
struct ContainerdConfigurationTests {
    private let plain = ContainerdHost(
        mayLowerOOMScore: true, systemdOwnsCgroups: true, supportsOverlay: true, appArmor: false)

    private func configuration(
        _ folder: String = "/data", _ change: (inout ContainerdHost) -> Void = { _ in }
    ) throws -> ContainerdConfiguration {
        var host = plain
        change(&host)
        return ContainerdConfiguration(layout: try ContainerdLayout(dataFolder: folder), host: host)
    }

    @Test("keeps every path inside the data folder")
    func pathsStayInside() throws {
        let text = try configuration().rendered()
        for path in [
            "root = \"/data/containerd/root\"", "state = \"/data/containerd/state\"",
            "address = \"/data/containerd/containerd.sock\"", "Root = \"/data/containerd/runc\"",
            "conf_dir = \"/data/cni/net.d\"",
        ] {
            #expect(text.contains(path + "\n"))
        }
        #expect(text.contains("netns_mounts_under_state_dir = true\n"))
    }

    @Test("follows what the machine can do")
    func followsTheHost() throws {
        let able = try configuration().rendered()
        #expect(able.contains("restrict_oom_score_adj = false\n"))
        #expect(able.contains("oom_score = -999\n"))
        #expect(able.contains("SystemdCgroup = true\n"))
        #expect(able.contains("snapshotter = \"overlayfs\"\n"))
        let unable = try configuration {
            $0.mayLowerOOMScore = false
            $0.systemdOwnsCgroups = false
            $0.supportsOverlay = false
        }.rendered()
        #expect(unable.contains("restrict_oom_score_adj = true\n"))
        #expect(unable.contains("oom_score = 0\n"))
        #expect(unable.contains("SystemdCgroup = false\n"))
        #expect(unable.contains("snapshotter = \"native\"\n"))
    }

    @Test("leaves alone the plugin that containerd's task service needs")
    func keepsTheOldRuntime() throws {
        #expect(try !configuration().rendered().contains("io.containerd.runtime.v1.linux"))
    }

    @Test(
        "writes paths as TOML strings whatever they hold",
        arguments: [
            ("/a b", "/a b"), ("/a\"b", "/a\\\"b"), ("/a\\b", "/a\\\\b"), ("/a\nb", "/a\\u000ab"), ("/ü", "/ü"),
        ])
    func quotes(folder: String, written: String) throws {
        let text = try configuration(folder).rendered()
        #expect(text.contains("root = \"\(written)/containerd/root\"\n"))
    }

    @Test("is written only when it differs")
    func writtenOnce() throws {
        let folder = FileManager.default.temporaryDirectory.path + "/gantry-\(UUID().uuidString.prefix(8))"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var first = try configuration(folder)
        #expect(try first.write())
        #expect(try !first.write())
        first.longestLogLine = 1000
        #expect(try first.write())
    }

    @Test("refuses a data folder whose socket path no address can hold")
    func longPaths() throws {
        let long = "/" + String(repeating: "x", count: 90)
        #expect(throws: ContainerdError.self) { try ContainerdLayout(dataFolder: long) }
        #expect(try ContainerdLayout(dataFolder: "/short/").socket == "/short/containerd/containerd.sock")
    }
}

@Suite("Capabilities of a process")
struct CapabilityTests {
    @Test(
        "are read from its status",
        arguments: [
            ("Name:\tx\nCapEff:\t000001ffffffffff\n", true),
            ("CapEff:\t000001fffeffffff\n", false),
            ("CapEff:\t0000000001000000\n", true),
            ("CapPrm:\t000001ffffffffff\n", false),
            ("CapEff:\tnonsense\n", false),
            ("", false),
        ])
    func capability(status: String, expected: Bool) {
        #expect(ContainerdHost.hasCapability(24, inStatus: status) == expected)
    }
}

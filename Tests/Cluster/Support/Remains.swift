import Foundation

/// What clusters leave on a machine: everything that a purge must take away again.
struct Remains: Sendable {
    private let found: Set<String>

    func added(since earlier: Remains) -> [String] { found.subtracting(earlier.found).sorted() }

    /// Looks at mounts, network devices, addresses, routes, rules, nftables, cgroups, shims and their sockets.
    static func look() async throws -> Remains {
        var found: Set<String> = []
        func note(_ kind: String, _ lines: [String]) { found.formUnion(lines.map { "\(kind) \($0)" }) }
        let mounts = try String(decoding: readAll("/proc/self/mountinfo"), as: UTF8.self)
        note("mount", mounts.split(separator: "\n").map { String($0.split(separator: " ")[4]) })
        note(
            "device",
            try await lines("ip", "-o", "link").compactMap {
                $0.split(separator: " ").dropFirst().first.map(String.init)
            })
        note(
            "address",
            try await lines("ip", "-o", "address").map { $0.split(separator: " ").prefix(4).joined(separator: " ") })
        for family in ["-4", "-6"] {
            note("route", try await lines("ip", family, "route", "show", "table", "all"))
            note("rule", try await lines("ip", family, "rule"))
        }
        note("nftables", try await lines("nft", "list", "tables"))
        note("namespace", try await lines("ip", "netns"))
        note("cgroup", try await lines("find", "/sys/fs/cgroup", "-mindepth", "1", "-maxdepth", "3", "-type", "d"))
        note("socket", (try? FileManager.default.contentsOfDirectory(atPath: "/run/containerd/s")) ?? [])
        note(
            "process",
            try await lines("pgrep", "-fa", "^(/[^ ]*/)?(containerd|containerd-shim-runc-v2|gantry) ").filter {
                $0.contains("gantry-")
            })
        note("folder", try FileManager.default.contentsOfDirectory(atPath: "/tmp").filter { $0.hasPrefix("gantry-") })
        return Remains(found: found)
    }

    private static func lines(_ program: String, _ arguments: String...) async throws -> [String] {
        try await Command(program: program, arguments: arguments).run().lines
    }

    /// The kernel's files come in pieces; all of them are wanted.
    private static func readAll(_ path: String) throws -> Data {
        let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        defer { try? handle.close() }
        var data = Data()
        while let piece = try handle.read(upToCount: 1 << 16), !piece.isEmpty { data += piece }
        return data
    }
}

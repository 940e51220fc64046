import Foundation

/// A network namespace that stands for a machine of its own: a cable to this one, its own routes, rules and loopback.
///
/// Only the network is separate. Programs are started by `nsenter` rather than `ip netns exec`, which would give each of
/// them mounts of its own, so that an agent could not mount for the containerd that an earlier one started.
struct SecondMachine: Sendable {
    let name: String
    let data: String
    /// The addresses of both ends of the cable.
    let hostAddress: String
    let address: String
    private let cable: String

    static func plug() async throws -> SecondMachine {
        let id = String(UUID().uuidString.prefix(6).lowercased())
        let third = Int.random(in: 10..<250)
        let machine = SecondMachine(
            name: "gantry-\(id)", data: "/tmp/gantry-agent-\(id)", hostAddress: "10.213.\(third).1",
            address: "10.213.\(third).2", cable: "vethg\(id)")
        do {
            try await machine.must("ip", "netns", "add", machine.name)
            try await machine.must(
                "ip", "link", "add", machine.cable, "type", "veth", "peer", "name", "eth0", "netns", machine.name)
            try await machine.must("ip", "address", "add", machine.hostAddress + "/24", "dev", machine.cable)
            try await machine.must("ip", "link", "set", machine.cable, "up")
            for command in [
                ["link", "set", "lo", "up"], ["address", "add", machine.address + "/24", "dev", "eth0"],
                ["link", "set", "eth0", "up"], ["route", "add", "default", "via", machine.hostAddress],
            ] {
                try await machine.must("ip", ["-n", machine.name] + command)
            }
        } catch {
            try await machine.unplug()
            throw error
        }
        return machine
    }

    /// Takes everything away: the agent, its containers, the cable.
    func unplug() async throws {
        if FileManager.default.fileExists(atPath: data) {
            let down = try await run(Cluster.binary, "down", "--data", data, "--purge", limit: .seconds(120))
            if !down.succeeded { throw ClusterFailure.command(down) }
        }
        _ = try await Command(program: "ip", arguments: ["link", "delete", cable]).run()
        _ = try await Command(program: "ip", arguments: ["netns", "delete", name]).run()
    }

    /// Takes the cable out. Connections stay as they are, and nothing gets through.
    func disconnect() async throws { try await must("ip", "link", "set", cable, "down") }
    func reconnect() async throws { try await must("ip", "link", "set", cable, "up") }

    /// Runs a program there.
    func run(_ program: String, _ arguments: String..., limit: Duration = .seconds(60)) async throws -> Command.Output {
        try await run(program, arguments, limit: limit)
    }

    func run(_ program: String, _ arguments: [String], limit: Duration = .seconds(60)) async throws -> Command.Output {
        try await Command(
            program: "nsenter", arguments: ["--net=/run/netns/\(name)", program] + arguments, limit: limit
        ).run()
    }

    /// `gantry agent` there, in the background.
    func agent(_ arguments: String...) async throws -> Command.Output {
        try await run(
            Cluster.binary, ["agent", "--data", data, "--output", "json"] + arguments, limit: .seconds(120))
    }

    private func must(_ program: String, _ arguments: String...) async throws { try await must(program, arguments) }

    private func must(_ program: String, _ arguments: [String]) async throws {
        let output = try await Command(program: program, arguments: arguments).run()
        guard output.succeeded else { throw ClusterFailure.command(output) }
    }
}

import Foundation
import Synchronization
import Testing

/// A whole Gantry cluster on this machine, with a data folder and a port of its own, driven from outside: by the gantry
/// binary, by kubectl and by curl.
final class Cluster: Sendable {
    let data: String
    let port: Int
    let token: String
    private let process = Mutex<Int32>(0)

    /// The cluster of the suite that is running.
    @TaskLocal static var running: Cluster?

    static func current() throws -> Cluster {
        try #require(Cluster.running, "this test needs the .cluster trait on its suite")
    }

    /// The binary under test.
    static let binary =
        ProcessInfo.processInfo.environment["GANTRY_BINARY"] ?? Repository.top + "/.build/release/gantry"

    /// Archives of the example images.
    static let images = (ProcessInfo.processInfo.environment["GANTRY_IMAGES"] ?? "").split(separator: ":").map(
        String.init)

    static let isEnabled = ProcessInfo.processInfo.environment["GANTRY_CLUSTER_TESTS"] == "1"
    static let isSoak = ProcessInfo.processInfo.environment["GANTRY_SOAK"] == "1"

    var server: String { "https://127.0.0.1:\(port)" }
    var kubeconfig: String { data + ".kubeconfig" }
    /// The process that serves, as `gantry status` names it.
    var pid: Int32 { process.withLock { $0 } }

    private init(data: String, port: Int, token: String) {
        self.data = data
        self.port = port
        self.token = token
    }

    /// Starts a cluster on empty data and loads the images it needs.
    ///
    /// - Parameter address: under which nodes and pods reach this machine; the machine's own choice unless given.
    static func start(images: [String] = Cluster.images, address: String? = nil) async throws -> Cluster {
        let data = "/tmp/gantry-\(UUID().uuidString.prefix(8).lowercased())"
        let port = Int.random(in: 20_000..<30_000)
        let place = address.map { ["--address", $0] } ?? []
        let up = try await gantry(["up", "--data", data, "--port", "\(port)"] + place, limit: .seconds(120))
        guard up.succeeded else {
            _ = try await gantry(["down", "--data", data, "--purge"])
            throw ClusterFailure.command(up)
        }
        let token = try await gantry([
            "token", "create", "--data", data, "--user", "tester", "--group", "system:masters",
        ])
        let config = try await gantry(["kubeconfig", "--data", data])
        guard token.succeeded, config.succeeded else { throw ClusterFailure.command(token.succeeded ? config : token) }
        let cluster = Cluster(data: data, port: port, token: token.trimmed)
        try Data(config.out.utf8).write(to: URL(fileURLWithPath: cluster.kubeconfig))
        try await cluster.notePid()
        if !images.isEmpty {
            let loaded = try await gantry(["image", "load", "--data", data] + images, limit: .seconds(120))
            guard loaded.succeeded else { throw ClusterFailure.command(loaded) }
        }
        return cluster
    }

    /// Takes everything away. What remains is the caller's to find.
    func purge() async throws {
        let down = try await Self.gantry(["down", "--data", data, "--purge"], limit: .seconds(120))
        try? FileManager.default.removeItem(atPath: kubeconfig)
        guard down.succeeded else { throw ClusterFailure.command(down) }
    }

    /// Starts gantry again on the same data; containerd and containers are supposed to be there still.
    func restart() async throws {
        let up = try await Self.gantry(["up", "--data", data, "--port", "\(port)"], limit: .seconds(120))
        guard up.succeeded else { throw ClusterFailure.command(up) }
        try await notePid()
    }

    private func notePid() async throws {
        let status = try await Self.gantry(["status", "--data", data, "--output", "json"])
        guard let object = try JSONSerialization.jsonObject(with: Data(status.out.utf8)) as? [String: Any],
            let pid = object["pid"] as? Int
        else { throw ClusterFailure.command(status) }
        process.withLock { $0 = Int32(pid) }
    }

    static func gantry(_ arguments: [String], limit: Duration = .seconds(60)) async throws -> Command.Output {
        try await Command(program: binary, arguments: arguments, limit: limit).run()
    }

    /// Runs kubectl as the cluster's administrator, whatever comes of it.
    func kubectl(
        _ arguments: String..., input: String? = nil, environment: [String: String] = [:],
        limit: Duration = .seconds(90)
    )
        async throws -> Command.Output
    {
        try await Command(
            program: "kubectl", arguments: ["--kubeconfig", kubeconfig] + arguments, environment: environment,
            input: input, limit: limit
        ).run()
    }

    /// Runs kubectl and records a failure, with all it printed, unless it succeeds. Returns what it wrote, trimmed.
    @discardableResult
    func expect(
        _ arguments: String..., input: String? = nil, environment: [String: String] = [:],
        location: SourceLocation = #_sourceLocation
    ) async throws -> String {
        let output = try await Command(
            program: "kubectl", arguments: ["--kubeconfig", kubeconfig] + arguments, environment: environment,
            input: input, limit: .seconds(120)
        ).run()
        #expect(output.succeeded, "\(output)", sourceLocation: location)
        return output.trimmed
    }

    /// Runs kubectl and records an issue unless it fails with a message that has these words.
    func expectFailure(
        _ arguments: String..., says words: String, location: SourceLocation = #_sourceLocation
    ) async throws {
        let output = try await Command(
            program: "kubectl", arguments: ["--kubeconfig", kubeconfig] + arguments, limit: .seconds(120)
        ).run()
        #expect(!output.succeeded && output.errors.contains(words), "\(output)", sourceLocation: location)
    }

    /// kubectl on a terminal, for what behaves differently there; `typed` is sent as if typed.
    func onTerminal(_ arguments: String, typed: String = "", limit: Duration = .seconds(60)) async throws
        -> Command.Output
    {
        try await Command(
            program: "script", arguments: ["-qefc", "kubectl --kubeconfig \(kubeconfig) \(arguments)", "/dev/null"],
            input: typed, limit: limit
        ).run()
    }

    /// Watches with kubectl until a line satisfies the test.
    func watch(
        _ arguments: String..., limit: Duration = .seconds(60), until matches: @escaping @Sendable (String) -> Bool
    )
        async throws -> (lines: [String], found: Bool)
    {
        try await Command(program: "kubectl", arguments: ["--kubeconfig", kubeconfig] + arguments, limit: limit)
            .run(until: matches)
    }

    /// A namespace that goes away with the cluster, with its service account.
    func namespace(_ name: String) async throws -> String {
        try await expect("create", "namespace", name)
        return name
    }
}

/// The harness could not do its own part.
enum ClusterFailure: Error, CustomStringConvertible {
    case command(Command.Output)
    case answer(String)

    var description: String {
        switch self {
        case .command(let output): "\(output)"
        case .answer(let text): text
        }
    }
}

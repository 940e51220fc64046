import Foundation
import Synchronization
import Testing

/// A control plane without a machine to run pods on: gantry's parts as processes that tests kill, pause and start
/// again, with played nodes. Its log files stay below its data folder until `purge`.
final class ControlPlane: Sendable {
    private struct State {
        var processes: [String: Background] = [:]
        var starts: [String: Int] = [:]
    }

    let data: String
    let port: Int
    let token: String
    private let state = Mutex(State())

    var server: String { "https://127.0.0.1:\(port)" }

    /// - Parameter server: arguments of `gantry server`.
    static func start(_ server: [String]) async throws -> ControlPlane {
        let data = "/tmp/gantry-\(UUID().uuidString.prefix(8).lowercased())"
        let port = Int.random(in: 20_000..<30_000)
        try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
        let plane = try await ControlPlane(data: data, port: port, server)
        return plane
    }

    private init(data: String, port: Int, _ server: [String]) async throws {
        self.data = data
        self.port = port
        let process = try Background(
            ["server", "--data", data, "--port", "\(port)"] + server, log: data + ".server.0")
        state.withLock { $0.processes["server"] = process }
        try await eventually(
            "the server's credentials", within: .seconds(30),
            { FileManager.default.fileExists(atPath: data + "/kubeconfig/admin.conf") }, until: { $0 })
        let created = try await Cluster.gantry([
            "token", "create", "--data", data, "--user", "tester", "--group", "system:masters",
        ])
        guard created.succeeded else { throw ClusterFailure.command(created) }
        token = created.trimmed
        try await untilReady()
    }

    /// A kubeconfig for a user of its own, by which the audit log tells processes apart.
    func kubeconfig(_ user: String, address: String = "127.0.0.1") async throws -> String {
        let created = try await Cluster.gantry([
            "token", "create", "--data", data, "--user", user, "--group", "system:masters",
        ])
        guard created.succeeded else { throw ClusterFailure.command(created) }
        let config = """
            apiVersion: v1
            kind: Config
            current-context: c
            clusters: [{name: c, cluster: {server: "https://\(address):\(port)", insecure-skip-tls-verify: true}}]
            users: [{name: u, user: {token: \(created.trimmed)}}]
            contexts: [{name: c, context: {cluster: c, user: u}}]
            """
        let path = "\(data).\(user).conf"
        try Data(config.utf8).write(to: URL(fileURLWithPath: path))
        return path
    }

    /// Starts a part in the background, or again when it ended.
    @discardableResult
    func run(_ name: String, _ arguments: [String], prefix: [String] = []) throws -> Background {
        let number = state.withLock { state in
            state.starts[name, default: 0] += 1
            return state.starts[name, default: 0]
        }
        let process = try Background(arguments, prefix: prefix, log: "\(data).\(name).\(number)")
        state.withLock { $0.processes[name] = process }
        return process
    }

    /// `kill -9`; returns when the process is gone.
    func kill(_ name: String) async throws {
        let process = state.withLock { $0.processes.removeValue(forKey: name) }
        process?.signal(SIGKILL)
        _ = await process?.ended()
    }

    func untilReady() async throws {
        try await eventually(
            "the API serves", within: .seconds(30),
            { try await send("GET", "/readyz", limit: .seconds(5)).code }, until: { $0 == 200 })
    }

    /// One request with curl; code 0: no answer.
    func send(
        _ method: String, _ path: String, body: String? = nil, type: String = "application/json",
        limit: Duration = .seconds(10)
    ) async throws -> Cluster.Answer {
        var arguments = [
            "-sk", "-X", method, "-w", "\n%{http_code}", server + path, "-H", "Content-Type: \(type)", "-H",
            "Authorization: Bearer \(token)",
        ]
        if body != nil { arguments += ["--data-binary", "@-"] }
        let output = try await Command(program: "curl", arguments: arguments, input: body, limit: limit).run()
        var lines = output.out.split(separator: "\n", omittingEmptySubsequences: false)
        let code = lines.popLast().flatMap { Int($0) } ?? 0
        let text = lines.joined(separator: "\n")
        return Cluster.Answer(code: code, body: text, description: "\(method) \(path): \(code) \(text.prefix(2000))")
    }

    /// What a collection holds.
    func list(_ path: String) async throws -> [Object] {
        let answer = try await send("GET", path)
        guard answer.code == 200, let items = answer.object["items"] as? [[String: Any]] else {
            throw ClusterFailure.answer("\(answer)")
        }
        return items.map { Object(json: $0) }
    }

    /// Ends everything and takes it away.
    func purge() async throws {
        let processes = state.withLock { $0.processes }
        for process in processes.values { process.signal(SIGKILL) }
        for process in processes.values { _ = await process.ended() }
        let folder = (data as NSString).deletingLastPathComponent
        for name in try FileManager.default.contentsOfDirectory(atPath: folder)
        where (folder + "/" + name).hasPrefix(data) {
            try FileManager.default.removeItem(atPath: folder + "/" + name)
        }
    }
}

/// A gantry process in the background.
final class Background: Sendable {
    private let child: Child
    private let ending: Task<Int32, Never>
    let log: String

    init(_ arguments: [String], prefix: [String] = [], log: String) throws {
        let words = prefix + [Cluster.binary] + arguments
        let child = try Child(
            Command(program: words[0], arguments: Array(words.dropFirst())), input: "/dev/null",
            output: log + ".out", errors: log + ".log")
        self.child = child
        self.log = log + ".log"
        let (codes, code) = AsyncStream.makeStream(of: Int32.self)
        // A thread of its own: it waits as long as the process lives.
        Thread.detachNewThread {
            code.yield(child.wait())
            code.finish()
        }
        ending = Task {
            for await code in codes { return code }
            return -1
        }
    }

    func signal(_ number: Int32) { child.signal(number) }

    /// The exit code, or 128 and the signal's number.
    func ended() async -> Int32 { await ending.value }
}

/// An object of the API as far as tests look at it.
struct Object: Sendable {
    let name: String
    let namespace: String
    let uid: String
    let labels: [String: String]
    let annotations: [String: String]
    let ownerUID: String
    let isBeingDeleted: Bool
    let generation: Int
    private let bytes: Data

    init(json: [String: Any]) {
        let metadata = json["metadata"] as? [String: Any] ?? [:]
        name = metadata["name"] as? String ?? ""
        namespace = metadata["namespace"] as? String ?? ""
        uid = metadata["uid"] as? String ?? ""
        labels = metadata["labels"] as? [String: String] ?? [:]
        annotations = metadata["annotations"] as? [String: String] ?? [:]
        isBeingDeleted = metadata["deletionTimestamp"] != nil
        generation = metadata["generation"] as? Int ?? 0
        let owners = metadata["ownerReferences"] as? [[String: Any]] ?? []
        ownerUID = owners.first { $0["controller"] as? Bool == true }?["uid"] as? String ?? ""
        bytes = (try? JSONSerialization.data(withJSONObject: json)) ?? Data()
    }

    /// A part of it, such as `spec` or `status`.
    func part(_ name: String) -> [String: Any] {
        ((try? JSONSerialization.jsonObject(with: bytes)) as? [String: Any])?[name] as? [String: Any] ?? [:]
    }
}

import ArgumentParser
import Machinery

/// Loads one API server and prints what each kind of work cost it, beside kube-apiserver 1.36.2 with etcd 3.6.8.
///
/// The figure that counts is the server's own processor time per operation: it does not depend on how fast the client
/// is. The peer was measured with the same objects in the same sequence, over HTTP/2, on two cores of the same kind.
@main
struct APIBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "APIBenchmark", abstract: "What each kind of request costs an API server.")

    @Option(help: "The API server, as https://HOST:PORT.")
    var server: String
    @Option(help: "A bearer token that may do everything.")
    var token: String
    @Option(help: "The server's process.")
    var pid: Int
    @Option(help: "Pods to create.")
    var objects = 10_000
    @Option(help: "Requests under way at a time.")
    var clients = 32
    @Option(help: "Watches that hear each update.")
    var watchers = 500
    @Option(help: "Updates that are watched.")
    var updates = 200
    @Option(help: "The namespace to work in.")
    var namespace = "bench"
    @Option(
        help: "What runs in the server's process: \(Bounds.Process.allCases.map(\.rawValue).joined(separator: ", ")).")
    var process = Bounds.Process.alone
    @Flag(help: "Figures as JSON.")
    var json = false

    func validate() throws {
        guard objects >= 500, clients > 0, watchers > 0, updates > 0, updates <= objects else {
            throw ValidationError("at least 500 objects, one client, one watcher, and as many updates as objects")
        }
    }

    func run() async throws {
        let peer = try BenchmarkClient(server: server, token: token, connections: 8)
        let crowd = try BenchmarkClient(server: server, token: token, connections: 16)
        defer {
            peer.shutDown()
            crowd.shutDown()
        }
        var report = Report(
            accounting: ProcessAccounting(pid: pid), bounds: Bounds(process: process), printsRows: !json)
        try await peer.makeNamespace(namespace)
        try report.start()
        let load = Load(client: peer, namespace: namespace, objects: objects, clients: clients)
        for kind in Load.Kind.beforeWatches { try await load.run(kind, &report) }
        let fanOut = FanOut(writer: peer, readers: crowd, path: load.pods, watchers: watchers, updates: updates)
        try await fanOut.run(&report)
        try await load.run(.delete, &report)
        try report.end()
        if json { print(report.json) }
        if report.hasFailed { throw ExitCode.failure }
    }
}

extension Bounds.Process: ExpressibleByArgument {}

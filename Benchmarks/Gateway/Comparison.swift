import ArgumentParser
import Foundation
import HTTPClient
import HTTPTestSupport

/// Sends the same requests directly, by way of the gateway and by way of another proxy, and tells what each costs.
struct Comparison: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "compare")

    /// A way to the model server.
    private struct Way {
        let name: String
        let endpoint: HTTPEndpoint
        let pid: Int?
    }

    @Option var upstream: Int
    @Option var gateway: Int
    @Option var gatewayPid: Int
    @Option var proxy: Int
    @Option var proxyPid: Int
    @Option var streams = 500
    @Option var tokens = 200
    @Option(help: "From token to token of a stream, in microseconds.")
    var interval = 50_000
    @Option var requests = 20_000
    @Option var rounds = 2
    @Flag var json = false

    /// What must hold.
    private static let unaryLimit = 150.0
    private static let tokenLimit = 15.0
    private static let latencyLimit = 2.0

    func run() async throws {
        let ways = [
            Way(name: "direct", endpoint: .http(host: "127.0.0.1", port: upstream), pid: nil),
            Way(name: "gantry", endpoint: .https(host: "localhost", port: gateway), pid: gatewayPid),
            Way(name: "haproxy", endpoint: .https(host: "localhost", port: proxy), pid: proxyPid),
        ]
        var unary: [String: [Figure]] = [:]
        var streamed: [String: [Figure]] = [:]
        for _ in 0..<rounds {
            for way in ways {
                unary[way.name, default: []].append(try await measure(way) { try await $0.unary(requests) })
            }
            for way in ways {
                streamed[way.name, default: []].append(
                    try await measure(way) {
                        try await $0.streams(streams, tokens: tokens, interval: interval)
                    })
            }
        }
        try report(unary.mapValues(Self.best), streamed.mapValues(Self.best))
    }

    private struct Figure {
        let load: LoadResult
        /// In microseconds for each request, or token.
        let processor: Double?
    }

    /// The quietest round: what else the machine did is nobody's cost.
    private static func best(_ figures: [Figure]) -> Figure? { figures.min { $0.load.p99 < $1.load.p99 } }

    private func measure(_ way: Way, _ run: (GatewayLoad) async throws -> LoadResult) async throws -> Figure {
        let load = GatewayLoad(endpoint: way.endpoint, key: BareGateway.keys[0])
        let account = way.pid.map { ProcessorTime(pid: $0) }
        let before = try account?.seconds()
        let result = try await run(load)
        let after = try account?.seconds()
        let spent = before.flatMap { before in after.map { ($0 - before) * 1e6 / Double(max(1, result.operations)) } }
        return Figure(load: result, processor: spent)
    }

    private func report(_ unary: [String: Figure?], _ streamed: [String: Figure?]) throws {
        var failures: [String] = []
        func line(_ what: String, _ figures: [String: Figure?], _ limit: Double) {
            let direct = figures["direct"]??.load.p99 ?? 0
            for name in ["direct", "gantry", "haproxy"] {
                guard let figure = figures[name] ?? nil else { continue }
                let processor = figure.processor.map { String(format: "%.1f", $0) } ?? "-"
                let added = figure.load.p99 - direct
                print(
                    """
                    \(what) \(name): \(figure.load.operations) in \(String(format: "%.1f", figure.load.seconds)) s, \
                    CPU µs each \(processor), p50 \(String(format: "%.3f", figure.load.p50)) ms, \
                    p99 \(String(format: "%.3f", figure.load.p99)) ms, added p99 \(String(format: "%.3f", added)) ms, \
                    errors \(figure.load.errors)
                    """)
                guard name == "gantry" else { continue }
                if figure.processor ?? 0 > limit { failures.append("\(what): \(processor) µs, at most \(limit)") }
                if figure.load.errors > 0 { failures.append("\(what): \(figure.load.errors) errors") }
                if what == "token", added > Self.latencyLimit {
                    failures.append("\(what): \(added) ms added, at most \(Self.latencyLimit)")
                }
            }
        }
        line("request", unary, Self.unaryLimit)
        line("token", streamed, Self.tokenLimit)
        guard failures.isEmpty else { throw ValidationError(failures.joined(separator: "; ")) }
    }
}

import ArgumentParser
import Foundation
import HTTPClient
import HTTPCore
import HTTPTestSupport

/// What a tenant waits beside another one that is quiet, takes its share, or floods.
///
/// The pool has eight places of 50 ms; the calm tenant sends sixty requests a second, of the eighty that are its share.
struct Fairness: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "fairness")

    @Option(help: "The port of a gateway that was started with --concurrency 8.")
    var gateway: Int
    @Option var seconds = 15

    private static let service = 50.0

    func run() async throws {
        let alone = try await calm(beside: 0)
        let share = try await calm(beside: 8)
        let flooded = try await calm(beside: 400)
        for (name, result) in [("alone", alone), ("beside a tenant at its share", share), ("beside a flood", flooded)] {
            print(
                """
                calm tenant \(name): wait p50 \(String(format: "%.2f", result.p50)) ms, \
                p95 \(String(format: "%.2f", result.p95)) ms, errors \(result.errors)
                """)
        }
        print("flood against share: \(String(format: "%+.0f", (flooded.p95 / max(share.p95, 0.001) - 1) * 100)) %")
    }

    /// The calm tenant's waits: what its requests take above what the model takes.
    private func calm(beside clients: Int) async throws -> LoadResult {
        let endpoint = HTTPEndpoint.https(host: "localhost", port: gateway)
        let headers: HTTPHeaders = ["x-interval-us": String(Int(Self.service * 1000))]
        let client = try HTTPClient.test(.http1) { $0.http1Connections = 10_000 }
        let rest = GatewayLoad(endpoint: endpoint, key: BareGateway.keys[1])
        let calm = GatewayLoad(endpoint: endpoint, key: BareGateway.keys[0])
        return try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<clients {
                group.addTask { while !Task.isCancelled { _ = await rest.repeated(1, client, headers) } }
            }
            if clients > 0 { try await Task.sleep(for: .seconds(1)) }
            let result = await evenly(calm, client, headers)
            group.cancelAll()
            return result
        }
    }

    private func evenly(_ load: GatewayLoad, _ client: HTTPClient, _ headers: HTTPHeaders) async -> LoadResult {
        let step = Duration.seconds(1) / 60
        let begin = ContinuousClock.now
        return await withTaskGroup(of: ([Double], Int).self) { group in
            for number in 0..<(seconds * 60) {
                group.addTask {
                    do {
                        try await Task.sleep(until: begin + step * number, tolerance: .zero)
                    } catch {
                        return ([], 1)
                    }
                    return await load.repeated(1, client, headers)
                }
            }
            let all = await group.reduce(into: ([Double](), 0)) { sum, part in
                sum.0 += part.0.map { max(0, $0 - Self.service) }
                sum.1 += part.1
            }
            return LoadResult(all.0, errors: all.1, seconds: begin.duration(to: .now) / .seconds(1))
        }
    }
}

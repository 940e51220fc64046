import HTTPClient
import HTTPCore
import HTTPTestSupport
import NIOCore
import Synchronization

/// What came of some load.
struct LoadResult: Sendable {
    var operations = 0
    var errors = 0
    var seconds = 0.0
    /// In milliseconds: of a request, or from a token's being sent to its being read.
    var p50 = 0.0
    var p95 = 0.0
    var p99 = 0.0

    init(_ latencies: [Double], errors: Int, seconds: Double) {
        operations = latencies.count
        self.errors = errors
        self.seconds = seconds
        let ordered = latencies.sorted()
        guard !ordered.isEmpty else { return }
        func percentile(_ share: Double) -> Double {
            ordered[min(ordered.count - 1, Int(Double(ordered.count) * share))]
        }
        (p50, p95, p99) = (percentile(0.5), percentile(0.95), percentile(0.99))
    }
}

/// Clients of one endpoint.
struct GatewayLoad: Sendable {
    let endpoint: HTTPEndpoint
    let key: String

    private static let body = ByteBuffer(
        string: """
            {"model":"tiny","messages":[{"role":"system","content":"\(String(repeating: "You are helpful. ", count: 20))"},\
            {"role":"user","content":"Tell me a story."}],"max_tokens":64}
            """)

    private func client() throws -> HTTPClient {
        try HTTPClient.test(.http1) { configuration in
            configuration.http1Connections = 10_000
            configuration.connectTimeout = .seconds(30)
        }
    }

    func request(_ headers: HTTPHeaders) -> HTTPClientRequest {
        var headers = headers
        headers.append("authorization", "Bearer \(key)")
        headers.append("content-type", "application/json")
        return HTTPClientRequest(
            method: .post, endpoint: endpoint, target: "/v1/chat/completions", headers: headers,
            body: .bytes(Self.body))
    }

    /// Requests of 32 clients, each after the answer to its last.
    func unary(_ count: Int) async throws -> LoadResult {
        let client = try client()
        let clients = 32
        let begin = ContinuousClock.now
        let all = await withTaskGroup(of: ([Double], Int).self) { group in
            for _ in 0..<clients {
                group.addTask { await repeated(count / clients, client, HTTPHeaders()) }
            }
            return await group.reduce(into: ([Double](), 0)) { sum, part in
                sum.0 += part.0
                sum.1 += part.1
            }
        }
        return LoadResult(all.0, errors: all.1, seconds: begin.duration(to: .now) / .seconds(1))
    }

    /// Latencies in milliseconds, and errors.
    func repeated(_ count: Int, _ client: HTTPClient, _ headers: HTTPHeaders) async -> ([Double], Int) {
        var latencies: [Double] = []
        var errors = 0
        for _ in 0..<count {
            let begin = ContinuousClock.now
            do {
                let response = try await client.execute(request(headers))
                _ = try await response.body.collectBuffer(upTo: 1 << 20)
                if response.status != .ok { errors += 1 }
            } catch {
                errors += 1
            }
            latencies.append(begin.duration(to: .now) / .milliseconds(1))
        }
        return (latencies, errors)
    }

    /// Streams at the same time, each read to its end.
    func streams(_ count: Int, tokens: Int, interval: Int) async throws -> LoadResult {
        let client = try client()
        let headers: HTTPHeaders = ["x-tokens": String(tokens), "x-interval-us": String(interval)]
        let begin = ContinuousClock.now
        let all = await withTaskGroup(of: ([Double], Int).self) { group in
            for _ in 0..<count {
                group.addTask {
                    do {
                        let latencies = try await stream(client, headers)
                        return (latencies, latencies.count == tokens ? 0 : 1)
                    } catch {
                        return ([], 1)
                    }
                }
            }
            return await group.reduce(into: ([Double](), 0)) { sum, part in
                sum.0 += part.0
                sum.1 += part.1
            }
        }
        return LoadResult(all.0, errors: all.1, seconds: begin.duration(to: .now) / .seconds(1))
    }

    private func stream(_ client: HTTPClient, _ headers: HTTPHeaders) async throws -> [Double] {
        let response = try await client.execute(request(headers))
        var latencies: [Double] = []
        for try await piece in response.body {
            let now = NIODeadline.now().uptimeNanoseconds
            // Stamps stand behind the last colon of an event.
            var stamp: UInt64 = 0
            var isStamp = false
            for byte in piece.readableBytesView {
                switch byte {
                case UInt8(ascii: ":"): (stamp, isStamp) = (0, true)
                case UInt8(ascii: "0")...UInt8(ascii: "9"): stamp = stamp &* 10 &+ UInt64(byte - 48)
                case UInt8(ascii: "\n") where isStamp:
                    if stamp > 0 { latencies.append(Double(now &- stamp) / 1e6) }
                    isStamp = false
                case UInt8(ascii: "}"): break
                default: isStamp = false
                }
            }
        }
        return latencies
    }
}

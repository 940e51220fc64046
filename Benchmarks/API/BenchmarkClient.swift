import HTTPClient
import HTTPCore
import NIOCore

/// Requests to one API server over so many HTTP/2 connections, taken in turn by number.
struct BenchmarkClient: Sendable {
    /// An answer the benchmark did not expect.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private static let maxAnswerBytes = 1 << 30

    private let endpoint: HTTPEndpoint
    private let token: String
    private let connections: [HTTPClient]

    init(server: String, token: String, connections: Int) throws {
        guard let (endpoint, _) = HTTPEndpoint.parse(server) else { throw Failure(description: "\(server) is no URL") }
        self.endpoint = endpoint
        self.token = token
        self.connections = try (0..<connections).map { _ in
            // The measured server is this machine's own and was made for the occasion.
            var configuration = HTTPClientConfiguration(
                tls: try ClientTLS(ClientTLS.Identity(trust: .insecureSkipVerify)))
            configuration.protocols = .http2
            configuration.http2Connections = 1
            return HTTPClient(configuration)
        }
    }

    func shutDown() {
        for connection in connections { connection.shutDown() }
    }

    /// The answer while its body is still to come.
    func open(
        _ number: Int, _ method: HTTPMethod, _ target: String, _ body: String? = nil,
        type: String = "application/json"
    ) async throws -> HTTPClientResponse {
        var headers: HTTPHeaders = ["authorization": "Bearer " + token, "accept": "application/json"]
        if body != nil { headers.set("content-type", type) }
        let request = HTTPClientRequest(
            method: method, endpoint: endpoint, target: target, headers: headers,
            body: body.map { .bytes(ByteBuffer(string: $0)) } ?? .empty)
        return try await connections[number % connections.count].execute(request)
    }

    /// The whole answer; throws `Failure` unless its status is a success or one of those allowed.
    @discardableResult
    func send(
        _ number: Int, _ method: HTTPMethod, _ target: String, _ body: String? = nil,
        type: String = "application/json", allowing allowed: [Int] = []
    ) async throws -> [UInt8] {
        let response = try await open(number, method, target, body, type: type)
        let answer = try await response.body.collect(upTo: Self.maxAnswerBytes)
        guard (200..<300).contains(response.status.rawValue) || allowed.contains(Int(response.status.rawValue)) else {
            let text = String(decoding: answer.prefix(300), as: UTF8.self)
            throw Failure(description: "\(method.rawValue) \(target): \(response.status.rawValue) \(text)")
        }
        return answer
    }

    /// Makes a namespace with the service account that its pods need, unless its controller was quicker.
    func makeNamespace(_ name: String) async throws {
        try await send(
            0, .post, "/api/v1/namespaces",
            #"{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"\#(name)"}}"#, allowing: [409])
        try await send(
            0, .post, "/api/v1/namespaces/\(name)/serviceaccounts",
            #"{"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"default"}}"#, allowing: [409])
    }
}

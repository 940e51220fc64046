import Client
import HTTPClient
import HTTPCore
import Machinery
import NIOCore

/// Reaches an API server over the network.
package struct RemoteTransport: Transport {
    /// How the client proves who it is, besides a certificate that the HTTP client shows.
    package enum Credential: Sendable {
        case none
        case token(String)
    }

    /// The largest answer taken whole; lists are read in pages far below it.
    private static let maximumBodyBytes = 64 << 20
    private static let requestTimeout = Duration.seconds(60)

    private let client: HTTPClient
    private let endpoint: HTTPEndpoint
    private let credential: Credential
    private let userAgent: String

    package init(client: HTTPClient, endpoint: HTTPEndpoint, credential: Credential = .none, userAgent: String) {
        self.client = client
        self.endpoint = endpoint
        self.credential = credential
        self.userAgent = userAgent
    }

    package func send(_ request: APIRequest) async throws(StatusError) -> APIResponse {
        do {
            let answer = try await client.execute(httpRequest(request), deadline: .now + Self.requestTimeout)
            let body = try await answer.body.collect(upTo: Self.maximumBodyBytes)
            return APIResponse(
                status: answer.status.rawValue, contentType: answer.headers["content-type"] ?? "", body: body,
                retryAfter: APIResponse.pause(answer.headers["retry-after"]))
        } catch HTTPClientError.notPermitted {
            throw request.fence?.refusal ?? unreachable(HTTPClientError.notPermitted)
        } catch {
            throw unreachable(error)
        }
    }

    package func stream(_ request: APIRequest) async throws(StatusError) -> any ByteStream {
        let answer: HTTPClientResponse
        do {
            answer = try await client.execute(httpRequest(request), deadline: .now + Self.requestTimeout)
        } catch {
            throw unreachable(error)
        }
        guard (200..<300).contains(answer.status.rawValue) else {
            let body: [UInt8]
            do {
                body = try await answer.body.collect(upTo: 1 << 20)
            } catch {
                throw unreachable(error)
            }
            if case .object(let object)? = try? JSON(parsing: body), let status = StatusError(json: object) {
                throw status
            }
            throw StatusError(
                code: answer.status.rawValue, reason: .unknown,
                message: "\(endpoint) answered \(answer.status.rawValue) to \(request.method) \(request.path)")
        }
        return RemoteStream(answer.body)
    }

    private func httpRequest(_ request: APIRequest) -> HTTPClientRequest {
        var headers = HTTPHeaders()
        headers.append("accept", request.accept ?? "application/json")
        headers.append("user-agent", userAgent)
        if let contentType = request.contentType { headers.append("content-type", contentType) }
        if case .token(let token) = credential { headers.append("authorization", "Bearer \(token)") }
        var target = request.path
        if !request.query.isEmpty {
            target +=
                "?"
                + request.query.map { "\(PercentEncoding.encode($0.name))=\(PercentEncoding.encode($0.value))" }.joined(
                    separator: "&")
        }
        var asked = HTTPClientRequest(
            method: HTTPMethod(rawValue: request.method), endpoint: endpoint, target: target, headers: headers,
            body: request.body.isEmpty ? .empty : .bytes(ByteBuffer(bytes: request.body)))
        if let fence = request.fence { asked.permit = { fence.isOpen } }
        return asked
    }

    private func unreachable(_ error: any Error) -> StatusError {
        StatusError.unanswered("the API server at \(endpoint) could not be reached: \(error)")
    }
}

/// The body of a watch or a followed log, as it comes.
private final class RemoteStream: ByteStream {
    private let body: HTTPBody

    init(_ body: HTTPBody) {
        self.body = body
    }

    func next() async throws -> [UInt8]? {
        // The body remembers its place, so an iterator may be made anew for each piece.
        var iterator = body.makeAsyncIterator()
        return try await iterator.next().map { Array($0.readableBytesView) }
    }

    func cancel() {
        body.discard()
    }
}

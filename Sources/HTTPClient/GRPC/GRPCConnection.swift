import HTTPCore
import NIOCore
import NIOPosix

/// gRPC calls to one server over HTTP/2: prior knowledge on a unix socket or plain TCP, or TLS.
///
/// Messages are raw bytes; encoding them is the caller's. Connects on the first call and again on the next call after
/// the connection was lost, with a growing pause between failed attempts, in which calls fail with `unavailable`.
package final class GRPCConnection: Sendable {
    private let endpoint: HTTPEndpoint
    private let client: HTTPClient
    private let userAgent: String
    private let group: any EventLoopGroup
    /// Bytes a received message may have.
    package let maxMessageBytes: Int

    package init(
        _ endpoint: HTTPEndpoint,
        tls: ClientTLS? = nil,
        maxMessageBytes: Int = 16 * 1024 * 1024,
        userAgent: String = "gantry",
        eventLoopGroup: (any EventLoopGroup)? = nil
    ) {
        var configuration = HTTPClientConfiguration(tls: tls, eventLoopGroup: eventLoopGroup)
        configuration.protocols = .http2
        configuration.connectBackoffLimit = .seconds(2)
        self.endpoint = endpoint
        self.maxMessageBytes = maxMessageBytes
        self.userAgent = userAgent
        group = configuration.eventLoopGroup
        client = HTTPClient(configuration)
    }

    /// One message there, one back. `path` is `/package.Service/Method`. Throws `GRPCError`.
    package func unary(
        _ path: String, _ message: [UInt8], metadata: HTTPHeaders = HTTPHeaders(),
        deadline: ContinuousClock.Instant? = nil
    ) async throws(GRPCError) -> [UInt8] {
        var messages = try await serverStreaming(path, message, metadata: metadata, deadline: deadline)
            .makeAsyncIterator()
        guard let answer = try await messages.next() else {
            throw GRPCError(.internalError, "the server ended \(path) without a message")
        }
        if try await messages.next() != nil {
            throw GRPCError(.internalError, "the server sent more than one message for \(path)")
        }
        return answer
    }

    /// One message there, many back. Dropping the messages unread cancels the call. Throws `GRPCError`.
    package func serverStreaming(
        _ path: String, _ message: [UInt8], metadata: HTTPHeaders = HTTPHeaders(),
        deadline: ContinuousClock.Instant? = nil
    ) async throws(GRPCError) -> GRPCMessages {
        try await start(path, .bytes(GRPCFraming.frame(message)), metadata, deadline)
    }

    /// Many messages both ways. The call begins at once; its answers are awaited in `GRPCCall.messages`.
    package func bidirectional(
        _ path: String, metadata: HTTPHeaders = HTTPHeaders(), deadline: ContinuousClock.Instant? = nil
    ) -> GRPCCall {
        GRPCCall { body in try await self.start(path, body, metadata, deadline) }
    }

    /// Closes the connection; calls under way fail.
    package func shutDown() {
        client.shutDown()
    }

    private func start(
        _ path: String, _ body: HTTPClientRequest.Body, _ metadata: HTTPHeaders, _ deadline: ContinuousClock.Instant?
    ) async throws(GRPCError) -> GRPCMessages {
        var headers: HTTPHeaders = ["te": "trailers", "content-type": "application/grpc", "user-agent": userAgent]
        if let deadline {
            let left = deadline - .now
            guard left > .zero else { throw GRPCError(.deadlineExceeded, "context deadline exceeded") }
            headers.append("grpc-timeout", GRPCStatus.timeout(left))
        }
        headers.append(contentsOf: metadata)
        let request = HTTPClientRequest(method: .post, endpoint: endpoint, target: path, headers: headers, body: body)
        let response: HTTPClientResponse
        do {
            response = try await client.execute(request, deadline: deadline)
        } catch {
            throw Self.error(error)
        }
        if response.status != .ok { throw GRPCStatus.failure(status: response.status) }
        let type = response.headers["content-type"] ?? ""
        guard type.hasPrefix("application/grpc") else {
            throw GRPCError(.unknown, "unexpected content-type \"\(type)\"")
        }
        return GRPCMessages(body: response.body, limit: maxMessageBytes, deadline: deadline, group: group)
    }

    private static func error(_ error: any Error) -> GRPCError {
        switch error {
        case let error as GRPCError: error
        case is CancellationError: GRPCError(.cancelled, "the call was cancelled")
        case let error as HTTPClientError:
            switch error {
            case .deadlineExceeded: GRPCError(.deadlineExceeded, "context deadline exceeded")
            case .invalidRequest(let cause): GRPCError(.invalidArgument, cause)
            case .overloaded: GRPCError(.resourceExhausted, error.description)
            case .connectFailed, .connectionClosed, .malformedResponse, .notPermitted, .shutDown, .upgradeRefused:
                GRPCError(.unavailable, error.description)
            }
        default: GRPCError(.unknown, String(describing: error))
        }
    }
}

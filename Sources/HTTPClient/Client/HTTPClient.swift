import HTTPCore
import NIOCore
import Synchronization

/// Sends requests over pooled connections, HTTP/1.1 or HTTP/2.
///
/// Redirects are never followed. A request that provably was not processed (refused stream, GOAWAY), or an idempotent
/// one whose reused connection turned out to be dead, is sent once more on another connection.
package final class HTTPClient: Sendable {
    private let configuration: HTTPClientConfiguration
    private let pools = Mutex<[HTTPEndpoint: EndpointPool]?>([:])

    package init(_ configuration: HTTPClientConfiguration) {
        self.configuration = configuration
    }

    /// Closes connections nobody uses any more; requests under way fail.
    deinit {
        shutDown()
    }

    /// Sends a request and returns when the answer's head is here.
    ///
    /// Cancelling the task, or the deadline passing, before that resets the request; afterwards the body is what its
    /// reader makes of it. Throws `HTTPClientError`, or `CancellationError`.
    package func execute(
        _ request: HTTPClientRequest, deadline: ContinuousClock.Instant? = nil
    ) async throws -> HTTPClientResponse {
        if let problem = request.problem { throw HTTPClientError.invalidRequest(problem) }
        let pool = try pool(for: request.endpoint)
        return try await run(ClientExchange(request), deadline: deadline) { pool.submit($0) }.response
    }

    /// Asks to switch protocols on a connection of its own, HTTP/1.1. The request must carry `Upgrade` and what else
    /// the protocol needs; `Connection: Upgrade` is added. Throws `HTTPClientError.upgradeRefused` on any answer but
    /// 101.
    package func upgrade(
        _ request: HTTPClientRequest, deadline: ContinuousClock.Instant? = nil
    ) async throws -> (HTTPClientResponse, any ByteDuplex) {
        if let problem = request.problem { throw HTTPClientError.invalidRequest(problem) }
        guard request.headers.contains("upgrade") else {
            throw HTTPClientError.invalidRequest("an upgrade request needs the field Upgrade")
        }
        var asking = request
        asking.headers.set("connection", "Upgrade")
        let endpoint = request.endpoint
        let connector = ClientConnector(endpoint, configuration)
        let answer = try await run(ClientExchange(asking), deadline: deadline) { exchange in
            connector.connect(.http1).whenComplete { result in
                switch result {
                case .success(.http1(let connection)): connection.run(exchange, reused: false)
                case .success(.http2(let connection)): connection.close()
                case .failure(let error):
                    exchange.fail(HTTPClientError.connectFailed(endpoint, cause: String(describing: error)))
                }
            }
        }
        if let duplex = answer.duplex { return (answer.response, duplex) }
        var body: [UInt8] = []
        do {
            for try await piece in answer.response.body {
                body.append(contentsOf: piece.readableBytesView.prefix(64 * 1024 - body.count))
                if body.count >= 64 * 1024 { break }
            }
        } catch {
            // The status and what came of the body say more than how the rest was lost.
            answer.response.body.discard()
        }
        throw HTTPClientError.upgradeRefused(answer.response.status, headers: answer.response.headers, body: body)
    }

    /// New requests get new connections; those open finish what they do and close. After `ClientTLS.replace`.
    package func retireConnections() {
        let open = pools.withLock { $0.map { Array($0.values) } ?? [] }
        for pool in open { pool.retire() }
    }

    /// Closes every connection; what is under way fails. Later requests throw `HTTPClientError.shutDown`.
    package func shutDown() {
        let open = pools.withLock { pools -> [EndpointPool] in
            defer { pools = nil }
            return pools.map { Array($0.values) } ?? []
        }
        for pool in open { pool.shutDown() }
    }

    private func pool(for endpoint: HTTPEndpoint) throws -> EndpointPool {
        try pools.withLock { pools in
            guard let known = pools else { throw HTTPClientError.shutDown }
            if let pool = known[endpoint] { return pool }
            let pool = EndpointPool(endpoint, configuration)
            pools?[endpoint] = pool
            return pool
        }
    }

    private func run(
        _ exchange: ClientExchange, deadline: ContinuousClock.Instant?, submit: (ClientExchange) -> Void
    ) async throws -> ClientAnswer {
        var timer: Scheduled<Void>?
        if let deadline {
            let left = deadline - .now
            guard left > .zero else { throw HTTPClientError.deadlineExceeded }
            timer = configuration.eventLoopGroup.any().scheduleTask(in: left.timeAmount) {
                exchange.fail(HTTPClientError.deadlineExceeded)
            }
        }
        defer { timer?.cancel() }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                exchange.begin(continuation)
                submit(exchange)
            }
        } onCancel: {
            exchange.fail(CancellationError())
        }
    }
}

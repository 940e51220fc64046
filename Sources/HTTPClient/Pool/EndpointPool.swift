import HTTPCore
import NIOCore
import Synchronization

/// The connections to one endpoint and the requests waiting for one.
///
/// The state changes under a lock and says what to do; connections are touched after its release.
final class EndpointPool: ClientConnectionObserver {
    private let endpoint: HTTPEndpoint
    private let configuration: HTTPClientConfiguration
    private let state: Mutex<PoolState>

    init(_ endpoint: HTTPEndpoint, _ configuration: HTTPClientConfiguration) {
        self.endpoint = endpoint
        self.configuration = configuration
        state = Mutex(PoolState(configuration))
    }

    func submit(_ exchange: ClientExchange) {
        perform { $0.submit(exchange, now: .now) }
    }

    /// Connections in use close when their requests end; new requests get new ones.
    func retire() {
        let (http1, http2) = state.withLock { $0.takeAll() }
        for connection in http1 { connection.close() }
        for connection in http2 { connection.retire() }
    }

    func shutDown() {
        let (http1, http2, waiting) = state.withLock { state in
            let (http1, http2) = state.takeAll(shuttingDown: true)
            return (http1, http2, state.takeWaiting())
        }
        for exchange in waiting { exchange.fail(HTTPClientError.shutDown) }
        for connection in http1 { connection.close() }
        for connection in http2 { connection.close() }
    }

    private func perform(_ change: (inout PoolState) -> [PoolState.Action]) {
        let actions = state.withLock { change(&$0) }
        for action in actions {
            switch action {
            case .runHTTP2(let connection, let exchange): connection.run(exchange)
            case .runHTTP1(let connection, let exchange): connection.run(exchange, reused: true)
            case .connect: connect()
            case .fail(let exchange, let error): exchange.fail(error)
            case .closeHTTP1(let connection): connection.close()
            case .closeHTTP2(let connection): connection.close()
            }
        }
    }

    private func connect() {
        ClientConnector(endpoint, configuration).connect(configuration.protocols).whenComplete { result in
            switch result {
            case .success(.http1(let connection)):
                connection.observe(self)
                self.perform { $0.connected(connection) }
                // It may have closed before it was observed.
                connection.channel.closeFuture.whenComplete { _ in self.closed(connection) }
            case .success(.http2(let connection)):
                connection.observe(self)
                let limit = connection.streamLimit
                self.perform { $0.connected(connection, limit: limit) }
                connection.channel.closeFuture.whenComplete { _ in self.retired(connection) }
            case .failure(let error):
                let failure = HTTPClientError.connectFailed(self.endpoint, cause: String(describing: error))
                self.perform { $0.connectFailed(failure, now: .now) }
            }
        }
    }

    // MARK: ClientConnectionObserver

    func streamLimit(_ connection: HTTP2ClientConnection, _ limit: Int) {
        perform { $0.streamLimit(connection, limit) }
    }

    func streamEnded(_ connection: HTTP2ClientConnection) {
        perform { $0.streamEnded(connection) }
    }

    func retired(_ connection: HTTP2ClientConnection) {
        perform { $0.retired(connection) }
    }

    func free(_ connection: HTTP1ClientConnection) {
        perform { $0.free(connection) }
    }

    func closed(_ connection: HTTP1ClientConnection) {
        perform { $0.closed(connection) }
    }

    func resubmit(_ exchange: ClientExchange) {
        submit(exchange)
    }
}

import HTTPClient
import HTTPCore
import NIOCore
import Synchronization

/// Clients of model servers, one for each event loop: what comes from a model server is read on the loop that writes it
/// to the client, and no token is handed from thread to thread.
final class UpstreamClients: Sendable {
    private let clients = Mutex<[ObjectIdentifier: HTTPClient]>([:])

    func client(on loop: any EventLoop) -> HTTPClient {
        clients.withLock { clients in
            if let client = clients[ObjectIdentifier(loop)] { return client }
            var configuration = HTTPClientConfiguration(eventLoopGroup: loop)
            configuration.protocols = .http1
            configuration.connectTimeout = .seconds(3)
            // How many there are is for pools to limit.
            configuration.http1Connections = 100_000
            // Model servers behind uvicorn close what was idle for five seconds: better not to meet them doing it.
            configuration.idleTimeout = .seconds(4)
            let client = HTTPClient(configuration)
            clients[ObjectIdentifier(loop)] = client
            return client
        }
    }

    func shutDown() {
        let all = clients.withLock { Array($0.values) }
        for client in all { client.shutDown() }
    }
}

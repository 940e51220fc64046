import HTTPClient
import HTTPCore
import HTTPServing
import NIOCore
import Synchronization

/// A server on a loopback port for the length of a test.
package struct TestServer: Sendable {
    package let port: Int
    package let server: HTTPServer

    package var https: HTTPEndpoint { .https(host: "localhost", port: port) }
    package var http: HTTPEndpoint { .http(host: "127.0.0.1", port: port) }

    package static func tls(clientCAs: String? = nil) throws -> ServerTLS {
        try ServerTLS(
            .init(
                certificateChainPEM: TestCertificates.server, privateKeyPEM: TestCertificates.serverKey,
                clientCAsPEM: clientCAs))
    }

    /// Runs `body` while a server answers, then shuts the server down and waits for that.
    package static func run<Value: Sendable>(
        _ addresses: [HTTPBindAddress] = [.plainTCP(host: "127.0.0.1", port: 0)],
        tls: ServerTLS? = nil,
        configure: (inout HTTPServerConfiguration) -> Void = { _ in },
        handler: @escaping @Sendable (HTTPRequest) async -> HTTPResponse,
        _ body: (TestServer) async throws -> Value
    ) async throws -> Value {
        let ready = Signal<Int>()
        var configuration = HTTPServerConfiguration(addresses: addresses, tls: tls)
        configuration.eventLoops = 2
        configuration.limits.drainDeadline = .seconds(2)
        configuration.onReady = { ready.send($0.first?.port ?? 0) }
        configure(&configuration)
        let server = HTTPServer(configuration, handler: HTTPClosureHandler(handler))
        let running = Task {
            do {
                try await server.run()
            } catch {
                ready.fail(error)
                throw error
            }
        }
        do {
            let value = try await body(TestServer(port: ready.value(), server: server))
            running.cancel()
            try await running.value
            return value
        } catch {
            running.cancel()
            _ = await running.result
            throw error
        }
    }
}

/// A value, or an error, that one task sends and another awaits: instead of sleeping.
package final class Signal<Value: Sendable>: Sendable {
    private struct State {
        var result: Result<Value, any Error>?
        var waiters: [CheckedContinuation<Value, any Error>] = []
    }

    private let state = Mutex(State())

    package init() {}

    package func send(_ value: Value) {
        complete(.success(value))
    }

    package func fail(_ error: any Error) {
        complete(.failure(error))
    }

    package func value() async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            let result = state.withLock { state -> Result<Value, any Error>? in
                if state.result == nil { state.waiters.append(continuation) }
                return state.result
            }
            if let result { continuation.resume(with: result) }
        }
    }

    private func complete(_ result: Result<Value, any Error>) {
        let waiters = state.withLock { state -> [CheckedContinuation<Value, any Error>] in
            guard state.result == nil else { return [] }
            state.result = result
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume(with: result) }
    }
}

extension ClientTLS {
    /// Trusts the test CA, or another one; shows a certificate where one is given.
    package static func test(
        trusting ca: String = TestCertificates.ca, certificate: String? = nil, key: String? = nil
    ) throws -> ClientTLS {
        try ClientTLS(
            .init(trust: .authorities(pem: ca), certificateChainPEM: certificate, privateKeyPEM: key))
    }
}

extension HTTPClient {
    /// A client for tests; it is shut down when it goes out of scope.
    package static func test(
        _ protocols: HTTPClientConfiguration.Protocols = .negotiated, tls: ClientTLS? = nil,
        configure: (inout HTTPClientConfiguration) -> Void = { _ in }
    ) throws -> HTTPClient {
        var configuration = HTTPClientConfiguration(tls: try tls ?? .test())
        configuration.protocols = protocols
        configure(&configuration)
        return HTTPClient(configuration)
    }
}

extension HTTPBody {
    /// The body as text, up to a megabyte.
    package func text() async throws -> String {
        String(decoding: try await collect(upTo: 1 << 20), as: UTF8.self)
    }
}

extension ByteDuplex {
    package func write(_ text: String) async throws {
        try await write(ByteBuffer(string: text))
    }

    /// Reads until what was read contains `mark`, or to the end.
    package func read(until mark: String) async throws -> String {
        var text = ""
        while !text.contains(mark), let piece = try await read() {
            text += String(buffer: piece)
        }
        return text
    }

    /// Reads to the end.
    package func readAll() async throws -> String {
        var text = ""
        while let piece = try await read() { text += String(buffer: piece) }
        return text
    }
}

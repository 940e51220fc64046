import NIOCore

/// What a pool knows and decides. A value: it does nothing itself but say what is to be done.
struct PoolState {
    enum Action {
        case runHTTP2(HTTP2ClientConnection, ClientExchange)
        /// The connection has served a request before.
        case runHTTP1(HTTP1ClientConnection, ClientExchange)
        case connect
        case fail(ClientExchange, any Error)
        case closeHTTP1(HTTP1ClientConnection)
        case closeHTTP2(HTTP2ClientConnection)
    }

    private struct Multiplexed {
        let connection: HTTP2ClientConnection
        var active = 0
        var limit: Int
    }

    private let configuration: HTTPClientConfiguration
    private var http2: [Multiplexed] = []
    private var idle: [HTTP1ClientConnection] = []
    /// HTTP/1.1 connections open, idle or busy; how many of them are of before a `retire` does not matter.
    private var open: [ObjectIdentifier: HTTP1ClientConnection] = [:]
    private var connecting = 0
    private var speaksHTTP1 = false
    private var shutDown = false
    private var waiting = CircularBuffer<ClientExchange>()
    private var failures = 0
    private var retryAt: ContinuousClock.Instant?
    private var lastFailure: HTTPClientError?

    init(_ configuration: HTTPClientConfiguration) {
        self.configuration = configuration
        speaksHTTP1 = configuration.protocols == .http1
    }

    mutating func submit(_ exchange: ClientExchange, now: ContinuousClock.Instant) -> [Action] {
        if shutDown { return [.fail(exchange, HTTPClientError.shutDown)] }
        if waiting.count >= configuration.waitingRequests {
            waiting.removeAll { $0.isEnded }
            if waiting.count >= configuration.waitingRequests { return [.fail(exchange, HTTPClientError.overloaded)] }
        }
        if let retryAt, let lastFailure, http2.isEmpty, open.isEmpty, now < retryAt {
            return [.fail(exchange, lastFailure)]
        }
        waiting.append(exchange)
        return serve()
    }

    mutating func connected(_ connection: HTTP2ClientConnection, limit: Int) -> [Action] {
        connectSucceeded()
        if shutDown { return [.closeHTTP2(connection)] }
        speaksHTTP1 = false
        http2.append(Multiplexed(connection: connection, limit: limit))
        return serve()
    }

    mutating func connected(_ connection: HTTP1ClientConnection) -> [Action] {
        connectSucceeded()
        if shutDown { return [.closeHTTP1(connection)] }
        speaksHTTP1 = true
        open[ObjectIdentifier(connection)] = connection
        idle.append(connection)
        return serve()
    }

    private mutating func connectSucceeded() {
        connecting -= 1
        failures = 0
        retryAt = nil
        lastFailure = nil
    }

    /// Everybody who waits learns why; the next request tries again, after the back-off where there is one.
    mutating func connectFailed(_ error: HTTPClientError, now: ContinuousClock.Instant) -> [Action] {
        connecting -= 1
        failures = min(failures + 1, 16)
        if configuration.connectBackoffLimit > .zero {
            let pause = configuration.connectBackoffBase * (1 << (failures - 1))
            retryAt = now + min(pause, configuration.connectBackoffLimit)
            lastFailure = error
        }
        guard http2.isEmpty, open.isEmpty, connecting == 0 else {
            // Others may still be served by connections that are open; over HTTP/1.1, whose connections serve one at a
            // time for as long as they like, each request that waits has one connection tried for it.
            guard speaksHTTP1, waiting.count > connecting, let exchange = waiting.popFirst() else { return [] }
            return [.fail(exchange, error)]
        }
        return takeWaiting().map { .fail($0, error) }
    }

    mutating func streamLimit(_ connection: HTTP2ClientConnection, _ limit: Int) -> [Action] {
        guard let index = http2.firstIndex(where: { $0.connection === connection }) else { return [] }
        http2[index].limit = limit
        return serve()
    }

    mutating func streamEnded(_ connection: HTTP2ClientConnection) -> [Action] {
        guard let index = http2.firstIndex(where: { $0.connection === connection }) else { return [] }
        http2[index].active -= 1
        return serve()
    }

    mutating func retired(_ connection: HTTP2ClientConnection) -> [Action] {
        http2.removeAll { $0.connection === connection }
        return serve()
    }

    mutating func free(_ connection: HTTP1ClientConnection) -> [Action] {
        guard open[ObjectIdentifier(connection)] != nil, !shutDown else { return [.closeHTTP1(connection)] }
        idle.append(connection)
        return serve()
    }

    mutating func closed(_ connection: HTTP1ClientConnection) -> [Action] {
        open[ObjectIdentifier(connection)] = nil
        idle.removeAll { $0 === connection }
        return serve()
    }

    /// Forgets every connection; the busy HTTP/1.1 ones close by themselves when they come free.
    mutating func takeAll(
        shuttingDown: Bool = false
    ) -> (http1: [HTTP1ClientConnection], http2: [HTTP2ClientConnection]) {
        if shuttingDown { shutDown = true }
        let taken = (shuttingDown ? Array(open.values) : idle, http2.map(\.connection))
        http2 = []
        idle = []
        open = [:]
        return taken
    }

    mutating func takeWaiting() -> [ClientExchange] {
        defer { waiting.removeAll() }
        return Array(waiting)
    }

    /// Gives waiting requests to connections with room, and asks for connections where there are too few.
    private mutating func serve() -> [Action] {
        var actions: [Action] = []
        while let exchange = waiting.first {
            if exchange.isEnded {
                waiting.removeFirst()
            } else if let index = http2.firstIndex(where: { $0.active < $0.limit }) {
                waiting.removeFirst()
                http2[index].active += 1
                actions.append(.runHTTP2(http2[index].connection, exchange))
            } else if let connection = idle.popLast() {
                waiting.removeFirst()
                actions.append(.runHTTP1(connection, exchange))
            } else {
                break
            }
        }
        let wanted = connectionsWanted
        if wanted > 0 {
            connecting += wanted
            actions.append(contentsOf: repeatElement(.connect, count: wanted))
        }
        return actions
    }

    private var connectionsWanted: Int {
        guard !waiting.isEmpty, !shutDown else { return 0 }
        if speaksHTTP1 {
            let room = configuration.http1Connections - open.count - connecting
            return max(0, min(waiting.count - connecting, room))
        }
        // One at a time: the first tells whether all fit on it.
        return connecting == 0 && http2.count < configuration.http2Connections ? 1 : 0
    }
}

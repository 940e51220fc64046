import HTTPCore
import NIOCore

/// Runs the handler for one request and plays its answer. The exchange lives on the loop; the task that runs the
/// handler prefers the loop too, so nothing here hops unless the handler's own code did.
protocol Exchange: AnyObject {
    var connection: ServerConnection { get }
    /// Sends the head and whatever body is at hand; returns what is left to do in the handler's task.
    func respond(_ response: HTTPResponse) -> ExchangeRemainder
    /// The handler's task has ended.
    func handlerEnded()
}

/// What the handler's task does after the head went out.
enum ExchangeRemainder: Sendable {
    case nothing
    case stream(@Sendable (ResponseStream) async throws -> Void, ResponseStream)
    case upgrade(@Sendable (any ByteDuplex) async -> Void, EventLoopFuture<ChannelDuplex>)
}

extension Exchange {
    /// Starts the handler, at once and in place up to its first suspension.
    func start(_ request: HTTPRequest) -> Task<Void, Never> {
        let bound = NIOLoopBound(self as any Exchange, eventLoop: connection.info.eventLoop)
        let handler = connection.handler
        return connection.info.executor.start {
            let response = await handler.respond(to: request)
            let remainder = await onLoop(bound) { $0.respond(response) }
            switch remainder {
            case .nothing:
                break
            case .stream(let body, let stream):
                do {
                    try await body(stream)
                    stream.finish()
                } catch {
                    stream.abort()
                }
            case .upgrade(let body, let duplex):
                do {
                    let duplex = try await duplex.get()
                    await body(duplex)
                    await duplex.close()
                } catch {
                    // The connection closed while it was being switched: there is nobody to tell.
                }
            }
            await onLoop(bound) { $0.handlerEnded() }
        }
    }
}

/// Runs `body` on the loop, in place when already there, which is the rule.
nonisolated(nonsending) private func onLoop<Value: Sendable>(
    _ bound: NIOLoopBound<any Exchange>, _ body: @escaping @Sendable (any Exchange) -> Value
) async -> Value {
    if bound.eventLoop.inEventLoop { return body(bound.value) }
    return await withCheckedContinuation { continuation in
        bound.eventLoop.execute { continuation.resume(returning: body(bound.value)) }
    }
}

import HTTPClient
import HTTPCore
import NIOCore

/// A request whose pool is known, on its way to a model server.
struct RelayPlan: Sendable {
    let hand: RequestInHand
    let dispatcher: PoolDispatcher
    var place: PoolRequest
    /// How long it may wait for a replica, from its arrival on.
    let queueTimeout: Duration
    /// How long an attempt may take until its answer begins.
    let answerTimeout: Duration
    /// Path and query.
    let target: String
    let headers: HTTPHeaders
    let body: ByteBuffer
    /// Of the memory for bodies; given back with the plan.
    let share: BodyBudget.Share

    func request(to replica: Replica) -> HTTPClientRequest {
        HTTPClientRequest(
            method: .post, endpoint: .http(host: replica.host, port: replica.id.port), target: target, headers: headers,
            body: .bytes(body))
    }
}

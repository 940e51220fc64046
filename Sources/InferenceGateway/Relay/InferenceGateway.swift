import HTTPCore
import Inference
import KubeAPI
import Machinery
import NIOCore
import Synchronization

/// OpenAI's API in front of the models of a cluster: finds out who asks, which pool is meant, waits for a replica that is
/// fit, and relays.
///
/// Of bodies it reads the model's name and a few numbers and relays them as they came; nothing of prompts and answers is
/// kept or told.
package final class InferenceGateway: HTTPHandler {
    let configuration: GatewayConfiguration
    let directory: PoolDirectory
    let upstream = UpstreamClients()
    let bodies: BodyBudget
    private let authenticator: CallerAuthenticator
    private let observers: [any InferenceObserver]
    private let metrics: GatewayMetrics?
    private let tracing: (any GatewayTracing)?
    private let times: ReplicaTimes
    private let numbers = Atomic<UInt64>(0)

    package init(
        _ configuration: GatewayConfiguration = GatewayConfiguration(), directory: PoolDirectory, keys: APIKeyRing,
        accounts: any AccountTokens, observers: [any InferenceObserver] = [], pricing: (any InferencePricing)? = nil,
        metrics: GatewayMetrics? = nil, tracing: (any GatewayTracing)? = nil
    ) {
        times = ReplicaTimes(pricing: pricing)
        self.configuration = configuration
        self.directory = directory
        self.observers = observers + (metrics.map { [$0] } ?? [])
        self.metrics = metrics
        self.tracing = tracing
        bodies = BodyBudget(limit: configuration.allBodyBytes)
        authenticator = CallerAuthenticator(keys: keys, accounts: accounts)
    }

    deinit { upstream.shutDown() }

    package func respond(to request: HTTPRequest) async -> HTTPResponse {
        let begin = ContinuousClock.now
        do throws(OpenAIError) {
            let caller = try await authenticator.caller(of: request)
            switch try GatewayEndpoint(request.method, request.path) {
            case .models:
                return .bytes(directory.routes.models.json.encoded(), contentType: "application/json")
            case .model(let name):
                guard let model = directory.routes.models[name] else { throw .noModel(name) }
                return .bytes(model.json.encoded(), contentType: "application/json")
            case .inference(let operation):
                return await infer(request, operation, caller, begin)
            }
        } catch {
            if error.status == .unauthorized { metrics?.refusedCaller() }
            return error.response
        }
    }

    private func infer(
        _ request: HTTPRequest, _ operation: GatewayEndpoint.Operation, _ caller: Caller,
        _ begin: ContinuousClock.Instant
    ) async -> HTTPResponse {
        var record = InferenceRequest()
        record.tenant = caller.tenant
        record.routeClass = caller.routeClass ?? Self.defaultClass
        let observers = observers
        let span = tracing?.begin(operation.rawValue, traceparent: request.headers["traceparent"])
        let hand = RequestInHand(record, begin: begin, times: times) { ended in
            for observer in observers { observer.ended(ended) }
            span?.finish(ended, begin: begin)
        }
        do throws(RelayFailure) {
            let (buffer, share) = try await read(request)
            let plan = try plan(request, buffer, share, caller, hand, traceparent: span?.traceparent)
            return try await relay(plan, on: request.eventLoop)
        } catch {
            hand.end(error.outcome, status: error.error.status.rawValue)
            return error.error.response
        }
    }

    static let defaultClass = "interactive"

    private func read(_ request: HTTPRequest) async throws(RelayFailure) -> (ByteBuffer, BodyBudget.Share) {
        let limit = configuration.bodyBytes
        let expected = request.body.contentLength ?? limit
        guard expected <= limit else { throw .refused(.tooLarge(limit)) }
        guard let share = bodies.take(expected) else {
            throw .shed(.unavailable("Too many large requests are waiting.", retryAfter: 1))
        }
        do throws(HTTPBodyError) {
            let buffer = try await request.body.collectBuffer(upTo: limit)
            share.shrink(to: buffer.readableBytes)
            return (buffer, share)
        } catch {
            switch error {
            case .tooLarge: throw .refused(.tooLarge(limit))
            case .timedOut:
                throw .refused(.invalid("The request's body did not come in time.", status: .requestTimeout))
            case .malformed: throw .refused(.invalid("The request's body could not be read."))
            case .connectionClosed, .cancelled: throw .cancelled
            }
        }
    }

    /// What is to be done for a request.
    private func plan(
        _ request: HTTPRequest, _ buffer: ByteBuffer, _ share: BodyBudget.Share, _ caller: Caller,
        _ hand: RequestInHand, traceparent: String?
    ) throws(RelayFailure) -> RelayPlan {
        let body: InferenceBody
        do throws(InferenceBody.Flaw) {
            body = try InferenceBody(reading: buffer)
        } catch {
            throw .refused(.invalid(error.description, parameter: error.parameter))
        }
        guard let model = body.model, !model.isEmpty else {
            throw .refused(.invalid("You must provide a model parameter.", parameter: "model"))
        }
        hand.note { $0.model = String(model.prefix(256)) }
        let asked = RouteRequest(
            host: request.authority, path: request.path, method: request.method.rawValue, headers: request.headers,
            query: request.query, model: model)
        guard let rule = directory.routes.rule(for: asked) else { throw .refused(.noModel(model)) }
        let routeClass = try routeClass(request.headers[InferenceNames.classHeader], caller, rule)
        hand.note { record in
            record.route = rule.route
            record.routeClass = routeClass
        }
        guard let key = rule.nextPool(), let pool = directory[key] else {
            throw .shed(.unavailable("The model's route leads to no pool.", retryAfter: 5))
        }
        hand.note { record in
            record.pool = key
            record.version = pool.version
        }
        let priority = TrafficPriority(routeClass: routeClass)
        let place = PoolRequest(
            id: numbers.wrappingAdd(1, ordering: .relaxed).newValue, tenant: caller.tenant, priority: priority,
            promptTokens: body.promptTokens, answerTokens: min(body.maximumTokens ?? 256, 4096), prefix: body.prefix)
        var headers = UpstreamFields.request(request.headers, model: model)
        if let traceparent { headers.set("traceparent", traceparent) }
        let target = request.query.map { "\(request.path)?\($0)" } ?? request.path
        return RelayPlan(
            hand: hand, dispatcher: pool.dispatcher, place: place,
            queueTimeout: rule.requestTimeout ?? pool.dispatcher.limits.timeout(priority),
            answerTimeout: rule.attemptTimeout ?? configuration.answerTimeout, target: target,
            headers: headers, body: buffer, share: share)
    }

    /// The class that the client names, else that of its key, else that of the route. A key of lower priority keeps it.
    private func routeClass(
        _ named: String?, _ caller: Caller, _ rule: RoutingTable.Rule
    ) throws(RelayFailure) -> String {
        let usual = caller.routeClass ?? rule.routeClass ?? Self.defaultClass
        guard let named else { return usual }
        // Clients cannot make classes up.
        guard [Self.defaultClass, "batch", usual, rule.routeClass].contains(named) else {
            throw .refused(.invalid("Unknown class of traffic in \(InferenceNames.classHeader)."))
        }
        let isLowered = caller.routeClass.map { TrafficPriority(routeClass: $0) == .batch } ?? false
        return isLowered ? usual : named
    }
}

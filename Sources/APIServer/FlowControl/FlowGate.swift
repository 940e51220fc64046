import FlowControl
import Machinery
import Store

/// Lets requests in as flow control decides, whether they came over a socket or in process.
///
/// A request has its seat until its answer is made, and with a long body until that is sent: it takes memory for as long
/// as the client takes for it. A watch's events are bounded by its own buffer.
package final class FlowGate: Sendable {
    /// How a request passed.
    package enum Passage: Sendable {
        /// Served without a seat: it may last for hours.
        case free
        case seated(HeldSeat, ClassifiedSchema)
        case rejected(ClassifiedSchema, retryAfter: Int)
    }

    package let controller: FlowController
    private let feed: FlowControlFeed
    private let resources: LiveCatalog

    init(_ settings: FlowSettings, cache: WatchCache, resources: LiveCatalog) throws(StatusError) {
        controller = FlowController(settings)
        feed = try FlowControlFeed(cache: cache)
        self.resources = resources
    }

    private static let longSubresources: Set<String> = ["attach", "exec", "proxy", "log", "portforward"]

    package func pass(_ request: ServerRequest) async -> Passage {
        let info = request.info
        guard info.verb != "proxy", !info.isResourceRequest || !Self.longSubresources.contains(info.subresource) else {
            return .free
        }
        feed.refresh(controller)
        var isWide = false
        let flowRequest = FlowRequest(
            user: FlowUser(name: request.user.name, groups: request.user.groups),
            isResourceRequest: info.isResourceRequest, verb: info.verb, path: info.path, apiGroup: info.apiGroup,
            resource: info.resourceAndSubresource, namespace: info.namespace)
        let (schema, decision, hasWaited) = await controller.admit(flowRequest) { schema in
            let estimate = estimate(request, maximumSeats: schema.maximumSeats)
            isWide = estimate.initialSeats > 1
            return estimate
        }
        switch decision {
        case .execute(let seat):
            let held = HeldSeat(seat, controller)
            // A wide request keeps a processor for long, and so do many in a row. Others that have arrived meanwhile are
            // let in first: otherwise none would ever wait for seats, but all for the processor, in the order in which
            // they came.
            let stepsBack = isWide || hasWaited
            if let turns = request.http?.connection.executor.turns {
                await turns.take(lane: schema.level, steppingBack: stepsBack)
            } else if stepsBack {
                await Task.yield()
            }
            return .seated(held, schema)
        case .rejected(_, let pause):
            return .rejected(schema, retryAfter: pause)
        }
    }

    /// The answer is made. One that is sent in pieces keeps the seat by itself.
    package func leave(_ passage: Passage, with response: inout ServerResponse) {
        guard case .seated(let seat, _) = passage else { return }
        if LongBody.isLong(response.body) {
            response.seat = seat
        } else {
            seat.giveBack()
        }
    }

    private func estimate(_ request: ServerRequest, maximumSeats: Int) -> WorkEstimate {
        let info = request.info
        guard info.isResourceRequest, let served = resources.current.resources[info.gvr],
            case .stored(let registry) = served.serving
        else { return WorkEstimator.least }
        switch info.verb {
        case "list", "deletecollection":
            guard info.name.isEmpty else { return WorkEstimator.least }
            let count = registry.cache.snapshot(registry.bucket).count
            let hasSelector = !info.fieldSelector.isEmpty || request.query["labelSelector"] != nil
            let limit = hasSelector ? nil : request.query["limit"].flatMap(Int.init).flatMap { $0 > 0 ? $0 : nil }
            return WorkEstimator.list(objects: min(count, limit ?? count), maximumSeats: maximumSeats)
        case "watch":
            guard info.name.isEmpty, beginsWithState(request.query) else { return WorkEstimator.least }
            return WorkEstimator.list(
                objects: registry.cache.snapshot(registry.bucket).count, maximumSeats: maximumSeats)
        case "create" where info.subresource == "token":
            return WorkEstimator.least
        case "create", "update", "patch", "delete":
            return WorkEstimator.write(
                watchers: registry.cache.subscribers(of: registry.bucket), maximumSeats: maximumSeats)
        default:
            return WorkEstimator.least
        }
    }

    /// Whether a watch sends the present objects first.
    private func beginsWithState(_ query: QueryParameters) -> Bool {
        if let asked = query["sendInitialEvents"] { return asked == "true" || asked == "1" }
        return ["", "0"].contains(query["resourceVersion"] ?? "")
    }
}

extension FlowGate.Passage {
    /// By UID, as names would tell clients how they are ranked.
    var headers: [(name: String, value: String)] {
        switch self {
        case .free: []
        case .seated(_, let schema), .rejected(let schema, _):
            [
                ("X-Kubernetes-PF-FlowSchema-UID", schema.uid),
                ("X-Kubernetes-PF-PriorityLevel-UID", schema.levelUID),
            ]
        }
    }

    /// Throws what a client is told that was not let in.
    func check() throws(StatusError) {
        guard case .rejected(_, let seconds) = self else { return }
        throw StatusError.tooManyRequests(
            "Too many requests, please try again later.", retryAfterSeconds: seconds)
    }
}

extension FlowGate {
    /// The tables that Kubernetes has for administrators.
    func document(_ path: String) -> ServerResponse? {
        switch path {
        case "/debug/api_priority_and_fairness/dump_priority_levels":
            .text(FlowDump.priorityLevels(controller.metrics))
        case "/debug/api_priority_and_fairness/dump_queues":
            .text(FlowDump.queues(controller.metrics))
        default:
            nil
        }
    }
}

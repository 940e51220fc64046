import ClientTestSupport
import FlowControl
import KubeAPI
import Machinery

enum Fixture {
    static let levels = FlowControlDefaults.mandatoryLevels + FlowControlDefaults.suggestedLevels
    static let schemas = FlowControlDefaults.mandatorySchemas + FlowControlDefaults.suggestedSchemas

    static func controller(seats: Int = 600, waitSeconds: Seconds = 15, time: TestTime = TestTime()) -> FlowController {
        let controller = FlowController(FlowSettings(seats: seats, waitSeconds: waitSeconds), clock: time)
        controller.configure(schemas: schemas, levels: levels)
        return controller
    }

    static func user(_ name: String, _ groups: String...) -> FlowUser {
        FlowUser(name: name, groups: groups + ["system:authenticated"])
    }

    static func account(_ namespace: String, _ name: String) -> FlowUser {
        user(
            "system:serviceaccount:\(namespace):\(name)", "system:serviceaccounts",
            "system:serviceaccounts:\(namespace)")
    }

    static let node = user("system:node:one", "system:nodes")

    static func request(
        _ user: FlowUser, _ verb: String = "get", _ resource: String = "pods", group: String = "",
        namespace: String = "default"
    ) -> FlowRequest {
        FlowRequest(
            user: user, isResourceRequest: true, verb: verb, apiGroup: group, resource: resource, namespace: namespace)
    }

    static func lease(_ user: FlowUser, _ verb: String = "update", namespace: String = "kube-node-lease") -> FlowRequest
    {
        request(user, verb, "leases", group: "coordination.k8s.io", namespace: namespace)
    }

    static func queuing(queues: Int = 4, hand: Int = 1, length: Int = 50) -> LevelSettings.Queuing {
        LevelSettings.Queuing(queues: queues, handSize: hand, lengthLimit: length)
    }

    /// A level with one queue per flow below the number of queues.
    static func queues(seats: Int, queues: Int = 4, length: Int = 50) -> FairQueues {
        FairQueues(queuing(queues: queues, length: length), isExempt: false, seats: seats, now: 0)
    }

    static func arrival(_ ticket: UInt64, flow: UInt64 = 0, seats: Int = 1) -> Arrival {
        Arrival(ticket: ticket, tally: 0, estimate: WorkEstimate(initialSeats: seats), flow: flow)
    }
}

extension FairQueues {
    mutating func enters(_ ticket: UInt64, flow: UInt64 = 0, seats: Int = 1) -> String {
        switch enter(Fixture.arrival(ticket, flow: flow, seats: seats)) {
        case .executes: "executes"
        case .waits: "waits"
        case .rejected(let reason): reason.rawValue
        }
    }

    mutating func started(_ ticket: UInt64, flow: UInt64 = 0, seats: Int = 1) throws -> Seat {
        guard case .executes(let seat) = enter(Fixture.arrival(ticket, flow: flow, seats: seats)) else {
            throw NoSeat()
        }
        return seat
    }

    mutating func next() throws -> Seat {
        guard let seat = dispatch() else { throw NoSeat() }
        return seat
    }
}

struct NoSeat: Error {}

extension FlowDecision {
    var seat: Seat? {
        if case .execute(let seat) = self { return seat }
        return nil
    }

    var rejection: FlowRejection? {
        if case .rejected(let reason, _) = self { return reason }
        return nil
    }
}

extension FlowController {
    func seat(_ request: FlowRequest, seats: Int = 1) -> Seat? {
        guard case .executes(let seat) = begin(classify(request), WorkEstimate(initialSeats: seats)) else { return nil }
        return seat
    }

    func ticket(_ request: FlowRequest) -> UInt64? {
        guard case .waits(let ticket) = begin(classify(request), WorkEstimator.least) else { return nil }
        return ticket
    }

    func level(_ name: String) -> FlowMetrics.Level? { metrics.levels.first { $0.name == name } }
}

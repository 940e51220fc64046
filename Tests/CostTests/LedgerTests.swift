import Cost
import Testing

/// Nodes with GPUs at 3.6 an hour: a thousandth each second.
private func gpuNode(_ name: String = "n1", gpus: Double = 2, healthy: Double? = nil) -> NodeFacts {
    var facts = NodeFacts(name: name, uid: name, rate: NodeRate(gpuHour: 3.6, coreHour: 0.36, gibHour: 0.036))
    facts.gpus = gpus
    facts.healthyGPUs = healthy ?? gpus
    facts.cores = 8
    facts.gib = 16
    return facts
}

private func pod(
    _ name: String, _ phase: PodFacts.Phase = .ready, gpus: Double = 1, model: String = "", cores: Double = 2,
    namespace: String = "ml", node: String = "n1"
) -> PodFacts {
    var facts = PodFacts(uid: name, namespace: namespace, name: name, node: node)
    facts.gpus = gpus
    facts.cores = cores
    facts.gib = 4
    facts.model = model
    facts.phase = phase
    return facts
}

private func requests(_ pod: PodFacts, tenant: String = "a", seconds: Double, count: Int = 1) -> LedgerEvent {
    var use = RequestUse(pod: pod.key)
    use.tenant = tenant
    use.model = "m"
    use.seconds = seconds
    use.requests = count
    return .requests([use])
}

extension Ledger {
    /// GPU-seconds by use, or by the reason of waste.
    fileprivate var gpuSeconds: [String: Double] {
        var sums: [String: Double] = [:]
        _ = periods.each(since: nil) { sums[$0.waste?.rawValue ?? $0.use.rawValue, default: 0] += $1.gpuSeconds }
        return sums.filter { abs($0.value) > 1e-9 }.mapValues { ($0 * 1000).rounded() / 1000 }
    }

    fileprivate func sum(_ part: KeyPath<Charge, Double>, where isWanted: (Account) -> Bool = { _ in true }) -> Double {
        var sum = 0.0
        _ = periods.each(since: nil) { if isWanted($0) { sum += $1[keyPath: part] } }
        return sum
    }

    /// The price of the nodes, when it is what was charged.
    fileprivate func closes() -> Bool {
        let price = periods.each(since: nil) { _, _ in }.price
        return abs(sum(\.cost) - price) <= 1e-9 * max(1, price)
    }
}

/// A hundred seconds after the hour, so that periods are crossed.
private let start = 1_790_000_000.0

private func ledger(_ events: [(at: Double, LedgerEvent)], end: Double) -> Ledger {
    var ledger = Ledger(opened: start)
    for (at, event) in events { ledger.apply(LedgerEntry(start + at, event)) }
    ledger.advance(to: start + end)
    return ledger
}

@Suite struct LedgerTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let events: [(at: Double, LedgerEvent)]
        var end = 1000.0
        let gpuSeconds: [String: Double]
    }

    private static let server = pod("s", model: "m")

    @Test(
        "every GPU-second has one account, and all add up to the price",
        arguments: [
            Case(
                testDescription: "nobody holds a GPU", events: [(0, .node(gpuNode()))], gpuSeconds: ["idle": 2000]),
            Case(
                testDescription: "a pod works on one of two",
                events: [(0, .node(gpuNode())), (100, .pod(pod("a"))), (600, .podGone(uid: "a"))],
                gpuSeconds: ["idle": 1500, "pod": 500]),
            Case(
                testDescription: "a pod starts, works, fails, ends",
                events: [
                    (0, .node(gpuNode())), (0, .pod(pod("a", .idle(.starting)))), (50, .pod(pod("a"))),
                    (150, .pod(pod("a", .idle(.notReady)))), (250, .pod(pod("a", .idle(.crashLoop)))),
                    (450, .pod(pod("a", .ended))),
                ], gpuSeconds: ["idle": 1550, "Starting": 50, "pod": 100, "NotReady": 100, "CrashLoop": 200]),
            Case(
                testDescription: "requests take their share of a replica, the rest is the pod's",
                events: [
                    (0, .node(gpuNode(gpus: 1))), (0, .pod(server)), (100, requests(server, seconds: 60)),
                    (300, requests(server, seconds: 120)),
                ], end: 300, gpuSeconds: ["request": 180, "pod": 120]),
            Case(
                testDescription: "a replica without requests is unused after five minutes",
                events: [(0, .node(gpuNode(gpus: 1))), (0, .pod(server))], gpuSeconds: ["pod": 300, "Unused": 700]),
            Case(
                testDescription: "a request longer than the grace was use after all",
                events: [
                    (0, .node(gpuNode(gpus: 1))), (0, .pod(server)), (900, requests(server, seconds: 900)),
                ], gpuSeconds: ["request": 900, "pod": 100]),
            Case(
                testDescription: "requests are told of after their pod is gone",
                events: [
                    (0, .node(gpuNode(gpus: 1))), (0, .pod(server)), (100, .podGone(uid: "s")),
                    (101, requests(server, seconds: 40)),
                ], end: 200, gpuSeconds: ["request": 40, "pod": 60, "idle": 100]),
            Case(
                testDescription: "requests never take more than their pod was charged",
                events: [
                    (0, .node(gpuNode(gpus: 1))), (0, .pod(server)), (100, requests(server, seconds: 4000)),
                ], end: 100, gpuSeconds: ["request": 100]),
            Case(
                testDescription: "a broken GPU that nobody holds is waste",
                events: [(0, .node(gpuNode(healthy: 1))), (0, .pod(pod("a")))],
                gpuSeconds: ["pod": 1000, "Unhealthy": 1000]
            ),
            Case(
                testDescription: "a driver that goes takes no GPU with it",
                events: [(0, .node(gpuNode())), (400, .node(gpuNode(gpus: 0)))],
                gpuSeconds: ["idle": 800, "Unhealthy": 1200]),
            Case(
                testDescription: "pods that hold more than there is share it",
                events: [(0, .node(gpuNode(gpus: 1))), (0, .pod(pod("a"))), (0, .pod(pod("b")))],
                gpuSeconds: ["pod": 1000]),
            Case(
                testDescription: "a node costs from when it is there to when it goes",
                events: [
                    (0, .node(gpuNode())), (100, .node(gpuNode("n2", gpus: 4))), (200, .nodeGone("n2")),
                    (300, .nodeGone("n1")),
                ], gpuSeconds: ["idle": 1000]),
            Case(
                testDescription: "a pod of the same name takes the place of one that nobody saw go",
                events: [
                    (0, .node(gpuNode(gpus: 1))), (0, .pod(pod("a", .idle(.starting)))),
                    (
                        500,
                        .pod(
                            {
                                var other = pod("a")
                                other.uid = "other"
                                return other
                            }())
                    ),
                ], gpuSeconds: ["Starting": 500, "pod": 500]),
        ])
    func charges(_ test: Case) {
        let ledger = ledger(test.events, end: test.end)
        #expect(ledger.gpuSeconds == test.gpuSeconds)
        #expect(ledger.closes())
    }

    @Test("processor and memory are the pods' by what they ask for, and idle the rest")
    func parts() {
        let ledger = ledger([(0, .node(gpuNode())), (0, .pod(pod("a"))), (500, .podGone(uid: "a"))], end: 1000)
        #expect(abs(ledger.sum(\.coreSeconds) { $0.use == .pod } - 1000) < 1e-6)
        #expect(abs(ledger.sum(\.coreSeconds) { $0.use == .idle } - 7000) < 1e-6)
        #expect(abs(ledger.sum(\.gibSeconds) { $0.use == .pod } - 2000) < 1e-6)
        #expect(ledger.closes())
    }

    @Test("a request costs its share of all that the replica holds, also without a GPU", arguments: [1.0, 0])
    func wholeReplica(gpus: Double) {
        let server = pod("s", gpus: gpus, model: "m")
        let ledger = ledger(
            [(0, .node(gpuNode())), (0, .pod(server)), (100, requests(server, seconds: 25))], end: 100)
        let cost = ledger.sum(\.cost) { $0.use == .request }
        #expect(abs(cost - 25 * (3.6 * gpus + 0.36 * 2 + 0.036 * 4) / 3600) < 1e-9)
        #expect(ledger.closes())
        #expect(abs((ledger.pricePerSecond(of: server.key) ?? 0) * 25 - cost) < 1e-9)
    }

    @Test("the books of three months stay small, and no charge is lost from them")
    func rolled() {
        var ledger = Ledger(opened: start)
        ledger.apply(LedgerEntry(start, .node(gpuNode())))
        for day in 1...120 {
            ledger.apply(
                LedgerEntry(start + Double(day) * 86_400, .pod(pod("p\(day)", gpus: 1, namespace: "ns\(day)"))))
            ledger.apply(LedgerEntry(start + Double(day) * 86_400 + 4000, .podGone(uid: "p\(day)")))
            ledger.advance(to: start + Double(day) * 86_400 + 5000)
        }
        let periods = ledger.periods
        #expect(periods.minutes.count <= 151 && periods.hours.count <= 97 && periods.days.count <= 94)
        #expect(ledger.closes())
        #expect(abs(ledger.sum(\.gpuSeconds) - (120 * 86_400 + 5000) * 2) < 1e-3)
        #expect(abs(ledger.sum(\.gpuSeconds) { $0.use == .pod } - 120 * 4000) < 1e-3)
    }

    @Test("clients that invent tenants share an account, and its charges are whole")
    func manyAccounts() {
        let server = pod("s", model: "m")
        var ledger = ledger([(0, .node(gpuNode(gpus: 1))), (0, .pod(server))], end: 0)
        for number in 0..<3000 {
            ledger.apply(LedgerEntry(start + 20, requests(server, tenant: "t\(number)", seconds: 0.005)))
        }
        ledger.advance(to: start + 20)
        #expect(ledger.requests.accounts.count <= 1100)
        #expect(ledger.requests.accounts.values.reduce(0) { $0 + $1.requests } == 3000)
        #expect(abs(ledger.sum(\.gpuSeconds) { $0.use == .request } - 15) < 1e-6)
        #expect(ledger.closes())
    }

    @Test("who holds a GPU for nothing is told of until a request comes")
    func heldIdle() {
        let server = pod("s", model: "m")
        var ledger = ledger([(0, .node(gpuNode())), (0, .pod(server)), (0, .pod(pod("training")))], end: 299)
        #expect(ledger.heldIdle(at: start + 299).isEmpty)
        #expect(ledger.heldIdle(at: start + 301).map(\.pod.name) == ["s"])
        ledger.apply(LedgerEntry(start + 400, requests(server, seconds: 1)))
        #expect(ledger.heldIdle(at: start + 500).isEmpty)
    }
}

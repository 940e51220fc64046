import Client
import Cost
import Foundation
import Inference
import KubeAPI
import Machinery

/// A cluster that is only made up: nodes with GPUs, pods that train and serve, requests, and a process that keeps the
/// books and is killed now and then. Knows what the books must say.
final class SimulatedCluster {
    private struct Machine {
        var object: Node
        let hour: Double
        let gpus: Double
    }

    private struct Replica {
        var object: Pod
        var gpus: Double
        var isReady = false
        var time: SharedTime
        var running: [(entry: SharedTime.Entry, tenant: String)] = []
    }

    let folder = BooksFolder()
    private let clock: ManualWallClock
    private let start: Timestamp
    private var random: SplitMix
    private var books: CostBooks?
    private var nodes: [String: Machine] = [:]
    private var pods: [ObjectKey: Replica] = [:]
    private var number = 0
    /// Nodes that went while nobody looked.
    private var unseen: [Machine] = []
    /// Nodes that came while nobody looked: had they gone as well, nothing would tell of them.
    private var fresh: Set<String> = []

    /// What must come out.
    private(set) var price = 0.0
    private(set) var gpuSeconds = 0.0
    private(set) var requestGPUSeconds: [String: Double] = [:]
    private(set) var requests = 0
    private(set) var kills = 0

    init(seed: UInt64) throws {
        random = SplitMix(state: seed)
        start = Timestamp(seconds: 1_790_000_000 + Int64(seed % 3600))
        clock = ManualWallClock(start)
        books = try open()
    }

    private func open() throws -> CostBooks {
        var prices = PriceSheet()
        prices.gpus = ["A": 2.5, "B": 7]
        prices.machines = [PriceSheet.Machine(labels: [PriceSheet.instanceTypeLabel: "big"], hour: 31)]
        return try CostBooks(folder: folder.path, prices: prices, clock: clock, log: FailureLog { _, _ in })
    }

    private var now: Duration { clock.now - start }

    /// An hour of whatever comes.
    func run() async throws {
        for _ in 0..<3 { addNode() }
        while now < .seconds(3600) {
            let step = min(Double(random.next(in: 1...8000)) / 1000, 3600 - now / .seconds(1))
            pass(step)
            try await event()
            await take()
        }
        if books == nil { try restart() }
        await take()
    }

    private func pass(_ seconds: Double) {
        clock.advance(by: .milliseconds(Int64((seconds * 1000).rounded(.up))))
        let seconds = (seconds * 1000).rounded(.up) / 1000
        // Until somebody notices, a node that went may as well be there.
        for machine in Array(nodes.values) + unseen {
            price += machine.hour * seconds / 3600
            gpuSeconds += machine.gpus * seconds
        }
    }

    private func take() async {
        let (nodes, pods) = (nodes.mapValues(\.object), pods.mapValues(\.object))
        await books?.take(node: { nodes[$0] }, pod: { pods[$0] })
    }

    func report(_ grouping: CostReport.Grouping) -> CostReport? {
        books.map { books in
            books.read { CostReport($0, prices: PriceSheet(), by: grouping, since: nil, now: $1) }
        }
    }

    var uncovered: Double { books?.read { ledger, _ in ledger.uncovered } ?? .infinity }

    // MARK: Events

    private func event() async throws {
        switch random.next(in: 0...99) {
        case 0...1: addNode()
        case 2 where nodes.count > 2: removeNode()
        case 3...14: addPod()
        case 15...27: change()
        case 28...31: removePod()
        case 32...33 where books != nil: kill()
        case 34...39 where books == nil: try restart()
        case 40...41: await books?.checkpoint()
        case 42...43: await books?.sync()
        default: for _ in 0..<random.next(in: 1...5) { request() }
        }
    }

    private func kill() {
        kills += 1
        books = nil
        // Requests go through the same process.
        for key in pods.keys {
            guard var replica = pods[key] else { continue }
            replica.running = []
            replica.time = SharedTime(at: now)
            pods[key] = replica
        }
    }

    private func restart() throws {
        let books = try open()
        books.noteKnown()
        for name in nodes.keys { books.note(node: name) }
        for key in pods.keys { books.note(pod: key) }
        self.books = books
        unseen = []
        fresh = []
    }

    private func addNode() {
        number += 1
        let kind = random.next(in: 0...2)
        let gpus = [0, 2, 8][kind]
        let name = "n\(number)"
        var node = Node(name: name)
        node.json["metadata"] = .object([
            "name": .string(name), "uid": .string("uid-\(name)"), "creationTimestamp": clock.now.microJSON,
            "labels": .object([
                PriceSheet.productLabel: .string(random.next(in: 0...1) == 0 ? "A" : "B"),
                PriceSheet.instanceTypeLabel: .string(kind == 2 ? "big" : "small"),
            ]),
        ])
        let amounts: JSON = ["cpu": "16", "memory": "64Gi", "nvidia.com/gpu": .string("\(gpus)")]
        node.json["status"] = ["capacity": amounts, "allocatable": amounts]
        let product = node.labels[PriceSheet.productLabel] == "A" ? 2.5 : 7
        let parts = Double(gpus) * product + 16 * 0.031611 + 64 * 0.004237
        nodes[name] = Machine(object: node, hour: kind == 2 ? 31 : parts, gpus: Double(gpus))
        if books == nil { fresh.insert(name) }
        books?.note(node: name)
    }

    private func removeNode() {
        let known = nodes.keys.filter { !fresh.contains($0) }.sorted()
        guard let name = known.randomElement(using: &random), let machine = nodes[name] else { return }
        nodes[name] = nil
        if books == nil { unseen.append(machine) }
        for key in pods.keys where pods[key]?.object.spec.nodeName == name {
            pods[key] = nil
            books?.note(pod: key)
        }
        books?.note(node: name)
    }

    private func addPod() {
        guard let (node, machine) = nodes.sorted(by: { $0.key < $1.key }).randomElement(using: &random) else { return }
        let held = pods.values.filter { $0.object.spec.nodeName == node }.reduce(0) { $0 + $1.gpus }
        let gpus = Double(random.next(in: 0...2))
        guard held + gpus <= machine.gpus else { return }
        number += 1
        let name = "p\(number)"
        var labels: JSONObject = ["gantry.dev/team": .string("team-\(number % 3)")]
        if random.next(in: 0...2) > 0 { labels["gantry.dev/model-service"] = .string("model-\(number % 4)") }
        var pod = Pod(name: name, namespace: "ns-\(number % 2)")
        pod.json["metadata"] = .object([
            "name": .string(name), "namespace": .string("ns-\(number % 2)"), "uid": .string("uid-\(name)"),
            "creationTimestamp": clock.now.microJSON, "labels": .object(labels),
        ])
        pod.json["spec"] = [
            "nodeName": .string(node),
            "containers": [
                [
                    "name": "c",
                    "resources": [
                        "requests": ["cpu": "500m", "memory": "1Gi", "nvidia.com/gpu": .string("\(Int(gpus))")]
                    ],
                ]
            ],
        ]
        pod.json["status"] = [
            "phase": "Pending",
            "conditions": [["type": "PodScheduled", "status": "True", "lastTransitionTime": clock.now.microJSON]],
        ]
        pods[pod.key] = Replica(object: pod, gpus: gpus, time: SharedTime(at: now))
        books?.note(pod: pod.key)
    }

    /// A pod becomes ready, fails, crashes or ends.
    private func change() {
        guard let key = pods.keys.sorted().randomElement(using: &random), var replica = pods[key] else { return }
        let what = random.next(in: 0...5)
        let isReady = what < 4
        let conditions: JSON = [
            ["type": "PodScheduled", "status": "True", "lastTransitionTime": clock.now.microJSON],
            [
                "type": "Ready", "status": .string(isReady ? "True" : "False"),
                "lastTransitionTime": clock.now.microJSON,
            ],
        ]
        let waiting: JSON = ["waiting": ["reason": "CrashLoopBackOff"]]
        let state: JSON = isReady || what == 4 ? ["running": [:]] : waiting
        replica.object.json["status"] = [
            "phase": "Running", "conditions": conditions,
            "containerStatuses": [["name": "c", "restartCount": what == 5 ? 1 : 0, "state": state]],
        ]
        if !isReady { end(&replica, key) }
        replica.isReady = isReady
        pods[key] = replica
        books?.note(pod: key)
    }

    private func removePod() {
        guard let key = pods.keys.sorted().randomElement(using: &random), var replica = pods[key] else { return }
        end(&replica, key)
        pods[key] = nil
        books?.note(pod: key)
    }

    // MARK: Requests

    /// A request begins, or one ends, at some replica.
    private func request() {
        let serving = pods.keys.sorted().filter { key in
            pods[key]?.isReady == true && pods[key]?.object.labels["gantry.dev/model-service"] != nil
        }
        guard books != nil, let key = serving.randomElement(using: &random), var replica = pods[key] else { return }
        if replica.running.count > 4 || (!replica.running.isEmpty && random.next(in: 0...1) == 0) {
            finish(&replica, key)
        } else {
            let tenant = "tenant-\(random.next(in: 0...2))"
            replica.running.append((replica.time.enter(at: now), tenant))
        }
        pods[key] = replica
    }

    private func end(_ replica: inout Replica, _ key: ObjectKey) {
        while !replica.running.isEmpty { finish(&replica, key) }
    }

    private func finish(_ replica: inout Replica, _ key: ObjectKey) {
        let (entry, tenant) = replica.running.removeFirst()
        var request = InferenceRequest()
        request.pod = key
        request.tenant = tenant
        request.model = "m"
        request.replicaSeconds = replica.time.leave(entry, at: now)
        request.gpuSeconds = request.replicaSeconds * replica.gpus
        books?.ended(request)
        requests += 1
        requestGPUSeconds[tenant, default: 0] += request.gpuSeconds
    }
}

/// Random numbers that are the same each time.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func next(in range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }
}

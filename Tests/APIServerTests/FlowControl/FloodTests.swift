import APIServer
import Client
import FlowControl
import KubeAPI
import Machinery
import Synchronization
import Testing

@Suite("A flooded server")
struct FloodTests {
    private func request(_ method: String, _ path: String, as user: User) throws -> ServerRequest {
        let info = try #require(RequestInfo(method: method, path: path, query: QueryParameters([])))
        return ServerRequest(method: method, info: info, query: QueryParameters([]), user: user)
    }

    @Test("Nodes and leaders renew their leases while one user holds all the seats of its level, which gets 429")
    func leases() async throws {
        try await TestCluster.run { cluster in
            let server = cluster.plane.server
            let elephant = try request(
                "GET", "/api/v1/namespaces/default/configmaps/x",
                as: User(name: "elephant", groups: ["system:authenticated"]))
            func level() -> FlowMetrics.Level? {
                server.gate.controller.metrics.levels.first { $0.name == "global-default" }
            }
            let crowd = Crowd()
            try await withThrowingTaskGroup(of: Void.self) { group in
                // More than there are seats, also borrowed ones, and places in the user's queues together.
                for _ in 0..<1_500 { group.addTask { crowd.take(await server.gate.pass(elephant)) } }
                try await eventually { crowd.refusals > 0 }
                let refused = await server.handle(elephant)
                #expect(refused.status == 429)
                #expect(refused.headers.contains { $0.name == "Retry-After" && Int($0.value) ?? 0 > 0 })
                for name in ["X-Kubernetes-PF-FlowSchema-UID", "X-Kubernetes-PF-PriorityLevel-UID"] {
                    #expect(refused.headers.contains { $0.name == name && !$0.value.isEmpty })
                }
                try await renew(cluster)
                crowd.leave()
                try await group.waitForAll()
            }
            // Not let in by RBAC, but answered.
            #expect(await server.handle(elephant).status == 403)
            try await eventually { level()?.isIdle == true }
        }
    }

    /// Keeps every seat it is given until it leaves.
    private final class Crowd: Sendable {
        private struct State {
            var seats: [FlowGate.Passage]? = []
            var refusals = 0
        }

        private let state = Mutex(State())

        var refusals: Int { state.withLock { $0.refusals } }

        func take(_ passage: FlowGate.Passage) {
            state.withLock { state in
                if case .rejected = passage { state.refusals += 1 } else { state.seats?.append(passage) }
            }
        }

        /// Gives up every seat, and those that come later at once.
        func leave() {
            // Given up outside the lock: what waits for them is told at once.
            withExtendedLifetime(state.withLock { $0.seats.take() }) {}
        }
    }

    private func renew(_ cluster: TestCluster) async throws {
        for (user, groups, namespace) in [
            ("system:node:one", ["system:nodes"], "kube-node-lease"),
            ("system:kube-scheduler", [], "kube-system"),
        ] {
            let client = cluster.client(User(name: user, groups: groups))
            var lease = try await client.create(
                Lease(name: namespace == "kube-system" ? "kube-scheduler" : "one", namespace: namespace))
            lease.spec.leaseTransitions = 1
            #expect(try await client.update(lease).spec.leaseTransitions == 1)
        }
    }

    @Test("Watches, logs and exec hold no seat while they last; exempt requests always have one")
    func long() async throws {
        try await TestCluster.run { cluster in
            let gate = cluster.plane.server.gate
            let jane = User(name: "jane", groups: ["system:authenticated"])
            for path in ["log", "exec", "attach", "portforward", "proxy"] {
                let passage = await gate.pass(
                    try request("GET", "/api/v1/namespaces/default/pods/p/\(path)", as: jane))
                guard case .free = passage else {
                    Issue.record("\(path) took a seat")
                    continue
                }
            }
            let watch = try await cluster.watch("/api/v1/namespaces/default/configmaps?watch=true")
            try await eventually { gate.controller.metrics.levels.allSatisfy(\.isIdle) }
            watch.cancel()
            let root = await gate.pass(try request("GET", "/api/v1/pods", as: TestCluster.admin))
            guard case .seated(_, let schema) = root else {
                Issue.record("an exempt request was not let in")
                return
            }
            #expect(schema.isExempt)
        }
    }

    @Test("A long list has its request's seat until it is sent")
    func longList() async throws {
        try await TestCluster.run { cluster in
            let text = String(repeating: "x", count: 100_000)
            for number in 0..<4 {
                try await cluster.send(
                    "POST", "/api/v1/namespaces/default/configmaps",
                    "{\"metadata\":{\"name\":\"m\(number)\"},\"data\":{\"text\":\"\(text)\"}}"
                ).expect(201)
            }
            let server = cluster.plane.server
            func isIdle() -> Bool { server.gate.controller.metrics.levels.allSatisfy(\.isIdle) }
            let list = try request("GET", "/api/v1/namespaces/default/configmaps", as: TestCluster.admin)
            var answer: ServerResponse? = await server.handle(list)
            #expect(answer?.status == 200)
            #expect(!isIdle())
            answer = nil
            try await eventually { isIdle() }
        }
    }

    @Test("The levels' table is an administrator's to read")
    func dump() async throws {
        try await TestCluster.run { cluster in
            let path = "/debug/api_priority_and_fairness/dump_priority_levels"
            let table = try await cluster.send("GET", path).expect(200)
            #expect(table.text.contains("global-default,"))
            try await cluster.send("GET", path, as: User(name: "jane")).expect(403)
        }
    }
}

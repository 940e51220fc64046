import Client
import EtcdStore
import EtcdTestSupport
import KubeAPI
import Machinery
import Store
import Testing

@Suite("Two servers on one etcd", .enabled(if: EtcdProcess.isInstalled), .timeLimit(.minutes(3)))
struct SharedStoreTests {
    @Test("show the watchers of each what the other one writes")
    func watches() async throws {
        try await Self.withServers { one, other in
            let seenByOne = try await one.watch(Path.configMaps + "?watch=1&resourceVersion=0")
            let seenByOther = try await other.watch(Path.configMaps + "?watch=1&resourceVersion=0")
            var expected: [String] = []
            for index in 0..<10 {
                let (name, writer) = ("m\(index)", index.isMultiple(of: 2) ? one : other)
                try await writer.send("POST", Path.configMaps, Manifest.configMap(name)).expect(201)
                expected.append("ADDED \(name)")
            }
            try await one.send("DELETE", Path.configMaps + "/m1").expect(200)
            expected.append("DELETED m1")
            #expect(try await seenByOne.summaries(11) == expected)
            #expect(try await seenByOther.summaries(11) == expected)
            // What one has acknowledged the other one reads at once.
            try await other.send("GET", Path.configMaps + "/m1").expect(404)
            seenByOne.cancel()
            seenByOther.cancel()
        }
    }

    @Test("never give one address or node port to two Services")
    func allocation() async throws {
        try await Self.withServers { one, other in
            let made = try await withThrowingTaskGroup(of: Answer.self) { group in
                for index in 0..<40 {
                    let server = index.isMultiple(of: 2) ? one : other
                    group.addTask {
                        try await server.send(
                            "POST", Path.services,
                            Manifest.service("s\(index)", spec: #""type":"NodePort","ports":[{"port":80}]"#))
                    }
                }
                return try await group.reduce(into: [Answer]()) { $0.append($1) }
            }
            #expect(made.allSatisfy { $0.status == 201 })
            #expect(Set(made.compactMap { $0.json.at("spec.clusterIP").stringValue }).count == 40)
            #expect(Set(made.compactMap { $0.json.at("spec.ports.0.nodePort").intValue }).count == 40)
            for spec in [
                #""clusterIP":"10.96.250.1","ports":[{"port":80}]"#,
                #""type":"NodePort","ports":[{"port":80,"nodePort":30001}]"#,
            ] {
                let answers = try await withThrowingTaskGroup(of: Int.self) { group in
                    for index in 0..<12 {
                        let server = index.isMultiple(of: 2) ? one : other
                        group.addTask {
                            let name = "\(spec.contains("nodePort") ? "n" : "i")\(index)"
                            return try await server.send("POST", Path.services, Manifest.service(name, spec: spec))
                                .status
                        }
                    }
                    return try await group.reduce(into: [Int]()) { $0.append($1) }
                }
                #expect(answers.sorted() == [201] + Array(repeating: 422, count: 11))
            }
        }
    }

    @Test("agree on who leads, and pass leadership on when the leader ends")
    func leadership() async throws {
        try await Self.withServers { one, other in
            let lease = ObjectKey(namespace: "kube-system", name: "loops")
            let timing = LeaderElectionTiming(
                leaseDuration: .seconds(4), renewDeadline: .seconds(3), retryPeriod: .milliseconds(100))
            let (leaders, announce) = AsyncStream.makeStream(of: String.self)
            func candidate(_ cluster: TestCluster, _ name: String) -> Task<Void, any Error> {
                let elector = LeaderElector(client: cluster.client(), lease: lease, identity: name, timing: timing)
                return Task {
                    try await elector.run {
                        announce.yield(name)
                        let (never, _) = AsyncStream.makeStream(of: Void.self)
                        for await _ in never {}
                    }
                }
            }
            var order = leaders.makeAsyncIterator()
            let first = candidate(one, "one")
            #expect(await order.next() == "one")
            let second = candidate(other, "other")
            // The first one leads as long as it lives: the other one is told only after its end.
            first.cancel()
            _ = await first.result
            #expect(await order.next() == "other")
            second.cancel()
            _ = await second.result
        }
    }

    private static func withServers(
        _ body: @Sendable @escaping (TestCluster, TestCluster) async throws -> Void
    ) async throws {
        try await EtcdSlots.withEtcd { etcd in
            try await etcd.running {
                let first = try await EtcdStore.open(etcd.configuration())
                try await TestCluster.run(.inProcess, .other(first)) { one in
                    let second = try await EtcdStore.open(etcd.configuration())
                    try await TestCluster.run(.inProcess, .other(second)) { other in try await body(one, other) }
                }
            }
        }
    }
}

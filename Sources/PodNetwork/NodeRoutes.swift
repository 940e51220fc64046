import Client
import KubeAPI
import Machinery
import Synchronization

/// Keeps the ways to the pods of all other nodes: a route for each pod range of each Node, over the Node's address.
///
/// A Node's word is taken only for ranges inside the pod network that are nobody else's: a node cannot draw other
/// traffic to itself. Whatever changed a route behind our back is corrected within a minute.
package final class NodeRoutes: Sendable {
    private static let checkInterval = Duration.seconds(60)
    private static let retryDelay = Duration.seconds(5)

    private let nodes: Informer<Node>
    private let nodeName: String
    private let subnets: [CIDR]
    private let clusterNetworks: [CIDR]
    private let table: any NodeRouteTable
    private let clock: DelayClock
    private let log: FailureLog
    private let reported = Mutex<Set<String>>([])
    /// One mark is enough: it says "look".
    private let changes: AsyncStream<Void>
    private let changed: AsyncStream<Void>.Continuation

    /// - Parameters:
    ///   - subnets: this node's own parts.
    ///   - clusterNetworks: all pods.
    package init(
        informers: InformerFactory, nodeName: String, subnets: [CIDR], clusterNetworks: [CIDR],
        table: any NodeRouteTable, clock: some Clock<Duration> = ContinuousClock(), log: FailureLog = .standardError
    ) {
        nodes = informers.informer(Node.self)
        self.nodeName = nodeName
        self.subnets = subnets
        self.clusterNetworks = clusterNetworks
        self.table = table
        self.clock = DelayClock(clock)
        self.log = log
        (changes, changed) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    /// Runs until the task is cancelled; the routes stay.
    package func run() async throws {
        let handler = nodes.onChange { [changed] change in
            if case .updated(let old, let new) = change, Self.place(old) == Self.place(new) { return }
            changed.yield()
        }
        defer { nodes.removeHandler(handler) }
        try await nodes.waitForSync()
        changed.yield()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [self] in
                for await _ in changes where !apply() {
                    try await clock.sleep(for: Self.retryDelay)
                    changed.yield()
                }
                try Task.checkCancellation()
            }
            group.addTask { [self] in
                while true {
                    try await clock.sleep(for: Self.checkInterval)
                    changed.yield()
                }
            }
            _ = try await group.next()
            group.cancelAll()
        }
    }

    /// What of a Node makes its routes.
    private static func place(_ node: Node) -> [String] { ranges(node) + ["at"] + addresses(node) }

    private static func ranges(_ node: Node) -> [String] {
        node.spec.podCIDRs.isEmpty ? [node.spec.podCIDR].compactMap { $0 } : node.spec.podCIDRs
    }

    private static func addresses(_ node: Node) -> [String] {
        node.status.addresses.filter { $0.type == "InternalIP" }.map(\.address)
    }

    /// Whether every route stands.
    private func apply() -> Bool {
        let plan = Self.plan(nodes.list(), except: nodeName, subnets: subnets, clusterNetworks: clusterNetworks)
        var failures: [String] = []
        do {
            failures = try table.replace(with: plan.routes).map(\.description)
        } catch {
            failures = [error.description]
        }
        // A trouble that lasts is told once.
        let troubles = Set(plan.refused + failures)
        let news = reported.withLock { reported in
            defer { reported = troubles }
            return troubles.subtracting(reported)
        }
        for trouble in news.sorted() { log.report("node routes", trouble) }
        return failures.isEmpty
    }

    /// The routes that Nodes ask for, and why some get none. Of two nodes with one range, the older one has it.
    package static func plan(
        _ nodes: [Node], except own: String, subnets: [CIDR], clusterNetworks: [CIDR]
    ) -> (routes: [NodeRoute], refused: [String]) {
        var routes: [NodeRoute] = []
        var refused: [String] = []
        func age(_ node: Node) -> Int64 { node.metadata.creationTimestamp?.seconds ?? 0 }
        for node in nodes.sorted(by: { (age($0), $0.name) < (age($1), $1.name) }) where node.name != own {
            let hosts = addresses(node).compactMap { InternetAddress($0) }
            for text in ranges(node) {
                guard let range = CIDR(text)?.masked, clusterNetworks.contains(where: { $0.contains(range) }) else {
                    refused.append("node \(node.name): its range \(text) is not in the pod network")
                    continue
                }
                guard !subnets.contains(where: { $0.overlaps(range) }),
                    !routes.contains(where: { $0.range.overlaps(range) })
                else {
                    refused.append("node \(node.name): its range \(text) is another node's")
                    continue
                }
                // A node that has not told its address yet is heard of again when it does.
                guard let host = hosts.first(where: { $0.family == range.family }) else { continue }
                routes.append(NodeRoute(range: range, node: host))
            }
        }
        return (routes, refused)
    }
}

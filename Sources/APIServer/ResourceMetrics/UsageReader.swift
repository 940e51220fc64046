import Machinery

/// Reads from node agents what they and their pods use, when somebody wants to know: idle clusters pay nothing.
///
/// What was read is good for some seconds. CPU is the mean between two reports; where there is no earlier one that is
/// recent, two are fetched one after the other. Requests that come together ask a node once.
actor UsageReader {
    typealias Fetch = @Sendable (_ node: String) async throws(StatusError) -> UsageReport

    private static let freshness = Duration.seconds(10)
    /// A mean over more than this says nothing of now.
    private static let longestWindow: Int64 = 120_000
    /// How many nodes are asked at once.
    private static let width = 32

    private struct Known {
        let report: UsageReport
        let usage: NodeUsage
        let read: ContinuousClock.Instant
    }

    private let fetch: Fetch
    private let interval: Duration
    private let report: @Sendable (_ problem: String) -> Void
    private var known: [String: Known] = [:]
    private var asking: [String: Task<NodeUsage?, Never>] = [:]

    /// - Parameters:
    ///   - interval: how long is waited between the two reports of a node that was not asked lately.
    ///   - report: told of nodes that do not answer.
    init(interval: Duration, fetch: @escaping Fetch, report: @escaping @Sendable (_ problem: String) -> Void) {
        self.interval = interval
        self.fetch = fetch
        self.report = report
    }

    /// Of each node that answers. Others are forgotten.
    func usage(ofAll nodes: [String]) async -> [String: NodeUsage] {
        let present = Set(nodes)
        known = known.filter { present.contains($0.key) }
        return await withTaskGroup(of: (String, NodeUsage?).self) { group in
            var result: [String: NodeUsage] = [:]
            var rest = nodes[...]
            for node in rest.prefix(Self.width) { group.addTask { (node, await self.usage(of: node)) } }
            rest = rest.dropFirst(Self.width)
            for await (node, usage) in group {
                result[node] = usage
                if let next = rest.popFirst() { group.addTask { (next, await self.usage(of: next)) } }
            }
            return result
        }
    }

    func usage(of node: String) async -> NodeUsage? {
        if let known = known[node], known.read.duration(to: .now) < Self.freshness { return known.usage }
        if let asking = asking[node] { return await asking.value }
        let task = Task { await measure(node) }
        asking[node] = task
        let usage = await task.value
        asking[node] = nil
        return usage
    }

    private func measure(_ node: String) async -> NodeUsage? {
        do {
            var report = try await fetch(node)
            var earlier = known[node]?.report
            if let old = earlier, report.node.time - old.node.time > Self.longestWindow { earlier = nil }
            if earlier == nil {
                earlier = report
                try await Task.sleep(for: interval)
                report = try await fetch(node)
            }
            let usage = NodeUsage(report, after: earlier ?? report, longestWindow: Self.longestWindow)
            known[node] = Known(report: report, usage: usage, read: .now)
            return usage
        } catch {
            known[node] = nil
            self.report("usage of node \(node): \(error)")
            return nil
        }
    }
}

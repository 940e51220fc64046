import Metrics

/// How many of what a scheduler has at the moment.
struct SchedulerFigures: Sendable {
    /// Which plugin keeps pods of which profile waiting.
    struct Refuser: Hashable {
        let plugin: PluginName
        let profile: String
    }

    var pending: (active: Int, resting: Int, unschedulable: Int, gated: Int) = (0, 0, 0, 0)
    var refused: [Refuser: Int] = [:]
    var nodes = 0
    var pods = 0
    var assumed = 0

    init(_ core: borrowing SchedulerCore) {
        let counts = core.queue.counts
        pending = (counts.active, counts.resting, 0, 0)
        core.queue.forEachWaiting { pod in
            if pod.gate == nil { pending.unschedulable += 1 } else { pending.gated += 1 }
            for plugin in pod.gate.map({ [$0] }) ?? pod.refusers.names {
                refused[Refuser(plugin: plugin, profile: pod.info.demands.schedulerName), default: 0] += 1
            }
        }
        nodes = core.cluster.nodeCount
        (pods, assumed) = core.cluster.podCounts
    }

    func collect(into writer: inout MetricWriter) {
        writer.begin(
            MetricFamily(
                "scheduler_pending_pods", .gauge, "Pods that wait, by the queue they are in.", labels: ["queue"]))
        writer.sample(Int64(pending.active), ["active"])
        writer.sample(Int64(pending.resting), ["backoff"])
        writer.sample(Int64(pending.gated), ["gated"])
        writer.sample(Int64(pending.unschedulable), ["unschedulable"])
        writer.begin(
            MetricFamily(
                "scheduler_unschedulable_pods", .gauge, "Waiting pods by the plugins that refused them.",
                labels: ["plugin", "profile"]))
        let rows = refused.map { ([$0.key.plugin.text, $0.key.profile], $0.value) }
        for (labels, count) in rows.sorted(by: { $0.0.lexicographicallyPrecedes($1.0) }) {
            writer.sample(Int64(count), labels)
        }
        writer.begin(
            MetricFamily(
                "scheduler_cache_size", .gauge, "What the scheduler keeps of the cluster, by kind.",
                labels: ["type"]))
        writer.sample(Int64(assumed), ["assumed_pods"])
        writer.sample(Int64(nodes), ["nodes"])
        writer.sample(Int64(pods), ["pods"])
    }
}

extension Scheduler: MetricCollector {
    package func collect(into writer: inout MetricWriter) {
        metrics.collect(into: &writer)
        state.withLock { SchedulerFigures($0.core) }.collect(into: &writer)
    }
}

import KubeAPI
import Machinery

/// What something used in the time between two reports, in the terms of `metrics.k8s.io`.
struct MeasuredUsage: Sendable, Hashable {
    let cpuNanocores: Int64
    let memoryBytes: Int64
    /// In milliseconds since the epoch: the end of the window.
    let time: Int64
    let windowMilliseconds: Int64

    /// `nil` where too little is known: one report only, or one that says nothing of CPU or memory.
    ///
    /// - Parameter old: what an earlier report said. Without one, what was started within the longest window is measured
    ///   from its start on.
    init?(_ new: UsageReport.Counters, after old: UsageReport.Counters?, longestWindow: Int64) {
        guard let cpu = new.cpuSeconds, let memory = new.memoryBytes else { return nil }
        var (begin, used) = (Int64(0), 0.0)
        if let old, old.start == new.start, let before = old.cpuSeconds, before <= cpu {
            (begin, used) = (old.time, cpu - before)
        } else if let start = new.start {
            (begin, used) = (Int64(start * 1000), cpu)
        } else {
            return nil
        }
        let window = new.time - begin
        guard window > 0, window <= longestWindow else { return nil }
        guard let nanocores = Int64(exactly: (used * 1e12 / Double(window)).rounded()) else { return nil }
        cpuNanocores = nanocores
        memoryBytes = memory
        time = new.time
        windowMilliseconds = window
    }

    var quantities: JSON {
        ["cpu": .string("\(cpuNanocores)n"), "memory": .string("\(memoryBytes / 1024)Ki")]
    }

    var timestamp: JSON { Timestamp(seconds: time / 1000).json }
    /// As Go writes durations of some seconds.
    var window: JSON { .string(GoDuration(.milliseconds(windowMilliseconds)).description) }
}

/// What a node and the containers on it used.
struct NodeUsage: Sendable {
    let node: MeasuredUsage?
    let pods: [ObjectKey: [(container: String, usage: MeasuredUsage)]]

    init(_ new: UsageReport, after old: UsageReport, longestWindow: Int64) {
        node = MeasuredUsage(new.node, after: old.node, longestWindow: longestWindow)
        var pods: [ObjectKey: [(container: String, usage: MeasuredUsage)]] = [:]
        for (key, containers) in new.pods {
            let measured = containers.sorted { $0.key < $1.key }.compactMap { name, counters in
                MeasuredUsage(counters, after: old.pods[key]?[name], longestWindow: longestWindow)
                    .map { (container: name, usage: $0) }
            }
            // Half a pod's usage would be taken for the whole.
            if !measured.isEmpty, measured.count == containers.count { pods[key] = measured }
        }
        self.pods = pods
    }
}

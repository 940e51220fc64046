import CRI
import Glibc
import KubeAPI
import Machinery

/// One container's usage at a moment.
struct ContainerUsage {
    let worker: PodWorker
    let name: String
    let startedAt: Timestamp
    let stats: RuntimeV1.ContainerStats

    var cpuNanoseconds: Int64 { stats.cpu?.usageCoreNanoSeconds?.value ?? 0 }
    var workingSet: Int64 { stats.memory?.workingSetBytes?.value ?? 0 }
    var time: Timestamp { Timestamp(runtimeNanoseconds: stats.cpu?.timestamp ?? 0) }
}

extension NodeBackend {
    package func statsSummary(onlyCPUAndMemory: Bool) async throws -> [UInt8] {
        let usages = try await containerUsages()
        let now = services.clock.time
        var pods: [JSON] = []
        for (uid, group) in Dictionary(grouping: usages, by: { $0.worker.uid }).sorted(by: { $0.key < $1.key }) {
            guard let worker = group.first?.worker else { continue }
            let containers = group.sorted { $0.name < $1.name }.map { usage -> JSON in
                [
                    "name": .string(usage.name), "startTime": usage.startedAt.json,
                    "cpu": Self.cpu(usage.cpuNanoseconds, rate: usage.stats.cpu?.usageNanoCores?.value, at: usage.time),
                    "memory": Self.memory(
                        usage.workingSet, usage: usage.stats.memory?.usageBytes?.value, at: usage.time),
                ]
            }
            pods.append([
                "podRef": [
                    "name": .string(worker.key.name), "namespace": .string(worker.key.namespace), "uid": .string(uid),
                ],
                "startTime": worker.withMachine(\.startTime).json,
                "containers": .array(containers),
                "cpu": Self.cpu(group.reduce(0) { $0 + $1.cpuNanoseconds }, rate: nil, at: now),
                "memory": Self.memory(group.reduce(0) { $0 + $1.workingSet }, usage: nil, at: now),
            ])
        }
        var node: JSONObject = [
            "nodeName": .string(configuration.nodeName),
            "cpu": Self.cpu(NodeUsage.cpuNanoseconds(), rate: nil, at: now),
            "memory": Self.memory(NodeUsage.workingSet(), usage: nil, at: now),
        ]
        if !onlyCPUAndMemory { node["fs"] = filesystem(at: now) }
        return JSON.object(["node": .object(node), "pods": .array(pods)]).encoded()
    }

    package func resourceMetrics() async throws -> [UInt8] {
        let usages = try await containerUsages()
        var text = ""
        func describe(_ name: String, _ kind: String, _ help: String) {
            text += "# HELP \(name) [STABLE] \(help)\n# TYPE \(name) \(kind)\n"
        }
        func labels(_ usage: ContainerUsage) -> String {
            "{container=\"\(usage.name)\",namespace=\"\(usage.worker.key.namespace)\",pod=\"\(usage.worker.key.name)\"}"
        }
        func seconds(_ nanoseconds: Int64) -> String { String(Double(nanoseconds) / 1e9) }
        func stamp(_ time: Timestamp) -> String { String(time.seconds * 1000 + Int64(time.nanoseconds) / 1_000_000) }
        describe(
            "container_cpu_usage_seconds_total", "counter",
            "Cumulative cpu time consumed by the container in core-seconds")
        for usage in usages {
            text +=
                "container_cpu_usage_seconds_total\(labels(usage)) \(seconds(usage.cpuNanoseconds)) \(stamp(usage.time))\n"
        }
        describe("container_memory_working_set_bytes", "gauge", "Current working set of the container in bytes")
        for usage in usages {
            text += "container_memory_working_set_bytes\(labels(usage)) \(usage.workingSet) \(stamp(usage.time))\n"
        }
        describe("container_start_time_seconds", "gauge", "Start time of the container since unix epoch in seconds")
        for usage in usages { text += "container_start_time_seconds\(labels(usage)) \(usage.startedAt.seconds)\n" }
        let now = services.clock.time
        describe("node_cpu_usage_seconds_total", "counter", "Cumulative cpu time consumed by the node in core-seconds")
        text += "node_cpu_usage_seconds_total \(seconds(NodeUsage.cpuNanoseconds())) \(stamp(now))\n"
        describe("node_memory_working_set_bytes", "gauge", "Current working set of the node in bytes")
        text += "node_memory_working_set_bytes \(NodeUsage.workingSet()) \(stamp(now))\n"
        describe("pod_cpu_usage_seconds_total", "counter", "Cumulative cpu time consumed by the pod in core-seconds")
        let groups = Dictionary(grouping: usages, by: { $0.worker.key }).sorted { $0.key < $1.key }
        for (key, group) in groups {
            let total = group.reduce(0) { $0 + $1.cpuNanoseconds }
            text +=
                "pod_cpu_usage_seconds_total{namespace=\"\(key.namespace)\",pod=\"\(key.name)\"} \(seconds(total)) \(stamp(now))\n"
        }
        describe("pod_memory_working_set_bytes", "gauge", "Current working set of the pod in bytes")
        for (key, group) in groups {
            let total = group.reduce(0) { $0 + $1.workingSet }
            text +=
                "pod_memory_working_set_bytes{namespace=\"\(key.namespace)\",pod=\"\(key.name)\"} \(total) \(stamp(now))\n"
        }
        describe(
            "resource_scrape_error", "gauge", "1 if there was an error while getting container metrics, 0 otherwise")
        text += "resource_scrape_error 0\n"
        return Array(text.utf8)
    }

    func containerUsages() async throws -> [ContainerUsage] {
        var running: [String: (PodWorker, ContainerRecord)] = [:]
        for worker in workers.all {
            for record in worker.withMachine({ $0.containers.values.flatMap { $0 }.filter(\.isRunning) }) {
                running[record.id] = (worker, record)
            }
        }
        guard !running.isEmpty else { return [] }
        return try await services.runtime.listContainerStats(nil).compactMap { stats in
            guard let (worker, record) = running[stats.attributes?.id ?? ""] else { return nil }
            return ContainerUsage(worker: worker, name: record.name, startedAt: record.startedAt, stats: stats)
        }
    }

    private static func cpu(_ nanoseconds: Int64, rate: Int64?, at time: Timestamp) -> JSON {
        var cpu: JSONObject = ["time": time.json, "usageCoreNanoSeconds": .int(nanoseconds)]
        if let rate { cpu["usageNanoCores"] = .int(rate) }
        return .object(cpu)
    }

    private static func memory(_ workingSet: Int64, usage: Int64?, at time: Timestamp) -> JSON {
        var memory: JSONObject = ["time": time.json, "workingSetBytes": .int(workingSet)]
        if let usage { memory["usageBytes"] = .int(usage) }
        return .object(memory)
    }

    private func filesystem(at time: Timestamp) -> JSON {
        var disk = statvfs()
        guard statvfs(configuration.dataFolder, &disk) == 0 else { return [:] }
        let block = Int64(clamping: UInt64(disk.f_frsize))
        let size = Int64(clamping: UInt64(disk.f_blocks)) * block
        let free = Int64(clamping: UInt64(disk.f_bavail)) * block
        return [
            "time": time.json, "capacityBytes": .int(size), "availableBytes": .int(free),
            "usedBytes": .int(size - free),
            "inodes": .int(Int64(clamping: UInt64(disk.f_files))),
            "inodesFree": .int(Int64(clamping: UInt64(disk.f_favail))),
        ]
    }
}

/// The whole machine's usage.
enum NodeUsage {
    /// CPU time spent on anything since boot.
    static func cpuNanoseconds() -> Int64 {
        guard let line = Files.text("/proc/stat")?.split(separator: "\n").first else { return 0 }
        // cpu user nice system idle iowait irq softirq steal
        let ticks = line.split(separator: " ").dropFirst().compactMap { Int64($0) }
        guard ticks.count >= 8 else { return 0 }
        let busy = ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6] + ticks[7]
        return busy * (1_000_000_000 / Int64(max(sysconf(Int32(_SC_CLK_TCK)), 1)))
    }

    static func workingSet() -> Int64 {
        let memory = MachineFacts.memory()
        return max((memory["MemTotal"] ?? 0) - (memory["MemAvailable"] ?? 0), 0)
    }
}

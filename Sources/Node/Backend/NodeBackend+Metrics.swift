import CRI
import Glibc
import KubeAPI
import Machinery
import Metrics

extension NodeBackend {
    /// The agent's own metrics, by the names of Kubernetes' kubelet.
    package func agentMetrics(_ format: MetricFormat) -> [UInt8] {
        let registry = MetricRegistry()
        registry.register(ProcessMetrics())
        registry.register(services.startups)
        registry.register(AgentMetrics(nodeName: configuration.nodeName, version: configuration.version, workers.all))
        return registry.text(format)
    }

    /// What containers and the machine use and may use, by the names of cAdvisor.
    package func containerMetrics(_ format: MetricFormat) async throws -> [UInt8] {
        let registry = MetricRegistry()
        registry.register(
            ContainerMetricsPage(
                usages: try await containerUsages(), groups: services.settings.cgroups))
        return registry.text(format)
    }
}

/// Pods and containers by what the agent does with them.
private struct AgentMetrics: MetricCollector {
    private let nodeName: String
    private let version: String
    private let pods: Int
    private let runningPods: Int
    private let containers: [String: Int]

    init(nodeName: String, version: String, _ workers: [PodWorker]) {
        self.nodeName = nodeName
        self.version = version
        pods = workers.count
        var running = 0
        var containers = ["created": 0, "running": 0, "exited": 0]
        for worker in workers {
            let records = worker.withMachine { $0.containers.values.flatMap { $0 } }
            if records.contains(where: \.isRunning) { running += 1 }
            for record in records {
                containers[record.isRunning ? "running" : record.hasEnded ? "exited" : "created", default: 0] += 1
            }
        }
        runningPods = running
        self.containers = containers
    }

    func collect(into writer: inout MetricWriter) {
        writer.begin(
            MetricFamily("kubelet_node_name", .gauge, "The node's name. The count is always 1.", labels: ["node"]))
        writer.sample(UInt64(1), [nodeName])
        writer.begin(MetricFamily("kubelet_desired_pods", .gauge, "Pods that are to run here.", labels: ["static"]))
        writer.sample(UInt64(pods), [""])
        writer.begin(MetricFamily("kubelet_running_pods", .gauge, "Pods that have a running container."))
        writer.sample(UInt64(runningPods))
        writer.begin(
            MetricFamily(
                "kubelet_running_containers", .gauge, "Containers by their state.", labels: ["container_state"]))
        for (state, count) in containers.sorted(by: { $0.key < $1.key }) { writer.sample(UInt64(count), [state]) }
        writer.begin(
            MetricFamily(
                "kubernetes_build_info", .gauge, "Version of Kubernetes that is served. The count is always 1.",
                labels: ["git_version"]))
        writer.sample(UInt64(1), [version])
    }
}

/// One page of cAdvisor's metrics.
private struct ContainerMetricsPage: MetricCollector {
    private static let labels = ["container", "id", "image", "name", "namespace", "pod"]

    let usages: [ContainerUsage]
    let groups: CgroupHierarchy

    private struct Row {
        let labels: [String]
        let usage: ContainerUsage
    }

    func collect(into writer: inout MetricWriter) {
        let rows = usages.map { usage -> Row in
            let pod = usage.worker.pod
            let group = groups.path(QoSClass(pod), pod: pod.uid)
            let id = usage.stats.attributes?.id ?? ""
            let image = pod.container(named: usage.name)?.container.image ?? ""
            return Row(
                labels: [usage.name, "\(group)/\(id)", image, id, pod.namespace, pod.name], usage: usage)
        }
        func family(
            _ name: String, _ kind: MetricFamily.Kind, _ help: String, _ value: (ContainerUsage) -> Double?
        ) {
            writer.begin(MetricFamily(name, kind, help, labels: Self.labels))
            for row in rows { if let value = value(row.usage) { writer.sample(value, row.labels) } }
        }
        writer.begin(
            MetricFamily(
                "container_cpu_usage_seconds_total", .counter, "CPU time used, in seconds.",
                labels: Self.labels + ["cpu"]))
        for row in rows { writer.sample(Double(row.usage.cpuNanoseconds) / 1e9, row.labels + ["total"]) }
        family("container_memory_working_set_bytes", .gauge, "The working set, in bytes.") { Double($0.workingSet) }
        family("container_memory_usage_bytes", .gauge, "Memory in use, in bytes, caches included.") {
            ($0.stats.memory?.usageBytes?.value).map(Double.init)
        }
        family("container_memory_rss", .gauge, "Anonymous memory in use, in bytes.") {
            ($0.stats.memory?.rssBytes?.value).map(Double.init)
        }
        family("container_fs_usage_bytes", .gauge, "What the container has written beside its volumes, in bytes.") {
            ($0.stats.writableLayer?.usedBytes?.value).map(Double.init)
        }
        family("container_start_time_seconds", .gauge, "When the container was started, in seconds since the epoch.") {
            Double($0.startedAt.seconds)
        }
        family("container_last_seen", .gauge, "When the container was last looked at, in seconds since the epoch.") {
            Double($0.time.seconds)
        }
        family("container_spec_memory_limit_bytes", .gauge, "The limit of its memory; 0 for none.") {
            Double($0.worker.pod.container(named: $0.name)?.container.resources?.limits["memory"]?.value ?? 0)
        }
        family("container_spec_cpu_period", .gauge, "The time slice that its quota refers to, in microseconds.") { _ in
            Double(CPUShares.period)
        }
        family("container_spec_cpu_quota", .gauge, "CPU time per time slice, where there is a limit.") {
            ($0.worker.pod.container(named: $0.name)?.container.resources?.limits["cpu"]).map {
                Double(CPUShares.quota(milliCPU: $0.milliValue))
            }
        }
        writer.begin(MetricFamily("machine_cpu_cores", .gauge, "Logical processors of the machine."))
        writer.sample(UInt64(max(sysconf(Int32(_SC_NPROCESSORS_ONLN)), 1)))
        writer.begin(MetricFamily("machine_memory_bytes", .gauge, "Memory of the machine, in bytes."))
        writer.sample(MachineFacts.memory()["MemTotal"] ?? 0)
        writer.begin(MetricFamily("container_scrape_error", .gauge, "1 if there was an error, 0 otherwise."))
        writer.sample(UInt64(0))
    }
}

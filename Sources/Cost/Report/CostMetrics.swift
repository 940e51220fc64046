import KubeAPI
import Metrics

/// What nodes cost and who has them, under OpenCost's names, so that dashboards made for it work; and what requests to
/// models cost.
package struct CostMetrics: MetricCollector {
    private static let nodeLabels = ["instance", "node", "instance_type", "region", "provider_id", "arch"]
    private static let containerLabels = ["namespace", "pod", "container", "instance", "node"]
    private static let requestLabels = ["namespace", "team", "model", "version", "route", "tenant", "class"]

    private let books: CostBooks

    package init(_ books: CostBooks) { self.books = books }

    package func collect(into writer: inout MetricWriter) {
        let (ledger, now) = books.read { ($0, $1) }
        nodes(ledger.nodeFacts, &writer)
        pods(ledger.podFacts, &writer)
        requests(ledger.requests, &writer)
        hour(ledger, now, &writer)
        writer.begin(
            MetricFamily(
                "gantry_gpu_held_idle", .gauge,
                "GPUs held by a pod that serves a model and has had no request for long.",
                labels: ["namespace", "pod", "node"]))
        for (pod, _) in ledger.heldIdle(at: now) { writer.sample(pod.gpus, [pod.namespace, pod.name, pod.node]) }
    }

    private func nodes(_ nodes: [NodeFacts], _ writer: inout MetricWriter) {
        func gauge(_ name: String, _ help: String, _ value: (NodeFacts) -> Double) {
            writer.begin(MetricFamily(name, .gauge, help, labels: Self.nodeLabels))
            for node in nodes {
                writer.sample(
                    value(node),
                    [node.name, node.name, node.instanceType, node.region, node.provider, node.architecture])
            }
        }
        gauge("node_cpu_hourly_cost", "Hourly cost of each core of the node.") { $0.rate.coreHour }
        gauge("node_ram_hourly_cost", "Hourly cost of each GiB of memory of the node.") { $0.rate.gibHour }
        gauge("node_gpu_hourly_cost", "Hourly cost of each GPU of the node.") { $0.rate.gpuHour }
        gauge("node_gpu_count", "GPUs of the node.") { $0.gpus }
        gauge("node_total_hourly_cost", "Hourly cost of the node.") { $0.hour }
    }

    /// A pod's whole share under an empty container name: what it holds is counted for the pod.
    private func pods(_ pods: [PodFacts], _ writer: inout MetricWriter) {
        func gauge(_ name: String, _ help: String, _ value: (PodFacts) -> Double) {
            writer.begin(MetricFamily(name, .gauge, help, labels: Self.containerLabels))
            for pod in pods where value(pod) > 0 {
                writer.sample(value(pod), [pod.namespace, pod.name, "", pod.node, pod.node])
            }
        }
        gauge("container_cpu_allocation", "Cores that the pod holds.") { $0.cores }
        gauge("container_memory_allocation_bytes", "Bytes of memory that the pod holds.") { $0.gib * 1_073_741_824 }
        gauge("container_gpu_allocation", "GPUs that the pod holds.") { $0.gpus }
    }

    private func requests(_ requests: Periods.Bucket, _ writer: inout MetricWriter) {
        func counter(_ name: String, _ help: String, _ value: (Charge) -> Double) {
            writer.begin(MetricFamily(name, .counter, help, labels: Self.requestLabels))
            let all = requests.accounts.map { (Self.values($0.key), $0.value) }
            for (labels, charge) in all.sorted(by: { $0.0.lexicographicallyPrecedes($1.0) }) {
                writer.sample(value(charge), labels)
            }
        }
        counter("gantry_cost_requests_total", "Requests to models that were charged.") { Double($0.requests) }
        counter("gantry_cost_request_cost_total", "What requests to models cost, in the currency of the prices.") {
            $0.cost
        }
        counter("gantry_cost_request_gpu_seconds_total", "GPU-seconds that requests to models took.") { $0.gpuSeconds }
    }

    private static func values(_ account: Account) -> [String] {
        [
            account.namespace, account.team, account.model, account.version, account.route, account.tenant,
            account.routeClass,
        ]
    }

    private func hour(_ ledger: Ledger, _ now: Double, _ writer: inout MetricWriter) {
        var uses: [String: [String: Charge]] = [:]
        _ = ledger.periods.each(since: now - 3600) { account, charge in
            uses[account.use.rawValue, default: [:]][account.waste?.rawValue ?? "", default: Charge()] += charge
        }
        func gauge(_ name: String, _ help: String, _ value: (Charge) -> Double) {
            writer.begin(MetricFamily(name, .gauge, help, labels: ["use", "reason"]))
            for (use, reasons) in uses.sorted(by: { $0.key < $1.key }) {
                for (reason, charge) in reasons.sorted(by: { $0.key < $1.key }) {
                    writer.sample(value(charge), [use, reason])
                }
            }
        }
        gauge("gantry_cost_hour", "What was charged for the last hour.") { $0.cost }
        gauge("gantry_cost_hour_gpu_seconds", "GPU-seconds of the last hour.") { $0.gpuSeconds }
    }
}

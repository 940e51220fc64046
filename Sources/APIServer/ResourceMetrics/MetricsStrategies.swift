import KubeAPI
import Machinery

/// The columns of node metrics, as metrics-server has them.
struct NodeMetricsStrategy: Strategy {
    var columns: [TableColumn] { MetricsColumns.columns }

    func cells(_ metrics: NodeMetrics, now: Timestamp) -> [JSON] {
        let usage = metrics.usage
        return [
            .string(metrics.name), .string(usage["cpu"]?.description ?? ""),
            .string(usage["memory"]?.description ?? ""), metrics.json["window"] ?? "",
        ]
    }
}

/// The columns of pod metrics: what all containers of a pod use together.
struct PodMetricsStrategy: Strategy {
    var columns: [TableColumn] { MetricsColumns.columns }

    func cells(_ metrics: PodMetrics, now: Timestamp) -> [JSON] {
        func total(_ resource: String) -> [Quantity] { metrics.containers.compactMap { $0.usage[resource] } }
        let memory = total("memory").reduce(Int64(0)) { $0 + $1.value } / 1024
        let cpu = total("cpu").reduce(Int64(0)) { $0 + $1.milliValue }
        return [.string(metrics.name), .string("\(cpu)m"), .string("\(memory)Ki"), metrics.json["window"] ?? ""]
    }
}

private enum MetricsColumns {
    static let columns = [
        TableColumn.name, TableColumn("cpu", description: "Cores in use."),
        TableColumn("memory", description: "The working set."),
        TableColumn("Window", description: "How long was measured."),
    ]
}

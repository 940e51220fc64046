import KubeAPI
import Machinery

/// What machines cost: parts by the hour, or whole machines by type or label.
///
/// A machine's own price is divided among its GPUs, cores and memory in proportion to the prices of such parts, as
/// OpenCost does. The prices of parts that nobody sets are OpenCost's defaults, which are those of a public cloud.
package struct PriceSheet: Hashable, Sendable {
    package struct Machine: Hashable, Sendable {
        /// Labels that the node has to have, all of them.
        package var labels: [String: String]
        package var hour: Double

        package init(labels: [String: String], hour: Double) {
            self.labels = labels
            self.hour = hour
        }
    }

    package static let instanceTypeLabel = "node.kubernetes.io/instance-type"
    /// As of GPU feature discovery.
    package static let productLabel = "nvidia.com/gpu.product"

    package var currency = "USD"
    package var coreHour = 0.031611
    package var gibHour = 0.004237
    /// Of a GPU whose model has no price of its own.
    package var gpuHour = 0.95
    /// By the name that GPU feature discovery gives the model.
    package var gpus: [String: Double] = [:]
    /// The first that fits a node counts.
    package var machines: [Machine] = []

    package init() {}

    package func rate(labels: [String: String], gpus count: Double, cores: Double, gib: Double) -> NodeRate {
        let gpu = labels[Self.productLabel].flatMap { gpus[$0] } ?? gpuHour
        let parts = NodeRate(gpuHour: gpu, coreHour: coreHour, gibHour: gibHour)
        let machine = machines.first { machine in machine.labels.allSatisfy { labels[$0.key] == $0.value } }
        guard let machine else { return parts }
        let sum = parts.hour(gpus: count, cores: cores, gib: gib)
        guard sum > 0 else {
            // Parts without a price: the machine's is that of its cores.
            return NodeRate(gpuHour: 0, coreHour: cores > 0 ? machine.hour / cores : 0, gibHour: 0)
        }
        let factor = machine.hour / sum
        return NodeRate(
            gpuHour: parts.gpuHour * factor, coreHour: parts.coreHour * factor, gibHour: parts.gibHour * factor)
    }
}

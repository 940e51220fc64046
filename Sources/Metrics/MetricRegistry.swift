import Synchronization

/// All that can tell metrics, asked in the order of registration.
package final class MetricRegistry: Sendable {
    private let collectors = Mutex<[any MetricCollector]>([])

    package init() {}

    package func register(_ collector: any MetricCollector) {
        collectors.withLock { $0.append(collector) }
    }

    /// Everything as text.
    package func text(_ format: MetricFormat) -> [UInt8] {
        var writer = MetricWriter(format)
        for collector in collectors.withLock({ $0 }) { collector.collect(into: &writer) }
        writer.finish()
        return writer.bytes
    }
}

/// A counter for each set of labels.
package final class CounterVector<Key: MetricLabels>: MetricCollector {
    private let family: MetricFamily
    private let series: SeriesTable<Key, Counter>

    package init(_ family: MetricFamily, of _: Key.Type = LabelValues.self, capacity: Int = 64) {
        self.family = family
        series = SeriesTable(capacity: capacity) { Counter() }
    }

    package func counter(_ key: Key) -> Counter { series.cell(key) }

    package func collect(into writer: inout MetricWriter) {
        writer.begin(family)
        for (values, cell) in sorted(series.all, family) { writer.sample(cell.value, values) }
    }
}

/// A gauge for each set of labels.
package final class GaugeVector<Key: MetricLabels>: MetricCollector {
    private let family: MetricFamily
    private let series: SeriesTable<Key, Gauge>

    package init(_ family: MetricFamily, of _: Key.Type = LabelValues.self, capacity: Int = 64) {
        self.family = family
        series = SeriesTable(capacity: capacity) { Gauge() }
    }

    package func gauge(_ key: Key) -> Gauge { series.cell(key) }

    package func collect(into writer: inout MetricWriter) {
        writer.begin(family)
        for (values, cell) in sorted(series.all, family) { writer.sample(cell.value, values) }
    }
}

/// A histogram for each set of labels.
package final class HistogramVector<Key: MetricLabels>: MetricCollector {
    private let family: MetricFamily
    private let series: SeriesTable<Key, Histogram>

    package init(
        _ family: MetricFamily, _ buckets: HistogramBuckets, of _: Key.Type = LabelValues.self, capacity: Int = 64
    ) {
        self.family = family
        series = SeriesTable(capacity: capacity) { Histogram(buckets) }
    }

    package func histogram(_ key: Key) -> Histogram { series.cell(key) }

    package func collect(into writer: inout MetricWriter) {
        writer.begin(family)
        // Whoever measures often may have asked for a histogram before there is anything in it.
        for (values, cell) in sorted(series.all, family) where cell.count > 0 { writer.histogram(cell, values) }
    }
}

/// The series with their labels in an order that stays.
package func sorted<Key: MetricLabels, Cell>(
    _ series: [(key: Key?, cell: Cell)], _ family: MetricFamily
) -> [(values: [String], cell: Cell)] {
    let others = [String](repeating: "other", count: family.labels.count)
    return series.map { ($0.key?.values ?? others, $0.cell) }.sorted { $0.values.lexicographicallyPrecedes($1.values) }
}

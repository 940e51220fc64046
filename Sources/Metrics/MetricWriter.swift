/// In which text metrics are told.
package enum MetricFormat: Sendable, Hashable {
    /// Prometheus' text format, version 0.0.4.
    case prometheus
    /// OpenMetrics 1.0.0.
    case openMetrics

    /// What a client likes better by its `Accept` field.
    package init(accept: String) {
        let asks = accept.split(separator: ",").contains { clause in
            clause.split(separator: ";").first?.filter { $0 != " " } == "application/openmetrics-text"
        }
        self = asks ? .openMetrics : .prometheus
    }

    package var contentType: String {
        switch self {
        case .prometheus: "text/plain; version=0.0.4; charset=utf-8; escaping=underscores"
        case .openMetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=underscores"
        }
    }
}

/// Writes metrics as text, family by family.
package struct MetricWriter {
    private let format: MetricFormat
    private(set) var bytes: [UInt8] = []
    private var family = MetricFamily("", .gauge, "")

    init(_ format: MetricFormat) {
        self.format = format
        bytes.reserveCapacity(64 * 1024)
    }

    /// Begins a family; its samples follow.
    package mutating func begin(_ family: MetricFamily) {
        self.family = family
        // A counter's family goes without the ending of its samples in OpenMetrics.
        let name = format == .openMetrics && family.kind == .counter ? Self.withoutTotal(family.name) : family.name
        text("# HELP \(name) \(Self.escaped(family.help, quotes: false))\n# TYPE \(name) \(family.kind.rawValue)\n")
    }

    private static func withoutTotal(_ name: String) -> String {
        name.hasSuffix("_total") ? String(name.dropLast(6)) : name
    }

    package mutating func sample(_ value: UInt64, _ labels: [String] = []) { sample(String(value), labels) }
    package mutating func sample(_ value: Int64, _ labels: [String] = []) { sample(String(value), labels) }
    package mutating func sample(_ value: Double, _ labels: [String] = []) { sample(Self.number(value), labels) }

    private mutating func sample(_ value: String, _ labels: [String]) {
        let ending = format == .openMetrics && family.kind == .counter && !family.name.hasSuffix("_total")
        line(ending ? "_total" : "", labels, nil, value)
    }

    package mutating func histogram(_ histogram: Histogram, _ labels: [String] = []) {
        let (counts, total) = histogram.cumulative
        let bounds = histogram.buckets.bounds.map { Double($0) / histogram.buckets.scale }
        self.histogram(bounds: bounds, counts: counts, total: total, sum: histogram.sum, labels)
    }

    /// - Parameter counts: up to each bound.
    package mutating func histogram(
        bounds: [Double], counts: [UInt64], total: UInt64, sum: Double, _ labels: [String] = []
    ) {
        for (bound, count) in zip(bounds, counts) { line("_bucket", labels, Self.number(bound), String(count)) }
        line("_bucket", labels, "+Inf", String(total))
        line("_sum", labels, nil, Self.number(sum))
        line("_count", labels, nil, String(total))
    }

    private mutating func line(_ suffix: String, _ labels: [String], _ bound: String?, _ value: String) {
        text(family.name)
        text(suffix)
        if !labels.isEmpty || bound != nil {
            var isFirst = true
            for (name, value) in zip(family.labels, labels) {
                text(isFirst ? "{" : ",")
                isFirst = false
                text("\(name)=\"\(Self.escaped(value, quotes: true))\"")
            }
            if let bound { text("\(isFirst ? "{" : ",")le=\"\(bound)\"") }
            text("}")
        }
        text(" \(value)\n")
    }

    mutating func finish() {
        if format == .openMetrics { text("# EOF\n") }
    }

    private mutating func text(_ text: String) { bytes.append(contentsOf: text.utf8) }

    /// As Go writes numbers: whole ones without a fraction.
    private static func number(_ value: Double) -> String {
        if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
        return String(value)
    }

    private static func escaped(_ text: String, quotes: Bool) -> String {
        guard text.utf8.contains(where: { $0 == 0x5C || $0 == 0x0A || $0 == 0x22 }) else { return text }
        var result = ""
        for character in text.unicodeScalars {
            switch character {
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\"" where quotes: result += "\\\""
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }
}

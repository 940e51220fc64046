import Machinery

/// A `CostReport` for people, in the way of `kubectl get`.
package struct CostTable: Sendable {
    private let report: JSONObject

    package init(_ report: JSONObject) { self.report = report }

    package var text: String {
        let grouping = report.string("by") ?? ""
        var lines = [
            [
                grouping.uppercased(), "GPU-HOURS", "CPU-HOURS", "REQUESTS", "PER-REQUEST", "REQUEST", "POD", "WASTE",
                "IDLE", "COST",
            ]
        ]
        let rows = report.values("rows").compactMap(\.objectValue)
        lines += rows.map(Self.row)
        if rows.count != 1 { lines.append(total(rows)) }
        return Self.aligned(lines) + summary
    }

    private static func row(_ row: JSONObject) -> [String] {
        let requests = row.int64("requests") ?? 0
        return [
            row.string("name") ?? "", hours(row.double("gpuHours")), hours(row.double("coreHours")),
            requests == 0 ? "-" : String(requests), row.double("costPerRequest").map(money) ?? "-",
        ] + costs.map { money(row.double($0) ?? 0) }
    }

    private static let costs = ["requestCost", "podCost", "wasteCost", "idleCost", "cost"]

    private func total(_ rows: [JSONObject]) -> [String] {
        func sum(_ key: String) -> Double { rows.reduce(0) { $0 + ($1.double(key) ?? 0) } }
        let requests = sum("requests")
        return [
            "TOTAL", Self.hours(sum("gpuHours")), Self.hours(sum("coreHours")),
            requests == 0 ? "-" : "\(Int(requests))",
            requests == 0 ? "-" : Self.money(sum("requestCost") / requests),
        ] + Self.costs.map { Self.money(sum($0)) }
    }

    private var summary: String {
        let (price, charged) = (report.double("price") ?? 0, report.double("charged") ?? 0)
        let currency = report.string("currency") ?? ""
        let off = price > 0 ? abs(charged - price) / price * 100 : 0
        var text = "\n\(report.string("from") ?? "") to \(report.string("to") ?? ""): the nodes cost "
        text += "\(Self.money(price)) \(currency), charged \(Self.money(charged)) (off by \(Self.fixed(off, 3)) %)\n"
        for (reason, cost) in report["waste"]?.objectValue ?? JSONObject() where (cost.doubleValue ?? 0) > 0 {
            text += "wasted \(Self.money(cost.doubleValue ?? 0)): \(reason)\n"
        }
        for held in report.values("heldIdle").compactMap(\.objectValue) {
            text +=
                "held idle: \(Self.fixed(held.double("gpus") ?? 0, 0)) GPU by pod \(held.string("namespace") ?? "")/"
            text += "\(held.string("pod") ?? ""), without a request since \(held.string("since") ?? "")\n"
        }
        return text
    }

    // MARK: Form

    private static func hours(_ value: Double?) -> String { fixed(value ?? 0, 2) }

    /// Enough digits for a price of a request.
    static func money(_ value: Double) -> String { value == 0 ? "0" : fixed(value, abs(value) < 0.0995 ? 6 : 2) }

    private static func fixed(_ value: Double, _ digits: Int) -> String {
        var scale: Int64 = 1
        for _ in 0..<digits { scale *= 10 }
        let scaled = Int64((abs(value) * Double(scale)).rounded())
        let sign = value < 0 && scaled > 0 ? "-" : ""
        guard digits > 0 else { return "\(sign)\(scaled)" }
        let fraction = String(scaled % scale)
        return "\(sign)\(scaled / scale)." + String(repeating: "0", count: digits - fraction.count) + fraction
    }

    private static func aligned(_ lines: [[String]]) -> String {
        let columns = lines.first?.count ?? 0
        let widths = (0..<columns).map { column in lines.map { $0[column].count }.max() ?? 0 }
        return lines.map { line in
            line.indices.map { column in
                column == columns - 1
                    ? line[column]
                    : line[column] + String(repeating: " ", count: widths[column] - line[column].count + 3)
            }.joined() + "\n"
        }.joined()
    }
}

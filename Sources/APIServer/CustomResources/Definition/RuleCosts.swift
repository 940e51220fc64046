import CEL
import Machinery

/// Adds up what the rules of a schema may cost at worst.
struct RuleCosts {
    private var total: UInt64 = 0
    private var expensive: [(path: FieldPath, cost: UInt64)] = []

    /// Counts an expression; the error when it alone may cost too much.
    mutating func observe(
        _ cost: UInt64, _ cardinality: UInt64, _ path: FieldPath, _ what: String, isIgnored: Bool
    ) -> [FieldError] {
        let (product, overflows) = cost.multipliedReportingOverflow(by: cardinality)
        let worst = overflows ? .max : product
        let (sum, isTooMuch) = total.addingReportingOverflow(worst)
        total = isTooMuch ? .max : sum
        if worst >= CELLimits.staticCostPerCRD / 100 {
            expensive.append((path, worst))
            expensive.sort { $0.cost > $1.cost }
            if expensive.count > 4 { expensive.removeLast() }
        }
        guard !isIgnored, worst > CELLimits.staticCostPerRule else { return [] }
        return [.forbidden(path, Self.message(what, worst, CELLimits.staticCostPerRule))]
    }

    /// The errors of a schema whose rules may cost too much together.
    func errors(at path: FieldPath) -> [FieldError] {
        guard total > CELLimits.staticCostPerCRD else { return [] }
        return expensive.map {
            .forbidden(
                $0.path, "contributed to estimated rule cost total exceeding cost limit for entire OpenAPIv3 schema")
        } + [
            .forbidden(
                path,
                Self.message(
                    "x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema", total,
                    CELLimits.staticCostPerCRD))
        ]
    }

    private static func message(_ what: String, _ cost: UInt64, _ limit: UInt64) -> String {
        let factor = Double(cost) / Double(limit)
        let text: String
        if factor > 100 {
            text = "more than 100x"
        } else if factor < 1.5 {
            // More digits, so that it never reads 1.0x.
            text = "\(decimal(factor, places: 6))x"
        } else {
            text = "\(decimal(factor, places: 1))x"
        }
        return "\(what) exceeds budget by factor of \(text) (try simplifying the rule, or adding maxItems, "
            + "maxProperties, and maxLength where arrays, maps, and strings are declared)"
    }

    private static func decimal(_ value: Double, places: Int) -> String {
        let scale = (0..<places).reduce(1) { value, _ in value * 10 }
        let rounded = Int((value * Double(scale)).rounded(.toNearestOrEven))
        let fraction = String(rounded % scale + scale).dropFirst()
        return "\(rounded / scale).\(fraction)"
    }
}

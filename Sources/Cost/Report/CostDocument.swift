import Machinery

/// Answers questions about cost: `/gantry/v1/cost`, for whom a role lets get that path.
package struct CostDocument: Sendable {
    package static let path = "/gantry/v1/cost"

    private let books: CostBooks

    package init(_ books: CostBooks) { self.books = books }

    /// - Parameters:
    ///   - by: a property to group by; the namespace unless given.
    ///   - since: a Go duration back from now; all there is unless given.
    ///   - namespace: the only one to tell of.
    package func report(by: String?, since: String?, namespace: String?) throws(StatusError) -> JSONObject {
        guard let grouping = CostReport.Grouping(rawValue: by ?? CostReport.Grouping.namespace.rawValue) else {
            let known = CostReport.Grouping.allCases.map(\.rawValue).joined(separator: ", ")
            throw StatusError.badRequest("by: \(GoQuote.quote(by ?? "")) is none of \(known)")
        }
        var back: Duration?
        if let since {
            do throws(GoDurationError) {
                back = try GoDuration(parsing: since).duration
            } catch {
                throw StatusError.badRequest("since: \(error)")
            }
        }
        let prices = books.prices
        return books.read { [back] ledger, now in
            CostReport(ledger, prices: prices, by: grouping, since: back, namespace: namespace, now: now).json
        }
    }
}

import Machinery

/// What requests cost can be told by model, route, tenant and class.
enum CostGroupsCheck: Check {
    static let name = "CostGroups"
    static let area = Review.Area.cost
    static let risk = "nobody knows who spends the money"

    static let groupings = ["model", "route", "tenant", "class"]

    static func judge(_ picture: ReviewPicture) -> Judgement? {
        guard !picture.services.isEmpty else { return nil }
        var judgement = Judgement()
        for grouping in groupings {
            guard let report = picture.costs[grouping] else {
                judgement.problems.append("\(grouping): the books could not be read")
                continue
            }
            let rows = report.values("rows").compactMap(\.objectValue).filter { row in
                (row.int64("requests") ?? 0) > 0 && row.string("name")?.hasPrefix("__") == false
            }
            if rows.isEmpty {
                judgement.problems.append("\(grouping): no request was charged")
            } else {
                let names = rows.compactMap { $0.string("name") }.prefix(4).joined(separator: ", ")
                judgement.evidence.append("requests by \(grouping): \(names)")
            }
        }
        return judgement
    }
}

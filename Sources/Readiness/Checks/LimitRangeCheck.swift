import KubeAPI

/// Containers that say nothing of their needs get limits all the same.
enum LimitRangeCheck: Check {
    static let name = "LimitRange"
    static let area = Review.Area.scheduling
    static let risk = "the next pod that somebody adds has no limits"

    static func judge(_ picture: ReviewPicture) -> Judgement? {
        let ranges = picture.limitRanges.filter { range in
            range.spec.limits.contains { $0.type == "Container" && (!$0.default.isEmpty || !$0.max.isEmpty) }
        }
        guard !ranges.isEmpty else { return .fail("no LimitRange gives containers limits") }
        return Judgement(evidence: ranges.map { "limitrange/\($0.name) gives containers limits" })
    }
}

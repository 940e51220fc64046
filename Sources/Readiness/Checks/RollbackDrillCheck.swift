/// Going back was tried, under traffic.
enum RollbackDrillCheck: Check {
    static let name = "RollbackDrill"
    static let area = Review.Area.rollback
    static let risk = "nobody knows whether going back works"

    static func judge(_ picture: ReviewPicture) -> Judgement? {
        guard let drill = picture.drill else { return nil }
        let traffic = "\(drill.requests) requests meanwhile, \(drill.failed) failed"
        if let problem = drill.problem { return Judgement(problems: [problem, traffic] + drill.steps) }
        guard drill.failed == 0, drill.requests > 0 else { return Judgement(problems: [traffic] + drill.steps) }
        return Judgement(evidence: ["modelservice/\(drill.service): \(traffic)"] + drill.steps)
    }
}

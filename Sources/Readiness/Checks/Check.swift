/// A question of a launch review, answered from objects alone.
protocol Check: Sendable {
    /// As exceptions name it.
    static var name: String { get }
    static var area: Review.Area { get }
    /// What may happen where it fails.
    static var risk: String { get }
    /// Nil where there is nothing to be asked.
    static func judge(_ picture: ReviewPicture) -> Judgement?
}

/// The answer to a question, with what shows it.
struct Judgement: Hashable, Sendable {
    var problems: [String] = []
    var evidence: [String] = []

    init(problems: [String] = [], evidence: [String] = []) {
        self.problems = problems
        self.evidence = evidence
    }

    static func fail(_ problem: String) -> Judgement { Judgement(problems: [problem]) }
    static func pass(_ evidence: String...) -> Judgement { Judgement(evidence: evidence) }
}

/// All questions, the gravest first within each area.
enum Checks {
    static let all: [any Check.Type] = [
        PodSecurityCheck.self, NetworkPolicyCheck.self, ServiceAccountReachCheck.self, ServiceAccountTokenCheck.self,
        SecretOwnershipCheck.self, RequestsAndLimitsCheck.self, GPULimitsCheck.self, NodePlacementCheck.self,
        ResourceQuotaCheck.self, LimitRangeCheck.self, PreviousRevisionCheck.self, RollbackDrillCheck.self,
        SignalsCheck.self, CostGroupsCheck.self, OwnershipCheck.self, ObjectivesCheck.self,
    ]
}

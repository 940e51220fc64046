import KubeAPI
import Machinery

/// What a rollout's next step depends on, beside the status.
struct RolloutFacts: Sendable {
    var now: Timestamp
    /// The revision that the spec asks for.
    var wanted: Revision
    /// Ready replicas of the new revision, and how many it should have for the next step.
    var ready = 0
    var needed = 1
    /// What stands in the way of a replica that is not ready.
    var obstacle: String?
    /// What requests say about it, while it has a share of them.
    var verdict = RolloutJudge.Verdict.undecided("")
    var candidate = Figures()
    var baseline = Figures()
}

/// What happened to a rollout, for Events.
enum RolloutNews: Hashable, Sendable {
    case started(Revision)
    case stepped(Revision, percent: Int, String)
    case promoted(Revision)
    case rolledBack(Revision, reason: String, String)
    case superseded(Revision)

    var isWarning: Bool {
        switch self {
        case .rolledBack: true
        case .started, .stepped, .promoted, .superseded: false
        }
    }

    var reason: String {
        switch self {
        case .started: "RolloutStarted"
        case .stepped: "RolloutStep"
        case .promoted: "Promoted"
        case .rolledBack: "RolledBack"
        case .superseded: "Superseded"
        }
    }

    var message: String {
        switch self {
        case .started(let revision): "Version \(revision.version) (\(revision.name)) is started"
        case .stepped(let revision, let percent, let why):
            "Version \(revision.version) gets \(percent) % of the requests: \(why)"
        case .promoted(let revision): "Version \(revision.version) (\(revision.name)) serves all requests"
        case .rolledBack(let revision, _, let why): "Version \(revision.version) was rolled back: \(why)"
        case .superseded(let revision): "Version \(revision.version) was given up for another"
        }
    }
}

/// Moves a rollout on, in the status that it is kept in; does nothing else.
///
/// A version that nothing served before (the first one) has nobody to be compared with: it serves when it is ready.
struct RolloutMachine: Sendable {
    let rules: RolloutRules
    var status: ModelServiceStatus

    /// Takes at most one step.
    mutating func advance(_ facts: RolloutFacts) -> [RolloutNews] {
        guard status.currentRevision != facts.wanted.name else {
            // What is asked for serves already; whatever was on its way is not wanted any more.
            status.rolledBackRevision = nil
            return supersede(facts)
        }
        guard status.rolledBackRevision != facts.wanted.name else { return supersede(facts) }
        status.rolledBackRevision = nil
        guard let rollout = status.rollout, rollout.revision.name == facts.wanted.name else {
            let news = supersede(facts)
            status.rollout = RolloutStatus(facts.wanted, from: status.currentRevision, now: facts.now)
            status.candidateVersion = facts.wanted.version
            return news + [.started(facts.wanted)]
        }
        switch rollout.phase {
        case .starting: return start(rollout, facts)
        case .judging: return judge(rollout, facts)
        }
    }

    private mutating func start(_ rollout: RolloutStatus, _ facts: RolloutFacts) -> [RolloutNews] {
        guard facts.ready > 0 else {
            guard rollout.fromRevision != nil, facts.now - rollout.startedAt >= rules.progressDeadline else {
                return []
            }
            let obstacle = facts.obstacle.map { ": \($0)" } ?? ""
            return rollBack(
                rollout, facts, "NeverReady", "no replica was ready after \(text(rules.progressDeadline))\(obstacle)")
        }
        guard rollout.fromRevision != nil else { return promote(rollout, facts, "FirstVersion", "the first version") }
        return enter(step: 0, rollout, facts, "it is ready")
    }

    private mutating func judge(_ rollout: RolloutStatus, _ facts: RolloutFacts) -> [RolloutNews] {
        guard facts.ready > 0 else {
            let obstacle = facts.obstacle.map { ": \($0)" } ?? ""
            return rollBack(rollout, facts, "NotReady", "it has no ready replica any more\(obstacle)")
        }
        switch facts.verdict {
        case .undecided: return []
        case .breached(let why):
            let judged = rollout.adding("Breached", why, facts)
            return rollBack(judged, facts, "ObjectiveBreached", why)
        case .inconclusive(let why):
            let judged = rollout.adding("Inconclusive", why, facts)
            guard rules.advancesInconclusive else { return rollBack(judged, facts, "Inconclusive", why) }
            return pass(judged, facts, why)
        case .passed(let why):
            // The next share would be too much for the replicas that are there.
            let isLate = facts.now - (rollout.stepStartedAt ?? facts.now) >= rules.maximumStepDuration
            guard facts.ready >= facts.needed || isLate else { return [] }
            return pass(rollout.adding("Passed", why, facts), facts, why)
        }
    }

    private mutating func pass(_ rollout: RolloutStatus, _ facts: RolloutFacts, _ why: String) -> [RolloutNews] {
        guard rollout.step + 1 < rules.steps.count, rollout.percent < 100 else {
            return promote(rollout, facts, "Judged", why)
        }
        return enter(step: rollout.step + 1, rollout, facts, why)
    }

    private mutating func enter(
        step: Int, _ rollout: RolloutStatus, _ facts: RolloutFacts, _ why: String
    ) -> [RolloutNews] {
        var next = rollout
        next.phase = .judging
        next.step = step
        next.percent = rules.steps.indices.contains(step) ? rules.steps[step] : 100
        next.stepStartedAt = facts.now
        status.rollout = next
        return [.stepped(rollout.revision, percent: next.percent, why)]
    }

    private mutating func promote(
        _ rollout: RolloutStatus, _ facts: RolloutFacts, _ reason: String, _ message: String
    ) -> [RolloutNews] {
        finish(rollout, .promoted, reason, message, facts)
        status.currentRevision = rollout.revision.name
        status.currentVersion = rollout.revision.version
        return [.promoted(rollout.revision)]
    }

    private mutating func rollBack(
        _ rollout: RolloutStatus, _ facts: RolloutFacts, _ reason: String, _ message: String
    ) -> [RolloutNews] {
        finish(rollout, .rolledBack, reason, message, facts)
        status.rolledBackRevision = rollout.revision.name
        return [.rolledBack(rollout.revision, reason: reason, message)]
    }

    private mutating func supersede(_ facts: RolloutFacts) -> [RolloutNews] {
        guard let rollout = status.rollout else { return [] }
        finish(rollout, .superseded, "Superseded", "the spec asks for version \(facts.wanted.version)", facts)
        return [.superseded(rollout.revision)]
    }

    private mutating func finish(
        _ rollout: RolloutStatus, _ outcome: PastRollout.Outcome, _ reason: String, _ message: String,
        _ facts: RolloutFacts
    ) {
        status.remember(
            PastRollout(
                rollout, outcome, fromVersion: rollout.fromRevision == nil ? nil : status.currentVersion,
                reason: reason, message: message, now: facts.now))
        status.rollout = nil
        status.candidateVersion = nil
    }

    private func text(_ duration: Duration) -> String { Figures.time(duration / .seconds(1)) }
}

extension RolloutStatus {
    func adding(_ verdict: String, _ message: String, _ facts: RolloutFacts) -> RolloutStatus {
        var copy = self
        copy.steps.append(
            StepResult(
                percent: percent, verdict: verdict, message: message, candidate: facts.candidate,
                baseline: facts.baseline, now: facts.now))
        return copy
    }
}

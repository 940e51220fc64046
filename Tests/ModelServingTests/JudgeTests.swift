import Inference
import KubeAPI
import ModelServing
import Testing

@Suite("The judge of rollouts")
struct JudgeTests {
    private static func rules(_ change: (inout RolloutRules) -> Void = { _ in }) -> RolloutRules {
        var rules = RolloutRules()
        change(&rules)
        return rules
    }

    private static let objectives: Objectives = {
        var objectives = Objectives()
        objectives.timeToFirstToken = .seconds(1)
        objectives.errorRate = 0.01
        objectives.tokensPerSecond = 10
        return objectives
    }()

    private static func judge(
        _ candidate: SampleSet, _ baseline: SampleSet = SampleSet(), elapsed: Duration = .seconds(60),
        _ objectives: Objectives = objectives
    ) -> RolloutJudge.Verdict {
        RolloutJudge(objectives: objectives, rules: rules()).judge(
            candidate: candidate, baseline: baseline, elapsed: elapsed)
    }

    private static func isBreached(_ verdict: RolloutJudge.Verdict) -> Bool {
        if case .breached = verdict { return true }
        return false
    }

    private static func isPassed(_ verdict: RolloutJudge.Verdict) -> Bool {
        if case .passed = verdict { return true }
        return false
    }

    @Test("A version like the one before passes when the step's time is over, not before")
    func good() {
        var traffic = Traffic(seed: 1)
        let before = traffic.samples(2000, .init())
        let candidate = traffic.samples(200, .init())
        #expect(Self.isPassed(Self.judge(candidate, before)))
        guard case .undecided = Self.judge(candidate, before, elapsed: .seconds(59)) else {
            Issue.record("the step is not over")
            return
        }
    }

    @Test(
        "A bad version is found, whatever it is that is bad, and the verdict says what",
        arguments: [
            (Traffic.Quality(failures: 0.2), "requests failed"),
            (Traffic.Quality(failures: 1), "requests failed"),
            (Traffic.Quality(firstToken: 2), "time to first token"),
            (Traffic.Quality(rate: 8), "tokens per second"),
            (Traffic.Quality(refusals: 0.5), "refused by the model server"),
        ])
    func bad(_ quality: Traffic.Quality, _ what: String) {
        var traffic = Traffic(seed: 2)
        let before = traffic.samples(2000, .init())
        guard case .breached(let why) = Self.judge(traffic.samples(100, quality), before, elapsed: .seconds(5)) else {
            Issue.record("not found: \(quality)")
            return
        }
        #expect(why.contains(what), "\(why)")
    }

    @Test("Worse than the version before is a breach even within the objectives")
    func worseThanBefore() {
        var traffic = Traffic(seed: 3)
        var generous = Self.objectives
        generous.timeToFirstToken = .seconds(60)
        let before = traffic.samples(4000, .init(firstToken: 0.1))
        let slower = traffic.samples(400, .init(firstToken: 0.3))
        #expect(Self.isBreached(Self.judge(slower, before, generous)))
        #expect(!Self.isBreached(Self.judge(slower, SampleSet(), generous)))
    }

    @Test("A version before that is bad itself is no excuse for missing an objective")
    func badBefore() {
        var traffic = Traffic(seed: 4)
        let before = traffic.samples(2000, .init(failures: 0.3))
        #expect(Self.isBreached(Self.judge(traffic.samples(200, .init(failures: 0.3)), before)))
    }

    @Test("What requests cost on average is held to its objective", arguments: [(0.0009, false), (0.0012, true)])
    func cost(_ mean: Double, _ isTooMuch: Bool) {
        var objectives = Objectives()
        objectives.costPerRequest = 0.001
        var traffic = Traffic(seed: 7)
        let requests = (0..<400).map { _ in
            var request = traffic.request(.init())
            request.cost = mean * (0.5 + traffic.random())
            return request
        }
        let verdict = Self.judge(SampleSet(requests.compactMap(RequestSample.init)), SampleSet(), objectives)
        #expect(Self.isBreached(verdict) == isTooMuch)
    }

    @Test("Clients that leave before the first token count against it, if they had waited long enough")
    func abandoned() {
        func left(after seconds: Int) -> SampleSet {
            var request = InferenceRequest()
            request.outcome = .cancelled
            request.duration = .seconds(seconds)
            return SampleSet((0..<20).compactMap { _ in RequestSample(request) })
        }
        #expect(Self.isBreached(Self.judge(left(after: 30))))
        #expect(!Self.isBreached(Self.judge(left(after: 0))))
    }

    @Test(
        "Too few requests are waited for, and then say nothing",
        arguments: [(10, 60, false), (10, 1800, true), (0, 60, false), (0, 1800, true)])
    func fewSamples(_ count: Int, _ seconds: Int, _ isOver: Bool) {
        var traffic = Traffic(seed: 5)
        let verdict = Self.judge(
            traffic.samples(count, .init()), traffic.samples(1000, .init()), elapsed: .seconds(seconds))
        switch verdict {
        case .undecided: #expect(!isOver)
        case .inconclusive: #expect(isOver)
        case .passed, .breached: Issue.record("\(verdict)")
        }
    }

    @Test("A failure or two of a few requests are chance")
    func fewFailures() {
        var traffic = Traffic(seed: 6)
        var samples = (0..<40).map { _ in traffic.request(.init()) }
        samples[3].outcome = .failed
        let verdict = Self.judge(SampleSet(samples.compactMap(RequestSample.init)), traffic.samples(1000, .init()))
        #expect(!Self.isBreached(verdict))
    }

    @Test("What the gateway refused or put off does not count")
    func gatewayOnly() {
        var request = InferenceRequest()
        request.outcome = .refused
        #expect(RequestSample(request) == nil)
        request.outcome = .shed
        #expect(RequestSample(request) == nil)
    }

    /// Looks at a growing number of requests once a second, as the controller does, until there is a verdict.
    private static func course(
        _ candidate: Traffic.Quality, seed: UInt64, perSecond: Int = 5
    ) -> RolloutJudge.Verdict {
        var traffic = Traffic(seed: seed)
        var ours: [RequestSample] = []
        var theirs: [RequestSample] = []
        for second in 1...1800 {
            for _ in 0..<perSecond {
                ours += [RequestSample(traffic.request(candidate))].compactMap { $0 }
                theirs += [RequestSample(traffic.request(.init()))].compactMap { $0 }
            }
            let verdict = judge(SampleSet(ours), SampleSet(theirs), elapsed: .seconds(second))
            switch verdict {
            case .undecided: continue
            case .passed, .breached, .inconclusive: return verdict
            }
        }
        return .inconclusive("never")
    }

    @Test("Of two hundred steps of good versions, looked at every second, none is a breach")
    func noFalseAlarms() {
        let breaches = (0..<200).filter { Self.isBreached(Self.course(.init(), seed: 1000 + UInt64($0))) }
        #expect(breaches.isEmpty)
    }

    @Test(
        "Of forty steps of each kind of bad version, all are breaches",
        arguments: [
            Traffic.Quality(failures: 0.1), Traffic.Quality(firstToken: 0.6), Traffic.Quality(rate: 15),
            Traffic.Quality(refusals: 0.2),
        ])
    func noMisses(_ quality: Traffic.Quality) {
        let missed = (0..<40).filter { !Self.isBreached(Self.course(quality, seed: 5000 + UInt64($0))) }
        #expect(missed.isEmpty)
    }
}

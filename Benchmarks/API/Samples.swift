/// How long requests took, and what went wrong.
struct Samples {
    private var latencies: [Duration] = []
    private(set) var errors = 0
    private(set) var firstProblem: String?

    mutating func add(_ latency: Duration, _ problem: String?) {
        latencies.append(latency)
        guard let problem else { return }
        errors += 1
        firstProblem = firstProblem ?? problem
    }

    /// Requests that never came to an end have no latency.
    mutating func lose(_ count: Int, _ problem: String) {
        guard count > 0 else { return }
        errors += count
        firstProblem = firstProblem ?? problem
    }

    /// In milliseconds; nil where nothing was timed.
    func percentile(_ share: Double) -> Double? {
        guard !latencies.isEmpty else { return nil }
        let ordered = latencies.sorted()
        return ordered[min(ordered.count - 1, Int(Double(ordered.count) * share))] / .milliseconds(1)
    }
}

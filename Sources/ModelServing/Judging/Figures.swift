import Machinery

/// The figures of a version by which it is judged, as the status tells them.
package struct Figures: Hashable, Sendable {
    package var requests = 0
    package var failures = 0
    package var refusals = 0
    /// In seconds, as all times here.
    package var firstTokenP95: Double?
    package var queueWaitP95: Double?
    /// What 95 of 100 answers reach, in tokens a second.
    package var rateP5: Double?
    /// On average.
    package var cost: Double?
    /// Above what 95 of 100 would have been surprising to lie.
    package var firstTokenBound: Double?
    package var rateBound: Double?

    package init() {}

    package init(_ samples: SampleSet) {
        requests = samples.requests
        failures = samples.failures
        refusals = samples.refusals
        firstTokenP95 = Self.quantile(samples.firstTokens, 0.95)
        queueWaitP95 = Self.quantile(samples.queueWaits, 0.95)
        rateP5 = Self.quantile(samples.rates, 0.05)
        if !samples.costs.isEmpty { cost = samples.costs.reduce(0, +) / Double(samples.costs.count) }
        firstTokenBound = Self.bound(samples.firstTokens, 0.95)
        rateBound = Self.bound(samples.rates, 0.05)
    }

    /// The value of sorted ones below which a share of them lies; `nil` of none.
    static func quantile(_ sorted: [Double], _ share: Double) -> Double? {
        guard !sorted.isEmpty else { return nil }
        let rank = Int((Double(sorted.count) * share).rounded(.up))
        return sorted[min(max(rank, 1), sorted.count) - 1]
    }

    /// A bound that the true quantile of what the samples were drawn from hardly lies beyond: the order statistic that
    /// is 2.3 standard deviations farther out.
    static func bound(_ sorted: [Double], _ share: Double) -> Double? {
        guard !sorted.isEmpty else { return nil }
        let n = Double(sorted.count)
        let margin = 2.326 * (n * share * (1 - share)).squareRoot()
        let rank = share > 0.5 ? n * share + margin : n * share - margin
        return sorted[min(max(Int(rank.rounded(.up)), 1), sorted.count) - 1]
    }

    package var json: JSONObject {
        var json: JSONObject = ["requests": .int(Int64(requests)), "failures": .int(Int64(failures))]
        json.set("timeToFirstTokenP95", firstTokenP95.map(Self.time))
        json.set("queueWaitP95", queueWaitP95.map(Self.time))
        json.set("tokensPerSecondP5", rateP5.map(Self.number))
        json.set("costPerRequest", cost.map(Self.price))
        return json
    }

    static func time(_ seconds: Double) -> String {
        seconds < 1 ? "\(number(seconds * 1000))ms" : "\(number(seconds))s"
    }

    /// With at most two digits behind the point.
    static func number(_ value: Double) -> String {
        let rounded = (value * 100).rounded() / 100
        return rounded == rounded.rounded() && abs(rounded) < 1e15 ? String(Int64(rounded)) : String(rounded)
    }

    /// With six digits behind the point: what a request costs is a small part of anything.
    static func price(_ value: Double) -> String {
        let micros = (value * 1e6).rounded()
        guard micros < 1e15 else { return String(value) }
        let digits = String(Int64(micros) % 1_000_000)
        return "\(Int64(micros) / 1_000_000)." + String(repeating: "0", count: 6 - digits.count) + digits
    }

    static func percent(_ share: Double) -> String { number(share * 100) + "%" }
}

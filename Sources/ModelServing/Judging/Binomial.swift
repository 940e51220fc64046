import Glibc

/// How surprising a count is.
enum Binomial {
    /// The probability of `count` or more successes in `trials`, each with the probability `share`.
    static func tail(_ count: Int, of trials: Int, share: Double) -> Double {
        guard count > 0 else { return 1 }
        guard count <= trials, share > 0 else { return 0 }
        guard share < 1 else { return 1 }
        let n = Double(trials)
        // A count at or below what is expected surprises nobody.
        if Double(count) <= n * share { return 1 }
        var term = exp(
            lgamma(n + 1) - lgamma(Double(count) + 1) - lgamma(n - Double(count) + 1) + Double(count) * log(share)
                + (n - Double(count)) * log1p(-share))
        var sum = term
        var next = count
        // Behind the expected count each term is smaller than the one before, so the rest soon adds nothing.
        while next < trials, term > sum * 1e-12 {
            term *= (n - Double(next)) / Double(next + 1) * share / (1 - share)
            next += 1
            sum += term
        }
        return min(sum, 1)
    }

    /// The largest share that still explains a count (Wilson's bound, one-sided, 99 %).
    static func upperShare(_ count: Int, of trials: Int) -> Double {
        guard trials > 0 else { return 1 }
        let z = 2.326
        let n = Double(trials)
        let share = Double(count) / n
        let centre = share + z * z / (2 * n)
        let spread = z * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
        return min((centre + spread) / (1 + z * z / n), 1)
    }

    /// The probability that values with a true mean of `limit` have a mean as high as these (a normal tail).
    static func meanTail(_ values: [Double], above limit: Double) -> Double {
        let n = Double(values.count)
        guard n >= 20 else { return 1 }
        let mean = values.reduce(0, +) / n
        guard mean > limit else { return 1 }
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)
        guard variance > 0 else { return 0 }
        return 0.5 * erfc((mean - limit) / (variance / n).squareRoot() / 2.0.squareRoot())
    }
}

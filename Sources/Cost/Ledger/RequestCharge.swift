/// Charges requests for their share of a replica: what their pod was charged for that time is theirs instead.
///
/// The time is looked for from the end of the requests backwards, first in what was charged as unused since the pod's
/// last request, as it was in use after all.
struct RequestCharge {
    /// How far back: the longest that a request may take.
    static let reach = 3 * 3600.0

    let use: RequestUse
    let at: Double

    /// Returns the replica-seconds that the pod was not charged for.
    func charge(
        _ state: inout Ledger.PodState, _ periods: inout Periods, _ totals: inout Periods.Bucket
    ) -> Double {
        let facts = state.facts
        var sum = Charge()
        var left = use.seconds > 0 ? use.seconds : use.gpuSeconds / max(facts.gpus, 1)
        var isCounted = false
        for start in periods.starts(from: at - Self.reach, to: at + 1e-6) {
            guard left > 1e-9 || !isCounted else { break }
            periods.change(start) { bucket in
                var charge = Charge()
                if facts.gpus > 0 {
                    charge += takeGPUs(&left, &state, &bucket)
                } else {
                    charge += takeParts(left, facts, &bucket, &left)
                }
                if !isCounted {
                    charge.requests = use.requests
                    charge.inputTokens = use.inputTokens
                    charge.outputTokens = use.outputTokens
                    isCounted = true
                }
                guard charge != Charge() else { return }
                sum += charge
                bucket.add(charge, to: account(facts))
            }
        }
        totals.add(sum, to: account(facts))
        return max(0, left)
    }

    private func takeGPUs(
        _ left: inout Double, _ state: inout Ledger.PodState, _ bucket: inout Periods.Bucket
    ) -> Charge {
        let facts = state.facts
        let wanted = left * facts.gpus
        var taken = Charge()
        let unused = min(wanted, state.unused)
        taken += take(unused, facts.account(.waste, waste: .unused), &bucket)
        state.unused -= taken.gpuSeconds
        taken += take(wanted - taken.gpuSeconds, facts.account(.pod), &bucket)
        let seconds = taken.gpuSeconds / facts.gpus
        left -= seconds
        var ignored = 0.0
        taken += takeParts(seconds, facts, &bucket, &ignored)
        return taken
    }

    private func take(_ gpuSeconds: Double, _ account: Account, _ bucket: inout Periods.Bucket) -> Charge {
        guard gpuSeconds > 0 else { return Charge() }
        return bucket.change(account) { charge in
            guard charge.gpuSeconds > 0 else { return Charge() }
            return charge.take(gpu: min(1, gpuSeconds / charge.gpuSeconds), core: 0, memory: 0)
        } ?? Charge()
    }

    /// Processor and memory for the same time.
    private func takeParts(
        _ seconds: Double, _ facts: PodFacts, _ bucket: inout Periods.Bucket, _ left: inout Double
    ) -> Charge {
        let taken = bucket.change(facts.account(.pod)) { charge in
            func share(_ wanted: Double, _ there: Double) -> Double { there > 0 ? min(1, wanted / there) : 0 }
            return charge.take(
                gpu: 0, core: share(seconds * facts.cores, charge.coreSeconds),
                memory: share(seconds * facts.gib, charge.gibSeconds))
        }
        guard let taken else { return Charge() }
        let covered = max(
            facts.cores > 0 ? taken.coreSeconds / facts.cores : 0, facts.gib > 0 ? taken.gibSeconds / facts.gib : 0)
        left -= min(left, covered)
        return taken
    }

    private func account(_ facts: PodFacts) -> Account {
        var account = facts.account(.request)
        if account.model.isEmpty { account.model = Self.short(use.model) }
        if account.version.isEmpty { account.version = Self.short(use.version) }
        account.route = use.route
        account.tenant = Self.short(use.tenant)
        account.routeClass = Self.short(use.routeClass)
        return account
    }

    /// Clients may write what they like.
    private static func short(_ text: String) -> String { String(text.prefix(128)) }
}

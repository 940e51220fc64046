/// Charges all parts of a node for a piece of time in which nothing happened, within one period.
struct NodeCharge {
    let node: NodeFacts
    let from: Double
    let to: Double

    private var seconds: Double { to - from }

    func charge(_ holders: Set<String>, _ pods: inout [String: Ledger.PodState], _ periods: inout Periods) {
        // In an order that stays: what is added in another order is another number in its last digits.
        let states = holders.sorted().compactMap { pods[$0] }
        let gpus = scale(states, \.gpus, node.gpus)
        let cores = scale(states, \.cores, node.cores)
        let gib = scale(states, \.gib, node.gib)
        var unused: [String: Double] = [:]
        periods.change(from) { bucket in
            bucket.price += node.hour * seconds / 3600
            var held = (gpus: 0.0, cores: 0.0, gib: 0.0)
            for state in states {
                let facts = state.facts
                held.gpus += facts.gpus * gpus
                held.cores += facts.cores * cores
                held.gib += facts.gib * gib
                var charge = Charge()
                add(cores: facts.cores * cores, gib: facts.gib * gib, to: &charge)
                bucket.add(charge, to: facts.account(.pod))
                for (account, part) in split(state) where facts.gpus > 0 && part > 0 {
                    var charge = Charge()
                    add(gpus: facts.gpus * gpus, for: part, to: &charge)
                    bucket.add(charge, to: account)
                    if account.waste == .unused { unused[facts.uid] = charge.gpuSeconds }
                }
            }
            rest(held, &bucket)
        }
        for (uid, seconds) in unused { pods[uid]?.unused += seconds }
    }

    /// What nobody holds.
    private func rest(_ held: (gpus: Double, cores: Double, gib: Double), _ bucket: inout Periods.Bucket) {
        let free = max(0, node.gpus - held.gpus)
        let broken = min(free, max(0, node.gpus - node.healthyGPUs))
        if broken > 0 {
            var charge = Charge()
            add(gpus: broken, for: seconds, to: &charge)
            bucket.add(charge, to: Account(.waste, waste: .unhealthy))
        }
        var charge = Charge()
        add(gpus: free - broken, for: seconds, to: &charge)
        add(cores: max(0, node.cores - held.cores), gib: max(0, node.gib - held.gib), to: &charge)
        bucket.add(charge, to: Account(.idle))
    }

    /// The accounts of a pod's GPUs, and the seconds of each.
    private func split(_ state: Ledger.PodState) -> [(account: Account, seconds: Double)] {
        let facts = state.facts
        switch facts.phase {
        case .ended: return []
        case .idle(let waste): return [(facts.account(.waste, waste: waste), seconds)]
        case .ready:
            // Only pods that serve models work on requests alone.
            guard !facts.model.isEmpty else { return [(facts.account(.pod), seconds)] }
            let busy = min(max(state.lastUse + Ledger.idleGrace - from, 0), seconds)
            return [(facts.account(.pod), busy), (facts.account(.waste, waste: .unused), seconds - busy)]
        }
    }

    /// Pods that together ask for more than there is share what there is.
    private func scale(_ states: [Ledger.PodState], _ part: KeyPath<PodFacts, Double>, _ capacity: Double) -> Double {
        let asked = states.reduce(0) { $0 + $1.facts[keyPath: part] }
        return asked > capacity ? capacity / asked : 1
    }

    private func add(gpus: Double, for seconds: Double, to charge: inout Charge) {
        charge.gpuSeconds += gpus * seconds
        charge.gpuCost += gpus * seconds * node.rate.gpuHour / 3600
    }

    private func add(cores: Double, gib: Double, to charge: inout Charge) {
        charge.coreSeconds += cores * seconds
        charge.coreCost += cores * seconds * node.rate.coreHour / 3600
        charge.gibSeconds += gib * seconds
        charge.memoryCost += gib * seconds * node.rate.gibHour / 3600
    }
}

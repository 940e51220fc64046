/// Which pressures the node is under, and what it has to free next. No I/O: observations go in, a decision comes out.
package struct EvictionState: Sendable {
    /// How long a pressure is told of after it was last seen, so that pods do not come and go with every breath.
    package static let transitionPeriod = Duration.seconds(300)

    /// What is to be freed, and why.
    package struct Shortage: Hashable, Sendable {
        package let threshold: EvictionThreshold
        package let observation: EvictionObservation
    }

    private let thresholds: [EvictionThreshold]
    private var lastSeen: [NodePressure: Duration] = [:]
    /// Told of, whether or not they are there at this moment.
    package private(set) var pressures: Set<NodePressure> = []

    /// - Parameter thresholds: the most urgent first.
    package init(thresholds: [EvictionThreshold] = EvictionThreshold.standard) {
        self.thresholds = thresholds
    }

    /// Takes what was seen at a moment. What could not be observed is taken for plenty.
    ///
    /// - Returns: the most urgent shortage; `nil` when there is none.
    package mutating func observe(
        _ observations: [EvictionSignal: EvictionObservation], now: Duration
    ) -> Shortage? {
        let shortages = thresholds.compactMap { threshold in
            observations[threshold.signal].flatMap {
                threshold.isMet(by: $0) ? Shortage(threshold: threshold, observation: $0) : nil
            }
        }
        for shortage in shortages { lastSeen[shortage.threshold.signal.pressure] = now }
        lastSeen = lastSeen.filter { now - $0.value < Self.transitionPeriod }
        pressures = Set(lastSeen.keys)
        return shortages.first
    }
}

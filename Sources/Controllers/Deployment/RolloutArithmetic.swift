import KubeAPI
import Machinery

/// The numbers of a rollout, apart from any object: how far replica counts may go up and down.
package struct RolloutArithmetic: Hashable, Sendable {
    /// Pods asked for.
    package let replicas: Int
    /// Pods allowed above `replicas`.
    package let maxSurge: Int
    /// Pods that may be unavailable below `replicas`.
    package let maxUnavailable: Int
    package let isRolling: Bool

    package init(replicas: Int, maxSurge: Int, maxUnavailable: Int, isRolling: Bool = true) {
        self.replicas = replicas
        self.maxSurge = maxSurge
        self.maxUnavailable = maxUnavailable
        self.isRolling = isRolling
    }

    /// Resolves percentages: surge rounds up, unavailability down, and both may not be zero.
    package init(_ spec: DeploymentSpec) throws(IntOrStringError) {
        let replicas = Int(spec.replicas ?? 1)
        guard spec.strategy?.type != "Recreate" else {
            self.init(replicas: replicas, maxSurge: 0, maxUnavailable: 0, isRolling: false)
            return
        }
        let rolling = spec.strategy?.rollingUpdate
        let surge = try (rolling?.maxSurge ?? "25%").scaled(total: replicas, roundUp: true)
        var unavailable = try (rolling?.maxUnavailable ?? "25%").scaled(total: replicas, roundUp: false)
        if surge == 0, unavailable == 0 { unavailable = 1 }
        self.init(replicas: replicas, maxSurge: surge, maxUnavailable: min(unavailable, replicas))
    }

    /// The most pods of all revisions together.
    package var maximumTotal: Int { replicas + maxSurge }
    package var minimumAvailable: Int { replicas - maxUnavailable }

    /// The size the newest ReplicaSet may take next.
    package func newReplicas(current: Int, totalOfAll: Int) -> Int {
        guard isRolling else { return replicas }
        guard totalOfAll < maximumTotal else { return current }
        return current + max(min(maximumTotal - totalOfAll, replicas - current), 0)
    }

    /// How many old pods may go at once, by the sizes asked for.
    package func removableOldPods(totalOfAll: Int, newReplicas: Int, newAvailable: Int) -> Int {
        max(totalOfAll - minimumAvailable - max(newReplicas - newAvailable, 0), 0)
    }

    /// How many available old pods may go, by what is available now.
    package func removableAvailablePods(available: Int) -> Int {
        max(available - minimumAvailable, 0)
    }

    /// The new sizes of several ReplicaSets when the Deployment is resized in the middle of a rollout: each changes in
    /// proportion to its size, rounding errors fall to the first.
    ///
    /// - Parameter sets: sizes in the order of precedence, with the `max-replicas` each was last scaled under.
    package func proportionalSizes(_ sets: [(replicas: Int, maxReplicas: Int)]) -> [Int] {
        let total = sets.reduce(0) { $0 + $1.replicas }
        let allowed = replicas > 0 ? maximumTotal : 0
        let toAdd = allowed - total
        guard toAdd != 0 else { return sets.map(\.replicas) }
        var added = 0
        var sizes: [Int] = []
        for set in sets {
            let share = proportion(of: set, toAdd: toAdd, added: added)
            added += share
            sizes.append(set.replicas + share)
        }
        if !sizes.isEmpty { sizes[0] = max(sizes[0] + toAdd - added, 0) }
        return sizes
    }

    private func proportion(of set: (replicas: Int, maxReplicas: Int), toAdd: Int, added: Int) -> Int {
        guard set.replicas != 0, toAdd != added else { return 0 }
        let fraction = fraction(of: set)
        let left = toAdd - added
        return toAdd > 0 ? min(fraction, left) : max(fraction, left)
    }

    private func fraction(of set: (replicas: Int, maxReplicas: Int)) -> Int {
        guard replicas > 0 else { return -set.replicas }
        guard set.maxReplicas > 0 else { return 0 }
        let size = (Double(set.replicas) * Double(maximumTotal) / Double(set.maxReplicas)).rounded()
        return Int(size) - set.replicas
    }
}

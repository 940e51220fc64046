/// What was used and what it cost.
package struct Charge: Codable, Hashable, Sendable {
    package var gpuSeconds = 0.0
    package var coreSeconds = 0.0
    package var gibSeconds = 0.0
    package var gpuCost = 0.0
    package var coreCost = 0.0
    package var memoryCost = 0.0
    package var requests = 0
    package var inputTokens = 0
    package var outputTokens = 0

    package init() {}

    package var cost: Double { gpuCost + coreCost + memoryCost }

    package static func += (left: inout Charge, right: Charge) {
        left.gpuSeconds += right.gpuSeconds
        left.coreSeconds += right.coreSeconds
        left.gibSeconds += right.gibSeconds
        left.gpuCost += right.gpuCost
        left.coreCost += right.coreCost
        left.memoryCost += right.memoryCost
        left.requests += right.requests
        left.inputTokens += right.inputTokens
        left.outputTokens += right.outputTokens
    }

    /// Takes a share of the time and cost of GPUs, and of processor and memory, away.
    mutating func take(gpu: Double, core: Double, memory: Double) -> Charge {
        var taken = Charge()
        taken.gpuSeconds = gpuSeconds * gpu
        taken.gpuCost = gpuCost * gpu
        taken.coreSeconds = coreSeconds * core
        taken.coreCost = coreCost * core
        taken.gibSeconds = gibSeconds * memory
        taken.memoryCost = memoryCost * memory
        gpuSeconds -= taken.gpuSeconds
        gpuCost -= taken.gpuCost
        coreSeconds -= taken.coreSeconds
        coreCost -= taken.coreCost
        gibSeconds -= taken.gibSeconds
        memoryCost -= taken.memoryCost
        return taken
    }
}

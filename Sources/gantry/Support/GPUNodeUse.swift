import ArgumentParser

/// What a node with GPUs is for.
enum GPUNodeUse: String, ExpressibleByArgument, CaseIterable {
    case dedicated
    case shared
}

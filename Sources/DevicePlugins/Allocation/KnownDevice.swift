/// A device as its driver last told of it.
struct KnownDevice: Hashable, Sendable {
    var isHealthy: Bool
    /// The memory domains it is near to, smallest first; empty where the driver does not say.
    var numaNodes: [Int64] = []
}

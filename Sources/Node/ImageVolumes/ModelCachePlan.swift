/// Which images of volumes go when they take more than they may.
package struct ModelCachePlan: Hashable, Sendable {
    package struct Image: Hashable, Sendable {
        package var id: String
        package var bytes: Int64
        /// In microseconds since 1970.
        package var lastUsed: Int64
        /// Whether it stays, whatever its age: a pod has it, or somebody pinned it.
        package var isHeld: Bool

        package init(id: String, bytes: Int64, lastUsed: Int64, isHeld: Bool) {
            self.id = id
            self.bytes = bytes
            self.lastUsed = lastUsed
            self.isHeld = isHeld
        }
    }

    /// Those to remove, the one that was used longest ago first.
    package private(set) var evicted: [Image] = []
    /// By how much what stays is above the limit.
    package private(set) var excess: Int64

    /// - Parameter limit: in bytes.
    package init(_ images: [Image], limit: Int64) {
        excess = images.reduce(-limit) { $0 + $1.bytes }
        let candidates = images.filter { !$0.isHeld }.sorted { ($0.lastUsed, $0.id) < ($1.lastUsed, $1.id) }
        for image in candidates where excess > 0 {
            evicted.append(image)
            excess -= image.bytes
        }
        excess = max(excess, 0)
    }
}

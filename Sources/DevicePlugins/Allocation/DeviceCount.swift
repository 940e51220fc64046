/// How many devices of a resource a node has.
package struct DeviceCount: Hashable, Sendable {
    /// All that the driver told of.
    package var capacity: Int
    /// Those that are healthy.
    package var allocatable: Int

    package init(capacity: Int, allocatable: Int) {
        self.capacity = capacity
        self.allocatable = allocatable
    }
}

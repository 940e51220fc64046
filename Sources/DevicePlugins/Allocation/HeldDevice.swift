/// A device in the hands of a container, or free for one.
package struct HeldDevice: Hashable, Sendable {
    package var resource: String
    package var device: String
    package var health: DeviceHealth
    /// The memory domains it is near to; empty where the driver does not say.
    package var numaNodes: [Int64]
}

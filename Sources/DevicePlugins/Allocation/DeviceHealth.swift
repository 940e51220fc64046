/// How a device is, in the words of a container's status (KEP-4680).
package enum DeviceHealth: String, Hashable, Sendable {
    case healthy = "Healthy"
    /// Its driver says so.
    case unhealthy = "Unhealthy"
    /// Its driver is away.
    case unknown = "Unknown"
}

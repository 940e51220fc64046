/// The devices that a container has of one resource, and what its driver wants done to the container for them.
package struct DeviceGrant: Hashable, Sendable {
    package var resource: String
    /// In the order of their names.
    package var devices: [String]
    package var isPassedOn: Bool
    /// What the driver answered; nil until it has.
    package var response: DevicePluginV1beta1.ContainerAllocateResponse?
}

/// Why a pod cannot have its devices here.
package struct DeviceShortage: Error, Hashable, Sendable, CustomStringConvertible {
    package var resource: String
    package var requested: Int
    package var available: Int

    package init(resource: String, requested: Int, available: Int) {
        self.resource = resource
        self.requested = requested
        self.available = available
    }

    /// As the kubelet words it.
    package var description: String {
        "Allocate failed due to requested number of devices unavailable for \(resource). Requested: \(requested), "
            + "Available: \(available), which is unexpected"
    }
}

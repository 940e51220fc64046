import HTTPCore

/// What a driver of devices does, without the protocol: `DevicePluginServer` speaks that.
package protocol DeviceDriver: Sendable {
    /// Such as `nvidia.com/gpu`.
    var resource: String { get }
    /// Which of the optional calls the agent shall make.
    var options: DevicePluginV1beta1.DevicePluginOptions { get }

    /// What a container needs to use these devices.
    func allocate(_ devices: [String]) async throws(GRPCError) -> DevicePluginV1beta1.ContainerAllocateResponse

    /// The devices to take of those that are available; none leaves it to the agent.
    func preferred(
        _ request: DevicePluginV1beta1.ContainerPreferredAllocationRequest
    ) async throws(GRPCError) -> [String]

    /// A container is about to start with these devices.
    func preStart(_ devices: [String]) async throws(GRPCError)
}

extension DeviceDriver {
    /// Answers and errors of a driver that was told of a device that it does not have.
    package static func unknown(_ device: String) -> GRPCError {
        GRPCError(.invalidArgument, "there is no device \(device)")
    }
}

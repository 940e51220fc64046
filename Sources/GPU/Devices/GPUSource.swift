import DevicePlugins
import HTTPCore

/// Where GPUs come from: a driver's library, or imagination.
package protocol GPUSource: Sendable {
    var devices: [GPUDevice] { get }

    /// Whether work can be given to it.
    func isHealthy(_ device: GPUDevice) -> Bool

    /// - Parameter isHeld: whether a container has it.
    func reading(_ device: GPUDevice, isHeld: Bool) -> GPUReading

    /// What a container needs to use them: device files, libraries, variables. Returns when the GPUs are ready.
    func access(_ devices: [GPUDevice]) async throws(GRPCError) -> DevicePluginV1beta1.ContainerAllocateResponse

    /// Calls `changed` whenever the health of a device may have changed, until cancelled.
    func watch(_ changed: @Sendable () -> Void) async throws
}

/// Names that the device plugin interface fixes.
package enum DevicePluginProtocol {
    package static let version = "v1beta1"
    /// Where drivers look for the agent, unless told otherwise; the kubelet's folder.
    package static let standardFolder = "/var/lib/kubelet/device-plugins"
    /// The agent's socket in that folder.
    package static let agentSocket = "kubelet.sock"
    package static let register = "/v1beta1.Registration/Register"
    package static let listAndWatch = "/v1beta1.DevicePlugin/ListAndWatch"
    package static let options = "/v1beta1.DevicePlugin/GetDevicePluginOptions"
    package static let preferredAllocation = "/v1beta1.DevicePlugin/GetPreferredAllocation"
    package static let allocate = "/v1beta1.DevicePlugin/Allocate"
    package static let preStart = "/v1beta1.DevicePlugin/PreStartContainer"
    package static let healthy = "Healthy"
    package static let unhealthy = "Unhealthy"
}

// Generated from Sources/KubeSchemas by SchemaGenerator; scripts/generate writes it anew.
// swift-format-ignore-file

import KubeSchemas
import Machinery

extension DevicePluginV1beta1 {
package struct Empty: MessageView {
    package static let schema = MessageSchemas.devicePluginV1beta1.message("Empty")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
}
package struct DevicePluginOptions: MessageView {
    package static let schema = MessageSchemas.devicePluginV1beta1.message("DevicePluginOptions")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var getPreferredAllocationAvailable: Bool { get { json.bool("getPreferredAllocationAvailable") ?? false } set { json.set("getPreferredAllocationAvailable", Optional(newValue)) } }
    package var preStartRequired: Bool { get { json.bool("preStartRequired") ?? false } set { json.set("preStartRequired", Optional(newValue)) } }
}
package struct RegisterRequest: MessageView {
    package static let schema = MessageSchemas.devicePluginV1beta1.message("RegisterRequest")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    /// The name of the plugin's socket, in the folder of the agent's.
    package var endpoint: String { get { json.string("endpoint") ?? "" } set { json.set("endpoint", Optional(newValue)) } }
    package var options: DevicePluginOptions? { get { json.view("options") } set { json.set("options", newValue) } }
    package var resourceName: String { get { json.string("resourceName") ?? "" } set { json.set("resourceName", Optional(newValue)) } }
    package var version: String { get { json.string("version") ?? "" } set { json.set("version", Optional(newValue)) } }
}
package struct ListAndWatchResponse: MessageView {
    package static let schema = MessageSchemas.devicePluginV1beta1.message("ListAndWatchResponse")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var devices: [Device] { get { json.views("devices") } set { json.set("devices", newValue) } }
}
package struct NUMANode: MessageView {
    package static let schema = MessageSchemas.devicePluginV1beta1.message("NUMANode")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var id: Int64 { get { json.int64("id") ?? 0 } set { json.set("id", Optional(newValue)) } }
}
package struct TopologyInfo: MessageView {
    package static let schema = MessageSchemas.devicePluginV1beta1.message("TopologyInfo")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var nodes: [NUMANode] { get { json.views("nodes") } set { json.set("nodes", newValue) } }
}
package struct Device: MessageView {
    package static let schema = MessageSchemas.devicePluginV1beta1.message("Device")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    /// `Healthy` or `Unhealthy`.
    package var health: String { get { json.string("health") ?? "" } set { json.set("health", Optional(newValue)) } }
    package var id: String { get { json.string("id") ?? "" } set { json.set("id", Optional(newValue)) } }
    package var topology: TopologyInfo? { get { json.view("topology") } set { json.set("topology", newValue) } }
}
package struct PreferredAllocationRequest: MessageView {
    package static let schema = MessageSchemas.devicePluginV1beta1.message("PreferredAllocationRequest")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var containerRequests: [ContainerPreferredAllocationRequest] { get { json.views("containerRequests") } set { json.set("containerRequests", newValue) } }
}
package struct ContainerPreferredAllocationRequest: MessageView {
    package static let schema = MessageSchemas.devicePluginV1beta1.message("ContainerPreferredAllocationRequest")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var allocationSize: Int32 { get { json.int32("allocationSize") ?? 0 } set { json.set("allocationSize", Optional(newValue)) } }
    package var availableDeviceIDs: [String] { get { json.strings("availableDeviceIDs") } set { json.set("availableDeviceIDs", newValue) } }
    package var mustIncludeDeviceIDs: [String] { get { json.strings("mustIncludeDeviceIDs") } set { json.set("mustIncludeDeviceIDs", newValue) } }
}
package struct PreferredAllocationResponse: MessageView {
    package static let schema = MessageSchemas.devicePluginV1beta1.message("PreferredAllocationResponse")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var containerResponses: [ContainerPreferredAllocationResponse] { get { json.views("containerResponses") } set { json.set("containerResponses", newValue) } }
}
package struct ContainerPreferredAllocationResponse: MessageView {
    package static let schema = MessageSchemas.devicePluginV1beta1.message("ContainerPreferredAllocationResponse")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var deviceIDs: [String] { get { json.strings("deviceIDs") } set { json.set("deviceIDs", newValue) } }
}
package struct AllocateRequest: MessageView {
    package static let schema = MessageSchemas.devicePluginV1beta1.message("AllocateRequest")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var containerRequests: [ContainerAllocateRequest] { get { json.views("containerRequests") } set { json.set("containerRequests", newValue) } }
}
package struct ContainerAllocateRequest: MessageView {
    package static let schema = MessageSchemas.devicePluginV1beta1.message("ContainerAllocateRequest")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var devicesIDs: [String] { get { json.strings("devicesIDs") } set { json.set("devicesIDs", newValue) } }
}
package struct AllocateResponse: MessageView {
    package static let schema = MessageSchemas.devicePluginV1beta1.message("AllocateResponse")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var containerResponses: [ContainerAllocateResponse] { get { json.views("containerResponses") } set { json.set("containerResponses", newValue) } }
}
package struct ContainerAllocateResponse: MessageView {
    package static let schema = MessageSchemas.devicePluginV1beta1.message("ContainerAllocateResponse")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var annotations: [String: String] { get { json.stringMap("annotations") } set { json.set("annotations", newValue) } }
    package var cdiDevices: [CDIDevice] { get { json.views("cdiDevices") } set { json.set("cdiDevices", newValue) } }
    package var devices: [DeviceSpec] { get { json.views("devices") } set { json.set("devices", newValue) } }
    package var envs: [String: String] { get { json.stringMap("envs") } set { json.set("envs", newValue) } }
    package var mounts: [Mount] { get { json.views("mounts") } set { json.set("mounts", newValue) } }
}
package struct Mount: MessageView {
    package static let schema = MessageSchemas.devicePluginV1beta1.message("Mount")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var containerPath: String { get { json.string("containerPath") ?? "" } set { json.set("containerPath", Optional(newValue)) } }
    package var hostPath: String { get { json.string("hostPath") ?? "" } set { json.set("hostPath", Optional(newValue)) } }
    package var readOnly: Bool { get { json.bool("readOnly") ?? false } set { json.set("readOnly", Optional(newValue)) } }
}
package struct DeviceSpec: MessageView {
    package static let schema = MessageSchemas.devicePluginV1beta1.message("DeviceSpec")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var containerPath: String { get { json.string("containerPath") ?? "" } set { json.set("containerPath", Optional(newValue)) } }
    package var hostPath: String { get { json.string("hostPath") ?? "" } set { json.set("hostPath", Optional(newValue)) } }
    /// Of r, w and m.
    package var permissions: String { get { json.string("permissions") ?? "" } set { json.set("permissions", Optional(newValue)) } }
}
package struct CDIDevice: MessageView {
    package static let schema = MessageSchemas.devicePluginV1beta1.message("CDIDevice")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
}
package struct PreStartContainerRequest: MessageView {
    package static let schema = MessageSchemas.devicePluginV1beta1.message("PreStartContainerRequest")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var devicesIDs: [String] { get { json.strings("devicesIDs") } set { json.set("devicesIDs", newValue) } }
}
package struct PreStartContainerResponse: MessageView {
    package static let schema = MessageSchemas.devicePluginV1beta1.message("PreStartContainerResponse")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
}
}

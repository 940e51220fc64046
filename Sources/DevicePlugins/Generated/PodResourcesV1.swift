// Generated from Sources/KubeSchemas by SchemaGenerator; scripts/generate writes it anew.
// swift-format-ignore-file

import KubeSchemas
import Machinery

extension PodResourcesV1 {
package struct ListPodResourcesRequest: MessageView {
    package static let schema = MessageSchemas.podResourcesV1.message("ListPodResourcesRequest")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
}
package struct ListPodResourcesResponse: MessageView {
    package static let schema = MessageSchemas.podResourcesV1.message("ListPodResourcesResponse")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var podResources: [PodResources] { get { json.views("podResources") } set { json.set("podResources", newValue) } }
}
package struct AllocatableResourcesRequest: MessageView {
    package static let schema = MessageSchemas.podResourcesV1.message("AllocatableResourcesRequest")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
}
package struct AllocatableResourcesResponse: MessageView {
    package static let schema = MessageSchemas.podResourcesV1.message("AllocatableResourcesResponse")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var devices: [ContainerDevices] { get { json.views("devices") } set { json.set("devices", newValue) } }
}
package struct GetPodResourcesRequest: MessageView {
    package static let schema = MessageSchemas.podResourcesV1.message("GetPodResourcesRequest")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var podName: String { get { json.string("podName") ?? "" } set { json.set("podName", Optional(newValue)) } }
    package var podNamespace: String { get { json.string("podNamespace") ?? "" } set { json.set("podNamespace", Optional(newValue)) } }
}
package struct GetPodResourcesResponse: MessageView {
    package static let schema = MessageSchemas.podResourcesV1.message("GetPodResourcesResponse")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var podResources: PodResources? { get { json.view("podResources") } set { json.set("podResources", newValue) } }
}
package struct PodResources: MessageView {
    package static let schema = MessageSchemas.podResourcesV1.message("PodResources")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var containers: [ContainerResources] { get { json.views("containers") } set { json.set("containers", newValue) } }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
    package var namespace: String { get { json.string("namespace") ?? "" } set { json.set("namespace", Optional(newValue)) } }
}
package struct ContainerResources: MessageView {
    package static let schema = MessageSchemas.podResourcesV1.message("ContainerResources")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var devices: [ContainerDevices] { get { json.views("devices") } set { json.set("devices", newValue) } }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
}
package struct ContainerDevices: MessageView {
    package static let schema = MessageSchemas.podResourcesV1.message("ContainerDevices")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var deviceIDs: [String] { get { json.strings("deviceIDs") } set { json.set("deviceIDs", newValue) } }
    package var resourceName: String { get { json.string("resourceName") ?? "" } set { json.set("resourceName", Optional(newValue)) } }
    package var topology: TopologyInfo? { get { json.view("topology") } set { json.set("topology", newValue) } }
}
package struct TopologyInfo: MessageView {
    package static let schema = MessageSchemas.podResourcesV1.message("TopologyInfo")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var nodes: [NUMANode] { get { json.views("nodes") } set { json.set("nodes", newValue) } }
}
package struct NUMANode: MessageView {
    package static let schema = MessageSchemas.podResourcesV1.message("NUMANode")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var id: Int64 { get { json.int64("id") ?? 0 } set { json.set("id", Optional(newValue)) } }
}
}

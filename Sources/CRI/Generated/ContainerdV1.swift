// Generated from Sources/KubeSchemas by SchemaGenerator; scripts/generate writes it anew.
// swift-format-ignore-file

import KubeSchemas
import Machinery

extension ContainerdV1 {
package struct SubscribeRequest: MessageView {
    package static let schema = MessageSchemas.containerdV1.message("SubscribeRequest")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var filters: [String] { get { json.strings("filters") } set { json.set("filters", newValue) } }
}
package struct TypedEvent: MessageView {
    package static let schema = MessageSchemas.containerdV1.message("TypedEvent")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var typeUrl: String { get { json.string("typeUrl") ?? "" } set { json.set("typeUrl", Optional(newValue)) } }
    package var value: String { get { json.string("value") ?? "" } set { json.set("value", Optional(newValue)) } }
}
package struct Envelope: MessageView {
    package static let schema = MessageSchemas.containerdV1.message("Envelope")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var event: TypedEvent? { get { json.view("event") } set { json.set("event", newValue) } }
    package var namespace: String { get { json.string("namespace") ?? "" } set { json.set("namespace", Optional(newValue)) } }
    package var topic: String { get { json.string("topic") ?? "" } set { json.set("topic", Optional(newValue)) } }
}
package struct TaskDelete: MessageView {
    package static let schema = MessageSchemas.containerdV1.message("TaskDelete")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var containerId: String { get { json.string("containerId") ?? "" } set { json.set("containerId", Optional(newValue)) } }
    package var exitStatus: Int64 { get { json.int64("exitStatus") ?? 0 } set { json.set("exitStatus", Optional(newValue)) } }
    package var id: String { get { json.string("id") ?? "" } set { json.set("id", Optional(newValue)) } }
    package var pid: Int64 { get { json.int64("pid") ?? 0 } set { json.set("pid", Optional(newValue)) } }
}
package struct ImageEvent: MessageView {
    package static let schema = MessageSchemas.containerdV1.message("ImageEvent")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
}
}

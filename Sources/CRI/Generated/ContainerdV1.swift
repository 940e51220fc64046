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
package struct Empty: MessageView {
    package static let schema = MessageSchemas.containerdV1.message("Empty")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
}
package struct Mount: MessageView {
    package static let schema = MessageSchemas.containerdV1.message("Mount")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var options: [String] { get { json.strings("options") } set { json.set("options", newValue) } }
    package var source: String { get { json.string("source") ?? "" } set { json.set("source", Optional(newValue)) } }
    package var target: String { get { json.string("target") ?? "" } set { json.set("target", Optional(newValue)) } }
    package var type: String { get { json.string("type") ?? "" } set { json.set("type", Optional(newValue)) } }
}
package struct ViewSnapshotRequest: MessageView {
    package static let schema = MessageSchemas.containerdV1.message("ViewSnapshotRequest")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var key: String { get { json.string("key") ?? "" } set { json.set("key", Optional(newValue)) } }
    package var labels: [String: String] { get { json.stringMap("labels") } set { json.set("labels", newValue) } }
    package var parent: String { get { json.string("parent") ?? "" } set { json.set("parent", Optional(newValue)) } }
    package var snapshotter: String { get { json.string("snapshotter") ?? "" } set { json.set("snapshotter", Optional(newValue)) } }
}
package struct SnapshotRequest: MessageView {
    package static let schema = MessageSchemas.containerdV1.message("SnapshotRequest")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var key: String { get { json.string("key") ?? "" } set { json.set("key", Optional(newValue)) } }
    package var snapshotter: String { get { json.string("snapshotter") ?? "" } set { json.set("snapshotter", Optional(newValue)) } }
}
package struct MountsResponse: MessageView {
    package static let schema = MessageSchemas.containerdV1.message("MountsResponse")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var mounts: [Mount] { get { json.views("mounts") } set { json.set("mounts", newValue) } }
}
package struct Lease: MessageView {
    package static let schema = MessageSchemas.containerdV1.message("Lease")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var id: String { get { json.string("id") ?? "" } set { json.set("id", Optional(newValue)) } }
    package var labels: [String: String] { get { json.stringMap("labels") } set { json.set("labels", newValue) } }
}
package struct LeaseResponse: MessageView {
    package static let schema = MessageSchemas.containerdV1.message("LeaseResponse")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var lease: Lease? { get { json.view("lease") } set { json.set("lease", newValue) } }
}
package struct DeleteLeaseRequest: MessageView {
    package static let schema = MessageSchemas.containerdV1.message("DeleteLeaseRequest")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var id: String { get { json.string("id") ?? "" } set { json.set("id", Optional(newValue)) } }
    package var sync: Bool { get { json.bool("sync") ?? false } set { json.set("sync", Optional(newValue)) } }
}
package struct ListRequest: MessageView {
    package static let schema = MessageSchemas.containerdV1.message("ListRequest")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var filters: [String] { get { json.strings("filters") } set { json.set("filters", newValue) } }
}
package struct ListLeasesResponse: MessageView {
    package static let schema = MessageSchemas.containerdV1.message("ListLeasesResponse")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var leases: [Lease] { get { json.views("leases") } set { json.set("leases", newValue) } }
}
package struct Image: MessageView {
    package static let schema = MessageSchemas.containerdV1.message("Image")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var labels: [String: String] { get { json.stringMap("labels") } set { json.set("labels", newValue) } }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
}
package struct FieldMask: MessageView {
    package static let schema = MessageSchemas.containerdV1.message("FieldMask")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var paths: [String] { get { json.strings("paths") } set { json.set("paths", newValue) } }
}
package struct UpdateImageRequest: MessageView {
    package static let schema = MessageSchemas.containerdV1.message("UpdateImageRequest")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var image: Image? { get { json.view("image") } set { json.set("image", newValue) } }
    package var updateMask: FieldMask? { get { json.view("updateMask") } set { json.set("updateMask", newValue) } }
}
package struct ImageResponse: MessageView {
    package static let schema = MessageSchemas.containerdV1.message("ImageResponse")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var image: Image? { get { json.view("image") } set { json.set("image", newValue) } }
}
package struct ListImagesResponse: MessageView {
    package static let schema = MessageSchemas.containerdV1.message("ListImagesResponse")
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var images: [Image] { get { json.views("images") } set { json.set("images", newValue) } }
}
}

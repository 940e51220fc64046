// Generated from Sources/KubeSchemas by SchemaGenerator; scripts/generate writes it anew.
// swift-format-ignore-file

import Machinery

package struct Overhead: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var podFixed: [String: Quantity] { get { json.quantityMap("podFixed") } set { json.set("podFixed", newValue) } }
}

package struct RuntimeClass: KubeObject {
    package static let kind = GroupVersionKind(group: "node.k8s.io", version: "v1", kind: "RuntimeClass")
    package static let resource = GroupVersionResource(group: "node.k8s.io", version: "v1", resource: "runtimeclasses")
    package static let isNamespaced = false
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var handler: String { get { json.string("handler") ?? "" } set { json.set("handler", Optional(newValue)) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var overhead: Overhead? { get { json.view("overhead") } set { json.set("overhead", newValue) } }
    package var scheduling: Scheduling? { get { json.view("scheduling") } set { json.set("scheduling", newValue) } }
}

package struct RuntimeClassList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [RuntimeClass] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct Scheduling: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var nodeSelector: [String: String] { get { json.stringMap("nodeSelector") } set { json.set("nodeSelector", newValue) } }
    package var tolerations: [Toleration] { get { json.views("tolerations") } set { json.set("tolerations", newValue) } }
}

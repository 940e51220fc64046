// Generated from Sources/KubeSchemas by SchemaGenerator; scripts/generate writes it anew.
// swift-format-ignore-file

import Machinery

package struct PriorityClass: KubeObject {
    package static let kind = GroupVersionKind(group: "scheduling.k8s.io", version: "v1", kind: "PriorityClass")
    package static let resource = GroupVersionResource(group: "scheduling.k8s.io", version: "v1", resource: "priorityclasses")
    package static let isNamespaced = false
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var description: String? { get { json.string("description") } set { json.set("description", newValue) } }
    package var globalDefault: Bool? { get { json.bool("globalDefault") } set { json.set("globalDefault", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var preemptionPolicy: String? { get { json.string("preemptionPolicy") } set { json.set("preemptionPolicy", newValue) } }
    package var value: Int32? { get { json.int32("value") } set { json.set("value", newValue) } }
}

package struct PriorityClassList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [PriorityClass] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

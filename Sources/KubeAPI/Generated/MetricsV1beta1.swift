// Generated from Sources/KubeSchemas by SchemaGenerator; scripts/generate writes it anew.
// swift-format-ignore-file

import Machinery

package struct ContainerMetrics: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
    package var usage: [String: Quantity] { get { json.quantityMap("usage") } set { json.set("usage", newValue) } }
}

package struct NodeMetrics: KubeObject {
    package static let kind = GroupVersionKind(group: "metrics.k8s.io", version: "v1beta1", kind: "NodeMetrics")
    package static let resource = GroupVersionResource(group: "metrics.k8s.io", version: "v1beta1", resource: "nodes")
    package static let isNamespaced = false
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var timestamp: Timestamp? { get { json.time("timestamp") } set { json.setTime("timestamp", newValue) } }
    package var usage: [String: Quantity] { get { json.quantityMap("usage") } set { json.set("usage", newValue) } }
    package var window: String { get { json.string("window") ?? "" } set { json.set("window", Optional(newValue)) } }
}

package struct NodeMetricsList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [NodeMetrics] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct PodMetrics: KubeObject {
    package static let kind = GroupVersionKind(group: "metrics.k8s.io", version: "v1beta1", kind: "PodMetrics")
    package static let resource = GroupVersionResource(group: "metrics.k8s.io", version: "v1beta1", resource: "pods")
    package static let isNamespaced = true
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var containers: [ContainerMetrics] { get { json.views("containers") } set { json.set("containers", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var timestamp: Timestamp? { get { json.time("timestamp") } set { json.setTime("timestamp", newValue) } }
    package var window: String { get { json.string("window") ?? "" } set { json.set("window", Optional(newValue)) } }
}

package struct PodMetricsList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [PodMetrics] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

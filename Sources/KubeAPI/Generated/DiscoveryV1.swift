// Generated from Sources/KubeSchemas by SchemaGenerator; scripts/generate writes it anew.
// swift-format-ignore-file

import Machinery

package struct Endpoint: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var addresses: [String] { get { json.strings("addresses") } set { json.set("addresses", newValue) } }
    package var conditions: EndpointConditions? { get { json.view("conditions") } set { json.set("conditions", newValue) } }
    package var deprecatedTopology: [String: String] { get { json.stringMap("deprecatedTopology") } set { json.set("deprecatedTopology", newValue) } }
    package var hints: EndpointHints? { get { json.view("hints") } set { json.set("hints", newValue) } }
    package var hostname: String? { get { json.string("hostname") } set { json.set("hostname", newValue) } }
    package var nodeName: String? { get { json.string("nodeName") } set { json.set("nodeName", newValue) } }
    package var targetRef: ObjectReference? { get { json.view("targetRef") } set { json.set("targetRef", newValue) } }
    package var zone: String? { get { json.string("zone") } set { json.set("zone", newValue) } }
}

package struct EndpointConditions: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var ready: Bool? { get { json.bool("ready") } set { json.set("ready", newValue) } }
    package var serving: Bool? { get { json.bool("serving") } set { json.set("serving", newValue) } }
    package var terminating: Bool? { get { json.bool("terminating") } set { json.set("terminating", newValue) } }
}

package struct EndpointHints: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var forNodes: [ForNode] { get { json.views("forNodes") } set { json.set("forNodes", newValue) } }
    package var forZones: [ForZone] { get { json.views("forZones") } set { json.set("forZones", newValue) } }
}

package struct DiscoveryEndpointPort: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var appProtocol: String? { get { json.string("appProtocol") } set { json.set("appProtocol", newValue) } }
    package var name: String? { get { json.string("name") } set { json.set("name", newValue) } }
    package var port: Int32? { get { json.int32("port") } set { json.set("port", newValue) } }
    package var `protocol`: String? { get { json.string("protocol") } set { json.set("protocol", newValue) } }
}

package struct EndpointSlice: KubeObject {
    package static let kind = GroupVersionKind(group: "discovery.k8s.io", version: "v1", kind: "EndpointSlice")
    package static let resource = GroupVersionResource(group: "discovery.k8s.io", version: "v1", resource: "endpointslices")
    package static let isNamespaced = true
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var addressType: String { get { json.string("addressType") ?? "" } set { json.set("addressType", Optional(newValue)) } }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var endpoints: [Endpoint] { get { json.views("endpoints") } set { json.set("endpoints", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var ports: [DiscoveryEndpointPort] { get { json.views("ports") } set { json.set("ports", newValue) } }
}

package struct EndpointSliceList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [EndpointSlice] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct ForNode: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
}

package struct ForZone: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
}

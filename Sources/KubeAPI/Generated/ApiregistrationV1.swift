// Generated from Sources/KubeSchemas by SchemaGenerator; scripts/generate writes it anew.
// swift-format-ignore-file

import Machinery

package struct APIService: KubeObject {
    package static let kind = GroupVersionKind(group: "apiregistration.k8s.io", version: "v1", kind: "APIService")
    package static let resource = GroupVersionResource(group: "apiregistration.k8s.io", version: "v1", resource: "apiservices")
    package static let isNamespaced = false
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var spec: APIServiceSpec { get { json.view("spec") ?? APIServiceSpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
    package var status: APIServiceStatus { get { json.view("status") ?? APIServiceStatus() } set { json.set("status", newValue.json.isEmpty ? nil : newValue) } }
}

package struct APIServiceCondition: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var lastTransitionTime: Timestamp? { get { json.time("lastTransitionTime") } set { json.setTime("lastTransitionTime", newValue) } }
    package var message: String? { get { json.string("message") } set { json.set("message", newValue) } }
    package var reason: String? { get { json.string("reason") } set { json.set("reason", newValue) } }
    package var status: String { get { json.string("status") ?? "" } set { json.set("status", Optional(newValue)) } }
    package var type: String { get { json.string("type") ?? "" } set { json.set("type", Optional(newValue)) } }
}

package struct APIServiceList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [APIService] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct APIServiceSpec: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var caBundle: String? { get { json.string("caBundle") } set { json.set("caBundle", newValue) } }
    package var group: String? { get { json.string("group") } set { json.set("group", newValue) } }
    package var groupPriorityMinimum: Int32 { get { json.int32("groupPriorityMinimum") ?? 0 } set { json.set("groupPriorityMinimum", Optional(newValue)) } }
    package var insecureSkipTLSVerify: Bool? { get { json.bool("insecureSkipTLSVerify") } set { json.set("insecureSkipTLSVerify", newValue) } }
    package var service: ServiceReference? { get { json.view("service") } set { json.set("service", newValue) } }
    package var version: String? { get { json.string("version") } set { json.set("version", newValue) } }
    package var versionPriority: Int32 { get { json.int32("versionPriority") ?? 0 } set { json.set("versionPriority", Optional(newValue)) } }
}

package struct APIServiceStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var conditions: [APIServiceCondition] { get { json.views("conditions") } set { json.set("conditions", newValue) } }
}

package struct ServiceReference: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var name: String? { get { json.string("name") } set { json.set("name", newValue) } }
    package var namespace: String? { get { json.string("namespace") } set { json.set("namespace", newValue) } }
    package var port: Int32? { get { json.int32("port") } set { json.set("port", newValue) } }
}

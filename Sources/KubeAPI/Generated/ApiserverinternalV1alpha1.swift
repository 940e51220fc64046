// Generated from Sources/KubeSchemas by SchemaGenerator; scripts/generate writes it anew.
// swift-format-ignore-file

import Machinery

package struct ServerStorageVersion: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiServerID: String { get { json.string("apiServerID") ?? "" } set { json.set("apiServerID", Optional(newValue)) } }
    package var decodableVersions: [String] { get { json.strings("decodableVersions") } set { json.set("decodableVersions", newValue) } }
    package var encodingVersion: String { get { json.string("encodingVersion") ?? "" } set { json.set("encodingVersion", Optional(newValue)) } }
    package var servedVersions: [String] { get { json.strings("servedVersions") } set { json.set("servedVersions", newValue) } }
}

package struct StorageVersion: KubeObject {
    package static let kind = GroupVersionKind(group: "internal.apiserver.k8s.io", version: "v1alpha1", kind: "StorageVersion")
    package static let resource = GroupVersionResource(group: "internal.apiserver.k8s.io", version: "v1alpha1", resource: "storageversions")
    package static let isNamespaced = false
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var spec: StorageVersionSpec { get { json.view("spec") ?? StorageVersionSpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
    package var status: StorageVersionStatus { get { json.view("status") ?? StorageVersionStatus() } set { json.set("status", newValue.json.isEmpty ? nil : newValue) } }
}

package struct StorageVersionCondition: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var lastTransitionTime: Timestamp? { get { json.time("lastTransitionTime") } set { json.setTime("lastTransitionTime", newValue) } }
    package var message: String { get { json.string("message") ?? "" } set { json.set("message", Optional(newValue)) } }
    package var observedGeneration: Int64? { get { json.int64("observedGeneration") } set { json.set("observedGeneration", newValue) } }
    package var reason: String { get { json.string("reason") ?? "" } set { json.set("reason", Optional(newValue)) } }
    package var status: String { get { json.string("status") ?? "" } set { json.set("status", Optional(newValue)) } }
    package var type: String { get { json.string("type") ?? "" } set { json.set("type", Optional(newValue)) } }
}

package struct StorageVersionList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [StorageVersion] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct StorageVersionSpec: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
}

package struct StorageVersionStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var commonEncodingVersion: String? { get { json.string("commonEncodingVersion") } set { json.set("commonEncodingVersion", newValue) } }
    package var conditions: [StorageVersionCondition] { get { json.views("conditions") } set { json.set("conditions", newValue) } }
    package var storageVersions: [ServerStorageVersion] { get { json.views("storageVersions") } set { json.set("storageVersions", newValue) } }
}

// Generated from Sources/KubeSchemas by SchemaGenerator; scripts/generate writes it anew.
// swift-format-ignore-file

import Machinery

package struct StorageVersionMigration: KubeObject {
    package static let kind = GroupVersionKind(group: "storagemigration.k8s.io", version: "v1beta1", kind: "StorageVersionMigration")
    package static let resource = GroupVersionResource(group: "storagemigration.k8s.io", version: "v1beta1", resource: "storageversionmigrations")
    package static let isNamespaced = false
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var spec: StorageVersionMigrationSpec { get { json.view("spec") ?? StorageVersionMigrationSpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
    package var status: StorageVersionMigrationStatus { get { json.view("status") ?? StorageVersionMigrationStatus() } set { json.set("status", newValue.json.isEmpty ? nil : newValue) } }
}

package struct StorageVersionMigrationList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [StorageVersionMigration] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct StorageVersionMigrationSpec: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var resource: MetaGroupResource { get { json.view("resource") ?? MetaGroupResource() } set { json.set("resource", Optional(newValue)) } }
}

package struct StorageVersionMigrationStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var conditions: [Condition] { get { json.views("conditions") } set { json.set("conditions", newValue) } }
    package var resourceVersion: String? { get { json.string("resourceVersion") } set { json.set("resourceVersion", newValue) } }
}

// Generated from Sources/KubeSchemas by SchemaGenerator; scripts/generate writes it anew.
// swift-format-ignore-file

import Machinery

package struct Lease: KubeObject {
    package static let kind = GroupVersionKind(group: "coordination.k8s.io", version: "v1", kind: "Lease")
    package static let resource = GroupVersionResource(group: "coordination.k8s.io", version: "v1", resource: "leases")
    package static let isNamespaced = true
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var spec: LeaseSpec { get { json.view("spec") ?? LeaseSpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
}

package struct LeaseList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [Lease] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct LeaseSpec: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var acquireTime: Timestamp? { get { json.microTime("acquireTime") } set { json.setMicroTime("acquireTime", newValue) } }
    package var holderIdentity: String? { get { json.string("holderIdentity") } set { json.set("holderIdentity", newValue) } }
    package var leaseDurationSeconds: Int32? { get { json.int32("leaseDurationSeconds") } set { json.set("leaseDurationSeconds", newValue) } }
    package var leaseTransitions: Int32? { get { json.int32("leaseTransitions") } set { json.set("leaseTransitions", newValue) } }
    package var preferredHolder: String? { get { json.string("preferredHolder") } set { json.set("preferredHolder", newValue) } }
    package var renewTime: Timestamp? { get { json.microTime("renewTime") } set { json.setMicroTime("renewTime", newValue) } }
    package var strategy: String? { get { json.string("strategy") } set { json.set("strategy", newValue) } }
}

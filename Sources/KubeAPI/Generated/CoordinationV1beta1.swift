// Generated from Sources/KubeSchemas by SchemaGenerator; scripts/generate writes it anew.
// swift-format-ignore-file

import Machinery

package struct LeaseCandidate: KubeObject {
    package static let kind = GroupVersionKind(group: "coordination.k8s.io", version: "v1beta1", kind: "LeaseCandidate")
    package static let resource = GroupVersionResource(group: "coordination.k8s.io", version: "v1beta1", resource: "leasecandidates")
    package static let isNamespaced = true
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var spec: LeaseCandidateSpec { get { json.view("spec") ?? LeaseCandidateSpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
}

package struct LeaseCandidateList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [LeaseCandidate] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct LeaseCandidateSpec: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var binaryVersion: String { get { json.string("binaryVersion") ?? "" } set { json.set("binaryVersion", Optional(newValue)) } }
    package var emulationVersion: String? { get { json.string("emulationVersion") } set { json.set("emulationVersion", newValue) } }
    package var leaseName: String { get { json.string("leaseName") ?? "" } set { json.set("leaseName", Optional(newValue)) } }
    package var pingTime: Timestamp? { get { json.microTime("pingTime") } set { json.setMicroTime("pingTime", newValue) } }
    package var renewTime: Timestamp? { get { json.microTime("renewTime") } set { json.setMicroTime("renewTime", newValue) } }
    package var strategy: String { get { json.string("strategy") ?? "" } set { json.set("strategy", Optional(newValue)) } }
}

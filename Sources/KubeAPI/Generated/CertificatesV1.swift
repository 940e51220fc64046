// Generated from Sources/KubeSchemas by SchemaGenerator; scripts/generate writes it anew.
// swift-format-ignore-file

import Machinery

package struct CertificateSigningRequest: KubeObject {
    package static let kind = GroupVersionKind(group: "certificates.k8s.io", version: "v1", kind: "CertificateSigningRequest")
    package static let resource = GroupVersionResource(group: "certificates.k8s.io", version: "v1", resource: "certificatesigningrequests")
    package static let isNamespaced = false
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var spec: CertificateSigningRequestSpec { get { json.view("spec") ?? CertificateSigningRequestSpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
    package var status: CertificateSigningRequestStatus { get { json.view("status") ?? CertificateSigningRequestStatus() } set { json.set("status", newValue.json.isEmpty ? nil : newValue) } }
}

package struct CertificateSigningRequestCondition: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var lastTransitionTime: Timestamp? { get { json.time("lastTransitionTime") } set { json.setTime("lastTransitionTime", newValue) } }
    package var lastUpdateTime: Timestamp? { get { json.time("lastUpdateTime") } set { json.setTime("lastUpdateTime", newValue) } }
    package var message: String? { get { json.string("message") } set { json.set("message", newValue) } }
    package var reason: String? { get { json.string("reason") } set { json.set("reason", newValue) } }
    package var status: String { get { json.string("status") ?? "" } set { json.set("status", Optional(newValue)) } }
    package var type: String { get { json.string("type") ?? "" } set { json.set("type", Optional(newValue)) } }
}

package struct CertificateSigningRequestList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [CertificateSigningRequest] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct CertificateSigningRequestSpec: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var expirationSeconds: Int32? { get { json.int32("expirationSeconds") } set { json.set("expirationSeconds", newValue) } }
    package var extra: JSON? { get { json["extra"] } set { json["extra"] = newValue } }
    package var groups: [String] { get { json.strings("groups") } set { json.set("groups", newValue) } }
    package var request: String { get { json.string("request") ?? "" } set { json.set("request", Optional(newValue)) } }
    package var signerName: String { get { json.string("signerName") ?? "" } set { json.set("signerName", Optional(newValue)) } }
    package var uid: String? { get { json.string("uid") } set { json.set("uid", newValue) } }
    package var usages: [String] { get { json.strings("usages") } set { json.set("usages", newValue) } }
    package var username: String? { get { json.string("username") } set { json.set("username", newValue) } }
}

package struct CertificateSigningRequestStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var certificate: String? { get { json.string("certificate") } set { json.set("certificate", newValue) } }
    package var conditions: [CertificateSigningRequestCondition] { get { json.views("conditions") } set { json.set("conditions", newValue) } }
}

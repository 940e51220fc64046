// Generated from Sources/KubeSchemas by SchemaGenerator; scripts/generate writes it anew.
// swift-format-ignore-file

import Machinery

package struct ClusterTrustBundle: KubeObject {
    package static let kind = GroupVersionKind(group: "certificates.k8s.io", version: "v1beta1", kind: "ClusterTrustBundle")
    package static let resource = GroupVersionResource(group: "certificates.k8s.io", version: "v1beta1", resource: "clustertrustbundles")
    package static let isNamespaced = false
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var spec: ClusterTrustBundleSpec { get { json.view("spec") ?? ClusterTrustBundleSpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
}

package struct ClusterTrustBundleList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [ClusterTrustBundle] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct ClusterTrustBundleSpec: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var signerName: String? { get { json.string("signerName") } set { json.set("signerName", newValue) } }
    package var trustBundle: String { get { json.string("trustBundle") ?? "" } set { json.set("trustBundle", Optional(newValue)) } }
}

package struct PodCertificateRequest: KubeObject {
    package static let kind = GroupVersionKind(group: "certificates.k8s.io", version: "v1beta1", kind: "PodCertificateRequest")
    package static let resource = GroupVersionResource(group: "certificates.k8s.io", version: "v1beta1", resource: "podcertificaterequests")
    package static let isNamespaced = true
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var spec: PodCertificateRequestSpec { get { json.view("spec") ?? PodCertificateRequestSpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
    package var status: PodCertificateRequestStatus { get { json.view("status") ?? PodCertificateRequestStatus() } set { json.set("status", newValue.json.isEmpty ? nil : newValue) } }
}

package struct PodCertificateRequestList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [PodCertificateRequest] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct PodCertificateRequestSpec: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var maxExpirationSeconds: Int32? { get { json.int32("maxExpirationSeconds") } set { json.set("maxExpirationSeconds", newValue) } }
    package var nodeName: String { get { json.string("nodeName") ?? "" } set { json.set("nodeName", Optional(newValue)) } }
    package var nodeUID: String { get { json.string("nodeUID") ?? "" } set { json.set("nodeUID", Optional(newValue)) } }
    package var pkixPublicKey: String? { get { json.string("pkixPublicKey") } set { json.set("pkixPublicKey", newValue) } }
    package var podName: String { get { json.string("podName") ?? "" } set { json.set("podName", Optional(newValue)) } }
    package var podUID: String { get { json.string("podUID") ?? "" } set { json.set("podUID", Optional(newValue)) } }
    package var proofOfPossession: String? { get { json.string("proofOfPossession") } set { json.set("proofOfPossession", newValue) } }
    package var serviceAccountName: String { get { json.string("serviceAccountName") ?? "" } set { json.set("serviceAccountName", Optional(newValue)) } }
    package var serviceAccountUID: String { get { json.string("serviceAccountUID") ?? "" } set { json.set("serviceAccountUID", Optional(newValue)) } }
    package var signerName: String { get { json.string("signerName") ?? "" } set { json.set("signerName", Optional(newValue)) } }
    package var stubPKCS10Request: String { get { json.string("stubPKCS10Request") ?? "" } set { json.set("stubPKCS10Request", Optional(newValue)) } }
    package var unverifiedUserAnnotations: [String: String] { get { json.stringMap("unverifiedUserAnnotations") } set { json.set("unverifiedUserAnnotations", newValue) } }
}

package struct PodCertificateRequestStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var beginRefreshAt: Timestamp? { get { json.time("beginRefreshAt") } set { json.setTime("beginRefreshAt", newValue) } }
    package var certificateChain: String? { get { json.string("certificateChain") } set { json.set("certificateChain", newValue) } }
    package var conditions: [Condition] { get { json.views("conditions") } set { json.set("conditions", newValue) } }
    package var notAfter: Timestamp? { get { json.time("notAfter") } set { json.setTime("notAfter", newValue) } }
    package var notBefore: Timestamp? { get { json.time("notBefore") } set { json.setTime("notBefore", newValue) } }
}

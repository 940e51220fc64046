// Generated from Sources/KubeSchemas by SchemaGenerator; scripts/generate writes it anew.
// swift-format-ignore-file

import Machinery

package struct BoundObjectReference: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var name: String? { get { json.string("name") } set { json.set("name", newValue) } }
    package var uid: String? { get { json.string("uid") } set { json.set("uid", newValue) } }
}

package struct SelfSubjectReview: KubeObject {
    package static let kind = GroupVersionKind(group: "authentication.k8s.io", version: "v1", kind: "SelfSubjectReview")
    package static let resource = GroupVersionResource(group: "authentication.k8s.io", version: "v1", resource: "selfsubjectreviews")
    package static let isNamespaced = false
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var status: SelfSubjectReviewStatus { get { json.view("status") ?? SelfSubjectReviewStatus() } set { json.set("status", newValue.json.isEmpty ? nil : newValue) } }
}

package struct SelfSubjectReviewStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var userInfo: UserInfo? { get { json.view("userInfo") } set { json.set("userInfo", newValue) } }
}

package struct TokenRequest: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var spec: TokenRequestSpec { get { json.view("spec") ?? TokenRequestSpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
    package var status: TokenRequestStatus { get { json.view("status") ?? TokenRequestStatus() } set { json.set("status", newValue.json.isEmpty ? nil : newValue) } }
}

package struct TokenRequestSpec: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var audiences: [String] { get { json.strings("audiences") } set { json.set("audiences", newValue) } }
    package var boundObjectRef: BoundObjectReference? { get { json.view("boundObjectRef") } set { json.set("boundObjectRef", newValue) } }
    package var expirationSeconds: Int64? { get { json.int64("expirationSeconds") } set { json.set("expirationSeconds", newValue) } }
}

package struct TokenRequestStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var expirationTimestamp: Timestamp? { get { json.time("expirationTimestamp") } set { json.setTime("expirationTimestamp", newValue) } }
    package var token: String? { get { json.string("token") } set { json.set("token", newValue) } }
}

package struct TokenReview: KubeObject {
    package static let kind = GroupVersionKind(group: "authentication.k8s.io", version: "v1", kind: "TokenReview")
    package static let resource = GroupVersionResource(group: "authentication.k8s.io", version: "v1", resource: "tokenreviews")
    package static let isNamespaced = false
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var spec: TokenReviewSpec { get { json.view("spec") ?? TokenReviewSpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
    package var status: TokenReviewStatus { get { json.view("status") ?? TokenReviewStatus() } set { json.set("status", newValue.json.isEmpty ? nil : newValue) } }
}

package struct TokenReviewSpec: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var audiences: [String] { get { json.strings("audiences") } set { json.set("audiences", newValue) } }
    package var token: String { get { json.string("token") ?? "" } set { json.set("token", Optional(newValue)) } }
}

package struct TokenReviewStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var audiences: [String] { get { json.strings("audiences") } set { json.set("audiences", newValue) } }
    package var authenticated: Bool? { get { json.bool("authenticated") } set { json.set("authenticated", newValue) } }
    package var error: String? { get { json.string("error") } set { json.set("error", newValue) } }
    package var user: UserInfo? { get { json.view("user") } set { json.set("user", newValue) } }
}

package struct UserInfo: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var extra: JSON? { get { json["extra"] } set { json["extra"] = newValue } }
    package var groups: [String] { get { json.strings("groups") } set { json.set("groups", newValue) } }
    package var uid: String? { get { json.string("uid") } set { json.set("uid", newValue) } }
    package var username: String? { get { json.string("username") } set { json.set("username", newValue) } }
}

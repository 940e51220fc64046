// Generated from Sources/KubeSchemas by SchemaGenerator; scripts/generate writes it anew.
// swift-format-ignore-file

import Machinery

package struct FieldSelectorAttributes: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var rawSelector: String? { get { json.string("rawSelector") } set { json.set("rawSelector", newValue) } }
    package var requirements: [FieldSelectorRequirement] { get { json.views("requirements") } set { json.set("requirements", newValue) } }
}

package struct LabelSelectorAttributes: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var rawSelector: String? { get { json.string("rawSelector") } set { json.set("rawSelector", newValue) } }
    package var requirements: [LabelSelectorRequirement] { get { json.views("requirements") } set { json.set("requirements", newValue) } }
}

package struct LocalSubjectAccessReview: KubeObject {
    package static let kind = GroupVersionKind(group: "authorization.k8s.io", version: "v1", kind: "LocalSubjectAccessReview")
    package static let resource = GroupVersionResource(group: "authorization.k8s.io", version: "v1", resource: "localsubjectaccessreviews")
    package static let isNamespaced = true
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var spec: SubjectAccessReviewSpec { get { json.view("spec") ?? SubjectAccessReviewSpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
    package var status: SubjectAccessReviewStatus { get { json.view("status") ?? SubjectAccessReviewStatus() } set { json.set("status", newValue.json.isEmpty ? nil : newValue) } }
}

package struct NonResourceAttributes: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var path: String? { get { json.string("path") } set { json.set("path", newValue) } }
    package var verb: String? { get { json.string("verb") } set { json.set("verb", newValue) } }
}

package struct NonResourceRule: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var nonResourceURLs: [String] { get { json.strings("nonResourceURLs") } set { json.set("nonResourceURLs", newValue) } }
    package var verbs: [String] { get { json.strings("verbs") } set { json.set("verbs", newValue) } }
}

package struct ResourceAttributes: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var fieldSelector: FieldSelectorAttributes? { get { json.view("fieldSelector") } set { json.set("fieldSelector", newValue) } }
    package var group: String? { get { json.string("group") } set { json.set("group", newValue) } }
    package var labelSelector: LabelSelectorAttributes? { get { json.view("labelSelector") } set { json.set("labelSelector", newValue) } }
    package var name: String? { get { json.string("name") } set { json.set("name", newValue) } }
    package var namespace: String? { get { json.string("namespace") } set { json.set("namespace", newValue) } }
    package var resource: String? { get { json.string("resource") } set { json.set("resource", newValue) } }
    package var subresource: String? { get { json.string("subresource") } set { json.set("subresource", newValue) } }
    package var verb: String? { get { json.string("verb") } set { json.set("verb", newValue) } }
    package var version: String? { get { json.string("version") } set { json.set("version", newValue) } }
}

package struct ResourceRule: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiGroups: [String] { get { json.strings("apiGroups") } set { json.set("apiGroups", newValue) } }
    package var resourceNames: [String] { get { json.strings("resourceNames") } set { json.set("resourceNames", newValue) } }
    package var resources: [String] { get { json.strings("resources") } set { json.set("resources", newValue) } }
    package var verbs: [String] { get { json.strings("verbs") } set { json.set("verbs", newValue) } }
}

package struct SelfSubjectAccessReview: KubeObject {
    package static let kind = GroupVersionKind(group: "authorization.k8s.io", version: "v1", kind: "SelfSubjectAccessReview")
    package static let resource = GroupVersionResource(group: "authorization.k8s.io", version: "v1", resource: "selfsubjectaccessreviews")
    package static let isNamespaced = false
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var spec: SelfSubjectAccessReviewSpec { get { json.view("spec") ?? SelfSubjectAccessReviewSpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
    package var status: SubjectAccessReviewStatus { get { json.view("status") ?? SubjectAccessReviewStatus() } set { json.set("status", newValue.json.isEmpty ? nil : newValue) } }
}

package struct SelfSubjectAccessReviewSpec: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var nonResourceAttributes: NonResourceAttributes? { get { json.view("nonResourceAttributes") } set { json.set("nonResourceAttributes", newValue) } }
    package var resourceAttributes: ResourceAttributes? { get { json.view("resourceAttributes") } set { json.set("resourceAttributes", newValue) } }
}

package struct SelfSubjectRulesReview: KubeObject {
    package static let kind = GroupVersionKind(group: "authorization.k8s.io", version: "v1", kind: "SelfSubjectRulesReview")
    package static let resource = GroupVersionResource(group: "authorization.k8s.io", version: "v1", resource: "selfsubjectrulesreviews")
    package static let isNamespaced = false
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var spec: SelfSubjectRulesReviewSpec { get { json.view("spec") ?? SelfSubjectRulesReviewSpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
    package var status: SubjectRulesReviewStatus { get { json.view("status") ?? SubjectRulesReviewStatus() } set { json.set("status", newValue.json.isEmpty ? nil : newValue) } }
}

package struct SelfSubjectRulesReviewSpec: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var namespace: String? { get { json.string("namespace") } set { json.set("namespace", newValue) } }
}

package struct SubjectAccessReview: KubeObject {
    package static let kind = GroupVersionKind(group: "authorization.k8s.io", version: "v1", kind: "SubjectAccessReview")
    package static let resource = GroupVersionResource(group: "authorization.k8s.io", version: "v1", resource: "subjectaccessreviews")
    package static let isNamespaced = false
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var spec: SubjectAccessReviewSpec { get { json.view("spec") ?? SubjectAccessReviewSpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
    package var status: SubjectAccessReviewStatus { get { json.view("status") ?? SubjectAccessReviewStatus() } set { json.set("status", newValue.json.isEmpty ? nil : newValue) } }
}

package struct SubjectAccessReviewSpec: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var extra: JSON? { get { json["extra"] } set { json["extra"] = newValue } }
    package var groups: [String] { get { json.strings("groups") } set { json.set("groups", newValue) } }
    package var nonResourceAttributes: NonResourceAttributes? { get { json.view("nonResourceAttributes") } set { json.set("nonResourceAttributes", newValue) } }
    package var resourceAttributes: ResourceAttributes? { get { json.view("resourceAttributes") } set { json.set("resourceAttributes", newValue) } }
    package var uid: String? { get { json.string("uid") } set { json.set("uid", newValue) } }
    package var user: String? { get { json.string("user") } set { json.set("user", newValue) } }
}

package struct SubjectAccessReviewStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var allowed: Bool { get { json.bool("allowed") ?? false } set { json.set("allowed", Optional(newValue)) } }
    package var denied: Bool? { get { json.bool("denied") } set { json.set("denied", newValue) } }
    package var evaluationError: String? { get { json.string("evaluationError") } set { json.set("evaluationError", newValue) } }
    package var reason: String? { get { json.string("reason") } set { json.set("reason", newValue) } }
}

package struct SubjectRulesReviewStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var evaluationError: String? { get { json.string("evaluationError") } set { json.set("evaluationError", newValue) } }
    package var incomplete: Bool { get { json.bool("incomplete") ?? false } set { json.set("incomplete", Optional(newValue)) } }
    package var nonResourceRules: [NonResourceRule] { get { json.views("nonResourceRules") } set { json.set("nonResourceRules", newValue) } }
    package var resourceRules: [ResourceRule] { get { json.views("resourceRules") } set { json.set("resourceRules", newValue) } }
}

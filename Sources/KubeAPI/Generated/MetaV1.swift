// Generated from Sources/KubeSchemas by SchemaGenerator; scripts/generate writes it anew.
// swift-format-ignore-file

import Machinery

package struct APIGroup: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
    package var preferredVersion: GroupVersionForDiscovery? { get { json.view("preferredVersion") } set { json.set("preferredVersion", newValue) } }
    package var serverAddressByClientCIDRs: [ServerAddressByClientCIDR] { get { json.views("serverAddressByClientCIDRs") } set { json.set("serverAddressByClientCIDRs", newValue) } }
    package var versions: [GroupVersionForDiscovery] { get { json.views("versions") } set { json.set("versions", newValue) } }
}

package struct APIGroupList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var groups: [APIGroup] { get { json.views("groups") } set { json.set("groups", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
}

package struct MetaAPIResource: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var categories: [String] { get { json.strings("categories") } set { json.set("categories", newValue) } }
    package var group: String? { get { json.string("group") } set { json.set("group", newValue) } }
    package var kind: String { get { json.string("kind") ?? "" } set { json.set("kind", Optional(newValue)) } }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
    package var namespaced: Bool { get { json.bool("namespaced") ?? false } set { json.set("namespaced", Optional(newValue)) } }
    package var shortNames: [String] { get { json.strings("shortNames") } set { json.set("shortNames", newValue) } }
    package var singularName: String { get { json.string("singularName") ?? "" } set { json.set("singularName", Optional(newValue)) } }
    package var storageVersionHash: String? { get { json.string("storageVersionHash") } set { json.set("storageVersionHash", newValue) } }
    package var verbs: [String] { get { json.strings("verbs") } set { json.set("verbs", newValue) } }
    package var version: String? { get { json.string("version") } set { json.set("version", newValue) } }
}

package struct APIResourceList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var groupVersion: String { get { json.string("groupVersion") ?? "" } set { json.set("groupVersion", Optional(newValue)) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var resources: [MetaAPIResource] { get { json.views("resources") } set { json.set("resources", newValue) } }
}

package struct APIVersions: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var serverAddressByClientCIDRs: [ServerAddressByClientCIDR] { get { json.views("serverAddressByClientCIDRs") } set { json.set("serverAddressByClientCIDRs", newValue) } }
    package var versions: [String] { get { json.strings("versions") } set { json.set("versions", newValue) } }
}

package struct Condition: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var lastTransitionTime: Timestamp? { get { json.time("lastTransitionTime") } set { json.setTime("lastTransitionTime", newValue) } }
    package var message: String { get { json.string("message") ?? "" } set { json.set("message", Optional(newValue)) } }
    package var observedGeneration: Int64? { get { json.int64("observedGeneration") } set { json.set("observedGeneration", newValue) } }
    package var reason: String { get { json.string("reason") ?? "" } set { json.set("reason", Optional(newValue)) } }
    package var status: String { get { json.string("status") ?? "" } set { json.set("status", Optional(newValue)) } }
    package var type: String { get { json.string("type") ?? "" } set { json.set("type", Optional(newValue)) } }
}

package struct DeleteOptions: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var dryRun: [String] { get { json.strings("dryRun") } set { json.set("dryRun", newValue) } }
    package var gracePeriodSeconds: Int64? { get { json.int64("gracePeriodSeconds") } set { json.set("gracePeriodSeconds", newValue) } }
    package var ignoreStoreReadErrorWithClusterBreakingPotential: Bool? { get { json.bool("ignoreStoreReadErrorWithClusterBreakingPotential") } set { json.set("ignoreStoreReadErrorWithClusterBreakingPotential", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var orphanDependents: Bool? { get { json.bool("orphanDependents") } set { json.set("orphanDependents", newValue) } }
    package var preconditions: Preconditions? { get { json.view("preconditions") } set { json.set("preconditions", newValue) } }
    package var propagationPolicy: String? { get { json.string("propagationPolicy") } set { json.set("propagationPolicy", newValue) } }
}

package struct FieldSelectorRequirement: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var key: String { get { json.string("key") ?? "" } set { json.set("key", Optional(newValue)) } }
    package var `operator`: String { get { json.string("operator") ?? "" } set { json.set("operator", Optional(newValue)) } }
    package var values: [String] { get { json.strings("values") } set { json.set("values", newValue) } }
}

package struct MetaGroupResource: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var group: String { get { json.string("group") ?? "" } set { json.set("group", Optional(newValue)) } }
    package var resource: String { get { json.string("resource") ?? "" } set { json.set("resource", Optional(newValue)) } }
}

package struct GroupVersionForDiscovery: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var groupVersion: String { get { json.string("groupVersion") ?? "" } set { json.set("groupVersion", Optional(newValue)) } }
    package var version: String { get { json.string("version") ?? "" } set { json.set("version", Optional(newValue)) } }
}

package struct LabelSelector: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var matchExpressions: [LabelSelectorRequirement] { get { json.views("matchExpressions") } set { json.set("matchExpressions", newValue) } }
    package var matchLabels: [String: String] { get { json.stringMap("matchLabels") } set { json.set("matchLabels", newValue) } }
}

package struct LabelSelectorRequirement: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var key: String { get { json.string("key") ?? "" } set { json.set("key", Optional(newValue)) } }
    package var `operator`: String { get { json.string("operator") ?? "" } set { json.set("operator", Optional(newValue)) } }
    package var values: [String] { get { json.strings("values") } set { json.set("values", newValue) } }
}

package struct ListMeta: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var `continue`: String? { get { json.string("continue") } set { json.set("continue", newValue) } }
    package var remainingItemCount: Int64? { get { json.int64("remainingItemCount") } set { json.set("remainingItemCount", newValue) } }
    package var resourceVersion: String? { get { json.string("resourceVersion") } set { json.set("resourceVersion", newValue) } }
    package var selfLink: String? { get { json.string("selfLink") } set { json.set("selfLink", newValue) } }
    package var shardInfo: ShardInfo? { get { json.view("shardInfo") } set { json.set("shardInfo", newValue) } }
}

package struct ManagedFieldsEntry: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var fieldsType: String? { get { json.string("fieldsType") } set { json.set("fieldsType", newValue) } }
    package var fieldsV1: JSON? { get { json["fieldsV1"] } set { json["fieldsV1"] = newValue } }
    package var manager: String? { get { json.string("manager") } set { json.set("manager", newValue) } }
    package var operation: String? { get { json.string("operation") } set { json.set("operation", newValue) } }
    package var subresource: String? { get { json.string("subresource") } set { json.set("subresource", newValue) } }
    package var time: Timestamp? { get { json.time("time") } set { json.setTime("time", newValue) } }
}

package struct ObjectMeta: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var annotations: [String: String] { get { json.stringMap("annotations") } set { json.set("annotations", newValue) } }
    package var creationTimestamp: Timestamp? { get { json.time("creationTimestamp") } set { json.setTime("creationTimestamp", newValue) } }
    package var deletionGracePeriodSeconds: Int64? { get { json.int64("deletionGracePeriodSeconds") } set { json.set("deletionGracePeriodSeconds", newValue) } }
    package var deletionTimestamp: Timestamp? { get { json.time("deletionTimestamp") } set { json.setTime("deletionTimestamp", newValue) } }
    package var finalizers: [String] { get { json.strings("finalizers") } set { json.set("finalizers", newValue) } }
    package var generateName: String? { get { json.string("generateName") } set { json.set("generateName", newValue) } }
    package var generation: Int64? { get { json.int64("generation") } set { json.set("generation", newValue) } }
    package var labels: [String: String] { get { json.stringMap("labels") } set { json.set("labels", newValue) } }
    package var managedFields: [ManagedFieldsEntry] { get { json.views("managedFields") } set { json.set("managedFields", newValue) } }
    package var name: String? { get { json.string("name") } set { json.set("name", newValue) } }
    package var namespace: String? { get { json.string("namespace") } set { json.set("namespace", newValue) } }
    package var ownerReferences: [OwnerReference] { get { json.views("ownerReferences") } set { json.set("ownerReferences", newValue) } }
    package var resourceVersion: String? { get { json.string("resourceVersion") } set { json.set("resourceVersion", newValue) } }
    package var selfLink: String? { get { json.string("selfLink") } set { json.set("selfLink", newValue) } }
    package var uid: String? { get { json.string("uid") } set { json.set("uid", newValue) } }
}

package struct OwnerReference: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String { get { json.string("apiVersion") ?? "" } set { json.set("apiVersion", Optional(newValue)) } }
    package var blockOwnerDeletion: Bool? { get { json.bool("blockOwnerDeletion") } set { json.set("blockOwnerDeletion", newValue) } }
    package var controller: Bool? { get { json.bool("controller") } set { json.set("controller", newValue) } }
    package var kind: String { get { json.string("kind") ?? "" } set { json.set("kind", Optional(newValue)) } }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
    package var uid: String { get { json.string("uid") ?? "" } set { json.set("uid", Optional(newValue)) } }
}

package struct Preconditions: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var resourceVersion: String? { get { json.string("resourceVersion") } set { json.set("resourceVersion", newValue) } }
    package var uid: String? { get { json.string("uid") } set { json.set("uid", newValue) } }
}

package struct ServerAddressByClientCIDR: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var clientCIDR: String { get { json.string("clientCIDR") ?? "" } set { json.set("clientCIDR", Optional(newValue)) } }
    package var serverAddress: String { get { json.string("serverAddress") ?? "" } set { json.set("serverAddress", Optional(newValue)) } }
}

package struct ShardInfo: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var selector: String { get { json.string("selector") ?? "" } set { json.set("selector", Optional(newValue)) } }
}

package struct Status: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var code: Int32? { get { json.int32("code") } set { json.set("code", newValue) } }
    package var details: StatusDetails? { get { json.view("details") } set { json.set("details", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var message: String? { get { json.string("message") } set { json.set("message", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var reason: String? { get { json.string("reason") } set { json.set("reason", newValue) } }
    package var status: String? { get { json.string("status") } set { json.set("status", newValue) } }
}

package struct StatusCause: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var field: String? { get { json.string("field") } set { json.set("field", newValue) } }
    package var message: String? { get { json.string("message") } set { json.set("message", newValue) } }
    package var reason: String? { get { json.string("reason") } set { json.set("reason", newValue) } }
}

package struct StatusDetails: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var causes: [StatusCause] { get { json.views("causes") } set { json.set("causes", newValue) } }
    package var group: String? { get { json.string("group") } set { json.set("group", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var name: String? { get { json.string("name") } set { json.set("name", newValue) } }
    package var retryAfterSeconds: Int32? { get { json.int32("retryAfterSeconds") } set { json.set("retryAfterSeconds", newValue) } }
    package var uid: String? { get { json.string("uid") } set { json.set("uid", newValue) } }
}

package struct WatchEvent: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var object: JSON? { get { json["object"] } set { json["object"] = newValue } }
    package var type: String { get { json.string("type") ?? "" } set { json.set("type", Optional(newValue)) } }
}

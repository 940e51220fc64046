// Generated from Sources/KubeSchemas by SchemaGenerator; scripts/generate writes it anew.
// swift-format-ignore-file

import Machinery

package struct ExemptPriorityLevelConfiguration: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var lendablePercent: Int32? { get { json.int32("lendablePercent") } set { json.set("lendablePercent", newValue) } }
    package var nominalConcurrencyShares: Int32? { get { json.int32("nominalConcurrencyShares") } set { json.set("nominalConcurrencyShares", newValue) } }
}

package struct FlowDistinguisherMethod: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var type: String { get { json.string("type") ?? "" } set { json.set("type", Optional(newValue)) } }
}

package struct FlowSchema: KubeObject {
    package static let kind = GroupVersionKind(group: "flowcontrol.apiserver.k8s.io", version: "v1", kind: "FlowSchema")
    package static let resource = GroupVersionResource(group: "flowcontrol.apiserver.k8s.io", version: "v1", resource: "flowschemas")
    package static let isNamespaced = false
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var spec: FlowSchemaSpec { get { json.view("spec") ?? FlowSchemaSpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
    package var status: FlowSchemaStatus { get { json.view("status") ?? FlowSchemaStatus() } set { json.set("status", newValue.json.isEmpty ? nil : newValue) } }
}

package struct FlowSchemaCondition: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var lastTransitionTime: Timestamp? { get { json.time("lastTransitionTime") } set { json.setTime("lastTransitionTime", newValue) } }
    package var message: String? { get { json.string("message") } set { json.set("message", newValue) } }
    package var reason: String? { get { json.string("reason") } set { json.set("reason", newValue) } }
    package var status: String? { get { json.string("status") } set { json.set("status", newValue) } }
    package var type: String? { get { json.string("type") } set { json.set("type", newValue) } }
}

package struct FlowSchemaList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [FlowSchema] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct FlowSchemaSpec: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var distinguisherMethod: FlowDistinguisherMethod? { get { json.view("distinguisherMethod") } set { json.set("distinguisherMethod", newValue) } }
    package var matchingPrecedence: Int32? { get { json.int32("matchingPrecedence") } set { json.set("matchingPrecedence", newValue) } }
    package var priorityLevelConfiguration: PriorityLevelConfigurationReference { get { json.view("priorityLevelConfiguration") ?? PriorityLevelConfigurationReference() } set { json.set("priorityLevelConfiguration", Optional(newValue)) } }
    package var rules: [PolicyRulesWithSubjects] { get { json.views("rules") } set { json.set("rules", newValue) } }
}

package struct FlowSchemaStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var conditions: [FlowSchemaCondition] { get { json.views("conditions") } set { json.set("conditions", newValue) } }
}

package struct GroupSubject: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
}

package struct LimitResponse: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var queuing: QueuingConfiguration? { get { json.view("queuing") } set { json.set("queuing", newValue) } }
    package var type: String { get { json.string("type") ?? "" } set { json.set("type", Optional(newValue)) } }
}

package struct LimitedPriorityLevelConfiguration: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var borrowingLimitPercent: Int32? { get { json.int32("borrowingLimitPercent") } set { json.set("borrowingLimitPercent", newValue) } }
    package var lendablePercent: Int32? { get { json.int32("lendablePercent") } set { json.set("lendablePercent", newValue) } }
    package var limitResponse: LimitResponse? { get { json.view("limitResponse") } set { json.set("limitResponse", newValue) } }
    package var nominalConcurrencyShares: Int32? { get { json.int32("nominalConcurrencyShares") } set { json.set("nominalConcurrencyShares", newValue) } }
}

package struct NonResourcePolicyRule: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var nonResourceURLs: [String] { get { json.strings("nonResourceURLs") } set { json.set("nonResourceURLs", newValue) } }
    package var verbs: [String] { get { json.strings("verbs") } set { json.set("verbs", newValue) } }
}

package struct PolicyRulesWithSubjects: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var nonResourceRules: [NonResourcePolicyRule] { get { json.views("nonResourceRules") } set { json.set("nonResourceRules", newValue) } }
    package var resourceRules: [ResourcePolicyRule] { get { json.views("resourceRules") } set { json.set("resourceRules", newValue) } }
    package var subjects: [FlowcontrolSubject] { get { json.views("subjects") } set { json.set("subjects", newValue) } }
}

package struct PriorityLevelConfiguration: KubeObject {
    package static let kind = GroupVersionKind(group: "flowcontrol.apiserver.k8s.io", version: "v1", kind: "PriorityLevelConfiguration")
    package static let resource = GroupVersionResource(group: "flowcontrol.apiserver.k8s.io", version: "v1", resource: "prioritylevelconfigurations")
    package static let isNamespaced = false
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var spec: PriorityLevelConfigurationSpec { get { json.view("spec") ?? PriorityLevelConfigurationSpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
    package var status: PriorityLevelConfigurationStatus { get { json.view("status") ?? PriorityLevelConfigurationStatus() } set { json.set("status", newValue.json.isEmpty ? nil : newValue) } }
}

package struct PriorityLevelConfigurationCondition: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var lastTransitionTime: Timestamp? { get { json.time("lastTransitionTime") } set { json.setTime("lastTransitionTime", newValue) } }
    package var message: String? { get { json.string("message") } set { json.set("message", newValue) } }
    package var reason: String? { get { json.string("reason") } set { json.set("reason", newValue) } }
    package var status: String? { get { json.string("status") } set { json.set("status", newValue) } }
    package var type: String? { get { json.string("type") } set { json.set("type", newValue) } }
}

package struct PriorityLevelConfigurationList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [PriorityLevelConfiguration] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct PriorityLevelConfigurationReference: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
}

package struct PriorityLevelConfigurationSpec: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var exempt: ExemptPriorityLevelConfiguration? { get { json.view("exempt") } set { json.set("exempt", newValue) } }
    package var limited: LimitedPriorityLevelConfiguration? { get { json.view("limited") } set { json.set("limited", newValue) } }
    package var type: String { get { json.string("type") ?? "" } set { json.set("type", Optional(newValue)) } }
}

package struct PriorityLevelConfigurationStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var conditions: [PriorityLevelConfigurationCondition] { get { json.views("conditions") } set { json.set("conditions", newValue) } }
}

package struct QueuingConfiguration: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var handSize: Int32? { get { json.int32("handSize") } set { json.set("handSize", newValue) } }
    package var queueLengthLimit: Int32? { get { json.int32("queueLengthLimit") } set { json.set("queueLengthLimit", newValue) } }
    package var queues: Int32? { get { json.int32("queues") } set { json.set("queues", newValue) } }
}

package struct ResourcePolicyRule: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiGroups: [String] { get { json.strings("apiGroups") } set { json.set("apiGroups", newValue) } }
    package var clusterScope: Bool? { get { json.bool("clusterScope") } set { json.set("clusterScope", newValue) } }
    package var namespaces: [String] { get { json.strings("namespaces") } set { json.set("namespaces", newValue) } }
    package var resources: [String] { get { json.strings("resources") } set { json.set("resources", newValue) } }
    package var verbs: [String] { get { json.strings("verbs") } set { json.set("verbs", newValue) } }
}

package struct ServiceAccountSubject: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
    package var namespace: String { get { json.string("namespace") ?? "" } set { json.set("namespace", Optional(newValue)) } }
}

package struct FlowcontrolSubject: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var group: GroupSubject? { get { json.view("group") } set { json.set("group", newValue) } }
    package var kind: String { get { json.string("kind") ?? "" } set { json.set("kind", Optional(newValue)) } }
    package var serviceAccount: ServiceAccountSubject? { get { json.view("serviceAccount") } set { json.set("serviceAccount", newValue) } }
    package var user: UserSubject? { get { json.view("user") } set { json.set("user", newValue) } }
}

package struct UserSubject: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
}

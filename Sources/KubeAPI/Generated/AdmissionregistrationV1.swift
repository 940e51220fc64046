// Generated from Sources/KubeSchemas by SchemaGenerator; scripts/generate writes it anew.
// swift-format-ignore-file

import Machinery

package struct ApplyConfiguration: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var expression: String? { get { json.string("expression") } set { json.set("expression", newValue) } }
}

package struct AuditAnnotation: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var key: String { get { json.string("key") ?? "" } set { json.set("key", Optional(newValue)) } }
    package var valueExpression: String { get { json.string("valueExpression") ?? "" } set { json.set("valueExpression", Optional(newValue)) } }
}

package struct ExpressionWarning: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var fieldRef: String { get { json.string("fieldRef") ?? "" } set { json.set("fieldRef", Optional(newValue)) } }
    package var warning: String { get { json.string("warning") ?? "" } set { json.set("warning", Optional(newValue)) } }
}

package struct JSONPatch: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var expression: String? { get { json.string("expression") } set { json.set("expression", newValue) } }
}

package struct MatchCondition: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var expression: String { get { json.string("expression") ?? "" } set { json.set("expression", Optional(newValue)) } }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
}

package struct MatchResources: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var excludeResourceRules: [NamedRuleWithOperations] { get { json.views("excludeResourceRules") } set { json.set("excludeResourceRules", newValue) } }
    package var matchPolicy: String? { get { json.string("matchPolicy") } set { json.set("matchPolicy", newValue) } }
    package var namespaceSelector: LabelSelector? { get { json.view("namespaceSelector") } set { json.set("namespaceSelector", newValue) } }
    package var objectSelector: LabelSelector? { get { json.view("objectSelector") } set { json.set("objectSelector", newValue) } }
    package var resourceRules: [NamedRuleWithOperations] { get { json.views("resourceRules") } set { json.set("resourceRules", newValue) } }
}

package struct MutatingAdmissionPolicy: KubeObject {
    package static let kind = GroupVersionKind(group: "admissionregistration.k8s.io", version: "v1", kind: "MutatingAdmissionPolicy")
    package static let resource = GroupVersionResource(group: "admissionregistration.k8s.io", version: "v1", resource: "mutatingadmissionpolicies")
    package static let isNamespaced = false
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var spec: MutatingAdmissionPolicySpec { get { json.view("spec") ?? MutatingAdmissionPolicySpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
}

package struct MutatingAdmissionPolicyBinding: KubeObject {
    package static let kind = GroupVersionKind(group: "admissionregistration.k8s.io", version: "v1", kind: "MutatingAdmissionPolicyBinding")
    package static let resource = GroupVersionResource(group: "admissionregistration.k8s.io", version: "v1", resource: "mutatingadmissionpolicybindings")
    package static let isNamespaced = false
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var spec: MutatingAdmissionPolicyBindingSpec { get { json.view("spec") ?? MutatingAdmissionPolicyBindingSpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
}

package struct MutatingAdmissionPolicyBindingList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [MutatingAdmissionPolicyBinding] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct MutatingAdmissionPolicyBindingSpec: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var matchResources: MatchResources? { get { json.view("matchResources") } set { json.set("matchResources", newValue) } }
    package var paramRef: ParamRef? { get { json.view("paramRef") } set { json.set("paramRef", newValue) } }
    package var policyName: String? { get { json.string("policyName") } set { json.set("policyName", newValue) } }
}

package struct MutatingAdmissionPolicyList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [MutatingAdmissionPolicy] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct MutatingAdmissionPolicySpec: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var failurePolicy: String? { get { json.string("failurePolicy") } set { json.set("failurePolicy", newValue) } }
    package var matchConditions: [MatchCondition] { get { json.views("matchConditions") } set { json.set("matchConditions", newValue) } }
    package var matchConstraints: MatchResources? { get { json.view("matchConstraints") } set { json.set("matchConstraints", newValue) } }
    package var mutations: [Mutation] { get { json.views("mutations") } set { json.set("mutations", newValue) } }
    package var paramKind: ParamKind? { get { json.view("paramKind") } set { json.set("paramKind", newValue) } }
    package var reinvocationPolicy: String? { get { json.string("reinvocationPolicy") } set { json.set("reinvocationPolicy", newValue) } }
    package var variables: [Variable] { get { json.views("variables") } set { json.set("variables", newValue) } }
}

package struct MutatingWebhook: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var admissionReviewVersions: [String] { get { json.strings("admissionReviewVersions") } set { json.set("admissionReviewVersions", newValue) } }
    package var clientConfig: WebhookClientConfig { get { json.view("clientConfig") ?? WebhookClientConfig() } set { json.set("clientConfig", Optional(newValue)) } }
    package var failurePolicy: String? { get { json.string("failurePolicy") } set { json.set("failurePolicy", newValue) } }
    package var matchConditions: [MatchCondition] { get { json.views("matchConditions") } set { json.set("matchConditions", newValue) } }
    package var matchPolicy: String? { get { json.string("matchPolicy") } set { json.set("matchPolicy", newValue) } }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
    package var namespaceSelector: LabelSelector? { get { json.view("namespaceSelector") } set { json.set("namespaceSelector", newValue) } }
    package var objectSelector: LabelSelector? { get { json.view("objectSelector") } set { json.set("objectSelector", newValue) } }
    package var reinvocationPolicy: String? { get { json.string("reinvocationPolicy") } set { json.set("reinvocationPolicy", newValue) } }
    package var rules: [RuleWithOperations] { get { json.views("rules") } set { json.set("rules", newValue) } }
    package var sideEffects: String { get { json.string("sideEffects") ?? "" } set { json.set("sideEffects", Optional(newValue)) } }
    package var timeoutSeconds: Int32? { get { json.int32("timeoutSeconds") } set { json.set("timeoutSeconds", newValue) } }
}

package struct MutatingWebhookConfiguration: KubeObject {
    package static let kind = GroupVersionKind(group: "admissionregistration.k8s.io", version: "v1", kind: "MutatingWebhookConfiguration")
    package static let resource = GroupVersionResource(group: "admissionregistration.k8s.io", version: "v1", resource: "mutatingwebhookconfigurations")
    package static let isNamespaced = false
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var webhooks: [MutatingWebhook] { get { json.views("webhooks") } set { json.set("webhooks", newValue) } }
}

package struct MutatingWebhookConfigurationList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [MutatingWebhookConfiguration] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct Mutation: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var applyConfiguration: ApplyConfiguration? { get { json.view("applyConfiguration") } set { json.set("applyConfiguration", newValue) } }
    package var jsonPatch: JSONPatch? { get { json.view("jsonPatch") } set { json.set("jsonPatch", newValue) } }
    package var patchType: String { get { json.string("patchType") ?? "" } set { json.set("patchType", Optional(newValue)) } }
}

package struct NamedRuleWithOperations: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiGroups: [String] { get { json.strings("apiGroups") } set { json.set("apiGroups", newValue) } }
    package var apiVersions: [String] { get { json.strings("apiVersions") } set { json.set("apiVersions", newValue) } }
    package var operations: [String] { get { json.strings("operations") } set { json.set("operations", newValue) } }
    package var resourceNames: [String] { get { json.strings("resourceNames") } set { json.set("resourceNames", newValue) } }
    package var resources: [String] { get { json.strings("resources") } set { json.set("resources", newValue) } }
    package var scope: String? { get { json.string("scope") } set { json.set("scope", newValue) } }
}

package struct ParamKind: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
}

package struct ParamRef: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var name: String? { get { json.string("name") } set { json.set("name", newValue) } }
    package var namespace: String? { get { json.string("namespace") } set { json.set("namespace", newValue) } }
    package var parameterNotFoundAction: String? { get { json.string("parameterNotFoundAction") } set { json.set("parameterNotFoundAction", newValue) } }
    package var selector: LabelSelector? { get { json.view("selector") } set { json.set("selector", newValue) } }
}

package struct RuleWithOperations: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiGroups: [String] { get { json.strings("apiGroups") } set { json.set("apiGroups", newValue) } }
    package var apiVersions: [String] { get { json.strings("apiVersions") } set { json.set("apiVersions", newValue) } }
    package var operations: [String] { get { json.strings("operations") } set { json.set("operations", newValue) } }
    package var resources: [String] { get { json.strings("resources") } set { json.set("resources", newValue) } }
    package var scope: String? { get { json.string("scope") } set { json.set("scope", newValue) } }
}

package struct AdmissionregistrationServiceReference: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
    package var namespace: String { get { json.string("namespace") ?? "" } set { json.set("namespace", Optional(newValue)) } }
    package var path: String? { get { json.string("path") } set { json.set("path", newValue) } }
    package var port: Int32? { get { json.int32("port") } set { json.set("port", newValue) } }
}

package struct TypeChecking: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var expressionWarnings: [ExpressionWarning] { get { json.views("expressionWarnings") } set { json.set("expressionWarnings", newValue) } }
}

package struct ValidatingAdmissionPolicy: KubeObject {
    package static let kind = GroupVersionKind(group: "admissionregistration.k8s.io", version: "v1", kind: "ValidatingAdmissionPolicy")
    package static let resource = GroupVersionResource(group: "admissionregistration.k8s.io", version: "v1", resource: "validatingadmissionpolicies")
    package static let isNamespaced = false
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var spec: ValidatingAdmissionPolicySpec { get { json.view("spec") ?? ValidatingAdmissionPolicySpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
    package var status: ValidatingAdmissionPolicyStatus { get { json.view("status") ?? ValidatingAdmissionPolicyStatus() } set { json.set("status", newValue.json.isEmpty ? nil : newValue) } }
}

package struct ValidatingAdmissionPolicyBinding: KubeObject {
    package static let kind = GroupVersionKind(group: "admissionregistration.k8s.io", version: "v1", kind: "ValidatingAdmissionPolicyBinding")
    package static let resource = GroupVersionResource(group: "admissionregistration.k8s.io", version: "v1", resource: "validatingadmissionpolicybindings")
    package static let isNamespaced = false
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var spec: ValidatingAdmissionPolicyBindingSpec { get { json.view("spec") ?? ValidatingAdmissionPolicyBindingSpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
}

package struct ValidatingAdmissionPolicyBindingList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [ValidatingAdmissionPolicyBinding] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct ValidatingAdmissionPolicyBindingSpec: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var matchResources: MatchResources? { get { json.view("matchResources") } set { json.set("matchResources", newValue) } }
    package var paramRef: ParamRef? { get { json.view("paramRef") } set { json.set("paramRef", newValue) } }
    package var policyName: String { get { json.string("policyName") ?? "" } set { json.set("policyName", Optional(newValue)) } }
    package var validationActions: [String] { get { json.strings("validationActions") } set { json.set("validationActions", newValue) } }
}

package struct ValidatingAdmissionPolicyList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [ValidatingAdmissionPolicy] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct ValidatingAdmissionPolicySpec: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var auditAnnotations: [AuditAnnotation] { get { json.views("auditAnnotations") } set { json.set("auditAnnotations", newValue) } }
    package var failurePolicy: String? { get { json.string("failurePolicy") } set { json.set("failurePolicy", newValue) } }
    package var matchConditions: [MatchCondition] { get { json.views("matchConditions") } set { json.set("matchConditions", newValue) } }
    package var matchConstraints: MatchResources? { get { json.view("matchConstraints") } set { json.set("matchConstraints", newValue) } }
    package var paramKind: ParamKind? { get { json.view("paramKind") } set { json.set("paramKind", newValue) } }
    package var validations: [Validation] { get { json.views("validations") } set { json.set("validations", newValue) } }
    package var variables: [Variable] { get { json.views("variables") } set { json.set("variables", newValue) } }
}

package struct ValidatingAdmissionPolicyStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var conditions: [Condition] { get { json.views("conditions") } set { json.set("conditions", newValue) } }
    package var observedGeneration: Int64? { get { json.int64("observedGeneration") } set { json.set("observedGeneration", newValue) } }
    package var typeChecking: TypeChecking? { get { json.view("typeChecking") } set { json.set("typeChecking", newValue) } }
}

package struct ValidatingWebhook: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var admissionReviewVersions: [String] { get { json.strings("admissionReviewVersions") } set { json.set("admissionReviewVersions", newValue) } }
    package var clientConfig: WebhookClientConfig { get { json.view("clientConfig") ?? WebhookClientConfig() } set { json.set("clientConfig", Optional(newValue)) } }
    package var failurePolicy: String? { get { json.string("failurePolicy") } set { json.set("failurePolicy", newValue) } }
    package var matchConditions: [MatchCondition] { get { json.views("matchConditions") } set { json.set("matchConditions", newValue) } }
    package var matchPolicy: String? { get { json.string("matchPolicy") } set { json.set("matchPolicy", newValue) } }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
    package var namespaceSelector: LabelSelector? { get { json.view("namespaceSelector") } set { json.set("namespaceSelector", newValue) } }
    package var objectSelector: LabelSelector? { get { json.view("objectSelector") } set { json.set("objectSelector", newValue) } }
    package var rules: [RuleWithOperations] { get { json.views("rules") } set { json.set("rules", newValue) } }
    package var sideEffects: String { get { json.string("sideEffects") ?? "" } set { json.set("sideEffects", Optional(newValue)) } }
    package var timeoutSeconds: Int32? { get { json.int32("timeoutSeconds") } set { json.set("timeoutSeconds", newValue) } }
}

package struct ValidatingWebhookConfiguration: KubeObject {
    package static let kind = GroupVersionKind(group: "admissionregistration.k8s.io", version: "v1", kind: "ValidatingWebhookConfiguration")
    package static let resource = GroupVersionResource(group: "admissionregistration.k8s.io", version: "v1", resource: "validatingwebhookconfigurations")
    package static let isNamespaced = false
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var webhooks: [ValidatingWebhook] { get { json.views("webhooks") } set { json.set("webhooks", newValue) } }
}

package struct ValidatingWebhookConfigurationList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [ValidatingWebhookConfiguration] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct Validation: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var expression: String { get { json.string("expression") ?? "" } set { json.set("expression", Optional(newValue)) } }
    package var message: String? { get { json.string("message") } set { json.set("message", newValue) } }
    package var messageExpression: String? { get { json.string("messageExpression") } set { json.set("messageExpression", newValue) } }
    package var reason: String? { get { json.string("reason") } set { json.set("reason", newValue) } }
}

package struct Variable: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var expression: String { get { json.string("expression") ?? "" } set { json.set("expression", Optional(newValue)) } }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
}

package struct WebhookClientConfig: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var caBundle: String? { get { json.string("caBundle") } set { json.set("caBundle", newValue) } }
    package var service: AdmissionregistrationServiceReference? { get { json.view("service") } set { json.set("service", newValue) } }
    package var url: String? { get { json.string("url") } set { json.set("url", newValue) } }
}

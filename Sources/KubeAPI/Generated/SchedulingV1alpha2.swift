// Generated from Sources/KubeSchemas by SchemaGenerator; scripts/generate writes it anew.
// swift-format-ignore-file

import Machinery

package struct BasicSchedulingPolicy: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
}

package struct GangSchedulingPolicy: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var minCount: Int32 { get { json.int32("minCount") ?? 0 } set { json.set("minCount", Optional(newValue)) } }
}

package struct PodGroup: KubeObject {
    package static let kind = GroupVersionKind(group: "scheduling.k8s.io", version: "v1alpha2", kind: "PodGroup")
    package static let resource = GroupVersionResource(group: "scheduling.k8s.io", version: "v1alpha2", resource: "podgroups")
    package static let isNamespaced = true
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var spec: PodGroupSpec { get { json.view("spec") ?? PodGroupSpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
    package var status: PodGroupStatus { get { json.view("status") ?? PodGroupStatus() } set { json.set("status", newValue.json.isEmpty ? nil : newValue) } }
}

package struct PodGroupList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [PodGroup] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct PodGroupResourceClaim: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
    package var resourceClaimName: String? { get { json.string("resourceClaimName") } set { json.set("resourceClaimName", newValue) } }
    package var resourceClaimTemplateName: String? { get { json.string("resourceClaimTemplateName") } set { json.set("resourceClaimTemplateName", newValue) } }
}

package struct PodGroupResourceClaimStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
    package var resourceClaimName: String? { get { json.string("resourceClaimName") } set { json.set("resourceClaimName", newValue) } }
}

package struct PodGroupSchedulingConstraints: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var topology: [TopologyConstraint] { get { json.views("topology") } set { json.set("topology", newValue) } }
}

package struct PodGroupSchedulingPolicy: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var basic: BasicSchedulingPolicy? { get { json.view("basic") } set { json.set("basic", newValue) } }
    package var gang: GangSchedulingPolicy? { get { json.view("gang") } set { json.set("gang", newValue) } }
}

package struct PodGroupSpec: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var disruptionMode: String? { get { json.string("disruptionMode") } set { json.set("disruptionMode", newValue) } }
    package var podGroupTemplateRef: PodGroupTemplateReference? { get { json.view("podGroupTemplateRef") } set { json.set("podGroupTemplateRef", newValue) } }
    package var priority: Int32? { get { json.int32("priority") } set { json.set("priority", newValue) } }
    package var priorityClassName: String? { get { json.string("priorityClassName") } set { json.set("priorityClassName", newValue) } }
    package var resourceClaims: [PodGroupResourceClaim] { get { json.views("resourceClaims") } set { json.set("resourceClaims", newValue) } }
    package var schedulingConstraints: PodGroupSchedulingConstraints? { get { json.view("schedulingConstraints") } set { json.set("schedulingConstraints", newValue) } }
    package var schedulingPolicy: PodGroupSchedulingPolicy { get { json.view("schedulingPolicy") ?? PodGroupSchedulingPolicy() } set { json.set("schedulingPolicy", Optional(newValue)) } }
}

package struct PodGroupStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var conditions: [Condition] { get { json.views("conditions") } set { json.set("conditions", newValue) } }
    package var resourceClaimStatuses: [PodGroupResourceClaimStatus] { get { json.views("resourceClaimStatuses") } set { json.set("resourceClaimStatuses", newValue) } }
}

package struct PodGroupTemplate: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var disruptionMode: String? { get { json.string("disruptionMode") } set { json.set("disruptionMode", newValue) } }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
    package var priority: Int32? { get { json.int32("priority") } set { json.set("priority", newValue) } }
    package var priorityClassName: String? { get { json.string("priorityClassName") } set { json.set("priorityClassName", newValue) } }
    package var resourceClaims: [PodGroupResourceClaim] { get { json.views("resourceClaims") } set { json.set("resourceClaims", newValue) } }
    package var schedulingConstraints: PodGroupSchedulingConstraints? { get { json.view("schedulingConstraints") } set { json.set("schedulingConstraints", newValue) } }
    package var schedulingPolicy: PodGroupSchedulingPolicy { get { json.view("schedulingPolicy") ?? PodGroupSchedulingPolicy() } set { json.set("schedulingPolicy", Optional(newValue)) } }
}

package struct PodGroupTemplateReference: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var workload: WorkloadPodGroupTemplateReference? { get { json.view("workload") } set { json.set("workload", newValue) } }
}

package struct TopologyConstraint: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var key: String { get { json.string("key") ?? "" } set { json.set("key", Optional(newValue)) } }
}

package struct SchedulingTypedLocalObjectReference: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiGroup: String? { get { json.string("apiGroup") } set { json.set("apiGroup", newValue) } }
    package var kind: String { get { json.string("kind") ?? "" } set { json.set("kind", Optional(newValue)) } }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
}

package struct Workload: KubeObject {
    package static let kind = GroupVersionKind(group: "scheduling.k8s.io", version: "v1alpha2", kind: "Workload")
    package static let resource = GroupVersionResource(group: "scheduling.k8s.io", version: "v1alpha2", resource: "workloads")
    package static let isNamespaced = true
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var spec: WorkloadSpec { get { json.view("spec") ?? WorkloadSpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
}

package struct WorkloadList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [Workload] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct WorkloadPodGroupTemplateReference: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var podGroupTemplateName: String { get { json.string("podGroupTemplateName") ?? "" } set { json.set("podGroupTemplateName", Optional(newValue)) } }
    package var workloadName: String { get { json.string("workloadName") ?? "" } set { json.set("workloadName", Optional(newValue)) } }
}

package struct WorkloadSpec: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var controllerRef: SchedulingTypedLocalObjectReference? { get { json.view("controllerRef") } set { json.set("controllerRef", newValue) } }
    package var podGroupTemplates: [PodGroupTemplate] { get { json.views("podGroupTemplates") } set { json.set("podGroupTemplates", newValue) } }
}

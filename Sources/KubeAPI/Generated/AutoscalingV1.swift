// Generated from Sources/KubeSchemas by SchemaGenerator; scripts/generate writes it anew.
// swift-format-ignore-file

import Machinery

package struct AutoscalingCrossVersionObjectReference: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String { get { json.string("kind") ?? "" } set { json.set("kind", Optional(newValue)) } }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
}

package struct AutoscalingHorizontalPodAutoscaler: KubeObject {
    package static let kind = GroupVersionKind(group: "autoscaling", version: "v1", kind: "HorizontalPodAutoscaler")
    package static let resource = GroupVersionResource(group: "autoscaling", version: "v1", resource: "horizontalpodautoscalers")
    package static let isNamespaced = true
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var spec: AutoscalingHorizontalPodAutoscalerSpec { get { json.view("spec") ?? AutoscalingHorizontalPodAutoscalerSpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
    package var status: AutoscalingHorizontalPodAutoscalerStatus { get { json.view("status") ?? AutoscalingHorizontalPodAutoscalerStatus() } set { json.set("status", newValue.json.isEmpty ? nil : newValue) } }
}

package struct AutoscalingHorizontalPodAutoscalerList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [AutoscalingHorizontalPodAutoscaler] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct AutoscalingHorizontalPodAutoscalerSpec: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var maxReplicas: Int32 { get { json.int32("maxReplicas") ?? 0 } set { json.set("maxReplicas", Optional(newValue)) } }
    package var minReplicas: Int32? { get { json.int32("minReplicas") } set { json.set("minReplicas", newValue) } }
    package var scaleTargetRef: AutoscalingCrossVersionObjectReference { get { json.view("scaleTargetRef") ?? AutoscalingCrossVersionObjectReference() } set { json.set("scaleTargetRef", Optional(newValue)) } }
    package var targetCPUUtilizationPercentage: Int32? { get { json.int32("targetCPUUtilizationPercentage") } set { json.set("targetCPUUtilizationPercentage", newValue) } }
}

package struct AutoscalingHorizontalPodAutoscalerStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var currentCPUUtilizationPercentage: Int32? { get { json.int32("currentCPUUtilizationPercentage") } set { json.set("currentCPUUtilizationPercentage", newValue) } }
    package var currentReplicas: Int32 { get { json.int32("currentReplicas") ?? 0 } set { json.set("currentReplicas", Optional(newValue)) } }
    package var desiredReplicas: Int32 { get { json.int32("desiredReplicas") ?? 0 } set { json.set("desiredReplicas", Optional(newValue)) } }
    package var lastScaleTime: Timestamp? { get { json.time("lastScaleTime") } set { json.setTime("lastScaleTime", newValue) } }
    package var observedGeneration: Int64? { get { json.int64("observedGeneration") } set { json.set("observedGeneration", newValue) } }
}

package struct Scale: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var spec: ScaleSpec { get { json.view("spec") ?? ScaleSpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
    package var status: ScaleStatus { get { json.view("status") ?? ScaleStatus() } set { json.set("status", newValue.json.isEmpty ? nil : newValue) } }
}

package struct ScaleSpec: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var replicas: Int32? { get { json.int32("replicas") } set { json.set("replicas", newValue) } }
}

package struct ScaleStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var replicas: Int32 { get { json.int32("replicas") ?? 0 } set { json.set("replicas", Optional(newValue)) } }
    package var selector: String? { get { json.string("selector") } set { json.set("selector", newValue) } }
}

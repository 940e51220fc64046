// Generated from Sources/KubeSchemas by SchemaGenerator; scripts/generate writes it anew.
// swift-format-ignore-file

import Machinery

package struct ContainerResourceMetricSource: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var container: String { get { json.string("container") ?? "" } set { json.set("container", Optional(newValue)) } }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
    package var target: MetricTarget { get { json.view("target") ?? MetricTarget() } set { json.set("target", Optional(newValue)) } }
}

package struct ContainerResourceMetricStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var container: String { get { json.string("container") ?? "" } set { json.set("container", Optional(newValue)) } }
    package var current: MetricValueStatus { get { json.view("current") ?? MetricValueStatus() } set { json.set("current", Optional(newValue)) } }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
}

package struct CrossVersionObjectReference: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String { get { json.string("kind") ?? "" } set { json.set("kind", Optional(newValue)) } }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
}

package struct ExternalMetricSource: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var metric: MetricIdentifier { get { json.view("metric") ?? MetricIdentifier() } set { json.set("metric", Optional(newValue)) } }
    package var target: MetricTarget { get { json.view("target") ?? MetricTarget() } set { json.set("target", Optional(newValue)) } }
}

package struct ExternalMetricStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var current: MetricValueStatus { get { json.view("current") ?? MetricValueStatus() } set { json.set("current", Optional(newValue)) } }
    package var metric: MetricIdentifier { get { json.view("metric") ?? MetricIdentifier() } set { json.set("metric", Optional(newValue)) } }
}

package struct HPAScalingPolicy: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var periodSeconds: Int32 { get { json.int32("periodSeconds") ?? 0 } set { json.set("periodSeconds", Optional(newValue)) } }
    package var type: String { get { json.string("type") ?? "" } set { json.set("type", Optional(newValue)) } }
    package var value: Int32 { get { json.int32("value") ?? 0 } set { json.set("value", Optional(newValue)) } }
}

package struct HPAScalingRules: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var policies: [HPAScalingPolicy] { get { json.views("policies") } set { json.set("policies", newValue) } }
    package var selectPolicy: String? { get { json.string("selectPolicy") } set { json.set("selectPolicy", newValue) } }
    package var stabilizationWindowSeconds: Int32? { get { json.int32("stabilizationWindowSeconds") } set { json.set("stabilizationWindowSeconds", newValue) } }
    package var tolerance: Quantity? { get { json.quantity("tolerance") } set { json.set("tolerance", newValue) } }
}

package struct HorizontalPodAutoscaler: KubeObject {
    package static let kind = GroupVersionKind(group: "autoscaling", version: "v2", kind: "HorizontalPodAutoscaler")
    package static let resource = GroupVersionResource(group: "autoscaling", version: "v2", resource: "horizontalpodautoscalers")
    package static let isNamespaced = true
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var spec: HorizontalPodAutoscalerSpec { get { json.view("spec") ?? HorizontalPodAutoscalerSpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
    package var status: HorizontalPodAutoscalerStatus { get { json.view("status") ?? HorizontalPodAutoscalerStatus() } set { json.set("status", newValue.json.isEmpty ? nil : newValue) } }
}

package struct HorizontalPodAutoscalerBehavior: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var scaleDown: HPAScalingRules? { get { json.view("scaleDown") } set { json.set("scaleDown", newValue) } }
    package var scaleUp: HPAScalingRules? { get { json.view("scaleUp") } set { json.set("scaleUp", newValue) } }
}

package struct HorizontalPodAutoscalerCondition: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var lastTransitionTime: Timestamp? { get { json.time("lastTransitionTime") } set { json.setTime("lastTransitionTime", newValue) } }
    package var message: String? { get { json.string("message") } set { json.set("message", newValue) } }
    package var reason: String? { get { json.string("reason") } set { json.set("reason", newValue) } }
    package var status: String { get { json.string("status") ?? "" } set { json.set("status", Optional(newValue)) } }
    package var type: String { get { json.string("type") ?? "" } set { json.set("type", Optional(newValue)) } }
}

package struct HorizontalPodAutoscalerList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [HorizontalPodAutoscaler] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct HorizontalPodAutoscalerSpec: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var behavior: HorizontalPodAutoscalerBehavior? { get { json.view("behavior") } set { json.set("behavior", newValue) } }
    package var maxReplicas: Int32 { get { json.int32("maxReplicas") ?? 0 } set { json.set("maxReplicas", Optional(newValue)) } }
    package var metrics: [MetricSpec] { get { json.views("metrics") } set { json.set("metrics", newValue) } }
    package var minReplicas: Int32? { get { json.int32("minReplicas") } set { json.set("minReplicas", newValue) } }
    package var scaleTargetRef: CrossVersionObjectReference { get { json.view("scaleTargetRef") ?? CrossVersionObjectReference() } set { json.set("scaleTargetRef", Optional(newValue)) } }
}

package struct HorizontalPodAutoscalerStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var conditions: [HorizontalPodAutoscalerCondition] { get { json.views("conditions") } set { json.set("conditions", newValue) } }
    package var currentMetrics: [MetricStatus] { get { json.views("currentMetrics") } set { json.set("currentMetrics", newValue) } }
    package var currentReplicas: Int32? { get { json.int32("currentReplicas") } set { json.set("currentReplicas", newValue) } }
    package var desiredReplicas: Int32 { get { json.int32("desiredReplicas") ?? 0 } set { json.set("desiredReplicas", Optional(newValue)) } }
    package var lastScaleTime: Timestamp? { get { json.time("lastScaleTime") } set { json.setTime("lastScaleTime", newValue) } }
    package var observedGeneration: Int64? { get { json.int64("observedGeneration") } set { json.set("observedGeneration", newValue) } }
}

package struct MetricIdentifier: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
    package var selector: LabelSelector? { get { json.view("selector") } set { json.set("selector", newValue) } }
}

package struct MetricSpec: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var containerResource: ContainerResourceMetricSource? { get { json.view("containerResource") } set { json.set("containerResource", newValue) } }
    package var external: ExternalMetricSource? { get { json.view("external") } set { json.set("external", newValue) } }
    package var object: ObjectMetricSource? { get { json.view("object") } set { json.set("object", newValue) } }
    package var pods: PodsMetricSource? { get { json.view("pods") } set { json.set("pods", newValue) } }
    package var resource: ResourceMetricSource? { get { json.view("resource") } set { json.set("resource", newValue) } }
    package var type: String { get { json.string("type") ?? "" } set { json.set("type", Optional(newValue)) } }
}

package struct MetricStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var containerResource: ContainerResourceMetricStatus? { get { json.view("containerResource") } set { json.set("containerResource", newValue) } }
    package var external: ExternalMetricStatus? { get { json.view("external") } set { json.set("external", newValue) } }
    package var object: ObjectMetricStatus? { get { json.view("object") } set { json.set("object", newValue) } }
    package var pods: PodsMetricStatus? { get { json.view("pods") } set { json.set("pods", newValue) } }
    package var resource: ResourceMetricStatus? { get { json.view("resource") } set { json.set("resource", newValue) } }
    package var type: String { get { json.string("type") ?? "" } set { json.set("type", Optional(newValue)) } }
}

package struct MetricTarget: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var averageUtilization: Int32? { get { json.int32("averageUtilization") } set { json.set("averageUtilization", newValue) } }
    package var averageValue: Quantity? { get { json.quantity("averageValue") } set { json.set("averageValue", newValue) } }
    package var type: String { get { json.string("type") ?? "" } set { json.set("type", Optional(newValue)) } }
    package var value: Quantity? { get { json.quantity("value") } set { json.set("value", newValue) } }
}

package struct MetricValueStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var averageUtilization: Int32? { get { json.int32("averageUtilization") } set { json.set("averageUtilization", newValue) } }
    package var averageValue: Quantity? { get { json.quantity("averageValue") } set { json.set("averageValue", newValue) } }
    package var value: Quantity? { get { json.quantity("value") } set { json.set("value", newValue) } }
}

package struct ObjectMetricSource: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var describedObject: CrossVersionObjectReference { get { json.view("describedObject") ?? CrossVersionObjectReference() } set { json.set("describedObject", Optional(newValue)) } }
    package var metric: MetricIdentifier { get { json.view("metric") ?? MetricIdentifier() } set { json.set("metric", Optional(newValue)) } }
    package var target: MetricTarget { get { json.view("target") ?? MetricTarget() } set { json.set("target", Optional(newValue)) } }
}

package struct ObjectMetricStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var current: MetricValueStatus { get { json.view("current") ?? MetricValueStatus() } set { json.set("current", Optional(newValue)) } }
    package var describedObject: CrossVersionObjectReference { get { json.view("describedObject") ?? CrossVersionObjectReference() } set { json.set("describedObject", Optional(newValue)) } }
    package var metric: MetricIdentifier { get { json.view("metric") ?? MetricIdentifier() } set { json.set("metric", Optional(newValue)) } }
}

package struct PodsMetricSource: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var metric: MetricIdentifier { get { json.view("metric") ?? MetricIdentifier() } set { json.set("metric", Optional(newValue)) } }
    package var target: MetricTarget { get { json.view("target") ?? MetricTarget() } set { json.set("target", Optional(newValue)) } }
}

package struct PodsMetricStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var current: MetricValueStatus { get { json.view("current") ?? MetricValueStatus() } set { json.set("current", Optional(newValue)) } }
    package var metric: MetricIdentifier { get { json.view("metric") ?? MetricIdentifier() } set { json.set("metric", Optional(newValue)) } }
}

package struct ResourceMetricSource: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
    package var target: MetricTarget { get { json.view("target") ?? MetricTarget() } set { json.set("target", Optional(newValue)) } }
}

package struct ResourceMetricStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var current: MetricValueStatus { get { json.view("current") ?? MetricValueStatus() } set { json.set("current", Optional(newValue)) } }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
}

// Generated from Sources/KubeSchemas by SchemaGenerator; scripts/generate writes it anew.
// swift-format-ignore-file

import Machinery

package struct Eviction: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var deleteOptions: DeleteOptions? { get { json.view("deleteOptions") } set { json.set("deleteOptions", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct PodDisruptionBudget: KubeObject {
    package static let kind = GroupVersionKind(group: "policy", version: "v1", kind: "PodDisruptionBudget")
    package static let resource = GroupVersionResource(group: "policy", version: "v1", resource: "poddisruptionbudgets")
    package static let isNamespaced = true
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var spec: PodDisruptionBudgetSpec { get { json.view("spec") ?? PodDisruptionBudgetSpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
    package var status: PodDisruptionBudgetStatus { get { json.view("status") ?? PodDisruptionBudgetStatus() } set { json.set("status", newValue.json.isEmpty ? nil : newValue) } }
}

package struct PodDisruptionBudgetList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [PodDisruptionBudget] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct PodDisruptionBudgetSpec: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var maxUnavailable: IntOrString? { get { json.intOrString("maxUnavailable") } set { json.set("maxUnavailable", newValue) } }
    package var minAvailable: IntOrString? { get { json.intOrString("minAvailable") } set { json.set("minAvailable", newValue) } }
    package var selector: LabelSelector? { get { json.view("selector") } set { json.set("selector", newValue) } }
    package var unhealthyPodEvictionPolicy: String? { get { json.string("unhealthyPodEvictionPolicy") } set { json.set("unhealthyPodEvictionPolicy", newValue) } }
}

package struct PodDisruptionBudgetStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var conditions: [Condition] { get { json.views("conditions") } set { json.set("conditions", newValue) } }
    package var currentHealthy: Int32? { get { json.int32("currentHealthy") } set { json.set("currentHealthy", newValue) } }
    package var desiredHealthy: Int32? { get { json.int32("desiredHealthy") } set { json.set("desiredHealthy", newValue) } }
    package var disruptedPods: JSON? { get { json["disruptedPods"] } set { json["disruptedPods"] = newValue } }
    package var disruptionsAllowed: Int32? { get { json.int32("disruptionsAllowed") } set { json.set("disruptionsAllowed", newValue) } }
    package var expectedPods: Int32? { get { json.int32("expectedPods") } set { json.set("expectedPods", newValue) } }
    package var observedGeneration: Int64? { get { json.int64("observedGeneration") } set { json.set("observedGeneration", newValue) } }
}

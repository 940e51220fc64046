// Generated from Sources/KubeSchemas by SchemaGenerator; scripts/generate writes it anew.
// swift-format-ignore-file

import Machinery

package struct ResourceDeviceTaint: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var effect: String { get { json.string("effect") ?? "" } set { json.set("effect", Optional(newValue)) } }
    package var key: String { get { json.string("key") ?? "" } set { json.set("key", Optional(newValue)) } }
    package var timeAdded: Timestamp? { get { json.time("timeAdded") } set { json.setTime("timeAdded", newValue) } }
    package var value: String? { get { json.string("value") } set { json.set("value", newValue) } }
}

package struct DeviceTaintRule: KubeObject {
    package static let kind = GroupVersionKind(group: "resource.k8s.io", version: "v1alpha3", kind: "DeviceTaintRule")
    package static let resource = GroupVersionResource(group: "resource.k8s.io", version: "v1alpha3", resource: "devicetaintrules")
    package static let isNamespaced = false
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var spec: DeviceTaintRuleSpec { get { json.view("spec") ?? DeviceTaintRuleSpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
    package var status: DeviceTaintRuleStatus { get { json.view("status") ?? DeviceTaintRuleStatus() } set { json.set("status", newValue.json.isEmpty ? nil : newValue) } }
}

package struct DeviceTaintRuleList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [DeviceTaintRule] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct DeviceTaintRuleSpec: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var deviceSelector: DeviceTaintSelector? { get { json.view("deviceSelector") } set { json.set("deviceSelector", newValue) } }
    package var taint: ResourceDeviceTaint { get { json.view("taint") ?? ResourceDeviceTaint() } set { json.set("taint", Optional(newValue)) } }
}

package struct DeviceTaintRuleStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var conditions: [Condition] { get { json.views("conditions") } set { json.set("conditions", newValue) } }
}

package struct DeviceTaintSelector: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var device: String? { get { json.string("device") } set { json.set("device", newValue) } }
    package var driver: String? { get { json.string("driver") } set { json.set("driver", newValue) } }
    package var pool: String? { get { json.string("pool") } set { json.set("pool", newValue) } }
}

package struct PoolStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var allocatedDevices: Int32? { get { json.int32("allocatedDevices") } set { json.set("allocatedDevices", newValue) } }
    package var availableDevices: Int32? { get { json.int32("availableDevices") } set { json.set("availableDevices", newValue) } }
    package var driver: String { get { json.string("driver") ?? "" } set { json.set("driver", Optional(newValue)) } }
    package var generation: Int64 { get { json.int64("generation") ?? 0 } set { json.set("generation", Optional(newValue)) } }
    package var nodeName: String? { get { json.string("nodeName") } set { json.set("nodeName", newValue) } }
    package var poolName: String { get { json.string("poolName") ?? "" } set { json.set("poolName", Optional(newValue)) } }
    package var resourceSliceCount: Int32? { get { json.int32("resourceSliceCount") } set { json.set("resourceSliceCount", newValue) } }
    package var totalDevices: Int32? { get { json.int32("totalDevices") } set { json.set("totalDevices", newValue) } }
    package var unavailableDevices: Int32? { get { json.int32("unavailableDevices") } set { json.set("unavailableDevices", newValue) } }
    package var validationError: String? { get { json.string("validationError") } set { json.set("validationError", newValue) } }
}

package struct ResourcePoolStatusRequest: KubeObject {
    package static let kind = GroupVersionKind(group: "resource.k8s.io", version: "v1alpha3", kind: "ResourcePoolStatusRequest")
    package static let resource = GroupVersionResource(group: "resource.k8s.io", version: "v1alpha3", resource: "resourcepoolstatusrequests")
    package static let isNamespaced = false
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var spec: ResourcePoolStatusRequestSpec { get { json.view("spec") ?? ResourcePoolStatusRequestSpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
    package var status: ResourcePoolStatusRequestStatus { get { json.view("status") ?? ResourcePoolStatusRequestStatus() } set { json.set("status", newValue.json.isEmpty ? nil : newValue) } }
}

package struct ResourcePoolStatusRequestList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [ResourcePoolStatusRequest] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct ResourcePoolStatusRequestSpec: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var driver: String { get { json.string("driver") ?? "" } set { json.set("driver", Optional(newValue)) } }
    package var limit: Int32? { get { json.int32("limit") } set { json.set("limit", newValue) } }
    package var poolName: String? { get { json.string("poolName") } set { json.set("poolName", newValue) } }
}

package struct ResourcePoolStatusRequestStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var conditions: [Condition] { get { json.views("conditions") } set { json.set("conditions", newValue) } }
    package var poolCount: Int32 { get { json.int32("poolCount") ?? 0 } set { json.set("poolCount", Optional(newValue)) } }
    package var pools: [PoolStatus] { get { json.views("pools") } set { json.set("pools", newValue) } }
}

// Generated from Sources/KubeSchemas by SchemaGenerator; scripts/generate writes it anew.
// swift-format-ignore-file

import Machinery

package struct AllocatedDeviceStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var conditions: [Condition] { get { json.views("conditions") } set { json.set("conditions", newValue) } }
    package var data: JSON? { get { json["data"] } set { json["data"] = newValue } }
    package var device: String { get { json.string("device") ?? "" } set { json.set("device", Optional(newValue)) } }
    package var driver: String { get { json.string("driver") ?? "" } set { json.set("driver", Optional(newValue)) } }
    package var networkData: NetworkDeviceData? { get { json.view("networkData") } set { json.set("networkData", newValue) } }
    package var pool: String { get { json.string("pool") ?? "" } set { json.set("pool", Optional(newValue)) } }
    package var shareID: String? { get { json.string("shareID") } set { json.set("shareID", newValue) } }
}

package struct AllocationResult: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var allocationTimestamp: Timestamp? { get { json.time("allocationTimestamp") } set { json.setTime("allocationTimestamp", newValue) } }
    package var devices: DeviceAllocationResult? { get { json.view("devices") } set { json.set("devices", newValue) } }
    package var nodeSelector: NodeSelector? { get { json.view("nodeSelector") } set { json.set("nodeSelector", newValue) } }
}

package struct CELDeviceSelector: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var expression: String { get { json.string("expression") ?? "" } set { json.set("expression", Optional(newValue)) } }
}

package struct CapacityRequestPolicy: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var `default`: Quantity? { get { json.quantity("default") } set { json.set("default", newValue) } }
    package var validRange: CapacityRequestPolicyRange? { get { json.view("validRange") } set { json.set("validRange", newValue) } }
    package var validValues: [JSON] { get { json.values("validValues") } set { json.set("validValues", newValue) } }
}

package struct CapacityRequestPolicyRange: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var max: Quantity? { get { json.quantity("max") } set { json.set("max", newValue) } }
    package var min: Quantity? { get { json.quantity("min") } set { json.set("min", newValue) } }
    package var step: Quantity? { get { json.quantity("step") } set { json.set("step", newValue) } }
}

package struct CapacityRequirements: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var requests: [String: Quantity] { get { json.quantityMap("requests") } set { json.set("requests", newValue) } }
}

package struct Counter: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var value: Quantity? { get { json.quantity("value") } set { json.set("value", newValue) } }
}

package struct CounterSet: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var counters: [String: Counter] { get { json.viewMap("counters") } set { json.set("counters", newValue) } }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
}

package struct Device: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var allNodes: Bool? { get { json.bool("allNodes") } set { json.set("allNodes", newValue) } }
    package var allowMultipleAllocations: Bool? { get { json.bool("allowMultipleAllocations") } set { json.set("allowMultipleAllocations", newValue) } }
    package var attributes: [String: DeviceAttribute] { get { json.viewMap("attributes") } set { json.set("attributes", newValue) } }
    package var bindingConditions: [String] { get { json.strings("bindingConditions") } set { json.set("bindingConditions", newValue) } }
    package var bindingFailureConditions: [String] { get { json.strings("bindingFailureConditions") } set { json.set("bindingFailureConditions", newValue) } }
    package var bindsToNode: Bool? { get { json.bool("bindsToNode") } set { json.set("bindsToNode", newValue) } }
    package var capacity: [String: DeviceCapacity] { get { json.viewMap("capacity") } set { json.set("capacity", newValue) } }
    package var consumesCounters: [DeviceCounterConsumption] { get { json.views("consumesCounters") } set { json.set("consumesCounters", newValue) } }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
    package var nodeAllocatableResourceMappings: [String: NodeAllocatableResourceMapping] { get { json.viewMap("nodeAllocatableResourceMappings") } set { json.set("nodeAllocatableResourceMappings", newValue) } }
    package var nodeName: String? { get { json.string("nodeName") } set { json.set("nodeName", newValue) } }
    package var nodeSelector: NodeSelector? { get { json.view("nodeSelector") } set { json.set("nodeSelector", newValue) } }
    package var taints: [DeviceTaint] { get { json.views("taints") } set { json.set("taints", newValue) } }
}

package struct DeviceAllocationConfiguration: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var opaque: OpaqueDeviceConfiguration? { get { json.view("opaque") } set { json.set("opaque", newValue) } }
    package var requests: [String] { get { json.strings("requests") } set { json.set("requests", newValue) } }
    package var source: String { get { json.string("source") ?? "" } set { json.set("source", Optional(newValue)) } }
}

package struct DeviceAllocationResult: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var config: [DeviceAllocationConfiguration] { get { json.views("config") } set { json.set("config", newValue) } }
    package var results: [DeviceRequestAllocationResult] { get { json.views("results") } set { json.set("results", newValue) } }
}

package struct DeviceAttribute: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var bool: Bool? { get { json.bool("bool") } set { json.set("bool", newValue) } }
    package var bools: [JSON] { get { json.values("bools") } set { json.set("bools", newValue) } }
    package var int: Int64? { get { json.int64("int") } set { json.set("int", newValue) } }
    package var ints: [Int64] { get { json.integers("ints") } set { json.set("ints", newValue) } }
    package var string: String? { get { json.string("string") } set { json.set("string", newValue) } }
    package var strings: [String] { get { json.strings("strings") } set { json.set("strings", newValue) } }
    package var version: String? { get { json.string("version") } set { json.set("version", newValue) } }
    package var versions: [String] { get { json.strings("versions") } set { json.set("versions", newValue) } }
}

package struct DeviceCapacity: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var requestPolicy: CapacityRequestPolicy? { get { json.view("requestPolicy") } set { json.set("requestPolicy", newValue) } }
    package var value: Quantity? { get { json.quantity("value") } set { json.set("value", newValue) } }
}

package struct DeviceClaim: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var config: [DeviceClaimConfiguration] { get { json.views("config") } set { json.set("config", newValue) } }
    package var constraints: [DeviceConstraint] { get { json.views("constraints") } set { json.set("constraints", newValue) } }
    package var requests: [DeviceRequest] { get { json.views("requests") } set { json.set("requests", newValue) } }
}

package struct DeviceClaimConfiguration: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var opaque: OpaqueDeviceConfiguration? { get { json.view("opaque") } set { json.set("opaque", newValue) } }
    package var requests: [String] { get { json.strings("requests") } set { json.set("requests", newValue) } }
}

package struct DeviceClass: KubeObject {
    package static let kind = GroupVersionKind(group: "resource.k8s.io", version: "v1", kind: "DeviceClass")
    package static let resource = GroupVersionResource(group: "resource.k8s.io", version: "v1", resource: "deviceclasses")
    package static let isNamespaced = false
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var spec: DeviceClassSpec { get { json.view("spec") ?? DeviceClassSpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
}

package struct DeviceClassConfiguration: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var opaque: OpaqueDeviceConfiguration? { get { json.view("opaque") } set { json.set("opaque", newValue) } }
}

package struct DeviceClassList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [DeviceClass] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct DeviceClassSpec: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var config: [DeviceClassConfiguration] { get { json.views("config") } set { json.set("config", newValue) } }
    package var extendedResourceName: String? { get { json.string("extendedResourceName") } set { json.set("extendedResourceName", newValue) } }
    package var selectors: [DeviceSelector] { get { json.views("selectors") } set { json.set("selectors", newValue) } }
}

package struct DeviceConstraint: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var distinctAttribute: String? { get { json.string("distinctAttribute") } set { json.set("distinctAttribute", newValue) } }
    package var matchAttribute: String? { get { json.string("matchAttribute") } set { json.set("matchAttribute", newValue) } }
    package var requests: [String] { get { json.strings("requests") } set { json.set("requests", newValue) } }
}

package struct DeviceCounterConsumption: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var counterSet: String { get { json.string("counterSet") ?? "" } set { json.set("counterSet", Optional(newValue)) } }
    package var counters: [String: Counter] { get { json.viewMap("counters") } set { json.set("counters", newValue) } }
}

package struct DeviceRequest: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var exactly: ExactDeviceRequest? { get { json.view("exactly") } set { json.set("exactly", newValue) } }
    package var firstAvailable: [DeviceSubRequest] { get { json.views("firstAvailable") } set { json.set("firstAvailable", newValue) } }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
}

package struct DeviceRequestAllocationResult: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var adminAccess: Bool? { get { json.bool("adminAccess") } set { json.set("adminAccess", newValue) } }
    package var bindingConditions: [String] { get { json.strings("bindingConditions") } set { json.set("bindingConditions", newValue) } }
    package var bindingFailureConditions: [String] { get { json.strings("bindingFailureConditions") } set { json.set("bindingFailureConditions", newValue) } }
    package var consumedCapacity: [String: Quantity] { get { json.quantityMap("consumedCapacity") } set { json.set("consumedCapacity", newValue) } }
    package var device: String { get { json.string("device") ?? "" } set { json.set("device", Optional(newValue)) } }
    package var driver: String { get { json.string("driver") ?? "" } set { json.set("driver", Optional(newValue)) } }
    package var pool: String { get { json.string("pool") ?? "" } set { json.set("pool", Optional(newValue)) } }
    package var request: String { get { json.string("request") ?? "" } set { json.set("request", Optional(newValue)) } }
    package var shareID: String? { get { json.string("shareID") } set { json.set("shareID", newValue) } }
    package var tolerations: [DeviceToleration] { get { json.views("tolerations") } set { json.set("tolerations", newValue) } }
}

package struct DeviceSelector: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var cel: CELDeviceSelector? { get { json.view("cel") } set { json.set("cel", newValue) } }
}

package struct DeviceSubRequest: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var allocationMode: String? { get { json.string("allocationMode") } set { json.set("allocationMode", newValue) } }
    package var capacity: CapacityRequirements? { get { json.view("capacity") } set { json.set("capacity", newValue) } }
    package var count: Int64? { get { json.int64("count") } set { json.set("count", newValue) } }
    package var deviceClassName: String { get { json.string("deviceClassName") ?? "" } set { json.set("deviceClassName", Optional(newValue)) } }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
    package var selectors: [DeviceSelector] { get { json.views("selectors") } set { json.set("selectors", newValue) } }
    package var tolerations: [DeviceToleration] { get { json.views("tolerations") } set { json.set("tolerations", newValue) } }
}

package struct DeviceTaint: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var effect: String { get { json.string("effect") ?? "" } set { json.set("effect", Optional(newValue)) } }
    package var key: String { get { json.string("key") ?? "" } set { json.set("key", Optional(newValue)) } }
    package var timeAdded: Timestamp? { get { json.time("timeAdded") } set { json.setTime("timeAdded", newValue) } }
    package var value: String? { get { json.string("value") } set { json.set("value", newValue) } }
}

package struct DeviceToleration: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var effect: String? { get { json.string("effect") } set { json.set("effect", newValue) } }
    package var key: String? { get { json.string("key") } set { json.set("key", newValue) } }
    package var `operator`: String? { get { json.string("operator") } set { json.set("operator", newValue) } }
    package var tolerationSeconds: Int64? { get { json.int64("tolerationSeconds") } set { json.set("tolerationSeconds", newValue) } }
    package var value: String? { get { json.string("value") } set { json.set("value", newValue) } }
}

package struct ExactDeviceRequest: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var adminAccess: Bool? { get { json.bool("adminAccess") } set { json.set("adminAccess", newValue) } }
    package var allocationMode: String? { get { json.string("allocationMode") } set { json.set("allocationMode", newValue) } }
    package var capacity: CapacityRequirements? { get { json.view("capacity") } set { json.set("capacity", newValue) } }
    package var count: Int64? { get { json.int64("count") } set { json.set("count", newValue) } }
    package var deviceClassName: String { get { json.string("deviceClassName") ?? "" } set { json.set("deviceClassName", Optional(newValue)) } }
    package var selectors: [DeviceSelector] { get { json.views("selectors") } set { json.set("selectors", newValue) } }
    package var tolerations: [DeviceToleration] { get { json.views("tolerations") } set { json.set("tolerations", newValue) } }
}

package struct NetworkDeviceData: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var hardwareAddress: String? { get { json.string("hardwareAddress") } set { json.set("hardwareAddress", newValue) } }
    package var interfaceName: String? { get { json.string("interfaceName") } set { json.set("interfaceName", newValue) } }
    package var ips: [String] { get { json.strings("ips") } set { json.set("ips", newValue) } }
}

package struct NodeAllocatableResourceMapping: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var allocationMultiplier: Quantity? { get { json.quantity("allocationMultiplier") } set { json.set("allocationMultiplier", newValue) } }
    package var capacityKey: String? { get { json.string("capacityKey") } set { json.set("capacityKey", newValue) } }
}

package struct OpaqueDeviceConfiguration: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var driver: String { get { json.string("driver") ?? "" } set { json.set("driver", Optional(newValue)) } }
    package var parameters: JSON? { get { json["parameters"] } set { json["parameters"] = newValue } }
}

package struct ResourceResourceClaim: KubeObject {
    package static let kind = GroupVersionKind(group: "resource.k8s.io", version: "v1", kind: "ResourceClaim")
    package static let resource = GroupVersionResource(group: "resource.k8s.io", version: "v1", resource: "resourceclaims")
    package static let isNamespaced = true
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var spec: ResourceClaimSpec { get { json.view("spec") ?? ResourceClaimSpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
    package var status: ResourceClaimStatus { get { json.view("status") ?? ResourceClaimStatus() } set { json.set("status", newValue.json.isEmpty ? nil : newValue) } }
}

package struct ResourceClaimConsumerReference: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiGroup: String? { get { json.string("apiGroup") } set { json.set("apiGroup", newValue) } }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
    package var resource: String { get { json.string("resource") ?? "" } set { json.set("resource", Optional(newValue)) } }
    package var uid: String { get { json.string("uid") ?? "" } set { json.set("uid", Optional(newValue)) } }
}

package struct ResourceClaimList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [ResourceResourceClaim] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct ResourceClaimSpec: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var devices: DeviceClaim? { get { json.view("devices") } set { json.set("devices", newValue) } }
}

package struct ResourceClaimStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var allocation: AllocationResult? { get { json.view("allocation") } set { json.set("allocation", newValue) } }
    package var devices: [AllocatedDeviceStatus] { get { json.views("devices") } set { json.set("devices", newValue) } }
    package var reservedFor: [ResourceClaimConsumerReference] { get { json.views("reservedFor") } set { json.set("reservedFor", newValue) } }
}

package struct ResourceClaimTemplate: KubeObject {
    package static let kind = GroupVersionKind(group: "resource.k8s.io", version: "v1", kind: "ResourceClaimTemplate")
    package static let resource = GroupVersionResource(group: "resource.k8s.io", version: "v1", resource: "resourceclaimtemplates")
    package static let isNamespaced = true
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var spec: ResourceClaimTemplateSpec { get { json.view("spec") ?? ResourceClaimTemplateSpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
}

package struct ResourceClaimTemplateList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [ResourceClaimTemplate] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct ResourceClaimTemplateSpec: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var spec: ResourceClaimSpec { get { json.view("spec") ?? ResourceClaimSpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
}

package struct ResourcePool: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var generation: Int64 { get { json.int64("generation") ?? 0 } set { json.set("generation", Optional(newValue)) } }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
    package var resourceSliceCount: Int64 { get { json.int64("resourceSliceCount") ?? 0 } set { json.set("resourceSliceCount", Optional(newValue)) } }
}

package struct ResourceSlice: KubeObject {
    package static let kind = GroupVersionKind(group: "resource.k8s.io", version: "v1", kind: "ResourceSlice")
    package static let resource = GroupVersionResource(group: "resource.k8s.io", version: "v1", resource: "resourceslices")
    package static let isNamespaced = false
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var spec: ResourceSliceSpec { get { json.view("spec") ?? ResourceSliceSpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
}

package struct ResourceSliceList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [ResourceSlice] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct ResourceSliceSpec: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var allNodes: Bool? { get { json.bool("allNodes") } set { json.set("allNodes", newValue) } }
    package var devices: [Device] { get { json.views("devices") } set { json.set("devices", newValue) } }
    package var driver: String { get { json.string("driver") ?? "" } set { json.set("driver", Optional(newValue)) } }
    package var nodeName: String? { get { json.string("nodeName") } set { json.set("nodeName", newValue) } }
    package var nodeSelector: NodeSelector? { get { json.view("nodeSelector") } set { json.set("nodeSelector", newValue) } }
    package var perDeviceNodeSelection: Bool? { get { json.bool("perDeviceNodeSelection") } set { json.set("perDeviceNodeSelection", newValue) } }
    package var pool: ResourcePool { get { json.view("pool") ?? ResourcePool() } set { json.set("pool", Optional(newValue)) } }
    package var sharedCounters: [CounterSet] { get { json.views("sharedCounters") } set { json.set("sharedCounters", newValue) } }
}

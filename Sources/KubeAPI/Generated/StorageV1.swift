// Generated from Sources/KubeSchemas by SchemaGenerator; scripts/generate writes it anew.
// swift-format-ignore-file

import Machinery

package struct CSIDriver: KubeObject {
    package static let kind = GroupVersionKind(group: "storage.k8s.io", version: "v1", kind: "CSIDriver")
    package static let resource = GroupVersionResource(group: "storage.k8s.io", version: "v1", resource: "csidrivers")
    package static let isNamespaced = false
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var spec: CSIDriverSpec { get { json.view("spec") ?? CSIDriverSpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
}

package struct CSIDriverList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [CSIDriver] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct CSIDriverSpec: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var attachRequired: Bool? { get { json.bool("attachRequired") } set { json.set("attachRequired", newValue) } }
    package var fsGroupPolicy: String? { get { json.string("fsGroupPolicy") } set { json.set("fsGroupPolicy", newValue) } }
    package var nodeAllocatableUpdatePeriodSeconds: Int64? { get { json.int64("nodeAllocatableUpdatePeriodSeconds") } set { json.set("nodeAllocatableUpdatePeriodSeconds", newValue) } }
    package var podInfoOnMount: Bool? { get { json.bool("podInfoOnMount") } set { json.set("podInfoOnMount", newValue) } }
    package var preventPodSchedulingIfMissing: Bool? { get { json.bool("preventPodSchedulingIfMissing") } set { json.set("preventPodSchedulingIfMissing", newValue) } }
    package var requiresRepublish: Bool? { get { json.bool("requiresRepublish") } set { json.set("requiresRepublish", newValue) } }
    package var seLinuxMount: Bool? { get { json.bool("seLinuxMount") } set { json.set("seLinuxMount", newValue) } }
    package var serviceAccountTokenInSecrets: Bool? { get { json.bool("serviceAccountTokenInSecrets") } set { json.set("serviceAccountTokenInSecrets", newValue) } }
    package var storageCapacity: Bool? { get { json.bool("storageCapacity") } set { json.set("storageCapacity", newValue) } }
    package var tokenRequests: [StorageTokenRequest] { get { json.views("tokenRequests") } set { json.set("tokenRequests", newValue) } }
    package var volumeLifecycleModes: [String] { get { json.strings("volumeLifecycleModes") } set { json.set("volumeLifecycleModes", newValue) } }
}

package struct CSINode: KubeObject {
    package static let kind = GroupVersionKind(group: "storage.k8s.io", version: "v1", kind: "CSINode")
    package static let resource = GroupVersionResource(group: "storage.k8s.io", version: "v1", resource: "csinodes")
    package static let isNamespaced = false
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var spec: CSINodeSpec { get { json.view("spec") ?? CSINodeSpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
}

package struct CSINodeDriver: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var allocatable: VolumeNodeResources? { get { json.view("allocatable") } set { json.set("allocatable", newValue) } }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
    package var nodeID: String { get { json.string("nodeID") ?? "" } set { json.set("nodeID", Optional(newValue)) } }
    package var topologyKeys: [String] { get { json.strings("topologyKeys") } set { json.set("topologyKeys", newValue) } }
}

package struct CSINodeList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [CSINode] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct CSINodeSpec: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var drivers: [CSINodeDriver] { get { json.views("drivers") } set { json.set("drivers", newValue) } }
}

package struct CSIStorageCapacity: KubeObject {
    package static let kind = GroupVersionKind(group: "storage.k8s.io", version: "v1", kind: "CSIStorageCapacity")
    package static let resource = GroupVersionResource(group: "storage.k8s.io", version: "v1", resource: "csistoragecapacities")
    package static let isNamespaced = true
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var capacity: Quantity? { get { json.quantity("capacity") } set { json.set("capacity", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var maximumVolumeSize: Quantity? { get { json.quantity("maximumVolumeSize") } set { json.set("maximumVolumeSize", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var nodeTopology: LabelSelector? { get { json.view("nodeTopology") } set { json.set("nodeTopology", newValue) } }
    package var storageClassName: String { get { json.string("storageClassName") ?? "" } set { json.set("storageClassName", Optional(newValue)) } }
}

package struct CSIStorageCapacityList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [CSIStorageCapacity] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct StorageClass: KubeObject {
    package static let kind = GroupVersionKind(group: "storage.k8s.io", version: "v1", kind: "StorageClass")
    package static let resource = GroupVersionResource(group: "storage.k8s.io", version: "v1", resource: "storageclasses")
    package static let isNamespaced = false
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var allowVolumeExpansion: Bool? { get { json.bool("allowVolumeExpansion") } set { json.set("allowVolumeExpansion", newValue) } }
    package var allowedTopologies: [TopologySelectorTerm] { get { json.views("allowedTopologies") } set { json.set("allowedTopologies", newValue) } }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var mountOptions: [String] { get { json.strings("mountOptions") } set { json.set("mountOptions", newValue) } }
    package var parameters: [String: String] { get { json.stringMap("parameters") } set { json.set("parameters", newValue) } }
    package var provisioner: String { get { json.string("provisioner") ?? "" } set { json.set("provisioner", Optional(newValue)) } }
    package var reclaimPolicy: String? { get { json.string("reclaimPolicy") } set { json.set("reclaimPolicy", newValue) } }
    package var volumeBindingMode: String? { get { json.string("volumeBindingMode") } set { json.set("volumeBindingMode", newValue) } }
}

package struct StorageClassList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [StorageClass] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct StorageTokenRequest: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var audience: String { get { json.string("audience") ?? "" } set { json.set("audience", Optional(newValue)) } }
    package var expirationSeconds: Int64? { get { json.int64("expirationSeconds") } set { json.set("expirationSeconds", newValue) } }
}

package struct VolumeAttachment: KubeObject {
    package static let kind = GroupVersionKind(group: "storage.k8s.io", version: "v1", kind: "VolumeAttachment")
    package static let resource = GroupVersionResource(group: "storage.k8s.io", version: "v1", resource: "volumeattachments")
    package static let isNamespaced = false
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var spec: VolumeAttachmentSpec { get { json.view("spec") ?? VolumeAttachmentSpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
    package var status: VolumeAttachmentStatus { get { json.view("status") ?? VolumeAttachmentStatus() } set { json.set("status", newValue.json.isEmpty ? nil : newValue) } }
}

package struct VolumeAttachmentList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [VolumeAttachment] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct VolumeAttachmentSource: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var inlineVolumeSpec: PersistentVolumeSpec? { get { json.view("inlineVolumeSpec") } set { json.set("inlineVolumeSpec", newValue) } }
    package var persistentVolumeName: String? { get { json.string("persistentVolumeName") } set { json.set("persistentVolumeName", newValue) } }
}

package struct VolumeAttachmentSpec: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var attacher: String { get { json.string("attacher") ?? "" } set { json.set("attacher", Optional(newValue)) } }
    package var nodeName: String { get { json.string("nodeName") ?? "" } set { json.set("nodeName", Optional(newValue)) } }
    package var source: VolumeAttachmentSource { get { json.view("source") ?? VolumeAttachmentSource() } set { json.set("source", Optional(newValue)) } }
}

package struct VolumeAttachmentStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var attachError: VolumeError? { get { json.view("attachError") } set { json.set("attachError", newValue) } }
    package var attached: Bool { get { json.bool("attached") ?? false } set { json.set("attached", Optional(newValue)) } }
    package var attachmentMetadata: [String: String] { get { json.stringMap("attachmentMetadata") } set { json.set("attachmentMetadata", newValue) } }
    package var detachError: VolumeError? { get { json.view("detachError") } set { json.set("detachError", newValue) } }
}

package struct VolumeAttributesClass: KubeObject {
    package static let kind = GroupVersionKind(group: "storage.k8s.io", version: "v1", kind: "VolumeAttributesClass")
    package static let resource = GroupVersionResource(group: "storage.k8s.io", version: "v1", resource: "volumeattributesclasses")
    package static let isNamespaced = false
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var driverName: String { get { json.string("driverName") ?? "" } set { json.set("driverName", Optional(newValue)) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var parameters: [String: String] { get { json.stringMap("parameters") } set { json.set("parameters", newValue) } }
}

package struct VolumeAttributesClassList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [VolumeAttributesClass] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct VolumeError: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var errorCode: Int32? { get { json.int32("errorCode") } set { json.set("errorCode", newValue) } }
    package var message: String? { get { json.string("message") } set { json.set("message", newValue) } }
    package var time: Timestamp? { get { json.time("time") } set { json.setTime("time", newValue) } }
}

package struct VolumeNodeResources: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var count: Int32? { get { json.int32("count") } set { json.set("count", newValue) } }
}

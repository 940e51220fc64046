// Generated from Sources/KubeSchemas by SchemaGenerator; scripts/generate writes it anew.
// swift-format-ignore-file

import Machinery

package struct AWSElasticBlockStoreVolumeSource: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var fsType: String? { get { json.string("fsType") } set { json.set("fsType", newValue) } }
    package var partition: Int32? { get { json.int32("partition") } set { json.set("partition", newValue) } }
    package var readOnly: Bool? { get { json.bool("readOnly") } set { json.set("readOnly", newValue) } }
    package var volumeID: String { get { json.string("volumeID") ?? "" } set { json.set("volumeID", Optional(newValue)) } }
}

package struct Affinity: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var nodeAffinity: NodeAffinity? { get { json.view("nodeAffinity") } set { json.set("nodeAffinity", newValue) } }
    package var podAffinity: PodAffinity? { get { json.view("podAffinity") } set { json.set("podAffinity", newValue) } }
    package var podAntiAffinity: PodAntiAffinity? { get { json.view("podAntiAffinity") } set { json.set("podAntiAffinity", newValue) } }
}

package struct AppArmorProfile: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var localhostProfile: String? { get { json.string("localhostProfile") } set { json.set("localhostProfile", newValue) } }
    package var type: String { get { json.string("type") ?? "" } set { json.set("type", Optional(newValue)) } }
}

package struct AttachedVolume: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var devicePath: String { get { json.string("devicePath") ?? "" } set { json.set("devicePath", Optional(newValue)) } }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
}

package struct AzureDiskVolumeSource: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var cachingMode: String? { get { json.string("cachingMode") } set { json.set("cachingMode", newValue) } }
    package var diskName: String { get { json.string("diskName") ?? "" } set { json.set("diskName", Optional(newValue)) } }
    package var diskURI: String { get { json.string("diskURI") ?? "" } set { json.set("diskURI", Optional(newValue)) } }
    package var fsType: String? { get { json.string("fsType") } set { json.set("fsType", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var readOnly: Bool? { get { json.bool("readOnly") } set { json.set("readOnly", newValue) } }
}

package struct AzureFilePersistentVolumeSource: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var readOnly: Bool? { get { json.bool("readOnly") } set { json.set("readOnly", newValue) } }
    package var secretName: String { get { json.string("secretName") ?? "" } set { json.set("secretName", Optional(newValue)) } }
    package var secretNamespace: String? { get { json.string("secretNamespace") } set { json.set("secretNamespace", newValue) } }
    package var shareName: String { get { json.string("shareName") ?? "" } set { json.set("shareName", Optional(newValue)) } }
}

package struct AzureFileVolumeSource: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var readOnly: Bool? { get { json.bool("readOnly") } set { json.set("readOnly", newValue) } }
    package var secretName: String { get { json.string("secretName") ?? "" } set { json.set("secretName", Optional(newValue)) } }
    package var shareName: String { get { json.string("shareName") ?? "" } set { json.set("shareName", Optional(newValue)) } }
}

package struct Binding: KubeObject {
    package static let kind = GroupVersionKind(group: "", version: "v1", kind: "Binding")
    package static let resource = GroupVersionResource(group: "", version: "v1", resource: "bindings")
    package static let isNamespaced = true
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var target: ObjectReference { get { json.view("target") ?? ObjectReference() } set { json.set("target", Optional(newValue)) } }
}

package struct CSIPersistentVolumeSource: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var controllerExpandSecretRef: SecretReference? { get { json.view("controllerExpandSecretRef") } set { json.set("controllerExpandSecretRef", newValue) } }
    package var controllerPublishSecretRef: SecretReference? { get { json.view("controllerPublishSecretRef") } set { json.set("controllerPublishSecretRef", newValue) } }
    package var driver: String { get { json.string("driver") ?? "" } set { json.set("driver", Optional(newValue)) } }
    package var fsType: String? { get { json.string("fsType") } set { json.set("fsType", newValue) } }
    package var nodeExpandSecretRef: SecretReference? { get { json.view("nodeExpandSecretRef") } set { json.set("nodeExpandSecretRef", newValue) } }
    package var nodePublishSecretRef: SecretReference? { get { json.view("nodePublishSecretRef") } set { json.set("nodePublishSecretRef", newValue) } }
    package var nodeStageSecretRef: SecretReference? { get { json.view("nodeStageSecretRef") } set { json.set("nodeStageSecretRef", newValue) } }
    package var readOnly: Bool? { get { json.bool("readOnly") } set { json.set("readOnly", newValue) } }
    package var volumeAttributes: [String: String] { get { json.stringMap("volumeAttributes") } set { json.set("volumeAttributes", newValue) } }
    package var volumeHandle: String { get { json.string("volumeHandle") ?? "" } set { json.set("volumeHandle", Optional(newValue)) } }
}

package struct CSIVolumeSource: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var driver: String { get { json.string("driver") ?? "" } set { json.set("driver", Optional(newValue)) } }
    package var fsType: String? { get { json.string("fsType") } set { json.set("fsType", newValue) } }
    package var nodePublishSecretRef: LocalObjectReference? { get { json.view("nodePublishSecretRef") } set { json.set("nodePublishSecretRef", newValue) } }
    package var readOnly: Bool? { get { json.bool("readOnly") } set { json.set("readOnly", newValue) } }
    package var volumeAttributes: [String: String] { get { json.stringMap("volumeAttributes") } set { json.set("volumeAttributes", newValue) } }
}

package struct Capabilities: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var add: [String] { get { json.strings("add") } set { json.set("add", newValue) } }
    package var drop: [String] { get { json.strings("drop") } set { json.set("drop", newValue) } }
}

package struct CephFSPersistentVolumeSource: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var monitors: [String] { get { json.strings("monitors") } set { json.set("monitors", newValue) } }
    package var path: String? { get { json.string("path") } set { json.set("path", newValue) } }
    package var readOnly: Bool? { get { json.bool("readOnly") } set { json.set("readOnly", newValue) } }
    package var secretFile: String? { get { json.string("secretFile") } set { json.set("secretFile", newValue) } }
    package var secretRef: SecretReference? { get { json.view("secretRef") } set { json.set("secretRef", newValue) } }
    package var user: String? { get { json.string("user") } set { json.set("user", newValue) } }
}

package struct CephFSVolumeSource: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var monitors: [String] { get { json.strings("monitors") } set { json.set("monitors", newValue) } }
    package var path: String? { get { json.string("path") } set { json.set("path", newValue) } }
    package var readOnly: Bool? { get { json.bool("readOnly") } set { json.set("readOnly", newValue) } }
    package var secretFile: String? { get { json.string("secretFile") } set { json.set("secretFile", newValue) } }
    package var secretRef: LocalObjectReference? { get { json.view("secretRef") } set { json.set("secretRef", newValue) } }
    package var user: String? { get { json.string("user") } set { json.set("user", newValue) } }
}

package struct CinderPersistentVolumeSource: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var fsType: String? { get { json.string("fsType") } set { json.set("fsType", newValue) } }
    package var readOnly: Bool? { get { json.bool("readOnly") } set { json.set("readOnly", newValue) } }
    package var secretRef: SecretReference? { get { json.view("secretRef") } set { json.set("secretRef", newValue) } }
    package var volumeID: String { get { json.string("volumeID") ?? "" } set { json.set("volumeID", Optional(newValue)) } }
}

package struct CinderVolumeSource: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var fsType: String? { get { json.string("fsType") } set { json.set("fsType", newValue) } }
    package var readOnly: Bool? { get { json.bool("readOnly") } set { json.set("readOnly", newValue) } }
    package var secretRef: LocalObjectReference? { get { json.view("secretRef") } set { json.set("secretRef", newValue) } }
    package var volumeID: String { get { json.string("volumeID") ?? "" } set { json.set("volumeID", Optional(newValue)) } }
}

package struct ClientIPConfig: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var timeoutSeconds: Int32? { get { json.int32("timeoutSeconds") } set { json.set("timeoutSeconds", newValue) } }
}

package struct ClusterTrustBundleProjection: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var labelSelector: LabelSelector? { get { json.view("labelSelector") } set { json.set("labelSelector", newValue) } }
    package var name: String? { get { json.string("name") } set { json.set("name", newValue) } }
    package var optional: Bool? { get { json.bool("optional") } set { json.set("optional", newValue) } }
    package var path: String { get { json.string("path") ?? "" } set { json.set("path", Optional(newValue)) } }
    package var signerName: String? { get { json.string("signerName") } set { json.set("signerName", newValue) } }
}

package struct ComponentCondition: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var error: String? { get { json.string("error") } set { json.set("error", newValue) } }
    package var message: String? { get { json.string("message") } set { json.set("message", newValue) } }
    package var status: String { get { json.string("status") ?? "" } set { json.set("status", Optional(newValue)) } }
    package var type: String { get { json.string("type") ?? "" } set { json.set("type", Optional(newValue)) } }
}

package struct ComponentStatus: KubeObject {
    package static let kind = GroupVersionKind(group: "", version: "v1", kind: "ComponentStatus")
    package static let resource = GroupVersionResource(group: "", version: "v1", resource: "componentstatuses")
    package static let isNamespaced = false
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var conditions: [ComponentCondition] { get { json.views("conditions") } set { json.set("conditions", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct ComponentStatusList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [ComponentStatus] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct ConfigMap: KubeObject {
    package static let kind = GroupVersionKind(group: "", version: "v1", kind: "ConfigMap")
    package static let resource = GroupVersionResource(group: "", version: "v1", resource: "configmaps")
    package static let isNamespaced = true
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var binaryData: [String: String] { get { json.stringMap("binaryData") } set { json.set("binaryData", newValue) } }
    package var data: [String: String] { get { json.stringMap("data") } set { json.set("data", newValue) } }
    package var immutable: Bool? { get { json.bool("immutable") } set { json.set("immutable", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct ConfigMapEnvSource: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var name: String? { get { json.string("name") } set { json.set("name", newValue) } }
    package var optional: Bool? { get { json.bool("optional") } set { json.set("optional", newValue) } }
}

package struct ConfigMapKeySelector: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var key: String { get { json.string("key") ?? "" } set { json.set("key", Optional(newValue)) } }
    package var name: String? { get { json.string("name") } set { json.set("name", newValue) } }
    package var optional: Bool? { get { json.bool("optional") } set { json.set("optional", newValue) } }
}

package struct ConfigMapList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [ConfigMap] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct ConfigMapNodeConfigSource: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var kubeletConfigKey: String { get { json.string("kubeletConfigKey") ?? "" } set { json.set("kubeletConfigKey", Optional(newValue)) } }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
    package var namespace: String { get { json.string("namespace") ?? "" } set { json.set("namespace", Optional(newValue)) } }
    package var resourceVersion: String? { get { json.string("resourceVersion") } set { json.set("resourceVersion", newValue) } }
    package var uid: String? { get { json.string("uid") } set { json.set("uid", newValue) } }
}

package struct ConfigMapProjection: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var items: [KeyToPath] { get { json.views("items") } set { json.set("items", newValue) } }
    package var name: String? { get { json.string("name") } set { json.set("name", newValue) } }
    package var optional: Bool? { get { json.bool("optional") } set { json.set("optional", newValue) } }
}

package struct ConfigMapVolumeSource: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var defaultMode: Int32? { get { json.int32("defaultMode") } set { json.set("defaultMode", newValue) } }
    package var items: [KeyToPath] { get { json.views("items") } set { json.set("items", newValue) } }
    package var name: String? { get { json.string("name") } set { json.set("name", newValue) } }
    package var optional: Bool? { get { json.bool("optional") } set { json.set("optional", newValue) } }
}

package struct Container: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var args: [String] { get { json.strings("args") } set { json.set("args", newValue) } }
    package var command: [String] { get { json.strings("command") } set { json.set("command", newValue) } }
    package var env: [EnvVar] { get { json.views("env") } set { json.set("env", newValue) } }
    package var envFrom: [EnvFromSource] { get { json.views("envFrom") } set { json.set("envFrom", newValue) } }
    package var image: String? { get { json.string("image") } set { json.set("image", newValue) } }
    package var imagePullPolicy: String? { get { json.string("imagePullPolicy") } set { json.set("imagePullPolicy", newValue) } }
    package var lifecycle: Lifecycle? { get { json.view("lifecycle") } set { json.set("lifecycle", newValue) } }
    package var livenessProbe: Probe? { get { json.view("livenessProbe") } set { json.set("livenessProbe", newValue) } }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
    package var ports: [ContainerPort] { get { json.views("ports") } set { json.set("ports", newValue) } }
    package var readinessProbe: Probe? { get { json.view("readinessProbe") } set { json.set("readinessProbe", newValue) } }
    package var resizePolicy: [ContainerResizePolicy] { get { json.views("resizePolicy") } set { json.set("resizePolicy", newValue) } }
    package var resources: ResourceRequirements? { get { json.view("resources") } set { json.set("resources", newValue) } }
    package var restartPolicy: String? { get { json.string("restartPolicy") } set { json.set("restartPolicy", newValue) } }
    package var restartPolicyRules: [ContainerRestartRule] { get { json.views("restartPolicyRules") } set { json.set("restartPolicyRules", newValue) } }
    package var securityContext: SecurityContext? { get { json.view("securityContext") } set { json.set("securityContext", newValue) } }
    package var startupProbe: Probe? { get { json.view("startupProbe") } set { json.set("startupProbe", newValue) } }
    package var stdin: Bool? { get { json.bool("stdin") } set { json.set("stdin", newValue) } }
    package var stdinOnce: Bool? { get { json.bool("stdinOnce") } set { json.set("stdinOnce", newValue) } }
    package var terminationMessagePath: String? { get { json.string("terminationMessagePath") } set { json.set("terminationMessagePath", newValue) } }
    package var terminationMessagePolicy: String? { get { json.string("terminationMessagePolicy") } set { json.set("terminationMessagePolicy", newValue) } }
    package var tty: Bool? { get { json.bool("tty") } set { json.set("tty", newValue) } }
    package var volumeDevices: [VolumeDevice] { get { json.views("volumeDevices") } set { json.set("volumeDevices", newValue) } }
    package var volumeMounts: [VolumeMount] { get { json.views("volumeMounts") } set { json.set("volumeMounts", newValue) } }
    package var workingDir: String? { get { json.string("workingDir") } set { json.set("workingDir", newValue) } }
}

package struct ContainerExtendedResourceRequest: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var containerName: String { get { json.string("containerName") ?? "" } set { json.set("containerName", Optional(newValue)) } }
    package var requestName: String { get { json.string("requestName") ?? "" } set { json.set("requestName", Optional(newValue)) } }
    package var resourceName: String { get { json.string("resourceName") ?? "" } set { json.set("resourceName", Optional(newValue)) } }
}

package struct ContainerImage: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var names: [String] { get { json.strings("names") } set { json.set("names", newValue) } }
    package var sizeBytes: Int64? { get { json.int64("sizeBytes") } set { json.set("sizeBytes", newValue) } }
}

package struct ContainerPort: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var containerPort: Int32 { get { json.int32("containerPort") ?? 0 } set { json.set("containerPort", Optional(newValue)) } }
    package var hostIP: String? { get { json.string("hostIP") } set { json.set("hostIP", newValue) } }
    package var hostPort: Int32? { get { json.int32("hostPort") } set { json.set("hostPort", newValue) } }
    package var name: String? { get { json.string("name") } set { json.set("name", newValue) } }
    package var `protocol`: String? { get { json.string("protocol") } set { json.set("protocol", newValue) } }
}

package struct ContainerResizePolicy: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var resourceName: String { get { json.string("resourceName") ?? "" } set { json.set("resourceName", Optional(newValue)) } }
    package var restartPolicy: String { get { json.string("restartPolicy") ?? "" } set { json.set("restartPolicy", Optional(newValue)) } }
}

package struct ContainerRestartRule: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var action: String { get { json.string("action") ?? "" } set { json.set("action", Optional(newValue)) } }
    package var exitCodes: ContainerRestartRuleOnExitCodes? { get { json.view("exitCodes") } set { json.set("exitCodes", newValue) } }
}

package struct ContainerRestartRuleOnExitCodes: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var `operator`: String { get { json.string("operator") ?? "" } set { json.set("operator", Optional(newValue)) } }
    package var values: [Int64] { get { json.integers("values") } set { json.set("values", newValue) } }
}

package struct ContainerState: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var running: ContainerStateRunning? { get { json.view("running") } set { json.set("running", newValue) } }
    package var terminated: ContainerStateTerminated? { get { json.view("terminated") } set { json.set("terminated", newValue) } }
    package var waiting: ContainerStateWaiting? { get { json.view("waiting") } set { json.set("waiting", newValue) } }
}

package struct ContainerStateRunning: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var startedAt: Timestamp? { get { json.time("startedAt") } set { json.setTime("startedAt", newValue) } }
}

package struct ContainerStateTerminated: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var containerID: String? { get { json.string("containerID") } set { json.set("containerID", newValue) } }
    package var exitCode: Int32 { get { json.int32("exitCode") ?? 0 } set { json.set("exitCode", Optional(newValue)) } }
    package var finishedAt: Timestamp? { get { json.time("finishedAt") } set { json.setTime("finishedAt", newValue) } }
    package var message: String? { get { json.string("message") } set { json.set("message", newValue) } }
    package var reason: String? { get { json.string("reason") } set { json.set("reason", newValue) } }
    package var signal: Int32? { get { json.int32("signal") } set { json.set("signal", newValue) } }
    package var startedAt: Timestamp? { get { json.time("startedAt") } set { json.setTime("startedAt", newValue) } }
}

package struct ContainerStateWaiting: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var message: String? { get { json.string("message") } set { json.set("message", newValue) } }
    package var reason: String? { get { json.string("reason") } set { json.set("reason", newValue) } }
}

package struct ContainerStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var allocatedResources: [String: Quantity] { get { json.quantityMap("allocatedResources") } set { json.set("allocatedResources", newValue) } }
    package var allocatedResourcesStatus: [ResourceStatus] { get { json.views("allocatedResourcesStatus") } set { json.set("allocatedResourcesStatus", newValue) } }
    package var containerID: String? { get { json.string("containerID") } set { json.set("containerID", newValue) } }
    package var image: String { get { json.string("image") ?? "" } set { json.set("image", Optional(newValue)) } }
    package var imageID: String { get { json.string("imageID") ?? "" } set { json.set("imageID", Optional(newValue)) } }
    package var lastState: ContainerState? { get { json.view("lastState") } set { json.set("lastState", newValue) } }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
    package var ready: Bool { get { json.bool("ready") ?? false } set { json.set("ready", Optional(newValue)) } }
    package var resources: ResourceRequirements? { get { json.view("resources") } set { json.set("resources", newValue) } }
    package var restartCount: Int32 { get { json.int32("restartCount") ?? 0 } set { json.set("restartCount", Optional(newValue)) } }
    package var started: Bool? { get { json.bool("started") } set { json.set("started", newValue) } }
    package var state: ContainerState? { get { json.view("state") } set { json.set("state", newValue) } }
    package var stopSignal: String? { get { json.string("stopSignal") } set { json.set("stopSignal", newValue) } }
    package var user: ContainerUser? { get { json.view("user") } set { json.set("user", newValue) } }
    package var volumeMounts: [VolumeMountStatus] { get { json.views("volumeMounts") } set { json.set("volumeMounts", newValue) } }
}

package struct ContainerUser: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var linux: LinuxContainerUser? { get { json.view("linux") } set { json.set("linux", newValue) } }
}

package struct DaemonEndpoint: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var Port: Int32 { get { json.int32("Port") ?? 0 } set { json.set("Port", Optional(newValue)) } }
}

package struct DownwardAPIProjection: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var items: [DownwardAPIVolumeFile] { get { json.views("items") } set { json.set("items", newValue) } }
}

package struct DownwardAPIVolumeFile: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var fieldRef: ObjectFieldSelector? { get { json.view("fieldRef") } set { json.set("fieldRef", newValue) } }
    package var mode: Int32? { get { json.int32("mode") } set { json.set("mode", newValue) } }
    package var path: String { get { json.string("path") ?? "" } set { json.set("path", Optional(newValue)) } }
    package var resourceFieldRef: ResourceFieldSelector? { get { json.view("resourceFieldRef") } set { json.set("resourceFieldRef", newValue) } }
}

package struct DownwardAPIVolumeSource: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var defaultMode: Int32? { get { json.int32("defaultMode") } set { json.set("defaultMode", newValue) } }
    package var items: [DownwardAPIVolumeFile] { get { json.views("items") } set { json.set("items", newValue) } }
}

package struct EmptyDirVolumeSource: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var medium: String? { get { json.string("medium") } set { json.set("medium", newValue) } }
    package var sizeLimit: Quantity? { get { json.quantity("sizeLimit") } set { json.set("sizeLimit", newValue) } }
}

package struct EndpointAddress: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var hostname: String? { get { json.string("hostname") } set { json.set("hostname", newValue) } }
    package var ip: String { get { json.string("ip") ?? "" } set { json.set("ip", Optional(newValue)) } }
    package var nodeName: String? { get { json.string("nodeName") } set { json.set("nodeName", newValue) } }
    package var targetRef: ObjectReference? { get { json.view("targetRef") } set { json.set("targetRef", newValue) } }
}

package struct EndpointPort: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var appProtocol: String? { get { json.string("appProtocol") } set { json.set("appProtocol", newValue) } }
    package var name: String? { get { json.string("name") } set { json.set("name", newValue) } }
    package var port: Int32 { get { json.int32("port") ?? 0 } set { json.set("port", Optional(newValue)) } }
    package var `protocol`: String? { get { json.string("protocol") } set { json.set("protocol", newValue) } }
}

package struct EndpointSubset: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var addresses: [EndpointAddress] { get { json.views("addresses") } set { json.set("addresses", newValue) } }
    package var notReadyAddresses: [EndpointAddress] { get { json.views("notReadyAddresses") } set { json.set("notReadyAddresses", newValue) } }
    package var ports: [EndpointPort] { get { json.views("ports") } set { json.set("ports", newValue) } }
}

package struct Endpoints: KubeObject {
    package static let kind = GroupVersionKind(group: "", version: "v1", kind: "Endpoints")
    package static let resource = GroupVersionResource(group: "", version: "v1", resource: "endpoints")
    package static let isNamespaced = true
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var subsets: [EndpointSubset] { get { json.views("subsets") } set { json.set("subsets", newValue) } }
}

package struct EndpointsList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [Endpoints] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct EnvFromSource: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var configMapRef: ConfigMapEnvSource? { get { json.view("configMapRef") } set { json.set("configMapRef", newValue) } }
    package var prefix: String? { get { json.string("prefix") } set { json.set("prefix", newValue) } }
    package var secretRef: SecretEnvSource? { get { json.view("secretRef") } set { json.set("secretRef", newValue) } }
}

package struct EnvVar: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
    package var value: String? { get { json.string("value") } set { json.set("value", newValue) } }
    package var valueFrom: EnvVarSource? { get { json.view("valueFrom") } set { json.set("valueFrom", newValue) } }
}

package struct EnvVarSource: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var configMapKeyRef: ConfigMapKeySelector? { get { json.view("configMapKeyRef") } set { json.set("configMapKeyRef", newValue) } }
    package var fieldRef: ObjectFieldSelector? { get { json.view("fieldRef") } set { json.set("fieldRef", newValue) } }
    package var fileKeyRef: FileKeySelector? { get { json.view("fileKeyRef") } set { json.set("fileKeyRef", newValue) } }
    package var resourceFieldRef: ResourceFieldSelector? { get { json.view("resourceFieldRef") } set { json.set("resourceFieldRef", newValue) } }
    package var secretKeyRef: SecretKeySelector? { get { json.view("secretKeyRef") } set { json.set("secretKeyRef", newValue) } }
}

package struct EphemeralContainer: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var args: [String] { get { json.strings("args") } set { json.set("args", newValue) } }
    package var command: [String] { get { json.strings("command") } set { json.set("command", newValue) } }
    package var env: [EnvVar] { get { json.views("env") } set { json.set("env", newValue) } }
    package var envFrom: [EnvFromSource] { get { json.views("envFrom") } set { json.set("envFrom", newValue) } }
    package var image: String? { get { json.string("image") } set { json.set("image", newValue) } }
    package var imagePullPolicy: String? { get { json.string("imagePullPolicy") } set { json.set("imagePullPolicy", newValue) } }
    package var lifecycle: Lifecycle? { get { json.view("lifecycle") } set { json.set("lifecycle", newValue) } }
    package var livenessProbe: Probe? { get { json.view("livenessProbe") } set { json.set("livenessProbe", newValue) } }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
    package var ports: [ContainerPort] { get { json.views("ports") } set { json.set("ports", newValue) } }
    package var readinessProbe: Probe? { get { json.view("readinessProbe") } set { json.set("readinessProbe", newValue) } }
    package var resizePolicy: [ContainerResizePolicy] { get { json.views("resizePolicy") } set { json.set("resizePolicy", newValue) } }
    package var resources: ResourceRequirements? { get { json.view("resources") } set { json.set("resources", newValue) } }
    package var restartPolicy: String? { get { json.string("restartPolicy") } set { json.set("restartPolicy", newValue) } }
    package var restartPolicyRules: [ContainerRestartRule] { get { json.views("restartPolicyRules") } set { json.set("restartPolicyRules", newValue) } }
    package var securityContext: SecurityContext? { get { json.view("securityContext") } set { json.set("securityContext", newValue) } }
    package var startupProbe: Probe? { get { json.view("startupProbe") } set { json.set("startupProbe", newValue) } }
    package var stdin: Bool? { get { json.bool("stdin") } set { json.set("stdin", newValue) } }
    package var stdinOnce: Bool? { get { json.bool("stdinOnce") } set { json.set("stdinOnce", newValue) } }
    package var targetContainerName: String? { get { json.string("targetContainerName") } set { json.set("targetContainerName", newValue) } }
    package var terminationMessagePath: String? { get { json.string("terminationMessagePath") } set { json.set("terminationMessagePath", newValue) } }
    package var terminationMessagePolicy: String? { get { json.string("terminationMessagePolicy") } set { json.set("terminationMessagePolicy", newValue) } }
    package var tty: Bool? { get { json.bool("tty") } set { json.set("tty", newValue) } }
    package var volumeDevices: [VolumeDevice] { get { json.views("volumeDevices") } set { json.set("volumeDevices", newValue) } }
    package var volumeMounts: [VolumeMount] { get { json.views("volumeMounts") } set { json.set("volumeMounts", newValue) } }
    package var workingDir: String? { get { json.string("workingDir") } set { json.set("workingDir", newValue) } }
}

package struct EphemeralVolumeSource: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var volumeClaimTemplate: PersistentVolumeClaimTemplate? { get { json.view("volumeClaimTemplate") } set { json.set("volumeClaimTemplate", newValue) } }
}

package struct Event: KubeObject {
    package static let kind = GroupVersionKind(group: "", version: "v1", kind: "Event")
    package static let resource = GroupVersionResource(group: "", version: "v1", resource: "events")
    package static let isNamespaced = true
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var action: String? { get { json.string("action") } set { json.set("action", newValue) } }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var count: Int32? { get { json.int32("count") } set { json.set("count", newValue) } }
    package var eventTime: Timestamp? { get { json.microTime("eventTime") } set { json.setMicroTime("eventTime", newValue) } }
    package var firstTimestamp: Timestamp? { get { json.time("firstTimestamp") } set { json.setTime("firstTimestamp", newValue) } }
    package var involvedObject: ObjectReference { get { json.view("involvedObject") ?? ObjectReference() } set { json.set("involvedObject", Optional(newValue)) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var lastTimestamp: Timestamp? { get { json.time("lastTimestamp") } set { json.setTime("lastTimestamp", newValue) } }
    package var message: String? { get { json.string("message") } set { json.set("message", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var reason: String? { get { json.string("reason") } set { json.set("reason", newValue) } }
    package var related: ObjectReference? { get { json.view("related") } set { json.set("related", newValue) } }
    package var reportingComponent: String? { get { json.string("reportingComponent") } set { json.set("reportingComponent", newValue) } }
    package var reportingInstance: String? { get { json.string("reportingInstance") } set { json.set("reportingInstance", newValue) } }
    package var series: EventSeries? { get { json.view("series") } set { json.set("series", newValue) } }
    package var source: EventSource? { get { json.view("source") } set { json.set("source", newValue) } }
    package var type: String? { get { json.string("type") } set { json.set("type", newValue) } }
}

package struct EventList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [Event] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct EventSeries: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var count: Int32? { get { json.int32("count") } set { json.set("count", newValue) } }
    package var lastObservedTime: Timestamp? { get { json.microTime("lastObservedTime") } set { json.setMicroTime("lastObservedTime", newValue) } }
}

package struct EventSource: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var component: String? { get { json.string("component") } set { json.set("component", newValue) } }
    package var host: String? { get { json.string("host") } set { json.set("host", newValue) } }
}

package struct ExecAction: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var command: [String] { get { json.strings("command") } set { json.set("command", newValue) } }
}

package struct FCVolumeSource: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var fsType: String? { get { json.string("fsType") } set { json.set("fsType", newValue) } }
    package var lun: Int32? { get { json.int32("lun") } set { json.set("lun", newValue) } }
    package var readOnly: Bool? { get { json.bool("readOnly") } set { json.set("readOnly", newValue) } }
    package var targetWWNs: [String] { get { json.strings("targetWWNs") } set { json.set("targetWWNs", newValue) } }
    package var wwids: [String] { get { json.strings("wwids") } set { json.set("wwids", newValue) } }
}

package struct FileKeySelector: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var key: String { get { json.string("key") ?? "" } set { json.set("key", Optional(newValue)) } }
    package var optional: Bool? { get { json.bool("optional") } set { json.set("optional", newValue) } }
    package var path: String { get { json.string("path") ?? "" } set { json.set("path", Optional(newValue)) } }
    package var volumeName: String { get { json.string("volumeName") ?? "" } set { json.set("volumeName", Optional(newValue)) } }
}

package struct FlexPersistentVolumeSource: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var driver: String { get { json.string("driver") ?? "" } set { json.set("driver", Optional(newValue)) } }
    package var fsType: String? { get { json.string("fsType") } set { json.set("fsType", newValue) } }
    package var options: [String: String] { get { json.stringMap("options") } set { json.set("options", newValue) } }
    package var readOnly: Bool? { get { json.bool("readOnly") } set { json.set("readOnly", newValue) } }
    package var secretRef: SecretReference? { get { json.view("secretRef") } set { json.set("secretRef", newValue) } }
}

package struct FlexVolumeSource: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var driver: String { get { json.string("driver") ?? "" } set { json.set("driver", Optional(newValue)) } }
    package var fsType: String? { get { json.string("fsType") } set { json.set("fsType", newValue) } }
    package var options: [String: String] { get { json.stringMap("options") } set { json.set("options", newValue) } }
    package var readOnly: Bool? { get { json.bool("readOnly") } set { json.set("readOnly", newValue) } }
    package var secretRef: LocalObjectReference? { get { json.view("secretRef") } set { json.set("secretRef", newValue) } }
}

package struct FlockerVolumeSource: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var datasetName: String? { get { json.string("datasetName") } set { json.set("datasetName", newValue) } }
    package var datasetUUID: String? { get { json.string("datasetUUID") } set { json.set("datasetUUID", newValue) } }
}

package struct GCEPersistentDiskVolumeSource: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var fsType: String? { get { json.string("fsType") } set { json.set("fsType", newValue) } }
    package var partition: Int32? { get { json.int32("partition") } set { json.set("partition", newValue) } }
    package var pdName: String { get { json.string("pdName") ?? "" } set { json.set("pdName", Optional(newValue)) } }
    package var readOnly: Bool? { get { json.bool("readOnly") } set { json.set("readOnly", newValue) } }
}

package struct GRPCAction: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var port: Int32 { get { json.int32("port") ?? 0 } set { json.set("port", Optional(newValue)) } }
    package var service: String? { get { json.string("service") } set { json.set("service", newValue) } }
}

package struct GitRepoVolumeSource: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var directory: String? { get { json.string("directory") } set { json.set("directory", newValue) } }
    package var repository: String { get { json.string("repository") ?? "" } set { json.set("repository", Optional(newValue)) } }
    package var revision: String? { get { json.string("revision") } set { json.set("revision", newValue) } }
}

package struct GlusterfsPersistentVolumeSource: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var endpoints: String { get { json.string("endpoints") ?? "" } set { json.set("endpoints", Optional(newValue)) } }
    package var endpointsNamespace: String? { get { json.string("endpointsNamespace") } set { json.set("endpointsNamespace", newValue) } }
    package var path: String { get { json.string("path") ?? "" } set { json.set("path", Optional(newValue)) } }
    package var readOnly: Bool? { get { json.bool("readOnly") } set { json.set("readOnly", newValue) } }
}

package struct GlusterfsVolumeSource: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var endpoints: String { get { json.string("endpoints") ?? "" } set { json.set("endpoints", Optional(newValue)) } }
    package var path: String { get { json.string("path") ?? "" } set { json.set("path", Optional(newValue)) } }
    package var readOnly: Bool? { get { json.bool("readOnly") } set { json.set("readOnly", newValue) } }
}

package struct HTTPGetAction: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var host: String? { get { json.string("host") } set { json.set("host", newValue) } }
    package var httpHeaders: [HTTPHeader] { get { json.views("httpHeaders") } set { json.set("httpHeaders", newValue) } }
    package var path: String? { get { json.string("path") } set { json.set("path", newValue) } }
    package var port: IntOrString? { get { json.intOrString("port") } set { json.set("port", newValue) } }
    package var scheme: String? { get { json.string("scheme") } set { json.set("scheme", newValue) } }
}

package struct HTTPHeader: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
    package var value: String { get { json.string("value") ?? "" } set { json.set("value", Optional(newValue)) } }
}

package struct HostAlias: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var hostnames: [String] { get { json.strings("hostnames") } set { json.set("hostnames", newValue) } }
    package var ip: String { get { json.string("ip") ?? "" } set { json.set("ip", Optional(newValue)) } }
}

package struct HostIP: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var ip: String { get { json.string("ip") ?? "" } set { json.set("ip", Optional(newValue)) } }
}

package struct HostPathVolumeSource: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var path: String { get { json.string("path") ?? "" } set { json.set("path", Optional(newValue)) } }
    package var type: String? { get { json.string("type") } set { json.set("type", newValue) } }
}

package struct ISCSIPersistentVolumeSource: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var chapAuthDiscovery: Bool? { get { json.bool("chapAuthDiscovery") } set { json.set("chapAuthDiscovery", newValue) } }
    package var chapAuthSession: Bool? { get { json.bool("chapAuthSession") } set { json.set("chapAuthSession", newValue) } }
    package var fsType: String? { get { json.string("fsType") } set { json.set("fsType", newValue) } }
    package var initiatorName: String? { get { json.string("initiatorName") } set { json.set("initiatorName", newValue) } }
    package var iqn: String { get { json.string("iqn") ?? "" } set { json.set("iqn", Optional(newValue)) } }
    package var iscsiInterface: String? { get { json.string("iscsiInterface") } set { json.set("iscsiInterface", newValue) } }
    package var lun: Int32 { get { json.int32("lun") ?? 0 } set { json.set("lun", Optional(newValue)) } }
    package var portals: [String] { get { json.strings("portals") } set { json.set("portals", newValue) } }
    package var readOnly: Bool? { get { json.bool("readOnly") } set { json.set("readOnly", newValue) } }
    package var secretRef: SecretReference? { get { json.view("secretRef") } set { json.set("secretRef", newValue) } }
    package var targetPortal: String { get { json.string("targetPortal") ?? "" } set { json.set("targetPortal", Optional(newValue)) } }
}

package struct ISCSIVolumeSource: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var chapAuthDiscovery: Bool? { get { json.bool("chapAuthDiscovery") } set { json.set("chapAuthDiscovery", newValue) } }
    package var chapAuthSession: Bool? { get { json.bool("chapAuthSession") } set { json.set("chapAuthSession", newValue) } }
    package var fsType: String? { get { json.string("fsType") } set { json.set("fsType", newValue) } }
    package var initiatorName: String? { get { json.string("initiatorName") } set { json.set("initiatorName", newValue) } }
    package var iqn: String { get { json.string("iqn") ?? "" } set { json.set("iqn", Optional(newValue)) } }
    package var iscsiInterface: String? { get { json.string("iscsiInterface") } set { json.set("iscsiInterface", newValue) } }
    package var lun: Int32 { get { json.int32("lun") ?? 0 } set { json.set("lun", Optional(newValue)) } }
    package var portals: [String] { get { json.strings("portals") } set { json.set("portals", newValue) } }
    package var readOnly: Bool? { get { json.bool("readOnly") } set { json.set("readOnly", newValue) } }
    package var secretRef: LocalObjectReference? { get { json.view("secretRef") } set { json.set("secretRef", newValue) } }
    package var targetPortal: String { get { json.string("targetPortal") ?? "" } set { json.set("targetPortal", Optional(newValue)) } }
}

package struct ImageVolumeSource: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var pullPolicy: String? { get { json.string("pullPolicy") } set { json.set("pullPolicy", newValue) } }
    package var reference: String? { get { json.string("reference") } set { json.set("reference", newValue) } }
}

package struct ImageVolumeStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var imageRef: String { get { json.string("imageRef") ?? "" } set { json.set("imageRef", Optional(newValue)) } }
}

package struct KeyToPath: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var key: String { get { json.string("key") ?? "" } set { json.set("key", Optional(newValue)) } }
    package var mode: Int32? { get { json.int32("mode") } set { json.set("mode", newValue) } }
    package var path: String { get { json.string("path") ?? "" } set { json.set("path", Optional(newValue)) } }
}

package struct Lifecycle: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var postStart: LifecycleHandler? { get { json.view("postStart") } set { json.set("postStart", newValue) } }
    package var preStop: LifecycleHandler? { get { json.view("preStop") } set { json.set("preStop", newValue) } }
    package var stopSignal: String? { get { json.string("stopSignal") } set { json.set("stopSignal", newValue) } }
}

package struct LifecycleHandler: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var exec: ExecAction? { get { json.view("exec") } set { json.set("exec", newValue) } }
    package var httpGet: HTTPGetAction? { get { json.view("httpGet") } set { json.set("httpGet", newValue) } }
    package var sleep: SleepAction? { get { json.view("sleep") } set { json.set("sleep", newValue) } }
    package var tcpSocket: TCPSocketAction? { get { json.view("tcpSocket") } set { json.set("tcpSocket", newValue) } }
}

package struct LimitRange: KubeObject {
    package static let kind = GroupVersionKind(group: "", version: "v1", kind: "LimitRange")
    package static let resource = GroupVersionResource(group: "", version: "v1", resource: "limitranges")
    package static let isNamespaced = true
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var spec: LimitRangeSpec { get { json.view("spec") ?? LimitRangeSpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
}

package struct LimitRangeItem: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var `default`: [String: Quantity] { get { json.quantityMap("default") } set { json.set("default", newValue) } }
    package var defaultRequest: [String: Quantity] { get { json.quantityMap("defaultRequest") } set { json.set("defaultRequest", newValue) } }
    package var max: [String: Quantity] { get { json.quantityMap("max") } set { json.set("max", newValue) } }
    package var maxLimitRequestRatio: [String: Quantity] { get { json.quantityMap("maxLimitRequestRatio") } set { json.set("maxLimitRequestRatio", newValue) } }
    package var min: [String: Quantity] { get { json.quantityMap("min") } set { json.set("min", newValue) } }
    package var type: String { get { json.string("type") ?? "" } set { json.set("type", Optional(newValue)) } }
}

package struct LimitRangeList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [LimitRange] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct LimitRangeSpec: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var limits: [LimitRangeItem] { get { json.views("limits") } set { json.set("limits", newValue) } }
}

package struct LinuxContainerUser: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var gid: Int64 { get { json.int64("gid") ?? 0 } set { json.set("gid", Optional(newValue)) } }
    package var supplementalGroups: [Int64] { get { json.integers("supplementalGroups") } set { json.set("supplementalGroups", newValue) } }
    package var uid: Int64 { get { json.int64("uid") ?? 0 } set { json.set("uid", Optional(newValue)) } }
}

package struct LoadBalancerIngress: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var hostname: String? { get { json.string("hostname") } set { json.set("hostname", newValue) } }
    package var ip: String? { get { json.string("ip") } set { json.set("ip", newValue) } }
    package var ipMode: String? { get { json.string("ipMode") } set { json.set("ipMode", newValue) } }
    package var ports: [PortStatus] { get { json.views("ports") } set { json.set("ports", newValue) } }
}

package struct LoadBalancerStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var ingress: [LoadBalancerIngress] { get { json.views("ingress") } set { json.set("ingress", newValue) } }
}

package struct LocalObjectReference: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var name: String? { get { json.string("name") } set { json.set("name", newValue) } }
}

package struct LocalVolumeSource: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var fsType: String? { get { json.string("fsType") } set { json.set("fsType", newValue) } }
    package var path: String { get { json.string("path") ?? "" } set { json.set("path", Optional(newValue)) } }
}

package struct ModifyVolumeStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var status: String { get { json.string("status") ?? "" } set { json.set("status", Optional(newValue)) } }
    package var targetVolumeAttributesClassName: String? { get { json.string("targetVolumeAttributesClassName") } set { json.set("targetVolumeAttributesClassName", newValue) } }
}

package struct NFSVolumeSource: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var path: String { get { json.string("path") ?? "" } set { json.set("path", Optional(newValue)) } }
    package var readOnly: Bool? { get { json.bool("readOnly") } set { json.set("readOnly", newValue) } }
    package var server: String { get { json.string("server") ?? "" } set { json.set("server", Optional(newValue)) } }
}

package struct Namespace: KubeObject {
    package static let kind = GroupVersionKind(group: "", version: "v1", kind: "Namespace")
    package static let resource = GroupVersionResource(group: "", version: "v1", resource: "namespaces")
    package static let isNamespaced = false
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var spec: NamespaceSpec { get { json.view("spec") ?? NamespaceSpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
    package var status: NamespaceStatus { get { json.view("status") ?? NamespaceStatus() } set { json.set("status", newValue.json.isEmpty ? nil : newValue) } }
}

package struct NamespaceCondition: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var lastTransitionTime: Timestamp? { get { json.time("lastTransitionTime") } set { json.setTime("lastTransitionTime", newValue) } }
    package var message: String? { get { json.string("message") } set { json.set("message", newValue) } }
    package var reason: String? { get { json.string("reason") } set { json.set("reason", newValue) } }
    package var status: String { get { json.string("status") ?? "" } set { json.set("status", Optional(newValue)) } }
    package var type: String { get { json.string("type") ?? "" } set { json.set("type", Optional(newValue)) } }
}

package struct NamespaceList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [Namespace] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct NamespaceSpec: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var finalizers: [String] { get { json.strings("finalizers") } set { json.set("finalizers", newValue) } }
}

package struct NamespaceStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var conditions: [NamespaceCondition] { get { json.views("conditions") } set { json.set("conditions", newValue) } }
    package var phase: String? { get { json.string("phase") } set { json.set("phase", newValue) } }
}

package struct Node: KubeObject {
    package static let kind = GroupVersionKind(group: "", version: "v1", kind: "Node")
    package static let resource = GroupVersionResource(group: "", version: "v1", resource: "nodes")
    package static let isNamespaced = false
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var spec: NodeSpec { get { json.view("spec") ?? NodeSpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
    package var status: NodeStatus { get { json.view("status") ?? NodeStatus() } set { json.set("status", newValue.json.isEmpty ? nil : newValue) } }
}

package struct NodeAddress: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var address: String { get { json.string("address") ?? "" } set { json.set("address", Optional(newValue)) } }
    package var type: String { get { json.string("type") ?? "" } set { json.set("type", Optional(newValue)) } }
}

package struct NodeAffinity: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var preferredDuringSchedulingIgnoredDuringExecution: [PreferredSchedulingTerm] { get { json.views("preferredDuringSchedulingIgnoredDuringExecution") } set { json.set("preferredDuringSchedulingIgnoredDuringExecution", newValue) } }
    package var requiredDuringSchedulingIgnoredDuringExecution: NodeSelector? { get { json.view("requiredDuringSchedulingIgnoredDuringExecution") } set { json.set("requiredDuringSchedulingIgnoredDuringExecution", newValue) } }
}

package struct NodeAllocatableResourceClaimStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var containers: [String] { get { json.strings("containers") } set { json.set("containers", newValue) } }
    package var resourceClaimName: String { get { json.string("resourceClaimName") ?? "" } set { json.set("resourceClaimName", Optional(newValue)) } }
    package var resources: [String: Quantity] { get { json.quantityMap("resources") } set { json.set("resources", newValue) } }
}

package struct NodeCondition: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var lastHeartbeatTime: Timestamp? { get { json.time("lastHeartbeatTime") } set { json.setTime("lastHeartbeatTime", newValue) } }
    package var lastTransitionTime: Timestamp? { get { json.time("lastTransitionTime") } set { json.setTime("lastTransitionTime", newValue) } }
    package var message: String? { get { json.string("message") } set { json.set("message", newValue) } }
    package var reason: String? { get { json.string("reason") } set { json.set("reason", newValue) } }
    package var status: String { get { json.string("status") ?? "" } set { json.set("status", Optional(newValue)) } }
    package var type: String { get { json.string("type") ?? "" } set { json.set("type", Optional(newValue)) } }
}

package struct NodeConfigSource: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var configMap: ConfigMapNodeConfigSource? { get { json.view("configMap") } set { json.set("configMap", newValue) } }
}

package struct NodeConfigStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var active: NodeConfigSource? { get { json.view("active") } set { json.set("active", newValue) } }
    package var assigned: NodeConfigSource? { get { json.view("assigned") } set { json.set("assigned", newValue) } }
    package var error: String? { get { json.string("error") } set { json.set("error", newValue) } }
    package var lastKnownGood: NodeConfigSource? { get { json.view("lastKnownGood") } set { json.set("lastKnownGood", newValue) } }
}

package struct NodeDaemonEndpoints: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var kubeletEndpoint: DaemonEndpoint? { get { json.view("kubeletEndpoint") } set { json.set("kubeletEndpoint", newValue) } }
}

package struct NodeFeatures: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var supplementalGroupsPolicy: Bool? { get { json.bool("supplementalGroupsPolicy") } set { json.set("supplementalGroupsPolicy", newValue) } }
}

package struct NodeList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [Node] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct NodeRuntimeHandler: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var features: NodeRuntimeHandlerFeatures? { get { json.view("features") } set { json.set("features", newValue) } }
    package var name: String? { get { json.string("name") } set { json.set("name", newValue) } }
}

package struct NodeRuntimeHandlerFeatures: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var recursiveReadOnlyMounts: Bool? { get { json.bool("recursiveReadOnlyMounts") } set { json.set("recursiveReadOnlyMounts", newValue) } }
    package var userNamespaces: Bool? { get { json.bool("userNamespaces") } set { json.set("userNamespaces", newValue) } }
}

package struct NodeSelector: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var nodeSelectorTerms: [NodeSelectorTerm] { get { json.views("nodeSelectorTerms") } set { json.set("nodeSelectorTerms", newValue) } }
}

package struct NodeSelectorRequirement: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var key: String { get { json.string("key") ?? "" } set { json.set("key", Optional(newValue)) } }
    package var `operator`: String { get { json.string("operator") ?? "" } set { json.set("operator", Optional(newValue)) } }
    package var values: [String] { get { json.strings("values") } set { json.set("values", newValue) } }
}

package struct NodeSelectorTerm: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var matchExpressions: [NodeSelectorRequirement] { get { json.views("matchExpressions") } set { json.set("matchExpressions", newValue) } }
    package var matchFields: [NodeSelectorRequirement] { get { json.views("matchFields") } set { json.set("matchFields", newValue) } }
}

package struct NodeSpec: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var configSource: NodeConfigSource? { get { json.view("configSource") } set { json.set("configSource", newValue) } }
    package var externalID: String? { get { json.string("externalID") } set { json.set("externalID", newValue) } }
    package var podCIDR: String? { get { json.string("podCIDR") } set { json.set("podCIDR", newValue) } }
    package var podCIDRs: [String] { get { json.strings("podCIDRs") } set { json.set("podCIDRs", newValue) } }
    package var providerID: String? { get { json.string("providerID") } set { json.set("providerID", newValue) } }
    package var taints: [Taint] { get { json.views("taints") } set { json.set("taints", newValue) } }
    package var unschedulable: Bool? { get { json.bool("unschedulable") } set { json.set("unschedulable", newValue) } }
}

package struct NodeStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var addresses: [NodeAddress] { get { json.views("addresses") } set { json.set("addresses", newValue) } }
    package var allocatable: [String: Quantity] { get { json.quantityMap("allocatable") } set { json.set("allocatable", newValue) } }
    package var capacity: [String: Quantity] { get { json.quantityMap("capacity") } set { json.set("capacity", newValue) } }
    package var conditions: [NodeCondition] { get { json.views("conditions") } set { json.set("conditions", newValue) } }
    package var config: NodeConfigStatus? { get { json.view("config") } set { json.set("config", newValue) } }
    package var daemonEndpoints: NodeDaemonEndpoints? { get { json.view("daemonEndpoints") } set { json.set("daemonEndpoints", newValue) } }
    package var declaredFeatures: [String] { get { json.strings("declaredFeatures") } set { json.set("declaredFeatures", newValue) } }
    package var features: NodeFeatures? { get { json.view("features") } set { json.set("features", newValue) } }
    package var images: [ContainerImage] { get { json.views("images") } set { json.set("images", newValue) } }
    package var nodeInfo: NodeSystemInfo? { get { json.view("nodeInfo") } set { json.set("nodeInfo", newValue) } }
    package var phase: String? { get { json.string("phase") } set { json.set("phase", newValue) } }
    package var runtimeHandlers: [NodeRuntimeHandler] { get { json.views("runtimeHandlers") } set { json.set("runtimeHandlers", newValue) } }
    package var volumesAttached: [AttachedVolume] { get { json.views("volumesAttached") } set { json.set("volumesAttached", newValue) } }
    package var volumesInUse: [String] { get { json.strings("volumesInUse") } set { json.set("volumesInUse", newValue) } }
}

package struct NodeSwapStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var capacity: Int64? { get { json.int64("capacity") } set { json.set("capacity", newValue) } }
}

package struct NodeSystemInfo: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var architecture: String { get { json.string("architecture") ?? "" } set { json.set("architecture", Optional(newValue)) } }
    package var bootID: String { get { json.string("bootID") ?? "" } set { json.set("bootID", Optional(newValue)) } }
    package var containerRuntimeVersion: String { get { json.string("containerRuntimeVersion") ?? "" } set { json.set("containerRuntimeVersion", Optional(newValue)) } }
    package var kernelVersion: String { get { json.string("kernelVersion") ?? "" } set { json.set("kernelVersion", Optional(newValue)) } }
    package var kubeProxyVersion: String { get { json.string("kubeProxyVersion") ?? "" } set { json.set("kubeProxyVersion", Optional(newValue)) } }
    package var kubeletVersion: String { get { json.string("kubeletVersion") ?? "" } set { json.set("kubeletVersion", Optional(newValue)) } }
    package var machineID: String { get { json.string("machineID") ?? "" } set { json.set("machineID", Optional(newValue)) } }
    package var operatingSystem: String { get { json.string("operatingSystem") ?? "" } set { json.set("operatingSystem", Optional(newValue)) } }
    package var osImage: String { get { json.string("osImage") ?? "" } set { json.set("osImage", Optional(newValue)) } }
    package var swap: NodeSwapStatus? { get { json.view("swap") } set { json.set("swap", newValue) } }
    package var systemUUID: String { get { json.string("systemUUID") ?? "" } set { json.set("systemUUID", Optional(newValue)) } }
}

package struct ObjectFieldSelector: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var fieldPath: String { get { json.string("fieldPath") ?? "" } set { json.set("fieldPath", Optional(newValue)) } }
}

package struct ObjectReference: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var fieldPath: String? { get { json.string("fieldPath") } set { json.set("fieldPath", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var name: String? { get { json.string("name") } set { json.set("name", newValue) } }
    package var namespace: String? { get { json.string("namespace") } set { json.set("namespace", newValue) } }
    package var resourceVersion: String? { get { json.string("resourceVersion") } set { json.set("resourceVersion", newValue) } }
    package var uid: String? { get { json.string("uid") } set { json.set("uid", newValue) } }
}

package struct PersistentVolume: KubeObject {
    package static let kind = GroupVersionKind(group: "", version: "v1", kind: "PersistentVolume")
    package static let resource = GroupVersionResource(group: "", version: "v1", resource: "persistentvolumes")
    package static let isNamespaced = false
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var spec: PersistentVolumeSpec { get { json.view("spec") ?? PersistentVolumeSpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
    package var status: PersistentVolumeStatus { get { json.view("status") ?? PersistentVolumeStatus() } set { json.set("status", newValue.json.isEmpty ? nil : newValue) } }
}

package struct PersistentVolumeClaim: KubeObject {
    package static let kind = GroupVersionKind(group: "", version: "v1", kind: "PersistentVolumeClaim")
    package static let resource = GroupVersionResource(group: "", version: "v1", resource: "persistentvolumeclaims")
    package static let isNamespaced = true
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var spec: PersistentVolumeClaimSpec { get { json.view("spec") ?? PersistentVolumeClaimSpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
    package var status: PersistentVolumeClaimStatus { get { json.view("status") ?? PersistentVolumeClaimStatus() } set { json.set("status", newValue.json.isEmpty ? nil : newValue) } }
}

package struct PersistentVolumeClaimCondition: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var lastProbeTime: Timestamp? { get { json.time("lastProbeTime") } set { json.setTime("lastProbeTime", newValue) } }
    package var lastTransitionTime: Timestamp? { get { json.time("lastTransitionTime") } set { json.setTime("lastTransitionTime", newValue) } }
    package var message: String? { get { json.string("message") } set { json.set("message", newValue) } }
    package var reason: String? { get { json.string("reason") } set { json.set("reason", newValue) } }
    package var status: String { get { json.string("status") ?? "" } set { json.set("status", Optional(newValue)) } }
    package var type: String { get { json.string("type") ?? "" } set { json.set("type", Optional(newValue)) } }
}

package struct PersistentVolumeClaimList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [PersistentVolumeClaim] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct PersistentVolumeClaimSpec: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var accessModes: [String] { get { json.strings("accessModes") } set { json.set("accessModes", newValue) } }
    package var dataSource: TypedLocalObjectReference? { get { json.view("dataSource") } set { json.set("dataSource", newValue) } }
    package var dataSourceRef: TypedObjectReference? { get { json.view("dataSourceRef") } set { json.set("dataSourceRef", newValue) } }
    package var resources: VolumeResourceRequirements? { get { json.view("resources") } set { json.set("resources", newValue) } }
    package var selector: LabelSelector? { get { json.view("selector") } set { json.set("selector", newValue) } }
    package var storageClassName: String? { get { json.string("storageClassName") } set { json.set("storageClassName", newValue) } }
    package var volumeAttributesClassName: String? { get { json.string("volumeAttributesClassName") } set { json.set("volumeAttributesClassName", newValue) } }
    package var volumeMode: String? { get { json.string("volumeMode") } set { json.set("volumeMode", newValue) } }
    package var volumeName: String? { get { json.string("volumeName") } set { json.set("volumeName", newValue) } }
}

package struct PersistentVolumeClaimStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var accessModes: [String] { get { json.strings("accessModes") } set { json.set("accessModes", newValue) } }
    package var allocatedResourceStatuses: [String: String] { get { json.stringMap("allocatedResourceStatuses") } set { json.set("allocatedResourceStatuses", newValue) } }
    package var allocatedResources: [String: Quantity] { get { json.quantityMap("allocatedResources") } set { json.set("allocatedResources", newValue) } }
    package var capacity: [String: Quantity] { get { json.quantityMap("capacity") } set { json.set("capacity", newValue) } }
    package var conditions: [PersistentVolumeClaimCondition] { get { json.views("conditions") } set { json.set("conditions", newValue) } }
    package var currentVolumeAttributesClassName: String? { get { json.string("currentVolumeAttributesClassName") } set { json.set("currentVolumeAttributesClassName", newValue) } }
    package var modifyVolumeStatus: ModifyVolumeStatus? { get { json.view("modifyVolumeStatus") } set { json.set("modifyVolumeStatus", newValue) } }
    package var phase: String? { get { json.string("phase") } set { json.set("phase", newValue) } }
}

package struct PersistentVolumeClaimTemplate: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var spec: PersistentVolumeClaimSpec { get { json.view("spec") ?? PersistentVolumeClaimSpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
}

package struct PersistentVolumeClaimVolumeSource: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var claimName: String { get { json.string("claimName") ?? "" } set { json.set("claimName", Optional(newValue)) } }
    package var readOnly: Bool? { get { json.bool("readOnly") } set { json.set("readOnly", newValue) } }
}

package struct PersistentVolumeList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [PersistentVolume] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct PersistentVolumeSpec: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var accessModes: [String] { get { json.strings("accessModes") } set { json.set("accessModes", newValue) } }
    package var awsElasticBlockStore: AWSElasticBlockStoreVolumeSource? { get { json.view("awsElasticBlockStore") } set { json.set("awsElasticBlockStore", newValue) } }
    package var azureDisk: AzureDiskVolumeSource? { get { json.view("azureDisk") } set { json.set("azureDisk", newValue) } }
    package var azureFile: AzureFilePersistentVolumeSource? { get { json.view("azureFile") } set { json.set("azureFile", newValue) } }
    package var capacity: [String: Quantity] { get { json.quantityMap("capacity") } set { json.set("capacity", newValue) } }
    package var cephfs: CephFSPersistentVolumeSource? { get { json.view("cephfs") } set { json.set("cephfs", newValue) } }
    package var cinder: CinderPersistentVolumeSource? { get { json.view("cinder") } set { json.set("cinder", newValue) } }
    package var claimRef: ObjectReference? { get { json.view("claimRef") } set { json.set("claimRef", newValue) } }
    package var csi: CSIPersistentVolumeSource? { get { json.view("csi") } set { json.set("csi", newValue) } }
    package var fc: FCVolumeSource? { get { json.view("fc") } set { json.set("fc", newValue) } }
    package var flexVolume: FlexPersistentVolumeSource? { get { json.view("flexVolume") } set { json.set("flexVolume", newValue) } }
    package var flocker: FlockerVolumeSource? { get { json.view("flocker") } set { json.set("flocker", newValue) } }
    package var gcePersistentDisk: GCEPersistentDiskVolumeSource? { get { json.view("gcePersistentDisk") } set { json.set("gcePersistentDisk", newValue) } }
    package var glusterfs: GlusterfsPersistentVolumeSource? { get { json.view("glusterfs") } set { json.set("glusterfs", newValue) } }
    package var hostPath: HostPathVolumeSource? { get { json.view("hostPath") } set { json.set("hostPath", newValue) } }
    package var iscsi: ISCSIPersistentVolumeSource? { get { json.view("iscsi") } set { json.set("iscsi", newValue) } }
    package var local: LocalVolumeSource? { get { json.view("local") } set { json.set("local", newValue) } }
    package var mountOptions: [String] { get { json.strings("mountOptions") } set { json.set("mountOptions", newValue) } }
    package var nfs: NFSVolumeSource? { get { json.view("nfs") } set { json.set("nfs", newValue) } }
    package var nodeAffinity: VolumeNodeAffinity? { get { json.view("nodeAffinity") } set { json.set("nodeAffinity", newValue) } }
    package var persistentVolumeReclaimPolicy: String? { get { json.string("persistentVolumeReclaimPolicy") } set { json.set("persistentVolumeReclaimPolicy", newValue) } }
    package var photonPersistentDisk: PhotonPersistentDiskVolumeSource? { get { json.view("photonPersistentDisk") } set { json.set("photonPersistentDisk", newValue) } }
    package var portworxVolume: PortworxVolumeSource? { get { json.view("portworxVolume") } set { json.set("portworxVolume", newValue) } }
    package var quobyte: QuobyteVolumeSource? { get { json.view("quobyte") } set { json.set("quobyte", newValue) } }
    package var rbd: RBDPersistentVolumeSource? { get { json.view("rbd") } set { json.set("rbd", newValue) } }
    package var scaleIO: ScaleIOPersistentVolumeSource? { get { json.view("scaleIO") } set { json.set("scaleIO", newValue) } }
    package var storageClassName: String? { get { json.string("storageClassName") } set { json.set("storageClassName", newValue) } }
    package var storageos: StorageOSPersistentVolumeSource? { get { json.view("storageos") } set { json.set("storageos", newValue) } }
    package var volumeAttributesClassName: String? { get { json.string("volumeAttributesClassName") } set { json.set("volumeAttributesClassName", newValue) } }
    package var volumeMode: String? { get { json.string("volumeMode") } set { json.set("volumeMode", newValue) } }
    package var vsphereVolume: VsphereVirtualDiskVolumeSource? { get { json.view("vsphereVolume") } set { json.set("vsphereVolume", newValue) } }
}

package struct PersistentVolumeStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var lastPhaseTransitionTime: Timestamp? { get { json.time("lastPhaseTransitionTime") } set { json.setTime("lastPhaseTransitionTime", newValue) } }
    package var message: String? { get { json.string("message") } set { json.set("message", newValue) } }
    package var phase: String? { get { json.string("phase") } set { json.set("phase", newValue) } }
    package var reason: String? { get { json.string("reason") } set { json.set("reason", newValue) } }
}

package struct PhotonPersistentDiskVolumeSource: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var fsType: String? { get { json.string("fsType") } set { json.set("fsType", newValue) } }
    package var pdID: String { get { json.string("pdID") ?? "" } set { json.set("pdID", Optional(newValue)) } }
}

package struct Pod: KubeObject {
    package static let kind = GroupVersionKind(group: "", version: "v1", kind: "Pod")
    package static let resource = GroupVersionResource(group: "", version: "v1", resource: "pods")
    package static let isNamespaced = true
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var spec: PodSpec { get { json.view("spec") ?? PodSpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
    package var status: PodStatus { get { json.view("status") ?? PodStatus() } set { json.set("status", newValue.json.isEmpty ? nil : newValue) } }
}

package struct PodAffinity: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var preferredDuringSchedulingIgnoredDuringExecution: [WeightedPodAffinityTerm] { get { json.views("preferredDuringSchedulingIgnoredDuringExecution") } set { json.set("preferredDuringSchedulingIgnoredDuringExecution", newValue) } }
    package var requiredDuringSchedulingIgnoredDuringExecution: [PodAffinityTerm] { get { json.views("requiredDuringSchedulingIgnoredDuringExecution") } set { json.set("requiredDuringSchedulingIgnoredDuringExecution", newValue) } }
}

package struct PodAffinityTerm: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var labelSelector: LabelSelector? { get { json.view("labelSelector") } set { json.set("labelSelector", newValue) } }
    package var matchLabelKeys: [String] { get { json.strings("matchLabelKeys") } set { json.set("matchLabelKeys", newValue) } }
    package var mismatchLabelKeys: [String] { get { json.strings("mismatchLabelKeys") } set { json.set("mismatchLabelKeys", newValue) } }
    package var namespaceSelector: LabelSelector? { get { json.view("namespaceSelector") } set { json.set("namespaceSelector", newValue) } }
    package var namespaces: [String] { get { json.strings("namespaces") } set { json.set("namespaces", newValue) } }
    package var topologyKey: String { get { json.string("topologyKey") ?? "" } set { json.set("topologyKey", Optional(newValue)) } }
}

package struct PodAntiAffinity: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var preferredDuringSchedulingIgnoredDuringExecution: [WeightedPodAffinityTerm] { get { json.views("preferredDuringSchedulingIgnoredDuringExecution") } set { json.set("preferredDuringSchedulingIgnoredDuringExecution", newValue) } }
    package var requiredDuringSchedulingIgnoredDuringExecution: [PodAffinityTerm] { get { json.views("requiredDuringSchedulingIgnoredDuringExecution") } set { json.set("requiredDuringSchedulingIgnoredDuringExecution", newValue) } }
}

package struct PodCertificateProjection: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var certificateChainPath: String? { get { json.string("certificateChainPath") } set { json.set("certificateChainPath", newValue) } }
    package var credentialBundlePath: String? { get { json.string("credentialBundlePath") } set { json.set("credentialBundlePath", newValue) } }
    package var keyPath: String? { get { json.string("keyPath") } set { json.set("keyPath", newValue) } }
    package var keyType: String { get { json.string("keyType") ?? "" } set { json.set("keyType", Optional(newValue)) } }
    package var maxExpirationSeconds: Int32? { get { json.int32("maxExpirationSeconds") } set { json.set("maxExpirationSeconds", newValue) } }
    package var signerName: String { get { json.string("signerName") ?? "" } set { json.set("signerName", Optional(newValue)) } }
    package var userAnnotations: [String: String] { get { json.stringMap("userAnnotations") } set { json.set("userAnnotations", newValue) } }
}

package struct PodCondition: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var lastProbeTime: Timestamp? { get { json.time("lastProbeTime") } set { json.setTime("lastProbeTime", newValue) } }
    package var lastTransitionTime: Timestamp? { get { json.time("lastTransitionTime") } set { json.setTime("lastTransitionTime", newValue) } }
    package var message: String? { get { json.string("message") } set { json.set("message", newValue) } }
    package var observedGeneration: Int64? { get { json.int64("observedGeneration") } set { json.set("observedGeneration", newValue) } }
    package var reason: String? { get { json.string("reason") } set { json.set("reason", newValue) } }
    package var status: String { get { json.string("status") ?? "" } set { json.set("status", Optional(newValue)) } }
    package var type: String { get { json.string("type") ?? "" } set { json.set("type", Optional(newValue)) } }
}

package struct PodDNSConfig: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var nameservers: [String] { get { json.strings("nameservers") } set { json.set("nameservers", newValue) } }
    package var options: [PodDNSConfigOption] { get { json.views("options") } set { json.set("options", newValue) } }
    package var searches: [String] { get { json.strings("searches") } set { json.set("searches", newValue) } }
}

package struct PodDNSConfigOption: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var name: String? { get { json.string("name") } set { json.set("name", newValue) } }
    package var value: String? { get { json.string("value") } set { json.set("value", newValue) } }
}

package struct PodExtendedResourceClaimStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var requestMappings: [ContainerExtendedResourceRequest] { get { json.views("requestMappings") } set { json.set("requestMappings", newValue) } }
    package var resourceClaimName: String { get { json.string("resourceClaimName") ?? "" } set { json.set("resourceClaimName", Optional(newValue)) } }
}

package struct PodIP: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var ip: String { get { json.string("ip") ?? "" } set { json.set("ip", Optional(newValue)) } }
}

package struct PodList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [Pod] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct PodOS: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
}

package struct PodReadinessGate: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var conditionType: String { get { json.string("conditionType") ?? "" } set { json.set("conditionType", Optional(newValue)) } }
}

package struct PodResourceClaim: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
    package var resourceClaimName: String? { get { json.string("resourceClaimName") } set { json.set("resourceClaimName", newValue) } }
    package var resourceClaimTemplateName: String? { get { json.string("resourceClaimTemplateName") } set { json.set("resourceClaimTemplateName", newValue) } }
}

package struct PodResourceClaimStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
    package var resourceClaimName: String? { get { json.string("resourceClaimName") } set { json.set("resourceClaimName", newValue) } }
}

package struct PodSchedulingGate: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
}

package struct PodSchedulingGroup: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var podGroupName: String? { get { json.string("podGroupName") } set { json.set("podGroupName", newValue) } }
}

package struct PodSecurityContext: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var appArmorProfile: AppArmorProfile? { get { json.view("appArmorProfile") } set { json.set("appArmorProfile", newValue) } }
    package var fsGroup: Int64? { get { json.int64("fsGroup") } set { json.set("fsGroup", newValue) } }
    package var fsGroupChangePolicy: String? { get { json.string("fsGroupChangePolicy") } set { json.set("fsGroupChangePolicy", newValue) } }
    package var runAsGroup: Int64? { get { json.int64("runAsGroup") } set { json.set("runAsGroup", newValue) } }
    package var runAsNonRoot: Bool? { get { json.bool("runAsNonRoot") } set { json.set("runAsNonRoot", newValue) } }
    package var runAsUser: Int64? { get { json.int64("runAsUser") } set { json.set("runAsUser", newValue) } }
    package var seLinuxChangePolicy: String? { get { json.string("seLinuxChangePolicy") } set { json.set("seLinuxChangePolicy", newValue) } }
    package var seLinuxOptions: SELinuxOptions? { get { json.view("seLinuxOptions") } set { json.set("seLinuxOptions", newValue) } }
    package var seccompProfile: SeccompProfile? { get { json.view("seccompProfile") } set { json.set("seccompProfile", newValue) } }
    package var supplementalGroups: [Int64] { get { json.integers("supplementalGroups") } set { json.set("supplementalGroups", newValue) } }
    package var supplementalGroupsPolicy: String? { get { json.string("supplementalGroupsPolicy") } set { json.set("supplementalGroupsPolicy", newValue) } }
    package var sysctls: [Sysctl] { get { json.views("sysctls") } set { json.set("sysctls", newValue) } }
    package var windowsOptions: WindowsSecurityContextOptions? { get { json.view("windowsOptions") } set { json.set("windowsOptions", newValue) } }
}

package struct PodSpec: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var activeDeadlineSeconds: Int64? { get { json.int64("activeDeadlineSeconds") } set { json.set("activeDeadlineSeconds", newValue) } }
    package var affinity: Affinity? { get { json.view("affinity") } set { json.set("affinity", newValue) } }
    package var automountServiceAccountToken: Bool? { get { json.bool("automountServiceAccountToken") } set { json.set("automountServiceAccountToken", newValue) } }
    package var containers: [Container] { get { json.views("containers") } set { json.set("containers", newValue) } }
    package var dnsConfig: PodDNSConfig? { get { json.view("dnsConfig") } set { json.set("dnsConfig", newValue) } }
    package var dnsPolicy: String? { get { json.string("dnsPolicy") } set { json.set("dnsPolicy", newValue) } }
    package var enableServiceLinks: Bool? { get { json.bool("enableServiceLinks") } set { json.set("enableServiceLinks", newValue) } }
    package var ephemeralContainers: [EphemeralContainer] { get { json.views("ephemeralContainers") } set { json.set("ephemeralContainers", newValue) } }
    package var hostAliases: [HostAlias] { get { json.views("hostAliases") } set { json.set("hostAliases", newValue) } }
    package var hostIPC: Bool? { get { json.bool("hostIPC") } set { json.set("hostIPC", newValue) } }
    package var hostNetwork: Bool? { get { json.bool("hostNetwork") } set { json.set("hostNetwork", newValue) } }
    package var hostPID: Bool? { get { json.bool("hostPID") } set { json.set("hostPID", newValue) } }
    package var hostUsers: Bool? { get { json.bool("hostUsers") } set { json.set("hostUsers", newValue) } }
    package var hostname: String? { get { json.string("hostname") } set { json.set("hostname", newValue) } }
    package var hostnameOverride: String? { get { json.string("hostnameOverride") } set { json.set("hostnameOverride", newValue) } }
    package var imagePullSecrets: [LocalObjectReference] { get { json.views("imagePullSecrets") } set { json.set("imagePullSecrets", newValue) } }
    package var initContainers: [Container] { get { json.views("initContainers") } set { json.set("initContainers", newValue) } }
    package var nodeName: String? { get { json.string("nodeName") } set { json.set("nodeName", newValue) } }
    package var nodeSelector: [String: String] { get { json.stringMap("nodeSelector") } set { json.set("nodeSelector", newValue) } }
    package var os: PodOS? { get { json.view("os") } set { json.set("os", newValue) } }
    package var overhead: [String: Quantity] { get { json.quantityMap("overhead") } set { json.set("overhead", newValue) } }
    package var preemptionPolicy: String? { get { json.string("preemptionPolicy") } set { json.set("preemptionPolicy", newValue) } }
    package var priority: Int32? { get { json.int32("priority") } set { json.set("priority", newValue) } }
    package var priorityClassName: String? { get { json.string("priorityClassName") } set { json.set("priorityClassName", newValue) } }
    package var readinessGates: [PodReadinessGate] { get { json.views("readinessGates") } set { json.set("readinessGates", newValue) } }
    package var resourceClaims: [PodResourceClaim] { get { json.views("resourceClaims") } set { json.set("resourceClaims", newValue) } }
    package var resources: ResourceRequirements? { get { json.view("resources") } set { json.set("resources", newValue) } }
    package var restartPolicy: String? { get { json.string("restartPolicy") } set { json.set("restartPolicy", newValue) } }
    package var runtimeClassName: String? { get { json.string("runtimeClassName") } set { json.set("runtimeClassName", newValue) } }
    package var schedulerName: String? { get { json.string("schedulerName") } set { json.set("schedulerName", newValue) } }
    package var schedulingGates: [PodSchedulingGate] { get { json.views("schedulingGates") } set { json.set("schedulingGates", newValue) } }
    package var schedulingGroup: PodSchedulingGroup? { get { json.view("schedulingGroup") } set { json.set("schedulingGroup", newValue) } }
    package var securityContext: PodSecurityContext? { get { json.view("securityContext") } set { json.set("securityContext", newValue) } }
    package var serviceAccount: String? { get { json.string("serviceAccount") } set { json.set("serviceAccount", newValue) } }
    package var serviceAccountName: String? { get { json.string("serviceAccountName") } set { json.set("serviceAccountName", newValue) } }
    package var setHostnameAsFQDN: Bool? { get { json.bool("setHostnameAsFQDN") } set { json.set("setHostnameAsFQDN", newValue) } }
    package var shareProcessNamespace: Bool? { get { json.bool("shareProcessNamespace") } set { json.set("shareProcessNamespace", newValue) } }
    package var subdomain: String? { get { json.string("subdomain") } set { json.set("subdomain", newValue) } }
    package var terminationGracePeriodSeconds: Int64? { get { json.int64("terminationGracePeriodSeconds") } set { json.set("terminationGracePeriodSeconds", newValue) } }
    package var tolerations: [Toleration] { get { json.views("tolerations") } set { json.set("tolerations", newValue) } }
    package var topologySpreadConstraints: [TopologySpreadConstraint] { get { json.views("topologySpreadConstraints") } set { json.set("topologySpreadConstraints", newValue) } }
    package var volumes: [Volume] { get { json.views("volumes") } set { json.set("volumes", newValue) } }
}

package struct PodStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var allocatedResources: [String: Quantity] { get { json.quantityMap("allocatedResources") } set { json.set("allocatedResources", newValue) } }
    package var conditions: [PodCondition] { get { json.views("conditions") } set { json.set("conditions", newValue) } }
    package var containerStatuses: [ContainerStatus] { get { json.views("containerStatuses") } set { json.set("containerStatuses", newValue) } }
    package var ephemeralContainerStatuses: [ContainerStatus] { get { json.views("ephemeralContainerStatuses") } set { json.set("ephemeralContainerStatuses", newValue) } }
    package var extendedResourceClaimStatus: PodExtendedResourceClaimStatus? { get { json.view("extendedResourceClaimStatus") } set { json.set("extendedResourceClaimStatus", newValue) } }
    package var hostIP: String? { get { json.string("hostIP") } set { json.set("hostIP", newValue) } }
    package var hostIPs: [HostIP] { get { json.views("hostIPs") } set { json.set("hostIPs", newValue) } }
    package var initContainerStatuses: [ContainerStatus] { get { json.views("initContainerStatuses") } set { json.set("initContainerStatuses", newValue) } }
    package var message: String? { get { json.string("message") } set { json.set("message", newValue) } }
    package var nodeAllocatableResourceClaimStatuses: [NodeAllocatableResourceClaimStatus] { get { json.views("nodeAllocatableResourceClaimStatuses") } set { json.set("nodeAllocatableResourceClaimStatuses", newValue) } }
    package var nominatedNodeName: String? { get { json.string("nominatedNodeName") } set { json.set("nominatedNodeName", newValue) } }
    package var observedGeneration: Int64? { get { json.int64("observedGeneration") } set { json.set("observedGeneration", newValue) } }
    package var phase: String? { get { json.string("phase") } set { json.set("phase", newValue) } }
    package var podIP: String? { get { json.string("podIP") } set { json.set("podIP", newValue) } }
    package var podIPs: [PodIP] { get { json.views("podIPs") } set { json.set("podIPs", newValue) } }
    package var qosClass: String? { get { json.string("qosClass") } set { json.set("qosClass", newValue) } }
    package var reason: String? { get { json.string("reason") } set { json.set("reason", newValue) } }
    package var resize: String? { get { json.string("resize") } set { json.set("resize", newValue) } }
    package var resourceClaimStatuses: [PodResourceClaimStatus] { get { json.views("resourceClaimStatuses") } set { json.set("resourceClaimStatuses", newValue) } }
    package var resources: ResourceRequirements? { get { json.view("resources") } set { json.set("resources", newValue) } }
    package var startTime: Timestamp? { get { json.time("startTime") } set { json.setTime("startTime", newValue) } }
}

package struct PodTemplate: KubeObject {
    package static let kind = GroupVersionKind(group: "", version: "v1", kind: "PodTemplate")
    package static let resource = GroupVersionResource(group: "", version: "v1", resource: "podtemplates")
    package static let isNamespaced = true
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var template: PodTemplateSpec? { get { json.view("template") } set { json.set("template", newValue) } }
}

package struct PodTemplateList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [PodTemplate] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct PodTemplateSpec: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var spec: PodSpec { get { json.view("spec") ?? PodSpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
}

package struct PortStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var error: String? { get { json.string("error") } set { json.set("error", newValue) } }
    package var port: Int32 { get { json.int32("port") ?? 0 } set { json.set("port", Optional(newValue)) } }
    package var `protocol`: String { get { json.string("protocol") ?? "" } set { json.set("protocol", Optional(newValue)) } }
}

package struct PortworxVolumeSource: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var fsType: String? { get { json.string("fsType") } set { json.set("fsType", newValue) } }
    package var readOnly: Bool? { get { json.bool("readOnly") } set { json.set("readOnly", newValue) } }
    package var volumeID: String { get { json.string("volumeID") ?? "" } set { json.set("volumeID", Optional(newValue)) } }
}

package struct PreferredSchedulingTerm: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var preference: NodeSelectorTerm { get { json.view("preference") ?? NodeSelectorTerm() } set { json.set("preference", Optional(newValue)) } }
    package var weight: Int32 { get { json.int32("weight") ?? 0 } set { json.set("weight", Optional(newValue)) } }
}

package struct Probe: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var exec: ExecAction? { get { json.view("exec") } set { json.set("exec", newValue) } }
    package var failureThreshold: Int32? { get { json.int32("failureThreshold") } set { json.set("failureThreshold", newValue) } }
    package var grpc: GRPCAction? { get { json.view("grpc") } set { json.set("grpc", newValue) } }
    package var httpGet: HTTPGetAction? { get { json.view("httpGet") } set { json.set("httpGet", newValue) } }
    package var initialDelaySeconds: Int32? { get { json.int32("initialDelaySeconds") } set { json.set("initialDelaySeconds", newValue) } }
    package var periodSeconds: Int32? { get { json.int32("periodSeconds") } set { json.set("periodSeconds", newValue) } }
    package var successThreshold: Int32? { get { json.int32("successThreshold") } set { json.set("successThreshold", newValue) } }
    package var tcpSocket: TCPSocketAction? { get { json.view("tcpSocket") } set { json.set("tcpSocket", newValue) } }
    package var terminationGracePeriodSeconds: Int64? { get { json.int64("terminationGracePeriodSeconds") } set { json.set("terminationGracePeriodSeconds", newValue) } }
    package var timeoutSeconds: Int32? { get { json.int32("timeoutSeconds") } set { json.set("timeoutSeconds", newValue) } }
}

package struct ProjectedVolumeSource: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var defaultMode: Int32? { get { json.int32("defaultMode") } set { json.set("defaultMode", newValue) } }
    package var sources: [VolumeProjection] { get { json.views("sources") } set { json.set("sources", newValue) } }
}

package struct QuobyteVolumeSource: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var group: String? { get { json.string("group") } set { json.set("group", newValue) } }
    package var readOnly: Bool? { get { json.bool("readOnly") } set { json.set("readOnly", newValue) } }
    package var registry: String { get { json.string("registry") ?? "" } set { json.set("registry", Optional(newValue)) } }
    package var tenant: String? { get { json.string("tenant") } set { json.set("tenant", newValue) } }
    package var user: String? { get { json.string("user") } set { json.set("user", newValue) } }
    package var volume: String { get { json.string("volume") ?? "" } set { json.set("volume", Optional(newValue)) } }
}

package struct RBDPersistentVolumeSource: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var fsType: String? { get { json.string("fsType") } set { json.set("fsType", newValue) } }
    package var image: String { get { json.string("image") ?? "" } set { json.set("image", Optional(newValue)) } }
    package var keyring: String? { get { json.string("keyring") } set { json.set("keyring", newValue) } }
    package var monitors: [String] { get { json.strings("monitors") } set { json.set("monitors", newValue) } }
    package var pool: String? { get { json.string("pool") } set { json.set("pool", newValue) } }
    package var readOnly: Bool? { get { json.bool("readOnly") } set { json.set("readOnly", newValue) } }
    package var secretRef: SecretReference? { get { json.view("secretRef") } set { json.set("secretRef", newValue) } }
    package var user: String? { get { json.string("user") } set { json.set("user", newValue) } }
}

package struct RBDVolumeSource: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var fsType: String? { get { json.string("fsType") } set { json.set("fsType", newValue) } }
    package var image: String { get { json.string("image") ?? "" } set { json.set("image", Optional(newValue)) } }
    package var keyring: String? { get { json.string("keyring") } set { json.set("keyring", newValue) } }
    package var monitors: [String] { get { json.strings("monitors") } set { json.set("monitors", newValue) } }
    package var pool: String? { get { json.string("pool") } set { json.set("pool", newValue) } }
    package var readOnly: Bool? { get { json.bool("readOnly") } set { json.set("readOnly", newValue) } }
    package var secretRef: LocalObjectReference? { get { json.view("secretRef") } set { json.set("secretRef", newValue) } }
    package var user: String? { get { json.string("user") } set { json.set("user", newValue) } }
}

package struct ReplicationController: KubeObject {
    package static let kind = GroupVersionKind(group: "", version: "v1", kind: "ReplicationController")
    package static let resource = GroupVersionResource(group: "", version: "v1", resource: "replicationcontrollers")
    package static let isNamespaced = true
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var spec: ReplicationControllerSpec { get { json.view("spec") ?? ReplicationControllerSpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
    package var status: ReplicationControllerStatus { get { json.view("status") ?? ReplicationControllerStatus() } set { json.set("status", newValue.json.isEmpty ? nil : newValue) } }
}

package struct ReplicationControllerCondition: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var lastTransitionTime: Timestamp? { get { json.time("lastTransitionTime") } set { json.setTime("lastTransitionTime", newValue) } }
    package var message: String? { get { json.string("message") } set { json.set("message", newValue) } }
    package var reason: String? { get { json.string("reason") } set { json.set("reason", newValue) } }
    package var status: String { get { json.string("status") ?? "" } set { json.set("status", Optional(newValue)) } }
    package var type: String { get { json.string("type") ?? "" } set { json.set("type", Optional(newValue)) } }
}

package struct ReplicationControllerList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [ReplicationController] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct ReplicationControllerSpec: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var minReadySeconds: Int32? { get { json.int32("minReadySeconds") } set { json.set("minReadySeconds", newValue) } }
    package var replicas: Int32? { get { json.int32("replicas") } set { json.set("replicas", newValue) } }
    package var selector: [String: String] { get { json.stringMap("selector") } set { json.set("selector", newValue) } }
    package var template: PodTemplateSpec? { get { json.view("template") } set { json.set("template", newValue) } }
}

package struct ReplicationControllerStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var availableReplicas: Int32? { get { json.int32("availableReplicas") } set { json.set("availableReplicas", newValue) } }
    package var conditions: [ReplicationControllerCondition] { get { json.views("conditions") } set { json.set("conditions", newValue) } }
    package var fullyLabeledReplicas: Int32? { get { json.int32("fullyLabeledReplicas") } set { json.set("fullyLabeledReplicas", newValue) } }
    package var observedGeneration: Int64? { get { json.int64("observedGeneration") } set { json.set("observedGeneration", newValue) } }
    package var readyReplicas: Int32? { get { json.int32("readyReplicas") } set { json.set("readyReplicas", newValue) } }
    package var replicas: Int32 { get { json.int32("replicas") ?? 0 } set { json.set("replicas", Optional(newValue)) } }
}

package struct ResourceClaim: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
    package var request: String? { get { json.string("request") } set { json.set("request", newValue) } }
}

package struct ResourceFieldSelector: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var containerName: String? { get { json.string("containerName") } set { json.set("containerName", newValue) } }
    package var divisor: Quantity? { get { json.quantity("divisor") } set { json.set("divisor", newValue) } }
    package var resource: String { get { json.string("resource") ?? "" } set { json.set("resource", Optional(newValue)) } }
}

package struct ResourceHealth: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var health: String? { get { json.string("health") } set { json.set("health", newValue) } }
    package var message: String? { get { json.string("message") } set { json.set("message", newValue) } }
    package var resourceID: String { get { json.string("resourceID") ?? "" } set { json.set("resourceID", Optional(newValue)) } }
}

package struct ResourceQuota: KubeObject {
    package static let kind = GroupVersionKind(group: "", version: "v1", kind: "ResourceQuota")
    package static let resource = GroupVersionResource(group: "", version: "v1", resource: "resourcequotas")
    package static let isNamespaced = true
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var spec: ResourceQuotaSpec { get { json.view("spec") ?? ResourceQuotaSpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
    package var status: ResourceQuotaStatus { get { json.view("status") ?? ResourceQuotaStatus() } set { json.set("status", newValue.json.isEmpty ? nil : newValue) } }
}

package struct ResourceQuotaList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [ResourceQuota] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct ResourceQuotaSpec: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var hard: [String: Quantity] { get { json.quantityMap("hard") } set { json.set("hard", newValue) } }
    package var scopeSelector: ScopeSelector? { get { json.view("scopeSelector") } set { json.set("scopeSelector", newValue) } }
    package var scopes: [String] { get { json.strings("scopes") } set { json.set("scopes", newValue) } }
}

package struct ResourceQuotaStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var hard: [String: Quantity] { get { json.quantityMap("hard") } set { json.set("hard", newValue) } }
    package var used: [String: Quantity] { get { json.quantityMap("used") } set { json.set("used", newValue) } }
}

package struct ResourceRequirements: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var claims: [ResourceClaim] { get { json.views("claims") } set { json.set("claims", newValue) } }
    package var limits: [String: Quantity] { get { json.quantityMap("limits") } set { json.set("limits", newValue) } }
    package var requests: [String: Quantity] { get { json.quantityMap("requests") } set { json.set("requests", newValue) } }
}

package struct ResourceStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
    package var resources: [ResourceHealth] { get { json.views("resources") } set { json.set("resources", newValue) } }
}

package struct SELinuxOptions: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var level: String? { get { json.string("level") } set { json.set("level", newValue) } }
    package var role: String? { get { json.string("role") } set { json.set("role", newValue) } }
    package var type: String? { get { json.string("type") } set { json.set("type", newValue) } }
    package var user: String? { get { json.string("user") } set { json.set("user", newValue) } }
}

package struct ScaleIOPersistentVolumeSource: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var fsType: String? { get { json.string("fsType") } set { json.set("fsType", newValue) } }
    package var gateway: String { get { json.string("gateway") ?? "" } set { json.set("gateway", Optional(newValue)) } }
    package var protectionDomain: String? { get { json.string("protectionDomain") } set { json.set("protectionDomain", newValue) } }
    package var readOnly: Bool? { get { json.bool("readOnly") } set { json.set("readOnly", newValue) } }
    package var secretRef: SecretReference { get { json.view("secretRef") ?? SecretReference() } set { json.set("secretRef", Optional(newValue)) } }
    package var sslEnabled: Bool? { get { json.bool("sslEnabled") } set { json.set("sslEnabled", newValue) } }
    package var storageMode: String? { get { json.string("storageMode") } set { json.set("storageMode", newValue) } }
    package var storagePool: String? { get { json.string("storagePool") } set { json.set("storagePool", newValue) } }
    package var system: String { get { json.string("system") ?? "" } set { json.set("system", Optional(newValue)) } }
    package var volumeName: String? { get { json.string("volumeName") } set { json.set("volumeName", newValue) } }
}

package struct ScaleIOVolumeSource: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var fsType: String? { get { json.string("fsType") } set { json.set("fsType", newValue) } }
    package var gateway: String { get { json.string("gateway") ?? "" } set { json.set("gateway", Optional(newValue)) } }
    package var protectionDomain: String? { get { json.string("protectionDomain") } set { json.set("protectionDomain", newValue) } }
    package var readOnly: Bool? { get { json.bool("readOnly") } set { json.set("readOnly", newValue) } }
    package var secretRef: LocalObjectReference { get { json.view("secretRef") ?? LocalObjectReference() } set { json.set("secretRef", Optional(newValue)) } }
    package var sslEnabled: Bool? { get { json.bool("sslEnabled") } set { json.set("sslEnabled", newValue) } }
    package var storageMode: String? { get { json.string("storageMode") } set { json.set("storageMode", newValue) } }
    package var storagePool: String? { get { json.string("storagePool") } set { json.set("storagePool", newValue) } }
    package var system: String { get { json.string("system") ?? "" } set { json.set("system", Optional(newValue)) } }
    package var volumeName: String? { get { json.string("volumeName") } set { json.set("volumeName", newValue) } }
}

package struct ScopeSelector: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var matchExpressions: [ScopedResourceSelectorRequirement] { get { json.views("matchExpressions") } set { json.set("matchExpressions", newValue) } }
}

package struct ScopedResourceSelectorRequirement: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var `operator`: String { get { json.string("operator") ?? "" } set { json.set("operator", Optional(newValue)) } }
    package var scopeName: String { get { json.string("scopeName") ?? "" } set { json.set("scopeName", Optional(newValue)) } }
    package var values: [String] { get { json.strings("values") } set { json.set("values", newValue) } }
}

package struct SeccompProfile: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var localhostProfile: String? { get { json.string("localhostProfile") } set { json.set("localhostProfile", newValue) } }
    package var type: String { get { json.string("type") ?? "" } set { json.set("type", Optional(newValue)) } }
}

package struct Secret: KubeObject {
    package static let kind = GroupVersionKind(group: "", version: "v1", kind: "Secret")
    package static let resource = GroupVersionResource(group: "", version: "v1", resource: "secrets")
    package static let isNamespaced = true
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var data: [String: String] { get { json.stringMap("data") } set { json.set("data", newValue) } }
    package var immutable: Bool? { get { json.bool("immutable") } set { json.set("immutable", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var stringData: [String: String] { get { json.stringMap("stringData") } set { json.set("stringData", newValue) } }
    package var type: String? { get { json.string("type") } set { json.set("type", newValue) } }
}

package struct SecretEnvSource: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var name: String? { get { json.string("name") } set { json.set("name", newValue) } }
    package var optional: Bool? { get { json.bool("optional") } set { json.set("optional", newValue) } }
}

package struct SecretKeySelector: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var key: String { get { json.string("key") ?? "" } set { json.set("key", Optional(newValue)) } }
    package var name: String? { get { json.string("name") } set { json.set("name", newValue) } }
    package var optional: Bool? { get { json.bool("optional") } set { json.set("optional", newValue) } }
}

package struct SecretList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [Secret] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct SecretProjection: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var items: [KeyToPath] { get { json.views("items") } set { json.set("items", newValue) } }
    package var name: String? { get { json.string("name") } set { json.set("name", newValue) } }
    package var optional: Bool? { get { json.bool("optional") } set { json.set("optional", newValue) } }
}

package struct SecretReference: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var name: String? { get { json.string("name") } set { json.set("name", newValue) } }
    package var namespace: String? { get { json.string("namespace") } set { json.set("namespace", newValue) } }
}

package struct SecretVolumeSource: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var defaultMode: Int32? { get { json.int32("defaultMode") } set { json.set("defaultMode", newValue) } }
    package var items: [KeyToPath] { get { json.views("items") } set { json.set("items", newValue) } }
    package var optional: Bool? { get { json.bool("optional") } set { json.set("optional", newValue) } }
    package var secretName: String? { get { json.string("secretName") } set { json.set("secretName", newValue) } }
}

package struct SecurityContext: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var allowPrivilegeEscalation: Bool? { get { json.bool("allowPrivilegeEscalation") } set { json.set("allowPrivilegeEscalation", newValue) } }
    package var appArmorProfile: AppArmorProfile? { get { json.view("appArmorProfile") } set { json.set("appArmorProfile", newValue) } }
    package var capabilities: Capabilities? { get { json.view("capabilities") } set { json.set("capabilities", newValue) } }
    package var privileged: Bool? { get { json.bool("privileged") } set { json.set("privileged", newValue) } }
    package var procMount: String? { get { json.string("procMount") } set { json.set("procMount", newValue) } }
    package var readOnlyRootFilesystem: Bool? { get { json.bool("readOnlyRootFilesystem") } set { json.set("readOnlyRootFilesystem", newValue) } }
    package var runAsGroup: Int64? { get { json.int64("runAsGroup") } set { json.set("runAsGroup", newValue) } }
    package var runAsNonRoot: Bool? { get { json.bool("runAsNonRoot") } set { json.set("runAsNonRoot", newValue) } }
    package var runAsUser: Int64? { get { json.int64("runAsUser") } set { json.set("runAsUser", newValue) } }
    package var seLinuxOptions: SELinuxOptions? { get { json.view("seLinuxOptions") } set { json.set("seLinuxOptions", newValue) } }
    package var seccompProfile: SeccompProfile? { get { json.view("seccompProfile") } set { json.set("seccompProfile", newValue) } }
    package var windowsOptions: WindowsSecurityContextOptions? { get { json.view("windowsOptions") } set { json.set("windowsOptions", newValue) } }
}

package struct Service: KubeObject {
    package static let kind = GroupVersionKind(group: "", version: "v1", kind: "Service")
    package static let resource = GroupVersionResource(group: "", version: "v1", resource: "services")
    package static let isNamespaced = true
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var spec: ServiceSpec { get { json.view("spec") ?? ServiceSpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
    package var status: ServiceStatus { get { json.view("status") ?? ServiceStatus() } set { json.set("status", newValue.json.isEmpty ? nil : newValue) } }
}

package struct ServiceAccount: KubeObject {
    package static let kind = GroupVersionKind(group: "", version: "v1", kind: "ServiceAccount")
    package static let resource = GroupVersionResource(group: "", version: "v1", resource: "serviceaccounts")
    package static let isNamespaced = true
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var automountServiceAccountToken: Bool? { get { json.bool("automountServiceAccountToken") } set { json.set("automountServiceAccountToken", newValue) } }
    package var imagePullSecrets: [LocalObjectReference] { get { json.views("imagePullSecrets") } set { json.set("imagePullSecrets", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var secrets: [ObjectReference] { get { json.views("secrets") } set { json.set("secrets", newValue) } }
}

package struct ServiceAccountList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [ServiceAccount] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct ServiceAccountTokenProjection: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var audience: String? { get { json.string("audience") } set { json.set("audience", newValue) } }
    package var expirationSeconds: Int64? { get { json.int64("expirationSeconds") } set { json.set("expirationSeconds", newValue) } }
    package var path: String { get { json.string("path") ?? "" } set { json.set("path", Optional(newValue)) } }
}

package struct ServiceList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [Service] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct ServicePort: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var appProtocol: String? { get { json.string("appProtocol") } set { json.set("appProtocol", newValue) } }
    package var name: String? { get { json.string("name") } set { json.set("name", newValue) } }
    package var nodePort: Int32? { get { json.int32("nodePort") } set { json.set("nodePort", newValue) } }
    package var port: Int32 { get { json.int32("port") ?? 0 } set { json.set("port", Optional(newValue)) } }
    package var `protocol`: String? { get { json.string("protocol") } set { json.set("protocol", newValue) } }
    package var targetPort: IntOrString? { get { json.intOrString("targetPort") } set { json.set("targetPort", newValue) } }
}

package struct ServiceSpec: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var allocateLoadBalancerNodePorts: Bool? { get { json.bool("allocateLoadBalancerNodePorts") } set { json.set("allocateLoadBalancerNodePorts", newValue) } }
    package var clusterIP: String? { get { json.string("clusterIP") } set { json.set("clusterIP", newValue) } }
    package var clusterIPs: [String] { get { json.strings("clusterIPs") } set { json.set("clusterIPs", newValue) } }
    package var externalIPs: [String] { get { json.strings("externalIPs") } set { json.set("externalIPs", newValue) } }
    package var externalName: String? { get { json.string("externalName") } set { json.set("externalName", newValue) } }
    package var externalTrafficPolicy: String? { get { json.string("externalTrafficPolicy") } set { json.set("externalTrafficPolicy", newValue) } }
    package var healthCheckNodePort: Int32? { get { json.int32("healthCheckNodePort") } set { json.set("healthCheckNodePort", newValue) } }
    package var internalTrafficPolicy: String? { get { json.string("internalTrafficPolicy") } set { json.set("internalTrafficPolicy", newValue) } }
    package var ipFamilies: [String] { get { json.strings("ipFamilies") } set { json.set("ipFamilies", newValue) } }
    package var ipFamilyPolicy: String? { get { json.string("ipFamilyPolicy") } set { json.set("ipFamilyPolicy", newValue) } }
    package var loadBalancerClass: String? { get { json.string("loadBalancerClass") } set { json.set("loadBalancerClass", newValue) } }
    package var loadBalancerIP: String? { get { json.string("loadBalancerIP") } set { json.set("loadBalancerIP", newValue) } }
    package var loadBalancerSourceRanges: [String] { get { json.strings("loadBalancerSourceRanges") } set { json.set("loadBalancerSourceRanges", newValue) } }
    package var ports: [ServicePort] { get { json.views("ports") } set { json.set("ports", newValue) } }
    package var publishNotReadyAddresses: Bool? { get { json.bool("publishNotReadyAddresses") } set { json.set("publishNotReadyAddresses", newValue) } }
    package var selector: [String: String] { get { json.stringMap("selector") } set { json.set("selector", newValue) } }
    package var sessionAffinity: String? { get { json.string("sessionAffinity") } set { json.set("sessionAffinity", newValue) } }
    package var sessionAffinityConfig: SessionAffinityConfig? { get { json.view("sessionAffinityConfig") } set { json.set("sessionAffinityConfig", newValue) } }
    package var trafficDistribution: String? { get { json.string("trafficDistribution") } set { json.set("trafficDistribution", newValue) } }
    package var type: String? { get { json.string("type") } set { json.set("type", newValue) } }
}

package struct ServiceStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var conditions: [Condition] { get { json.views("conditions") } set { json.set("conditions", newValue) } }
    package var loadBalancer: LoadBalancerStatus? { get { json.view("loadBalancer") } set { json.set("loadBalancer", newValue) } }
}

package struct SessionAffinityConfig: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var clientIP: ClientIPConfig? { get { json.view("clientIP") } set { json.set("clientIP", newValue) } }
}

package struct SleepAction: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var seconds: Int64 { get { json.int64("seconds") ?? 0 } set { json.set("seconds", Optional(newValue)) } }
}

package struct StorageOSPersistentVolumeSource: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var fsType: String? { get { json.string("fsType") } set { json.set("fsType", newValue) } }
    package var readOnly: Bool? { get { json.bool("readOnly") } set { json.set("readOnly", newValue) } }
    package var secretRef: ObjectReference? { get { json.view("secretRef") } set { json.set("secretRef", newValue) } }
    package var volumeName: String? { get { json.string("volumeName") } set { json.set("volumeName", newValue) } }
    package var volumeNamespace: String? { get { json.string("volumeNamespace") } set { json.set("volumeNamespace", newValue) } }
}

package struct StorageOSVolumeSource: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var fsType: String? { get { json.string("fsType") } set { json.set("fsType", newValue) } }
    package var readOnly: Bool? { get { json.bool("readOnly") } set { json.set("readOnly", newValue) } }
    package var secretRef: LocalObjectReference? { get { json.view("secretRef") } set { json.set("secretRef", newValue) } }
    package var volumeName: String? { get { json.string("volumeName") } set { json.set("volumeName", newValue) } }
    package var volumeNamespace: String? { get { json.string("volumeNamespace") } set { json.set("volumeNamespace", newValue) } }
}

package struct Sysctl: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
    package var value: String { get { json.string("value") ?? "" } set { json.set("value", Optional(newValue)) } }
}

package struct TCPSocketAction: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var host: String? { get { json.string("host") } set { json.set("host", newValue) } }
    package var port: IntOrString? { get { json.intOrString("port") } set { json.set("port", newValue) } }
}

package struct Taint: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var effect: String { get { json.string("effect") ?? "" } set { json.set("effect", Optional(newValue)) } }
    package var key: String { get { json.string("key") ?? "" } set { json.set("key", Optional(newValue)) } }
    package var timeAdded: Timestamp? { get { json.time("timeAdded") } set { json.setTime("timeAdded", newValue) } }
    package var value: String? { get { json.string("value") } set { json.set("value", newValue) } }
}

package struct Toleration: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var effect: String? { get { json.string("effect") } set { json.set("effect", newValue) } }
    package var key: String? { get { json.string("key") } set { json.set("key", newValue) } }
    package var `operator`: String? { get { json.string("operator") } set { json.set("operator", newValue) } }
    package var tolerationSeconds: Int64? { get { json.int64("tolerationSeconds") } set { json.set("tolerationSeconds", newValue) } }
    package var value: String? { get { json.string("value") } set { json.set("value", newValue) } }
}

package struct TopologySelectorLabelRequirement: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var key: String { get { json.string("key") ?? "" } set { json.set("key", Optional(newValue)) } }
    package var values: [String] { get { json.strings("values") } set { json.set("values", newValue) } }
}

package struct TopologySelectorTerm: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var matchLabelExpressions: [TopologySelectorLabelRequirement] { get { json.views("matchLabelExpressions") } set { json.set("matchLabelExpressions", newValue) } }
}

package struct TopologySpreadConstraint: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var labelSelector: LabelSelector? { get { json.view("labelSelector") } set { json.set("labelSelector", newValue) } }
    package var matchLabelKeys: [String] { get { json.strings("matchLabelKeys") } set { json.set("matchLabelKeys", newValue) } }
    package var maxSkew: Int32 { get { json.int32("maxSkew") ?? 0 } set { json.set("maxSkew", Optional(newValue)) } }
    package var minDomains: Int32? { get { json.int32("minDomains") } set { json.set("minDomains", newValue) } }
    package var nodeAffinityPolicy: String? { get { json.string("nodeAffinityPolicy") } set { json.set("nodeAffinityPolicy", newValue) } }
    package var nodeTaintsPolicy: String? { get { json.string("nodeTaintsPolicy") } set { json.set("nodeTaintsPolicy", newValue) } }
    package var topologyKey: String { get { json.string("topologyKey") ?? "" } set { json.set("topologyKey", Optional(newValue)) } }
    package var whenUnsatisfiable: String { get { json.string("whenUnsatisfiable") ?? "" } set { json.set("whenUnsatisfiable", Optional(newValue)) } }
}

package struct TypedLocalObjectReference: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiGroup: String? { get { json.string("apiGroup") } set { json.set("apiGroup", newValue) } }
    package var kind: String { get { json.string("kind") ?? "" } set { json.set("kind", Optional(newValue)) } }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
}

package struct TypedObjectReference: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiGroup: String? { get { json.string("apiGroup") } set { json.set("apiGroup", newValue) } }
    package var kind: String { get { json.string("kind") ?? "" } set { json.set("kind", Optional(newValue)) } }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
    package var namespace: String? { get { json.string("namespace") } set { json.set("namespace", newValue) } }
}

package struct Volume: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var awsElasticBlockStore: AWSElasticBlockStoreVolumeSource? { get { json.view("awsElasticBlockStore") } set { json.set("awsElasticBlockStore", newValue) } }
    package var azureDisk: AzureDiskVolumeSource? { get { json.view("azureDisk") } set { json.set("azureDisk", newValue) } }
    package var azureFile: AzureFileVolumeSource? { get { json.view("azureFile") } set { json.set("azureFile", newValue) } }
    package var cephfs: CephFSVolumeSource? { get { json.view("cephfs") } set { json.set("cephfs", newValue) } }
    package var cinder: CinderVolumeSource? { get { json.view("cinder") } set { json.set("cinder", newValue) } }
    package var configMap: ConfigMapVolumeSource? { get { json.view("configMap") } set { json.set("configMap", newValue) } }
    package var csi: CSIVolumeSource? { get { json.view("csi") } set { json.set("csi", newValue) } }
    package var downwardAPI: DownwardAPIVolumeSource? { get { json.view("downwardAPI") } set { json.set("downwardAPI", newValue) } }
    package var emptyDir: EmptyDirVolumeSource? { get { json.view("emptyDir") } set { json.set("emptyDir", newValue) } }
    package var ephemeral: EphemeralVolumeSource? { get { json.view("ephemeral") } set { json.set("ephemeral", newValue) } }
    package var fc: FCVolumeSource? { get { json.view("fc") } set { json.set("fc", newValue) } }
    package var flexVolume: FlexVolumeSource? { get { json.view("flexVolume") } set { json.set("flexVolume", newValue) } }
    package var flocker: FlockerVolumeSource? { get { json.view("flocker") } set { json.set("flocker", newValue) } }
    package var gcePersistentDisk: GCEPersistentDiskVolumeSource? { get { json.view("gcePersistentDisk") } set { json.set("gcePersistentDisk", newValue) } }
    package var gitRepo: GitRepoVolumeSource? { get { json.view("gitRepo") } set { json.set("gitRepo", newValue) } }
    package var glusterfs: GlusterfsVolumeSource? { get { json.view("glusterfs") } set { json.set("glusterfs", newValue) } }
    package var hostPath: HostPathVolumeSource? { get { json.view("hostPath") } set { json.set("hostPath", newValue) } }
    package var image: ImageVolumeSource? { get { json.view("image") } set { json.set("image", newValue) } }
    package var iscsi: ISCSIVolumeSource? { get { json.view("iscsi") } set { json.set("iscsi", newValue) } }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
    package var nfs: NFSVolumeSource? { get { json.view("nfs") } set { json.set("nfs", newValue) } }
    package var persistentVolumeClaim: PersistentVolumeClaimVolumeSource? { get { json.view("persistentVolumeClaim") } set { json.set("persistentVolumeClaim", newValue) } }
    package var photonPersistentDisk: PhotonPersistentDiskVolumeSource? { get { json.view("photonPersistentDisk") } set { json.set("photonPersistentDisk", newValue) } }
    package var portworxVolume: PortworxVolumeSource? { get { json.view("portworxVolume") } set { json.set("portworxVolume", newValue) } }
    package var projected: ProjectedVolumeSource? { get { json.view("projected") } set { json.set("projected", newValue) } }
    package var quobyte: QuobyteVolumeSource? { get { json.view("quobyte") } set { json.set("quobyte", newValue) } }
    package var rbd: RBDVolumeSource? { get { json.view("rbd") } set { json.set("rbd", newValue) } }
    package var scaleIO: ScaleIOVolumeSource? { get { json.view("scaleIO") } set { json.set("scaleIO", newValue) } }
    package var secret: SecretVolumeSource? { get { json.view("secret") } set { json.set("secret", newValue) } }
    package var storageos: StorageOSVolumeSource? { get { json.view("storageos") } set { json.set("storageos", newValue) } }
    package var vsphereVolume: VsphereVirtualDiskVolumeSource? { get { json.view("vsphereVolume") } set { json.set("vsphereVolume", newValue) } }
}

package struct VolumeDevice: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var devicePath: String { get { json.string("devicePath") ?? "" } set { json.set("devicePath", Optional(newValue)) } }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
}

package struct VolumeMount: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var mountPath: String { get { json.string("mountPath") ?? "" } set { json.set("mountPath", Optional(newValue)) } }
    package var mountPropagation: String? { get { json.string("mountPropagation") } set { json.set("mountPropagation", newValue) } }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
    package var readOnly: Bool? { get { json.bool("readOnly") } set { json.set("readOnly", newValue) } }
    package var recursiveReadOnly: String? { get { json.string("recursiveReadOnly") } set { json.set("recursiveReadOnly", newValue) } }
    package var subPath: String? { get { json.string("subPath") } set { json.set("subPath", newValue) } }
    package var subPathExpr: String? { get { json.string("subPathExpr") } set { json.set("subPathExpr", newValue) } }
}

package struct VolumeMountStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var mountPath: String { get { json.string("mountPath") ?? "" } set { json.set("mountPath", Optional(newValue)) } }
    package var name: String { get { json.string("name") ?? "" } set { json.set("name", Optional(newValue)) } }
    package var readOnly: Bool? { get { json.bool("readOnly") } set { json.set("readOnly", newValue) } }
    package var recursiveReadOnly: String? { get { json.string("recursiveReadOnly") } set { json.set("recursiveReadOnly", newValue) } }
    package var volumeStatus: VolumeStatus? { get { json.view("volumeStatus") } set { json.set("volumeStatus", newValue) } }
}

package struct VolumeNodeAffinity: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var required: NodeSelector? { get { json.view("required") } set { json.set("required", newValue) } }
}

package struct VolumeProjection: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var clusterTrustBundle: ClusterTrustBundleProjection? { get { json.view("clusterTrustBundle") } set { json.set("clusterTrustBundle", newValue) } }
    package var configMap: ConfigMapProjection? { get { json.view("configMap") } set { json.set("configMap", newValue) } }
    package var downwardAPI: DownwardAPIProjection? { get { json.view("downwardAPI") } set { json.set("downwardAPI", newValue) } }
    package var podCertificate: PodCertificateProjection? { get { json.view("podCertificate") } set { json.set("podCertificate", newValue) } }
    package var secret: SecretProjection? { get { json.view("secret") } set { json.set("secret", newValue) } }
    package var serviceAccountToken: ServiceAccountTokenProjection? { get { json.view("serviceAccountToken") } set { json.set("serviceAccountToken", newValue) } }
}

package struct VolumeResourceRequirements: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var limits: [String: Quantity] { get { json.quantityMap("limits") } set { json.set("limits", newValue) } }
    package var requests: [String: Quantity] { get { json.quantityMap("requests") } set { json.set("requests", newValue) } }
}

package struct VolumeStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var image: ImageVolumeStatus? { get { json.view("image") } set { json.set("image", newValue) } }
}

package struct VsphereVirtualDiskVolumeSource: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var fsType: String? { get { json.string("fsType") } set { json.set("fsType", newValue) } }
    package var storagePolicyID: String? { get { json.string("storagePolicyID") } set { json.set("storagePolicyID", newValue) } }
    package var storagePolicyName: String? { get { json.string("storagePolicyName") } set { json.set("storagePolicyName", newValue) } }
    package var volumePath: String { get { json.string("volumePath") ?? "" } set { json.set("volumePath", Optional(newValue)) } }
}

package struct WeightedPodAffinityTerm: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var podAffinityTerm: PodAffinityTerm { get { json.view("podAffinityTerm") ?? PodAffinityTerm() } set { json.set("podAffinityTerm", Optional(newValue)) } }
    package var weight: Int32 { get { json.int32("weight") ?? 0 } set { json.set("weight", Optional(newValue)) } }
}

package struct WindowsSecurityContextOptions: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var gmsaCredentialSpec: String? { get { json.string("gmsaCredentialSpec") } set { json.set("gmsaCredentialSpec", newValue) } }
    package var gmsaCredentialSpecName: String? { get { json.string("gmsaCredentialSpecName") } set { json.set("gmsaCredentialSpecName", newValue) } }
    package var hostProcess: Bool? { get { json.bool("hostProcess") } set { json.set("hostProcess", newValue) } }
    package var runAsUserName: String? { get { json.string("runAsUserName") } set { json.set("runAsUserName", newValue) } }
}

// Generated from Sources/KubeSchemas by SchemaGenerator; scripts/generate writes it anew.
// swift-format-ignore-file

import Machinery

package struct ControllerRevision: KubeObject {
    package static let kind = GroupVersionKind(group: "apps", version: "v1", kind: "ControllerRevision")
    package static let resource = GroupVersionResource(group: "apps", version: "v1", resource: "controllerrevisions")
    package static let isNamespaced = true
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var data: JSON? { get { json["data"] } set { json["data"] = newValue } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var revision: Int64 { get { json.int64("revision") ?? 0 } set { json.set("revision", Optional(newValue)) } }
}

package struct ControllerRevisionList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [ControllerRevision] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct DaemonSet: KubeObject {
    package static let kind = GroupVersionKind(group: "apps", version: "v1", kind: "DaemonSet")
    package static let resource = GroupVersionResource(group: "apps", version: "v1", resource: "daemonsets")
    package static let isNamespaced = true
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var spec: DaemonSetSpec { get { json.view("spec") ?? DaemonSetSpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
    package var status: DaemonSetStatus { get { json.view("status") ?? DaemonSetStatus() } set { json.set("status", newValue.json.isEmpty ? nil : newValue) } }
}

package struct DaemonSetCondition: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var lastTransitionTime: Timestamp? { get { json.time("lastTransitionTime") } set { json.setTime("lastTransitionTime", newValue) } }
    package var message: String? { get { json.string("message") } set { json.set("message", newValue) } }
    package var reason: String? { get { json.string("reason") } set { json.set("reason", newValue) } }
    package var status: String { get { json.string("status") ?? "" } set { json.set("status", Optional(newValue)) } }
    package var type: String { get { json.string("type") ?? "" } set { json.set("type", Optional(newValue)) } }
}

package struct DaemonSetList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [DaemonSet] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct DaemonSetSpec: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var minReadySeconds: Int32? { get { json.int32("minReadySeconds") } set { json.set("minReadySeconds", newValue) } }
    package var revisionHistoryLimit: Int32? { get { json.int32("revisionHistoryLimit") } set { json.set("revisionHistoryLimit", newValue) } }
    package var selector: LabelSelector { get { json.view("selector") ?? LabelSelector() } set { json.set("selector", Optional(newValue)) } }
    package var template: PodTemplateSpec { get { json.view("template") ?? PodTemplateSpec() } set { json.set("template", Optional(newValue)) } }
    package var updateStrategy: DaemonSetUpdateStrategy? { get { json.view("updateStrategy") } set { json.set("updateStrategy", newValue) } }
}

package struct DaemonSetStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var collisionCount: Int32? { get { json.int32("collisionCount") } set { json.set("collisionCount", newValue) } }
    package var conditions: [DaemonSetCondition] { get { json.views("conditions") } set { json.set("conditions", newValue) } }
    package var currentNumberScheduled: Int32 { get { json.int32("currentNumberScheduled") ?? 0 } set { json.set("currentNumberScheduled", Optional(newValue)) } }
    package var desiredNumberScheduled: Int32 { get { json.int32("desiredNumberScheduled") ?? 0 } set { json.set("desiredNumberScheduled", Optional(newValue)) } }
    package var numberAvailable: Int32? { get { json.int32("numberAvailable") } set { json.set("numberAvailable", newValue) } }
    package var numberMisscheduled: Int32 { get { json.int32("numberMisscheduled") ?? 0 } set { json.set("numberMisscheduled", Optional(newValue)) } }
    package var numberReady: Int32 { get { json.int32("numberReady") ?? 0 } set { json.set("numberReady", Optional(newValue)) } }
    package var numberUnavailable: Int32? { get { json.int32("numberUnavailable") } set { json.set("numberUnavailable", newValue) } }
    package var observedGeneration: Int64? { get { json.int64("observedGeneration") } set { json.set("observedGeneration", newValue) } }
    package var updatedNumberScheduled: Int32? { get { json.int32("updatedNumberScheduled") } set { json.set("updatedNumberScheduled", newValue) } }
}

package struct DaemonSetUpdateStrategy: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var rollingUpdate: RollingUpdateDaemonSet? { get { json.view("rollingUpdate") } set { json.set("rollingUpdate", newValue) } }
    package var type: String? { get { json.string("type") } set { json.set("type", newValue) } }
}

package struct Deployment: KubeObject {
    package static let kind = GroupVersionKind(group: "apps", version: "v1", kind: "Deployment")
    package static let resource = GroupVersionResource(group: "apps", version: "v1", resource: "deployments")
    package static let isNamespaced = true
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var spec: DeploymentSpec { get { json.view("spec") ?? DeploymentSpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
    package var status: DeploymentStatus { get { json.view("status") ?? DeploymentStatus() } set { json.set("status", newValue.json.isEmpty ? nil : newValue) } }
}

package struct DeploymentCondition: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var lastTransitionTime: Timestamp? { get { json.time("lastTransitionTime") } set { json.setTime("lastTransitionTime", newValue) } }
    package var lastUpdateTime: Timestamp? { get { json.time("lastUpdateTime") } set { json.setTime("lastUpdateTime", newValue) } }
    package var message: String? { get { json.string("message") } set { json.set("message", newValue) } }
    package var reason: String? { get { json.string("reason") } set { json.set("reason", newValue) } }
    package var status: String { get { json.string("status") ?? "" } set { json.set("status", Optional(newValue)) } }
    package var type: String { get { json.string("type") ?? "" } set { json.set("type", Optional(newValue)) } }
}

package struct DeploymentList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [Deployment] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct DeploymentSpec: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var minReadySeconds: Int32? { get { json.int32("minReadySeconds") } set { json.set("minReadySeconds", newValue) } }
    package var paused: Bool? { get { json.bool("paused") } set { json.set("paused", newValue) } }
    package var progressDeadlineSeconds: Int32? { get { json.int32("progressDeadlineSeconds") } set { json.set("progressDeadlineSeconds", newValue) } }
    package var replicas: Int32? { get { json.int32("replicas") } set { json.set("replicas", newValue) } }
    package var revisionHistoryLimit: Int32? { get { json.int32("revisionHistoryLimit") } set { json.set("revisionHistoryLimit", newValue) } }
    package var selector: LabelSelector { get { json.view("selector") ?? LabelSelector() } set { json.set("selector", Optional(newValue)) } }
    package var strategy: DeploymentStrategy? { get { json.view("strategy") } set { json.set("strategy", newValue) } }
    package var template: PodTemplateSpec { get { json.view("template") ?? PodTemplateSpec() } set { json.set("template", Optional(newValue)) } }
}

package struct DeploymentStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var availableReplicas: Int32? { get { json.int32("availableReplicas") } set { json.set("availableReplicas", newValue) } }
    package var collisionCount: Int32? { get { json.int32("collisionCount") } set { json.set("collisionCount", newValue) } }
    package var conditions: [DeploymentCondition] { get { json.views("conditions") } set { json.set("conditions", newValue) } }
    package var observedGeneration: Int64? { get { json.int64("observedGeneration") } set { json.set("observedGeneration", newValue) } }
    package var readyReplicas: Int32? { get { json.int32("readyReplicas") } set { json.set("readyReplicas", newValue) } }
    package var replicas: Int32? { get { json.int32("replicas") } set { json.set("replicas", newValue) } }
    package var terminatingReplicas: Int32? { get { json.int32("terminatingReplicas") } set { json.set("terminatingReplicas", newValue) } }
    package var unavailableReplicas: Int32? { get { json.int32("unavailableReplicas") } set { json.set("unavailableReplicas", newValue) } }
    package var updatedReplicas: Int32? { get { json.int32("updatedReplicas") } set { json.set("updatedReplicas", newValue) } }
}

package struct DeploymentStrategy: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var rollingUpdate: RollingUpdateDeployment? { get { json.view("rollingUpdate") } set { json.set("rollingUpdate", newValue) } }
    package var type: String? { get { json.string("type") } set { json.set("type", newValue) } }
}

package struct ReplicaSet: KubeObject {
    package static let kind = GroupVersionKind(group: "apps", version: "v1", kind: "ReplicaSet")
    package static let resource = GroupVersionResource(group: "apps", version: "v1", resource: "replicasets")
    package static let isNamespaced = true
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var spec: ReplicaSetSpec { get { json.view("spec") ?? ReplicaSetSpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
    package var status: ReplicaSetStatus { get { json.view("status") ?? ReplicaSetStatus() } set { json.set("status", newValue.json.isEmpty ? nil : newValue) } }
}

package struct ReplicaSetCondition: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var lastTransitionTime: Timestamp? { get { json.time("lastTransitionTime") } set { json.setTime("lastTransitionTime", newValue) } }
    package var message: String? { get { json.string("message") } set { json.set("message", newValue) } }
    package var reason: String? { get { json.string("reason") } set { json.set("reason", newValue) } }
    package var status: String { get { json.string("status") ?? "" } set { json.set("status", Optional(newValue)) } }
    package var type: String { get { json.string("type") ?? "" } set { json.set("type", Optional(newValue)) } }
}

package struct ReplicaSetList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [ReplicaSet] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct ReplicaSetSpec: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var minReadySeconds: Int32? { get { json.int32("minReadySeconds") } set { json.set("minReadySeconds", newValue) } }
    package var replicas: Int32? { get { json.int32("replicas") } set { json.set("replicas", newValue) } }
    package var selector: LabelSelector { get { json.view("selector") ?? LabelSelector() } set { json.set("selector", Optional(newValue)) } }
    package var template: PodTemplateSpec? { get { json.view("template") } set { json.set("template", newValue) } }
}

package struct ReplicaSetStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var availableReplicas: Int32? { get { json.int32("availableReplicas") } set { json.set("availableReplicas", newValue) } }
    package var conditions: [ReplicaSetCondition] { get { json.views("conditions") } set { json.set("conditions", newValue) } }
    package var fullyLabeledReplicas: Int32? { get { json.int32("fullyLabeledReplicas") } set { json.set("fullyLabeledReplicas", newValue) } }
    package var observedGeneration: Int64? { get { json.int64("observedGeneration") } set { json.set("observedGeneration", newValue) } }
    package var readyReplicas: Int32? { get { json.int32("readyReplicas") } set { json.set("readyReplicas", newValue) } }
    package var replicas: Int32 { get { json.int32("replicas") ?? 0 } set { json.set("replicas", Optional(newValue)) } }
    package var terminatingReplicas: Int32? { get { json.int32("terminatingReplicas") } set { json.set("terminatingReplicas", newValue) } }
}

package struct RollingUpdateDaemonSet: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var maxSurge: IntOrString? { get { json.intOrString("maxSurge") } set { json.set("maxSurge", newValue) } }
    package var maxUnavailable: IntOrString? { get { json.intOrString("maxUnavailable") } set { json.set("maxUnavailable", newValue) } }
}

package struct RollingUpdateDeployment: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var maxSurge: IntOrString? { get { json.intOrString("maxSurge") } set { json.set("maxSurge", newValue) } }
    package var maxUnavailable: IntOrString? { get { json.intOrString("maxUnavailable") } set { json.set("maxUnavailable", newValue) } }
}

package struct RollingUpdateStatefulSetStrategy: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var maxUnavailable: IntOrString? { get { json.intOrString("maxUnavailable") } set { json.set("maxUnavailable", newValue) } }
    package var partition: Int32? { get { json.int32("partition") } set { json.set("partition", newValue) } }
}

package struct StatefulSet: KubeObject {
    package static let kind = GroupVersionKind(group: "apps", version: "v1", kind: "StatefulSet")
    package static let resource = GroupVersionResource(group: "apps", version: "v1", resource: "statefulsets")
    package static let isNamespaced = true
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var spec: StatefulSetSpec { get { json.view("spec") ?? StatefulSetSpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
    package var status: StatefulSetStatus { get { json.view("status") ?? StatefulSetStatus() } set { json.set("status", newValue.json.isEmpty ? nil : newValue) } }
}

package struct StatefulSetCondition: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var lastTransitionTime: Timestamp? { get { json.time("lastTransitionTime") } set { json.setTime("lastTransitionTime", newValue) } }
    package var message: String? { get { json.string("message") } set { json.set("message", newValue) } }
    package var reason: String? { get { json.string("reason") } set { json.set("reason", newValue) } }
    package var status: String { get { json.string("status") ?? "" } set { json.set("status", Optional(newValue)) } }
    package var type: String { get { json.string("type") ?? "" } set { json.set("type", Optional(newValue)) } }
}

package struct StatefulSetList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [StatefulSet] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct StatefulSetOrdinals: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var start: Int32? { get { json.int32("start") } set { json.set("start", newValue) } }
}

package struct StatefulSetPersistentVolumeClaimRetentionPolicy: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var whenDeleted: String? { get { json.string("whenDeleted") } set { json.set("whenDeleted", newValue) } }
    package var whenScaled: String? { get { json.string("whenScaled") } set { json.set("whenScaled", newValue) } }
}

package struct StatefulSetSpec: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var minReadySeconds: Int32? { get { json.int32("minReadySeconds") } set { json.set("minReadySeconds", newValue) } }
    package var ordinals: StatefulSetOrdinals? { get { json.view("ordinals") } set { json.set("ordinals", newValue) } }
    package var persistentVolumeClaimRetentionPolicy: StatefulSetPersistentVolumeClaimRetentionPolicy? { get { json.view("persistentVolumeClaimRetentionPolicy") } set { json.set("persistentVolumeClaimRetentionPolicy", newValue) } }
    package var podManagementPolicy: String? { get { json.string("podManagementPolicy") } set { json.set("podManagementPolicy", newValue) } }
    package var replicas: Int32? { get { json.int32("replicas") } set { json.set("replicas", newValue) } }
    package var revisionHistoryLimit: Int32? { get { json.int32("revisionHistoryLimit") } set { json.set("revisionHistoryLimit", newValue) } }
    package var selector: LabelSelector { get { json.view("selector") ?? LabelSelector() } set { json.set("selector", Optional(newValue)) } }
    package var serviceName: String? { get { json.string("serviceName") } set { json.set("serviceName", newValue) } }
    package var template: PodTemplateSpec { get { json.view("template") ?? PodTemplateSpec() } set { json.set("template", Optional(newValue)) } }
    package var updateStrategy: StatefulSetUpdateStrategy? { get { json.view("updateStrategy") } set { json.set("updateStrategy", newValue) } }
    package var volumeClaimTemplates: [PersistentVolumeClaim] { get { json.views("volumeClaimTemplates") } set { json.set("volumeClaimTemplates", newValue) } }
}

package struct StatefulSetStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var availableReplicas: Int32? { get { json.int32("availableReplicas") } set { json.set("availableReplicas", newValue) } }
    package var collisionCount: Int32? { get { json.int32("collisionCount") } set { json.set("collisionCount", newValue) } }
    package var conditions: [StatefulSetCondition] { get { json.views("conditions") } set { json.set("conditions", newValue) } }
    package var currentReplicas: Int32? { get { json.int32("currentReplicas") } set { json.set("currentReplicas", newValue) } }
    package var currentRevision: String? { get { json.string("currentRevision") } set { json.set("currentRevision", newValue) } }
    package var observedGeneration: Int64? { get { json.int64("observedGeneration") } set { json.set("observedGeneration", newValue) } }
    package var readyReplicas: Int32? { get { json.int32("readyReplicas") } set { json.set("readyReplicas", newValue) } }
    package var replicas: Int32 { get { json.int32("replicas") ?? 0 } set { json.set("replicas", Optional(newValue)) } }
    package var updateRevision: String? { get { json.string("updateRevision") } set { json.set("updateRevision", newValue) } }
    package var updatedReplicas: Int32? { get { json.int32("updatedReplicas") } set { json.set("updatedReplicas", newValue) } }
}

package struct StatefulSetUpdateStrategy: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var rollingUpdate: RollingUpdateStatefulSetStrategy? { get { json.view("rollingUpdate") } set { json.set("rollingUpdate", newValue) } }
    package var type: String? { get { json.string("type") } set { json.set("type", newValue) } }
}

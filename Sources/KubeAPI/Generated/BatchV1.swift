// Generated from Sources/KubeSchemas by SchemaGenerator; scripts/generate writes it anew.
// swift-format-ignore-file

import Machinery

package struct CronJob: KubeObject {
    package static let kind = GroupVersionKind(group: "batch", version: "v1", kind: "CronJob")
    package static let resource = GroupVersionResource(group: "batch", version: "v1", resource: "cronjobs")
    package static let isNamespaced = true
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var spec: CronJobSpec { get { json.view("spec") ?? CronJobSpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
    package var status: CronJobStatus { get { json.view("status") ?? CronJobStatus() } set { json.set("status", newValue.json.isEmpty ? nil : newValue) } }
}

package struct CronJobList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [CronJob] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct CronJobSpec: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var concurrencyPolicy: String? { get { json.string("concurrencyPolicy") } set { json.set("concurrencyPolicy", newValue) } }
    package var failedJobsHistoryLimit: Int32? { get { json.int32("failedJobsHistoryLimit") } set { json.set("failedJobsHistoryLimit", newValue) } }
    package var jobTemplate: JobTemplateSpec { get { json.view("jobTemplate") ?? JobTemplateSpec() } set { json.set("jobTemplate", Optional(newValue)) } }
    package var schedule: String { get { json.string("schedule") ?? "" } set { json.set("schedule", Optional(newValue)) } }
    package var startingDeadlineSeconds: Int64? { get { json.int64("startingDeadlineSeconds") } set { json.set("startingDeadlineSeconds", newValue) } }
    package var successfulJobsHistoryLimit: Int32? { get { json.int32("successfulJobsHistoryLimit") } set { json.set("successfulJobsHistoryLimit", newValue) } }
    package var suspend: Bool? { get { json.bool("suspend") } set { json.set("suspend", newValue) } }
    package var timeZone: String? { get { json.string("timeZone") } set { json.set("timeZone", newValue) } }
}

package struct CronJobStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var active: [ObjectReference] { get { json.views("active") } set { json.set("active", newValue) } }
    package var lastScheduleTime: Timestamp? { get { json.time("lastScheduleTime") } set { json.setTime("lastScheduleTime", newValue) } }
    package var lastSuccessfulTime: Timestamp? { get { json.time("lastSuccessfulTime") } set { json.setTime("lastSuccessfulTime", newValue) } }
}

package struct Job: KubeObject {
    package static let kind = GroupVersionKind(group: "batch", version: "v1", kind: "Job")
    package static let resource = GroupVersionResource(group: "batch", version: "v1", resource: "jobs")
    package static let isNamespaced = true
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var spec: JobSpec { get { json.view("spec") ?? JobSpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
    package var status: JobStatus { get { json.view("status") ?? JobStatus() } set { json.set("status", newValue.json.isEmpty ? nil : newValue) } }
}

package struct JobCondition: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var lastProbeTime: Timestamp? { get { json.time("lastProbeTime") } set { json.setTime("lastProbeTime", newValue) } }
    package var lastTransitionTime: Timestamp? { get { json.time("lastTransitionTime") } set { json.setTime("lastTransitionTime", newValue) } }
    package var message: String? { get { json.string("message") } set { json.set("message", newValue) } }
    package var reason: String? { get { json.string("reason") } set { json.set("reason", newValue) } }
    package var status: String { get { json.string("status") ?? "" } set { json.set("status", Optional(newValue)) } }
    package var type: String { get { json.string("type") ?? "" } set { json.set("type", Optional(newValue)) } }
}

package struct JobList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [Job] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct JobSpec: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var activeDeadlineSeconds: Int64? { get { json.int64("activeDeadlineSeconds") } set { json.set("activeDeadlineSeconds", newValue) } }
    package var backoffLimit: Int32? { get { json.int32("backoffLimit") } set { json.set("backoffLimit", newValue) } }
    package var backoffLimitPerIndex: Int32? { get { json.int32("backoffLimitPerIndex") } set { json.set("backoffLimitPerIndex", newValue) } }
    package var completionMode: String? { get { json.string("completionMode") } set { json.set("completionMode", newValue) } }
    package var completions: Int32? { get { json.int32("completions") } set { json.set("completions", newValue) } }
    package var managedBy: String? { get { json.string("managedBy") } set { json.set("managedBy", newValue) } }
    package var manualSelector: Bool? { get { json.bool("manualSelector") } set { json.set("manualSelector", newValue) } }
    package var maxFailedIndexes: Int32? { get { json.int32("maxFailedIndexes") } set { json.set("maxFailedIndexes", newValue) } }
    package var parallelism: Int32? { get { json.int32("parallelism") } set { json.set("parallelism", newValue) } }
    package var podFailurePolicy: PodFailurePolicy? { get { json.view("podFailurePolicy") } set { json.set("podFailurePolicy", newValue) } }
    package var podReplacementPolicy: String? { get { json.string("podReplacementPolicy") } set { json.set("podReplacementPolicy", newValue) } }
    package var selector: LabelSelector? { get { json.view("selector") } set { json.set("selector", newValue) } }
    package var successPolicy: SuccessPolicy? { get { json.view("successPolicy") } set { json.set("successPolicy", newValue) } }
    package var suspend: Bool? { get { json.bool("suspend") } set { json.set("suspend", newValue) } }
    package var template: PodTemplateSpec { get { json.view("template") ?? PodTemplateSpec() } set { json.set("template", Optional(newValue)) } }
    package var ttlSecondsAfterFinished: Int32? { get { json.int32("ttlSecondsAfterFinished") } set { json.set("ttlSecondsAfterFinished", newValue) } }
}

package struct JobStatus: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var active: Int32? { get { json.int32("active") } set { json.set("active", newValue) } }
    package var completedIndexes: String? { get { json.string("completedIndexes") } set { json.set("completedIndexes", newValue) } }
    package var completionTime: Timestamp? { get { json.time("completionTime") } set { json.setTime("completionTime", newValue) } }
    package var conditions: [JobCondition] { get { json.views("conditions") } set { json.set("conditions", newValue) } }
    package var failed: Int32? { get { json.int32("failed") } set { json.set("failed", newValue) } }
    package var failedIndexes: String? { get { json.string("failedIndexes") } set { json.set("failedIndexes", newValue) } }
    package var ready: Int32? { get { json.int32("ready") } set { json.set("ready", newValue) } }
    package var startTime: Timestamp? { get { json.time("startTime") } set { json.setTime("startTime", newValue) } }
    package var succeeded: Int32? { get { json.int32("succeeded") } set { json.set("succeeded", newValue) } }
    package var terminating: Int32? { get { json.int32("terminating") } set { json.set("terminating", newValue) } }
    package var uncountedTerminatedPods: UncountedTerminatedPods? { get { json.view("uncountedTerminatedPods") } set { json.set("uncountedTerminatedPods", newValue) } }
}

package struct JobTemplateSpec: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var spec: JobSpec { get { json.view("spec") ?? JobSpec() } set { json.set("spec", newValue.json.isEmpty ? nil : newValue) } }
}

package struct PodFailurePolicy: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var rules: [PodFailurePolicyRule] { get { json.views("rules") } set { json.set("rules", newValue) } }
}

package struct PodFailurePolicyOnExitCodesRequirement: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var containerName: String? { get { json.string("containerName") } set { json.set("containerName", newValue) } }
    package var `operator`: String { get { json.string("operator") ?? "" } set { json.set("operator", Optional(newValue)) } }
    package var values: [Int64] { get { json.integers("values") } set { json.set("values", newValue) } }
}

package struct PodFailurePolicyOnPodConditionsPattern: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var status: String? { get { json.string("status") } set { json.set("status", newValue) } }
    package var type: String { get { json.string("type") ?? "" } set { json.set("type", Optional(newValue)) } }
}

package struct PodFailurePolicyRule: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var action: String { get { json.string("action") ?? "" } set { json.set("action", Optional(newValue)) } }
    package var onExitCodes: PodFailurePolicyOnExitCodesRequirement? { get { json.view("onExitCodes") } set { json.set("onExitCodes", newValue) } }
    package var onPodConditions: [PodFailurePolicyOnPodConditionsPattern] { get { json.views("onPodConditions") } set { json.set("onPodConditions", newValue) } }
}

package struct SuccessPolicy: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var rules: [SuccessPolicyRule] { get { json.views("rules") } set { json.set("rules", newValue) } }
}

package struct SuccessPolicyRule: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var succeededCount: Int32? { get { json.int32("succeededCount") } set { json.set("succeededCount", newValue) } }
    package var succeededIndexes: String? { get { json.string("succeededIndexes") } set { json.set("succeededIndexes", newValue) } }
}

package struct UncountedTerminatedPods: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var failed: [String] { get { json.strings("failed") } set { json.set("failed", newValue) } }
    package var succeeded: [String] { get { json.strings("succeeded") } set { json.set("succeeded", newValue) } }
}

// Generated from Sources/KubeSchemas by SchemaGenerator; scripts/generate writes it anew.
// swift-format-ignore-file

import Machinery

package struct EventsEvent: KubeObject {
    package static let kind = GroupVersionKind(group: "events.k8s.io", version: "v1", kind: "Event")
    package static let resource = GroupVersionResource(group: "events.k8s.io", version: "v1", resource: "events")
    package static let isNamespaced = true
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var action: String? { get { json.string("action") } set { json.set("action", newValue) } }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var deprecatedCount: Int32? { get { json.int32("deprecatedCount") } set { json.set("deprecatedCount", newValue) } }
    package var deprecatedFirstTimestamp: Timestamp? { get { json.time("deprecatedFirstTimestamp") } set { json.setTime("deprecatedFirstTimestamp", newValue) } }
    package var deprecatedLastTimestamp: Timestamp? { get { json.time("deprecatedLastTimestamp") } set { json.setTime("deprecatedLastTimestamp", newValue) } }
    package var deprecatedSource: EventSource? { get { json.view("deprecatedSource") } set { json.set("deprecatedSource", newValue) } }
    package var eventTime: Timestamp? { get { json.microTime("eventTime") } set { json.setMicroTime("eventTime", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ObjectMeta { get { json.view("metadata") ?? ObjectMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
    package var note: String? { get { json.string("note") } set { json.set("note", newValue) } }
    package var reason: String? { get { json.string("reason") } set { json.set("reason", newValue) } }
    package var regarding: ObjectReference? { get { json.view("regarding") } set { json.set("regarding", newValue) } }
    package var related: ObjectReference? { get { json.view("related") } set { json.set("related", newValue) } }
    package var reportingController: String? { get { json.string("reportingController") } set { json.set("reportingController", newValue) } }
    package var reportingInstance: String? { get { json.string("reportingInstance") } set { json.set("reportingInstance", newValue) } }
    package var series: EventsEventSeries? { get { json.view("series") } set { json.set("series", newValue) } }
    package var type: String? { get { json.string("type") } set { json.set("type", newValue) } }
}

package struct EventsEventList: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var apiVersion: String? { get { json.string("apiVersion") } set { json.set("apiVersion", newValue) } }
    package var items: [EventsEvent] { get { json.views("items") } set { json.set("items", newValue) } }
    package var kind: String? { get { json.string("kind") } set { json.set("kind", newValue) } }
    package var metadata: ListMeta { get { json.view("metadata") ?? ListMeta() } set { json.set("metadata", newValue.json.isEmpty ? nil : newValue) } }
}

package struct EventsEventSeries: JSONView {
    package var json: JSONObject
    package init(json: JSONObject) { self.json = json }
    package var count: Int32 { get { json.int32("count") ?? 0 } set { json.set("count", Optional(newValue)) } }
    package var lastObservedTime: Timestamp? { get { json.microTime("lastObservedTime") } set { json.setMicroTime("lastObservedTime", newValue) } }
}

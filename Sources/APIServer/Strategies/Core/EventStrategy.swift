import KubeAPI
import Machinery

/// Events: go by themselves after an hour. Stored as `v1`, served as `events.k8s.io/v1` as well.
struct EventStrategy: Strategy {
    /// Which of the two APIs is served: names of selectable fields and rules for new events differ.
    enum Form { case core, events }

    var form = Form.core

    func prepareForCreate(_ event: inout Event) {}
    func prepareForUpdate(_ event: inout Event, from old: Event) {}
    func validate(_ event: Event) -> [FieldError] {
        EventValidation.validate(event, reporter: form == .core ? "reportingComponent" : "reportingController")
    }
    func validateCreate(_ event: Event) -> [FieldError] {
        form == .core ? [] : EventValidation.validateNew(event)
    }
    func validateUpdate(_ event: Event, from old: Event) -> [FieldError] {
        form == .core ? [] : EventValidation.validateNewUpdate(event, from: old)
    }
    var allowsCreateOnUpdate: Bool { true }
    var timeToLiveSeconds: Int64? { 3600 }

    private static let referenceFields = [
        "kind", "namespace", "name", "uid", "apiVersion", "resourceVersion", "fieldPath",
    ]

    var selectableFieldNames: [String] {
        switch form {
        case .core:
            Self.referenceFields.map { "involvedObject.\($0)" } + ["reason", "reportingComponent", "source", "type"]
        case .events:
            Self.referenceFields.map { "regarding.\($0)" } + ["reason", "reportingController", "type"]
        }
    }

    func selectableField(named label: String) -> String {
        guard form == .events else { return label }
        if label == "reportingController" { return "reportingComponent" }
        return label.hasPrefix("regarding.") ? "involvedObject." + label.dropFirst("regarding.".count) : label
    }

    func selectableFields(_ event: Event) -> [(name: String, value: String)] {
        let object = event.involvedObject
        let component = event.source?.component ?? ""
        let reporting = event.reportingComponent ?? ""
        return [
            ("involvedObject.kind", object.kind ?? ""), ("involvedObject.namespace", object.namespace ?? ""),
            ("involvedObject.name", object.name ?? ""), ("involvedObject.uid", object.uid ?? ""),
            ("involvedObject.apiVersion", object.apiVersion ?? ""),
            ("involvedObject.resourceVersion", object.resourceVersion ?? ""),
            ("involvedObject.fieldPath", object.fieldPath ?? ""), ("reason", event.reason ?? ""),
            ("reportingComponent", reporting), ("source", component.isEmpty ? reporting : component),
            ("type", event.type ?? ""),
        ]
    }

    var columns: [TableColumn] {
        [
            TableColumn("Last Seen", description: "Time since it last happened."),
            TableColumn("Type", description: "Normal or Warning."),
            TableColumn("Reason", description: "Why, in a word."),
            TableColumn("Object", description: "What it is about."),
            TableColumn("Subobject", description: "Which part of it.", priority: 1),
            TableColumn("Source", description: "Who tells it.", priority: 1),
            TableColumn("Message", description: "What happened."),
            TableColumn("First Seen", description: "Time since it first happened.", priority: 1),
            .number("Count", "How often it happened.", priority: 1),
            TableColumn("Name", format: "name", description: "Name of the event.", priority: 1),
        ]
    }

    func cells(_ event: Event, now: Timestamp) -> [JSON] {
        let first = event.firstTimestamp ?? event.eventTime
        let last = event.series?.lastObservedTime ?? event.lastTimestamp ?? first
        let object = event.involvedObject
        let kind = (object.kind ?? "").lowercased()
        let count = event.series?.count ?? event.count ?? 0
        return [
            TableCell.age(last, now: now), .string(event.type ?? ""), .string(event.reason ?? ""),
            .string((object.name ?? "").isEmpty ? kind : "\(kind)/\(object.name ?? "")"),
            .string(object.fieldPath ?? ""), .string(source(event)), .string(trimmed(event.message ?? "")),
            TableCell.age(first, now: now), .int(Int64(count == 0 ? 1 : count)), .string(event.name),
        ]
    }

    private func source(_ event: Event) -> String {
        var parts = [event.source?.component ?? "", event.source?.host ?? ""]
        if parts[0].isEmpty { parts[0] = event.reportingComponent ?? "" }
        if parts[1].isEmpty { parts[1] = event.reportingInstance ?? "" }
        return parts[1].isEmpty ? parts[0] : parts.joined(separator: ", ")
    }

    private func trimmed(_ text: String) -> String {
        let start = text.drop { $0.isWhitespace }
        return String(start.reversed().drop { $0.isWhitespace }.reversed())
    }
}

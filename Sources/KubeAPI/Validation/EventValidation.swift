import Machinery

package enum EventValidation {
    private static let maximumLength = 128
    private static let maximumNoteLength = 1024

    /// What holds in both APIs.
    ///
    /// - Parameter reporter: the name of the field with the reporter, which differs between them.
    package static func validate(_ event: Event, reporter: String = "reportingComponent") -> [FieldError] {
        let wanted = event.involvedObject.namespace ?? ""
        let mismatch = FieldError.invalid(
            FieldPath("involvedObject").child("namespace"), wanted, "does not match event.namespace")
        guard event.eventTime != nil else {
            // Events of objects that are in no namespace are kept in the default one.
            let fits = wanted.isEmpty ? ["", "default"].contains(event.namespace) : wanted == event.namespace
            return fits ? [] : [mismatch]
        }
        var errors: [FieldError] = []
        if wanted.isEmpty, event.namespace != "default", event.namespace != "kube-system" { errors.append(mismatch) }
        let component = event.reportingComponent ?? ""
        if component.isEmpty { errors.append(.required(FieldPath(reporter))) }
        errors += Names.qualifiedName(component).map { .invalid(FieldPath(reporter), component, $0) }
        for (name, value) in [
            ("reportingInstance", event.reportingInstance ?? ""), ("action", event.action ?? ""),
            ("reason", event.reason ?? ""),
        ] {
            if value.isEmpty { errors.append(.required(FieldPath(name))) }
            errors += tooLong(value, maximumLength, at: FieldPath(name))
        }
        return errors + tooLong(event.message ?? "", maximumNoteLength, at: FieldPath("message"))
    }

    private static func tooLong(_ text: String, _ maximum: Int, at path: FieldPath) -> [FieldError] {
        text.utf8.count > maximum ? [.invalid(path, "", "can have at most \(maximum) characters")] : []
    }

    /// What holds for events made by `events.k8s.io/v1`.
    package static func validateNew(_ event: Event) -> [FieldError] {
        var errors = validateSeries(event)
        if event.eventTime == nil { errors.append(.required(FieldPath("eventTime"))) }
        let type = event.type ?? ""
        if type != "Normal", type != "Warning" {
            errors.append(.invalid(FieldPath("type"), "", "has invalid value: \(type)"))
        }
        let old: [(String, Bool)] = [
            ("firstTimestamp", event.firstTimestamp != nil), ("lastTimestamp", event.lastTimestamp != nil),
            ("count", event.count ?? 0 != 0),
            ("source", !(event.source?.component ?? "").isEmpty || !(event.source?.host ?? "").isEmpty),
        ]
        return errors + old.filter(\.1).map { .invalid(FieldPath($0.0), "", "needs to be unset") }
    }

    private static func validateSeries(_ event: Event) -> [FieldError] {
        guard let series = event.series else { return [] }
        var errors: [FieldError] = []
        if series.count ?? 0 < 2 { errors.append(.invalid(FieldPath("series.count"), "", "should be at least 2")) }
        if series.lastObservedTime == nil { errors.append(.required(FieldPath("series.lastObservedTime"))) }
        return errors
    }

    /// Through `events.k8s.io/v1` only the series of an event can change.
    package static func validateNewUpdate(_ event: Event, from old: Event) -> [FieldError] {
        var errors = event.json["series"] == old.json["series"] ? [] : validateSeries(event)
        let names = [
            ("involvedObject", "involvedObject"), ("reason", "reason"), ("message", "message"), ("source", "source"),
            ("firstTimestamp", "firstTimestamp"), ("lastTimestamp", "lastTimestamp"), ("count", "count"),
            ("type", "type"), ("eventTime", "eventTime"), ("action", "action"), ("related", "related"),
            ("reportingComponent", "reportingController"), ("reportingInstance", "reportingInstance"),
        ]
        for (member, field) in names {
            errors += Check.unchanged(event.json[member], from: old.json[member], at: FieldPath(field))
        }
        return errors
    }
}

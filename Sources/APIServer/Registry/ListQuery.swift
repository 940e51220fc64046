import Machinery
import Store

/// The parameters of list, watch and deletecollection, parsed and checked.
struct ListQuery: Sendable {
    enum Match: Sendable {
        /// The latest state.
        case latest
        /// Any state will do.
        case any
        case notOlderThan(UInt64)
        case exact(UInt64)
    }

    let labels: Selector
    private let screen: LabelScreen
    let fields: FieldSelector
    let limit: Int
    let token: ContinueToken?
    let match: Match
    let resourceVersion: String
    let isWatch: Bool
    let allowsBookmarks: Bool
    let sendsInitialEvents: Bool?
    let timeoutSeconds: Int64?

    /// - Parameter name: the one object the request was authorized for; empty for any.
    init(_ query: QueryParameters, registry: Registry, name: String = "", isWatch: Bool = false) throws(StatusError) {
        var fields: FieldSelector
        do {
            labels = try Selector(parsing: query["labelSelector"] ?? "")
            screen = LabelScreen(labels)
            fields = try FieldSelector(parsing: query["fieldSelector"] ?? "")
        } catch {
            throw StatusError.badRequest(error.description)
        }
        let asked = fields
        fields = FieldSelector(
            fields.terms.map { term in
                FieldSelector.Term(
                    field: registry.strategy.selectableField(named: term.field), value: term.value,
                    isNegated: term.isNegated)
            })
        self.fields =
            name.isEmpty || fields.requiredValue(of: "metadata.name") == name
            ? fields : FieldSelector(fields.terms + [FieldSelector.Term(field: "metadata.name", value: name)])
        let known = ["metadata.name", "metadata.namespace"] + registry.strategy.selectableFieldNames
        for term in asked.terms where !known.contains(term.field) {
            throw StatusError.badRequest(
                "Unable to find \"\(registry.resource.gvr)\" that match label selector "
                    + "\"\(query["labelSelector"] ?? "")\", field selector \"\(query["fieldSelector"] ?? "")\": "
                    + "field label not supported: \(term.field)")
        }
        let limit = try Self.integer(query, "limit") ?? 0
        guard limit >= 0 else { throw StatusError.badRequest("limit must not be negative") }
        self.limit = Int(clamping: limit)
        self.isWatch = isWatch
        allowsBookmarks = Self.flag(query, "allowWatchBookmarks")
        sendsInitialEvents = query["sendInitialEvents"].map { _ in Self.flag(query, "sendInitialEvents") }
        timeoutSeconds = try Self.integer(query, "timeoutSeconds")
        let continuation = query["continue"] ?? ""
        token = continuation.isEmpty ? nil : try ContinueToken(decoding: continuation)
        resourceVersion = query["resourceVersion"] ?? ""
        let wanted = query["resourceVersionMatch"] ?? ""
        if isWatch {
            try Self.checkWatch(resourceVersion, wanted, sendsInitialEvents)
            match = .latest
        } else {
            guard sendsInitialEvents == nil else {
                throw Self.forbidden("sendInitialEvents", "sendInitialEvents is forbidden for list")
            }
            match = try Self.match(resourceVersion, wanted, isContinued: token != nil, limit: limit)
        }
    }

    /// A watch has a match only with initial events, and then it is `NotOlderThan`, with or without a version.
    private static func checkWatch(_ version: String, _ match: String, _ initial: Bool?) throws(StatusError) {
        if !version.isEmpty, UInt64(version) == nil {
            throw invalid(.invalid(FieldPath("resourceVersion"), version, "must be a non-negative integer"))
        }
        if initial == nil {
            guard match.isEmpty else {
                throw forbidden(
                    "resourceVersionMatch",
                    "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided")
            }
        } else if match != "NotOlderThan" {
            guard match.isEmpty else {
                throw invalid(
                    .notSupported(FieldPath("resourceVersionMatch"), match, supported: ["NotOlderThan"]))
            }
            throw forbidden(
                "resourceVersionMatch", "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan")
        }
    }

    private static func match(
        _ version: String, _ match: String, isContinued: Bool, limit: Int64
    ) throws(StatusError) -> Match {
        let number = version.isEmpty ? nil : UInt64(version)
        if !version.isEmpty, number == nil {
            throw invalid(.invalid(FieldPath("resourceVersion"), version, "must be a non-negative integer"))
        }
        if isContinued {
            guard number == nil || number == 0, match.isEmpty else {
                throw invalid(
                    .forbidden(
                        FieldPath("resourceVersionMatch"), "resourceVersionMatch is forbidden when continue is provided"
                    ))
            }
            return .latest
        }
        if !match.isEmpty, number == nil {
            throw forbidden(
                "resourceVersionMatch", "resourceVersionMatch is forbidden unless resourceVersion is provided")
        }
        switch match {
        case "":
            guard let number else { return .latest }
            if number == 0 { return .any }
            // A page at a named version is that very version, as it always was.
            return limit > 0 ? .exact(number) : .notOlderThan(number)
        case "Exact":
            guard let number, number > 0 else {
                throw invalid(
                    .forbidden(
                        FieldPath("resourceVersionMatch"),
                        "resourceVersionMatch \"Exact\" is forbidden for resourceVersion \"0\""))
            }
            return .exact(number)
        case "NotOlderThan":
            guard let number, number > 0 else { return .any }
            return .notOlderThan(number)
        default:
            throw invalid(
                .notSupported(FieldPath("resourceVersionMatch"), match, supported: ["", "Exact", "NotOlderThan"]))
        }
    }

    private static func forbidden(_ field: String, _ detail: String) -> StatusError {
        invalid(.forbidden(FieldPath(field), detail))
    }

    private static func invalid(_ error: FieldError) -> StatusError {
        StatusError.invalid(group: "meta.k8s.io", kind: "ListOptions", name: "", [error])
    }

    private static func integer(_ query: QueryParameters, _ name: String) throws(StatusError) -> Int64? {
        guard let text = query[name], !text.isEmpty else { return nil }
        guard let value = Int64(text) else {
            throw StatusError.badRequest("strconv.ParseInt: parsing \"\(text)\": invalid syntax")
        }
        return value
    }

    private static func flag(_ query: QueryParameters, _ name: String) -> Bool {
        guard let text = query[name] else { return false }
        return text != "0" && text != "false"
    }

    /// Whether an object is among those asked for.
    func matches(_ object: StoredObject) -> Bool {
        (labels.isEverything || screen.lets(object) && labels.matches { object.header.label($0) })
            && (fields.isEverything || fields.matches { object.field($0) })
    }

    var isSelective: Bool { !labels.isEverything || !fields.isEverything }
}

/// The one error of the API: Kubernetes' `Status` object with its HTTP code.
///
/// Every failure that reaches a client is one of these; constructors word the message as Kubernetes does.
package struct StatusError: Error, Hashable, Sendable {
    /// One of several reasons, usually a field with what is wrong with it.
    package struct Cause: Hashable, Sendable {
        package let reason: String
        package let message: String
        package let field: String

        package init(reason: String = "", message: String = "", field: String = "") {
            self.reason = reason
            self.message = message
            self.field = field
        }
    }

    /// What the failure is about. For most reasons `kind` is the resource's plural name, as in Kubernetes.
    package struct Details: Hashable, Sendable {
        package var name: String
        package var group: String
        package var kind: String
        package var uid: String
        package var causes: [Cause]
        package var retryAfterSeconds: Int

        package init(
            name: String = "", group: String = "", kind: String = "", uid: String = "", causes: [Cause] = [],
            retryAfterSeconds: Int = 0
        ) {
            self.name = name
            self.group = group
            self.kind = kind
            self.uid = uid
            self.causes = causes
            self.retryAfterSeconds = retryAfterSeconds
        }

        package init(_ resource: GroupResource, name: String = "", retryAfterSeconds: Int = 0) {
            self.init(
                name: name, group: resource.group, kind: resource.resource, retryAfterSeconds: retryAfterSeconds)
        }
    }

    /// The HTTP status code.
    package let code: Int
    package let reason: StatusReason
    package var message: String
    package var details: Details?
    /// With an expired list: the token that goes on with the rest as it is now.
    package var continuation: String?

    package init(code: Int, reason: StatusReason, message: String, details: Details? = nil) {
        self.code = code
        self.reason = reason
        self.message = message
        self.details = details
    }

    /// When the server wants to be asked again, if it said so.
    package var retryAfter: Duration? {
        guard let seconds = details?.retryAfterSeconds, seconds > 0 else { return nil }
        return .seconds(seconds)
    }
}

extension StatusError: CustomStringConvertible {
    package var description: String { message }
}

extension StatusError {
    package var json: JSONObject {
        var object: JSONObject = [
            "apiVersion": "v1", "code": .int(Int64(code)), "kind": "Status",
            "metadata": continuation.map { ["continue": .string($0)] } ?? .object(JSONObject()), "status": "Failure",
        ]
        if !message.isEmpty { object["message"] = .string(message) }
        if reason != .unknown { object["reason"] = .string(reason.rawValue) }
        if let details { object["details"] = .object(details.json) }
        return object
    }

    /// The error in a server's answer; `nil` when the object is no failed `Status`.
    package init?(json: JSONObject) {
        guard json.string("kind") == "Status", json.string("status") != "Success" else { return nil }
        self.init(
            code: Int(json.int32("code") ?? 500), reason: StatusReason(rawValue: json.string("reason") ?? ""),
            message: json.string("message") ?? "unknown",
            details: json["details"]?.objectValue.map(Details.init(json:)))
        continuation = json["metadata"]?["continue"]?.stringValue
    }
}

extension StatusError.Details {
    package var json: JSONObject {
        var object = JSONObject()
        if !name.isEmpty { object["name"] = .string(name) }
        if !group.isEmpty { object["group"] = .string(group) }
        if !kind.isEmpty { object["kind"] = .string(kind) }
        if !uid.isEmpty { object["uid"] = .string(uid) }
        if !causes.isEmpty { object["causes"] = .array(causes.map { .object($0.json) }) }
        if retryAfterSeconds > 0 { object["retryAfterSeconds"] = .int(Int64(retryAfterSeconds)) }
        return object
    }

    package init(json: JSONObject) {
        self.init(
            name: json.string("name") ?? "", group: json.string("group") ?? "", kind: json.string("kind") ?? "",
            uid: json.string("uid") ?? "",
            causes: json.values("causes").compactMap { $0.objectValue.map(StatusError.Cause.init(json:)) },
            retryAfterSeconds: Int(json.int32("retryAfterSeconds") ?? 0))
    }
}

extension StatusError.Cause {
    package init(_ error: FieldError) {
        self.init(reason: error.kind.rawValue, message: error.body, field: error.field)
    }

    package var json: JSONObject {
        var object = JSONObject()
        if !reason.isEmpty { object["reason"] = .string(reason) }
        if !message.isEmpty { object["message"] = .string(message) }
        if !field.isEmpty { object["field"] = .string(field) }
        return object
    }

    package init(json: JSONObject) {
        self.init(
            reason: json.string("reason") ?? "", message: json.string("message") ?? "",
            field: json.string("field") ?? "")
    }
}

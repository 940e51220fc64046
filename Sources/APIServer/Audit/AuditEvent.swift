import KubeSchemas
import Machinery

/// One audit event: what was known of a request at a stage. Turned into bytes by those who write it, off the request's
/// own path.
package struct AuditEvent: Sendable {
    package let record: AuditRecord
    package let stage: AuditStage
    package let stageTime: Timestamp
    let gathered: AuditRecord.Gathered
    let annotations: [AuditAnnotations.Entry]
    /// Bodies were left out, for the event was too large.
    private(set) var isTruncated = false

    init(_ record: AuditRecord, stage: AuditStage, at time: Timestamp) {
        self.record = record
        self.stage = stage
        stageTime = stage == .requestReceived ? record.received : time
        gathered = record.now
        annotations = record.annotations.all
    }

    var level: AuditLevel { record.verdict.level }

    /// What the event keeps in memory while it waits.
    var heldBytes: Int {
        let bodies = (gathered.sent?.bytes.count ?? 0) + (gathered.outcome?.body?.bytes.count ?? 0)
        return 1024 + bodies
    }

    var truncated: AuditEvent {
        var copy = self
        copy.isTruncated = true
        return copy
    }

    /// The event as one line of JSON, without the line's end.
    func encoded() -> [UInt8] {
        var writer = JSONWriter(reserving: 1024)
        writer.raw("{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",\"level\":")
        writer.write(level.rawValue)
        writer.raw(",\"auditID\":")
        writer.write(record.id)
        writer.raw(",\"stage\":")
        writer.write(stage.rawValue)
        writer.raw(",\"requestURI\":")
        writer.write(record.uri)
        writer.raw(",\"verb\":")
        writer.write(record.info.verb)
        writer.raw(",\"user\":")
        writer.write(record.user?.auditJSON ?? JSONObject())
        writeActing(&writer)
        if !record.sources.isEmpty {
            writer.raw(",\"sourceIPs\":")
            writer.write(JSON.array(record.sources.map(JSON.string)))
        }
        if !record.userAgent.isEmpty {
            writer.raw(",\"userAgent\":")
            writer.write(record.userAgent)
        }
        writeSubject(&writer)
        writer.raw(",\"requestReceivedTimestamp\":")
        writer.write(record.received.rfc3339Micro)
        writer.raw(",\"stageTimestamp\":")
        writer.write(stageTime.rfc3339Micro)
        let annotations = shownAnnotations
        if !annotations.isEmpty {
            writer.raw(",\"annotations\":")
            writer.write(annotations)
        }
        writer.raw("}")
        return writer.bytes
    }

    private func writeActing(_ writer: inout JSONWriter) {
        guard let user = gathered.impersonated else { return }
        writer.raw(",\"impersonatedUser\":")
        writer.write(user.auditJSON)
        guard let constraint = gathered.constraint else { return }
        writer.raw(",\"authenticationMetadata\":")
        writer.write(JSONObject([("impersonationConstraint", .string(constraint))]))
    }

    /// The object, the answer, and the bodies as far as the level shows them.
    private func writeSubject(_ writer: inout JSONWriter) {
        let sent = sentObject
        if record.info.isResourceRequest {
            writer.raw(",\"objectRef\":")
            writer.write(AuditObject.reference(record.info, sent: sent))
        }
        if let outcome = gathered.outcome {
            writer.raw(",\"responseStatus\":")
            writer.write(AuditObject.status(outcome))
        }
        if level >= .request, !isTruncated, let sent {
            writer.raw(",\"requestObject\":")
            writer.write(shown(sent))
        }
        if level >= .requestResponse, !isTruncated, let body = gathered.outcome?.body { write(body, &writer) }
    }

    private var sentObject: JSON? {
        guard record.info.isResourceRequest, let body = gathered.sent, !body.bytes.isEmpty else { return nil }
        return AuditObject.parse(body)
    }

    private func write(_ body: AuditRecord.Body, _ writer: inout JSONWriter) {
        // What is written in one line as it is need not be read first.
        if body.contentType == ContentType.json, !record.verdict.omitsManagedFields,
            !body.bytes.contains(UInt8(ascii: "\n")), body.bytes.first == UInt8(ascii: "{")
        {
            writer.raw(",\"responseObject\":")
            writer.raw(body.bytes)
        } else if let object = AuditObject.parse(body) {
            writer.raw(",\"responseObject\":")
            writer.write(shown(object))
        }
    }

    private func shown(_ object: JSON) -> JSON {
        record.verdict.omitsManagedFields ? AuditObject.withoutManagedFields(object) : object
    }

    private var shownAnnotations: JSONObject {
        var object = JSONObject()
        for entry in annotations where !entry.showsContent || level >= .request {
            object[entry.key] = .string(entry.value)
        }
        if isTruncated { object["audit.k8s.io/truncated"] = "true" }
        return object
    }
}

/// The objects within audit events.
enum AuditObject {
    /// - Parameter sent: tells name, namespace, uid and version where the path does not.
    static func reference(_ info: RequestInfo, sent: JSON?) -> JSONObject {
        var reference: JSONObject = ["apiVersion": .string(info.apiVersion)]
        let metadata = sent?["metadata"]?.objectValue
        func set(_ key: String, _ value: String, _ fallback: String?) {
            let chosen = value.isEmpty ? fallback ?? "" : value
            if !chosen.isEmpty { reference[key] = .string(chosen) }
        }
        set("resource", info.resource, nil)
        set("namespace", info.namespace, metadata?.string("namespace"))
        set("name", info.name, metadata?.string("name"))
        set("uid", "", metadata?.string("uid"))
        set("apiGroup", info.apiGroup, nil)
        set("resourceVersion", "", metadata?.string("resourceVersion"))
        set("subresource", info.subresource, nil)
        return reference
    }

    /// The answer's code, and what a `Status` among the answers says besides.
    static func status(_ outcome: AuditRecord.Outcome) -> JSONObject {
        var status: JSONObject = ["metadata": .object(JSONObject()), "code": .int(Int64(outcome.code))]
        if outcome.isStatus, let object = outcome.body.flatMap(parse), object["kind"] == "Status" {
            for key in ["status", "message", "reason", "details"] { status[key] = object[key] }
        }
        if let message = outcome.message { status["message"] = .string(message) }
        return status
    }

    /// - Returns: `nil` for a body that is no document, which was then refused.
    static func parse(_ body: AuditRecord.Body) -> JSON? {
        switch body.contentType.prefix(while: { $0 != ";" }) {
        case "application/apply-patch+yaml": try? ObjectDecoding.parseYAML(body.bytes).value
        case let type where type.hasSuffix("-patch+json"): try? JSON(parsing: body.bytes, keys: BuiltinSchemas.keys)
        default: try? ObjectDecoding.parse(body.bytes, contentType: body.contentType).value
        }
    }

    /// Of an object, of each item of a list, of each row of a table.
    static func withoutManagedFields(_ value: JSON) -> JSON {
        guard case .object(var object) = value else { return value }
        object.dropManagedFields()
        for (list, member) in [("items", nil), ("rows", "object")] as [(String, String?)] {
            guard let elements = object[list]?.arrayValue else { continue }
            object[list] = .array(
                elements.map { element in
                    guard case .object(var item) = element else { return element }
                    guard let member else {
                        item.dropManagedFields()
                        return .object(item)
                    }
                    guard case .object(var inner)? = item[member] else { return element }
                    inner.dropManagedFields()
                    item[member] = .object(inner)
                    return .object(item)
                })
        }
        return .object(object)
    }
}

extension JSONObject {
    fileprivate mutating func dropManagedFields() {
        guard case .object(var metadata)? = self["metadata"], metadata["managedFields"] != nil else { return }
        metadata["managedFields"] = nil
        self["metadata"] = .object(metadata)
    }
}

extension User {
    /// `authentication.k8s.io`'s `UserInfo`, as audit events have it.
    fileprivate var auditJSON: JSONObject { json }
}

import KubeAPI
import Machinery

/// What a write needs to know of the request that asks for it.
struct WriteOptions: Sendable {
    let user: User
    /// The request's own verb: a `patch` or `update` may end in creating an object.
    let verb: String
    let fieldManager: String
    /// Whether the client named its field manager, as apply demands; others may leave it to the user agent.
    let namesFieldManager: Bool
    private(set) var isDryRun: Bool
    let fieldValidation: FieldValidation
    var subresource: String
    let warnings: WarningCollector
    let auditAnnotations: AuditAnnotations
    let now: Timestamp
    /// The request was admitted already: what it leads to is not admitted by itself.
    private(set) var isAdmitted = false
    /// `fieldManager` and `fieldValidation` as they were sent.
    private let sent: (manager: String?, validation: String?)

    private static let maximumManagerBytes = 128

    init(_ request: ServerRequest, now: Timestamp) throws(StatusError) {
        user = request.user
        verb = request.info.verb
        fieldManager = request.fieldManager
        namesFieldManager = !(request.query["fieldManager"] ?? "").isEmpty
        subresource = request.info.subresource
        warnings = request.warnings
        auditAnnotations = request.auditAnnotations
        self.now = now
        sent = (request.query["fieldManager"], request.query["fieldValidation"])
        isDryRun = false
        let validation = request.query["fieldValidation"] ?? ""
        var errors: [FieldError] = []
        if let manager = request.query["fieldManager"] {
            let path = FieldPath("fieldManager")
            if manager.utf8.count > Self.maximumManagerBytes {
                errors.append(.tooLong(path, maximumBytes: Self.maximumManagerBytes))
            }
            if manager.unicodeScalars.contains(where: { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) }) {
                errors.append(.invalid(path, manager, "should not contain unprintable characters"))
            }
        }
        fieldValidation = FieldValidation(rawValue: validation) ?? .warn
        if !validation.isEmpty, FieldValidation(rawValue: validation) == nil {
            errors.append(
                .notSupported(
                    FieldPath("fieldValidation"), validation, supported: ["", "Ignore", "Strict", "Warn"]))
        }
        guard errors.isEmpty else { throw Self.invalid(verb, errors) }
        try adopt(dryRun: request.query.all("dryRun"))
    }

    /// Of a request that opens a connection: its parameters are not about writing.
    init(connecting request: ServerRequest, now: Timestamp) {
        user = request.user
        verb = request.info.verb
        fieldManager = request.fieldManager
        namesFieldManager = false
        isDryRun = false
        fieldValidation = .ignore
        subresource = request.info.subresource
        warnings = request.warnings
        auditAnnotations = request.auditAnnotations
        self.now = now
        sent = (nil, nil)
    }

    /// For writes that follow from a request that was admitted as a whole.
    var admitted: WriteOptions {
        var options = self
        options.isAdmitted = true
        return options
    }

    /// The options as webhooks and policies are shown them.
    func reviewed(as kind: String) -> JSONObject {
        var options: JSONObject = ["apiVersion": "meta.k8s.io/v1", "kind": .string(kind)]
        if isDryRun { options["dryRun"] = ["All"] }
        options.set("fieldManager", sent.manager)
        options.set("fieldValidation", sent.validation)
        return options
    }

    /// Takes over what delete options say, which come in a body of their own.
    mutating func adopt(dryRun values: [String]) throws(StatusError) {
        guard values.allSatisfy({ $0 == "All" }) else {
            throw Self.invalid(
                verb, [.notSupported(FieldPath("dryRun"), values.joined(separator: ","), supported: ["All"])])
        }
        if !values.isEmpty { isDryRun = true }
    }

    private static func invalid(_ verb: String, _ errors: [FieldError]) -> StatusError {
        let kind =
            switch verb {
            case "update": "UpdateOptions"
            case "patch": "PatchOptions"
            case "delete", "deletecollection": "DeleteOptions"
            default: "CreateOptions"
            }
        return StatusError.invalid(group: "meta.k8s.io", kind: kind, name: "", errors)
    }
}

/// Which part of an object an update may change.
enum UpdateScope: Sendable {
    case main
    case status
    /// Decided by the change itself (scale, finalize, ephemeral containers).
    case custom
    /// Sets only what cannot make a valid object an invalid one, as binding does: needs neither defaults nor validation.
    case trusted
}

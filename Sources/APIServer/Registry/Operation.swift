import KubeAPI
import Machinery

/// What a write needs to know of the request that asks for it.
struct WriteOptions: Sendable {
    let user: User
    let fieldManager: String
    let isDryRun: Bool
    let fieldValidation: FieldValidation
    let subresource: String
    let warnings: WarningCollector
    let now: Timestamp

    init(_ request: ServerRequest, now: Timestamp) throws(StatusError) {
        user = request.user
        fieldManager = request.fieldManager
        subresource = request.info.subresource
        warnings = request.warnings
        self.now = now
        var dryRun = false
        for value in request.query.all("dryRun") {
            guard value == "All" else {
                throw StatusError.badRequest("dryRun: Unsupported value: \"\(value)\": supported values: \"All\"")
            }
            dryRun = true
        }
        isDryRun = dryRun
        let validation = request.query["fieldValidation"] ?? ""
        guard let fieldValidation = validation.isEmpty ? .warn : FieldValidation(rawValue: validation) else {
            throw StatusError.badRequest(
                "fieldValidation: Unsupported value: \"\(validation)\": "
                    + "supported values: \"Ignore\", \"Strict\", \"Warn\"")
        }
        self.fieldValidation = fieldValidation
        if let manager = request.query["fieldManager"], manager.utf8.count > 128 {
            throw StatusError.badRequest("fieldManager: Too long: may not be more than 128 bytes")
        }
    }
}

/// Which part of an object an update may change.
enum UpdateScope: Sendable {
    case main
    case status
    /// Decided by the change itself (binding, scale, finalize, ephemeral containers).
    case custom
}

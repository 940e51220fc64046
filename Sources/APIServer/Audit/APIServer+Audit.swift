import HTTPCore
import Machinery
import PKI

extension APIServer {
    /// Serves a request, written down as the audit policy wants it.
    func audited(_ request: ServerRequest) async -> ServerResponse {
        guard let auditor else {
            var response = await answer(request)
            if let id = request.auditID { response.headers.append((Auditor.header, id)) }
            return response
        }
        let id = request.auditID ?? UUIDv4.text()
        var request = request
        var response: ServerResponse
        if let record = auditor.record(request, id: id, user: request.user) {
            request.audit = record
            do {
                try await auditor.received(record)
                response = await auditor.answered(record, await answer(request))
            } catch {
                response = FormEncoding.error(error, accept: request.accept)
            }
        } else {
            response = await answer(request)
        }
        response.headers.append((Auditor.header, id))
        return response
    }

    /// The answer to a request whose credentials are not good. What is wrong with them is not told to who has them.
    func refuse(
        _ request: ServerRequest, _ http: HTTPRequest, _ failure: StatusError
    ) async -> ServerResponse {
        let shown = failure.reason == .unauthorized ? StatusError.unauthorized() : failure
        var response = FormEncoding.error(shown, accept: request.accept)
        guard let auditor else { return response }
        let id = request.auditID ?? UUIDv4.text()
        if let record = auditor.record(request, id: id, user: nil) { await auditor.refused(record, shown, http) }
        response.headers.append((Auditor.header, id))
        return response
    }
}

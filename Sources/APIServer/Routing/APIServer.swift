import HTTPCore
import KubeSchemas
import Machinery
import Store

/// The front door: authenticates, authorizes and serves every request, whether it came over a socket or in process.
package final class APIServer: Sendable {
    let resources: LiveCatalog
    let authenticator: any Authenticator
    let authorizer: any Authorizer
    let documents: ServerDocuments
    let clock: any WallClock
    let fanOut: WatchFanOut
    let health: HealthChecks
    let filters = WatchFilters()
    let impersonation: Impersonation
    /// `nil` where nothing is written down.
    let auditor: Auditor?
    let aggregation: AggregationProxy
    let compression: ResponseCompression
    package let metrics: ServerMetrics
    let pages: ComponentPages
    /// Where other parts of the process add theirs.
    package let ownDocuments = OwnDocuments()
    private let tracer: Tracer?
    package let gate: FlowGate

    init(
        resources: LiveCatalog, authenticator: any Authenticator, authorizer: any Authorizer,
        documents: ServerDocuments, fanOut: WatchFanOut, health: HealthChecks, gate: FlowGate,
        clock: any WallClock,
        aggregation: AggregationProxy, compression: ResponseCompression, metrics: ServerMetrics,
        pages: ComponentPages, tracer: Tracer?, auditor: Auditor? = nil, isImpersonationConstrained: Bool = true
    ) {
        self.tracer = tracer
        self.metrics = metrics
        self.pages = pages
        self.compression = compression
        self.aggregation = aggregation
        self.resources = resources
        self.authenticator = authenticator
        self.authorizer = authorizer
        self.documents = documents
        self.fanOut = fanOut
        self.health = health
        self.gate = gate
        self.clock = clock
        self.auditor = auditor
        impersonation = Impersonation(authorizer: authorizer, isConstrained: isImpersonationConstrained)
    }

    /// Serves an authenticated request, when it is its turn.
    package func handle(_ request: ServerRequest) async -> ServerResponse {
        guard let tracer else { return await audited(request) }
        let traceparent = request.http?.headers["traceparent"]
        guard let span = tracer.begin(RequestSpan.name(request), traceparent: traceparent) else {
            return await audited(request)
        }
        let response = await Span.$current.withValue(span) { await audited(request) }
        tracer.finish(
            span, RequestSpan.attributes(request, status: response.status), hasFailed: response.status >= 500)
        return response
    }

    func answer(_ request: ServerRequest) async -> ServerResponse {
        let begun = metrics.requests.begin(request)
        var request = request
        var passage = FlowGate.Passage.free
        var response: ServerResponse
        do {
            try await impersonate(&request)
            passage = await gate.pass(request)
            try passage.check()
            try await authorized(request)
            response = try await dispatch(request)
        } catch {
            response = FormEncoding.error(error, accept: request.accept)
        }
        gate.leave(passage, with: &response)
        response.headers += passage.headers
        for text in request.warnings.all {
            response.headers.append(("Warning", "299 - \(WarningHeader.quote(text))"))
        }
        metrics.requests.finish(begun, request, status: response.status, bytes: response.body.byteCount)
        return response
    }

    private func impersonate(_ request: inout ServerRequest) async throws(StatusError) {
        guard let http = request.http, Impersonation.isAsked(http.headers) else { return }
        let acting = try await impersonation.user(for: request.user, http.headers, request.info)
        request.user = acting.user
        request.audit?.note(impersonated: acting.user, constraint: acting.constraint)
    }

    private func authorized(_ request: ServerRequest) async throws(StatusError) {
        let begin = ContinuousClock.now
        do throws(StatusError) {
            try await authorize(request)
        } catch {
            metrics.authorization.finished(isAllowed: false, since: begin)
            throw error
        }
        metrics.authorization.finished(isAllowed: true, since: begin)
        Span.current?.add("Authorization", from: begin)
    }

    private func authorize(_ request: ServerRequest) async throws(StatusError) {
        let attributes = AccessAttributes(user: request.user, info: request.info)
        let decision = await authorizer.authorize(attributes)
        if request.audit != nil { request.auditAnnotations.add(decision) }
        if let refusal = attributes.refusal(decision) { throw refusal }
    }

    private func dispatch(_ request: ServerRequest) async throws(StatusError) -> ServerResponse {
        let current = resources.current
        if let remote = current.aggregated.version(for: request.info) {
            return await aggregation.handle(request, to: remote.service)
        }
        guard request.info.isResourceRequest else { return try await document(request, current) }
        guard let served = current.resources[request.info.gvr] else { throw StatusError.pathNotFound() }
        if let text = served.custom?.deprecation { request.warnings.add(text) }
        try RequestPlace.check(request.info, served.resource)
        if !request.info.subresource.isEmpty {
            guard let handler = served.subresources[request.info.subresource] else {
                throw StatusError.pathNotFound()
            }
            return try await handler.handle(request, server: self)
        }
        switch served.serving {
        case .stored(let registry): return try await serve(request, registry)
        case .review(let review): return try await review.handle(request, server: self)
        }
    }

    private func serve(_ request: ServerRequest, _ registry: Registry) async throws(StatusError) -> ServerResponse {
        let info = request.info
        guard registry.resource.verbs.contains(info.verb) else { throw StatusError.methodNotAllowed() }
        switch info.verb {
        case "get": return try await get(request, registry)
        case "list": return try await list(request, registry)
        case "watch": return try await watch(request, registry)
        case "create": return try await create(request, registry)
        case "update": return try await update(request, registry, scope: .main)
        case "patch": return try await patch(request, registry, scope: .main)
        case "delete": return try await delete(request, registry)
        case "deletecollection": return try await deleteCollection(request, registry)
        default: throw StatusError.methodNotAllowed()
        }
    }
}

/// Quoting for the `Warning` header (RFC 7234 §5.5): one line, quotes and backslashes escaped.
enum WarningHeader {
    static func quote(_ text: String) -> String {
        var result = "\""
        for character in text.unicodeScalars {
            switch character {
            case "\"", "\\": result += "\\\(character)"
            case _ where character.value < 0x20 || character.value == 0x7F: result += " "
            default: result.unicodeScalars.append(character)
            }
        }
        return result + "\""
    }
}

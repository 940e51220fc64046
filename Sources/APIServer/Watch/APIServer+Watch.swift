import Machinery
import Store

extension APIServer {
    func watch(_ request: ServerRequest, _ registry: Registry) async throws(StatusError) -> ServerResponse {
        let form = try registry.form(accept: request.accept)
        let query = try ListQuery(request.query, registry: registry, name: request.info.name, isWatch: true)
        guard query.token == nil else { throw StatusError.badRequest("continue is not allowed for watch") }
        let start: WatchStart
        var marksEnd = false
        switch (UInt64(query.resourceVersion) ?? 0, query.sendsInitialEvents) {
        case (let revision, true?):
            if revision > 0 { try await registry.wait(until: revision) }
            start = .currentState
            marksEnd = query.allowsBookmarks
        case (0, false?): start = .now
        case (0, nil): start = .currentState
        case (let revision, _): start = .revision(revision)
        }
        // The first equality of fields uses the cache's index; the rest is a filter.
        let indexed = query.fields.terms.first { !$0.isNegated }
        let rest = FieldSelector(query.fields.terms.filter { $0 != indexed })
        let namespace =
            registry.resource.isNamespaced && !request.info.namespace.isEmpty
            ? request.info.namespace : nil
        let selection = WatchSelection(
            namespace: namespace, field: indexed.map { FieldPair(name: $0.field, value: $0.value) },
            filter: filters.filter(labels: query.labels, fields: rest))
        let timeout =
            query.timeoutSeconds.map { Duration.seconds(max(1, min($0, 86_400))) }
            ?? .seconds(Int64.random(in: 1800...3600))
        return ServerResponse(
            contentType: form.watchContentType,
            body: .watch(
                WatchBody(
                    registry: registry, selection: selection, start: start, form: form,
                    includeObject: request.query["includeObject"], allowsBookmarks: query.allowsBookmarks,
                    marksInitialEnd: marksEnd, timeout: timeout, fanOut: fanOut)))
    }
}

extension APIServer {
    /// Ends every watch in good order, so that clients resume elsewhere; for shutting down.
    package func drainWatches() { fanOut.drain() }
}

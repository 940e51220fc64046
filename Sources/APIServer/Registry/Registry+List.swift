import Machinery
import Store

extension Registry {
    /// One page of a list: objects at rest, and what the list's metadata says.
    struct Page: Sendable {
        let objects: [StoredObject]
        let revision: UInt64
        let continuation: String?
        let remaining: Int?
        /// Where `objects` are a whole collection that others may be listing too: kept for them.
        var shared: SharedObjects?
    }

    func list(namespace: String, _ query: ListQuery) async throws(StatusError) -> Page {
        let snapshot = try await snapshot(for: query)
        let place = resource.isNamespaced && !namespace.isEmpty ? namespace : nil
        var objects: [StoredObject] = []
        var more = false
        if let name = query.fields.requiredValue(of: "metadata.name"), query.token == nil,
            let place = place ?? (resource.isNamespaced ? nil : "")
        {
            // One object by name needs no scan.
            if let object = snapshot.get(namespace: place, name: name), query.matches(object) { objects.append(object) }
            return Page(objects: objects, revision: snapshot.revision, continuation: nil, remaining: nil)
        }
        if query.limit == 0, !query.isSelective, query.token == nil {
            let shared = snapshot.shared(namespace: place)
            return Page(
                objects: shared.objects, revision: snapshot.revision, continuation: nil, remaining: nil, shared: shared)
        }
        let rest = snapshot.objects(
            namespace: place, after: query.token.map { (namespace: $0.namespace, name: $0.name) })
        for object in rest where query.matches(object) {
            if query.limit > 0, objects.count == query.limit {
                more = true
                break
            }
            objects.append(object)
        }
        guard more, let last = objects.last else {
            return Page(objects: objects, revision: snapshot.revision, continuation: nil, remaining: nil)
        }
        cache.pin(snapshot)
        // A list that goes on at its first page's revision is as old as that page.
        let issued = query.token.flatMap { $0.revision == nil ? nil : $0.issued } ?? clock.now.seconds
        let token = ContinueToken(
            revision: snapshot.revision, namespace: last.key.namespace, name: last.key.name, issued: issued)
        let remaining =
            query.isSelective
            ? nil : snapshot.objects(namespace: place, after: (last.key.namespace, last.key.name)).count
        return Page(
            objects: objects, revision: snapshot.revision, continuation: token.encoded, remaining: remaining)
    }

    private func snapshot(for query: ListQuery) async throws(StatusError) -> BucketSnapshot {
        if let token = query.token { return try await snapshot(continuing: token) }
        switch query.match {
        case .latest:
            try await confirm()
            return cache.snapshot(bucket)
        case .any:
            return cache.snapshot(bucket)
        case .notOlderThan(let revision):
            try await wait(until: revision)
            return cache.snapshot(bucket)
        case .exact(let revision):
            try await wait(until: revision)
            return try exact(revision)
        }
    }

    private func snapshot(continuing token: ContinueToken) async throws(StatusError) -> BucketSnapshot {
        guard let revision = token.revision else {
            try await confirm()
            return cache.snapshot(bucket)
        }
        guard !token.isExpired(at: clock.now) else { throw token.expired }
        do {
            return try cache.snapshot(bucket, at: revision)
        } catch {
            throw token.expired
        }
    }

    private func exact(_ revision: UInt64) throws(StatusError) -> BucketSnapshot {
        do {
            return try cache.snapshot(bucket, at: revision)
        } catch {
            throw StatusError.expired("The resourceVersion for the provided list is too old.")
        }
    }

    /// Makes sure that the cache has everything acknowledged so far, by any server that shares the store.
    func confirm() async throws(StatusError) {
        do {
            _ = try await store.currentRevision()
        } catch {
            throw StatusError.internalError("reading \(bucket): \(error)")
        }
    }

    func wait(until revision: UInt64) async throws(StatusError) {
        do {
            try await cache.waitUntil(revision, timeout: .seconds(3))
        } catch {
            var status = StatusError.timeout(
                "Too large resource version: \(revision), current: \(cache.currentRevision)", retryAfterSeconds: 1)
            status.details?.causes = [
                StatusError.Cause(reason: "ResourceVersionTooLarge", message: "Too large resource version")
            ]
            throw status
        }
    }

    /// The list as a response body: the objects' bytes are not touched.
    ///
    /// - Parameter objects: the page's objects as they are served.
    func body(of page: Page, objects: [StoredObject]) -> ListBody {
        var writer = JSONWriter()
        let kind = resource.listKind
        writer.raw("{\"kind\":")
        writer.write(kind.kind)
        writer.raw(",\"apiVersion\":")
        writer.write(kind.apiVersion)
        writer.raw(",\"metadata\":")
        writer.write(listMetadata(page))
        writer.raw(",\"items\":[")
        return ListBody(
            prefix: writer.bytes, objects: objects, suffix: Array("]}\n".utf8), shared: page.shared)
    }

    func listMetadata(_ page: Page) -> JSONObject {
        var metadata: JSONObject = ["resourceVersion": .string(String(page.revision))]
        metadata.set("continue", page.continuation)
        metadata.set("remainingItemCount", page.remaining.map(Int64.init))
        return metadata
    }
}

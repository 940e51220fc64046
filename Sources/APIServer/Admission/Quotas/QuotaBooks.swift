import AdmissionRules
import KubeAPI
import KubeSchemas
import Machinery
import Store

/// The quotas as they lie in the store.
struct QuotaBooks: Sendable {
    /// One quota at one revision.
    struct Page: Sendable {
        let stored: StoredObject
        let quota: ResourceQuota
        let state: QuotaState
    }

    private struct Contents: Sendable {
        let quota: ResourceQuota
        let state: QuotaState
    }

    private static let bucket = ResourceQuota.resource.groupResource.description
    /// The quota as admission judges by it.
    private static let contents = DerivedKey(rawValue: 5)

    let store: any Store
    let cache: WatchCache

    func hasQuotas(in namespace: String) -> Bool {
        var objects = cache.snapshot(Self.bucket).objects(namespace: namespace).makeIterator()
        return objects.next() != nil
    }

    func pages(of namespace: String) throws(StatusError) -> [Page] {
        var pages: [Page] = []
        for stored in cache.snapshot(Self.bucket).objects(namespace: namespace) {
            let contents = try Self.contents(of: stored)
            pages.append(Page(stored: stored, quota: contents.quota, state: contents.state))
        }
        return pages
    }

    private static func contents(of stored: StoredObject) throws(StatusError) -> Contents {
        try stored.derived.value(contents) { () throws(StatusError) -> Contents in
            do {
                let quota = ResourceQuota(try JSON(parsing: stored.bytes, keys: BuiltinSchemas.keys))
                return Contents(quota: quota, state: QuotaState(quota))
            } catch {
                throw StatusError.internalError("stored \(bucket) \(stored.key.name) cannot be read: \(error)")
            }
        }
    }

    /// Writes what is used, unless somebody else has written since the page was read.
    ///
    /// - Returns: the quotas that could not be written for that reason.
    func enter(_ entries: [(page: Page, used: ResourceAmounts)]) async throws(StatusError) -> Set<String> {
        var failed: Set<String> = []
        for entry in entries where !(try await enter(entry.used, on: entry.page)) {
            failed.insert(entry.page.state.name)
        }
        return failed
    }

    private func enter(_ used: ResourceAmounts, on page: Page) async throws(StatusError) -> Bool {
        var quota = page.quota
        quota.status.used = used
        let encoded = ObjectEncoding.encode(quota.json)
        let write = ObjectWrite(
            header: page.stored.header, bytes: encoded.bytes, revisionOffset: encoded.revisionOffset)
        do {
            _ = try await store.update(page.stored.key, expecting: page.stored.revision, write)
            return true
        } catch {
            switch error {
            // Who deletes the quota meanwhile lets the write be.
            case .conflict, .notFound: return false
            default:
                throw StoreErrorMapping.status(
                    error, resource: ResourceQuota.resource.groupResource, name: page.state.name)
            }
        }
    }
}

import KubeAPI
import Machinery

/// Keeps an informer equal to the server: lists once, then follows the watch from the list's version.
///
/// No event is lost or told twice: each watch resumes after the last version seen (bookmarks move it on when nothing
/// happens); where the server no longer has that version (410), a new list is compared with what is here. Failures
/// are retried without end, with jittered delays, and reported.
struct Reflector<Object: KubeObject>: Sendable {
    let client: Client
    let informer: Informer<Object>
    let clock: DelayClock
    let log: FailureLog

    static var pageSize: Int { 500 }
    /// A watch is asked to end after this long and twice it, so that clients spread over several servers anew.
    static var watchSeconds: ClosedRange<Int> { 300...600 }
    static var retries: Backoff { Backoff(initial: .milliseconds(100), limit: .seconds(30)) }

    /// Runs until its task is cancelled.
    func run() async {
        var version: String?
        var failures = 0
        while !Task.isCancelled {
            do throws(StatusError) {
                let start: String
                if let version {
                    start = version
                } else {
                    start = try await list()
                    version = start
                }
                version = try await watch(from: start) { version = $0; failures = 0 }
                continue
            } catch {
                if Task.isCancelled { return }
                if error.isExpired { version = nil } else { log.report(name, error.message) }
                let delay = max(Self.retries.jittered(afterFailures: failures), error.retryAfter ?? .zero)
                failures += 1
                // Sleeping fails only by cancellation, which the loop's condition sees.
                try? await clock.sleep(for: delay)
            }
        }
    }

    private var name: String { "informer \(Object.resource.groupResource)" }

    /// Lists page by page, hands the whole to the informer and returns its version.
    private func list() async throws(StatusError) -> String {
        var options = ListOptions(
            namespace: informer.namespace, fieldSelector: informer.fieldSelector, limit: Self.pageSize)
        var objects: [Object] = []
        while true {
            let page: ObjectList<Object>
            do throws(StatusError) {
                page = try await client.list(Object.self, options)
            } catch {
                guard error.isExpired, options.continueToken != nil else { throw error }
                // The pages' common version was compacted meanwhile: take everything in one answer.
                options.continueToken = nil
                options.limit = nil
                objects = []
                continue
            }
            objects += page.items
            guard let token = page.continueToken else {
                informer.replace(with: objects)
                return page.resourceVersion
            }
            options.continueToken = token
        }
    }

    /// Follows one watch to its end and returns the version to go on from.
    private func watch(
        from start: String, progress: (String) -> Void
    ) async throws(StatusError) -> String {
        let opened = clock.now
        var version = start
        let options = WatchOptions(
            namespace: informer.namespace, fieldSelector: informer.fieldSelector, resourceVersion: start,
            allowBookmarks: true, timeoutSeconds: Int.random(in: Self.watchSeconds))
        let stream = try await client.watch(Object.self, options)
        defer { stream.cancel() }
        var events = stream.makeAsyncIterator()
        while let event = try await events.nextEvent() {
            switch event {
            case .added(let object), .modified(let object):
                informer.apply(object)
                version = object.resourceVersion
            case .deleted(let object):
                informer.applyDeletion(of: object)
                version = object.resourceVersion
            case .bookmark(let bookmark):
                version = bookmark
            }
            progress(version)
        }
        // A server that ends watches at once (it is stopping) is met with the same delays as one that fails.
        if version == start, clock.now - opened < .seconds(1), !Task.isCancelled {
            throw StatusError.serviceUnavailable("the watch ended as soon as it began")
        }
        return version
    }
}

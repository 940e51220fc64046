import KubeAPI
import Machinery

/// Where a reflector keeps its copy.
package protocol ReflectorSink<Object>: Sendable {
    associatedtype Object: Sendable

    /// Takes a whole list: what it lacks is gone.
    func replace(with objects: [Object])
    /// Takes an object that was added or changed.
    func apply(_ object: Object)
    func applyDeletion(of object: Object)
}

/// Keeps a copy of a collection equal to the server's: lists once, then follows the watch from the list's version.
///
/// No event is lost or told twice: each watch resumes after the last version seen (bookmarks move it on when nothing
/// happens); where the server no longer has that version (410), a new list is handed over for comparison. Failures
/// are retried without end, with jittered delays, and reported.
package struct Reflector<Object: Sendable>: Sendable {
    private let source: ResourceClient
    private let namespace: String?
    private let labelSelector: String?
    private let fieldSelector: String?
    private let sink: any ReflectorSink<Object>
    private let decode: @Sendable (JSONObject) -> Object
    private let clock: DelayClock
    private let log: FailureLog

    private static var pageSize: Int { 500 }
    /// A watch is asked to end after this long and twice it, so that clients spread over several servers anew.
    private static var watchSeconds: ClosedRange<Int> { 300...600 }
    /// A watch that held for so long was in order.
    private static var steady: Duration { .seconds(1) }
    private static var retries: Backoff { Backoff(initial: .milliseconds(100), limit: .seconds(30)) }

    package init(
        source: ResourceClient, namespace: String? = nil, labelSelector: String? = nil,
        fieldSelector: String? = nil, sink: any ReflectorSink<Object>, clock: DelayClock, log: FailureLog,
        decode: @escaping @Sendable (JSONObject) -> Object
    ) {
        self.source = source
        self.namespace = namespace
        self.labelSelector = labelSelector
        self.fieldSelector = fieldSelector
        self.sink = sink
        self.decode = decode
        self.clock = clock
        self.log = log
    }

    /// Runs until its task is cancelled.
    package func run() async {
        var version: String?
        var failures = 0
        while !Task.isCancelled {
            let began = clock.now
            do throws(StatusError) {
                let start: String
                if let version {
                    start = version
                } else {
                    start = try await list()
                    version = start
                }
                version = try await watch(from: start) {
                    version = $0
                    failures = 0
                }
            } catch {
                if Task.isCancelled { return }
                if error.isExpired { version = nil } else { log.report(name, error.message) }
                // A watch on which nothing happened was no failure: one outage is not the next one's fault.
                if clock.now - began >= Self.steady { failures = 0 }
                let delay = max(Self.retries.jittered(afterFailures: failures), error.retryAfter ?? .zero)
                failures += 1
                // Sleeping fails only by cancellation, which the loop's condition sees.
                try? await clock.sleep(for: delay)
            }
        }
    }

    private var name: String { "informer \(source.resource.groupResource)" }

    /// Lists page by page, hands the whole over and returns its version.
    private func list() async throws(StatusError) -> String {
        var options = ListOptions(
            namespace: namespace, labelSelector: labelSelector, fieldSelector: fieldSelector, limit: Self.pageSize)
        var objects: [Object] = []
        while true {
            let page: ObjectList<Object>
            do throws(StatusError) {
                page = ObjectList(reading: try await source.rawList(options), item: decode)
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
                sink.replace(with: objects)
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
            namespace: namespace, labelSelector: labelSelector, fieldSelector: fieldSelector, resourceVersion: start,
            allowBookmarks: true, timeoutSeconds: Int.random(in: Self.watchSeconds))
        let stream = try await source.watch(options)
        defer { stream.cancel() }
        var events = stream.makeAsyncIterator()
        while let event = try await events.nextEvent() {
            switch event {
            case .added(let object), .modified(let object):
                sink.apply(decode(object))
                version = Self.version(of: object)
            case .deleted(let object):
                sink.applyDeletion(of: decode(object))
                version = Self.version(of: object)
            case .bookmark(let bookmark):
                version = bookmark
            }
            progress(version)
        }
        // A server that ends watches at once (it is stopping) is met with the same delays as one that fails.
        if version == start, clock.now - opened < Self.steady, !Task.isCancelled {
            throw StatusError.serviceUnavailable("the watch ended as soon as it began")
        }
        return version
    }

    private static func version(of object: JSONObject) -> String {
        object["metadata"]?["resourceVersion"]?.stringValue ?? ""
    }
}

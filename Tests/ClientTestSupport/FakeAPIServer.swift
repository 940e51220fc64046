import Client
import KubeAPI
import KubeSchemas
import Machinery
import Synchronization

/// An API server in memory, for tests of its clients: real list, watch and compare-and-swap semantics, finalizers,
/// graceful deletion of pods, status as a subresource. No validation, defaulting or authorization.
package final class FakeAPIServer: Transport {
    package struct Request: Sendable, Hashable {
        package let method: String
        package let path: String
        /// Whether it could change anything.
        package var isWrite: Bool { method != "GET" }
    }

    struct HistoryEntry: Sendable {
        let revision: UInt64
        let resource: GroupVersionResource
        let type: String
        let object: JSONObject
        /// Before the change; decides what watchers with a selector are told.
        let previous: JSONObject?
    }

    struct Watcher: Sendable {
        let resource: GroupVersionResource
        let filter: ObjectFilter
        let stream: FakeByteStream
    }

    struct State {
        var revision: UInt64 = 1
        var nextUID = 1
        var objects: [GroupVersionResource: [ObjectKey: JSONObject]] = [:]
        var history: [HistoryEntry] = []
        /// Watches from before this revision are refused.
        var compacted: UInt64 = 0
        var watchers: [Int: Watcher] = [:]
        var nextWatcher = 0
        var requests: [Request] = []
        var intercept: (@Sendable (APIRequest) -> StatusError?)?
        var answer: (@Sendable (APIRequest) -> JSONObject?)?
        var losesAnswer: (@Sendable (APIRequest) -> Bool)?
        var observers: [@Sendable (FakeAPIServer) -> Void] = []
        var isNotifying = false
        var mustNotifyAgain = false
        var waiters:
            [Int: (predicate: @Sendable (FakeAPIServer) -> Bool, continuation: CheckedContinuation<Bool, Never>)] = [:]
        var nextWaiter = 0
    }

    package let wallClock: any WallClock
    let state = Mutex(State())
    let resources: [GroupVersionResource: APIResource]

    /// - Parameter custom: kinds that it serves beside Kubernetes' own, namespaced, with a status.
    package init(wallClock: any WallClock = SystemWallClock(), custom: [any KubeObject.Type] = []) {
        self.wallClock = wallClock
        var resources = Dictionary(BuiltinSchemas.resources.map { ($0.gvr, $0) }) { first, _ in first }
        for type in custom {
            guard let schema = resources[ConfigMap.resource]?.schema else { continue }
            resources[type.resource] = APIResource(
                gvr: type.resource, gvk: type.kind, isNamespaced: true, singularName: type.kind.kind.lowercased(),
                subresources: [.init(name: "status", kind: type.kind, verbs: ["get", "patch", "update"])],
                schema: schema, isCustom: true)
        }
        self.resources = resources
    }

    package func client(_ userAgent: String = "test") -> Client {
        Client(transport: self, userAgent: userAgent)
    }

    package func send(_ request: APIRequest) async throws(StatusError) -> APIResponse {
        let (refusal, answer, losesAnswer) = state.withLock { state in
            state.requests.append(Request(method: request.method, path: request.path))
            return (state.intercept?(request), state.answer, state.losesAnswer)
        }
        if let body = answer?(request) { return APIResponse(status: 200, body: body.encoded()) }
        do throws(StatusError) {
            if let refusal { throw refusal }
            let revision = revision
            let body = try handle(request)
            if self.revision != revision { changed() } else { checkWaiters() }
            if losesAnswer?(request) != true { return APIResponse(status: 200, body: body.encoded()) }
        } catch {
            checkWaiters()
            return APIResponse(status: error.code, body: error.json.encoded(), retryAfter: error.retryAfter)
        }
        throw .unanswered("the answer got lost")
    }

    package func stream(_ request: APIRequest) async throws(StatusError) -> any ByteStream {
        let refusal = state.withLock { state in
            state.requests.append(Request(method: request.method, path: request.path + "?watch"))
            return state.intercept?(request)
        }
        if let refusal { throw refusal }
        return try openWatch(request)
    }

    // MARK: Looking in

    /// The requests since the last call of `forgetRequests`.
    package var requests: [Request] { state.withLock { $0.requests } }
    package var writes: [Request] { requests.filter(\.isWrite) }

    package func forgetRequests() {
        state.withLock { $0.requests = [] }
    }

    /// Answers requests with an error where the closure returns one.
    package func intercept(_ closure: (@Sendable (APIRequest) -> StatusError?)?) {
        state.withLock { $0.intercept = closure }
    }

    /// Carries out requests for which the closure says yes, and then lets their callers wait in vain.
    package func loseAnswers(_ closure: (@Sendable (APIRequest) -> Bool)?) {
        state.withLock { $0.losesAnswer = closure }
    }

    /// Answers requests in an extension server's stead where the closure returns something.
    package func answer(_ closure: (@Sendable (APIRequest) -> JSONObject?)?) {
        state.withLock { $0.answer = closure }
    }

    package var watcherCount: Int { state.withLock { $0.watchers.count } }
    package var revision: UInt64 { state.withLock { $0.revision } }

    /// Ends all watches, as a restart of the server would.
    package func dropWatches() {
        let watchers = state.withLock { state in
            defer { state.watchers = [:] }
            return Array(state.watchers.values)
        }
        for watcher in watchers { watcher.stream.finish() }
    }

    /// Forgets the history: watches that resume from before now are refused with 410.
    package func compact() {
        state.withLock { state in
            state.compacted = state.revision
            state.history = []
        }
    }

    /// Sends every watcher a bookmark.
    package func sendBookmarks() {
        let (watchers, revision) = state.withLock { (Array($0.watchers.values), $0.revision) }
        for watcher in watchers {
            let object: JSONObject = ["metadata": ["resourceVersion": .string(String(revision))]]
            watcher.stream.send(Self.line("BOOKMARK", object))
        }
    }

    // MARK: Waiting

    /// Calls the closure after every write; it may write itself.
    package func observe(_ closure: @escaping @Sendable (FakeAPIServer) -> Void) {
        state.withLock { $0.observers.append(closure) }
        changed()
    }

    /// Waits until the predicate holds; it is tried after every request.
    /// - Returns: `false` when the time was over first.
    package func until(
        _ limit: Duration = .seconds(60), _ predicate: @escaping @Sendable (FakeAPIServer) -> Bool
    ) async -> Bool {
        let id = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        let timeout = Task { [weak self] in
            // The end of patience with a test that fails, not a wait.
            guard (try? await ContinuousClock().sleep(for: limit)) != nil else { return }
            let waiter = self?.state.withLock { $0.waiters.removeValue(forKey: id) }
            waiter?.continuation.resume(returning: false)
        }
        defer { timeout.cancel() }
        return await withCheckedContinuation { continuation in
            state.withLock { $0.waiters[id] = (predicate, continuation) }
            checkWaiters()
        }
    }

    /// Tells observers and waiters. Observers write too: then they are told once more, one round after the other.
    func changed() {
        let isMine = state.withLock { state in
            state.mustNotifyAgain = true
            defer { state.isNotifying = true }
            return !state.isNotifying
        }
        guard isMine else { return }
        while nextRound() {
            for observer in state.withLock({ $0.observers }) { observer(self) }
            checkWaiters()
        }
    }

    private func nextRound() -> Bool {
        state.withLock { state in
            guard state.mustNotifyAgain else {
                state.isNotifying = false
                return false
            }
            state.mustNotifyAgain = false
            return true
        }
    }

    private func checkWaiters() {
        for (id, waiter) in state.withLock({ $0.waiters }) where waiter.predicate(self) {
            let removed = state.withLock { $0.waiters.removeValue(forKey: id) }
            removed?.continuation.resume(returning: true)
        }
    }
}

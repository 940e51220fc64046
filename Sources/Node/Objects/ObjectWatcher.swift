import Client
import KubeAPI
import Machinery
import Synchronization

/// Current copies of single named objects, each watched only while pods refer to it.
package final class ObjectWatcher<Object: KubeObject>: Sendable {
    private enum Content {
        case loading
        case absent
        case present(Object)
    }

    private struct Entry {
        let number: Int
        var users: Set<String> = []
        var content = Content.loading
        var waiters: [CheckedContinuation<Void, Never>] = []
        var stream: WatchStream<Object>?
    }

    private struct State {
        var entries: [ObjectKey: Entry] = [:]
        var nextNumber = 0
    }

    private let client: Client
    private let scope: TaskScope
    private let clock: NodeClock
    private let onChange: @Sendable (_ users: Set<String>) -> Void
    private let state = Mutex(State())

    package init(
        client: Client, scope: TaskScope, clock: NodeClock, onChange: @escaping @Sendable (Set<String>) -> Void
    ) {
        self.client = client
        self.scope = scope
        self.clock = clock
        self.onChange = onChange
    }

    /// Sets what a user refers to; objects that nobody refers to any more are no longer watched.
    package func setReferences(_ keys: Set<ObjectKey>, user: String) {
        let (started, stopped) = state.withLock { state -> ([(ObjectKey, Int)], [WatchStream<Object>]) in
            var started: [(ObjectKey, Int)] = []
            var stopped: [WatchStream<Object>] = []
            for key in keys {
                if state.entries[key] == nil {
                    state.nextNumber += 1
                    state.entries[key] = Entry(number: state.nextNumber)
                    started.append((key, state.nextNumber))
                }
                state.entries[key]?.users.insert(user)
            }
            for (key, entry) in state.entries where entry.users.contains(user) && !keys.contains(key) {
                state.entries[key]?.users.remove(user)
                if entry.users.count == 1 {
                    state.entries[key] = nil
                    for waiter in entry.waiters { waiter.resume() }
                    if let stream = entry.stream { stopped.append(stream) }
                }
            }
            return (started, stopped)
        }
        for stream in stopped { stream.cancel() }
        for (key, number) in started { scope.spawn { [self] in await follow(key, number) } }
    }

    /// The object; `nil` when there is none of that name. Objects that are not watched are asked for.
    package func get(_ key: ObjectKey) async throws(StatusError) -> Object? {
        await loaded(key)
        switch state.withLock({ $0.entries[key]?.content }) {
        case .present(let object): return object
        case .absent: return nil
        case .loading, nil: return try await fetch(key)
        }
    }

    private func fetch(_ key: ObjectKey) async throws(StatusError) -> Object? {
        do {
            return try await client.get(Object.self, key)
        } catch  where error.reason == .notFound {
            return nil
        }
    }

    private func loaded(_ key: ObjectKey) async {
        await withCheckedContinuation { continuation in
            let waits = state.withLock { state in
                guard let entry = state.entries[key], case .loading = entry.content else { return false }
                state.entries[key]?.waiters.append(continuation)
                return true
            }
            if !waits { continuation.resume() }
        }
    }

    /// Lists and watches one object until nobody refers to it.
    private func follow(_ key: ObjectKey, _ number: Int) async {
        var failures = 0
        let backoff = Backoff(initial: .milliseconds(200), limit: .seconds(30))
        while isWanted(key, number), !Task.isCancelled {
            do {
                let version = try await load(key, number)
                failures = 0
                try await watch(key, number, from: version)
            } catch {
                // Waiters do not wait for a server that does not answer: they ask themselves and get its error.
                set(nil, for: key, number)
                guard isWanted(key, number) else { return }
                guard (try? await clock.sleep(for: backoff.jittered(afterFailures: failures))) != nil else { return }
                failures += 1
            }
        }
        set(nil, for: key, number)
    }

    private func load(_ key: ObjectKey, _ number: Int) async throws -> String {
        let list = try await client.list(
            Object.self, ListOptions(namespace: key.namespace, fieldSelector: "metadata.name=\(key.name)"))
        set(list.items.first.map(Content.present) ?? .absent, for: key, number)
        return list.resourceVersion
    }

    private func watch(_ key: ObjectKey, _ number: Int, from version: String) async throws {
        let stream = try await client.watch(
            Object.self,
            WatchOptions(
                namespace: key.namespace, fieldSelector: "metadata.name=\(key.name)", resourceVersion: version))
        let isWanted = state.withLock { state in
            guard state.entries[key]?.number == number else { return false }
            state.entries[key]?.stream = stream
            return true
        }
        guard isWanted else { return stream.cancel() }
        for try await event in stream {
            switch event {
            case .added(let object), .modified(let object): set(.present(object), for: key, number)
            case .deleted: set(.absent, for: key, number)
            case .bookmark: continue
            }
        }
    }

    private func isWanted(_ key: ObjectKey, _ number: Int) -> Bool {
        state.withLock { $0.entries[key]?.number == number }
    }

    /// Takes new content; `nil` only wakes those who wait.
    private func set(_ content: Content?, for key: ObjectKey, _ number: Int) {
        let (waiters, users) = state.withLock { state -> ([CheckedContinuation<Void, Never>], Set<String>) in
            guard var entry = state.entries[key], entry.number == number else { return ([], []) }
            let waiters = entry.waiters
            entry.waiters = []
            var users: Set<String> = []
            if let content {
                switch (entry.content, content) {
                case (.loading, _), (.absent, .absent): break
                case (.present(let old), .present(let new)) where old.resourceVersion == new.resourceVersion: break
                default: users = entry.users
                }
                entry.content = content
            }
            state.entries[key] = entry
            return (waiters, users)
        }
        for waiter in waiters { waiter.resume() }
        if !users.isEmpty { onChange(users) }
    }
}

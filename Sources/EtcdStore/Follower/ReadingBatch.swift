import Store
import Synchronization

/// Readings of etcd's revision, shared: who asks while one is under way gets the next one's result, so each result is
/// from after the question.
final class ReadingBatch: Sendable {
    private typealias Outcome = Result<UInt64, StoreError>

    private struct State {
        var waiting: [CheckedContinuation<Result<UInt64, StoreError>, Never>] = []
        var isRunning = false
    }

    private let state = Mutex(State())
    private let read: @Sendable () async throws(StoreError) -> UInt64

    init(_ read: @escaping @Sendable () async throws(StoreError) -> UInt64) { self.read = read }

    func revision() async throws(StoreError) -> UInt64 {
        let outcome: Outcome = await withCheckedContinuation { continuation in
            let isFirst = state.withLock { state in
                state.waiting.append(continuation)
                defer { state.isRunning = true }
                return !state.isRunning
            }
            // Ends when nobody waits.
            if isFirst { Task { await self.run() } }
        }
        return try outcome.get()
    }

    private func run() async {
        while true {
            let batch = state.withLock { state in
                defer { state.waiting = [] }
                if state.waiting.isEmpty { state.isRunning = false }
                return state.waiting
            }
            if batch.isEmpty { return }
            let outcome = await outcome()
            for continuation in batch { continuation.resume(returning: outcome) }
        }
    }

    private func outcome() async -> Outcome {
        do throws(StoreError) {
            return .success(try await read())
        } catch {
            return .failure(error)
        }
    }
}

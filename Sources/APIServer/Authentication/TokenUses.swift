import Client
import KubeAPI
import Machinery
import Synchronization

/// Notes in Secrets on which day their tokens were last used, so that tokens nobody uses can be found (KEP-2800).
///
/// Requests only leave a note; one task writes. Notes are bounded in number and at most one per Secret.
final class TokenUses: Sendable {
    private struct State {
        var days: [ObjectKey: String] = [:]
        /// Written already: what the cache shows may be older.
        var written: [ObjectKey: String] = [:]
        var writer: CheckedContinuation<Void, Never>?
    }

    private static let capacity = 10_000

    private let report: @Sendable (_ part: String, _ problem: String) -> Void
    private let state = Mutex(State())

    init(report: @escaping @Sendable (_ part: String, _ problem: String) -> Void) {
        self.report = report
    }

    func note(_ secret: Secret, _ day: String) {
        let writer = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard state.written[secret.key] != day, state.days.count < Self.capacity else { return nil }
            state.days[secret.key] = day
            defer { state.writer = nil }
            return state.writer
        }
        writer?.resume()
    }

    /// Writes until cancelled.
    func run(_ client: Client) async {
        while !Task.isCancelled {
            guard let (key, day) = take() else {
                await wait()
                continue
            }
            do throws(StatusError) {
                let patch: JSON = ["metadata": ["labels": [LegacyAccountToken.lastUsedLabel: .string(day)]]]
                try await client.change(Secret.self, key, .merge(patch))
            } catch {
                // A Secret that is gone needs no note.
                if error.reason != .notFound { report("token tracking", "\(key): \(error)") }
            }
        }
    }

    private func take() -> (ObjectKey, String)? {
        state.withLock { state in
            guard let (key, day) = state.days.first else { return nil }
            state.days[key] = nil
            if state.written.count >= Self.capacity { state.written.removeAll(keepingCapacity: true) }
            state.written[key] = day
            return (key, day)
        }
    }

    private func wait() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isReady = state.withLock { state -> Bool in
                    if Task.isCancelled || !state.days.isEmpty { return true }
                    state.writer = continuation
                    return false
                }
                if isReady { continuation.resume() }
            }
        } onCancel: {
            let writer = state.withLock { state in
                defer { state.writer = nil }
                return state.writer
            }
            writer?.resume()
        }
    }
}

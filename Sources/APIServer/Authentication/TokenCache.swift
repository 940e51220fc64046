import Machinery
import PKI
import Synchronization

/// Remembers for a short time what a slow verifier said of a token, and asks it once however many requests with the
/// same token wait for its answer.
///
/// Tokens are kept as digests. What is remembered is bounded in number; the oldest half goes when there is no room.
final class TokenCache: TokenVerifier {
    private struct Key: Hashable {
        let digest: [UInt8]
        let audiences: [String]?
    }

    private struct Entry {
        let outcome: Result<Authenticated?, StatusError>
        let end: Timestamp
    }

    private struct State {
        var entries: [Key: Entry] = [:]
        var underWay: [Key: [CheckedContinuation<Result<Authenticated?, StatusError>, Never>]] = [:]
    }

    private static let capacity = 4096

    private let verifier: any TokenVerifier
    private let successes: Duration
    private let failures: Duration
    private let clock: any WallClock
    private let state = Mutex(State())

    init(_ verifier: any TokenVerifier, successes: Duration, failures: Duration, clock: any WallClock) {
        self.verifier = verifier
        self.successes = successes
        self.failures = failures
        self.clock = clock
    }

    /// Forgets everything: what was said may no longer be so.
    func clear() { state.withLock { $0.entries = [:] } }

    private enum Step {
        case known(Result<Authenticated?, StatusError>)
        case ask
        case wait
    }

    func verify(_ token: String, audiences: [String]?) async throws(StatusError) -> Authenticated? {
        let key = Key(digest: Digest.sha256(token.utf8), audiences: audiences)
        let now = clock.now
        let step = state.withLock { state -> Step in
            if let entry = state.entries[key], now < entry.end { return .known(entry.outcome) }
            guard state.underWay[key] == nil else { return .wait }
            state.underWay[key] = []
            return .ask
        }
        switch step {
        case .known(let outcome): return try outcome.get()
        case .wait: return try await wait(key).get()
        case .ask: return try await ask(token, audiences, key).get()
        }
    }

    /// For the answer to somebody else's question; asks anew when it came in between.
    private func wait(_ key: Key) async -> Result<Authenticated?, StatusError> {
        await withCheckedContinuation { continuation in
            let known = state.withLock { state -> Result<Authenticated?, StatusError>? in
                guard state.underWay[key] != nil else {
                    return state.entries[key]?.outcome ?? .failure(StatusError.unauthorized())
                }
                state.underWay[key]?.append(continuation)
                return nil
            }
            if let known { continuation.resume(returning: known) }
        }
    }

    private func ask(
        _ token: String, _ audiences: [String]?, _ key: Key
    ) async -> Result<Authenticated?, StatusError> {
        let outcome: Result<Authenticated?, StatusError>
        do throws(StatusError) {
            outcome = .success(try await verifier.verify(token, audiences: audiences))
        } catch {
            outcome = .failure(error)
        }
        let isGood = (try? outcome.get()) != nil
        let lifetime = isGood ? successes : failures
        let now = clock.now
        let waiters = state.withLock { state in
            if lifetime > .zero {
                if state.entries.count >= Self.capacity { Self.makeRoom(&state.entries, now: now) }
                state.entries[key] = Entry(outcome: outcome, end: now.advanced(by: lifetime))
            }
            return state.underWay.removeValue(forKey: key) ?? []
        }
        for waiter in waiters { waiter.resume(returning: outcome) }
        return outcome
    }

    private static func makeRoom(_ entries: inout [Key: Entry], now: Timestamp) {
        entries = entries.filter { now < $0.value.end }
        guard entries.count >= capacity else { return }
        let ends = entries.values.map(\.end).sorted()
        let middle = ends[ends.count / 2]
        entries = entries.filter { $0.value.end > middle }
    }
}

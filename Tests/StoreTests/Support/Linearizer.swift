import Store
import Synchronization

/// An operation on one key with its outcome and the interval in which it took effect, in ticks of a shared counter.
struct RecordedOperation: Sendable {
    /// What a write said.
    enum Outcome: Hashable, Sendable {
        /// Done, as this revision.
        case made(UInt64)
        /// Refused because the object was at this revision.
        case present(UInt64)
        /// Refused because there was no object.
        case missing
    }

    enum Kind: Hashable, Sendable {
        case create(Outcome)
        case update(expecting: UInt64, Outcome)
        case delete(expecting: UInt64, Outcome)
        case get(UInt64?)
    }

    var kind: Kind
    var call: Int
    var reply: Int

    /// The state after the operation when the state before was `state` (the object's revision), or nil when the
    /// operation could not have had this outcome.
    func applied(to state: UInt64?) -> UInt64?? {
        switch kind {
        case .create(.made(let revision)): state == nil ? .some(revision) : nil
        case .create(.present(let revision)): state == revision ? .some(state) : nil
        case .create(.missing): nil
        case .update(let expected, .made(let revision)): state == expected ? .some(revision) : nil
        case .delete(let expected, .made): state == expected ? .some(nil) : nil
        case .update(let expected, .present(let revision)), .delete(let expected, .present(let revision)):
            state == revision && revision != expected ? .some(state) : nil
        case .update(_, .missing), .delete(_, .missing): state == nil ? .some(nil) : nil
        case .get(let revision): state == revision ? .some(state) : nil
        }
    }
}

/// Looks for an order of operations on one key that respects real time and explains every outcome (the search of Wing
/// and Gong, with the positions already visited remembered).
enum Linearizer {
    private struct Position: Hashable {
        var done: UInt64
        var state: UInt64?
    }

    /// - Parameter history: at most 64 operations.
    static func explains(_ history: [RecordedOperation]) -> Bool {
        precondition(history.count <= 64)
        let all: UInt64 = history.count == 64 ? .max : (1 << UInt64(history.count)) - 1
        var visited: Set<Position> = []
        var stack = [Position(done: 0, state: nil)]
        while let position = stack.popLast() {
            if position.done == all { return true }
            guard visited.insert(position).inserted else { continue }
            let open = history.indices.filter { position.done & (1 << UInt64($0)) == 0 }
            // Whatever comes next must have been called before every open operation had its reply.
            let horizon = open.map { history[$0].reply }.min() ?? 0
            for index in open where history[index].call < horizon {
                if let state = history[index].applied(to: position.state) {
                    stack.append(Position(done: position.done | (1 << UInt64(index)), state: state))
                }
            }
        }
        return false
    }
}

/// Performs operations and writes down what happened when.
final class HistoryRecorder: Sendable {
    private let ticks = Atomic<Int>(0)
    private let records = Mutex<[String: [RecordedOperation]]>([:])

    func operations(on name: String) -> [RecordedOperation] { records.withLock { $0[name] ?? [] } }

    private func tick() -> Int { ticks.wrappingAdd(1, ordering: .sequentiallyConsistent).newValue }

    /// Performs one of four operations; returns the revision the object was last known to have.
    func perform(_ choice: Int, on key: StoreKey, known: UInt64, _ store: any Store) async throws -> UInt64 {
        let call = tick()
        let kind: RecordedOperation.Kind
        var revision = known
        switch choice {
        case 0:
            kind = .create(try await outcome { try await store.create(key, Fixture.write()).revision })
        case 1:
            kind = .update(
                expecting: known,
                try await outcome { try await store.update(key, expecting: known, Fixture.write()).revision })
        case 2:
            kind = .delete(
                expecting: known,
                try await outcome { try await store.delete(key, expecting: known, last: nil).revision })
        default:
            kind = .get(try await store.get(key)?.revision)
        }
        let reply = tick()
        switch kind {
        case .create(.made(let now)), .create(.present(let now)), .update(_, .made(let now)),
            .update(_, .present(let now)), .delete(_, .present(let now)), .get(.some(let now)):
            revision = now
        case .create(.missing), .update(_, .missing), .delete(_, .missing), .delete(_, .made), .get(.none): break
        }
        let record = RecordedOperation(kind: kind, call: call, reply: reply)
        records.withLock { $0[key.name, default: []].append(record) }
        return revision
    }

    private func outcome(_ body: () async throws -> UInt64) async throws -> RecordedOperation.Outcome {
        do {
            return .made(try await body())
        } catch let error as StoreError {
            switch error {
            case .alreadyExists(let object), .conflict(let object): return .present(object.revision)
            case .notFound: return .missing
            default: throw error
            }
        }
    }
}

/// A small deterministic generator (splitmix64), so that a failing test can be repeated.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }
}

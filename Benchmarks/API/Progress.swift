import Synchronization

/// Gives out the numbers below a count, each once, and takes what came of them.
final class Progress: Sendable {
    private struct State {
        var next = 0
        var samples = Samples()
    }

    private let count: Int
    private let state = Mutex(State())

    init(_ count: Int) { self.count = count }

    var samples: Samples { state.withLock { $0.samples } }

    func next() -> Int? {
        state.withLock { state in
            guard state.next < count else { return nil }
            defer { state.next += 1 }
            return state.next
        }
    }

    func add(_ latency: Duration, _ problem: String?) {
        state.withLock { $0.samples.add(latency, problem) }
    }
}

import Store
import Synchronization

/// The writes under way, which are bounded in number and bytes.
final class WriteLoad: Sendable {
    private struct State {
        var count = 0
        var bytes = 0
    }

    private let state = Mutex(State())
    private let limit: Int
    private let byteLimit: Int

    init(_ configuration: StoreConfiguration) {
        limit = configuration.queueLimit
        byteLimit = configuration.queueBytes
    }

    func begin(_ bytes: Int) throws(StoreError) {
        let isAccepted = state.withLock { state in
            guard state.count < limit, state.count == 0 || state.bytes + bytes <= byteLimit else { return false }
            state.count += 1
            state.bytes += bytes
            return true
        }
        if !isAccepted { throw .overloaded(limit: limit) }
    }

    func end(_ bytes: Int) {
        state.withLock { state in
            state.count -= 1
            state.bytes -= bytes
        }
    }
}

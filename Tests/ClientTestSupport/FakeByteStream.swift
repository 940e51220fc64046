import Client
import Synchronization

/// A stream of chunks that a test, or the fake server, fills by hand.
package final class FakeByteStream: ByteStream {
    private struct State {
        var chunks: [[UInt8]] = []
        var isFinished = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())
    private let onCancel: @Sendable () -> Void

    package init(onCancel: @escaping @Sendable () -> Void = {}) {
        self.onCancel = onCancel
    }

    package func send(_ chunk: [UInt8]) {
        wake { $0.chunks.append(chunk) }
    }

    package func finish() {
        wake { $0.isFinished = true }
    }

    package func cancel() {
        finish()
        onCancel()
    }

    package func next() async throws -> [UInt8]? {
        while true {
            let (chunk, isFinished) = state.withLock { state -> ([UInt8]?, Bool) in
                state.chunks.isEmpty ? (nil, state.isFinished) : (state.chunks.removeFirst(), false)
            }
            if let chunk { return chunk }
            if isFinished { return nil }
            try Task.checkCancellation()
            await withTaskCancellationHandler {
                await withCheckedContinuation { continuation in
                    let isReady = state.withLock { state in
                        if !state.chunks.isEmpty || state.isFinished || Task.isCancelled { return true }
                        state.waiter = continuation
                        return false
                    }
                    if isReady { continuation.resume() }
                }
            } onCancel: {
                wake { _ in }
            }
        }
    }

    private func wake(_ change: (inout State) -> Void) {
        let waiter = state.withLock { state in
            change(&state)
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }
}

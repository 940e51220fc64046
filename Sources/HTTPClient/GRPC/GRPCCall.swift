import HTTPCore
import NIOCore
import Synchronization

/// A call with messages both ways. Send and receive at the same time from two tasks; `cancel`, or dropping the call,
/// resets it.
package final class GRPCCall: Sendable {
    private let opened = Promise<ResponseStream>()
    private let answer: Task<GRPCMessages, any Error>

    init(_ start: @escaping @Sendable (HTTPClientRequest.Body) async throws -> GRPCMessages) {
        let opened = opened
        answer = Task {
            do {
                return try await start(.push { opened.succeed($0) })
            } catch {
                opened.fail(error)
                throw error
            }
        }
    }

    deinit {
        answer.cancel()
    }

    /// Sends a message; waits while the server is slow. Throws `GRPCError`.
    package func send(_ message: [UInt8]) async throws {
        do {
            try await opened.value().send(GRPCFraming.frame(message))
        } catch is ByteDuplexError {
            // The server ended the call: its status says why.
            _ = try await answer.value
            throw GRPCError(.unavailable, "the call has ended")
        }
    }

    /// Says that no more messages come from this side.
    package func finish() async throws {
        try await opened.value().finish()
    }

    /// The server's messages, from its first answer on. Throws `GRPCError`.
    package func messages() async throws -> GRPCMessages {
        try await answer.value
    }

    package func cancel() {
        answer.cancel()
        opened.ifSucceeded { $0.abort() }
    }
}

/// A value that comes later, or an error; awaited by any number of tasks.
private final class Promise<Value: Sendable>: Sendable {
    private struct State {
        var result: Result<Value, any Error>?
        var waiters: [CheckedContinuation<Value, any Error>] = []
    }

    private let state = Mutex(State())

    func succeed(_ value: Value) {
        complete(.success(value))
    }

    func fail(_ error: any Error) {
        complete(.failure(error))
    }

    func ifSucceeded(_ body: (Value) -> Void) {
        if case .success(let value) = state.withLock({ $0.result }) { body(value) }
    }

    func value() async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            let result = state.withLock { state -> Result<Value, any Error>? in
                if state.result == nil { state.waiters.append(continuation) }
                return state.result
            }
            if let result { continuation.resume(with: result) }
        }
    }

    private func complete(_ result: Result<Value, any Error>) {
        let waiters = state.withLock { state -> [CheckedContinuation<Value, any Error>] in
            guard state.result == nil else { return [] }
            state.result = result
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume(with: result) }
    }
}

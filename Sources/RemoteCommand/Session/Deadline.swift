/// Something did not happen in time.
package struct DeadlineExceeded: Error, Hashable, Sendable, CustomStringConvertible {
    package let what: String

    package var description: String { "timed out \(what)" }
}

/// Runs `body` and cancels it when it takes longer than `limit`.
/// - Throws: `DeadlineExceeded` then; what `body` throws otherwise.
func within<Result: Sendable>(
    _ limit: Duration, _ what: String, clock: any Clock<Duration>,
    _ body: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    try await withThrowingTaskGroup(of: Result.self) { group in
        group.addTask(operation: body)
        group.addTask {
            try await clock.sleep(for: limit)
            throw DeadlineExceeded(what: what)
        }
        defer { group.cancelAll() }
        guard let result = try await group.next() else { throw CancellationError() }
        return result
    }
}

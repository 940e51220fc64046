import Client
import Machinery

/// Requests to a server that may be too busy for them: it says so with 429, and they are sent again a few times.
enum BusyServer {
    private static let attempts = 8
    private static let retries = Backoff(initial: .milliseconds(20), limit: .seconds(5))

    static func ask<Answer: Sendable>(
        _ request: @Sendable () async throws(StatusError) -> Answer
    ) async throws(StatusError) -> Answer {
        for attempt in 1..<attempts {
            let outcome = await result(request)
            guard case .failure(let error) = outcome, error.code == 429,
                await wait(max(retries.jittered(afterFailures: attempt - 1), error.retryAfter ?? .zero))
            else { return try outcome.get() }
        }
        return try await request()
    }

    private static func result<Answer: Sendable>(
        _ request: @Sendable () async throws(StatusError) -> Answer
    ) async -> Result<Answer, StatusError> {
        do throws(StatusError) { return .success(try await request()) } catch { return .failure(error) }
    }

    /// False when cancelled.
    private static func wait(_ delay: Duration) async -> Bool {
        do { try await Task.sleep(for: delay) } catch { return false }
        return true
    }
}

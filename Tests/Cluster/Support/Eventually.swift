import Dispatch
import Foundation
import Testing

/// Time for the harness: a deadline, and the pace at which something that cannot be watched is asked again.
enum Ticker {
    /// Returns after so long, or throws when the task is cancelled.
    static func wait(_ duration: Duration) async throws {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().asyncAfter(deadline: .now() + duration.seconds) { continuation.resume() }
        }
        try Task.checkCancellation()
    }
}

/// Something did not come true before its deadline.
struct NotInTime: Error, CustomStringConvertible {
    let what: String
    let limit: Duration
    let last: String

    var description: String { "not within \(limit): \(what); last seen: \(last)" }
}

/// Asks until the answer satisfies the test, at once and then every twentieth of a second, up to the deadline. For what
/// kubectl cannot watch: an address that answers, a process that is gone. Everything else goes through `kubectl wait`.
@discardableResult
func eventually<Value: Sendable>(
    _ what: String, within limit: Duration = .seconds(30), _ ask: () async throws -> Value,
    until satisfied: (Value) throws -> Bool
) async throws -> Value {
    let deadline = ContinuousClock.now.advanced(by: limit)
    while true {
        let value = try await ask()
        if try satisfied(value) { return value }
        guard ContinuousClock.now < deadline else { throw NotInTime(what: what, limit: limit, last: "\(value)") }
        try await Ticker.wait(.milliseconds(50))
    }
}

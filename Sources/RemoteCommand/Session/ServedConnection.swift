import HTTPCore

/// The life of one client's connection: something reads it, something serves it, and at the end the client gets the
/// time to read what it was sent before the connection is closed.
struct ServedConnection: Sendable {
    /// For the client to hang up after the service has ended.
    let goodbye: Duration
    let clock: any Clock<Duration>

    private enum Event: Sendable {
        case readingEnded((any Error)?)
        case served
        case goodbyeOver
    }

    /// - Parameters:
    ///   - reading: reads the connection until its end.
    ///   - serving: is cancelled when the connection ends first.
    /// - Throws: what `serving` throws; `ClientGone` when the connection ended first.
    func run(
        reading: @escaping @Sendable () async throws -> Void, serving: @escaping @Sendable () async throws -> Void,
        closing: () async -> Void
    ) async throws {
        do {
            try await withThrowingTaskGroup(of: Event.self) { group in
                group.addTask {
                    do {
                        try await reading()
                        return .readingEnded(nil)
                    } catch {
                        return .readingEnded(error)
                    }
                }
                group.addTask {
                    try await serving()
                    return .served
                }
                defer { group.cancelAll() }
                if case .readingEnded(let error) = try await group.next() {
                    try Task.checkCancellation()
                    throw ClientGone(cause: error)
                }
                group.addTask {
                    try await clock.sleep(for: goodbye)
                    return .goodbyeOver
                }
                // Told that it is over, a client may hang up in any manner.
                _ = try await group.next()
            }
        } catch {
            await closing()
            throw error
        }
        await closing()
    }
}

/// The client's connection ended before the service did.
package struct ClientGone: Error, CustomStringConvertible {
    /// What broke the connection; nil when the client closed it.
    package let cause: (any Error)?

    /// The client broke the protocol, rather than hanging up as clients do at any time.
    package var isViolation: Bool {
        switch cause {
        case let error as WebSocketError: error.code != .connectionLost
        case nil, is ByteDuplexError: false
        case .some: true
        }
    }

    package var description: String {
        "client went away" + (cause.map { ": \($0)" } ?? "")
    }
}

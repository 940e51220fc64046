import NIOCore

/// Copies bytes both ways between two connections until both directions have ended.
///
/// When one direction ends and the other end can be half-closed, the end is passed on and the opposite direction goes
/// on; where it cannot be half-closed the whole connection is closed, after everything read has been written. An error
/// or cancellation closes both. Back-pressure: one buffer is under way in each direction.
///
/// Both connections are closed when it returns.
/// - Returns: the bytes copied from `a` to `b` and from `b` to `a`.
/// - Throws: the first error of either direction; `CancellationError` when cancelled.
@discardableResult
package func tunnel(_ a: any ByteDuplex, _ b: any ByteDuplex) async throws -> (sent: Int, received: Int) {
    try await withThrowingTaskGroup(of: TunnelDirection.self) { group in
        group.addTask { .sent(try await copyToEnd(from: a, to: b)) }
        group.addTask { .received(try await copyToEnd(from: b, to: a)) }
        group.addTask {
            // A read or write under way need not notice cancellation, but it ends when its connection does.
            await untilCancelled()
            await a.close()
            await b.close()
            return .closed
        }
        // Leaving by an error cancels the group too.
        var counts = (sent: 0, received: 0)
        for _ in 0..<2 {
            switch try await group.next() {
            case .sent(let count): counts.sent = count
            case .received(let count): counts.received = count
            case .closed, nil: throw CancellationError()
            }
        }
        group.cancelAll()
        return counts
    }
}

private enum TunnelDirection {
    case sent(Int)
    case received(Int)
    case closed
}

/// Copies from `source` until it ends, then passes the end on to `sink`.
private func copyToEnd(from source: any ByteDuplex, to sink: any ByteDuplex) async throws -> Int {
    var count = 0
    while let bytes = try await source.read() {
        count += bytes.readableBytes
        try await sink.write(bytes)
    }
    if let sink = sink as? any HalfClosableDuplex {
        try await sink.closeOutput()
    } else {
        await sink.close()
    }
    return count
}

/// Suspends until the current task is cancelled.
package func untilCancelled() async {
    let (stream, continuation) = AsyncStream<Never>.makeStream()
    for await _ in stream {}
    continuation.finish()
}

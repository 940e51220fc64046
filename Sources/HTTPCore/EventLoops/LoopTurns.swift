import NIOCore

/// Shares the time of one event loop between lanes of work, so that a lane with thousands of requests cannot keep
/// those of another waiting for all of them.
///
/// A loop serves what is ready in the order in which it finds it. As long as that takes little, a turn costs nothing.
/// Once the requests of one pass over the loop's connections have taken `passBudget`, those that follow wait in the
/// queue of their lane until the pass is over. Then lanes take turns, one request each; after `roundBudget` the loop
/// looks at its connections again, where somebody more urgent may have come.
///
/// Queues are bounded by who lets requests in: whoever waits here has been admitted.
///
/// Sendable: `take` returns at once off the loop, and everything else is touched on it only.
package final class LoopTurns: @unchecked Sendable {
    private typealias Continuation = CheckedContinuation<Void, Never>

    private static let passBudget = TimeAmount.milliseconds(2)
    private static let roundBudget = TimeAmount.milliseconds(5)
    /// How long the loop may sleep between two rounds. Not zero: a loop runs all that is due before it looks at its
    /// connections.
    private static let breath = TimeAmount.microseconds(50)

    private let eventLoop: any EventLoop
    /// When the first request of this pass ran.
    private var passBegan: NIODeadline?
    /// Outlives an empty queue: who is served may let in the next one, and so on.
    private var roundEnd: NIODeadline?
    private var lanes: [CircularBuffer<Continuation>] = []
    private var waiting = 0
    /// The lane that was served last.
    private var last = 0

    init(_ eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
    }

    /// Returns when it is the caller's turn to use the loop, at once where the loop has time.
    ///
    /// - Parameters:
    ///   - lane: a small number, from zero.
    ///   - steppingBack: waits for the end of the pass in any case, so that others that have come are seen first.
    package nonisolated(nonsending) func take(lane: Int, steppingBack: Bool = false) async {
        guard eventLoop.inEventLoop else { return }
        if waiting == 0, !steppingBack, hasTime { return }
        await withCheckedContinuation { enqueue($0, lane: lane) }
    }

    private var hasTime: Bool {
        let now = NIODeadline.now()
        if let passBegan { return now - passBegan < Self.passBudget }
        passBegan = now
        // Comes after all connections that were ready.
        eventLoop.execute { self.passBegan = nil }
        return true
    }

    private func enqueue(_ continuation: Continuation, lane: Int) {
        while lanes.count <= lane { lanes.append(CircularBuffer()) }
        lanes[lane].append(continuation)
        waiting += 1
        if waiting == 1 { eventLoop.execute { self.serve() } }
    }

    /// Lets one request go on. Its task puts itself behind this one on the loop, and the next request behind that.
    private func serve() {
        let now = NIODeadline.now()
        if let end = roundEnd, now >= end {
            roundEnd = nil
            eventLoop.scheduleTask(in: Self.breath) { self.serve() }
            return
        }
        if roundEnd == nil { roundEnd = now + Self.roundBudget }
        next()?.resume()
        if waiting > 0 { eventLoop.execute { self.serve() } }
    }

    private func next() -> Continuation? {
        for step in lanes.indices {
            let lane = (last + 1 + step) % lanes.count
            guard let next = lanes[lane].popFirst() else { continue }
            last = lane
            waiting -= 1
            return next
        }
        return nil
    }
}

import HTTPCore
import Machinery
import Metrics
import NIOCore
import Store
import Synchronization

/// Carries changes to the watchers' connections: one hop per event loop and commit, whatever the number of watchers.
package final class WatchFanOut: Sendable {
    /// How often an idle watcher hears of the current revision.
    private static let bookmarkInterval = TimeAmount.seconds(60)

    private let cache: WatchCache
    let clock: any WallClock
    private let metrics: WatchMetrics
    private let loops = Mutex<[ObjectIdentifier: LoopWatchers]>([:])

    init(cache: WatchCache, clock: any WallClock, metrics: WatchMetrics) {
        self.metrics = metrics
        self.cache = cache
        self.clock = clock
    }

    /// Must be called on the stream's event loop.
    func start(_ body: WatchBody, on stream: ResponseStream) {
        let loop = stream.eventLoop
        let watchers = loops.withLock { loops in
            if let watchers = loops[ObjectIdentifier(loop)] { return watchers }
            let watchers = LoopWatchers(loop: loop, metrics: metrics)
            loops[ObjectIdentifier(loop)] = watchers
            loop.scheduleRepeatedTask(initialDelay: Self.bookmarkInterval, delay: Self.bookmarkInterval) {
                [cache] _ in
                watchers.sendBookmarks(cache.deliveredRevision)
            }
            return watchers
        }
        watchers.add(body, stream: stream, clock: clock)
    }

    /// Ends every watch in good order, so that clients resume elsewhere.
    package func drain() {
        for watchers in loops.withLock({ Array($0.values) }) { watchers.finishAll() }
    }
}

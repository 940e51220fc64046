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

/// The watchers whose connections live on one event loop. All its state is touched on that loop only.
final class LoopWatchers: Sendable {
    private let loop: any EventLoop
    private let group: WatchGroup
    private let metrics: WatchMetrics
    private let watchers: NIOLoopBoundBox<[SubscriberID: StreamWatcher]>

    init(loop: any EventLoop, metrics: WatchMetrics) {
        self.metrics = metrics
        self.loop = loop
        let watchers = NIOLoopBoundBox<[SubscriberID: StreamWatcher]>([:], eventLoop: loop)
        self.watchers = watchers
        group = WatchGroup { deliveries in
            loop.runBatch {
                var touched: [StreamWatcher] = []
                var memo = FrameMemo()
                let all = watchers.value
                for delivery in deliveries {
                    for id in delivery.subscribers {
                        guard let watcher = all[id] else { continue }
                        watcher.deliver(delivery.event, &memo)
                        if deliveries.count == 1 { watcher.flush() } else { touched.append(watcher) }
                    }
                }
                for watcher in touched { watcher.flush() }
            }
        }
    }

    func add(_ body: WatchBody, stream: ResponseStream, clock: any WallClock) {
        let opening: WatchOpening
        do {
            opening = try body.open(group)
        } catch {
            stream.writeAndFlush(ByteBuffer(bytes: body.errorFrame(error)))
            stream.finish()
            return
        }
        let id = opening.subscription.id
        let resource = body.registry.resource.gvr
        let open = metrics.watches(of: resource, isNamespaced: body.selection.namespace != nil)
        open.add()
        let watcher = StreamWatcher(
            body, opening: opening, stream: stream, clock: clock, sent: metrics.events(of: resource))
        watchers.value[id] = watcher
        let watchers = watchers
        let timer = loop.scheduleTask(in: .nanoseconds(Int64(body.timeout / .nanoseconds(1)))) { stream.finish() }
        let life = body.registry.life
        let entry = life?.register { [loop] in loop.execute { stream.finish() } }
        stream.onClose { _ in
            timer.cancel()
            open.add(-1)
            life?.forget(entry)
            watchers.value.removeValue(forKey: id)?.close()
        }
        stream.onWritable { watchers.value[id]?.pump() }
        watcher.pump()
    }

    func sendBookmarks(_ revision: UInt64) {
        for watcher in watchers.value.values { watcher.sendBookmark(revision) }
    }

    func finishAll() {
        let watchers = watchers
        loop.runBatch { for watcher in watchers.value.values { watcher.finish() } }
    }
}

/// The frame made last: watchers that are told of a change one after the other mostly want it in the same form.
struct FrameMemo {
    private var event: StoreEvent?
    private var registry: Registry?
    private var form = ResponseForm()
    private var frame = ByteBuffer()

    mutating func frame(of event: StoreEvent, for body: WatchBody, make: () -> ByteBuffer) -> ByteBuffer {
        if event === self.event, body.registry === registry, body.form == form { return frame }
        let made = make()
        // Tables differ between watchers: the first one carries the columns.
        if body.form.shape == .object {
            self.event = event
            registry = body.registry
            form = body.form
            frame = made
        }
        return made
    }
}

/// One watch over one stream, on its event loop. What is past (objects, backlog) goes out at the client's pace, then
/// changes as they come. A client that falls too far behind is cut off, and resumes from its last revision.
final class StreamWatcher {
    /// What may wait unsent for one client.
    private static let maximumPendingBytes = 8 << 20
    /// How many changes may wait while the initial state is still going out.
    private static let maximumWaitingEvents = 20_000

    private let body: WatchBody
    private let stream: ResponseStream
    private let subscription: Subscription
    private var framer: WatchFramer
    private let sent: Counter
    private var initial: ObjectSlice.Iterator?
    private var backlog: ArraySlice<StoreEvent>
    private var endsInitialAt: UInt64?
    private var isLive = false
    private var isClosed = false

    init(
        _ body: WatchBody, opening: WatchOpening, stream: ResponseStream, clock: any WallClock, sent: Counter
    ) {
        self.body = body
        self.stream = stream
        self.sent = sent
        subscription = opening.subscription
        framer = WatchFramer(body, clock: clock)
        initial = opening.snapshot?.objects(namespace: body.selection.namespace).makeIterator()
        backlog = opening.backlog[...]
        endsInitialAt = body.marksInitialEnd ? opening.revision : nil
    }

    /// Sends what is past, as far as the client takes it.
    func pump() {
        guard !isLive, !isClosed else { return }
        while stream.isWritable {
            if let object = initial?.next() {
                if body.selection.matches(object) {
                    stream.write(framer.initial(object))
                    sent.add()
                }
                continue
            }
            initial = nil
            if let revision = endsInitialAt {
                endsInitialAt = nil
                stream.write(framer.bookmark(revision, endsInitialEvents: true))
                continue
            }
            guard let event = backlog.popFirst() else {
                isLive = true
                break
            }
            stream.write(framer.frame(event))
            sent.add()
        }
        stream.flush()
    }

    func deliver(_ event: StoreEvent, _ memo: inout FrameMemo) {
        guard !isClosed else { return }
        if isLive {
            stream.write(memo.frame(of: event, for: body) { framer.frame(event) })
            sent.add()
            if stream.pendingBytes > Self.maximumPendingBytes { cutOff() }
        } else {
            backlog.append(event)
            if backlog.count > Self.maximumWaitingEvents { cutOff() }
        }
    }

    func flush() {
        if isLive { stream.flush() }
    }

    func sendBookmark(_ revision: UInt64) {
        guard body.allowsBookmarks, isLive, !isClosed else { return }
        stream.writeAndFlush(framer.bookmark(revision, endsInitialEvents: false))
    }

    private func cutOff() {
        close()
        stream.abort()
    }

    func finish() {
        stream.finish()
    }

    func close() {
        isClosed = true
        subscription.cancel()
    }
}

import HTTPCore
import Machinery
import Metrics
import NIOCore
import Store

/// The watchers whose connections live on one event loop. All its state is touched on that loop only.
final class LoopWatchers: Sendable {
    private let loop: any EventLoop
    private let group: WatchGroup
    private let metrics: WatchMetrics
    private let state: NIOLoopBound<State>

    init(loop: any EventLoop, metrics: WatchMetrics) {
        self.metrics = metrics
        self.loop = loop
        let state = NIOLoopBound(State(), eventLoop: loop)
        self.state = state
        group = WatchGroup { deliveries in
            loop.runBatch { state.value.deliver(deliveries) }
        }
    }

    func add(_ body: WatchBody, stream: ResponseStream, clock: any WallClock) {
        let opening: WatchOpening
        do {
            opening = try body.open(group, place: stream.neighbourhood)
        } catch {
            stream.writeAndFlush(ByteBuffer(bytes: body.errorFrame(error)))
            stream.finish()
            return
        }
        let id = opening.subscription.id
        let resource = body.registry.resource.gvr
        let open = metrics.watches(of: resource, isNamespaced: body.selection.namespace != nil)
        open.add()
        let state = state
        let watcher = StreamWatcher(
            body, opening: opening, stream: stream, clock: clock, sent: metrics.events(of: resource),
            framing: state.value.framing(of: body))
        state.value.add(watcher, id)
        let timer = loop.scheduleTask(in: .nanoseconds(Int64(body.timeout / .nanoseconds(1)))) { stream.finish() }
        let life = body.registry.life
        let entry = life?.register { [loop] in loop.execute { stream.finish() } }
        stream.onClose { _ in
            timer.cancel()
            open.add(-1)
            life?.forget(entry)
            state.value.remove(id)?.close()
        }
        stream.onWritable { state.value.watcher(id)?.pump() }
        watcher.pump()
    }

    func sendBookmarks(_ revision: UInt64) {
        for watcher in state.value.all { watcher.sendBookmark(revision) }
    }

    func finishAll() {
        let state = state
        loop.runBatch { for watcher in state.value.all { watcher.finish() } }
    }
}

extension LoopWatchers {
    /// What lives on the loop. A class, since a watcher that is cut off while it is told of a change leaves at once.
    private final class State {
        private struct Framing {
            let registry: Registry
            let form: ResponseForm
            var users = 1
        }

        private var watchers: [SubscriberID: StreamWatcher] = [:]
        /// Who was told of the last change: mostly the same are told of the next, and need not be looked up.
        private var audience: (ids: [SubscriberID], watchers: [StreamWatcher]) = ([], [])
        /// The forms in which watchers share frames, by their numbers.
        private var framings: [Framing?] = []

        var all: [StreamWatcher] { Array(watchers.values) }

        func watcher(_ id: SubscriberID) -> StreamWatcher? { watchers[id] }

        func add(_ watcher: StreamWatcher, _ id: SubscriberID) {
            watchers[id] = watcher
            audience = ([], [])
        }

        func remove(_ id: SubscriberID) -> StreamWatcher? {
            audience = ([], [])
            let watcher = watchers.removeValue(forKey: id)
            if let framing = watcher?.framing, var shared = framings[framing] {
                shared.users -= 1
                framings[framing] = shared.users > 0 ? shared : nil
            }
            return watcher
        }

        /// The number of the form in which a watch shares frames with others, until it is removed; nil where it has
        /// frames of its own: tables differ between watchers, as the first carries the columns.
        func framing(of body: WatchBody) -> Int? {
            guard body.form.shape == .object else { return nil }
            let known = framings.firstIndex { $0?.registry === body.registry && $0?.form == body.form }
            if let known {
                framings[known]?.users += 1
                return known
            }
            let made = Framing(registry: body.registry, form: body.form)
            if let free = framings.firstIndex(where: { $0 == nil }) {
                framings[free] = made
                return free
            }
            framings.append(made)
            return framings.count - 1
        }

        func deliver(_ deliveries: [WatchDelivery]) {
            var tally = Tally()
            if deliveries.count == 1 {
                tell(deliveries[0], &tally) { $0.flush() }
                return
            }
            var touched: [StreamWatcher] = []
            for delivery in deliveries { tell(delivery, &tally) { touched.append($0) } }
            for watcher in touched { watcher.flush() }
        }

        private func tell(_ delivery: WatchDelivery, _ tally: inout Tally, then: (StreamWatcher) -> Void) {
            // The same array unless somebody came or went; comparing it with itself is looking at its address.
            if audience.ids != delivery.subscribers {
                audience = (delivery.subscribers, delivery.subscribers.compactMap { watchers[$0] })
            }
            var memo = FrameMemo()
            for watcher in audience.watchers {
                if watcher.deliver(delivery.event, &memo) { tally.count(watcher.sent) }
                then(watcher)
            }
        }
    }

    /// Counts events: a counter all loops share is added to once for many.
    private struct Tally: ~Copyable {
        private var counter: Counter?
        private var number: UInt64 = 0

        mutating func count(_ counter: Counter) {
            if counter !== self.counter {
                settle()
                self.counter = counter
            }
            number += 1
        }

        private mutating func settle() {
            if number > 0 { counter?.add(number) }
            number = 0
        }

        deinit {
            if number > 0 { counter?.add(number) }
        }
    }
}

/// The frame of a change made last: watchers that are told one after the other mostly want it in the same form.
struct FrameMemo {
    private var framing: Int?
    private var frame = ByteBuffer()

    mutating func frame(for framing: Int?, make: () -> ByteBuffer) -> ByteBuffer {
        if let framing, framing == self.framing { return frame }
        let made = make()
        self.framing = framing
        frame = made
        return made
    }
}

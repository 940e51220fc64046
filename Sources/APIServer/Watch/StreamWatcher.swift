import HTTPCore
import Machinery
import Metrics
import NIOCore
import Store

/// One watch over one stream, on its event loop. What is past (objects, backlog) goes out at the client's pace, then
/// changes as they come. A client that falls too far behind is cut off, and resumes from its last revision.
final class StreamWatcher {
    /// What may wait unsent for one client.
    private static let maximumPendingBytes = 8 << 20
    /// How many changes may wait while the initial state is still going out.
    private static let maximumWaitingEvents = 20_000

    // What every change looks at comes first, to lie together.
    private var isLive = false
    private var isClosed = false
    /// The number of the form in which it shares frames with other watchers of its loop.
    let framing: Int?
    private let stream: ResponseStream
    let sent: Counter

    private let body: WatchBody
    private let subscription: Subscription
    private var framer: WatchFramer
    private var initial: ObjectSlice.Iterator?
    private var backlog: ArraySlice<StoreEvent>
    private var endsInitialAt: UInt64?

    init(
        _ body: WatchBody, opening: WatchOpening, stream: ResponseStream, clock: any WallClock, sent: Counter,
        framing: Int?
    ) {
        self.body = body
        self.stream = stream
        self.sent = sent
        self.framing = framing
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

    /// Writes a change, or keeps it for later; true where it was written, which is then for the caller to count.
    func deliver(_ event: StoreEvent, _ memo: inout FrameMemo) -> Bool {
        guard !isClosed else { return false }
        guard isLive else {
            backlog.append(event)
            if backlog.count > Self.maximumWaitingEvents { cutOff() }
            return false
        }
        stream.write(memo.frame(for: framing) { framer.frame(event) })
        if stream.pendingBytes > Self.maximumPendingBytes { cutOff() }
        return true
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

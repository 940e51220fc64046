import Glibc

/// A bounded queue from many callers to one thread that waits for it.
///
/// Sendable: every access to the mutable state happens between `pthread_mutex_lock` and
/// `pthread_mutex_unlock` of the same mutex (`pthread_cond_timedwait` returns with it held).
final class Mailbox<Element: Sendable>: @unchecked Sendable {
    enum Offer {
        case accepted
        case full
        case closed
    }

    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private let limit: Int
    private let weightLimit: Int
    private var elements: [Element] = []
    private var weight = 0
    private var isClosed = false
    /// How many elements somebody waits for; zero when nobody does.
    private var awaited = 0

    /// Holds up to `limit` elements, of together up to `weightLimit`; always at least one.
    init(limit: Int, weightLimit: Int) {
        self.limit = limit
        self.weightLimit = weightLimit
        pthread_mutex_init(mutex, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(condition, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    /// Adds an element. One without weight is a matter of the queue's own running and always finds room.
    func offer(_ element: Element, weight: Int) -> Offer {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        if isClosed { return .closed }
        if weight > 0, !elements.isEmpty,
            elements.count >= limit || self.weight > weightLimit - min(weight, weightLimit)
        {
            return .full
        }
        elements.append(element)
        self.weight += weight
        if awaited > 0, elements.count >= awaited { pthread_cond_signal(condition) }
        return .accepted
    }

    /// Ends the offers; what is there can still be taken.
    func close() {
        pthread_mutex_lock(mutex)
        isClosed = true
        pthread_cond_signal(condition)
        pthread_mutex_unlock(mutex)
    }

    /// Everything there, in order; waits until there is something or `patience` is over, which gives an empty array.
    /// Nil when closed and empty.
    func take(patience: Duration) -> [Element]? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        wait(for: 1, patience)
        if elements.isEmpty, isClosed { return nil }
        var taken: [Element] = []
        taken.reserveCapacity(elements.count)
        swap(&taken, &elements)
        weight = 0
        return taken
    }

    /// Waits until there are as many elements, but not longer than `patience`; says how many there are.
    func gather(_ count: Int, patience: Duration) -> Int {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        wait(for: count, patience)
        return elements.count
    }

    /// With the mutex held.
    private func wait(for count: Int, _ patience: Duration) {
        guard patience > .zero, !isClosed, elements.count < count else { return }
        var deadline = timespec()
        clock_gettime(CLOCK_MONOTONIC, &deadline)
        let (seconds, attoseconds) = patience.components
        let nanoseconds = Int64(deadline.tv_nsec) + attoseconds / 1_000_000_000
        deadline.tv_sec += time_t(clamping: seconds + nanoseconds / 1_000_000_000)
        deadline.tv_nsec = Int(nanoseconds % 1_000_000_000)
        awaited = count
        defer { awaited = 0 }
        while elements.count < count, !isClosed {
            if pthread_cond_timedwait(condition, mutex, &deadline) == ETIMEDOUT { return }
        }
    }
}

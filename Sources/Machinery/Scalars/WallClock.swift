import Glibc
import Synchronization

/// Where the time of day comes from. Code that stamps or compares moments takes one, so that tests can set it.
package protocol WallClock: Sendable {
    /// The present moment. May step backwards when the machine's clock is set.
    var now: Timestamp { get }
}

/// The machine's own clock.
package struct SystemWallClock: WallClock {
    package init() {}

    package var now: Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(seconds: Int64(time.tv_sec), nanoseconds: Int32(time.tv_nsec))
    }
}

/// A clock that stands still until it is told to move; for tests.
package final class ManualWallClock: WallClock {
    private let moment: Mutex<Timestamp>

    package init(_ moment: Timestamp) {
        self.moment = Mutex(moment)
    }

    package var now: Timestamp { moment.withLock { $0 } }

    package func set(_ newMoment: Timestamp) {
        moment.withLock { $0 = newMoment }
    }

    package func advance(by duration: Duration) {
        moment.withLock { $0 = $0.advanced(by: duration) }
    }
}

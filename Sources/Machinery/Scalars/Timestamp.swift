/// A moment in time to the nanosecond, in UTC.
///
/// Kubernetes writes moments in whole seconds (`Time`) or microseconds (`MicroTime`); both are RFC 3339 texts.
package struct Timestamp: Hashable, Sendable {
    /// Whole seconds since 1970-01-01T00:00:00Z, rounded down.
    package let seconds: Int64
    /// The part of a second, from 0 to 999,999,999.
    package let nanoseconds: Int32

    /// Years from 1 to 9999 are the ones that have an RFC 3339 text.
    static let minimumSeconds: Int64 = -62_135_596_800
    static let maximumSeconds: Int64 = 253_402_300_799

    /// Moments beyond the years 1 to 9999 become the nearest one within.
    package init(seconds: Int64, nanoseconds: Int32 = 0) {
        self.seconds = min(max(seconds, Self.minimumSeconds), Self.maximumSeconds)
        self.nanoseconds = min(max(nanoseconds, 0), 999_999_999)
    }

    /// The same moment without its part of a second: what a `Time` can carry.
    package var inSeconds: Timestamp { Timestamp(seconds: seconds) }
    /// The same moment in whole microseconds: what a `MicroTime` can carry.
    package var inMicroseconds: Timestamp {
        Timestamp(seconds: seconds, nanoseconds: nanoseconds / 1000 * 1000)
    }

    package func advanced(by duration: Duration) -> Timestamp {
        let (wholeSeconds, attoseconds) = duration.components
        var nanos = Int64(nanoseconds) + attoseconds / 1_000_000_000
        let (sum, overflowed) = seconds.addingReportingOverflow(wholeSeconds)
        guard !overflowed else { return Timestamp(seconds: wholeSeconds < 0 ? .min : .max) }
        var carried = sum
        if nanos < 0 {
            nanos += 1_000_000_000
            carried = max(carried, .min + 1) - 1
        } else if nanos >= 1_000_000_000 {
            nanos -= 1_000_000_000
            carried = min(carried, .max - 1) + 1
        }
        return Timestamp(seconds: carried, nanoseconds: Int32(truncatingIfNeeded: nanos))
    }

    /// The time from `earlier` to this moment; negative when `earlier` is later.
    package func since(_ earlier: Timestamp) -> Duration {
        .seconds(seconds - earlier.seconds) + .nanoseconds(Int64(nanoseconds) - Int64(earlier.nanoseconds))
    }

    package static func + (moment: Timestamp, duration: Duration) -> Timestamp { moment.advanced(by: duration) }
    package static func - (moment: Timestamp, duration: Duration) -> Timestamp {
        moment.advanced(by: .zero - duration)
    }
    package static func - (later: Timestamp, earlier: Timestamp) -> Duration { later.since(earlier) }
}

extension Timestamp: Comparable {
    package static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.seconds != right.seconds ? left.seconds < right.seconds : left.nanoseconds < right.nanoseconds
    }
}

extension Timestamp {
    /// Any RFC 3339 text, with or without a part of a second.
    package init?(json: JSON) {
        guard case .string(let text) = json, let parsed = try? Timestamp(rfc3339: text) else { return nil }
        self = parsed
    }

    /// As a `Time`: RFC 3339 in UTC and whole seconds.
    package var json: JSON { .string(rfc3339) }
    /// As a `MicroTime`: RFC 3339 in UTC with six digits of a second.
    package var microJSON: JSON { .string(rfc3339Micro) }
}

import NIOCore

/// How many frames of a kind that costs the server more than the client one client may send in half a minute
/// (CVE-2019-9512 and its kin, CVE-2023-44487).
struct HTTP2RateLimit {
    private static let period = TimeAmount.seconds(30)

    let maximum: Int
    private var count = 0
    private var since = NIODeadline.now()

    init(maximum: Int) {
        self.maximum = maximum
    }

    /// Counts one; false when it is one too many.
    mutating func allows() -> Bool {
        count += 1
        guard count > maximum else { return true }
        let now = NIODeadline.now()
        guard now - since > Self.period else { return false }
        since = now
        count = 1
        return true
    }
}

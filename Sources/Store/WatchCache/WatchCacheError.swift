/// Why the watch cache cannot answer.
package enum WatchCacheError: Error, Hashable, Sendable {
    /// Watch: the changes after this revision are no longer all known; `oldest` is the oldest one to start from.
    case tooOld(UInt64, oldest: UInt64)
    /// Read: the state of this revision is no longer known.
    case expired(UInt64, oldest: UInt64)
    /// The revision had not happened when the wait was over.
    case future(UInt64, current: UInt64)
    /// The task that waited was cancelled.
    case cancelled
}

extension WatchCacheError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .tooOld(let revision, let oldest): "too old resource version: \(revision) (\(oldest))"
        case .expired(let revision, let oldest):
            "the state of revision \(revision) is no longer known, the oldest is \(oldest)"
        case .future(let revision, let current): "Too large resource version: \(revision), current: \(current)"
        case .cancelled: "the wait was cancelled"
        }
    }
}

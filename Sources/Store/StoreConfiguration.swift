import Glibc

/// Limits of a store, and its clock.
package struct StoreConfiguration: Sendable {
    /// How long history is kept for watchers and readers of old revisions, in seconds.
    package var historySeconds: Int64 = 300
    /// How many changes are kept at most.
    package var historyEvents = 50_000
    /// How many bytes of superseded states are kept at most.
    package var historyBytes = 32 << 20
    /// How many requests may wait for the writer.
    package var queueLimit = 8_192
    /// How many bytes of objects may wait for the writer.
    package var queueBytes = 128 << 20
    /// The largest size of the stored data in bytes; nil for as much as the disk holds. At least 2 MiB; a reserve of
    /// 1 MiB beyond it is kept for deletions.
    package var quotaBytes: Int?
    /// How long the write-ahead log grows before it is copied into the database, in bytes.
    package var logBytes = 8 << 20
    /// Told when the store's health changes, on the thread that writes: it must be quick and must not call the store.
    package var healthChanged: @Sendable (StoreHealth) -> Void = { _ in }
    /// Encrypts what lies at rest; nil for bytes as they are.
    package var cipher: (any ValueCipher)?
    /// The wall clock, in seconds since the epoch.
    package var now: @Sendable () -> Int64 = StoreConfiguration.systemTime

    package init() {}

    /// The bytes one transaction takes at most; a single larger object still is one.
    var batchBytes: Int { logBytes / 2 }

    /// What is set aside for deletions: the log, with a transaction on top of it, can then always be copied into the
    /// database, which makes room for as many deletions as come.
    var reserveBytes: Int { 2 * logBytes }

    package static func systemTime() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec)
    }
}

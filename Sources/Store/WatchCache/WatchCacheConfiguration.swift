/// Limits of the watch cache, and its clock.
package struct WatchCacheConfiguration: Sendable {
    /// How many changes each bucket keeps for watchers that come back.
    package var historyEvents = 20_000
    /// How many bytes of superseded states each bucket keeps for them.
    package var historyBytes = 16 << 20
    /// How many snapshots each bucket keeps for lists in pages, and for how many seconds.
    package var pinnedSnapshots = 32
    package var pinSeconds: Int64 = 300
    /// The wall clock, in seconds since the epoch.
    package var now: @Sendable () -> Int64 = StoreConfiguration.systemTime

    package init() {}
}

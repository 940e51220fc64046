import Machinery

/// Gives objects what must be unique in the cluster (service addresses and ports) while they are being written.
package protocol Allocator: Sendable {
    /// Fills in and claims what `object` needs; `old` is `nil` at creation. Errors are the client's.
    func allocate(_ object: inout JSONObject, old: JSONObject?, isDryRun: Bool) async throws(StatusError) -> Reservation

    /// Gives back what an object had that is gone.
    func release(_ object: JSONObject) async
}

/// What was claimed for one write: `settle` when that was stored, `release` when it was not. Neither fails: what cannot
/// be given back now is found later by a comparison with the objects.
package struct Reservation: Sendable {
    package let settle: @Sendable () async -> Void
    package let release: @Sendable () async -> Void

    package init(settle: @escaping @Sendable () async -> Void, release: @escaping @Sendable () async -> Void) {
        self.settle = settle
        self.release = release
    }

    package static let nothing = Reservation(settle: {}, release: {})
}

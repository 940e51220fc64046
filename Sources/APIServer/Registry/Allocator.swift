import Machinery

/// Gives objects what must be unique in the cluster (service addresses and ports) while they are being written.
package protocol Allocator: Sendable {
    /// Fills in and reserves what `object` needs; `old` is `nil` at creation. Errors are the client's.
    func allocate(_ object: inout JSONObject, old: JSONObject?, isDryRun: Bool) async throws(StatusError) -> Reservation
}

/// What was reserved for one write: settled when it was stored, given back when it was not.
package struct Reservation: Sendable {
    package let settle: @Sendable () -> Void
    package let release: @Sendable () -> Void

    package init(settle: @escaping @Sendable () -> Void, release: @escaping @Sendable () -> Void) {
        self.settle = settle
        self.release = release
    }

    package static let nothing = Reservation(settle: {}, release: {})
}

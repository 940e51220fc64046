import FlowControl
import Synchronization

/// The seat of one request, given back once: when that is asked for or, at the latest, when nobody has this any more.
package final class HeldSeat: Sendable {
    /// A client that takes longer for its list no longer keeps others of its level waiting. Kubernetes cuts such
    /// answers off.
    private static let longest = Duration.seconds(60)

    private let seat: Mutex<Seat?>
    private let controller: FlowController
    private let since = ContinuousClock.now

    init(_ seat: Seat, _ controller: FlowController) {
        self.seat = Mutex(seat)
        self.controller = controller
    }

    deinit { giveBack() }

    package func giveBack() {
        let taken = seat.withLock { seat -> Seat? in
            defer { seat = nil }
            return seat
        }
        if let taken { controller.finish(taken) }
    }

    func giveBackIfLate() {
        if since.duration(to: .now) > Self.longest { giveBack() }
    }
}

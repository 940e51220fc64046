import Synchronization

/// Passes changes on to what comes into being after what tells of them.
final class ChangeRelay<Change: Sendable>: Sendable {
    private let receiver = Mutex<(@Sendable (Change) -> Void)?>(nil)

    func connect(_ receiver: @escaping @Sendable (Change) -> Void) {
        self.receiver.withLock { $0 = receiver }
    }

    func tell(_ change: Change) {
        let receiver = receiver.withLock { $0 }
        receiver?(change)
    }
}

import Synchronization

/// Passes changes of objects on to the workers, which come into being after what tells of changes.
final class ChangeRelay: Sendable {
    private let receiver = Mutex<(@Sendable (Set<String>) -> Void)?>(nil)

    func connect(_ receiver: @escaping @Sendable (Set<String>) -> Void) {
        self.receiver.withLock { $0 = receiver }
    }

    func tell(_ uids: Set<String>) {
        let receiver = receiver.withLock { $0 }
        receiver?(uids)
    }
}

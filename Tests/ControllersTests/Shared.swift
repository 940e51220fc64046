import Synchronization

/// A value that observers of the server and the test look at.
final class Shared<Value: Sendable>: Sendable {
    private let state: Mutex<Value>

    init(_ value: Value) { state = Mutex(value) }

    var value: Value { state.withLock { $0 } }

    func set(_ value: Value) { state.withLock { $0 = value } }
}

extension Shared where Value: Comparable {
    func raise(to value: Value) { state.withLock { $0 = max($0, value) } }
}

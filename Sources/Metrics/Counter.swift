import Synchronization

/// A number that only grows.
package final class Counter: Sendable {
    private let number = Atomic<UInt64>(0)

    package init() {}

    package func add(_ amount: UInt64 = 1) { number.wrappingAdd(amount, ordering: .relaxed) }
    package var value: UInt64 { number.load(ordering: .relaxed) }
}

/// A number that grows and shrinks.
package final class Gauge: Sendable {
    private let number = Atomic<Int64>(0)

    package init() {}

    package func add(_ amount: Int64 = 1) { number.wrappingAdd(amount, ordering: .relaxed) }
    package func set(_ amount: Int64) { number.store(amount, ordering: .relaxed) }
    package var value: Int64 { number.load(ordering: .relaxed) }
}

import Synchronization

/// Numbers side by side in memory that many threads count up without a lock.
///
/// Sums that may be too small to be exact at the very moment they are read: a reader sees each number as it is, not all
/// of them at one instant.
// Sendable: the pointer never changes, and everything behind it is atomic.
package final class AtomicCells: @unchecked Sendable {
    private let cells: UnsafeMutablePointer<Atomic<UInt64>>
    package let count: Int

    package init(_ count: Int) {
        self.count = count
        cells = .allocate(capacity: count)
        for index in 0..<count { (cells + index).initialize(to: Atomic(0)) }
    }

    deinit {
        cells.deinitialize(count: count)
        cells.deallocate()
    }

    package func add(_ amount: UInt64, at index: Int) {
        guard index < count else { return }
        cells[index].wrappingAdd(amount, ordering: .relaxed)
    }

    package subscript(index: Int) -> UInt64 {
        index < count ? cells[index].load(ordering: .relaxed) : 0
    }
}

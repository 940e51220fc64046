import Synchronization

/// The values of the labels that tell one series of a metric from the others.
package protocol MetricLabels: Hashable, Sendable {
    /// In the order of the metric's label names.
    var values: [String] { get }
}

/// Labels without a type of their own, for what happens seldom.
package struct LabelValues: MetricLabels {
    package let values: [String]

    package init(_ values: String...) { self.values = values }
    package init(_ values: [String]) { self.values = values }
}

/// Cells by their labels, found and made without a lock. What clients can invent is bounded: when the table is full,
/// whatever else comes shares one cell.
package final class SeriesTable<Key: MetricLabels, Cell: AnyObject & Sendable>: Sendable {
    private final class Series: Sendable {
        let key: Key
        let cell: Cell

        init(_ key: Key, _ cell: Cell) {
            self.key = key
            self.cell = cell
        }
    }

    private final class Slot: Sendable {
        let series = AtomicLazyReference<Series>()
    }

    /// How far a key is looked for from its place.
    private static var probes: Int { 24 }

    private let slots: [Slot]
    private let limit: Int
    private let used = Atomic<Int>(0)
    private let make: @Sendable () -> Cell
    private let others: Cell

    /// - Parameter capacity: rounded up to a power of two; three quarters of it are used.
    package init(capacity: Int, make: @escaping @Sendable () -> Cell) {
        var size = 16
        while size < capacity { size *= 2 }
        slots = (0..<size).map { _ in Slot() }
        limit = size / 4 * 3
        self.make = make
        others = make()
    }

    /// The cell of labels that were seen before.
    package func known(_ key: Key) -> Cell? {
        var index = key.hashValue & (slots.count - 1)
        for _ in 0..<Self.probes {
            guard let series = slots[index].series.load() else { return nil }
            if series.key == key { return series.cell }
            index = (index + 1) & (slots.count - 1)
        }
        return nil
    }

    /// The cell of some labels, made when they are new.
    package func cell(_ key: Key) -> Cell {
        var index = key.hashValue & (slots.count - 1)
        for _ in 0..<Self.probes {
            let slot = slots[index]
            if let series = slot.series.load() {
                if series.key == key { return series.cell }
            } else {
                guard used.load(ordering: .relaxed) < limit else { return others }
                let made = Series(key, make())
                let settled = slot.series.storeIfNil(made)
                if settled === made { used.wrappingAdd(1, ordering: .relaxed) }
                if settled.key == key { return settled.cell }
            }
            index = (index + 1) & (slots.count - 1)
        }
        return others
    }

    /// All series there are, in no order; the shared one without labels.
    package var all: [(key: Key?, cell: Cell)] {
        slots.compactMap { $0.series.load() }.map { ($0.key, $0.cell) }
            + (used.load(ordering: .relaxed) < limit ? [] : [(nil, others)])
    }
}

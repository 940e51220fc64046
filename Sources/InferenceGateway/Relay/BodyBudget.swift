import Synchronization

/// Bounds the memory that the bodies of all requests together take while they are read and while they wait.
final class BodyBudget: Sendable {
    /// A part of it, given back when it is let go of.
    final class Share: Sendable {
        private let budget: BodyBudget
        private let bytes: Atomic<Int>

        fileprivate init(_ budget: BodyBudget, _ bytes: Int) {
            self.budget = budget
            self.bytes = Atomic(bytes)
        }

        deinit { budget.used.wrappingSubtract(bytes.load(ordering: .relaxed), ordering: .relaxed) }

        /// It is less than was expected.
        func shrink(to count: Int) {
            let before = bytes.exchange(count, ordering: .relaxed)
            budget.used.wrappingSubtract(before - count, ordering: .relaxed)
        }
    }

    private let limit: Int
    private let used = Atomic<Int>(0)

    init(limit: Int) { self.limit = limit }

    /// - Returns: nil where there is not so much left.
    func take(_ bytes: Int) -> Share? {
        let after = used.wrappingAdd(bytes, ordering: .relaxed).newValue
        guard after <= limit else {
            used.wrappingSubtract(bytes, ordering: .relaxed)
            return nil
        }
        return Share(self, bytes)
    }
}

/// Waiting pods in the order in which they are to be tried: by priority, then by age. A heap that knows each pod's
/// place, so that taking the next one, adding and removing all cost a few steps however many wait.
package struct WaitingPods<Element> {
    package struct Rank: Comparable {
        let priority: Int32
        /// Grows with the time at which the pod came.
        let order: UInt64

        package init(priority: Int32, order: UInt64) {
            self.priority = priority
            self.order = order
        }

        package static func < (left: Rank, right: Rank) -> Bool {
            left.priority == right.priority ? left.order < right.order : left.priority > right.priority
        }
    }

    private var heap: [(uid: String, rank: Rank)] = []
    private var elements: [String: (element: Element, index: Int)] = [:]

    package init() {}

    package var isEmpty: Bool { heap.isEmpty }
    package var count: Int { heap.count }
    package var first: Element? { heap.first.flatMap { elements[$0.uid]?.element } }
    package subscript(uid: String) -> Element? { elements[uid]?.element }

    /// Changes an element that keeps its rank; false where there is none.
    package mutating func update(uid: String, _ change: (inout Element) -> Void) -> Bool {
        guard var entry = elements[uid] else { return false }
        change(&entry.element)
        elements[uid] = entry
        return true
    }

    package mutating func insert(_ element: Element, uid: String, rank: Rank) {
        remove(uid: uid)
        heap.append((uid, rank))
        elements[uid] = (element, heap.count - 1)
        rise(heap.count - 1)
    }

    @discardableResult
    package mutating func remove(uid: String) -> Element? {
        guard let (element, index) = elements.removeValue(forKey: uid) else { return nil }
        let last = heap.removeLast()
        if index < heap.count {
            heap[index] = last
            elements[last.uid]?.index = index
            rise(index)
            sink(index)
        }
        return element
    }

    package mutating func popFirst() -> Element? {
        heap.first.flatMap { remove(uid: $0.uid) }
    }

    private mutating func rise(_ start: Int) {
        var index = start
        while index > 0, heap[index].rank < heap[(index - 1) / 2].rank {
            swap(index, (index - 1) / 2)
            index = (index - 1) / 2
        }
    }

    private mutating func sink(_ start: Int) {
        var index = start
        while true {
            var first = index
            for child in [2 * index + 1, 2 * index + 2]
            where child < heap.count && heap[child].rank < heap[first].rank { first = child }
            if first == index { return }
            swap(index, first)
            index = first
        }
    }

    private mutating func swap(_ left: Int, _ right: Int) {
        heap.swapAt(left, right)
        elements[heap[left].uid]?.index = left
        elements[heap[right].uid]?.index = right
    }
}

extension WaitingPods: Sendable where Element: Sendable {}

/// The queues where requests wait, the one whose first request would finish first in virtual time in front.
///
/// A binary heap that knows where each queue is, so that a changed queue is put in order again in logarithmic time.
struct FinishOrder: Sendable {
    struct Key: Sendable {
        let finish: Double
        /// When the queue last had its turn: of equal queues, the one that waited longest is next.
        let turn: UInt64

        static func < (left: Key, right: Key) -> Bool {
            left.finish == right.finish ? left.turn < right.turn : left.finish < right.finish
        }
    }

    private var heap: [Int] = []
    private var keys: [Key] = []
    /// Where a queue is in the heap; -1 for none.
    private var positions: [Int] = []

    var first: Int? { heap.first }

    mutating func set(_ queue: Int, _ key: Key) {
        while positions.count <= queue {
            positions.append(-1)
            keys.append(Key(finish: 0, turn: 0))
        }
        keys[queue] = key
        if positions[queue] < 0 {
            positions[queue] = heap.count
            heap.append(queue)
        }
        settle(positions[queue])
    }

    mutating func remove(_ queue: Int) {
        guard queue < positions.count, positions[queue] >= 0 else { return }
        let position = positions[queue]
        positions[queue] = -1
        guard let last = heap.popLast(), last != queue else { return }
        heap[position] = last
        positions[last] = position
        settle(position)
    }

    private mutating func settle(_ start: Int) {
        var position = start
        while position > 0, isBefore(position, (position - 1) / 2) {
            swap(position, (position - 1) / 2)
            position = (position - 1) / 2
        }
        while true {
            var least = position
            let child = 2 * position + 1
            if child < heap.count, isBefore(child, least) { least = child }
            if child + 1 < heap.count, isBefore(child + 1, least) { least = child + 1 }
            if least == position { return }
            swap(position, least)
            position = least
        }
    }

    private func isBefore(_ left: Int, _ right: Int) -> Bool { keys[heap[left]] < keys[heap[right]] }

    private mutating func swap(_ left: Int, _ right: Int) {
        heap.swapAt(left, right)
        positions[heap[left]] = left
        positions[heap[right]] = right
    }
}

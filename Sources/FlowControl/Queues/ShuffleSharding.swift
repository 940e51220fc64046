/// Deals a flow a hand of queues: the same flow the same hand, two flows hardly ever the same one.
///
/// A flow that fills its queues hits another in some of its hand only (KEP-1040, shuffle sharding).
package enum ShuffleSharding {
    /// - Parameters:
    ///   - flow: evenly distributed.
    ///   - hand: receives distinct numbers below `queues`, in ascending order.
    package static func deal(_ flow: UInt64, queues: Int, handSize: Int, into hand: inout [Int]) {
        hand.removeAll(keepingCapacity: true)
        var rest = flow
        for dealt in 0..<min(handSize, queues) {
            let left = UInt64(queues - dealt)
            var card = Int(rest % left)
            rest /= left
            // The card is one of those left: count past the ones dealt before.
            var position = 0
            while position < hand.count, hand[position] <= card {
                card += 1
                position += 1
            }
            hand.insert(card, at: position)
        }
    }
}

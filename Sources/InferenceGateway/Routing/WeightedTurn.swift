import Synchronization

/// Divides requests between backends by weight, evenly: of any hundred in a row a weight of one in a hundred gets one or
/// nearly so, with nothing left to chance.
///
/// The turns are multiples of the golden ratio, whose fractions lie more evenly than those of any other number.
final class WeightedTurn: Sendable {
    private let turn = Atomic<UInt64>(0)

    /// - Returns: the place of the chosen weight; nil where none is above zero.
    func next(_ weights: [Int]) -> Int? {
        let total = weights.reduce(0, +)
        guard total > 0 else { return nil }
        if weights.count == 1 { return 0 }
        let number = turn.wrappingAdd(1, ordering: .relaxed).oldValue
        // The fraction in 64 bits: 2^64 divided by the golden ratio.
        let fraction = number &* 0x9E37_79B9_7F4A_7C15
        var place = Int(fraction.multipliedFullWidth(by: UInt64(total)).high)
        for (index, weight) in weights.enumerated() {
            place -= weight
            if place < 0 { return index }
        }
        return nil
    }
}

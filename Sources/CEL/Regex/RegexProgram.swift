/// A pattern as instructions over the bytes of UTF-8.
struct RegexProgram: Sendable {
    enum Instruction: Sendable {
        /// Goes on when the next byte is in a range.
        case byte(UInt8, UInt8, next: Int32)
        /// Both, the first preferred.
        case split(Int32, Int32)
        case jump(Int32)
        case assertion(RegexNode.Assertion, next: Int32)
        case match
    }

    var instructions: [Instruction] = []
    var start: Int32 = 0
}

/// Turns a parsed pattern into instructions. Their number is bounded.
struct RegexCompiler {
    static let maximumInstructions = 50_000

    private let pattern: String
    private var program = RegexProgram()

    init(_ pattern: String) {
        self.pattern = pattern
    }

    mutating func compile(_ node: RegexNode) throws(LinearRegexError) -> RegexProgram {
        let match = try add(.match)
        program.start = try compile(node, next: match)
        return program
    }

    private mutating func add(_ instruction: RegexProgram.Instruction) throws(LinearRegexError) -> Int32 {
        guard program.instructions.count < Self.maximumInstructions else {
            throw LinearRegexError("expression too large", pattern)
        }
        program.instructions.append(instruction)
        return Int32(program.instructions.count - 1)
    }

    /// Writes a node that goes on at `next`.
    ///
    /// - Returns: where the node begins.
    private mutating func compile(_ node: RegexNode, next: Int32) throws(LinearRegexError) -> Int32 {
        switch node {
        case .empty: return next
        case .scalars(let set): return try compile(set, next: next)
        case .assertion(let kind): return try add(.assertion(kind, next: next))
        case .sequence(let nodes):
            var place = next
            for node in nodes.reversed() { place = try compile(node, next: place) }
            return place
        case .choice(let nodes):
            var places: [Int32] = []
            for node in nodes { places.append(try compile(node, next: next)) }
            return try choose(places)
        case .repetition(let inner, let minimum, let maximum, let isGreedy):
            return try compile(inner, minimum, maximum, isGreedy, next: next)
        }
    }

    /// The first that fits, in the order given.
    private mutating func choose(_ places: [Int32]) throws(LinearRegexError) -> Int32 {
        var place = places[places.count - 1]
        for other in places.dropLast().reversed() { place = try add(.split(other, place)) }
        return place
    }

    private mutating func compile(
        _ inner: RegexNode, _ minimum: Int, _ maximum: Int?, _ isGreedy: Bool, next: Int32
    ) throws(LinearRegexError) -> Int32 {
        var place = next
        if let maximum {
            for _ in minimum..<max(minimum, maximum) {
                let body = try compile(inner, next: place)
                place = try add(isGreedy ? .split(body, next) : .split(next, body))
            }
        } else {
            // A loop: the split is written first, to be completed when its body is known.
            let loop = try add(.jump(next))
            let body = try compile(inner, next: loop)
            program.instructions[Int(loop)] = isGreedy ? .split(body, next) : .split(next, body)
            place = loop
        }
        for _ in 0..<minimum { place = try compile(inner, next: place) }
        return place
    }

    // MARK: UTF-8

    private mutating func compile(_ set: ScalarSet, next: Int32) throws(LinearRegexError) -> Int32 {
        var places: [Int32] = []
        for range in set.ranges {
            for sequence in UTF8Ranges.split(range) {
                var place = next
                for bytes in sequence.reversed() {
                    place = try add(.byte(bytes.lowerBound, bytes.upperBound, next: place))
                }
                places.append(place)
            }
        }
        // Nothing fits an empty set: a range no byte is in.
        if places.isEmpty { return try add(.byte(1, 0, next: next)) }
        return try choose(places)
    }
}

/// Ranges of code points as sequences of ranges of bytes.
enum UTF8Ranges {
    static func split(_ range: ClosedRange<UInt32>) -> [[ClosedRange<UInt8>]] {
        var result: [[ClosedRange<UInt8>]] = []
        let limits: [UInt32] = [0x7F, 0x7FF, 0xFFFF, 0x10FFFF]
        var low = range.lowerBound
        for limit in limits where low <= range.upperBound && low <= limit {
            add(low, min(limit, range.upperBound), &result)
            low = limit + 1
        }
        return result
    }

    /// Splits where a byte that is not the last changes while those behind it do not go through all values.
    private static func add(_ low: UInt32, _ high: UInt32, _ result: inout [[ClosedRange<UInt8>]]) {
        if high <= 0x7F {
            result.append([UInt8(low)...UInt8(high)])
            return
        }
        for length in 1..<4 {
            let mask = (UInt32(1) << (6 * UInt32(length))) - 1
            guard low & ~mask != high & ~mask else { continue }
            if low & mask != 0 {
                add(low, low | mask, &result)
                add((low | mask) + 1, high, &result)
                return
            }
            if high & mask != mask {
                add(low, (high & ~mask) - 1, &result)
                add(high & ~mask, high, &result)
                return
            }
        }
        result.append(zip(encode(low), encode(high)).map { $0...$1 })
    }

    private static func encode(_ value: UInt32) -> [UInt8] {
        switch value {
        case ...0x7F: [UInt8(value)]
        case ...0x7FF: [UInt8(0xC0 | value >> 6), UInt8(0x80 | value & 0x3F)]
        case ...0xFFFF:
            [UInt8(0xE0 | value >> 12), UInt8(0x80 | value >> 6 & 0x3F), UInt8(0x80 | value & 0x3F)]
        default:
            [
                UInt8(0xF0 | value >> 18), UInt8(0x80 | value >> 12 & 0x3F), UInt8(0x80 | value >> 6 & 0x3F),
                UInt8(0x80 | value & 0x3F),
            ]
        }
    }
}

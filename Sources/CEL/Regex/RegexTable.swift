/// A small program as a table: one look-up for each byte of the text says whether it fits.
///
/// Made when the pattern is compiled, or not at all: patterns with many states, or with assertions that look at
/// neighbours, are simulated instead.
struct RegexTable: Sendable {
    private static let maximumStates = 256
    private static let maximumWork = 200_000
    private static let dead: UInt16 = 0

    /// The class of each byte.
    private let classes: [UInt8]
    private let classCount: Int
    private let transitions: [UInt16]
    private let isMatch: [Bool]
    private let isMatchAtEnd: [Bool]
    private let start: UInt16

    func matches(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var state = start
        if isMatch[Int(state)] { return true }
        for byte in bytes {
            state = transitions[Int(state) * classCount + Int(classes[Int(byte)])]
            if state == Self.dead { return false }
            if isMatch[Int(state)] { return true }
        }
        return isMatchAtEnd[Int(state)]
    }

    init?(_ program: RegexProgram) {
        var builder = Builder(program)
        guard builder.build() else { return nil }
        classes = builder.classes
        classCount = builder.representatives.count
        transitions = builder.transitions
        isMatch = builder.states.map(builder.isMatch)
        isMatchAtEnd = builder.states.map(builder.isMatchAtEnd)
        start = builder.start
    }

    /// Finds the sets of instructions that can be reached together.
    private struct Builder {
        let program: RegexProgram
        var classes = [UInt8](repeating: 0, count: 256)
        /// One byte of each class.
        var representatives: [UInt8] = []
        /// The first is the empty one, from which nothing fits.
        var states: [[Int32]] = [[]]
        var transitions: [UInt16] = []
        var start: UInt16 = 0
        private var places: [[Int32]: UInt16] = [[]: 0]
        private var work = 0

        init(_ program: RegexProgram) {
            self.program = program
        }

        mutating func build() -> Bool {
            for instruction in program.instructions {
                if case .assertion(let kind, _) = instruction, kind != .textBegin, kind != .textEnd { return false }
            }
            makeClasses()
            let initial = closure([program.start], atBegin: true)
            // What can begin anywhere later.
            let restart = closure([program.start], atBegin: false)
            guard let first = place(initial) else { return false }
            start = first
            transitions = Array(repeating: RegexTable.dead, count: representatives.count)
            var index = 1
            while index < states.count {
                let state = states[index]
                for byte in representatives {
                    var targets: [Int32] = []
                    for place in state {
                        if case .byte(let low, let high, let next) = program.instructions[Int(place)],
                            byte >= low, byte <= high
                        {
                            targets.append(next)
                        }
                    }
                    let merged = Set(closure(targets, atBegin: false)).union(restart).sorted()
                    work += merged.count + state.count
                    guard work <= RegexTable.maximumWork, let target = place(merged) else { return false }
                    transitions.append(target)
                }
                index += 1
            }
            return true
        }

        private mutating func makeClasses() {
            var isBoundary = [Bool](repeating: false, count: 257)
            for instruction in program.instructions {
                if case .byte(let low, let high, _) = instruction, low <= high {
                    isBoundary[Int(low)] = true
                    isBoundary[Int(high) + 1] = true
                }
            }
            representatives = [0]
            for byte in 0..<256 {
                if byte > 0, isBoundary[byte] { representatives.append(UInt8(byte)) }
                classes[byte] = UInt8(representatives.count - 1)
            }
        }

        private mutating func place(_ state: [Int32]) -> UInt16? {
            if let known = places[state] { return known }
            guard states.count < RegexTable.maximumStates else { return nil }
            places[state] = UInt16(states.count)
            states.append(state)
            return UInt16(states.count - 1)
        }

        /// The instructions reached without a byte; assertions of the end stay in, to be looked at when it comes.
        private func closure(_ begin: [Int32], atBegin: Bool, atEnd: Bool = false) -> [Int32] {
            var reached: Set<Int32> = []
            var kept: [Int32] = []
            var stack = begin
            while let place = stack.popLast() {
                guard reached.insert(place).inserted else { continue }
                switch program.instructions[Int(place)] {
                case .byte, .match: kept.append(place)
                case .jump(let target): stack.append(target)
                case .split(let first, let second): stack += [first, second]
                case .assertion(.textBegin, let target):
                    if atBegin { stack.append(target) }
                case .assertion(_, let target):
                    if atEnd { stack.append(target) } else { kept.append(place) }
                }
            }
            return kept.sorted()
        }

        func isMatch(_ state: [Int32]) -> Bool {
            state.contains { if case .match = program.instructions[Int($0)] { true } else { false } }
        }

        func isMatchAtEnd(_ state: [Int32]) -> Bool {
            isMatch(closure(state, atBegin: false, atEnd: true))
        }
    }
}

/// Follows all ways through a program at once, in the order of preference: time is bounded by the length of the text
/// times the length of the program.
///
/// Source: Pike's algorithm, as Cox describes it ("Regular Expression Matching: the Virtual Machine Approach").
struct RegexThreads {
    private struct Thread {
        let instruction: Int32
        let start: Int
    }

    private let program: RegexProgram
    private var current: [Thread] = []
    private var next: [Thread] = []
    /// The step an instruction was last reached in, so that it is followed once.
    private var reached: [Int]
    private var stack: [Int32] = []
    private var step = 0

    init(_ program: RegexProgram) {
        self.program = program
        reached = Array(repeating: -1, count: program.instructions.count)
    }

    /// - Parameter stopsAtFirst: any match will do.
    mutating func find(
        _ bytes: UnsafeBufferPointer<UInt8>, from begin: Int, stopsAtFirst: Bool
    ) -> Range<Int>? {
        current.removeAll(keepingCapacity: true)
        step += 1
        var found: Range<Int>?
        var position = begin
        while position <= bytes.count {
            // A later beginning is only of interest while nothing was found.
            if found == nil { add(program.start, start: position, at: position, bytes, toNext: false) }
            if current.isEmpty, found != nil { break }
            step += 1
            next.removeAll(keepingCapacity: true)
            let byte = position < bytes.count ? bytes[position] : nil
            threads: for thread in current {
                switch program.instructions[Int(thread.instruction)] {
                case .byte(let low, let high, let target):
                    if let byte, byte >= low, byte <= high {
                        add(target, start: thread.start, at: position + 1, bytes, toNext: true)
                    }
                case .match:
                    found = thread.start..<position
                    // What comes later in the list is less preferred.
                    break threads
                case .split, .jump, .assertion: break
                }
            }
            if stopsAtFirst, found != nil { return found }
            (current, next) = (next, current)
            position += 1
        }
        return found
    }

    /// Follows an instruction to those that take a byte.
    private mutating func add(
        _ instruction: Int32, start: Int, at position: Int, _ bytes: UnsafeBufferPointer<UInt8>, toNext: Bool
    ) {
        stack.append(instruction)
        while let place = stack.popLast() {
            guard reached[Int(place)] != step else { continue }
            reached[Int(place)] = step
            switch program.instructions[Int(place)] {
            case .byte, .match:
                if toNext {
                    next.append(Thread(instruction: place, start: start))
                } else {
                    current.append(Thread(instruction: place, start: start))
                }
            case .jump(let target): stack.append(target)
            case .split(let first, let second):
                stack.append(second)
                stack.append(first)
            case .assertion(let kind, let target):
                if Self.holds(kind, at: position, bytes) { stack.append(target) }
            }
        }
    }

    private static func holds(
        _ kind: RegexNode.Assertion, at position: Int, _ bytes: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        switch kind {
        case .textBegin: return position == 0
        case .textEnd: return position == bytes.count
        case .lineBegin: return position == 0 || bytes[position - 1] == 0x0A
        case .lineEnd: return position == bytes.count || bytes[position] == 0x0A
        case .wordBoundary, .noWordBoundary:
            let before = position > 0 && isWord(bytes[position - 1])
            let behind = position < bytes.count && isWord(bytes[position])
            return (before != behind) == (kind == .wordBoundary)
        }
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A: true
        default: false
        }
    }
}

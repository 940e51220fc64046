/// Reads a pattern. Depth and repetition are bounded.
struct RegexParser {
    struct Flags {
        var ignoresCase = false
        var isMultiline = false
        var dotMatchesNewline = false
        var isUngreedy = false
    }

    static let maximumRepetition = 1000
    static let maximumDepth = 250

    private let text: String
    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var flags = Flags()
    private var depth = 0
    private var names: Set<String> = []

    init(_ text: String) {
        self.text = text
        scalars = Array(text.unicodeScalars)
    }

    mutating func parse() throws(LinearRegexError) -> RegexNode {
        let node = try choice()
        if position < scalars.count { throw error("unexpected )", text) }
        try checkRepetition(node, factor: 1)
        return node
    }

    private func error(_ code: String, _ part: String) -> LinearRegexError { LinearRegexError(code, part) }

    private func part(_ start: Int) -> String { Text.string(scalars[start..<min(position, scalars.count)]) }

    private func peek(_ distance: Int = 0) -> Unicode.Scalar? {
        position + distance < scalars.count ? scalars[position + distance] : nil
    }

    private mutating func accept(_ scalar: Unicode.Scalar) -> Bool {
        guard peek() == scalar else { return false }
        position += 1
        return true
    }

    private mutating func accept(word: String) -> Bool {
        let wanted = Array(word.unicodeScalars)
        guard position + wanted.count <= scalars.count,
            scalars[position..<position + wanted.count].elementsEqual(wanted)
        else { return false }
        position += wanted.count
        return true
    }

    /// Nested repetitions multiply; their product is bounded as well.
    private func checkRepetition(_ node: RegexNode, factor: Int) throws(LinearRegexError) {
        switch node {
        case .repetition(let inner, let minimum, let maximum, _):
            let count = maximum ?? minimum
            let product = count > 1 ? factor * count : factor
            if product > Self.maximumRepetition { throw error("invalid repeat count", text) }
            try checkRepetition(inner, factor: product)
        case .sequence(let nodes), .choice(let nodes):
            for node in nodes { try checkRepetition(node, factor: factor) }
        case .empty, .scalars, .assertion: break
        }
    }

    private mutating func choice() throws(LinearRegexError) -> RegexNode {
        depth += 1
        defer { depth -= 1 }
        if depth > Self.maximumDepth { throw error("expression nests too deeply", text) }
        var options = [try sequence()]
        while accept("|") { options.append(try sequence()) }
        return options.count == 1 ? options[0] : .choice(options)
    }

    private mutating func sequence() throws(LinearRegexError) -> RegexNode {
        var nodes: [RegexNode] = []
        var lastRepetition: Int?
        while let scalar = peek(), scalar != "|", scalar != ")" {
            let start = position
            if let bounds = try repetition() {
                let isLazy = accept("?")
                guard let inner = nodes.popLast() else {
                    throw error("missing argument to repetition operator", part(start))
                }
                if let lastRepetition { throw error("invalid nested repetition operator", part(lastRepetition)) }
                lastRepetition = start
                nodes.append(
                    .repetition(
                        inner, minimum: bounds.minimum, maximum: bounds.maximum,
                        isGreedy: isLazy == flags.isUngreedy))
                continue
            }
            lastRepetition = nil
            try nodes.append(contentsOf: atom())
        }
        return nodes.count == 1 ? nodes[0] : (nodes.isEmpty ? .empty : .sequence(nodes))
    }

    /// `*`, `+`, `?`, `{2}`, `{2,}`, `{2,5}`; a brace that is none of these is text.
    private mutating func repetition() throws(LinearRegexError) -> (minimum: Int, maximum: Int?)? {
        if accept("*") { return (0, nil) }
        if accept("+") { return (1, nil) }
        if accept("?") { return (0, 1) }
        let start = position
        guard accept("{"), let minimum = number() else {
            position = start
            return nil
        }
        var maximum: Int? = minimum
        if accept(",") { maximum = peek() == "}" ? nil : number() ?? -1 }
        guard accept("}"), maximum != -1 else {
            position = start
            return nil
        }
        if minimum > Self.maximumRepetition || (maximum ?? 0) > Self.maximumRepetition || minimum > maximum ?? .max {
            throw error("invalid repeat count", part(start))
        }
        return (minimum, maximum)
    }

    private mutating func number() -> Int? {
        let start = position
        while let scalar = peek(), ("0"..."9").contains(scalar) { position += 1 }
        guard position > start, position - start == 1 || scalars[start] != "0" else { return nil }
        return Int(part(start)) ?? .max
    }

    // MARK: Atoms

    private mutating func atom() throws(LinearRegexError) -> [RegexNode] {
        let start = position
        guard let scalar = peek() else { return [] }
        position += 1
        switch scalar {
        case "(": return try group(start)
        case "[": return [.scalars(try bracket(start))]
        case ".": return [.scalars(flags.dotMatchesNewline ? .all : .notNewline)]
        case "^": return [.assertion(flags.isMultiline ? .lineBegin : .textBegin)]
        case "$": return [.assertion(flags.isMultiline ? .lineEnd : .textEnd)]
        case "\\": return try escape(start)
        default: return [literal(scalar.value)]
        }
    }

    private func literal(_ value: UInt32) -> RegexNode {
        .scalars(flags.ignoresCase ? ScalarSet(value).folded : ScalarSet(value))
    }

    private mutating func group(_ start: Int) throws(LinearRegexError) -> [RegexNode] {
        let outer = flags
        if accept("?") {
            if accept(word: "P<") || (peek() == "<" && peek(1) != "=" && peek(1) != "!" && accept("<")) {
                try name(start)
            } else if try flagsOnly(start) {
                return []
            }
        }
        let inner = try choice()
        guard accept(")") else { throw error("missing closing )", text) }
        flags = outer
        return [inner]
    }

    private mutating func name(_ start: Int) throws(LinearRegexError) {
        let begin = position
        while let scalar = peek(), scalar != ">" {
            guard ScalarSet.words.contains(scalar) else { break }
            position += 1
        }
        let name = part(begin)
        guard !name.isEmpty, accept(">") else { throw error("invalid named capture", part(start)) }
        if !names.insert(name).inserted { throw error("duplicate capture group name", name) }
    }

    /// `(?i)` changes what follows and is complete; `(?i:` opens a group.
    private mutating func flagsOnly(_ start: Int) throws(LinearRegexError) -> Bool {
        var changed = flags
        var isOn = true
        var hasFlag = false
        while let scalar = peek() {
            position += 1
            switch scalar {
            case "i": changed.ignoresCase = isOn
            case "m": changed.isMultiline = isOn
            case "s": changed.dotMatchesNewline = isOn
            case "U": changed.isUngreedy = isOn
            case "-" where isOn:
                isOn = false
                hasFlag = false
                continue
            case ":", ")":
                if !isOn, !hasFlag { throw error("invalid or unsupported Perl syntax", part(start)) }
                flags = changed
                return scalar == ")"
            default: throw error("invalid or unsupported Perl syntax", part(start))
            }
            hasFlag = true
        }
        throw error("missing closing )", text)
    }

    private mutating func escape(_ start: Int) throws(LinearRegexError) -> [RegexNode] {
        guard let scalar = peek() else { throw error("trailing backslash at end of expression", "") }
        switch scalar {
        case "A", "z", "b", "B":
            position += 1
            let kinds: [Unicode.Scalar: RegexNode.Assertion] = [
                "A": .textBegin, "z": .textEnd, "b": .wordBoundary, "B": .noWordBoundary,
            ]
            return kinds[scalar].map { [.assertion($0)] } ?? []
        case "Q":
            position += 1
            var nodes: [RegexNode] = []
            while let next = peek() {
                if accept(word: "\\E") { break }
                position += 1
                nodes.append(literal(next.value))
            }
            return nodes
        default: break
        }
        if let set = try classEscape(start) { return [.scalars(flags.ignoresCase ? set.folded : set)] }
        return [literal(try scalarEscape(start))]
    }

    /// `\d`, `\W`, `\pL`, `\p{Greek}`, `\P{^N}`
    private mutating func classEscape(_ start: Int) throws(LinearRegexError) -> ScalarSet? {
        guard let scalar = peek() else { return nil }
        let simple: [Unicode.Scalar: ScalarSet] = ["d": .digits, "w": .words, "s": .spaces]
        if let set = simple[scalar] {
            position += 1
            return set
        }
        if let lower = Unicode.Scalar(scalar.value | 0x20), "DWS".unicodeScalars.contains(scalar),
            let set = simple[lower]
        {
            position += 1
            return set.inverted
        }
        guard scalar == "p" || scalar == "P" else { return nil }
        position += 1
        var isNegated = scalar == "P"
        var name = ""
        if accept("{") {
            if accept("^") { isNegated.toggle() }
            let begin = position
            while let next = peek(), next != "}" {
                _ = next
                position += 1
            }
            name = part(begin)
            guard accept("}") else { throw error("invalid character class range", part(start)) }
        } else if let next = peek() {
            position += 1
            name = String(Character(next))
        }
        guard let set = UnicodeClasses.find(name) else { throw error("invalid character class range", part(start)) }
        return isNegated ? set.inverted : set
    }

    /// `\n`, `\x41`, `\x{1F600}`, `\123`, and punctuation.
    private mutating func scalarEscape(_ start: Int) throws(LinearRegexError) -> UInt32 {
        guard let scalar = peek() else { throw error("trailing backslash at end of expression", "") }
        position += 1
        let named: [Unicode.Scalar: UInt32] = ["a": 7, "f": 12, "t": 9, "n": 10, "r": 13, "v": 11]
        if let value = named[scalar] { return value }
        switch scalar {
        case "1"..."7":
            // One digit alone would be a back reference.
            guard let next = peek(), ("0"..."7").contains(next) else { break }
            return octal(scalar)
        case "0": return octal(scalar)
        case "x":
            if let value = hexadecimal() { return value }
        default:
            if scalar.value < 0x80, !ScalarSet.words.contains(scalar) { return scalar.value }
        }
        throw error("invalid escape sequence", part(start))
    }

    private mutating func octal(_ first: Unicode.Scalar) -> UInt32 {
        var value = first.value - 0x30
        for _ in 0..<2 {
            guard let next = peek(), ("0"..."7").contains(next) else { break }
            value = value * 8 + next.value - 0x30
            position += 1
        }
        return value
    }

    private mutating func hexadecimal() -> UInt32? {
        func digit(_ scalar: Unicode.Scalar?) -> UInt32? {
            scalar.flatMap { $0.isASCII ? Escape.digit(UInt8($0.value)) : nil }
        }
        if accept("{") {
            var value: UInt32 = 0
            var count = 0
            while let next = digit(peek()) {
                value = value * 16 + next
                count += 1
                position += 1
                if value > ScalarSet.maximum { return nil }
            }
            return accept("}") && count > 0 ? value : nil
        }
        guard let high = digit(peek()), let low = digit(peek(1)) else { return nil }
        position += 2
        return high * 16 + low
    }

    // MARK: Brackets

    private mutating func bracket(_ start: Int) throws(LinearRegexError) -> ScalarSet {
        let isNegated = accept("^")
        var ranges: [ClosedRange<UInt32>] = []
        var isFirst = true
        while isFirst || peek() != "]" {
            guard let scalar = peek() else {
                throw error("missing closing ]", Text.string(scalars[start...]))
            }
            isFirst = false
            if scalar == "[", peek(1) == ":", let set = try named() {
                ranges += set.ranges
                continue
            }
            let begin = position
            if scalar == "\\" {
                position += 1
                if let set = try classEscape(begin) {
                    ranges += set.ranges
                    continue
                }
                position = begin
            }
            ranges.append(try range(start))
        }
        position += 1
        var set = ScalarSet(ranges)
        if flags.ignoresCase { set = set.folded }
        return isNegated ? set.inverted : set
    }

    /// `[:alpha:]`; `nil` when the colon is just a colon.
    private mutating func named() throws(LinearRegexError) -> ScalarSet? {
        let start = position
        position += 2
        let isNegated = accept("^")
        let begin = position
        while let scalar = peek(), scalar != ":", scalar != "]" {
            _ = scalar
            position += 1
        }
        let name = part(begin)
        guard accept(word: ":]") else {
            position = start
            return nil
        }
        guard let set = ScalarSet.posix[name] else { throw error("invalid character class range", part(start)) }
        return isNegated ? set.inverted : set
    }

    private mutating func range(_ bracketStart: Int) throws(LinearRegexError) -> ClosedRange<UInt32> {
        let start = position
        let low = try bound(bracketStart)
        guard peek() == "-", let next = peek(1), next != "]" else { return low...low }
        position += 1
        let high = try bound(bracketStart)
        if high < low { throw error("invalid character class range", part(start)) }
        return low...high
    }

    private mutating func bound(_ bracketStart: Int) throws(LinearRegexError) -> UInt32 {
        guard let scalar = peek() else { throw error("missing closing ]", Text.string(scalars[bracketStart...])) }
        let start = position
        position += 1
        return scalar == "\\" ? try scalarEscape(start) : scalar.value
    }
}

extension ScalarSet {
    fileprivate func contains(_ scalar: Unicode.Scalar) -> Bool { ranges.contains { $0.contains(scalar.value) } }
}

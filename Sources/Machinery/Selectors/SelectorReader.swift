extension Selector {
    /// Reads `app=web,tier in (front, back),!canary,env!=dev,size>3`. An empty text matches everything.
    package init(parsing text: String) throws(SelectorError) {
        var reader = SelectorReader(text)
        try self.init(reader.read())
    }
}

/// Splits the text of a selector into tokens and these into requirements.
struct SelectorReader {
    private enum Token: Hashable {
        case identifier(String)
        /// `in` and `notin`: keywords after a key, plain words elsewhere.
        case word(String)
        case symbol(String)
        case unknown(String)
        case end

        var text: String {
            switch self {
            case .identifier(let text), .word(let text), .symbol(let text): text
            case .unknown(let text): "error expected: keyword found '\(text)'"
            case .end: ""
            }
        }

        /// The word, where a name or a value may stand.
        var name: String? {
            switch self {
            case .identifier(let text), .word(let text): text
            case .symbol, .unknown, .end: nil
            }
        }
    }

    private static let operations: [String: Selector.Operation] = [
        "=": .equals, "==": .doubleEquals, "!=": .notEquals, ">": .greaterThan, "<": .lessThan, "in": .in,
        "notin": .notIn,
    ]

    private let tokens: [Token]
    private var position = 0

    init(_ text: String) {
        tokens = Self.tokens(Array(text.utf8))
    }

    private static let symbols: Set<String> = ["=", "==", "!=", "!", ">", "<", "(", ")", ","]
    private static let symbolBytes = ASCIIClass("=!(),><")

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }

    private static func tokens(_ bytes: [UInt8]) -> [Token] {
        var tokens: [Token] = []
        var index = 0
        while index < bytes.count {
            if isSpace(bytes[index]) {
                index += 1
                continue
            }
            let start = index
            index += 1
            if symbolBytes.contains(bytes[start]) {
                // The longest known run wins: `==` before `=`.
                if index < bytes.count, symbols.contains(String(decoding: bytes[start...index], as: UTF8.self)) {
                    index += 1
                }
                let text = String(decoding: bytes[start..<index], as: UTF8.self)
                tokens.append(symbols.contains(text) ? .symbol(text) : .unknown(text))
            } else {
                while index < bytes.count, !isSpace(bytes[index]), !symbolBytes.contains(bytes[index]) { index += 1 }
                let text = String(decoding: bytes[start..<index], as: UTF8.self)
                tokens.append(text == "in" || text == "notin" ? .word(text) : .identifier(text))
            }
        }
        return tokens
    }

    private var current: Token { position < tokens.count ? tokens[position] : .end }

    private mutating func take() -> Token {
        defer { position += 1 }
        return current
    }

    mutating func read() throws(SelectorError) -> [Selector.Requirement] {
        var requirements: [Selector.Requirement] = []
        while current != .end {
            guard current.name != nil || current == .symbol("!") else {
                throw SelectorError("found '\(current.text)', expected: !, identifier, or 'end of string'")
            }
            do throws(SelectorError) {
                requirements.append(try requirement())
            } catch {
                throw SelectorError("unable to parse requirement: \(error)")
            }
            let separator = take()
            if separator == .end { break }
            guard separator == .symbol(",") else {
                throw SelectorError("found '\(separator.text)', expected: ',' or 'end of string'")
            }
            guard current.name != nil || current == .symbol("!") else {
                throw SelectorError("found '\(current.text)', expected: identifier after ','")
            }
        }
        return requirements
    }

    private mutating func requirement() throws(SelectorError) -> Selector.Requirement {
        var isNegated = false
        if current == .symbol("!") {
            isNegated = true
            position += 1
        }
        let keyToken = take()
        guard let key = keyToken.name else { throw SelectorError("found '\(keyToken.text)', expected: identifier") }
        let problems = Names.qualifiedName(key)
        guard problems.isEmpty else {
            throw SelectorError(FieldError.invalid(.root, key, problems.joined(separator: "; ")).description)
        }
        if isNegated { return try Selector.Requirement(key: key, .doesNotExist) }
        if current == .end || current == .symbol(",") { return try Selector.Requirement(key: key, .exists) }
        let operatorToken = take()
        guard let operation = Self.operations[operatorToken.text] else {
            throw SelectorError("found '\(operatorToken.text)', expected: in, notin, =, ==, !=, gt, lt")
        }
        let values = operation == .in || operation == .notIn ? try valueSet() : [try exactValue()]
        return try Selector.Requirement(key: key, operation, values)
    }

    /// The value after `=`; nothing there is the empty value.
    private mutating func exactValue() throws(SelectorError) -> String {
        if current == .end || current == .symbol(",") { return "" }
        let token = take()
        guard let value = token.name else { throw SelectorError("found '\(token.text)', expected: identifier") }
        return value
    }

    /// `(a,b)`; an empty place is the empty value.
    private mutating func valueSet() throws(SelectorError) -> [String] {
        let open = take()
        guard open == .symbol("(") else { throw SelectorError("found '\(open.text)' expected: '('") }
        guard current.name != nil || current == .symbol(",") || current == .symbol(")") else {
            throw SelectorError("found '\(current.text)', expected: ',', ')' or identifier")
        }
        var values: Set<String> = []
        var needsValue = true
        while true {
            let token = take()
            if let value = token.name {
                guard needsValue else { throw SelectorError("found '\(token.text)', expected: ',' or ')'") }
                values.insert(value)
                needsValue = false
            } else if token == .symbol(",") {
                if needsValue { values.insert("") }
                needsValue = true
            } else if token == .symbol(")") {
                if needsValue { values.insert("") }
                return Array(values)
            } else {
                throw SelectorError(
                    "found '\(token.text)', expected: \(needsValue ? "',', or identifier" : "',' or ')'")")
            }
        }
    }
}

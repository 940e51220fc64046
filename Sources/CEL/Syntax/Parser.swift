/// Reads an expression: precedence climbing over the tokens, macros expanded as they are met.
///
/// Depth is bounded, so that no text can exhaust the stack; the first syntax error ends the reading.
/// Source: the CEL grammar (google/cel-spec, langdef), with cel-go's limits and texts.
struct Parser {
    struct Failure: Error {}

    let source: SourceText
    let macros: MacroSet
    let allowsOptionalSyntax: Bool
    private var tokens: [Token] = []
    private var position = 0
    private var depth = 0
    var issues: [CELIssue] = []

    init(_ source: SourceText, macros: MacroSet, allowsOptionalSyntax: Bool) {
        self.source = source
        self.macros = macros
        self.allowsOptionalSyntax = allowsOptionalSyntax
    }

    static let reserved: Set<String> = [
        "as", "break", "const", "continue", "else", "false", "for", "function", "if", "import", "in", "let", "loop",
        "package", "namespace", "null", "return", "true", "var", "void", "while",
    ]

    mutating func parse() throws(CELCompileError) -> Expression {
        let size = source.bytes.count { $0 & 0xC0 != 0x80 }
        guard size <= CELLimits.expressionCodePoints else {
            let message =
                "expression code point size exceeds limit: size: \(size), limit \(CELLimits.expressionCodePoints)"
            throw source.error([source.issue(message, at: nil)])
        }
        var lexer = Lexer(source)
        tokens = lexer.run()
        issues = lexer.issues
        var result: Expression?
        do {
            let expression = try expression()
            if token.kind != .end {
                throw report(
                    "Syntax error: mismatched input '\(text(token))' expecting <EOF>", at: token.range.lowerBound)
            }
            result = expression
        } catch {
            // What is wrong is in `issues`.
            result = nil
        }
        guard let result, issues.isEmpty else { throw source.error(issues) }
        return result
    }

    // MARK: Tokens

    var token: Token { tokens[position] }

    func lookahead(_ distance: Int) -> Token { tokens[min(position + distance, tokens.count - 1)] }

    func text(_ token: Token) -> String { token.kind == .end ? "<EOF>" : source.string(token.range) }

    mutating func advance() -> Token {
        let current = token
        if position < tokens.count - 1 { position += 1 }
        return current
    }

    func at(_ symbol: Token.Symbol) -> Bool { token.kind == .symbol(symbol) }

    mutating func accept(_ symbol: Token.Symbol) -> Token? { at(symbol) ? advance() : nil }

    mutating func expect(_ symbol: Token.Symbol) throws(Failure) -> Token {
        guard let found = accept(symbol) else {
            throw report(
                "Syntax error: mismatched input '\(text(token))' expecting '\(symbol.rawValue)'",
                at: token.range.lowerBound)
        }
        return found
    }

    mutating func report(_ message: String, at offset: Int?) -> Failure {
        issues.append(source.issue(message, at: offset))
        return Failure()
    }

    mutating func unexpected() -> Failure {
        report(
            "Syntax error: mismatched input '\(text(token))' expecting {'[', '{', '(', '.', '-', '!', 'true', "
                + "'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}",
            at: token.range.lowerBound)
    }

    mutating func deepen(_ levels: Int = 1) throws(Failure) {
        depth += levels
        guard depth <= CELLimits.expressionDepth else {
            throw report("expression recursion limit exceeded: \(CELLimits.expressionDepth)", at: nil)
        }
    }

    mutating func leave(_ levels: Int = 1) { depth -= levels }
}

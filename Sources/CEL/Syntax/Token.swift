/// A word of an expression's text, with the bytes it came from.
struct Token {
    enum Kind: Hashable {
        case identifier
        /// `` `a-b` ``: a field name in backquotes.
        case escapedIdentifier
        case integer
        case unsigned
        case float
        case string
        case bytes
        /// An operator, a bracket, or one of the words `in`, `true`, `false`, `null`.
        case symbol(Symbol)
        case end
    }

    enum Symbol: String, Hashable, CaseIterable {
        case equal = "=="
        case notEqual = "!="
        case lessOrEqual = "<="
        case greaterOrEqual = ">="
        case and = "&&"
        case or = "||"
        case less = "<"
        case greater = ">"
        case openBracket = "["
        case closeBracket = "]"
        case openBrace = "{"
        case closeBrace = "}"
        case openParenthesis = "("
        case closeParenthesis = ")"
        case dot = "."
        case comma = ","
        case minus = "-"
        case not = "!"
        case question = "?"
        case colon = ":"
        case plus = "+"
        case times = "*"
        case divide = "/"
        case modulo = "%"
        case `in`
        case `true`
        case `false`
        case null
    }

    let kind: Kind
    /// Bytes of the source.
    let range: Range<Int>
}

extension Parser {
    mutating func primary() throws(Failure) -> Expression {
        let start = token.range.lowerBound
        switch token.kind {
        case .symbol(.openParenthesis):
            _ = advance()
            let inner = try expression()
            _ = try expect(.closeParenthesis)
            return inner
        case .symbol(.openBracket):
            _ = advance()
            return Expression(.list(try elements()), at: start)
        case .symbol(.openBrace):
            _ = advance()
            return Expression(.map(try entries()), at: start)
        case .symbol(.true):
            _ = advance()
            return Expression(.literal(.bool(true)), at: start)
        case .symbol(.false):
            _ = advance()
            return Expression(.literal(.bool(false)), at: start)
        case .symbol(.null):
            _ = advance()
            return Expression(.literal(.null), at: start)
        case .symbol(.dot) where lookahead(1).kind == .identifier:
            _ = advance()
            return try name(prefix: ".")
        case .identifier:
            return try name(prefix: "")
        case .integer, .unsigned, .float, .symbol(.minus):
            return try number()
        case .string, .bytes:
            return try text()
        default:
            throw unexpected()
        }
    }

    /// An identifier, a call, or a structure `a.b.C{…}`.
    private mutating func name(prefix: String) throws(Failure) -> Expression {
        if isStructure() { return try structure(prefix: prefix) }
        let found = advance()
        let name = text(found)
        let start = found.range.lowerBound
        if Self.reserved.contains(name) {
            throw report("reserved identifier: \(name)", at: start - prefix.utf8.count)
        }
        if let open = accept(.openParenthesis) {
            let arguments = try arguments()
            return try call(prefix + name, target: nil, arguments, at: open.range.lowerBound)
        }
        return Expression(.identifier(prefix + name), at: start)
    }

    private func isStructure() -> Bool {
        var distance = 1
        while lookahead(distance).kind == .symbol(.dot), lookahead(distance + 1).kind == .identifier { distance += 2 }
        return lookahead(distance).kind == .symbol(.openBrace)
    }

    private mutating func structure(prefix: String) throws(Failure) -> Expression {
        var name = prefix + text(advance())
        while accept(.dot) != nil { name += "." + text(advance()) }
        let open = try expect(.openBrace)
        var fields: [Expression.FieldValue] = []
        while !at(.closeBrace) {
            let optional = try optionalMark()
            let field = try fieldName()
            let colon = try expect(.colon)
            fields.append(
                Expression.FieldValue(
                    offset: colon.range.lowerBound, name: field, value: try expression(), isOptional: optional))
            if accept(.comma) == nil { break }
        }
        _ = try expect(.closeBrace)
        return Expression(.structure(name, fields), at: open.range.lowerBound)
    }

    private mutating func elements() throws(Failure) -> [Expression.Element] {
        var result: [Expression.Element] = []
        while !at(.closeBracket) {
            if result.isEmpty, at(.comma), lookahead(1).kind == .symbol(.closeBracket) {
                _ = advance()
                break
            }
            let optional = try optionalMark()
            result.append(Expression.Element(value: try expression(), isOptional: optional))
            if accept(.comma) == nil { break }
        }
        _ = try expect(.closeBracket)
        return result
    }

    private mutating func entries() throws(Failure) -> [Expression.Entry] {
        var result: [Expression.Entry] = []
        while !at(.closeBrace) {
            let optional = try optionalMark()
            let key = try expression()
            let colon = try expect(.colon)
            result.append(
                Expression.Entry(
                    offset: colon.range.lowerBound, key: key, value: try expression(), isOptional: optional))
            if accept(.comma) == nil { break }
        }
        _ = try expect(.closeBrace)
        return result
    }

    private mutating func optionalMark() throws(Failure) -> Bool {
        guard let mark = accept(.question) else { return false }
        guard allowsOptionalSyntax else { throw report("unsupported syntax '?'", at: mark.range.lowerBound) }
        return true
    }

    private mutating func number() throws(Failure) -> Expression {
        let start = token.range.lowerBound
        let isNegative = accept(.minus) != nil
        let found = advance()
        let digits = text(found)
        switch found.kind {
        case .integer:
            let value =
                digits.hasPrefix("0x")
                ? Int64((isNegative ? "-" : "") + digits.dropFirst(2), radix: 16)
                : Int64((isNegative ? "-" : "") + digits)
            guard let value else { throw report("invalid int literal", at: start) }
            return Expression(.literal(.int(value)), at: start)
        case .unsigned:
            let plain = digits.dropLast()
            let value = plain.hasPrefix("0x") ? UInt64(plain.dropFirst(2), radix: 16) : UInt64(plain)
            guard let value, !isNegative else { throw report("invalid uint literal", at: start) }
            return Expression(.literal(.uint(value)), at: start)
        case .float:
            let complete = digits.hasPrefix(".") ? "0" + digits : digits
            guard let value = Double(complete), value.isFinite else {
                throw report("invalid double literal", at: start)
            }
            return Expression(.literal(.double(isNegative ? -value : value)), at: start)
        default:
            throw unexpected()
        }
    }

    private mutating func text() throws(Failure) -> Expression {
        let found = advance()
        let isBytes = found.kind == .bytes
        guard let value = Escape.value(ofLiteral: source.bytes[found.range], isBytes: isBytes) else {
            throw report("unable to unescape string", at: found.range.lowerBound)
        }
        let literal: CELValue = isBytes ? .bytes(value) : .string(String(decoding: value, as: UTF8.self))
        return Expression(.literal(literal), at: found.range.lowerBound)
    }
}

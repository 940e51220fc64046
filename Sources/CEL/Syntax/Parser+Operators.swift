extension Parser {
    mutating func expression() throws(Failure) -> Expression {
        try deepen()
        defer { leave() }
        let condition = try logical(.or)
        guard let question = accept(.question) else { return condition }
        let ifTrue = try logical(.or)
        _ = try expect(.colon)
        let ifFalse = try expression()
        return Expression(
            .call(Operators.conditional, target: nil, arguments: [condition, ifTrue, ifFalse]),
            at: question.range.lowerBound)
    }

    /// A chain of `||`, or of `&&`, as a balanced tree, so that long chains are not deep.
    private mutating func logical(_ symbol: Token.Symbol) throws(Failure) -> Expression {
        var terms = [try symbol == .or ? logical(.and) : relation()]
        var offsets: [Int] = []
        while let found = accept(symbol) {
            offsets.append(found.range.lowerBound)
            terms.append(try symbol == .or ? logical(.and) : relation())
        }
        guard !offsets.isEmpty else { return terms[0] }
        let name = symbol == .or ? Operators.or : Operators.and
        return Self.balanced(name, terms, offsets, 0, offsets.count - 1)
    }

    private static func balanced(
        _ name: String, _ terms: [Expression], _ offsets: [Int], _ low: Int, _ high: Int
    ) -> Expression {
        let middle = (low + high + 1) / 2
        let left = middle == low ? terms[middle] : balanced(name, terms, offsets, low, middle - 1)
        let right = middle == high ? terms[middle + 1] : balanced(name, terms, offsets, middle + 1, high)
        return Expression(.call(name, target: nil, arguments: [left, right]), at: offsets[middle])
    }

    private static let relations: [Token.Symbol: String] = [
        .less: Operators.less, .lessOrEqual: Operators.lessOrEqual, .greater: Operators.greater,
        .greaterOrEqual: Operators.greaterOrEqual, .equal: Operators.equal, .notEqual: Operators.notEqual,
        .in: Operators.in,
    ]
    private static let sums: [Token.Symbol: String] = [.plus: Operators.add, .minus: Operators.subtract]
    private static let products: [Token.Symbol: String] = [
        .times: Operators.multiply, .divide: Operators.divide, .modulo: Operators.modulo,
    ]

    private mutating func relation() throws(Failure) -> Expression {
        var left = try sum()
        var chained = 0
        defer { leave(chained) }
        while case .symbol(let symbol) = token.kind, let name = Self.relations[symbol] {
            try deepen()
            chained += 1
            let offset = advance().range.lowerBound
            left = Expression(.call(name, target: nil, arguments: [left, try sum()]), at: offset)
        }
        return left
    }

    private mutating func sum() throws(Failure) -> Expression {
        var left = try product()
        var chained = 0
        defer { leave(chained) }
        while case .symbol(let symbol) = token.kind, let name = Self.sums[symbol] {
            try deepen()
            chained += 1
            let offset = advance().range.lowerBound
            left = Expression(.call(name, target: nil, arguments: [left, try product()]), at: offset)
        }
        return left
    }

    private mutating func product() throws(Failure) -> Expression {
        var left = try unary()
        var chained = 0
        defer { leave(chained) }
        while case .symbol(let symbol) = token.kind, let name = Self.products[symbol] {
            try deepen()
            chained += 1
            let offset = advance().range.lowerBound
            left = Expression(.call(name, target: nil, arguments: [left, try unary()]), at: offset)
        }
        return left
    }

    private mutating func unary() throws(Failure) -> Expression {
        guard at(.not) || at(.minus) else { return try member() }
        let symbol: Token.Symbol = at(.not) ? .not : .minus
        if symbol == .minus, [.integer, .float].contains(lookahead(1).kind) { return try member() }
        let offset = token.range.lowerBound
        var count = 0
        while accept(symbol) != nil { count += 1 }
        let operand = try member()
        guard count % 2 == 1 else { return operand }
        let name = symbol == .not ? Operators.not : Operators.negate
        return Expression(.call(name, target: nil, arguments: [operand]), at: offset)
    }

    private mutating func member() throws(Failure) -> Expression {
        var operand = try primary()
        var chained = 0
        defer { leave(chained) }
        while at(.dot) || at(.openBracket) {
            try deepen()
            chained += 1
            operand = at(.dot) ? try selection(of: operand) : try index(of: operand)
        }
        return operand
    }

    private mutating func selection(of operand: Expression) throws(Failure) -> Expression {
        let dot = advance()
        let optional = accept(.question)
        let nameToken = token
        let name = try fieldName()
        if optional != nil {
            guard allowsOptionalSyntax else {
                throw report("unsupported syntax '.?'", at: dot.range.lowerBound)
            }
            let field = Expression(.literal(.string(name)), at: nameToken.range.lowerBound)
            return Expression(
                .call(Operators.optionalSelect, target: nil, arguments: [operand, field]), at: dot.range.lowerBound)
        }
        if nameToken.kind == .identifier, let open = accept(.openParenthesis) {
            let arguments = try arguments()
            return try call(name, target: operand, arguments, at: open.range.lowerBound)
        }
        return Expression(.select(operand, field: name, isTest: false), at: dot.range.lowerBound)
    }

    /// A name behind a dot or in a structure: an identifier, or one in backquotes.
    mutating func fieldName() throws(Failure) -> String {
        switch token.kind {
        case .identifier: return text(advance())
        case .escapedIdentifier:
            let found = advance()
            // cel-go leaves this syntax off, and so does Kubernetes.
            throw report("unsupported syntax: '`'", at: found.range.lowerBound)
        default:
            throw report(
                "Syntax error: no viable alternative at input '.\(text(token))'", at: token.range.lowerBound)
        }
    }

    private mutating func index(of operand: Expression) throws(Failure) -> Expression {
        let open = advance()
        let optional = accept(.question)
        if optional != nil, !allowsOptionalSyntax {
            throw report("unsupported syntax '[?'", at: open.range.lowerBound)
        }
        let index = try expression()
        _ = try expect(.closeBracket)
        let name = optional == nil ? Operators.index : Operators.optionalIndex
        return Expression(.call(name, target: nil, arguments: [operand, index]), at: open.range.lowerBound)
    }

    /// The arguments behind an open parenthesis, and the closing one.
    mutating func arguments() throws(Failure) -> [Expression] {
        var result: [Expression] = []
        if accept(.closeParenthesis) != nil { return result }
        repeat { result.append(try expression()) } while accept(.comma) != nil
        _ = try expect(.closeParenthesis)
        return result
    }

    /// A call, or what the macro of that name and shape makes of it.
    mutating func call(
        _ name: String, target: Expression?, _ arguments: [Expression], at offset: Int
    ) throws(Failure) -> Expression {
        if let macro = macros.find(name, isMember: target != nil, count: arguments.count) {
            switch macro.expand(MacroCall(offset: offset, target: target, arguments: arguments)) {
            case .expanded(let expression): return expression
            case .notApplicable: break
            case .wrong(let message, let place):
                issues.append(source.issue(message, at: place))
                return Expression(.literal(.null), at: offset)
            }
        }
        return Expression(.call(name, target: target, arguments: arguments), at: offset)
    }
}

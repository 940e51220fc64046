/// A value that is a number or a text: a port by number or name, a count or a percentage.
package enum IntOrString: Hashable, Sendable {
    case int(Int32)
    case string(String)
}

/// Why a value is neither a count nor a percentage.
package struct IntOrStringError: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String
}

extension IntOrString {
    package init?(json: JSON) {
        switch json {
        case .int(let value):
            guard let narrow = Int32(exactly: value) else { return nil }
            self = .int(narrow)
        case .string(let text): self = .string(text)
        case .null, .bool, .double, .array, .object: return nil
        }
    }

    package var json: JSON {
        switch self {
        case .int(let value): .int(Int64(value))
        case .string(let text): .string(text)
        }
    }

    /// The number, also of a text that is one; zero for any other text.
    package var intValue: Int32 {
        switch self {
        case .int(let value): value
        case .string(let text): Int32(text) ?? 0
        }
    }

    /// The count this stands for: itself, or its percentage of `total`.
    package func scaled(total: Int, roundUp: Bool) throws(IntOrStringError) -> Int {
        switch self {
        case .int(let value): return Int(value)
        case .string(let text):
            guard text.last == "%" else {
                throw IntOrStringError(
                    description: "invalid value for IntOrString: invalid type: string is not a percentage")
            }
            guard let percent = Int32(text.dropLast()) else {
                throw IntOrStringError(
                    description: "invalid value for IntOrString: invalid value \(GoQuote.quote(text))")
            }
            let product = Int128(percent) * Int128(total)
            var (quotient, remainder) = product.quotientAndRemainder(dividingBy: 100)
            if roundUp, remainder > 0 { quotient += 1 }
            if !roundUp, remainder < 0 { quotient -= 1 }
            return Int(clamping: quotient)
        }
    }
}

extension IntOrString: CustomStringConvertible {
    package var description: String {
        switch self {
        case .int(let value): String(value)
        case .string(let text): text
        }
    }
}

extension IntOrString: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral {
    package init(integerLiteral value: Int32) { self = .int(value) }
    package init(stringLiteral value: String) { self = .string(value) }
}

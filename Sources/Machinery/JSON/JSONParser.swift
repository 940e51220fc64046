/// Parses JSON text (RFC 8259) into a value tree.
///
/// Strict where it matters for safety: nesting is bounded, strings must be UTF-8, nothing may follow the value.
/// Duplicate members are legal for Kubernetes unless field validation is strict: they are collected, the last wins.
package struct JSONParser: ~Copyable {
    /// The deepest nesting taken. Real objects stay below 40; the limit guards the stack.
    package static let maximumDepth = 512
    /// How many duplicate keys are remembered for messages.
    private static let maximumDuplicates = 64

    /// Paths (`spec.containers[0].image`) of members that occurred more than once.
    package private(set) var duplicates: [String] = []

    private let input: UnsafeBufferPointer<UInt8>
    private let keys: JSONKeyTable
    /// How deep the metadata lies whose `managedFields` are passed over; 0 where none are.
    private let managedFieldsDepth: Int
    private var isInMetadata = false
    private var position = 0
    private var depth = 0
    /// Members and elements of the objects and arrays that are open.
    private var members = MoveStack<JSONObject.Member>()
    private var elements = MoveStack<JSON>()

    private init(input: UnsafeBufferPointer<UInt8>, keys: JSONKeyTable, managedFieldsDepth: Int) {
        self.input = input
        self.keys = keys
        self.managedFieldsDepth = managedFieldsDepth
    }

    /// A parsed document with the paths of its duplicate members.
    package struct Document: Sendable {
        package let value: JSON
        package let duplicates: [String]
    }

    /// - Parameter managedFieldsDepth: how many objects and arrays enclose the members of the `metadata` whose
    ///   `managedFields` are left out, unread but for their brackets: readers that have no use for them save the making
    ///   of a third of an object. 0 leaves nothing out.
    package static func parse(
        _ bytes: UnsafeBufferPointer<UInt8>, keys: JSONKeyTable = .empty, managedFieldsDepth: Int = 0
    ) throws(JSONError) -> Document {
        var parser = JSONParser(input: bytes, keys: keys, managedFieldsDepth: managedFieldsDepth)
        let value = try parser.document()
        return Document(value: value, duplicates: parser.duplicates)
    }

    private mutating func document() throws(JSONError) -> JSON {
        skipWhitespace()
        let value = try self.value()
        skipWhitespace()
        guard position == input.count else {
            throw malformed("invalid character \(quoted(input[position])) after top-level value")
        }
        return value
    }

    private mutating func value() throws(JSONError) -> JSON {
        guard position < input.count else { throw malformed("unexpected end of JSON input") }
        switch input[position] {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default: throw malformed("invalid character \(quoted(input[position])) looking for beginning of value")
        }
    }

    private mutating func enter() throws(JSONError) {
        depth += 1
        guard depth <= Self.maximumDepth else {
            throw JSONError(code: .tooDeep, offset: position, message: "exceeded max depth of \(Self.maximumDepth)")
        }
    }

    private mutating func object() throws(JSONError) -> JSON {
        try enter()
        defer { depth -= 1 }
        position += 1
        skipWhitespace()
        if position < input.count, input[position] == UInt8(ascii: "}") {
            position += 1
            return .object(JSONObject())
        }
        let base = members.count
        while true {
            skipWhitespace()
            guard position < input.count else { throw malformed("unexpected end of JSON input") }
            guard input[position] == UInt8(ascii: "\"") else {
                throw malformed(
                    "invalid character \(quoted(input[position])) looking for beginning of object key string")
            }
            let key = try self.key()
            skipWhitespace()
            guard position < input.count else { throw malformed("unexpected end of JSON input") }
            guard input[position] == UInt8(ascii: ":") else {
                throw malformed("invalid character \(quoted(input[position])) after object key")
            }
            position += 1
            skipWhitespace()
            if depth == managedFieldsDepth, isInMetadata, key == "managedFields" {
                try skipValue()
            } else {
                if depth == managedFieldsDepth - 1 { isInMetadata = key == "metadata" }
                let known = duplicates.count
                let value = try self.value()
                if duplicates.count > known { locateDuplicates(from: known, in: .key(key)) }
                members.push(JSONObject.Member(key: key, value: value))
            }
            skipWhitespace()
            guard position < input.count else { throw malformed("unexpected end of JSON input") }
            switch input[position] {
            case UInt8(ascii: ","): position += 1
            case UInt8(ascii: "}"):
                position += 1
                return .object(closeObject(from: base))
            default: throw malformed("invalid character \(quoted(input[position])) after object key:value pair")
            }
        }
    }

    /// The object of the members since `base`.
    private mutating func closeObject(from base: Int) -> JSONObject {
        let isSorted = members.isOrdered(from: base) { UTF8Order.isLess($0.key, $1.key) }
        let own = members.pop(from: base)
        if isSorted { return JSONObject(sorted: own) }
        var repeated: [String] = []
        let object = JSONObject(unsorted: own) { repeated.append($0) }
        for key in repeated where duplicates.count < Self.maximumDuplicates { duplicates.append(key) }
        return object
    }

    private mutating func array() throws(JSONError) -> JSON {
        try enter()
        defer { depth -= 1 }
        position += 1
        skipWhitespace()
        if position < input.count, input[position] == UInt8(ascii: "]") {
            position += 1
            return .array([])
        }
        let base = elements.count
        while true {
            skipWhitespace()
            let known = duplicates.count
            let element = try value()
            if duplicates.count > known { locateDuplicates(from: known, in: .index(elements.count - base)) }
            elements.push(element)
            skipWhitespace()
            guard position < input.count else { throw malformed("unexpected end of JSON input") }
            switch input[position] {
            case UInt8(ascii: ","): position += 1
            case UInt8(ascii: "]"):
                position += 1
                return .array(elements.pop(from: base))
            default: throw malformed("invalid character \(quoted(input[position])) after array element")
            }
        }
    }

    private enum Place {
        case key(String)
        case index(Int)
    }

    /// Puts where they were found before the paths of the duplicates from index `start` on.
    private mutating func locateDuplicates(from start: Int, in place: Place) {
        for index in start..<duplicates.count {
            let path = duplicates[index]
            switch place {
            case .key(let key): duplicates[index] = path.hasPrefix("[") ? key + path : "\(key).\(path)"
            case .index(let number): duplicates[index] = "[\(number)]" + (path.hasPrefix("[") ? path : ".\(path)")
            }
        }
    }

    /// Passes over a value. Its brackets and strings are followed; what else may be wrong inside is nobody's concern.
    private mutating func skipValue() throws(JSONError) {
        var open = 0
        while position < input.count {
            switch input[position] {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                open += 1
                position += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if open == 0 { return }
                open -= 1
                position += 1
                if open == 0 { return }
            case UInt8(ascii: ","):
                if open == 0 { return }
                position += 1
            case UInt8(ascii: "\""): try skipString()
            default: position += 1
            }
        }
        throw malformed("unexpected end of JSON input")
    }

    private mutating func skipString() throws(JSONError) {
        position += 1
        while position < input.count {
            switch input[position] {
            case UInt8(ascii: "\""):
                position += 1
                return
            case UInt8(ascii: "\\"): position += 2
            default: position += 1
            }
        }
        throw malformed("unexpected end of JSON input")
    }

    private mutating func literal(_ text: StaticString, _ value: JSON) throws(JSONError) -> JSON {
        let length = text.utf8CodeUnitCount
        guard position + length <= input.count else { throw malformed("unexpected end of JSON input") }
        for index in 0..<length where input[position + index] != text.utf8Start[index] {
            throw malformed("invalid character \(quoted(input[position + index])) in literal \(text)")
        }
        position += length
        return value
    }

    private mutating func number() throws(JSONError) -> JSON {
        let start = position
        var integral = true
        if input[position] == UInt8(ascii: "-") { position += 1 }
        guard position < input.count, isDigit(input[position]) else { throw malformed("invalid number") }
        if input[position] == UInt8(ascii: "0") {
            position += 1
        } else {
            while position < input.count, isDigit(input[position]) { position += 1 }
        }
        if position < input.count, input[position] == UInt8(ascii: ".") {
            integral = false
            position += 1
            guard position < input.count, isDigit(input[position]) else { throw malformed("invalid number") }
            while position < input.count, isDigit(input[position]) { position += 1 }
        }
        if position < input.count, input[position] | 0x20 == UInt8(ascii: "e") {
            integral = false
            position += 1
            if position < input.count,
                input[position] == UInt8(ascii: "+") || input[position] == UInt8(ascii: "-")
            {
                position += 1
            }
            guard position < input.count, isDigit(input[position]) else { throw malformed("invalid number") }
            while position < input.count, isDigit(input[position]) { position += 1 }
        }
        if integral, let value = integer(from: start) { return .int(value) }
        let text = String(decoding: input[start..<position], as: UTF8.self)
        guard let value = Double(text), value.isFinite else { throw malformed("number \(text) is out of range") }
        return .double(value)
    }

    /// The integer of the literal from `start` to the current position; `nil` when it does not fit.
    private func integer(from start: Int) -> Int64? {
        var index = start
        let negative = input[index] == UInt8(ascii: "-")
        if negative { index += 1 }
        var value: Int64 = 0
        while index < position {
            let (product, overflowed) = value.multipliedReportingOverflow(by: 10)
            let digit = Int64(input[index] - UInt8(ascii: "0"))
            let (sum, carried) =
                negative ? product.subtractingReportingOverflow(digit) : product.addingReportingOverflow(digit)
            if overflowed || carried { return nil }
            value = sum
            index += 1
        }
        return value
    }

    private func isDigit(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
    }

    private mutating func skipWhitespace() {
        while position < input.count {
            switch input[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    func malformed(_ message: String) -> JSONError {
        JSONError(code: .malformed, offset: position, message: message)
    }

    private func quoted(_ byte: UInt8) -> String {
        byte >= 0x20 && byte < 0x7F ? "'\(Character(UnicodeScalar(byte)))'" : "'\\x\(String(byte, radix: 16))'"
    }
}

extension JSONParser {
    /// A key: most are short enough to live in the string itself; long known ones share one copy.
    private mutating func key() throws(JSONError) -> String {
        let start = position + 1
        var end = start
        while end < input.count, input[end] != UInt8(ascii: "\""), input[end] != UInt8(ascii: "\\"), input[end] >= 0x20,
            input[end] < 0x80
        {
            end += 1
        }
        guard end < input.count, input[end] == UInt8(ascii: "\"") else { return try string() }
        position = end + 1
        let bytes = UnsafeBufferPointer(rebasing: input[start..<end])
        if bytes.count > 15, let known = keys.find(bytes) { return known }
        return String(decoding: bytes, as: UTF8.self)
    }

    private mutating func string() throws(JSONError) -> String {
        let start = position + 1
        var end = start
        var ascii = true
        while end < input.count {
            let byte = input[end]
            if byte == UInt8(ascii: "\"") {
                position = end + 1
                let bytes = UnsafeBufferPointer(rebasing: input[start..<end])
                return ascii ? String(decoding: bytes, as: UTF8.self) : try validated(bytes)
            }
            if byte == UInt8(ascii: "\\") { return try escapedString(from: start, firstEscape: end) }
            if byte < 0x20 {
                position = end
                throw malformed("invalid character \(quoted(byte)) in string literal")
            }
            if byte >= 0x80 { ascii = false }
            end += 1
        }
        position = end
        throw malformed("unexpected end of JSON input")
    }

    private func validated(_ bytes: UnsafeBufferPointer<UInt8>) throws(JSONError) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw JSONError(code: .notUTF8, offset: position, message: "string is not valid UTF-8")
        }
        return text
    }

    private mutating func escapedString(from start: Int, firstEscape: Int) throws(JSONError) -> String {
        var bytes = Array(input[start..<firstEscape])
        position = firstEscape
        while position < input.count {
            let byte = input[position]
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return try bytes.withUnsafeBufferPointer { (buffer) throws(JSONError) in try validated(buffer) }
            case UInt8(ascii: "\\"):
                position += 1
                try appendEscape(to: &bytes)
            case ..<0x20:
                throw malformed("invalid character \(quoted(byte)) in string literal")
            default:
                bytes.append(byte)
                position += 1
            }
        }
        throw malformed("unexpected end of JSON input")
    }

    private mutating func appendEscape(to bytes: inout [UInt8]) throws(JSONError) {
        guard position < input.count else { throw malformed("unexpected end of JSON input") }
        let escape = input[position]
        position += 1
        switch escape {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): bytes.append(escape)
        case UInt8(ascii: "b"): bytes.append(0x08)
        case UInt8(ascii: "f"): bytes.append(0x0C)
        case UInt8(ascii: "n"): bytes.append(0x0A)
        case UInt8(ascii: "r"): bytes.append(0x0D)
        case UInt8(ascii: "t"): bytes.append(0x09)
        case UInt8(ascii: "u"):
            let first = try hexadecimal()
            var scalar = UInt32(first)
            if (0xD800...0xDBFF).contains(first) {
                scalar = try lowSurrogate(after: first)
            } else if (0xDC00...0xDFFF).contains(first) {
                scalar = 0xFFFD
            }
            let unicode = UnicodeScalar(scalar) ?? "\u{FFFD}"
            bytes.append(contentsOf: Array(String(Character(unicode)).utf8))
        default:
            throw malformed("invalid character \(quoted(escape)) in string escape code")
        }
    }

    /// The scalar of a surrogate pair; a lone high surrogate becomes U+FFFD, as in Go.
    private mutating func lowSurrogate(after high: UInt16) throws(JSONError) -> UInt32 {
        guard position + 1 < input.count, input[position] == UInt8(ascii: "\\"),
            input[position + 1] == UInt8(ascii: "u")
        else { return 0xFFFD }
        let resume = position
        position += 2
        let low = try hexadecimal()
        guard (0xDC00...0xDFFF).contains(low) else {
            position = resume
            return 0xFFFD
        }
        return 0x10000 + (UInt32(high) - 0xD800) << 10 + (UInt32(low) - 0xDC00)
    }

    private mutating func hexadecimal() throws(JSONError) -> UInt16 {
        guard position + 4 <= input.count else { throw malformed("unexpected end of JSON input") }
        var value: UInt16 = 0
        for _ in 0..<4 {
            let digit: UInt8
            switch input[position] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = input[position] - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = input[position] - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = input[position] - UInt8(ascii: "A") + 10
            default:
                throw malformed("invalid character \(quoted(input[position])) in \\u hexadecimal character escape")
            }
            value = value << 4 | UInt16(digit)
            position += 1
        }
        return value
    }
}

extension JSON {
    /// Parses a whole text; see `JSONParser`.
    package init(
        parsing bytes: [UInt8], keys: JSONKeyTable = .empty, managedFieldsDepth: Int = 0
    ) throws(JSONError) {
        self = try bytes.withUnsafeBufferPointer { (buffer) throws(JSONError) in
            try JSONParser.parse(buffer, keys: keys, managedFieldsDepth: managedFieldsDepth).value
        }
    }

    package init(parsing text: String) throws(JSONError) {
        try self.init(parsing: Array(text.utf8))
    }
}

/// Reads CBOR (RFC 8949) into a JSON tree, in the profile of KEP-4222.
///
/// Text and byte strings both are text; byte strings with an expected conversion to base64 (tag 22) are base64 text.
/// Refused are lengths that are not known beforehand, numbers that JSON cannot carry, keys that are not text, duplicate
/// keys, simple values other than false, true and null, unknown tags, nesting deeper than the JSON parser takes, and
/// lengths beyond the input's.
package struct CBORReader {
    private static let maximumDepth = JSONParser.maximumDepth

    private let input: UnsafeBufferPointer<UInt8>
    private var position = 0
    private var depth = 0

    /// Reads a document, with or without the tag that says it is CBOR.
    package static func parse(_ bytes: [UInt8]) throws(CBORError) -> JSON {
        try bytes.withUnsafeBufferPointer { (buffer) throws(CBORError) in
            var reader = CBORReader(input: buffer)
            let value = try reader.value()
            guard reader.position == buffer.count else {
                throw CBORError("\(buffer.count - reader.position) bytes of extraneous data after the value")
            }
            return value
        }
    }

    private init(input: UnsafeBufferPointer<UInt8>) { self.input = input }

    private mutating func byte() throws(CBORError) -> UInt8 {
        guard position < input.count else { throw CBORError("unexpected end of input") }
        defer { position += 1 }
        return input[position]
    }

    private mutating func unsigned(_ byteCount: Int) throws(CBORError) -> UInt64 {
        guard input.count - position >= byteCount else { throw CBORError("unexpected end of input") }
        var value: UInt64 = 0
        for index in 0..<byteCount { value = value << 8 | UInt64(input[position + index]) }
        position += byteCount
        return value
    }

    private mutating func argument(_ information: UInt8) throws(CBORError) -> UInt64 {
        switch information {
        case 0..<24: UInt64(information)
        case 24: try unsigned(1)
        case 25: try unsigned(2)
        case 26: try unsigned(4)
        case 27: try unsigned(8)
        case 31: throw CBORError("indefinite-length items are not allowed")
        default: throw CBORError("invalid additional information \(information)")
        }
    }

    private mutating func value() throws(CBORError) -> JSON {
        guard depth < Self.maximumDepth else { throw CBORError("exceeded max nested level \(Self.maximumDepth)") }
        depth += 1
        defer { depth -= 1 }
        let first = try byte()
        let information = first & 0x1F
        switch CBORMajorType(rawValue: first >> 5) {
        case .unsigned:
            guard let number = Int64(exactly: try argument(information)) else {
                throw CBORError("integer is out of the range of 64 bits with a sign")
            }
            return .int(number)
        case .negative:
            guard let number = Int64(exactly: try argument(information)) else {
                throw CBORError("integer is out of the range of 64 bits with a sign")
            }
            return .int(~number)
        case .bytes, .text: return .string(try text(try argument(information)))
        case .array: return try array(try argument(information))
        case .map: return .object(try map(try argument(information)))
        case .tag: return try tagged(try argument(information))
        case .simple, nil: return try simple(information)
        }
    }

    /// Bytes that are the length's; lengths are checked before anything is reserved.
    private mutating func slice(_ length: UInt64) throws(CBORError) -> UnsafeBufferPointer<UInt8> {
        guard length <= UInt64(input.count - position) else { throw CBORError("unexpected end of input") }
        defer { position += Int(length) }
        return UnsafeBufferPointer(rebasing: input[position..<position + Int(length)])
    }

    private mutating func text(_ length: UInt64) throws(CBORError) -> String {
        guard let text = String(validating: try slice(length), as: UTF8.self) else {
            throw CBORError("string is not valid UTF-8")
        }
        return text
    }

    private mutating func array(_ count: UInt64) throws(CBORError) -> JSON {
        guard count <= UInt64(input.count - position) else { throw CBORError("unexpected end of input") }
        var elements: [JSON] = []
        elements.reserveCapacity(Int(count))
        for _ in 0..<count { elements.append(try value()) }
        return .array(elements)
    }

    private mutating func map(_ count: UInt64) throws(CBORError) -> JSONObject {
        guard count <= UInt64(input.count - position) else { throw CBORError("unexpected end of input") }
        var members: [JSONObject.Member] = []
        members.reserveCapacity(Int(count))
        for _ in 0..<count {
            guard case .string(let key) = try value() else { throw CBORError("a key of a map is not a string") }
            members.append(.init(key: key, value: try value()))
        }
        members.sort { UTF8Order.isLess($0.key, $1.key) }
        for (left, right) in zip(members, members.dropFirst()) where UTF8Order.isEqual(left.key, right.key) {
            throw CBORError("found duplicate map key \"\(left.key)\"")
        }
        return JSONObject(sorted: members)
    }

    private mutating func tagged(_ tag: UInt64) throws(CBORError) -> JSON {
        switch tag {
        case 55799 where depth == 1: return try value()
        case 0:
            guard case .string(let text) = try value() else { throw CBORError("a time is not a string") }
            return .string(text)
        case 22:
            let first = try byte()
            guard CBORMajorType(rawValue: first >> 5) == .bytes else {
                throw CBORError("tag 22 stands before what is not a byte string")
            }
            return .string(Base64.encode(try slice(try argument(first & 0x1F))))
        default: throw CBORError("unrecognized tag \(tag)")
        }
    }

    private mutating func simple(_ information: UInt8) throws(CBORError) -> JSON {
        switch information {
        case 20: return .bool(false)
        case 21: return .bool(true)
        case 22: return .null
        case 25: return try finite(Double(Float16(bitPattern: UInt16(try unsigned(2)))))
        case 26: return try finite(Double(Float(bitPattern: UInt32(try unsigned(4)))))
        case 27: return try finite(Double(bitPattern: try unsigned(8)))
        default: throw CBORError("unrecognized simple value \(information)")
        }
    }

    private func finite(_ number: Double) throws(CBORError) -> JSON {
        guard number.isFinite else { throw CBORError("floating-point NaN and infinities are not allowed") }
        return .double(number)
    }
}

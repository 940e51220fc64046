/// Writes JSON text: canonical form, no white space, members in their sorted order.
///
/// Into memory of its own, without a look at who else holds it for every byte: each object that is stored is written
/// here once, in some hundred pieces.
package struct JSONWriter: ~Copyable {
    private var base: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    /// How many bytes have been written.
    package private(set) var count = 0

    package init(reserving capacity: Int = 1024) {
        self.capacity = max(capacity, 32)
        base = .allocate(capacity: self.capacity)
    }

    deinit {
        base.deallocate()
    }

    /// What has been written, in an array of just its size.
    package var bytes: [UInt8] { Array(UnsafeBufferPointer(start: base, count: count)) }

    /// What has been written, as text.
    package var text: String { String(decoding: UnsafeBufferPointer(start: base, count: count), as: UTF8.self) }

    package mutating func write(_ value: JSON) {
        switch value {
        case .null: raw("null")
        case .bool(let flag): raw(flag ? "true" : "false")
        case .int(let number): write(number)
        case .double(let number): write(number)
        case .string(let text): write(text)
        case .array(let elements):
            put(UInt8(ascii: "["))
            var first = true
            for element in elements {
                if !first { put(UInt8(ascii: ",")) }
                first = false
                write(element)
            }
            put(UInt8(ascii: "]"))
        case .object(let object): write(object)
        }
    }

    package mutating func write(_ object: JSONObject) {
        put(UInt8(ascii: "{"))
        var first = true
        for member in object.members {
            if !first { put(UInt8(ascii: ",")) }
            first = false
            write(member.key)
            put(UInt8(ascii: ":"))
            write(member.value)
        }
        put(UInt8(ascii: "}"))
    }

    /// Writes text as it is: the caller vouches that it is JSON.
    package mutating func raw(_ text: StaticString) {
        append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Writes bytes as they are: the caller vouches that they are JSON.
    package mutating func raw(_ json: [UInt8]) {
        json.withUnsafeBufferPointer { append($0) }
    }

    package mutating func write(_ number: Int64) {
        reserve(20)
        var digits = 1
        var rest = number.magnitude
        while rest >= 10 {
            rest /= 10
            digits += 1
        }
        if number < 0 { put(UInt8(ascii: "-")) }
        rest = number.magnitude
        var position = count + digits
        count = position
        repeat {
            position -= 1
            base[position] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        } while rest > 0
    }

    private mutating func write(_ number: Double) {
        if let integral = Int64(exactly: number), abs(number) < 1e15 {
            write(integral)
        } else {
            raw(Array("\(number)".utf8))
        }
    }

    /// Writes text, behind `prefix`, which needs no escapes.
    package mutating func write(_ text: String, prefix: StaticString = "") {
        put(UInt8(ascii: "\""))
        if prefix.utf8CodeUnitCount > 0 { raw(prefix) }
        let done: Void? = text.utf8.withContiguousStorageIfAvailable { appendEscaped($0) }
        if done == nil { Array(text.utf8).withUnsafeBufferPointer { appendEscaped($0) } }
        put(UInt8(ascii: "\""))
    }

    private mutating func appendEscaped(_ utf8: UnsafeBufferPointer<UInt8>) {
        guard let source = utf8.baseAddress else { return }
        reserve(utf8.count)
        var index = 0
        // Eight bytes at a time as long as none of them needs an escape, which is nearly always to the end.
        while index + 8 <= utf8.count {
            let word = UnsafeRawPointer(source + index).loadUnaligned(as: UInt64.self)
            guard !Self.hasEscape(word) else { break }
            UnsafeMutableRawPointer(base + count).storeBytes(of: word, as: UInt64.self)
            index += 8
            count += 8
        }
        while index < utf8.count {
            let byte = utf8[index]
            index += 1
            if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
                escape(byte, before: utf8.count - index)
            } else {
                base[count] = byte
                count += 1
            }
        }
    }

    /// Whether one of eight bytes is a control character, a quotation mark or a backslash.
    private static func hasEscape(_ word: UInt64) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quotes = word ^ (ones &* 0x22)
        let backslashes = word ^ (ones &* 0x5C)
        let found =
            (word &- ones &* 0x20) & ~word | (quotes &- ones) & ~quotes | (backslashes &- ones) & ~backslashes
        return found & (ones &* 0x80) != 0
    }

    /// - Parameter remaining: how many bytes will follow without an escape: there has to be room for them afterwards.
    private mutating func escape(_ byte: UInt8, before remaining: Int) {
        reserve(6 + remaining)
        put(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): put(byte)
        case 0x08: put(UInt8(ascii: "b"))
        case 0x0C: put(UInt8(ascii: "f"))
        case 0x0A: put(UInt8(ascii: "n"))
        case 0x0D: put(UInt8(ascii: "r"))
        case 0x09: put(UInt8(ascii: "t"))
        default:
            raw("u00")
            put(Self.hexadecimal(byte >> 4))
            put(Self.hexadecimal(byte & 0xF))
        }
    }

    private static func hexadecimal(_ digit: UInt8) -> UInt8 {
        digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
    }

    // MARK: Memory

    private mutating func put(_ byte: UInt8) {
        reserve(1)
        base[count] = byte
        count += 1
    }

    private mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let source = bytes.baseAddress else { return }
        reserve(bytes.count)
        (base + count).update(from: source, count: bytes.count)
        count += bytes.count
    }

    /// Makes room for so many bytes more.
    private mutating func reserve(_ more: Int) {
        if capacity - count < more { grow(more) }
    }

    private mutating func grow(_ more: Int) {
        let larger = max(capacity * 2, count + more)
        let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        moved.update(from: base, count: count)
        base.deallocate()
        base = moved
        capacity = larger
    }
}

extension JSON {
    package func encoded() -> [UInt8] {
        var writer = JSONWriter()
        writer.write(self)
        return writer.bytes
    }
}

extension JSONObject {
    package func encoded() -> [UInt8] {
        var writer = JSONWriter()
        writer.write(self)
        return writer.bytes
    }
}
